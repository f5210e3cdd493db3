//! Bounded sums, as the whole-number residuals that noise is added to.
//!
//! Guarantee: deterministic; independent of the order of the records; each
//! marginal's integers clamped to 2^53 and each answer to 2^60, by rules that
//! never refuse a sum and bring two inputs no further apart. One privacy unit
//! changes one residual of one measure by at most its stated sensitivity.
//! Non-guarantee: these sums are NOT private. They have no `Debug`, leave this
//! room only through `draw`, and are wiped when dropped.

use zeroize::Zeroize;

use crate::domain::{Period, PrivacyUnit, Record};
use crate::policy::Programme;

use super::ReleaseError;
use super::account::{Cost, plan_cost};
use super::bound::{ClipOrder, ContributionBounds, each_bounded_unit};
use super::contingency::{ContingencyTable, Marginal};
use super::mechanism::bound_of;
use super::residual::query;

/// Largest sum of a cell: 2^53. A unit adds to cells, so it still adds at most as much to clamped ones.
const CLAMP: u64 = 1 << 53;

/// Bounded sums of a period, ready for the one draw. Wiped when dropped.
pub struct Prepared {
    pub(super) period: Period,
    pub(super) unit: PrivacyUnit,
    pub(super) cost: Cost,
    pub(super) shape: ContingencyTable,
    /// The tables to publish, in the programme's order.
    pub(super) layouts: Vec<Marginal>,
    /// The residuals they are built from; the same for every measure.
    pub(super) residuals: Vec<Marginal>,
    /// Per measure, per residual: the exact answers.
    pub(super) answers: Vec<Vec<Vec<i64>>>,
}

impl Prepared {
    /// What drawing will cost; the same as [`plan_cost`] says before any data.
    #[must_use]
    pub fn cost(&self) -> &Cost {
        &self.cost
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        self.answers.zeroize();
    }
}

/// Bounds the records and adds them up; wipes the records.
///
/// # Errors
/// As [`plan_cost`]; and if a record has a week or category outside the programme.
pub fn prepare(
    programme: &Programme,
    period: Period,
    mut records: Vec<Record>,
    order: &dyn ClipOrder,
) -> Result<Prepared, ReleaseError> {
    let sums = add_up(programme, period, &mut records, order);
    records.zeroize();
    sums
}

fn add_up(
    programme: &Programme,
    period: Period,
    records: &mut [Record],
    order: &dyn ClipOrder,
) -> Result<Prepared, ReleaseError> {
    let weeks = period.weeks().len();
    let cost = plan_cost(programme, weeks)?;
    let shape = ContingencyTable::of(programme, weeks)?;
    let layouts = layouts(programme, &shape)?;
    let sets = cost.per_measure.first().map(|measure| measure.residuals.as_slice()).unwrap_or_default();
    let residuals: Vec<Marginal> = sets.iter().map(|part| shape.table(&part.set.axes().collect::<Vec<_>>())).collect();
    let caps: Vec<ContributionBounds> = programme
        .measures
        .iter()
        .map(|measure| ContributionBounds {
            all: measure.cap,
            weekly: bound_of(programme, measure).weekly.map(|(cap, _)| cap),
        })
        .collect();
    let mut sums: Vec<Vec<Vec<u64>>> =
        caps.iter().map(|_| residuals.iter().map(|layout| vec![0; layout.length]).collect()).collect();
    let done = each_bounded_unit(records, programme.privacy.unit, &shape, &caps, order, |cells| {
        for unit_cell in cells {
            for (layout_number, layout) in residuals.iter().enumerate() {
                let index = shape.project(layout, unit_cell.cell);
                for (tables, count) in sums.iter_mut().zip(unit_cell.counts) {
                    if let Some(sum) = tables.get_mut(layout_number).and_then(|table| table.get_mut(index)) {
                        *sum = sum.saturating_add(count);
                    }
                }
            }
        }
    });
    let answer = |(table, layout): (&Vec<u64>, &Marginal)| {
        let mut clamped: Vec<i64> = table.iter().map(clamp).collect();
        let answer = query(&clamped, layout, &shape);
        clamped.zeroize();
        answer
    };
    let answers = sums.iter().map(|tables| tables.iter().zip(&residuals).map(answer).collect()).collect();
    sums.zeroize();
    let prepared = Prepared { period, unit: programme.privacy.unit, cost, shape, layouts, residuals, answers };
    done.map(|()| prepared)
}

/// The tables of all breakdowns, in the programme's order.
pub(super) fn layouts(programme: &Programme, shape: &ContingencyTable) -> Result<Vec<Marginal>, ReleaseError> {
    (1..).zip(&programme.privacy.breakdowns).map(|(number, breakdown)| shape.layout(number, breakdown)).collect()
}

fn clamp(sum: &u64) -> i64 {
    i64::try_from((*sum).min(CLAMP)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::residual::Residuals;
    use super::*;
    use crate::release::tests::fixtures::{InOrder, default_programme, record};

    fn period() -> Period {
        "2025-Q1".parse().unwrap()
    }

    /// The published tables as they would be without noise.
    fn sums(unit: PrivacyUnit, records: Vec<Record>) -> Vec<Vec<Vec<i64>>> {
        let mut programme = default_programme();
        programme.privacy.unit = unit;
        tables(&prepare(&programme, period(), records, &InOrder).unwrap())
    }

    fn tables(prepared: &Prepared) -> Vec<Vec<Vec<i64>>> {
        let of = |answers: &Vec<Vec<i64>>| {
            let residuals = Residuals::new(&prepared.shape, prepared.residuals.iter().zip(answers.clone()));
            let whole = |layout| residuals.table(layout).estimates().map(|e| e as i64).collect();
            prepared.layouts.iter().map(whole).collect()
        };
        prepared.answers.iter().map(of).collect()
    }

    /// One worker over two weeks and one other; cap of the first measure is 120.
    fn records() -> Vec<Record> {
        vec![
            record(1, 0, [0, 0, 0], &[70]),
            record(1, 0, [0, 0, 0], &[30]),
            record(1, 0, [1, 4, 0], &[100]),
            record(1, 1, [1, 4, 0], &[110]),
            record(2, 1, [1, 4, 0], &[500]),
        ]
    }

    #[test]
    fn each_unit_is_bounded_as_a_whole() {
        let by_tally = sums(PrivacyUnit::Tally, records());
        assert_eq!(by_tally[0][0], [70 + 30 + 100 + 110 + 120]);
        let by_week = sums(PrivacyUnit::WorkerWeek, records());
        assert_eq!(by_week[0][0], [120 + 110 + 120]);
        assert_eq!(by_week[0][1], [100, 20 + 110 + 120, 0, 0, 0, 0]);
        assert_eq!(by_week[0][2], [100, 0, 0, 0, 250]);
        let by_period = sums(PrivacyUnit::WorkerPeriod, records());
        assert_eq!(by_period[0][0], [120 + 120]);
    }

    #[test]
    fn a_week_can_have_a_cap_of_its_own() {
        let mut programme = default_programme();
        programme.privacy.unit = PrivacyUnit::WorkerPeriod;
        programme.measures[0].weekly_cap = Some(90);
        let prepared = prepare(&programme, period(), records(), &InOrder).unwrap();
        // Worker 1: 90 of week 0, then 30 of week 1 until the cap of 120; worker 2: 90.
        assert_eq!(tables(&prepared)[0][0], [90 + 30 + 90]);
    }

    #[test]
    fn the_order_of_records_does_not_matter() {
        for unit in [PrivacyUnit::Tally, PrivacyUnit::WorkerWeek, PrivacyUnit::WorkerPeriod] {
            let mut turned = records();
            turned.reverse();
            assert_eq!(sums(unit, records()), sums(unit, turned));
        }
    }

    #[test]
    fn blank_and_nothing_are_zero() {
        let empty = sums(PrivacyUnit::WorkerWeek, vec![]);
        assert_eq!(empty.len(), 5);
        assert!(empty.iter().flatten().flatten().all(|sum| *sum == 0));
        let blank = sums(PrivacyUnit::WorkerWeek, vec![record(1, 0, [0, 0, 0], &[])]);
        assert_eq!(blank, empty);
    }

    #[test]
    fn a_record_of_another_programme_is_refused() {
        let stray = vec![record(1, 0, [6, 0, 0], &[1])];
        let refused = prepare(&default_programme(), period(), stray, &InOrder).map(|_| ());
        assert_eq!(refused, Err(ReleaseError::Record("category")));
    }

    /// `cargo test --release -- --ignored a_million` shows the time; nothing is asserted about it.
    #[test]
    #[ignore = "a million rows; for measuring by hand"]
    fn a_million_rows() {
        let records: Vec<Record> = (0u32..1_000_000)
            .map(|i| {
                let [a, b, c, d] = i.wrapping_mul(2_654_435_761).to_be_bytes();
                let mut row = record(a, b % 13, [c % 6, d % 5, 0], &[5, 1, 40, 30, 2]);
                row.pseudonym.0[1] = c;
                row
            })
            .collect();
        for unit in [PrivacyUnit::Tally, PrivacyUnit::WorkerWeek, PrivacyUnit::WorkerPeriod] {
            let start = std::time::Instant::now();
            let total = sums(unit, records.clone())[0][0][0];
            println!("{unit}: {:?}, {total}", start.elapsed());
        }
    }

    #[test]
    fn clamped_and_never_refused() {
        assert_eq!(clamp(&u64::MAX), 1 << 53);
        assert_eq!(clamp(&7), 7);
    }
}
