//! The release as one tidy table.
//!
//! Columns: `period,measure,by,<dimensions>,week,estimate,stdev,low95,high95,reported,quality,unit`.
//! The dimensions are those of any breakdown, in order of first appearance;
//! `week` is always there. `by` joins a breakdown's dimensions with `+` and is
//! empty for the total; a dimension that a row does not break down is empty.
//! Guarantee: no cell can be read as a formula: texts are identifiers, weeks and
//! units that start with a letter or digit (anything else is refused), the rest are numbers.
//! Non-guarantee: `reported` must never be added up; add estimates.
//! Callers: web, cli.

use crate::domain::Identifier;
use crate::domain::printable::start;
use crate::domain::release::{BreakdownRelease, Quality, Release};

use super::ReportError;

/// The table as UTF-8 bytes with a header row; lines end in a line feed.
///
/// # Errors
/// If a text of the release could be taken for a formula.
pub fn write(release: &Release) -> Result<Vec<u8>, ReportError> {
    let measures = release.measures.iter().map(|m| (&m.id, m.unit.as_str(), m.breakdowns.as_slice()));
    table(&release.period.to_string(), &dimension_columns(release), measures)
}

/// The table of some measures: id, unit and breakdowns of each.
pub(super) fn table<'a>(
    period: &str,
    columns: &[String],
    measures: impl Iterator<Item = (&'a Identifier, &'a str, &'a [BreakdownRelease])>,
) -> Result<Vec<u8>, ReportError> {
    let failed = |error: csv::Error| ReportError::Write("table", error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header(columns)).map_err(failed)?;
    for (id, unit, breakdowns) in measures {
        for breakdown in breakdowns {
            let by = breakdown.by.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
            for cell in &breakdown.cells {
                let mut row = vec![period.to_owned(), id.to_string(), by.clone()];
                row.extend(columns.iter().map(|c| cell.at.get(c.as_str()).cloned().unwrap_or_default()));
                let numbers = [cell.estimate, breakdown.stdev, cell.low, cell.high];
                for text in row.iter().map(String::as_str).chain([unit]) {
                    refuse_formula(text)?;
                }
                row.extend(numbers.map(|number| number.to_string()));
                row.extend([cell.reported.to_string(), quality_name(cell.quality).to_owned(), unit.to_owned()]);
                writer.write_record(&row).map_err(failed)?;
            }
        }
    }
    writer.into_inner().map_err(|error| ReportError::Write("table", error.error().to_string()))
}

/// The columns of the table, in order.
pub(super) fn header(columns: &[String]) -> Vec<&str> {
    let mut header = vec!["period", "measure", "by"];
    header.extend(columns.iter().map(String::as_str));
    header.extend(["estimate", "stdev", "low95", "high95", "reported", "quality", "unit"]);
    header
}

/// Dimensions of any breakdown, in order of first appearance, then `week`.
pub(super) fn dimension_columns(release: &Release) -> Vec<String> {
    columns_of(release.measures.iter().flat_map(|m| &m.breakdowns))
}

/// The same, of some breakdowns.
pub(super) fn columns_of<'a>(breakdowns: impl Iterator<Item = &'a BreakdownRelease>) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for id in breakdowns.flat_map(|b| &b.by) {
        if id.as_str() != "week" && !columns.iter().any(|c| c == id.as_str()) {
            columns.push(id.to_string());
        }
    }
    columns.push("week".to_owned());
    columns
}

/// The mark as it is written in files.
pub(super) fn quality_name(quality: Quality) -> &'static str {
    match quality {
        Quality::Good => "good",
        Quality::Caution => "caution",
        Quality::TooUncertain => "too-uncertain",
    }
}

fn refuse_formula(text: &str) -> Result<(), ReportError> {
    let starts_well = text.chars().next().is_none_or(char::is_alphanumeric);
    if starts_well && !text.chars().any(char::is_control) { Ok(()) } else { Err(ReportError::Formula(start(text, 60))) }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::PrivacyUnit;
    use crate::domain::release::{CellRelease, Equivalent, Guarantee, MeasureRelease, Software, Target, TargetResult};

    fn cell(at: &[(&str, &str)], estimate: f64) -> CellRelease {
        CellRelease {
            at: at.iter().map(|(k, v)| (k.parse().unwrap(), (*v).to_owned())).collect::<BTreeMap<_, _>>(),
            estimate,
            low: 0.0,
            high: 12.5,
            reported: 3,
            quality: Quality::TooUncertain,
        }
    }

    /// A small release, made by hand.
    pub(in super::super) fn sample() -> Release {
        let breakdown = |by: &[&str], cells: Vec<CellRelease>| BreakdownRelease {
            by: by.iter().map(|id| id.parse().unwrap()).collect(),
            stdev: 7.745_966_692_414_834,
            cells,
        };
        let period: crate::domain::Period = "2025-M02".parse().unwrap();
        Release {
            schema: "peertally/release/1".into(),
            programme: "sample".into(),
            weeks: period.weeks(),
            period,
            published: "2025-03-17".into(),
            guarantee: Guarantee {
                unit: PrivacyUnit::WorkerWeek,
                neighbours: "add-remove".into(),
                measure: "zCDP".into(),
                rho: 0.5,
                epsilon: 4.9,
                delta: 1e-6,
                equivalents: vec![Equivalent {
                    unit: "worker-period".into(),
                    rho: 8.0,
                    epsilon: 26.0,
                    basis: "group privacy".into(),
                }],
            },
            measures: vec![MeasureRelease {
                id: "contacts".parse().unwrap(),
                unit: "contact".into(),
                cap: 120,
                rho: 0.5,
                target: Some(Target { value: 10, result: TargetResult::CannotTell }),
                breakdowns: vec![
                    breakdown(&[], vec![cell(&[], 2.0)]),
                    breakdown(&["area"], vec![cell(&[("area", "north")], -3.0), cell(&[("area", "south")], 5.0)]),
                    breakdown(&["setting", "week"], vec![cell(&[("setting", "van"), ("week", "2025-W06")], 1.5)]),
                ],
            }],
            software: Software { version: "0.1.0".into(), commit: "unknown".into() },
            config_digest: "c0".into(),
            policy_digest: "b0".into(),
        }
    }

    #[test]
    fn the_whole_table() {
        let table = String::from_utf8(write(&sample()).unwrap()).unwrap();
        let expected = "\
period,measure,by,area,setting,week,estimate,stdev,low95,high95,reported,quality,unit
2025-M02,contacts,,,,,2,7.745966692414834,0,12.5,3,too-uncertain,contact
2025-M02,contacts,area,north,,,-3,7.745966692414834,0,12.5,3,too-uncertain,contact
2025-M02,contacts,area,south,,,5,7.745966692414834,0,12.5,3,too-uncertain,contact
2025-M02,contacts,setting+week,,van,2025-W06,1.5,7.745966692414834,0,12.5,3,too-uncertain,contact
";
        assert_eq!(table, expected);
    }

    #[test]
    fn formulas_are_refused() {
        for unit in ["=1+1", "+1", "-1", "@x", "\tx", "x\r", " =1"] {
            let mut release = sample();
            release.measures[0].unit = unit.into();
            assert!(matches!(write(&release), Err(ReportError::Formula(_))), "{unit:?}");
        }
    }

    #[test]
    fn quality_is_named_as_in_the_release_file() {
        for quality in [Quality::Good, Quality::Caution, Quality::TooUncertain] {
            let name = serde_json::to_value(quality).unwrap();
            assert_eq!(name, quality_name(quality));
        }
    }
}
