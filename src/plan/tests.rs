//! The plan against figures known from elsewhere, and its advice against plans made anew.

use super::*;
use crate::domain::release::Quality;
use crate::policy::{Attribute, embedded};

const SIZE: Size = Size { workers: 40, tallies_per_week: 3.0 };

fn assumed() -> ExpectedCounts {
    ExpectedCounts::Assumed(Vec::new())
}

fn said<'a>(plan: &'a Plan, kind: &str) -> Vec<&'a str> {
    plan.advice.iter().filter(|advice| advice.kind == kind).map(|advice| advice.text.as_str()).collect()
}

fn stdevs(plan: &Plan) -> Vec<Vec<f64>> {
    let measures = &plan.configured().unwrap().measures;
    measures.iter().map(|m| m.tables.iter().map(|t| t.stdev / f64::from(m.cap)).collect()).collect()
}

fn near(found: &[f64], known: &[f64]) -> bool {
    found.len() == known.len() && found.iter().zip(known).all(|(found, known)| (found - known).abs() < 0.005)
}

#[test]
fn the_shipped_programmes_have_the_known_noise() {
    let default = plan(&embedded::programme().unwrap(), SIZE, &assumed()).unwrap();
    assert!(stdevs(&default).iter().all(|of| near(of, &[3.59, 3.39, 3.34])), "{:?}", stdevs(&default));
    let large = plan(&embedded::programme_large().unwrap(), SIZE, &assumed()).unwrap();
    assert!(stdevs(&large).iter().all(|of| near(of, &[5.75, 5.38, 5.33, 5.64, 4.98])), "{:?}", stdevs(&large));
    assert_eq!(large.units.iter().map(|unit| unit.unit).collect::<Vec<_>>(), UNITS);
    let own = default.configured().unwrap();
    assert!(own.rho <= 0.5 && own.equivalents.iter().any(|e| e.unit == "worker-period" && (e.rho - 84.5).abs() < 1e-9));
}

#[test]
fn expected_figures_follow_from_what_is_assumed() {
    let file = embedded::programme().unwrap();
    let plan = plan(&file, SIZE, &ExpectedCounts::Assumed(vec![None, Some(0.5)])).unwrap();
    let measures = &plan.configured().unwrap().measures;
    // 40 workers, 13 weeks, 3 tallies, 120 / 20 contacts each; six areas.
    let total = 40.0 * 13.0 * 3.0 * 6.0;
    let (all, area) = (&measures[0].tables[0], &measures[0].tables[1]);
    assert!((all.expected - total).abs() < 1e-9 && (area.expected - total / 6.0).abs() < 1e-9);
    assert_eq!((all.quality, area.quality), (Quality::Good, Quality::Caution));
    assert!((area.relative_error.unwrap() - area.stdev / area.expected).abs() < 1e-12);
    assert!((measures[1].tables[0].expected - 40.0 * 13.0 * 3.0 * 0.5).abs() < 1e-9);
    assert_eq!(measures[0].cut_off, None, "nothing is known of clipping");
    let words = plan.assumptions.join(" ");
    assert!(words.contains("contacts 6") && words.contains("as you say: contacts_new 0.5"), "{words}");
}

#[test]
fn a_dropped_table_improves_totals_by_what_is_said() {
    let file = embedded::programme_large().unwrap();
    let before = plan(&file, SIZE, &assumed()).unwrap();
    let mut less = file.clone();
    let (area, setting) = (Attribute::Dimension(0), Attribute::Dimension(1));
    let mut part = |by: &[Attribute]| {
        less.privacy.breakdowns.retain(|breakdown| breakdown.by != by);
        let after = plan(&less, SIZE, &assumed()).unwrap();
        let total = |plan: &Plan| plan.configured().unwrap().measures[0].total.stdev;
        format!("{:.0}\u{a0}%", 100.0 * (1.0 - total(&after) / total(&before)))
    };
    let (first, both) = (part(&[area, setting]), part(&[Attribute::Week]));
    let said = said(&before, "drop");
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("At 40 workers, area by setting is too uncertain"), "{}", said[0]);
    assert!(said[0].ends_with(&format!("drop it, and totals improve by {first}.")), "{} {first}", said[0]);
    assert!(said[1].starts_with("Then week") && said[1].ends_with(&format!("{both} in all.")), "{} {both}", said[1]);
}

#[test]
fn the_strongest_unit_is_told_in_words() {
    let file = embedded::programme().unwrap();
    let forty = plan(&file, SIZE, &assumed()).unwrap();
    let words = said(&forty, "worker-period")[0];
    assert!(words.contains("the noise is 60\u{a0}% of the total, whose interval then begins at 0"), "{words}");
    assert!(
        words.contains("3.4 times a typical cell of area") && words.ends_with("no figure could be used."),
        "{words}"
    );
    let four = plan(&file, Size { workers: 4, ..SIZE }, &assumed()).unwrap();
    assert!(said(&four, "worker-period")[0].contains("the noise is 6 times the total"), "{:?}", four.advice);
    let many = plan(&file, Size { workers: 4000, ..SIZE }, &assumed()).unwrap();
    assert!(said(&many, "worker-period")[0].ends_with("every figure could be used."), "{:?}", many.advice);
    assert_eq!(said(&many, "fine").len(), 1);
}

/// The closed forms say how many workers and how much ρ it takes: planned again, it is enough, and one less is not.
#[test]
fn what_it_takes_is_enough() {
    let mut file = embedded::programme().unwrap();
    file.privacy.breakdowns.truncate(1);
    let few = Size { workers: 3, ..SIZE };
    let poor = plan(&file, few, &assumed()).unwrap();
    let relative = poor.configured().unwrap().measures[0].total.relative_error.unwrap();
    let mark = |file: &Programme, workers: u32| {
        plan(file, Size { workers, ..SIZE }, &assumed()).unwrap().configured().unwrap().measures[0].total.quality
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number of workers")]
    let needed = need::workers(relative, crate::accuracy::quality::GOOD, 3) as u32;
    assert_eq!((mark(&file, needed), mark(&file, needed - 1)), (Quality::Good, Quality::Caution));
    let rho = need::rho(relative, crate::accuracy::quality::GOOD, 0.5);
    let mut richer = file.clone();
    richer.privacy.rho = rho;
    let mut less = file.clone();
    less.privacy.rho = rho * 0.97;
    assert_eq!((mark(&richer, 3), mark(&less, 3)), (Quality::Good, Quality::Caution), "{rho}");
    let words = said(&poor, "totals")[0];
    assert!(words.contains(&format!("good takes {needed} workers or rho = {}", need::figure(rho))), "{words}");
}

#[test]
fn the_yearly_budget_is_counted() {
    let mut file = embedded::programme().unwrap();
    file.privacy.rho_per_year = 1.2;
    let words = plan(&file, SIZE, &assumed()).unwrap();
    let words = said(&words, "year")[0];
    assert!(
        words.contains("covers 2 of the 4 quarters") && words.contains("Raise it to 2, or lower rho to 0.3."),
        "{words}"
    );
}

#[test]
fn months_are_compared_at_the_same_yearly_rho() {
    let file = embedded::programme().unwrap();
    let mut months = file.clone();
    months.period = PeriodKind::Month;
    months.privacy.rho = 0.5 / 3.0;
    let error = |file: &Programme| {
        let plan = plan(file, SIZE, &assumed()).unwrap();
        words::percent(plan.configured().unwrap().measures[0].total.relative_error.unwrap())
    };
    let (quarter, month) = (error(&file), error(&months));
    let (one, other) = (plan(&file, SIZE, &assumed()).unwrap(), plan(&months, SIZE, &assumed()).unwrap());
    assert!(said(&one, "period")[0].contains(&format!("from {quarter} to {month}")), "{:?}", one.advice);
    assert!(said(&other, "period")[0].contains(&format!("from {month} to {quarter}")), "{:?}", other.advice);
}

#[test]
fn what_cannot_be_planned_is_refused() {
    let file = embedded::programme().unwrap();
    assert_eq!(plan(&file, Size { workers: 0, ..SIZE }, &assumed()), Err(PlanError::Workers));
    for tallies_per_week in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(plan(&file, Size { tallies_per_week, ..SIZE }, &assumed()), Err(PlanError::Tallies));
    }
    assert!(plan(&file, Size { tallies_per_week: 200.5, ..SIZE }, &assumed()).is_ok(), "a week has no limit");
    let mut none = file.clone();
    none.privacy.breakdowns.clear();
    assert_eq!(plan(&none, SIZE, &assumed()), Err(PlanError::Release(ReleaseError::Nothing("breakdown"))));
    let mut small = file.clone();
    small.privacy.rho = 1e-36;
    assert!(matches!(plan(&small, SIZE, &assumed()), Err(PlanError::Release(ReleaseError::Scale(_)))));
    // Only the widest unit leaves the integers: its column says so, the others stand.
    let mut edge = file;
    let refused = (60..120).find_map(|halvings| {
        edge.privacy.rho = 0.5f64.powi(halvings);
        plan(&edge, SIZE, &assumed()).ok().filter(|plan| plan.units[0].refused.is_some())
    });
    let units = refused.unwrap().units;
    assert!(units[0].measures.is_empty() && units[1].refused.is_none() && units[1].measures.len() == 5);
}

#[test]
fn a_sample_is_read_as_it_is() {
    let row = |worker, week: &str, area, contacts| {
        let mut counts = [None; crate::domain::MAX_MEASURES];
        counts[0] = contacts;
        SampleTally { worker, week: week.parse().unwrap(), categories: [area, 0, 0], counts }
    };
    let rows = vec![
        row(0, "2025-W01", 0, Some(100)),
        row(0, "2025-W01", 1, Some(50)),
        row(0, "2025-W02", 1, Some(10)),
        row(1, "2025-W02", 2, Some(30)),
        row(1, "2025-W02", 3, None),
    ];
    let sample = Sample::new(rows, PeriodKind::Quarter).unwrap();
    assert_eq!((sample.size(), sample.weeks(), sample.rows()), (Size { workers: 2, tallies_per_week: 1.25 }, 2, 5));
    let (size, file) = (sample.size(), embedded::programme().unwrap());
    let expected = ExpectedCounts::Like(sample);
    let plan = plan(&file, size, &expected).unwrap();
    let contacts = |unit: usize| &plan.units[unit].measures[0];
    // 2 workers, 13 weeks, 1.25 tallies of 190 / 5; of them 30 of 190 lie above the cap of a week.
    assert!((contacts(1).cut_off.unwrap() - 30.0 / 190.0).abs() < 1e-12);
    assert!((contacts(1).total.expected - 2.0 * 13.0 * 1.25 * 38.0 * 160.0 / 190.0).abs() < 1e-9);
    assert_eq!(contacts(2).cut_off, Some(0.0), "no tally is above it");
    // Areas 100, 60, 30, 0, 0, 0: the median of six cells is 15.
    assert!((contacts(1).tables[1].expected / contacts(1).total.expected - 15.0 / 190.0).abs() < 1e-12);
    assert_eq!(plan.units[1].measures[1].total.relative_error, None, "nothing was counted");
    assert!(said(&plan, "totals")[0].contains("nothing is expected there"), "{:?}", plan.advice);
    assert!(Sample::new(Vec::new(), PeriodKind::Quarter).is_none());
}

#[test]
fn a_files_tables_by_week_are_scaled_to_the_planned_weeks() {
    let row = |week: &str| {
        let mut counts = [None; crate::domain::MAX_MEASURES];
        counts[0] = Some(10);
        SampleTally { worker: 0, week: week.parse().unwrap(), categories: [0; 3], counts }
    };
    let sample = Sample::new(["2025-W01", "2025-W02"].map(row).to_vec(), PeriodKind::Quarter).unwrap();
    let (size, file) = (sample.size(), embedded::programme_large().unwrap());
    let plan = plan(&file, size, &ExpectedCounts::Like(sample)).unwrap();
    assert!((plan.units[1].measures[0].tables[3].expected - 10.0).abs() < 1e-9, "ten a week");
}
