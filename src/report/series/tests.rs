use proptest::prelude::*;

use super::*;
use crate::accuracy::Trend;
use crate::domain::PrivacyUnit;
use crate::report::fixtures::{cell, measure, published, table, with_target};

fn quarter(number: usize, total: f64, areas: &[(&str, f64)]) -> PublishedRelease {
    published(&format!("2025-Q{number}"), vec![measure("contacts", total, 30.0, areas)])
}

fn trends(row: &SeriesRow) -> Vec<Option<Trend>> {
    row.changes.iter().map(|change| change.map(|c| c.trend)).collect()
}

fn same() -> SeriesStep {
    SeriesStep::Same { by_week: None, note: None }
}

/// The total's table of the first measure.
fn total(published: &[PublishedRelease]) -> TableSeries {
    let series = series(published).unwrap();
    series.measures[0].tables[0].clone()
}

#[test]
fn neighbours_are_compared_on_the_interval_of_their_difference() {
    // The spread is 42.4, half the interval 83.2.
    let all = [quarter(1, 500.0, &[]), quarter(2, 590.0, &[]), quarter(3, 550.0, &[]), quarter(4, 400.0, &[])];
    let table = total(&all);
    assert_eq!(table.steps, [same(), same(), same()]);
    assert_eq!(trends(&table.rows[0]), [Some(Trend::Up), Some(Trend::CannotTell), Some(Trend::Down)]);
    let change = table.rows[0].changes[0].unwrap();
    assert!((change.estimate, (change.stdev - 1800.0_f64.sqrt()).abs() < 1e-9) == (90.0, true));
}

#[test]
fn unequal_lengths_are_compared_by_the_week() {
    let month = |name: &str, total: f64| published(name, vec![measure("contacts", total, 1.0, &[])]);
    // January 2025 has five weeks, February four: the same work in each week.
    let table = total(&[month("2025-M01", 500.0), month("2025-M02", 400.0), month("2025-M03", 500.0)]);
    assert_eq!(table.steps[0], SeriesStep::Same { by_week: Some((5, 4)), note: None });
    assert_eq!(table.steps[1], same(), "four weeks each");
    assert_eq!(trends(&table.rows[0]), [Some(Trend::CannotTell), Some(Trend::Up)]);
    let change = table.rows[0].changes[0].unwrap();
    assert!((change.stdev - (1.0_f64 / 25.0 + 1.0 / 16.0).sqrt()).abs() < 1e-12 && change.estimate.abs() < 1e-9);
}

#[test]
fn a_changed_programme_has_no_trend_and_says_why() {
    let plain = || quarter(1, 500.0, &[("north", 500.0)]);
    let mut cap = quarter(2, 900.0, &[("north", 900.0)]);
    cap.release.measures[0].cap = 60;
    let mut unit = quarter(2, 900.0, &[("north", 900.0)]);
    unit.release.guarantee.unit = PrivacyUnit::Tally;
    for (later, word) in [(cap, "120 and then 60"), (unit, "a card’s week and then for one tally")] {
        let series = series(&[plain(), later]).unwrap();
        for table in &series.measures[0].tables {
            let SeriesStep::Changed(reason) = &table.steps[0] else { panic!("{:?}", table.steps) };
            assert!(reason.to_string().contains(word), "{reason}");
            assert_eq!(table.rows[0].changes, [None]);
            assert!(table.rows[0].points.iter().all(Option::is_some), "the figures themselves are shown");
        }
    }
}

#[test]
fn changed_categories_have_no_trend_and_the_total_says_so() {
    let series = series(&[
        quarter(1, 500.0, &[("north", 500.0), ("old", 1.0)]),
        quarter(2, 900.0, &[("east", 0.0), ("north", 900.0)]),
    ])
    .unwrap();
    let [total, areas] = &series.measures[0].tables[..] else { panic!() };
    assert_eq!(areas.steps, [SeriesStep::Changed(Incomparable::CategoriesHere)]);
    let names: Vec<_> = areas.rows.iter().map(|row| row.at.values().next().unwrap().as_str()).collect();
    assert_eq!(names, ["east", "north", "old"]);
    assert!(areas.rows.iter().all(|row| row.changes == [None]));
    let SeriesStep::Same { note: Some(note), .. } = &total.steps[0] else { panic!("{:?}", total.steps) };
    assert!(note.to_string().contains("categories of area changed"), "{note}");
    assert_eq!(trends(&total.rows[0]), [Some(Trend::Up)]);
}

#[test]
fn a_cap_for_the_whole_period_needs_periods_of_one_length() {
    let mut months: Vec<PublishedRelease> = ["2025-M01", "2025-M02", "2025-M03"]
        .iter()
        .map(|name| published(name, vec![measure("contacts", 1.0, 1.0, &[])]))
        .collect();
    for month in &mut months {
        month.release.guarantee.unit = PrivacyUnit::WorkerPeriod;
    }
    let table = total(&months);
    assert!(matches!(&table.steps[0], SeriesStep::Changed(reason) if reason.to_string().contains("5 and 4 weeks")));
    assert_eq!(table.steps[1], same());
}

#[test]
fn gaps_and_missing_figures_are_named() {
    let mut visits = quarter(1, 9.0, &[]);
    visits.release.measures[0].unit = "visit".into();
    let without = published("2025-Q2", vec![measure("other", 1.0, 1.0, &[])]);
    let series = series(&[quarter(4, 7.0, &[]), visits, without]).unwrap();
    assert_eq!(series.periods.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2025-Q1", "2025-Q2", "2025-Q4"]);
    assert_eq!(series.gaps.len(), 1);
    assert_eq!(series.gaps[0].first.to_string(), "2025-W27");
    let contacts = &series.measures[0];
    let missing: Vec<String> = contacts.missing.iter().map(|(period, why)| format!("{period} {why}")).collect();
    assert_eq!(missing, ["2025-Q1 counted by the visit", "2025-Q2 not counted"]);
    assert_eq!(contacts.tables[0].steps, [SeriesStep::Nothing, SeriesStep::Nothing]);
    assert_eq!(contacts.tables[0].rows[0].points.iter().filter(|p| p.is_some()).count(), 1);
    assert_eq!(series.measures[1].id, *"other");
}

#[test]
fn targets_stay_as_each_release_judged_them_and_weeks_are_left_to_it() {
    let mut first = published("2025-Q1", vec![with_target(measure("contacts", 1.0, 1.0, &[]), 5)]);
    let weeks = table(&["week"], 1.0, vec![cell(&[("week", "2025-W01")], 1.0, 1.0)]);
    first.release.measures[0].breakdowns.push(weeks);
    let series = series(&[first, quarter(2, 1.0, &[])]).unwrap();
    assert_eq!(series.measures[0].targets.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false]);
    assert_eq!(series.measures[0].tables.len(), 1);
    assert!(matches!(super::series(&[quarter(1, 1.0, &[]), quarter(1, 1.0, &[])]), Err(SumError::Twice(_))));
    assert!(super::series(&[]).unwrap().measures.is_empty());
}

proptest! {
    #[test]
    fn the_order_does_not_matter(
        figures in proptest::collection::vec((-1e6..1e6_f64, 0.1..1e4_f64), 4),
        order in Just([0_usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let of = |i: usize| {
            let (total, stdev) = figures[i];
            published(&format!("2025-Q{}", i + 1), vec![measure("contacts", total, stdev, &[("north", total)])])
        };
        prop_assert_eq!(series(&[of(0), of(1), of(2), of(3)]), series(&order.map(of)));
    }
}
