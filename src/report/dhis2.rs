//! The release as data values for DHIS2 (`dataValueSets`, JSON).
//!
//! Guarantee: each value is `reported`, a whole number not below zero, as text;
//! each table is a data element of its own, so that a receiver never adds up
//! tables; interval, quality and estimate stand in `comment`. Nobody's name and
//! no time is in it. Cells of a week have that week as their period; then
//! there is no period for all values, since DHIS2 would prefer it.
//! Non-guarantee: a receiver can still add up the cells of one table; set such
//! data elements to no aggregation (docs/formats.md). Codes that the programme
//! file does not give are our ids, and the comment says so.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::domain::codebook::Dhis2Codes;
use crate::domain::printable::start;
use crate::domain::release::{BreakdownRelease, CellRelease, MeasureRelease, Release};
use crate::domain::{Identifier, Period, Week};

use super::ReportError;
use super::table::quality_name;

/// Stands for the organisation unit where the programme file names none.
const NO_ORG_UNIT: &str = "programme";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DataValueSet<'r> {
    id_scheme: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_set: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    org_unit: &'r str,
    data_values: Values<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DataValue<'r> {
    data_element: &'r str,
    period: &'r str,
    org_unit: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    category_option_combo: Option<String>,
    value: String,
    comment: String,
}

/// Written one by one, so that they need no memory all at once.
struct Values<'r> {
    release: &'r Release,
    codes: &'r Dhis2Codes,
    org_unit: &'r str,
}

/// The file.
///
/// # Errors
/// Where two figures would have the same codes.
pub(super) fn write(release: &Release, codes: &Dhis2Codes) -> Result<Vec<u8>, ReportError> {
    check(release, codes)?;
    let has_weeks = tables(release).any(|(_, table)| has_week(table));
    let org_unit = codes.org_unit.as_deref().unwrap_or(NO_ORG_UNIT);
    let set = DataValueSet {
        id_scheme: "CODE",
        data_set: codes.data_set.as_deref(),
        period: (!has_weeks).then(|| of_period(release.period)),
        org_unit,
        data_values: Values { release, codes, org_unit },
    };
    let mut bytes = serde_json::to_vec(&set).map_err(|error| ReportError::Write("DHIS2 file", error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Whether every measure and the organisation unit have a code.
pub(super) fn has_all_codes(release: &Release, codes: &Dhis2Codes) -> bool {
    codes.org_unit.is_some() && release.measures.iter().all(|m| codes.measures.contains_key(&m.id))
}

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut values = serializer.serialize_seq(None)?;
        let period = of_period(self.release.period);
        for (measure, table) in tables(self.release) {
            let data_element = self.codes.data_element(&measure.id, &table.by);
            let own = self.codes.org_unit.is_some() && self.codes.measures.contains_key(&measure.id);
            for cell in &table.cells {
                let week = cell.at.get("week").map(|week| of_week(week));
                values.serialize_element(&DataValue {
                    data_element: &data_element,
                    period: week.as_deref().unwrap_or(&period),
                    org_unit: self.org_unit,
                    category_option_combo: option_combo(self.codes, &table.by, cell),
                    value: cell.reported.to_string(),
                    comment: comment(cell, own),
                })?;
            }
        }
        values.end()
    }
}

fn tables(release: &Release) -> impl Iterator<Item = (&MeasureRelease, &BreakdownRelease)> {
    release.measures.iter().flat_map(|m| m.breakdowns.iter().map(move |table| (m, table)))
}

fn has_week(table: &BreakdownRelease) -> bool {
    table.by.iter().any(|id| id.as_str() == "week")
}

/// Two figures under one code would overwrite each other at the receiver.
fn check(release: &Release, codes: &Dhis2Codes) -> Result<(), ReportError> {
    let mut elements = BTreeSet::new();
    for (measure, table) in tables(release) {
        let element = codes.data_element(&measure.id, &table.by);
        let mut cells = BTreeSet::new();
        for cell in &table.cells {
            let combo = option_combo(codes, &table.by, cell);
            if let Some(week) = cell.at.get("week").filter(|week| week.parse::<Week>().is_err()) {
                return Err(ReportError::Inconsistent(format!("`{}` is not a week", start(week, 60))));
            }
            if !cells.insert((cell.at.get("week"), combo)) {
                return Err(ReportError::Codes(element));
            }
        }
        if let Some(element) = elements.replace(element) {
            return Err(ReportError::Codes(element));
        }
    }
    Ok(())
}

/// The categories of a cell but its week, joined by `_`; none for a total.
fn option_combo(codes: &Dhis2Codes, by: &[Identifier], cell: &CellRelease) -> Option<String> {
    let category = |id: &Identifier| Some(codes.category(id.as_str(), cell.at.get(id)?));
    let parts: Vec<&str> = by.iter().filter(|id| id.as_str() != "week").filter_map(category).collect();
    (!parts.is_empty()).then(|| parts.join("_"))
}

fn comment(cell: &CellRelease, has_code: bool) -> String {
    let quality = quality_name(cell.quality);
    let own = if has_code { "" } else { " Codes: ids of peertally, since the programme file gives none." };
    format!(
        "95 % interval {:.0} to {:.0}; quality: {quality}; estimate {:.2}. Never add up values.{own}",
        cell.low.round(),
        cell.high.round(),
        // Not "-0.00".
        if cell.estimate.abs() < 0.005 { 0.0 } else { cell.estimate }
    )
}

/// `2025Q1`, `202503`.
fn of_period(period: Period) -> String {
    period.to_string().replace("-M", "").replace('-', "")
}

/// `2025W3`; the text was found to be a week.
fn of_week(week: &str) -> String {
    let (year, number) = week.split_once("-W").unwrap_or((week, ""));
    format!("{year}W{}", number.trim_start_matches('0'))
}

#[cfg(test)]
mod tests;
