//! What a programme of a given size will be able to see, before any data exists.
//!
//! Guarantee: the noise is the one a release of this file would get
//! (`release::plan_cost`), for each of the three units; every sentence of advice
//! is computed from it. Pure: no file, no clock, no randomness.
//! Non-guarantee: expected counts are assumptions, or those of a file that was
//! given; the plan says which. With a file of real tallies a plan is NOT private.

pub mod advice;
mod expected;
mod forecast;
mod need;
mod prune;
mod sample;
mod unit;
pub mod words;

use serde::Serialize;

use crate::domain::{PeriodKind, PrivacyUnit};
use crate::policy::Programme;
use crate::release::ReleaseError;

pub use advice::Advice;
pub use expected::{ExpectedCounts, TYPICAL_PART};
pub use forecast::{Brief, MeasurePlan, TablePlan, UnitPlan};
pub use sample::{Sample, SampleTally};

/// Version of the JSON form.
pub const PLAN_SCHEMA: &str = "peertally/plan/1";

/// The units in the order of a plan's columns, the strongest first.
pub const UNITS: [PrivacyUnit; 3] = [PrivacyUnit::WorkerPeriod, PrivacyUnit::WorkerWeek, PrivacyUnit::Tally];

/// How large a programme is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Size {
    /// Workers who send tallies.
    pub workers: u32,
    /// Tallies of one worker in one week, on average.
    pub tallies_per_week: f64,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// Nobody to plan for.
    #[error("a plan needs at least one worker: say how many with --workers N")]
    Workers,
    /// Nothing is sent.
    #[error(
        "a plan needs tallies: say how many one worker sends in a week with --tallies-per-week N, such as 3 or 0.5"
    )]
    Tallies,
    /// The file cannot be released as it stands.
    #[error(transparent)]
    Release(#[from] ReleaseError),
}

/// The forecast for one programme file at one size.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// Always [`PLAN_SCHEMA`].
    pub schema: &'static str,
    /// Name of the programme.
    pub programme: String,
    /// Month or quarter.
    pub period: PeriodKind,
    /// Weeks of the period that is planned.
    pub weeks: usize,
    /// The size.
    #[serde(flatten)]
    pub size: Size,
    /// The unit that the file names.
    pub unit: PrivacyUnit,
    /// What was assumed, in words.
    pub assumptions: Vec<String>,
    /// The three units side by side, in the order of [`UNITS`].
    pub units: Vec<UnitPlan>,
    /// What follows, the most useful first.
    pub advice: Vec<Advice>,
}

impl Plan {
    /// The forecast for the unit that the file names.
    #[must_use]
    pub fn configured(&self) -> Option<&UnitPlan> {
        self.units.iter().find(|unit| unit.unit == self.unit)
    }
}

/// Weeks of a period that is planned: the usual quarter, and the shorter month.
#[must_use]
pub fn weeks(kind: PeriodKind) -> usize {
    match kind {
        PeriodKind::Month => 4,
        PeriodKind::Quarter => 13,
    }
}

/// Plans a programme file for one size.
///
/// # Errors
/// A size of nothing, or a file that could not be released ([`ReleaseError`]). Where
/// only another unit than the file's cannot be computed, its column says so instead.
pub fn plan(programme: &Programme, size: Size, expected: &ExpectedCounts) -> Result<Plan, PlanError> {
    check(size)?;
    let case = forecast::Case { file: programme, size, expected };
    let configured = case.forecast(programme.privacy.unit)?;
    let units: Vec<UnitPlan> = UNITS
        .into_iter()
        .map(|unit| match unit == configured.unit {
            true => configured.clone(),
            false => case.forecast(unit).unwrap_or_else(|error| UnitPlan::refused(unit, &error)),
        })
        .collect();
    let advice = advice::advice(&case, &configured, &units);
    Ok(Plan {
        schema: PLAN_SCHEMA,
        programme: programme.name.clone(),
        period: programme.period,
        weeks: weeks(programme.period),
        size,
        unit: programme.privacy.unit,
        assumptions: expected.in_words(programme, size),
        units,
        advice,
    })
}

fn check(size: Size) -> Result<(), PlanError> {
    if size.workers == 0 {
        return Err(PlanError::Workers);
    }
    if !(size.tallies_per_week.is_finite() && size.tallies_per_week > 0.0) {
        return Err(PlanError::Tallies);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
