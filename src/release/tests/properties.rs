//! The laws of `docs/privacy.md`, held against the real path over random programmes,
//! and against a search over all small units.
//!
//! Programmes have 0 to 3 dimensions, also of one category, and any tables, also
//! without the total. Where noise is drawn, the false-alarm rate is stated.

use proptest::prelude::*;

use super::fixtures::{InOrder, programme, record};
use crate::accuracy::discrete_gaussian;
use crate::accuracy::rounding::sum_up;
use crate::domain::{PrivacyUnit, Record};
use crate::policy::{Attribute, Programme};
use crate::release::contingency::{ContingencyTable, Marginal};
use crate::release::draw::noisy_answers;
use crate::release::mechanism::{MeasureCost, bound_of};
use crate::release::noise::Noise;
use crate::release::residual::{Exact, Residuals, query};
use crate::release::{Prepared, UnitKey, plan_cost, prepare};

/// Weeks of February 2025.
const WEEKS: usize = 4;
const UNITS: [PrivacyUnit; 3] = [PrivacyUnit::Tally, PrivacyUnit::WorkerWeek, PrivacyUnit::WorkerPeriod];

fn prepared(programme: &Programme, records: &[Record]) -> Prepared {
    prepare(programme, "2025-M02".parse().unwrap(), records.to_vec(), &InOrder).unwrap()
}

/// A table for each mask: bits 0 to 2 are dimensions, bit 3 the week.
fn made(sizes: &[usize], masks: &[(u8, f64)], cap: u32, weekly: Option<u32>, unit: PrivacyUnit) -> Programme {
    let names = ["a", "b", "c"];
    let dimensions: Vec<(&str, usize)> = names.into_iter().zip(sizes.iter().copied()).collect();
    let mut tables: Vec<(Vec<Attribute>, f64)> = Vec::new();
    for (mask, weight) in masks {
        let mut by: Vec<Attribute> =
            (0..sizes.len()).filter(|i| mask & (1 << i) != 0).map(Attribute::Dimension).collect();
        by.extend((mask & 8 != 0).then_some(Attribute::Week));
        if tables.iter().all(|(other, _)| *other != by) {
            tables.push((by, *weight));
        }
    }
    let by: Vec<&[Attribute]> = tables.iter().map(|(by, _)| by.as_slice()).collect();
    let mut programme = programme(&dimensions, &[cap, 7], &by);
    programme.privacy.unit = unit;
    programme.privacy.breakdowns.iter_mut().zip(&tables).for_each(|(b, (_, weight))| b.weight = *weight);
    if unit == PrivacyUnit::WorkerPeriod {
        programme.measures[0].weekly_cap = weekly.map(|weekly| weekly.min(cap));
    }
    programme.measures[0].share = 3.0;
    programme
}

prop_compose! {
    fn programmes()(
        sizes in prop::collection::vec(1usize..4, 0..4),
        masks in prop::collection::vec((0u8..16, 0.2f64..5.0), 1..5),
        cap in 1u32..40, weekly in prop::option::of(1u32..40), unit in prop::sample::select(&UNITS[..]),
    ) -> Programme {
        made(&sizes, &masks, cap, weekly, unit)
    }
}

/// Row of three workers; its categories are brought into the programme's.
type Row = (u8, u8, [u8; 3], [u32; 2]);

fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    let row = (1u8..4, 0u8..4, prop::array::uniform3(0u8..12), prop::array::uniform2(0u32..30));
    prop::collection::vec(row, 1..most)
}

fn fitting(programme: &Programme, (who, week, at, counts): &Row) -> Record {
    let size = |i: usize| programme.dimensions.get(i).map_or(1, |d| u8::try_from(d.categories.len()).unwrap());
    record(*who, *week, [at[0] % size(0), at[1] % size(1), at[2] % size(2)], counts)
}

/// ρ that the noise of one measure leaves between two inputs.
fn apart(cost: &MeasureCost, one: &[Vec<i64>], other: &[Vec<i64>]) -> f64 {
    let squared = |(a, b): (&Vec<i64>, &Vec<i64>)| -> f64 {
        a.iter().zip(b).map(|(x, y)| f64::from(i32::try_from(x - y).unwrap()).powi(2)).sum()
    };
    one.iter().zip(other).map(squared).zip(&cost.residuals).map(|(d, part)| d / (2.0 * part.scale * part.scale)).sum()
}

/// Whether no measure of the two inputs is further apart than `most` allows.
fn within(one: &Prepared, other: &Prepared, most: impl Fn(usize, &MeasureCost) -> f64) -> bool {
    one.cost
        .per_measure
        .iter()
        .enumerate()
        .all(|(m, cost)| apart(cost, &one.answers[m], &other.answers[m]) <= most(m, cost) * (1.0 + 1e-12))
}

fn tables(prepared: &Prepared, answers: Vec<Vec<i64>>) -> Vec<Exact> {
    let residuals = Residuals::new(&prepared.shape, prepared.residuals.iter().zip(answers));
    prepared.layouts.iter().map(|layout| residuals.table(layout)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Removing a unit, changing it, and one encounter in it: none costs more than is stated.
    #[test]
    fn what_a_unit_does_costs_no_more_than_is_stated(
        programme in programmes(), rows in rows(14), other in rows(8), at: prop::sample::Index, x in 1u32..50,
    ) {
        let mut records: Vec<Record> = rows.iter().map(|row| fitting(&programme, row)).collect();
        let at = at.index(records.len());
        let tally = programme.privacy.unit == PrivacyUnit::Tally;
        let key = |record: &Record| UnitKey::of(programme.privacy.unit, record);
        let mine = key(&records[at]);
        let of_unit = |i: usize, record: &Record| if tally { i == at } else { key(record) == mine };
        let rest: Vec<Record> =
            (0..).zip(&records).filter(|(i, r)| !of_unit(*i, r)).map(|(_, record)| record.clone()).collect();
        let with = prepared(&programme, &records);
        prop_assert!(within(&with, &prepared(&programme, &rest), |_, cost| cost.rho), "removed");
        let mut changed = rest;
        for row in other.iter().take(if tally { 1 } else { 8 }) {
            let mut record = fitting(&programme, row);
            record.pseudonym = records[at].pseudonym;
            record.week = mine.week.unwrap_or(record.week);
            changed.push(record);
        }
        prop_assert!(within(&with, &prepared(&programme, &changed), |_, cost| cost.inside), "changed inside");
        records[at].counts.iter_mut().flatten().for_each(|count| *count += x);
        let encounter = |m: usize, cost: &MeasureCost| {
            let measure = &programme.measures[m];
            let y = f64::from(x.min(measure.cap).min(measure.weekly_cap.unwrap_or(u32::MAX)));
            y * y * cost.per_count
        };
        prop_assert!(within(&with, &prepared(&programme, &records), encounter), "one encounter");
    }

    /// By OpenDP's own maps, at the sensitivity stated; and nothing of the budget is left lying.
    #[test]
    fn the_accounted_cost_is_within_the_budget(programme in programmes(), rho in 1e-6f64..10.0) {
        let programme = Programme { privacy: crate::policy::Privacy { rho, ..programme.privacy }, ..programme };
        let cost = plan_cost(&programme, WEEKS).unwrap();
        let mut all = 0.0;
        for (m, measure) in cost.per_measure.iter().enumerate() {
            let maps = measure.residuals.iter().map(|part| Noise::new(part.scale, 1).unwrap().cost(part.sensitivity).unwrap());
            let spent = sum_up(maps);
            prop_assert!(spent == measure.rho && spent <= programme.measure_rho(m), "{spent}");
            prop_assert!(spent > programme.measure_rho(m) * (1.0 - 1e-9), "{spent} is less than it may be");
            all += spent;
        }
        prop_assert!(cost.rho_total <= rho && cost.rho_total >= all * (1.0 - 1e-15));
    }

    /// With real noise: every table is exactly what each finer one adds up to.
    #[test]
    fn tables_agree_to_the_last_unit(programme in programmes(), rows in rows(14)) {
        let records: Vec<Record> = rows.iter().map(|row| fitting(&programme, row)).collect();
        let prepared = prepared(&programme, &records);
        for answers in noisy_answers(&programme, &prepared).unwrap() {
            let tables = tables(&prepared, answers);
            for (fine, big) in prepared.layouts.iter().zip(&tables) {
                for (coarse, small) in prepared.layouts.iter().zip(&tables) {
                    if coarse.axes.iter().all(|axis| fine.axes.contains(axis)) {
                        let mut sums = vec![0_i128; coarse.length];
                        let at = |i: usize| prepared.shape.within(fine, i, coarse);
                        big.numerators.iter().enumerate().for_each(|(i, n)| sums[at(i)] += n);
                        let same = |(b, s): (&i128, &i128)| b * small.denominator == s * big.denominator;
                        prop_assert!(sums.iter().zip(&small.numerators).all(same));
                    }
                }
            }
        }
    }

    /// The stated deviation, against the noise of every single answer followed through to every cell.
    #[test]
    fn the_stated_deviation_is_that_of_the_sum_of_all_noise(programme in programmes()) {
        let prepared = prepared(&programme, &[]);
        let cost = &prepared.cost.per_measure[0];
        let mut variances: Vec<Vec<f64>> = prepared.layouts.iter().map(|layout| vec![0.0; layout.length]).collect();
        for (part, layout) in cost.residuals.iter().zip(&prepared.residuals) {
            let noise = discrete_gaussian::stdev(part.scale);
            for one in 0..layout.length {
                let mut answer = vec![0; layout.length];
                answer[one] = 1;
                let residuals = Residuals::new(&prepared.shape, [(layout, answer)]);
                for (table, variance) in prepared.layouts.iter().zip(&mut variances) {
                    let moved = residuals.table(table).estimates().collect::<Vec<f64>>();
                    variance.iter_mut().zip(moved).for_each(|(v, moved)| *v += (moved * noise).powi(2));
                }
            }
        }
        for (variance, stdev) in variances.iter().zip(&cost.stdevs) {
            prop_assert!(variance.iter().all(|v| (v.sqrt() / stdev - 1.0).abs() < 1e-9), "{variance:?} {stdev}");
        }
    }
}

/// Every way to put at most `cap` counts into the cells, at most `weekly` into each week. The week runs fastest.
fn units(cells: usize, weeks: usize, cap: u32, weekly: u32) -> Vec<Vec<i64>> {
    let mut units = vec![vec![]];
    for _ in 0..cells {
        let more = |unit: &Vec<i64>| (0..=i64::from(cap)).map(|n| [unit.as_slice(), &[n]].concat()).collect::<Vec<_>>();
        units = units.iter().flat_map(more).collect();
        let week = |unit: &Vec<i64>, w: usize| unit.iter().skip(w).step_by(weeks).sum::<i64>();
        units.retain(|unit| {
            unit.iter().sum::<i64>() <= i64::from(cap) && (0..weeks).all(|w| week(unit, w) <= i64::from(weekly))
        });
    }
    units
}

/// No counter-example to b_A, to the cost of a unit or to κ: all units, and all pairs of units, of small tables.
#[test]
fn a_search_over_all_units_finds_none_that_costs_more() {
    let (mut searched, mut reached) = (0_usize, 0_usize);
    for (sizes, weeks) in [(vec![2], 2), (vec![3], 2), (vec![2], 3), (vec![2, 2], 2), (vec![1, 2], 3), (vec![], 4)] {
        for cap in 1..=3 {
            for weekly in 1..=cap {
                let mut programme =
                    made(&sizes, &[(15, 1.0), (1, 0.7), (8, 2.0)], cap, None, PrivacyUnit::WorkerPeriod);
                programme.measures[0].weekly_cap = (weekly < cap).then_some(weekly);
                let cost = &plan_cost(&programme, weeks).unwrap().per_measure[0];
                let shape = ContingencyTable::of(&programme, weeks).unwrap();
                let bound = bound_of(&programme, &programme.measures[0]);
                let layouts: Vec<Marginal> =
                    cost.residuals.iter().map(|part| shape.table(&part.set.axes().collect::<Vec<_>>())).collect();
                let answer = |unit: &Vec<i64>, layout: &Marginal| {
                    let mut sums = vec![0; layout.length];
                    (0..).zip(unit).for_each(|(cell, count)| sums[shape.project(layout, cell)] += count);
                    query(&sums, layout, &shape)
                };
                let cells = sizes.iter().product::<usize>() * weeks;
                let asked: Vec<Vec<Vec<i64>>> = units(cells, weeks, cap, weekly)
                    .iter()
                    .map(|unit| layouts.iter().map(|layout| answer(unit, layout)).collect())
                    .collect();
                for (part, i) in cost.residuals.iter().zip(0..) {
                    let length = |unit: &Vec<Vec<i64>>| unit[i].iter().map(|x| x * x).sum::<i64>();
                    let most = f64::from(i32::try_from(asked.iter().map(length).max().unwrap()).unwrap());
                    let stated = bound.query_squared(part.set, &shape.sizes());
                    assert!(most <= stated, "{sizes:?} {weeks} {cap} {weekly} {:?}: {most} {stated}", part.set);
                    reached += usize::from(most == stated);
                    assert!(most == stated || bound.weekly.is_some(), "C²P is reached: {most} {stated}");
                }
                let nothing = &asked[0];
                for one in &asked {
                    assert!(apart(cost, one, nothing) <= cost.rho * (1.0 + 1e-12));
                    for other in &asked {
                        assert!(apart(cost, one, other) <= cost.inside * (1.0 + 1e-12), "{sizes:?} {cap} {weekly}");
                        searched += 1;
                    }
                }
                let costliest = asked.iter().map(|one| apart(cost, one, nothing)).fold(0.0, f64::max);
                assert!(costliest > cost.rho * (1.0 - 1e-12) || bound.weekly.is_some(), "ρ is reached: {costliest}");
            }
        }
    }
    println!("{searched} pairs of units; in {reached} cases a unit reaches the bound of its residual");
}

/// 400 draws (`PEERTALLY_DEEP=1`: 4,000) of programmes with odd tables. One cell of each table is looked at, so its
/// draws are independent: the root mean square has a relative error of 1/√2n, and 6.6 of these are allowed
/// (a right program fails once in 10⁹ runs).
#[test]
fn the_stated_deviation_is_seen_in_simulation() {
    let programmes = [
        made(&[3, 2], &[(1, 1.0), (3, 1.0)], 20, None, PrivacyUnit::WorkerWeek),
        made(&[1, 2, 1], &[(7, 1.0), (9, 3.0)], 9, None, PrivacyUnit::Tally),
        made(&[2], &[(9, 1.0)], 30, Some(10), PrivacyUnit::WorkerPeriod),
        made(&[], &[(0, 1.0), (8, 0.3)], 1, None, PrivacyUnit::WorkerWeek),
    ];
    let draws = if std::env::var_os("PEERTALLY_DEEP").is_some() { 4_000_u16 } else { 400 };
    for programme in programmes {
        let prepared = prepared(&programme, &[record(1, 2, [0, 0, 0], &[5, 5])]);
        let exact: Vec<Vec<f64>> =
            tables(&prepared, prepared.answers[0].clone()).iter().map(|t| t.estimates().collect()).collect();
        let mut squares = vec![0.0; exact.len()];
        for _ in 0..draws {
            let noisy = noisy_answers(&programme, &prepared).unwrap().swap_remove(0);
            for ((square, table), exact) in squares.iter_mut().zip(tables(&prepared, noisy)).zip(&exact) {
                *square += (table.estimates().last().unwrap() - exact.last().unwrap()).powi(2);
            }
        }
        for (square, stdev) in squares.iter().zip(&prepared.cost.per_measure[0].stdevs) {
            let ratio = (square / f64::from(draws)).sqrt() / stdev;
            assert!((ratio - 1.0).abs() < 6.6 / (2.0 * f64::from(draws)).sqrt(), "{ratio}");
        }
    }
}
