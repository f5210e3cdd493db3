//! What a programme file says a release must state: noise, rho, equivalents.
//!
//! Guarantee: computed by the formulas in `accuracy` alone, not by the code that
//! draws noise. That code widens noise by a hair, so that OpenDP's maps, which
//! round up, stay within the budget: figures agree to one part in 10^9.

use crate::accuracy::equivalents::EquivalentRho;
use crate::accuracy::kappa::kappa;
use crate::accuracy::residual::{Wanted, influence, optimum};
use crate::accuracy::rounding::sum_up;
use crate::accuracy::{AttributeSet, ReleaseCost, UnitBound, UnitCost, discrete_gaussian, equivalents};
use crate::domain::{MAX_DIMENSIONS, PrivacyUnit};
use crate::policy::{Attribute, Measure, Programme};

/// Largest relative difference between what is stated and what follows.
pub(super) const SLACK: f64 = 1e-9;

/// One measure's expected figures.
pub(super) struct ExpectedMeasure {
    /// Its share of ρ.
    pub(super) rho: f64,
    /// Of each breakdown, in the programme's order.
    pub(super) stdevs: Vec<f64>,
    /// Of the total, also where that is not published.
    pub(super) total_stdev: f64,
}

/// A release's expected figures.
pub(super) struct ExpectedFigures {
    pub(super) measures: Vec<ExpectedMeasure>,
    pub(super) rho: f64,
    pub(super) equivalents: Vec<EquivalentRho>,
}

/// Whether two figures agree but for rounding.
pub(super) fn agree(a: f64, b: f64) -> bool {
    (a - b).abs() <= SLACK * a.abs().max(b.abs())
}

/// The figures of a programme for a period of `weeks` weeks.
pub(super) fn expected(programme: &Programme, weeks: usize) -> ExpectedFigures {
    let sizes = sizes(programme, weeks);
    let wanted: Vec<Wanted> = programme
        .privacy
        .breakdowns
        .iter()
        .map(|breakdown| Wanted { set: set(&breakdown.by, &sizes), weight: breakdown.weight })
        .collect();
    let (mut measures, mut costs) = (Vec::new(), Vec::new());
    for (number, measure) in programme.measures.iter().enumerate() {
        let (figures, cost) = one(programme, measure, programme.measure_rho(number), &wanted, &sizes);
        measures.push(figures);
        costs.push(cost);
    }
    let rho = sum_up(measures.iter().map(|measure| measure.rho));
    let equivalents = equivalents(&ReleaseCost {
        unit: programme.privacy.unit,
        rho,
        measures: &costs,
        weeks: u32::try_from(weeks).unwrap_or(u32::MAX),
        tallies_per_week: programme.cards.tallies_per_week,
        weekly_caps: programme.measures.iter().any(|measure| bound(programme, measure).weekly.is_some()),
    });
    ExpectedFigures { measures, rho, equivalents }
}

/// Categories of each attribute: the dimensions, a filler for those not used, the week.
fn sizes(programme: &Programme, weeks: usize) -> Vec<usize> {
    let dimensions = programme.dimensions.iter().map(|dimension| dimension.categories.len());
    dimensions.chain(std::iter::repeat(1)).take(MAX_DIMENSIONS).chain([weeks]).collect()
}

fn set(by: &[Attribute], sizes: &[usize]) -> AttributeSet {
    let axis = |attribute: &Attribute| match attribute {
        Attribute::Dimension(at) => *at,
        Attribute::Week => MAX_DIMENSIONS,
    };
    AttributeSet::of(&by.iter().map(axis).collect::<Vec<_>>(), sizes)
}

fn bound(programme: &Programme, measure: &Measure) -> UnitBound {
    let weekly = measure.weekly_cap.filter(|_| programme.privacy.unit == PrivacyUnit::WorkerPeriod);
    UnitBound { cap: measure.cap, weekly: weekly.map(|cap| (cap, MAX_DIMENSIONS)) }
}

fn one(
    programme: &Programme,
    measure: &Measure,
    rho: f64,
    wanted: &[Wanted],
    sizes: &[usize],
) -> (ExpectedMeasure, UnitCost) {
    let bound = bound(programme, measure);
    let best = optimum(wanted, &bound, sizes, rho);
    // Noise is drawn on whole numbers, γ_A times the residual.
    let sigmas: Vec<(AttributeSet, f64)> = best
        .iter()
        .map(|(set, sigma)| (*set, discrete_gaussian::stdev(sigma * set.cells(sizes)) / set.cells(sizes)))
        .collect();
    let stdev = |table: &Wanted| {
        sigmas.iter().map(|(set, sigma)| sigma * sigma * influence(table.set, *set, sizes)).sum::<f64>().sqrt()
    };
    let total_stdev = sigmas.first().map_or(f64::INFINITY, |(_, sigma)| *sigma);
    let weights: Vec<(AttributeSet, f64)> = best.iter().map(|(set, sigma)| (*set, 1.0 / (sigma * sigma))).collect();
    let share: f64 = weights.iter().map(|(set, weight)| set.residual_share(sizes) * weight).sum();
    let kappa = kappa(&weights, sizes);
    let inside: f64 = match bound.weekly {
        None => kappa * rho,
        Some(_) => weights.iter().map(|(set, weight)| bound.inside_squared(*set, sizes) * weight / 2.0).sum(),
    };
    let cost = UnitCost {
        // Two units' worth is 4ρ, and always holds.
        inside: inside.clamp(rho, 4.0 * rho),
        per_count: kappa * share / 2.0,
        cap: bound.weekly.map_or(measure.cap, |(weekly, _)| weekly.min(measure.cap)),
        encounter: measure.encounter,
    };
    (ExpectedMeasure { rho, stdevs: wanted.iter().map(stdev).collect(), total_stdev }, cost)
}
