//! One unit's column of a plan: the noise of each table beside what it will count.
//!
//! Guarantee: stdev, ρ and ε are `release::plan_cost`'s; intervals and marks are
//! those that a release would print around the expected figure.
//! Non-guarantee: a real cell is larger or smaller than the typical one.

use serde::Serialize;

use crate::accuracy::interval::Z95;
use crate::accuracy::quality;
use crate::domain::PrivacyUnit;
use crate::domain::release::Quality;
use crate::policy::{Attribute, Programme};
use crate::release::{ReleaseError, plan_cost};

use super::expected::{ExpectedCounts, cells};
use super::unit::with_unit;
use super::{Size, weeks};

/// What a release of one unit would look like.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitPlan {
    /// The unit.
    pub unit: PrivacyUnit,
    /// ρ of one period, over all measures; as accounted.
    pub rho: f64,
    /// ε at `delta`.
    pub epsilon: f64,
    /// The programme's δ.
    pub delta: f64,
    /// The same noise seen for other units.
    pub equivalents: Vec<Brief>,
    /// In the programme's order; empty where the unit cannot be planned.
    pub measures: Vec<MeasurePlan>,
    /// Why the unit cannot be planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// One row of the table of equivalents, without its reasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Brief {
    /// `worker-period`, `worker-week`, `tally` or `encounter`.
    pub unit: String,
    /// ρ for that unit.
    pub rho: f64,
    /// ε for that unit.
    pub epsilon: f64,
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasurePlan {
    /// Its id.
    pub id: String,
    /// The cap used, per unit.
    pub cap: u32,
    /// The cap used per week of a unit that spans the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekly_cap: Option<u32>,
    /// The part of the counts that these caps cut off; only where a file was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<f64>,
    /// The total, also where it is not published by itself.
    pub total: TablePlan,
    /// The published tables, in the programme's order.
    pub tables: Vec<TablePlan>,
}

/// The typical cell of one table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TablePlan {
    /// Names of the attributes; empty for the total.
    pub by: Vec<String>,
    /// Number of cells.
    pub cells: usize,
    /// Expected count of the typical cell, after bounding.
    pub expected: f64,
    /// Standard deviation of the noise, in counts.
    pub stdev: f64,
    /// Half the width of the 95 % interval, in counts.
    pub half_width: f64,
    /// `stdev` in proportion to `expected`; nothing where nothing is expected.
    pub relative_error: Option<f64>,
    /// The mark that a release would give it.
    pub quality: Quality,
}

impl UnitPlan {
    /// A column that only says why it is empty.
    pub(super) fn refused(unit: PrivacyUnit, error: &ReleaseError) -> Self {
        let (equivalents, measures) = (Vec::new(), Vec::new());
        let nothing = Self { unit, rho: 0.0, epsilon: 0.0, delta: 0.0, equivalents, measures, refused: None };
        Self { refused: Some(error.to_string()), ..nothing }
    }

    /// The table at this position, over all measures.
    pub(super) fn table(&self, at: usize) -> impl Iterator<Item = (&str, &TablePlan)> {
        self.measures.iter().filter_map(move |m| m.tables.get(at).map(|table| (m.id.as_str(), table)))
    }

    /// The totals, over all measures.
    pub(super) fn totals(&self) -> impl Iterator<Item = (&str, &TablePlan)> {
        self.measures.iter().map(|m| (m.id.as_str(), &m.total))
    }
}

impl TablePlan {
    /// The relative error, infinite where nothing is expected.
    pub(super) fn relative(&self) -> f64 {
        self.relative_error.unwrap_or(f64::INFINITY)
    }

    /// Whether a figure of this table could be used.
    pub(super) fn usable(&self) -> bool {
        self.quality != Quality::TooUncertain
    }
}

/// One file at one size.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) file: &'a Programme,
    pub(super) size: Size,
    pub(super) expected: &'a ExpectedCounts,
}

impl Case<'_> {
    /// The column of one unit.
    pub(super) fn forecast(&self, unit: PrivacyUnit) -> Result<UnitPlan, ReleaseError> {
        let programme = with_unit(self.file, unit, self.size);
        let cost = plan_cost(&programme, weeks(programme.period))?;
        let measure = |i: usize| -> Option<MeasurePlan> {
            let (measure, cost) = (programme.measures.get(i)?, cost.per_measure.get(i)?);
            let kept = self.expected.kept(&programme, i);
            let total = self.tallies() * self.expected.per_tally(self.file, i) * kept;
            let table = |by: &[Attribute], stdev: f64| self.table(i, by, total, stdev);
            let tables = programme.privacy.breakdowns.iter().zip(&cost.stdevs);
            Some(MeasurePlan {
                id: measure.id.to_string(),
                cap: measure.cap,
                weekly_cap: measure.weekly_cap,
                cut_off: self.expected.is_sample().then_some(1.0 - kept),
                total: table(&[], cost.total_stdev()),
                tables: tables.map(|(breakdown, stdev)| table(&breakdown.by, *stdev)).collect(),
            })
        };
        let brief =
            |e: &crate::domain::release::Equivalent| Brief { unit: e.unit.clone(), rho: e.rho, epsilon: e.epsilon };
        Ok(UnitPlan {
            unit,
            rho: cost.rho_total,
            epsilon: cost.epsilon,
            delta: programme.privacy.delta,
            equivalents: cost.equivalents.iter().map(brief).collect(),
            measures: (0..programme.measures.len()).filter_map(measure).collect(),
            refused: None,
        })
    }

    /// Tallies of the whole period.
    fn tallies(&self) -> f64 {
        f64::from(self.size.workers) * self.size.tallies_per_week * crate::accuracy::whole(weeks(self.file.period))
    }

    fn table(&self, measure: usize, by: &[Attribute], total: f64, stdev: f64) -> TablePlan {
        let expected = total * if by.is_empty() { 1.0 } else { self.expected.share(self.file, measure, by) };
        TablePlan {
            by: by.iter().map(|attribute| self.file.attribute_id(*attribute).to_owned()).collect(),
            cells: cells(self.file, by),
            expected,
            stdev,
            half_width: Z95 * stdev,
            relative_error: (expected > 0.0).then(|| stdev / expected),
            quality: quality(expected, stdev),
        }
    }
}
