//! What a release promises, in plain words and one table.
//!
//! Guarantee: every figure is the release's; what a row rests on follows from
//! the two units, so that it can be said in each language.

use super::labels::Labels;
use crate::domain::PrivacyUnit;
use crate::domain::release::{Equivalent, Guarantee, Release};

/// One row: the same noise for one unit.
pub(super) struct UnitRow {
    pub(super) unit: String,
    pub(super) rho: String,
    pub(super) epsilon: String,
    pub(super) basis: String,
}

/// The one plain paragraph.
pub(super) fn promise(guarantee: &Guarantee, words: &Labels) -> String {
    format!("{} {} {}", unit(guarantee, words), words.text.report_promise_card(), cost(guarantee, words))
}

/// What is hidden, and what not.
pub(super) fn unit(guarantee: &Guarantee, words: &Labels) -> String {
    let t = words.text;
    match guarantee.unit {
        PrivacyUnit::Tally => t.report_promise_tally(),
        PrivacyUnit::WorkerWeek => t.report_promise_week(),
        PrivacyUnit::WorkerPeriod => t.report_promise_period(),
    }
}

/// The same in figures.
pub(super) fn cost(guarantee: &Guarantee, words: &Labels) -> String {
    let (rho, epsilon) = (words.cost(guarantee.rho), words.cost(guarantee.epsilon));
    words.text.report_promise_cost(delta(guarantee.delta), epsilon, rho)
}

/// The table, the protected unit first.
pub(super) fn rows(release: &Release, words: &Labels) -> Vec<UnitRow> {
    let guarantee = &release.guarantee;
    let row = |unit: &str, rho: f64, epsilon: f64, basis: String| UnitRow {
        unit: words.unit(unit),
        rho: words.cost(rho),
        epsilon: words.cost(epsilon),
        basis,
    };
    let own = row(&guarantee.unit.to_string(), guarantee.rho, guarantee.epsilon, words.text.basis_itself());
    let others = guarantee.equivalents.iter().map(|e| row(&e.unit, e.rho, e.epsilon, basis(release, e, words)));
    [own].into_iter().chain(others).collect()
}

fn basis(release: &Release, equivalent: &Equivalent, words: &Labels) -> String {
    let t = words.text;
    match (release.guarantee.unit, equivalent.unit.as_str()) {
        (_, "encounter") => t.basis_encounter(),
        (PrivacyUnit::WorkerWeek, "worker-period") => t.basis_weeks(release.weeks.len().to_string()),
        (PrivacyUnit::Tally, _) => t.basis_tallies(),
        _ => t.basis_inside(),
    }
}

/// δ as it is usually written.
pub(super) fn delta(delta: f64) -> String {
    format!("{delta:e}")
}
