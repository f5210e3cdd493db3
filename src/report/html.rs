//! A release as a plain page: totals, intervals, quality, and what is promised.
//!
//! Guarantee: every figure on the page is one of the release, rounded; the
//! same words for everyone. Non-guarantee: the frame around it (links, log
//! proof) is `web`'s.

use askama::Template;

use crate::domain::PrivacyUnit;
use crate::domain::release::{BreakdownRelease, CellRelease, MeasureRelease, Quality, Release, Target, TargetResult};

use super::ReportError;

#[derive(Template)]
#[template(path = "figures.html")]
struct Figures {
    programme: String,
    period: String,
    first: String,
    last: String,
    published: String,
    measures: Vec<Measure>,
    promise: String,
    unit: String,
    delta: String,
    rho: String,
    epsilon: String,
    equivalents: Vec<Equivalent>,
    version: String,
    commit: String,
    config: String,
    policy: String,
}

struct Measure {
    id: String,
    name: String,
    unit: String,
    total: Option<Total>,
    target: String,
    tables: Vec<Table>,
}

struct Total {
    reported: String,
    words: String,
    quality: &'static str,
}

pub(super) struct Table {
    pub(super) by: String,
    pub(super) stdev: String,
    pub(super) columns: Vec<String>,
    pub(super) cells: Vec<Cell>,
}

pub(super) struct Cell {
    pub(super) at: Vec<String>,
    pub(super) reported: String,
    pub(super) low: String,
    pub(super) high: String,
    pub(super) quality: &'static str,
}

struct Equivalent {
    unit: String,
    rho: String,
    epsilon: String,
    basis: String,
}

/// The page's main part, as HTML.
///
/// # Errors
/// [`ReportError::Write`] where the template fails.
pub fn figures(release: &Release) -> Result<String, ReportError> {
    let guarantee = &release.guarantee;
    let equivalents = guarantee.equivalents.iter().map(|e| Equivalent {
        unit: spaced(&e.unit),
        rho: figure(e.rho),
        epsilon: figure(e.epsilon),
        basis: e.basis.clone(),
    });
    let week = |week: Option<&crate::domain::Week>| week.map_or_else(String::new, ToString::to_string);
    let page = Figures {
        programme: release.programme.clone(),
        period: release.period.to_string(),
        first: week(release.weeks.first()),
        last: week(release.weeks.last()),
        published: release.published.clone(),
        measures: release.measures.iter().map(measure).collect(),
        promise: promise(release),
        unit: spaced(&guarantee.unit.to_string()),
        delta: format!("{:e}", guarantee.delta),
        rho: figure(guarantee.rho),
        epsilon: figure(guarantee.epsilon),
        equivalents: equivalents.collect(),
        version: release.software.version.clone(),
        commit: release.software.commit.clone(),
        config: release.config_digest.clone(),
        policy: release.policy_digest.clone(),
    };
    page.render().map_err(|error| ReportError::Write("page", error.to_string()))
}

pub(super) fn promise(release: &Release) -> String {
    let guarantee = &release.guarantee;
    let (unit, limit) = match guarantee.unit {
        PrivacyUnit::Tally => ("one tally", "It does not hide that a card sent many tallies."),
        PrivacyUnit::WorkerWeek => (
            "all that one card sent for one week",
            "It does not formally hide that someone worked all period: see the row “worker period” below.",
        ),
        PrivacyUnit::WorkerPeriod => ("all that one card sent in the period", "It covers a card's whole period."),
    };
    format!(
        "Noise was added to every figure so that these pages would look almost the same with or without {unit}: \
         zero-concentrated differential privacy with ρ = {}, which is ε = {} at δ = {:e}. {limit}",
        figure(guarantee.rho),
        figure(guarantee.epsilon),
        guarantee.delta
    )
}

fn measure(measure: &MeasureRelease) -> Measure {
    let total = measure.breakdowns.iter().find(|b| b.by.is_empty()).and_then(|b| b.cells.first());
    let tables = measure.breakdowns.iter().filter(|b| !b.by.is_empty());
    Measure {
        id: measure.id.to_string(),
        name: capital(&spaced(measure.id.as_str())),
        unit: spaced(&measure.unit),
        total: total.map(|cell| Total {
            reported: whole(cell.estimate.max(0.0)),
            words: format!("Between {} and {}, with 95 % confidence.", whole(cell.low), whole(cell.high)),
            quality: quality(cell.quality),
        }),
        target: measure.target.as_ref().map_or_else(String::new, target),
        tables: tables.map(table).collect(),
    }
}

pub(super) fn target(target: &Target) -> String {
    let result = match target.result {
        TargetResult::Reached => "reached",
        TargetResult::NotReached => "not reached",
        TargetResult::CannotTell => "cannot tell",
    };
    #[allow(clippy::cast_precision_loss, reason = "targets are far below 2^53")]
    let value = whole(target.value as f64);
    format!("Target {value}: {result}. It is judged on the interval, never on the figure alone.")
}

pub(super) fn table(breakdown: &BreakdownRelease) -> Table {
    let columns: Vec<String> = breakdown.by.iter().map(ToString::to_string).collect();
    let cell = |cell: &CellRelease| Cell {
        at: breakdown.by.iter().map(|id| cell.at.get(id).cloned().unwrap_or_default()).collect(),
        reported: whole(cell.estimate.max(0.0)),
        low: whole(cell.low),
        high: whole(cell.high),
        quality: quality(cell.quality),
    };
    let cells = breakdown.cells.iter().map(cell).collect();
    Table { by: columns.join(" and "), stdev: whole(breakdown.stdev), columns, cells }
}

pub(super) fn quality(quality: Quality) -> &'static str {
    match quality {
        Quality::Good => "Good.",
        Quality::Caution => "Use with caution.",
        Quality::TooUncertain => "Too uncertain to use.",
    }
}

/// A machine name as words.
pub(super) fn spaced(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Three figures, for ρ and ε.
pub(super) fn figure(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// A whole number with thin spaces between thousands.
pub(super) fn whole(value: f64) -> String {
    let digits = format!("{:.0}", value.round().abs());
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    if value.round() < 0.0 { format!("−{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(whole(1_234_567.4), "1\u{202f}234\u{202f}567");
        assert_eq!(whole(0.4), "0");
        assert_eq!(whole(-0.4), "0");
        assert_eq!(figure(84.5), "84.5");
        assert_eq!(figure(151.3), "151");
        assert_eq!(figure(0.5), "0.5");
    }
}
