//! One measure's noise, planned: which residuals, how wide, at what cost.
//!
//! Guarantee: scales are the optimum of `accuracy::residual`, widened until
//! OpenDP's privacy maps, at each residual's sensitivity and added up with upward
//! rounding, are within the ρ that was granted. Deterministic; no data needed.
//! Non-guarantee: the sum over measures is `account`'s matter.

use crate::accuracy::residual::{Wanted, influence, optimum};
use crate::accuracy::rounding::sum_up;
use crate::accuracy::{AttributeSet, UnitBound, discrete_gaussian, kappa};
use crate::domain::{Identifier, PrivacyUnit};
use crate::policy::{Measure, Programme};

use super::ReleaseError;
use super::contingency::{ContingencyTable, Marginal, WEEK};
use super::noise::Noise;

/// Widest noise of a whole-number query: with answers clamped at 2^60 and ten times that, all stays within `i64`.
const MAX_SCALE: f64 = (1u64 << 57) as f64;
/// Widens what was computed in floating point by far more than its rounding.
const ROUNDING: f64 = 1.0 + f64::EPSILON * 4096.0;
/// Steps of widening, each twice the last; the first is one part in 2^52.
const WIDENINGS: i32 = 40;

/// The privacy cost of one measure, and the noise that it buys.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureCost {
    /// The measure's id.
    pub id: Identifier,
    /// ρ over its residuals, rounded up.
    pub rho: f64,
    /// Its residuals, the total first.
    pub residuals: Vec<ResidualCost>,
    /// Standard deviation of each cell of each breakdown, in counts, in the programme's order.
    pub stdevs: Vec<f64>,
    /// Most ρ that any change inside one unit costs.
    pub inside: f64,
    /// Most ρ that one count more in one cell costs; y counts cost y² times that.
    pub per_count: f64,
}

/// The noise of one residual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResidualCost {
    /// Its attributes.
    pub set: AttributeSet,
    /// Scale of the discrete Gaussian noise on its whole-number query.
    pub scale: f64,
    /// Most that one unit changes that query, in L2 norm; rounded up.
    pub sensitivity: f64,
    /// Accounted ρ.
    pub rho: f64,
}

impl MeasureCost {
    /// Standard deviation of the measure's total, also where that is not published by itself.
    #[must_use]
    pub fn total_stdev(&self) -> f64 {
        self.residuals.first().map_or(f64::INFINITY, |total| discrete_gaussian::stdev(total.scale))
    }

    /// `inside` in proportion to `rho`: κ.
    #[must_use]
    pub fn kappa(&self) -> f64 {
        self.inside / self.rho
    }
}

/// What bounding leaves of one unit in this measure.
pub(super) fn bound_of(programme: &Programme, measure: &Measure) -> UnitBound {
    let weekly = measure.weekly_cap.filter(|_| programme.privacy.unit == PrivacyUnit::WorkerPeriod);
    UnitBound { cap: measure.cap, weekly: weekly.map(|cap| (cap, WEEK)) }
}

/// Most that one unit changes a residual's whole-number query, in L2 norm; rounded up.
pub(super) fn sensitivity(
    programme: &Programme,
    measure: &Measure,
    shape: &ContingencyTable,
    set: AttributeSet,
) -> f64 {
    root_up(bound_of(programme, measure).query_squared(set, &shape.sizes()))
}

/// Plans the noise of one measure for `granted` ρ.
pub(super) fn plan(
    programme: &Programme,
    measure: &Measure,
    shape: &ContingencyTable,
    layouts: &[Marginal],
    granted: f64,
) -> Result<MeasureCost, ReleaseError> {
    let (sizes, bound) = (shape.sizes(), bound_of(programme, measure));
    let wanted: Vec<Wanted> = layouts
        .iter()
        .zip(&programme.privacy.breakdowns)
        .map(|(layout, breakdown)| Wanted { set: AttributeSet::of(&layout.axes, &sizes), weight: breakdown.weight })
        .collect();
    let best = optimum(&wanted, &bound, &sizes, granted);
    let (residuals, rho) = widened(measure.id.as_str(), &best, &bound, &sizes, granted)?;
    let sigmas: Vec<(AttributeSet, f64)> = residuals
        .iter()
        .map(|part| (part.set, discrete_gaussian::stdev(part.scale) / part.set.cells(&sizes)))
        .collect();
    let stdev = |table: &Wanted| {
        sigmas.iter().map(|(set, sigma)| sigma * sigma * influence(table.set, *set, &sizes)).sum::<f64>().sqrt()
    };
    let (inside, per_count) = changes(&residuals, &bound, &sizes, rho);
    let stdevs = wanted.iter().map(stdev).collect();
    Ok(MeasureCost { id: measure.id.clone(), rho, residuals, stdevs, inside, per_count })
}

/// The least common widening whose accounted cost is within `granted`.
fn widened(
    measure: &str,
    best: &[(AttributeSet, f64)],
    bound: &UnitBound,
    sizes: &[usize],
    granted: f64,
) -> Result<(Vec<ResidualCost>, f64), ReleaseError> {
    let (mut wider, mut cost) = (1.0, f64::INFINITY);
    for step in 0..WIDENINGS {
        let residuals: Vec<ResidualCost> = best
            .iter()
            .map(|(set, sigma)| residual(measure, *set, sigma * set.cells(sizes) * wider, bound, sizes))
            .collect::<Result<_, _>>()?;
        cost = sum_up(residuals.iter().map(|part| part.rho));
        if cost <= granted {
            return Ok((residuals, cost));
        }
        wider *= 1.0 + f64::EPSILON * 2f64.powi(step);
    }
    Err(ReleaseError::OverBudget { what: format!("`{measure}`"), cost, granted })
}

fn residual(
    measure: &str,
    set: AttributeSet,
    scale: f64,
    bound: &UnitBound,
    sizes: &[usize],
) -> Result<ResidualCost, ReleaseError> {
    if !(scale.is_finite() && scale > 0.0 && scale <= MAX_SCALE) {
        return Err(ReleaseError::Scale(measure.to_owned()));
    }
    let sensitivity = root_up(bound.query_squared(set, sizes));
    let rho = Noise::new(scale, 1)?.cost(sensitivity)?;
    Ok(ResidualCost { set, scale, sensitivity, rho })
}

/// ρ of any change inside one unit, and of one count (`accuracy::kappa`, `accuracy::unit_cost`).
fn changes(residuals: &[ResidualCost], bound: &UnitBound, sizes: &[usize], rho: f64) -> (f64, f64) {
    let weights: Vec<(AttributeSet, f64)> = residuals
        .iter()
        .map(|part| (part.set, (part.set.cells(sizes) / part.scale) * (part.set.cells(sizes) / part.scale)))
        .collect();
    let share: f64 = weights.iter().map(|(set, weight)| set.residual_share(sizes) * weight).sum();
    let kappa = kappa::kappa(&weights, sizes);
    let inside = match bound.weekly {
        None => kappa * rho,
        Some(_) => weights.iter().map(|(set, weight)| bound.inside_squared(*set, sizes) * weight / 2.0).sum(),
    };
    // ‖R(u′ − u)‖² ≤ 2‖Ru‖² + 2‖Ru′‖², so 4ρ always holds.
    (inside.clamp(rho, 4.0 * rho) * ROUNDING, kappa * share / 2.0 * ROUNDING)
}

/// √x, rounded up.
fn root_up(x: f64) -> f64 {
    let root = x.sqrt();
    if root.mul_add(root, -x) < 0.0 { root.next_up() } else { root }
}
