//! What a release costs, computed before any data.
//!
//! Guarantee: every cost is OpenDP's privacy map at the cap, added up with upward
//! rounding; noise is widened until a measure's sum is within its share and the
//! total within the programme's ρ, or the programme is refused. Deterministic:
//! the debit logged beforehand is the cost accounted afterwards.
//! Non-guarantee: budgets over several periods are the ledger's, not this file's.

use crate::accuracy::rounding::sum_up;
use crate::accuracy::{ReleaseCost, UnitCost, equivalents};
use crate::domain::MAX_MEASURES;
use crate::domain::release::Equivalent;
use crate::policy::Programme;

use super::ReleaseError;
use super::contingency::{ContingencyTable, Marginal, number};
use super::marginal::layouts;
use super::mechanism::{self, MeasureCost};
use super::noise::epsilon;

/// Most cells in one release, over all measures and breakdowns.
pub const MAX_CELLS: u64 = 250_000;

/// The privacy cost of one release.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// ρ over all measures, rounded up. This is the debit.
    pub rho_total: f64,
    /// ε at the programme's δ.
    pub epsilon: f64,
    /// In the programme's order.
    pub per_measure: Vec<MeasureCost>,
    /// The same release seen for other units.
    pub equivalents: Vec<Equivalent>,
}

/// The cost of releasing a period of `weeks` weeks under this programme.
///
/// # Errors
/// If a number of the programme is out of range, a breakdown does not fit its
/// dimensions, the tables would be too large, or the costs cannot be brought
/// within the budget. None of it depends on data.
pub fn plan_cost(programme: &Programme, weeks: usize) -> Result<Cost, ReleaseError> {
    check(programme)?;
    let shape = ContingencyTable::of(programme, weeks)?;
    let layouts = layouts(programme, &shape)?;
    check_size(programme, &layouts)?;
    let per_measure = within_budget(programme, &shape, &layouts)?;
    let rho_total = sum_up(per_measure.iter().map(|measure| measure.rho));
    let equivalents = seen_otherwise(programme, weeks, rho_total, &per_measure)?;
    Ok(Cost { rho_total, epsilon: epsilon(rho_total, programme.privacy.delta)?, per_measure, equivalents })
}

/// The noise and accounted ρ of each measure, such that the total is within the programme's ρ.
///
/// The shares of ρ may add up to a little more than ρ by rounding; they are then cut by
/// parts in 2^50 until the total, rounded up, fits.
fn within_budget(
    programme: &Programme,
    shape: &ContingencyTable,
    layouts: &[Marginal],
) -> Result<Vec<MeasureCost>, ReleaseError> {
    let granted = programme.privacy.rho;
    let mut total = f64::INFINITY;
    for cut in (0..16).map(f64::from) {
        let costs: Vec<MeasureCost> = (0..)
            .zip(&programme.measures)
            .map(|(i, measure)| {
                let share = programme.measure_rho(i) * (1.0 - cut * 2f64.powi(-50));
                mechanism::plan(programme, measure, shape, layouts, share)
            })
            .collect::<Result<_, _>>()?;
        total = sum_up(costs.iter().map(|cost| cost.rho));
        if total <= granted {
            return Ok(costs);
        }
    }
    Err(ReleaseError::OverBudget { what: "the release".to_owned(), cost: total, granted })
}

fn seen_otherwise(
    programme: &Programme,
    weeks: usize,
    rho: f64,
    per_measure: &[MeasureCost],
) -> Result<Vec<Equivalent>, ReleaseError> {
    let measures: Vec<UnitCost> = programme
        .measures
        .iter()
        .zip(per_measure)
        .map(|(m, cost)| UnitCost {
            inside: cost.inside,
            per_count: cost.per_count,
            cap: mechanism::bound_of(programme, m).weekly.map_or(m.cap, |(weekly, _)| weekly.min(m.cap)),
            encounter: m.encounter,
        })
        .collect();
    let cost = ReleaseCost {
        unit: programme.privacy.unit,
        rho,
        measures: &measures,
        weeks: u32::try_from(weeks).unwrap_or(u32::MAX),
        tallies_per_week: programme.cards.tallies_per_week,
        weekly_caps: programme.measures.iter().any(|m| mechanism::bound_of(programme, m).weekly.is_some()),
    };
    equivalents(&cost)
        .into_iter()
        .map(|row| {
            let epsilon = epsilon(row.rho, programme.privacy.delta)?;
            Ok(Equivalent { unit: row.unit, rho: row.rho, epsilon, basis: row.basis })
        })
        .collect()
}

/// Numbers that the formulas rely on; the programme's parser is stricter.
fn check(programme: &Programme) -> Result<(), ReleaseError> {
    let privacy = &programme.privacy;
    if programme.measures.is_empty() {
        return Err(ReleaseError::Nothing("measure"));
    }
    if privacy.breakdowns.is_empty() {
        return Err(ReleaseError::Nothing("breakdown"));
    }
    if programme.measures.len() > MAX_MEASURES {
        return Err(number("the number of measures", &programme.measures.len(), "at most 12"));
    }
    let positive = |x: f64| x.is_normal() && x > 0.0;
    if !positive(privacy.rho) || privacy.rho > 1e6 {
        return Err(number("rho", &privacy.rho, "above 0 and at most 1000000"));
    }
    if !positive(privacy.delta) || privacy.delta >= 1.0 {
        return Err(number("delta", &privacy.delta, "above 0 and below 1"));
    }
    for measure in &programme.measures {
        if measure.cap == 0 {
            return Err(number(&format!("the cap of `{}`", measure.id), &0, "at least 1"));
        }
        if !positive(measure.share) {
            return Err(number(&format!("the share of `{}`", measure.id), &measure.share, "above 0"));
        }
    }
    Ok(())
}

fn check_size(programme: &Programme, layouts: &[Marginal]) -> Result<(), ReleaseError> {
    let cells: u64 = layouts.iter().map(|layout| layout.length as u64).sum();
    let cells = cells.saturating_mul(programme.measures.len() as u64);
    if cells > MAX_CELLS { Err(ReleaseError::TooManyCells { cells, limit: MAX_CELLS }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PrivacyUnit;
    use crate::policy::Attribute::{Dimension, Week};
    use crate::release::tests::fixtures::{default_programme, programme};

    #[test]
    fn the_default_programme_spends_its_budget_and_no_more() {
        let cost = plan_cost(&default_programme(), 13).unwrap();
        assert!(cost.rho_total <= 0.5 && cost.rho_total > 0.5 - 1e-12, "{}", cost.rho_total);
        for (measure, cap) in cost.per_measure.iter().zip([120.0, 20.0, 900.0, 600.0, 60.0]) {
            for (stdev, known) in measure.stdevs.iter().zip([3.59, 3.39, 3.34]) {
                assert!((stdev / cap - known).abs() < 0.005, "{stdev} of {cap}");
            }
            assert!((measure.rho - 0.1).abs() < 1e-12);
            assert!((measure.kappa() - 1.50).abs() < 0.005);
        }
        assert_eq!(plan_cost(&default_programme(), 13).unwrap(), cost, "deterministic");
    }

    #[test]
    fn the_large_programme_has_the_known_noise() {
        let breakdowns: [&[_]; 5] = [&[], &[Dimension(0)], &[Dimension(1)], &[Week], &[Dimension(0), Dimension(1)]];
        let large = programme(&[("area", 6), ("setting", 5)], &[100; 8], &breakdowns);
        let cost = plan_cost(&large, 13).unwrap();
        assert!(cost.rho_total <= 0.5);
        for measure in &cost.per_measure {
            for (stdev, known) in measure.stdevs.iter().zip([5.75, 5.38, 5.33, 5.64, 4.98]) {
                assert!((stdev / 100.0 / known - 1.0).abs() < 0.005, "{stdev} {known}");
            }
            assert!((measure.kappa() - 1.71).abs() < 0.005);
        }
    }

    #[test]
    fn equivalents_of_the_default_programme() {
        let cost = plan_cost(&default_programme(), 13).unwrap();
        let units: Vec<&str> = cost.equivalents.iter().map(|e| e.unit.as_str()).collect();
        assert_eq!(units, ["worker-period", "tally", "encounter"]);
        let period = &cost.equivalents[0];
        assert!((period.rho - 84.5).abs() < 1e-9);
        assert!((period.epsilon - 151.0).abs() < 1.0, "{}", period.epsilon);
        let kappa = cost.per_measure[0].kappa();
        assert!((cost.equivalents[1].rho - 0.5 * kappa).abs() < 1e-9);
        let encounter: f64 = [120.0, 20.0, 900.0, 600.0, 60.0f64].iter().map(|cap| kappa * 0.1 / (cap * cap)).sum();
        assert!((cost.equivalents[2].rho - encounter).abs() < 1e-12);
    }

    #[test]
    fn every_share_fits_whatever_its_rounding() {
        for measures in 1..=12 {
            for rho in [0.1, 0.3, 0.5, 0.7, 1.0, 1.1, 3.3, 1e-3] {
                for unit in [PrivacyUnit::Tally, PrivacyUnit::WorkerPeriod] {
                    let mut p = programme(&[("area", 6)], &vec![7; measures], &[&[], &[Dimension(0)], &[Week]]);
                    p.privacy.rho = rho;
                    p.privacy.unit = unit;
                    for (i, measure) in (1..).zip(&mut p.measures) {
                        measure.share = 1.0 / f64::from(i);
                    }
                    let cost = plan_cost(&p, 14).unwrap();
                    assert!(cost.rho_total <= rho && cost.rho_total > rho * (1.0 - 1e-12));
                }
            }
        }
    }

    #[test]
    fn impossible_programmes_are_refused_before_any_data() {
        let good = || programme(&[("area", 6)], &[10], &[&[]]);
        let mut p = good();
        p.privacy.rho = 0.0;
        assert!(matches!(plan_cost(&p, 13), Err(ReleaseError::Number { .. })));
        p.privacy.rho = 1e-36;
        assert!(matches!(plan_cost(&p, 13), Err(ReleaseError::Scale(_))));
        let mut p = good();
        p.privacy.delta = f64::NAN;
        assert!(matches!(plan_cost(&p, 13), Err(ReleaseError::Number { .. })));
        let mut p = good();
        p.measures[0].cap = 0;
        assert!(matches!(plan_cost(&p, 13), Err(ReleaseError::Number { .. })));
        let mut p = good();
        p.measures[0].share = 0.0;
        let refused = plan_cost(&p, 13).unwrap_err().to_string();
        assert!(refused.contains("the share of `m0`"), "{refused}");
        let unknown = programme(&[("area", 6)], &[10], &[&[], &[Dimension(1)]]);
        assert_eq!(plan_cost(&unknown, 13), Err(ReleaseError::Breakdown(2)));
        assert!(matches!(plan_cost(&programme(&[("area", 0)], &[10], &[&[]]), 13), Err(ReleaseError::Number { .. })));
        let huge = programme(&[("a", 200), ("b", 200)], &[10; 12], &[&[Dimension(0), Dimension(1)]]);
        assert!(matches!(plan_cost(&huge, 13), Err(ReleaseError::TooManyCells { .. })));
        assert_eq!(plan_cost(&programme(&[], &[], &[&[]]), 13), Err(ReleaseError::Nothing("measure")));
        assert_eq!(plan_cost(&programme(&[], &[1], &[]), 13), Err(ReleaseError::Nothing("breakdown")));
    }

    /// The least ρ, the largest caps and the largest table that a programme file may name.
    #[test]
    fn the_poorest_programme_that_can_be_written_is_noisy_and_not_refused() {
        let mut p = programme(&[("a", 200), ("b", 100)], &[1_000_000; 12], &[&[Dimension(0), Dimension(1)]]);
        p.privacy.rho = 1e-6;
        p.measures[0].share = 0.001;
        let cost = plan_cost(&p, 14).unwrap();
        assert!(cost.rho_total <= 1e-6);
        assert!(cost.per_measure.iter().flat_map(|m| &m.stdevs).all(|stdev| stdev.is_finite() && *stdev > 1e9));
    }
}
