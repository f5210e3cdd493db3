//! The release as one tidy table in CSV; its columns are those of `table`.
//!
//! Guarantee: no cell can be read as a formula: texts are identifiers, weeks and
//! units that start with a letter or digit (anything else is refused), the rest
//! are plain decimal numbers, without an exponent however large.
//! Non-guarantee: `reported` must never be added up; add estimates.

use crate::domain::printable::start;
use crate::domain::release::Release;

use super::ReportError;
use super::table::TidyTable;

/// The table as UTF-8 bytes with a header row; lines end in a line feed.
///
/// # Errors
/// If a text of the release could be taken for a formula.
pub fn write(release: &Release) -> Result<Vec<u8>, ReportError> {
    table(&TidyTable::new(release))
}

/// The same of any table.
pub(super) fn table(table: &TidyTable<'_>) -> Result<Vec<u8>, ReportError> {
    let failed = |error: csv::Error| ReportError::Write("table", error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(table.header()).map_err(failed)?;
    for row in table.rows() {
        for text in row.texts.iter().map(String::as_str).chain([row.unit]) {
            refuse_formula(text)?;
        }
        let mut cells = row.texts;
        cells.extend(row.numbers.map(|number| number.to_string()));
        cells.extend([row.reported.to_string(), row.quality.to_owned(), row.unit.to_owned()]);
        writer.write_record(&cells).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ReportError::Write("table", error.error().to_string()))
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
    use crate::domain::release::{
        BreakdownRelease, CellRelease, Equivalent, Guarantee, MeasureRelease, Quality, Software, Target, TargetResult,
    };

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
    fn numbers_have_no_exponent_however_large_or_small() {
        let mut release = sample();
        let cell = &mut release.measures[0].breakdowns[0].cells[0];
        (cell.estimate, cell.low, cell.high, cell.reported) =
            (9.007_199_254_740_993e15, 0.0, 1e22, 9_007_199_254_740_993);
        release.measures[0].breakdowns[0].stdev = 1e-7;
        let table = String::from_utf8(write(&release).unwrap()).unwrap();
        let row = "2025-M02,contacts,,,,,9007199254740992,0.0000001,0,10000000000000000000000,9007199254740993,";
        assert!(table.contains(row), "{table}");
    }
}
