//! The figures of `docs/privacy.md`, computed from the shipped programmes.
//!
//! Guarantee: every line of its tables of figures is one that this test prints
//! (`cargo test --lib papers -- --nocapture`).

use crate::accuracy::quality::{CAUTION, GOOD};
use crate::accuracy::residual::{Wanted, influence};
use crate::accuracy::{AttributeSet, whole};
use crate::domain::PrivacyUnit;
use crate::policy::{Attribute, Programme, embedded};
use crate::release::plan_cost;

const PAPER: &str = include_str!("../../../docs/privacy.md");
const WEEKS: usize = 13;

/// 12345.6 as 12,346.
fn counts(x: f64) -> String {
    let digits = format!("{x:.0}");
    let mut shown = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

fn sizes(programme: &Programme) -> Vec<usize> {
    let mut sizes: Vec<usize> = programme.dimensions.iter().map(|d| d.categories.len()).collect();
    sizes.resize(crate::release::contingency::WEEK, 1);
    sizes.push(WEEKS);
    sizes
}

fn wanted(programme: &Programme) -> Vec<Wanted> {
    let axis = |attribute: &Attribute| match attribute {
        Attribute::Dimension(i) => *i,
        Attribute::Week => crate::release::contingency::WEEK,
    };
    let of = |by: &[Attribute]| AttributeSet::of(&by.iter().map(axis).collect::<Vec<_>>(), &sizes(programme));
    programme.privacy.breakdowns.iter().map(|b| Wanted { set: of(&b.by), weight: b.weight }).collect()
}

fn name(programme: &Programme, set: AttributeSet) -> String {
    let of = |axis: usize| programme.dimensions.get(axis).map_or("week", |d| d.id.as_str());
    let names: Vec<&str> = set.axes().map(of).collect();
    if names.is_empty() { "total".to_owned() } else { names.join(" × ") }
}

fn lines(title: &str, programme: &Programme) -> Vec<String> {
    let (cost, sizes, wanted) = (plan_cost(programme, WEEKS).unwrap(), sizes(programme), wanted(programme));
    let (first, cap) = (&cost.per_measure[0], f64::from(programme.measures[0].cap));
    let mut lines = Vec::new();
    for part in &first.residuals {
        let gain: f64 = wanted.iter().map(|table| table.weight * influence(table.set, part.set, &sizes)).sum();
        let (p, sigma) = (part.set.residual_share(&sizes), part.scale / part.set.cells(&sizes) / cap);
        let residual = name(programme, part.set);
        lines.push(format!("| {title} | {residual} | {p:.4} | {gain:.4} | {sigma:.3} | {:.4} |", part.rho));
    }
    let equal = (whole(wanted.len()) / (2.0 * first.rho)).sqrt();
    for (table, stdev) in wanted.iter().zip(&first.stdevs) {
        let (table, stdev) = (name(programme, table.set), stdev / cap);
        lines.push(format!(
            "| {title} | {table} | {stdev:.3} | {equal:.3} | {:.1} % | {:.1} | {:.1} |",
            100.0 * (1.0 - stdev / equal),
            stdev / GOOD,
            stdev / CAUTION
        ));
    }
    for (measure, cost) in programme.measures.iter().zip(&cost.per_measure) {
        let from = |limit: f64| cost.stdevs.iter().map(|s| counts((s / limit).ceil())).collect::<Vec<_>>().join(" | ");
        let stdevs = cost.stdevs.iter().map(|s| counts(*s)).collect::<Vec<_>>().join(" | ");
        lines.push(format!("| {} | {} | {stdevs} | {} |", measure.id, measure.cap, from(GOOD)));
    }
    lines.push(format!("| {title} | itself | {} | {:.2} | |", cost.rho_total, cost.epsilon));
    for other in &cost.equivalents {
        let rho = if other.rho >= 0.01 { format!("{:.4}", other.rho) } else { format!("{:.2e}", other.rho) };
        lines.push(format!("| {title} | {} | {rho} | {:.3} | {} |", other.unit, other.epsilon, other.basis));
    }
    // Four quarters, a unit in each week: group privacy in each, and costs add up.
    let year = 4.0 * whole(WEEKS * WEEKS) * cost.rho_total;
    let epsilon = crate::release::noise::epsilon(year, programme.privacy.delta).unwrap();
    lines.push(format!("| {title} | all weeks of a year | {year:.0} | {epsilon:.0} | not in a release: Σ k_p²ρ_p |"));
    lines.push(format!("| {title} | κ = {:.4} |", first.kappa()));
    lines
}

/// σ in units of the period's cap, with a weekly cap of C/4 and C/8.
fn weekly() -> Vec<String> {
    let mut programme = embedded::programme_large().unwrap();
    programme.privacy.unit = PrivacyUnit::WorkerPeriod;
    let mut line = |name: &str, cap: Option<u32>| {
        programme.measures.iter_mut().for_each(|measure| (measure.cap, measure.weekly_cap) = (1_000, cap));
        let stdevs = plan_cost(&programme, WEEKS).unwrap().per_measure[0].stdevs.clone();
        format!("| {name} | {} |", stdevs.iter().map(|s| format!("{:.3}", s / 1e3)).collect::<Vec<_>>().join(" | "))
    };
    vec![line("none", None), line("C/4", Some(250)), line("C/8", Some(125))]
}

#[test]
fn the_paper_has_the_figures_of_the_program() {
    let programmes = [("default", embedded::programme().unwrap()), ("large", embedded::programme_large().unwrap())];
    let mut missing: Vec<String> = programmes.iter().flat_map(|(title, p)| lines(title, p)).chain(weekly()).collect();
    missing.iter().for_each(|line| println!("{line}"));
    missing.retain(|line| !PAPER.lines().any(|written| written == line));
    assert!(missing.is_empty(), "docs/privacy.md lacks:\n{}", missing.join("\n"));
}
