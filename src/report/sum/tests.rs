use proptest::prelude::*;

use super::*;
use crate::domain::PrivacyUnit;
use crate::domain::release::{MeasureRelease, Quality, TargetResult};
use crate::report::fixtures::{cell, measure, published, table, with_target};

fn total(sum: &Sum, id: &str) -> (f64, f64) {
    let table = &sum.measures.iter().find(|m| m.id == *id).unwrap().breakdowns[0];
    assert!(table.by.is_empty());
    (table.cells[0].estimate, table.stdev)
}

fn quarter(number: usize, total: f64, areas: &[(&str, f64)]) -> PublishedRelease {
    published(&format!("2025-Q{number}"), vec![measure("contacts", total, 30.0, areas)])
}

#[test]
fn estimates_and_variances_are_added_and_the_rest_follows() {
    let year = combine(&[
        quarter(1, 100.0, &[("north", -40.0), ("south", 120.0)]),
        quarter(2, 200.0, &[("south", 90.0), ("north", 100.0)]),
        quarter(3, 300.0, &[("north", 10.0), ("south", 300.0)]),
        quarter(4, 400.0, &[("north", 10.0), ("south", 380.0)]),
    ])
    .unwrap();
    assert_eq!(total(&year, "contacts"), (1000.0, 60.0));
    let areas = &year.measures[0].breakdowns[1];
    // Not 0 + 100 + 10 + 10: what is printed is never added.
    assert_eq!((areas.cells[0].estimate, areas.cells[0].reported), (80.0, 80));
    assert_eq!((areas.cells[1].estimate, areas.stdev), (890.0, 60.0));
    assert!((areas.cells[1].low - 772.402).abs() < 1e-3 && areas.cells[1].quality == Quality::Good);
    assert_eq!((areas.cells[0].low, areas.cells[0].quality), (0.0, Quality::TooUncertain));
    assert!(year.gaps.is_empty() && year.left_out.is_empty() && year.notes.is_empty());
    let digests: Vec<_> = year.periods.iter().map(|p| p.sha256.as_str()).collect();
    assert_eq!(digests, ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]);
}

#[test]
fn overlapping_periods_are_refused() {
    let of = |period: &str| published(period, vec![]);
    assert_eq!(combine(&[]), Err(SumError::TooFew));
    assert_eq!(combine(&[of("2025-Q1")]), Err(SumError::TooFew));
    assert_eq!(combine(&[of("2025-Q1"), of("2025-Q1")]), Err(SumError::Twice("2025-Q1".parse().unwrap())));
    for month in ["2025-M01", "2025-M02", "2025-M03"] {
        let error = combine(&[of(month), of("2025-Q2"), of("2025-Q1")]).unwrap_err();
        assert!(matches!(error, SumError::Overlap(..)), "{error}");
        assert!(error.to_string().contains("2025-Q1") && error.to_string().contains(month), "{error}");
    }
    assert!(combine(&[of("2025-Q1"), of("2025-M04")]).is_ok());
}

#[test]
fn gaps_are_named() {
    let of = |period: &str| published(period, vec![]);
    let sum = combine(&[of("2025-M05"), of("2025-Q1")]).unwrap();
    let gap = Gap { first: "2025-W14".parse().unwrap(), last: "2025-W17".parse().unwrap() };
    assert_eq!(sum.gaps, [gap], "April");
}

#[test]
fn what_differs_is_left_out_and_named() {
    let mut visits = measure("visits", 5.0, 1.0, &[]);
    visits.unit = "visit".into();
    let weeks = |m: &mut MeasureRelease, week: &str| {
        m.breakdowns.push(table(&["week"], 1.0, vec![cell(&[("week", week)], 1.0, 1.0)]));
    };
    let (mut a, mut b) = (
        vec![measure("contacts", 1.0, 1.0, &[("north", 1.0)]), visits, measure("old", 1.0, 1.0, &[])],
        vec![measure("contacts", 1.0, 1.0, &[("north", 1.0), ("east", 0.0)]), measure("visits", 5.0, 1.0, &[])],
    );
    weeks(&mut a[0], "2025-W01");
    weeks(&mut b[0], "2025-W14");
    b[0].breakdowns.push(table(&["setting"], 1.0, vec![cell(&[("setting", "van")], 1.0, 1.0)]));
    let sum = combine(&[published("2025-Q1", a), published("2025-Q2", b)]).unwrap();
    assert_eq!(sum.measures.len(), 1);
    assert_eq!(sum.measures[0].breakdowns.len(), 1, "the total is the same");
    let said = serde_json::to_value(&sum.left_out).unwrap();
    let expected = serde_json::json!([
        {"measures": ["contacts"], "by": ["area"], "reason": "categories differ between 2025-Q1 and 2025-Q2"},
        {"measures": ["contacts"], "by": ["week"], "reason": "a week lies in one period only: read it in the report of its period"},
        {"measures": ["contacts"], "by": ["setting"], "reason": "no such table in 2025-Q1"},
        {"measures": ["visits"], "reason": "counted by the visit in 2025-Q1 and by the contact in 2025-Q2"},
        {"measures": ["old"], "reason": "not counted in 2025-Q2"},
    ]);
    assert_eq!(said, expected);
}

#[test]
fn targets_are_added_and_judged_on_the_interval() {
    let of = |period: &str, total: f64, target: u64| {
        published(period, vec![with_target(measure("contacts", total, 30.0, &[]), target)])
    };
    // The spread is 42.4, half the interval 83.2.
    for (first, target, result) in [
        (500.0, 458, TargetResult::Reached),
        (500.0, 500, TargetResult::CannotTell),
        (500.0, 550, TargetResult::NotReached),
    ] {
        let sum = combine(&[of("2025-Q1", first, target), of("2025-Q2", 500.0, target)]).unwrap();
        assert_eq!(sum.measures[0].target, Some(Target { value: target * 2, result }));
    }
    let without = published("2025-Q2", vec![measure("contacts", 500.0, 30.0, &[])]);
    assert_eq!(combine(&[of("2025-Q1", 1.0, 1), without]).unwrap().measures[0].target, None);
}

#[test]
fn changed_caps_and_units_are_noted() {
    let mut later = quarter(2, 1.0, &[]);
    later.release.measures[0].cap = 60;
    later.release.guarantee.unit = PrivacyUnit::Tally;
    later.release.programme = "renamed".into();
    let sum = combine(&[quarter(1, 1.0, &[]), later]).unwrap();
    assert_eq!((sum.measures[0].cap, sum.guarantee.unit, sum.notes.len()), (None, None, 3));
    assert!(sum.notes[0].to_string().contains("120 in 2025-Q1 and 60 in 2025-Q2"), "{:?}", sum.notes);
}

#[test]
fn the_guarantee_is_the_largest_for_one_and_the_sum_for_all() {
    let (first, mut second) = (quarter(1, 1.0, &[]), quarter(2, 1.0, &[]));
    second.release.guarantee.rho = 0.75;
    second.release.guarantee.epsilon = 6.0;
    second.release.guarantee.equivalents[0].rho = 10.0;
    let sum = combine(&[first, second]).unwrap();
    let rows: Vec<_> = sum.guarantee.units.iter().map(|u| (u.unit.as_str(), u.rho, u.rho_in_every_period)).collect();
    assert_eq!(rows, [("worker-week", 0.75, 1.25), ("worker-period", 10.0, 18.0)]);
    assert_eq!(sum.guarantee.units[0].epsilon, 6.0);
    assert_eq!(sum.guarantee.units[0].epsilon_in_every_period, crate::accuracy::epsilon_bound(1.25, 1e-6));
}

#[test]
fn json_and_csv() {
    let sum = combine(&[quarter(1, 1.5, &[("north", 1.0)]), quarter(2, 2.0, &[("north", -1.0)])]).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&sum.json().unwrap()).unwrap();
    assert_eq!(json["schema"], "peertally/sum/1");
    assert_eq!(json["measures"][0]["breakdowns"][0]["cells"][0]["estimate"], 3.5);
    let text = String::from_utf8(csv::write(&sum).unwrap()).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next().unwrap(), "period,measure,by,area,week,estimate,stdev,low95,high95,reported,quality,unit");
    assert!(lines.next().unwrap().starts_with("2025-Q1+2025-Q2,contacts,,,,3.5,42.42640687119285,0,"), "{text}");
    assert!(lines.next().unwrap().starts_with("2025-Q1+2025-Q2,contacts,area,north,,0,"), "{text}");
    let mut infinite = sum;
    infinite.measures[0].breakdowns[0].cells[0].estimate = f64::INFINITY;
    assert!(matches!(infinite.json(), Err(ReportError::Inconsistent(_))));
}

/// Some months of a year, each with a total, two areas and a stdev.
fn months() -> impl Strategy<Value = Vec<PublishedRelease>> {
    let figures = (-1e6..1e6_f64, -1e6..1e6_f64, 0.1..1e4_f64);
    proptest::collection::btree_map(1..=12_u8, figures, 2..=12).prop_map(|months| {
        let month = |(month, (north, south, stdev)): (u8, (f64, f64, f64))| {
            let areas = [("north", north), ("south", south)];
            published(&format!("2025-M{month:02}"), vec![measure("contacts", north + south, stdev, &areas)])
        };
        months.into_iter().map(month).collect()
    })
}

proptest! {
    #[test]
    fn the_order_does_not_matter(
        (sorted, shuffled) in months().prop_flat_map(|m| (Just(m.clone()), Just(m).prop_shuffle())),
    ) {
        prop_assert_eq!(combine(&sorted), combine(&shuffled));
    }

    #[test]
    fn a_consistent_release_stays_consistent(months in months()) {
        let sum = combine(&months).unwrap();
        let areas: f64 = sum.measures[0].breakdowns[1].cells.iter().map(|cell| cell.estimate).sum();
        prop_assert!((areas - total(&sum, "contacts").0).abs() < 1e-6, "the areas make up the total");
    }

    #[test]
    fn each_figure_is_the_sum_of_its_parts(months in months()) {
        let sum = combine(&months).unwrap();
        let parts = || months.iter().map(|m| &m.release.measures[0].breakdowns[1]);
        let estimate: f64 = parts().map(|b| b.cells[1].estimate).sum();
        let variance: f64 = parts().map(|b| b.stdev * b.stdev).sum();
        let table = &sum.measures[0].breakdowns[1];
        prop_assert!((table.cells[1].estimate - estimate).abs() < 1e-6);
        prop_assert!((table.stdev * table.stdev / variance - 1.0).abs() < 1e-12);
        let gaps: usize = sum.periods.windows(2).filter(|p| p[0].period.next() != p[1].period).count();
        prop_assert_eq!(sum.gaps.len(), gaps);
    }
}
