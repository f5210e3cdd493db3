//! A sum as one tidy table, in the columns of a release's table.
//!
//! `period` holds the periods, joined by `+`.
//! Guarantee: as for a release, no cell can be read as a formula.

use super::super::csv::table;
use super::super::table::TidyTable;
use super::{ReportError, Sum};

/// The table as UTF-8 bytes with a header row.
///
/// # Errors
/// If a text of the sum could be taken for a formula.
pub fn write(sum: &Sum) -> Result<Vec<u8>, ReportError> {
    let periods: Vec<String> = sum.periods.iter().map(|source| source.period.to_string()).collect();
    let measures = sum.measures.iter().map(|m| (&m.id, m.unit.as_str(), m.breakdowns.as_slice()));
    table(&TidyTable::of(periods.join("+"), measures))
}
