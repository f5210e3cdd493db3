//! The one draw: noise on every residual, and the finished release.
//!
//! Guarantee: costs are accounted again before the first noise is drawn, and a
//! total above the plan or the budget refuses; then all noise is drawn as one
//! batch. Every cell is published, also the empty ones; all tables agree with each other.
//! Non-guarantee: calling it twice for one period spends twice. It takes the
//! prepared sums by value, so that this needs intent.

use std::collections::BTreeMap;

use crate::accuracy::rounding::sum_up;
use crate::accuracy::{interval, judge, quality, reported};
use crate::domain::release::{
    BreakdownRelease, CellRelease, Guarantee, MeasureRelease, RELEASE_SCHEMA, Release, Target,
};
use crate::domain::{Identifier, Week};
use crate::policy::{Attribute, Measure, Programme};

use super::account::Cost;
use super::contingency::Marginal;
use super::marginal::Prepared;
use super::mechanism::{self, MeasureCost, ResidualCost};
use super::noise::Noise;
use super::residual::Residuals;
use super::{ReleaseError, ReleaseMetadata};

/// Draws the noise and writes the release.
///
/// # Errors
/// If the prepared sums are not of this programme, if the accounted cost exceeds
/// the plan, or if OpenDP cannot draw. Nothing is released then.
pub fn draw(programme: &Programme, prepared: Prepared, imprint: ReleaseMetadata) -> Result<Release, ReleaseError> {
    let noisy = noisy_answers(programme, &prepared)?;
    let weeks = prepared.period.weeks();
    let places = Places { programme, weeks: &weeks, prepared: &prepared };
    let mut measures = Vec::with_capacity(noisy.len());
    for ((measure, cost), answers) in programme.measures.iter().zip(&prepared.cost.per_measure).zip(noisy) {
        let residuals = Residuals::new(&prepared.shape, prepared.residuals.iter().zip(answers));
        measures.push(measure_release(&places, measure, cost, &residuals)?);
    }
    let Cost { rho_total, epsilon, equivalents, .. } = prepared.cost.clone();
    Ok(Release {
        schema: RELEASE_SCHEMA.to_owned(),
        programme: programme.name.clone(),
        period: prepared.period,
        weeks,
        published: imprint.published,
        guarantee: Guarantee {
            unit: programme.privacy.unit,
            neighbours: "add-remove".to_owned(),
            measure: "zCDP".to_owned(),
            rho: rho_total,
            epsilon,
            delta: programme.privacy.delta,
            equivalents,
        },
        measures,
        software: imprint.software,
        config_digest: imprint.config_digest,
        policy_digest: imprint.policy_digest,
    })
}

/// Accounts for every residual, then draws the noise of all of them.
pub(super) fn noisy_answers(programme: &Programme, prepared: &Prepared) -> Result<Vec<Vec<Vec<i64>>>, ReleaseError> {
    let costs = &prepared.cost.per_measure;
    let same_breakdowns = prepared.layouts.len() == programme.privacy.breakdowns.len();
    let same_measures = costs.iter().map(|c| &c.id).eq(programme.measures.iter().map(|m| &m.id));
    let same_unit = prepared.unit == programme.privacy.unit;
    if !same_breakdowns || !same_measures || !same_unit || prepared.answers.len() != costs.len() {
        return Err(ReleaseError::Shape);
    }
    let mut noises = Vec::with_capacity(costs.len());
    for (i, (cost, measure)) in costs.iter().zip(&programme.measures).enumerate() {
        let same = |(part, layout): (&ResidualCost, &Marginal)| part.set.axes().eq(layout.axes.iter().copied());
        let in_step = cost.residuals.iter().zip(&prepared.residuals).all(same);
        if cost.residuals.len() != prepared.residuals.len() || !in_step {
            return Err(ReleaseError::Shape);
        }
        let of_measure: Vec<Noise> = cost
            .residuals
            .iter()
            .zip(&prepared.residuals)
            .map(|(part, layout)| Noise::new(part.scale, layout.length))
            .collect::<Result<_, _>>()?;
        let each = of_measure
            .iter()
            .zip(&cost.residuals)
            .map(|(noise, part)| noise.cost(mechanism::sensitivity(programme, measure, &prepared.shape, part.set)));
        let spent = sum_up(each.collect::<Result<Vec<f64>, _>>()?);
        refuse_above(&format!("`{}`", cost.id), spent, cost.rho.min(programme.measure_rho(i)))?;
        noises.push(of_measure);
    }
    refuse_above("the release", sum_up(costs.iter().map(|c| c.rho)), programme.privacy.rho)?;
    // From here on ρ is spent.
    noises
        .iter()
        .zip(&prepared.answers)
        .map(|(noises, answers)| {
            if noises.len() != answers.len() {
                return Err(ReleaseError::Shape);
            }
            noises.iter().zip(answers).map(|(noise, answer)| noise.add(answer)).collect()
        })
        .collect()
}

fn refuse_above(what: &str, cost: f64, granted: f64) -> Result<(), ReleaseError> {
    if cost <= granted { Ok(()) } else { Err(ReleaseError::OverBudget { what: what.to_owned(), cost, granted }) }
}

fn measure_release(
    places: &Places<'_>,
    measure: &Measure,
    cost: &MeasureCost,
    residuals: &Residuals<'_>,
) -> Result<MeasureRelease, ReleaseError> {
    let mut breakdowns = Vec::with_capacity(cost.stdevs.len());
    for (number, stdev) in cost.stdevs.iter().enumerate() {
        breakdowns.push(places.breakdown(number, *stdev, residuals)?);
    }
    // Every table adds up to the same total, also where that is not published by itself.
    let total: f64 = residuals.table(&places.prepared.shape.table(&[])).estimates().sum();
    let target =
        measure.target.map(|value| Target { value, result: judge(value, interval(total, cost.total_stdev())) });
    Ok(MeasureRelease {
        id: measure.id.clone(),
        unit: measure.unit.clone(),
        cap: measure.cap,
        rho: cost.rho,
        target,
        breakdowns,
    })
}

/// Names for positions.
struct Places<'a> {
    programme: &'a Programme,
    weeks: &'a [Week],
    prepared: &'a Prepared,
}

impl Places<'_> {
    fn breakdown(
        &self,
        number: usize,
        stdev: f64,
        residuals: &Residuals<'_>,
    ) -> Result<BreakdownRelease, ReleaseError> {
        let breakdown = self.programme.privacy.breakdowns.get(number).ok_or(ReleaseError::Shape)?;
        let layout = self.prepared.layouts.get(number).ok_or(ReleaseError::Shape)?;
        let by: Vec<Identifier> = breakdown
            .by
            .iter()
            .map(|attribute| self.programme.attribute_id(*attribute).parse().map_err(|_| ReleaseError::Shape))
            .collect::<Result<_, _>>()?;
        let mut cells = Vec::with_capacity(layout.length);
        for (index, estimate) in residuals.table(layout).estimates().enumerate() {
            cells.push(cell(self.at(&by, &breakdown.by, layout, index)?, estimate, stdev));
        }
        Ok(BreakdownRelease { by, stdev, cells })
    }

    fn at(
        &self,
        by: &[Identifier],
        attributes: &[Attribute],
        layout: &Marginal,
        index: usize,
    ) -> Result<BTreeMap<Identifier, String>, ReleaseError> {
        let positions = self.prepared.shape.coordinates(layout, index);
        by.iter()
            .zip(attributes)
            .zip(positions)
            .map(|((id, attribute), position)| {
                let category = match attribute {
                    Attribute::Dimension(d) => self
                        .programme
                        .dimensions
                        .get(*d)
                        .and_then(|dimension| dimension.categories.get(position))
                        .map(|category| category.id.to_string()),
                    Attribute::Week => self.weeks.get(position).map(ToString::to_string),
                };
                category.map(|category| (id.clone(), category)).ok_or(ReleaseError::Shape)
            })
            .collect()
    }
}

fn cell(at: BTreeMap<Identifier, String>, estimate: f64, stdev: f64) -> CellRelease {
    let interval = interval(estimate, stdev);
    CellRelease {
        at,
        estimate,
        low: interval.low,
        high: interval.high,
        reported: reported(estimate),
        quality: quality(estimate, stdev),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ReleaseRequest, prepare, release};
    use super::*;
    use crate::domain::release::{Software, TargetResult};
    use crate::release::tests::fixtures::{InOrder, default_programme, programme, record};

    fn software() -> Software {
        Software { version: "0.1.0".into(), commit: "unknown".into() }
    }

    fn imprint() -> ReleaseMetadata {
        ReleaseMetadata {
            published: "2025-04-14".into(),
            config_digest: "c".into(),
            policy_digest: "p".into(),
            software: software(),
        }
    }

    fn release_of(programme: &Programme, records: Vec<crate::domain::Record>) -> Release {
        release(ReleaseRequest {
            programme,
            period: "2025-Q1".parse().unwrap(),
            records,
            order: &InOrder,
            published: "2025-04-14".into(),
            config_digest: "c".into(),
            policy_digest: "p".into(),
            software: software(),
        })
        .unwrap()
    }

    #[test]
    fn an_empty_period_is_a_full_release() {
        let breakdowns: [&[Attribute]; 2] = [&[], &[Attribute::Dimension(0), Attribute::Week]];
        let release = release_of(&programme(&[("area", 2)], &[10], &breakdowns), vec![]);
        let [total, by_week] = release.measures[0].breakdowns.as_slice() else { panic!("two breakdowns") };
        assert_eq!((total.cells.len(), by_week.cells.len()), (1, 26));
        assert!(total.cells[0].at.is_empty());
        assert_eq!(by_week.cells[0].at["area"], "area-0");
        assert_eq!(by_week.cells[0].at["week"], "2025-W01");
        assert_eq!(by_week.cells[25].at["area"], "area-1");
        assert_eq!(by_week.cells[25].at["week"], "2025-W13");
    }

    #[test]
    fn the_statement_is_the_plan() {
        let programme = default_programme();
        let release = release_of(&programme, vec![record(1, 0, [0, 0, 0], &[5])]);
        let cost = super::super::plan_cost(&programme, 13).unwrap();
        assert_eq!(release.guarantee.rho, cost.rho_total);
        assert_eq!(release.guarantee.epsilon, cost.epsilon);
        assert!(release.measures.iter().map(|m| m.rho).eq(cost.per_measure.iter().map(|m| m.rho)));
        assert!(release.guarantee.rho <= programme.privacy.rho);
    }

    /// Runs only where the feature is on and the variable was set from outside.
    #[cfg(feature = "test-hooks")]
    #[test]
    fn noise_can_be_left_out_in_test_builds() {
        if !crate::faults::zero_noise() {
            return;
        }
        let programme = default_programme();
        let release = release_of(&programme, vec![record(1, 0, [0, 0, 0], &[5])]);
        assert_eq!(release.measures[0].breakdowns[0].cells[0].estimate, 5.0);
        assert!(release.measures[0].breakdowns[0].stdev > 0.0);
    }

    #[test]
    fn noise_for_another_budget_is_refused() {
        let mut programme = default_programme();
        let prepared = prepare(&programme, "2025-Q1".parse().unwrap(), vec![], &InOrder).unwrap();
        programme.privacy.rho /= 2.0;
        assert!(matches!(draw(&programme, prepared, imprint()), Err(ReleaseError::OverBudget { .. })));
    }

    #[test]
    fn narrower_noise_than_accounted_is_refused() {
        let programme = default_programme();
        let mut prepared = prepare(&programme, "2025-Q1".parse().unwrap(), vec![], &InOrder).unwrap();
        prepared.cost.per_measure[2].residuals[1].scale *= 0.999;
        assert!(matches!(draw(&programme, prepared, imprint()), Err(ReleaseError::OverBudget { .. })));
    }

    #[test]
    fn sums_of_another_programme_are_refused() {
        let prepared = prepare(&default_programme(), "2025-Q1".parse().unwrap(), vec![], &InOrder).unwrap();
        let other = programme(&[("area", 6)], &[120], &[&[]]);
        assert_eq!(draw(&other, prepared, imprint()), Err(ReleaseError::Shape));
    }

    #[test]
    fn another_unit_than_was_bounded_for_is_refused() {
        let mut programme = default_programme();
        let prepared = prepare(&programme, "2025-Q1".parse().unwrap(), vec![], &InOrder).unwrap();
        programme.privacy.unit = crate::domain::PrivacyUnit::WorkerPeriod;
        assert_eq!(draw(&programme, prepared, imprint()), Err(ReleaseError::Shape));
    }

    #[test]
    fn targets_are_judged_without_a_published_total_too() {
        let by_area: [&[Attribute]; 1] = [&[Attribute::Dimension(0)]];
        let mut programme = programme(&[("area", 2)], &[10], &by_area);
        programme.measures[0].target = Some(1_000_000);
        let release = release_of(&programme, vec![]);
        assert_eq!(release.measures[0].target.as_ref().map(|t| t.result), Some(TargetResult::NotReached));
    }
}
