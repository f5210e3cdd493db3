//! Several periods added up: a quarter from months, a year from quarters.
//!
//! Estimates and variances are added, never `reported`. Noise of different
//! periods is independent, so this is post-processing and costs no new budget.
//!
//! Guarantee: the order of the periods does not matter; a measure or table that
//! is not the same in all of them is left out and named with the reason; a
//! period and one that overlaps it are never added.
//! Non-guarantee: categories are the same if their names are. Whether `north`
//! meant the same streets in both periods is not known here.

pub mod csv;
mod guarantee;
pub mod page;
mod tables;

use serde::Serialize;

use super::ReportError;
use super::incomparable::{Caveat, Incomparable};
use crate::domain::release::{BreakdownRelease, Release, Target};
use crate::domain::{Identifier, Period, Week};

pub use guarantee::{SumGuarantee, UnitExposure};

/// Value of [`Sum::schema`].
pub const SUM_SCHEMA: &str = "peertally/sum/1";

/// A release as it was published: what it says, and what the log holds of it.
#[derive(Clone, Debug)]
pub struct PublishedRelease {
    /// The release.
    pub release: Release,
    /// Hex SHA-256 of its file.
    pub sha256: String,
}

/// Releases of several periods, added up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sum {
    /// Always [`SUM_SCHEMA`].
    pub schema: &'static str,
    /// Name of the programme, as in the newest release.
    pub programme: String,
    /// The releases it came from, oldest first.
    pub periods: Vec<SummedRelease>,
    /// Weeks between them that are in none of them.
    pub gaps: Vec<Gap>,
    /// What the releases promise together.
    pub guarantee: SumGuarantee,
    /// The figures.
    pub measures: Vec<MeasureSum>,
    /// What could not be added.
    pub left_out: Vec<LeftOut>,
    /// What a reader should know of the rest.
    pub notes: Vec<Caveat>,
}

/// One release of a sum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SummedRelease {
    /// Its period.
    pub period: Period,
    /// Hex SHA-256 of the release file; the log holds the same.
    pub sha256: String,
    /// Day of publication.
    pub published: String,
    /// How many weeks it has.
    pub weeks: usize,
}

/// Weeks that lie between two of the periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// First week.
    pub first: Week,
    /// Last week.
    pub last: Week,
}

/// One measure, added up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasureSum {
    /// The measure's id.
    pub id: Identifier,
    /// What one count is.
    pub unit: String,
    /// Clipping bound per privacy unit, if it was the same in all periods.
    pub cap: Option<u32>,
    /// The sum of the targets, if all periods have one, judged on the sum's interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The tables, in the form of a release's.
    pub breakdowns: Vec<BreakdownRelease>,
}

/// Something that is not in the sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The measures it concerns.
    pub measures: Vec<Identifier>,
    /// The table; the whole measure if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Vec<Identifier>>,
    /// Why.
    pub reason: Incomparable,
}

/// Why periods cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SumError {
    /// Fewer than two.
    #[error("a sum needs two periods or more: choose another one, or read the period's own report")]
    TooFew,
    /// The same period twice.
    #[error("{0} is named twice: name each period once")]
    Twice(Period),
    /// Two periods share weeks.
    #[error("{0} and {1} overlap: the weeks they share would be counted twice. Leave one of them out")]
    Overlap(Period, Period),
}

/// Adds releases up.
///
/// # Errors
/// If there are fewer than two, or if two of them share weeks.
pub fn combine(published: &[PublishedRelease]) -> Result<Sum, SumError> {
    let sorted = in_order(published)?;
    let (Some(newest), true) = (sorted.last(), sorted.len() > 1) else { return Err(SumError::TooFew) };
    let releases: Vec<&Release> = sorted.iter().map(|p| &p.release).collect();
    let (measures, left_out, mut notes) = tables::add(&releases);
    notes.extend(renamed(&releases));
    notes.extend(guarantee::changed_unit(&releases));
    let source = |p: &&PublishedRelease| SummedRelease {
        period: p.release.period,
        sha256: p.sha256.clone(),
        published: p.release.published.clone(),
        weeks: p.release.weeks.len(),
    };
    Ok(Sum {
        schema: SUM_SCHEMA,
        programme: newest.release.programme.clone(),
        periods: sorted.iter().map(source).collect(),
        gaps: gaps(&releases),
        guarantee: guarantee::together(&releases),
        measures,
        left_out,
        notes,
    })
}

impl Sum {
    /// The sum as canonical JSON (RFC 8785).
    ///
    /// # Errors
    /// If a figure is not finite.
    pub fn json(&self) -> Result<Vec<u8>, ReportError> {
        let tables = || self.measures.iter().flat_map(|m| &m.breakdowns);
        let cells = tables().flat_map(|b| &b.cells).flat_map(|c| [c.estimate, c.low, c.high]);
        let costs = self.guarantee.units.iter().flat_map(|u| [u.rho_in_every_period, u.epsilon_in_every_period]);
        if !tables().map(|b| b.stdev).chain(cells).chain(costs).all(f64::is_finite) {
            return Err(ReportError::Inconsistent("a figure of the sum is not a finite number".to_owned()));
        }
        serde_json_canonicalizer::to_vec(self).map_err(|error| ReportError::Write("sum", error.to_string()))
    }
}

/// Oldest first, none sharing weeks with another.
pub(super) fn in_order(published: &[PublishedRelease]) -> Result<Vec<&PublishedRelease>, SumError> {
    let mut sorted: Vec<&PublishedRelease> = published.iter().collect();
    sorted.sort_by_key(|p| p.release.period);
    for pair in sorted.windows(2) {
        let [earlier, later] = pair else { continue };
        let (earlier, later) = (earlier.release.period, later.release.period);
        if earlier == later {
            return Err(SumError::Twice(later));
        }
        if later.first_day() <= earlier.last_day() {
            return Err(SumError::Overlap(earlier, later));
        }
    }
    Ok(sorted)
}

/// Weeks between neighbours that are in neither.
pub(super) fn gaps(releases: &[&Release]) -> Vec<Gap> {
    let gap = |pair: &[&Release]| {
        let [earlier, later] = pair else { return None };
        let (first, last) = (earlier.weeks.last()?.next(), later.weeks.first()?.back(1));
        Some(Gap { first, last }).filter(|gap| gap.first <= gap.last)
    };
    releases.windows(2).filter_map(gap).collect()
}

fn renamed(releases: &[&Release]) -> Option<Caveat> {
    let newest = releases.last()?;
    let other = releases.iter().find(|r| r.programme != newest.programme)?;
    let name = |release: &Release| (release.programme.clone(), release.period);
    Some(Caveat::Programme(name(other), name(newest)))
}

#[cfg(test)]
mod tests;
