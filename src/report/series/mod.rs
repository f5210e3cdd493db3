//! Periods side by side: each figure over time, and what became of it.
//!
//! A change is shown only where both periods count the same: measure, unit,
//! cap, privacy unit, table and categories. Everywhere else the reason stands.
//! Periods of unequal length are compared by the week.
//!
//! Guarantee: the order in which releases are given does not matter; `Up` and
//! `Down` are judged on the 95 % interval of the difference, never on figures.
//! Non-guarantee: among many comparisons a few say up or down by chance, one
//! in twenty where nothing changed.

mod change;
pub mod page;
mod steps;

use crate::accuracy::Difference;
use crate::domain::release::{CellRelease, Release, Target};
use crate::domain::{Identifier, Period};

use super::ReportError;
use super::comparability::{self, Place};
use super::incomparable::{Caveat, Incomparable};
use super::sum::{Gap, PublishedRelease, SumError, gaps, in_order};

/// Releases side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Name of the programme, as in the newest release.
    pub programme: String,
    /// The periods, oldest first.
    pub periods: Vec<Period>,
    /// Weeks between them that are in none of them.
    pub gaps: Vec<Gap>,
    /// The newest release's measures, then what only earlier ones count.
    pub measures: Vec<MeasureSeries>,
}

/// One measure over time.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureSeries {
    /// The measure's id.
    pub id: Identifier,
    /// What one count is, as in the newest release that has the measure.
    pub unit: String,
    /// Each period's target, as its own release judged it.
    pub targets: Vec<Option<Target>>,
    /// Periods whose figures do not belong here, with the reason.
    pub missing: Vec<(Period, Incomparable)>,
    /// The total, then the other tables; none by weeks.
    pub tables: Vec<TableSeries>,
}

/// One table over time.
#[derive(Clone, Debug, PartialEq)]
pub struct TableSeries {
    /// The dimensions; empty for the total.
    pub by: Vec<Identifier>,
    /// From each period to the next: whether they can be compared.
    pub steps: Vec<SeriesStep>,
    /// One row per category, the newest table's first.
    pub rows: Vec<SeriesRow>,
}

/// From one period to the next.
#[derive(Clone, Debug, PartialEq)]
pub enum SeriesStep {
    /// Both count the same. The weeks of each are given where they differ in number.
    Same {
        /// Weeks of the earlier and the later period, if the figures are compared by the week.
        by_week: Option<(usize, usize)>,
        /// What else changed.
        note: Option<Caveat>,
    },
    /// They do not count the same.
    Changed(Incomparable),
    /// One of them has no figure here.
    Nothing,
}

/// One category over time.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesRow {
    /// Where its cells stand.
    pub at: Place,
    /// Its figure in each period.
    pub points: Vec<Option<Point>>,
    /// From each period to the next; none where the step does not allow it.
    pub changes: Vec<Option<Difference>>,
}

/// A figure of a release.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The cell.
    pub cell: CellRelease,
    /// Standard deviation of its noise.
    pub stdev: f64,
}

/// Puts releases side by side.
///
/// # Errors
/// If two of them share weeks.
pub fn series(published: &[PublishedRelease]) -> Result<Series, SumError> {
    let releases: Vec<&Release> = in_order(published)?.into_iter().map(|p| &p.release).collect();
    Ok(Series {
        programme: releases.last().map_or_else(String::new, |r| r.programme.clone()),
        periods: releases.iter().map(|r| r.period).collect(),
        gaps: gaps(&releases),
        measures: comparability::measure_ids(&releases).into_iter().map(|id| steps::measure(&releases, id)).collect(),
    })
}

#[cfg(test)]
mod tests;
