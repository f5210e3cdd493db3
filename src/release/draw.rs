//! The one draw: noise on every table, and the finished release.
//!
//! Guarantee: costs are accounted again before the first noise is drawn, and a
//! total above the plan or the budget refuses; then all noise is drawn as one
//! batch. Every cell is published, also the empty ones.
//! Non-guarantee: calling it twice for one period spends twice. It takes the
//! prepared sums by value, so that this needs intent. Breakdowns have independent
//! noise, so their sums differ a little from each other.
//! Callers: `release`, period.

use std::collections::BTreeMap;

use crate::accuracy::rounding::sum_up;
use crate::accuracy::{interval, judge, quality, reported};
use crate::domain::release::{
    BreakdownRelease, CellRelease, Guarantee, MeasureRelease, RELEASE_SCHEMA, Release, Target,
};
use crate::domain::{Identifier, Week};
use crate::policy::{Attribute, Measure, Programme};

use super::account::{Cost, MeasureCost};
use super::marginal::Prepared;
use super::noise::Noise;
use super::shape::Layout;
use super::{Imprint, ReleaseError};

/// Draws the noise and writes the release.
///
/// # Errors
/// If the prepared sums are not of this programme, if the accounted cost exceeds
/// the plan, or if OpenDP cannot draw. Nothing is released then.
pub fn draw(programme: &Programme, prepared: Prepared, imprint: Imprint) -> Result<Release, ReleaseError> {
    let noisy = noisy_tables(programme, &prepared)?;
    let weeks = prepared.period.weeks();
    let places = Places { programme, weeks: &weeks, prepared: &prepared };
    let mut measures = Vec::with_capacity(noisy.len());
    for ((measure, cost), tables) in programme.measures.iter().zip(&prepared.cost.per_measure).zip(noisy) {
        measures.push(measure_release(&places, measure, cost, &tables)?);
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

/// Accounts for every table, then draws them all.
pub(super) fn noisy_tables(programme: &Programme, prepared: &Prepared) -> Result<Vec<Vec<Vec<i64>>>, ReleaseError> {
    let costs = &prepared.cost.per_measure;
    let same_breakdowns = prepared.layouts.len() == programme.privacy.breakdowns.len();
    let same_measures = costs.iter().map(|c| &c.id).eq(programme.measures.iter().map(|m| &m.id));
    if !same_breakdowns || !same_measures || prepared.sums.len() != costs.len() {
        return Err(ReleaseError::Shape);
    }
    let mut noises = Vec::with_capacity(costs.len());
    for (measure, cost) in programme.measures.iter().zip(costs) {
        let of_measure: Vec<Noise> =
            prepared.layouts.iter().map(|layout| Noise::new(cost.scale, layout.length)).collect::<Result<_, _>>()?;
        let each: Vec<f64> =
            of_measure.iter().map(|noise| noise.cost(f64::from(measure.cap))).collect::<Result<_, _>>()?;
        refuse_above(&format!("`{}`", measure.id), sum_up(each), cost.rho)?;
        noises.push(of_measure);
    }
    refuse_above("the release", sum_up(costs.iter().map(|c| c.rho)), programme.privacy.rho)?;
    // From here on ρ is spent.
    noises
        .iter()
        .zip(&prepared.sums)
        .map(|(noises, tables)| {
            if noises.len() != tables.len() {
                return Err(ReleaseError::Shape);
            }
            noises.iter().zip(tables).map(|(noise, table)| noise.add(table)).collect()
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
    tables: &[Vec<i64>],
) -> Result<MeasureRelease, ReleaseError> {
    let mut breakdowns = Vec::with_capacity(tables.len());
    for (number, table) in tables.iter().enumerate() {
        breakdowns.push(places.breakdown(number, cost.stdev, table)?);
    }
    let target = measure.target.map(|value| target(value, &breakdowns));
    Ok(MeasureRelease {
        id: measure.id.clone(),
        unit: measure.unit.clone(),
        cap: measure.cap,
        rho: cost.rho,
        target,
        breakdowns,
    })
}

/// Judged on the total; where it is not published, on the sum of the table with the least noise in its sum.
#[expect(clippy::cast_precision_loss, reason = "at most 250 000 cells")]
fn target(value: u64, breakdowns: &[BreakdownRelease]) -> Target {
    let best = breakdowns.iter().min_by_key(|b| b.cells.len());
    let (estimate, stdev) = best.map_or((0.0, f64::INFINITY), |b| {
        (b.cells.iter().map(|c| c.estimate).sum(), b.stdev * (b.cells.len() as f64).sqrt())
    });
    Target { value, result: judge(value, interval(estimate, stdev)) }
}

/// Names for positions.
struct Places<'a> {
    programme: &'a Programme,
    weeks: &'a [Week],
    prepared: &'a Prepared,
}

impl Places<'_> {
    fn breakdown(&self, number: usize, stdev: f64, table: &[i64]) -> Result<BreakdownRelease, ReleaseError> {
        let breakdown = self.programme.privacy.breakdowns.get(number).ok_or(ReleaseError::Shape)?;
        let layout = self.prepared.layouts.get(number).ok_or(ReleaseError::Shape)?;
        let by: Vec<Identifier> = breakdown
            .by
            .iter()
            .map(|attribute| self.programme.attribute_id(*attribute).parse().map_err(|_| ReleaseError::Shape))
            .collect::<Result<_, _>>()?;
        let mut cells = Vec::with_capacity(table.len());
        for (index, noisy) in table.iter().enumerate() {
            cells.push(cell(self.at(&by, &breakdown.by, layout, index)?, *noisy, stdev));
        }
        Ok(BreakdownRelease { by, stdev, cells })
    }

    fn at(
        &self,
        by: &[Identifier],
        attributes: &[Attribute],
        layout: &Layout,
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

#[expect(clippy::cast_precision_loss, reason = "sums are clamped to 2^53 and noise is far below it")]
fn cell(at: BTreeMap<Identifier, String>, noisy: i64, stdev: f64) -> CellRelease {
    let estimate = noisy as f64;
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
    use super::super::testing::{InOrder, default_programme, programme, record};
    use super::super::{ReleaseRequest, prepare, release};
    use super::*;
    use crate::domain::release::{Software, TargetResult};

    fn software() -> Software {
        Software { version: "0.1.0".into(), commit: "unknown".into() }
    }

    fn imprint() -> Imprint {
        Imprint {
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
        if std::env::var("PEERTALLY_TEST_ZERO_NOISE").as_deref() != Ok("1") {
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
        prepared.cost.per_measure[2].scale *= 0.999;
        assert!(matches!(draw(&programme, prepared, imprint()), Err(ReleaseError::OverBudget { .. })));
    }

    #[test]
    fn sums_of_another_programme_are_refused() {
        let prepared = prepare(&default_programme(), "2025-Q1".parse().unwrap(), vec![], &InOrder).unwrap();
        let other = programme(&[("area", 6)], &[120], &[&[]]);
        assert_eq!(draw(&other, prepared, imprint()), Err(ReleaseError::Shape));
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
