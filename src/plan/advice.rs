//! What follows from a plan, in words.
//!
//! Guarantee: every figure is computed from a forecast; a sentence that does not
//! hold is not there. The most useful come first, and there are few.
//! Non-guarantee: advice about noise alone. Whether a figure is asked for, or may
//! do harm, is for the programme to judge.

use serde::Serialize;

use crate::domain::release::Quality;
use crate::domain::{PeriodKind, PrivacyUnit};

use super::forecast::{Case, TablePlan, UnitPlan};
use super::need;
use super::prune::{Dropped, prune};
use super::weeks;
use super::words::{counted, list, number, percent, table, times};

/// Most sentences of a plan.
const MOST: usize = 7;

/// One piece of advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// Stable name: `year`, `totals`, `drop`, `read-totals`, `tables`, `fine`, `worker-period`, `tally` or `period`.
    pub kind: &'static str,
    /// One or two sentences.
    pub text: String,
}

/// All advice, the most useful first.
pub(super) fn advice(case: &Case<'_>, configured: &UnitPlan, units: &[UnitPlan]) -> Vec<Advice> {
    let (dropped, _, left) = prune(case, configured);
    let mut all = Vec::new();
    let mut add = |kind: &'static str, text: Option<String>| all.extend(text.map(|text| Advice { kind, text }));
    add("year", year(case, configured));
    add("totals", totals(case, &left, !dropped.is_empty()));
    for (at, one) in dropped.iter().enumerate() {
        add("drop", Some(dropping(case, configured, one, at == 0)));
    }
    add("tables", tables(case, &left, !dropped.is_empty()));
    add("read-totals", single(&left));
    add("fine", fine(configured));
    if configured.unit != PrivacyUnit::WorkerPeriod {
        add("worker-period", units.iter().find(|u| u.unit == PrivacyUnit::WorkerPeriod).and_then(whole_period));
    }
    add("tally", tally(configured, units));
    add("period", other_period(case, configured));
    all.truncate(MOST);
    all
}

/// The yearly budget covers fewer periods than a year has.
fn year(case: &Case<'_>, configured: &UnitPlan) -> Option<String> {
    let (periods, name) = per_year(case.file.period);
    let budget = case.file.privacy.rho_per_year;
    let covered = (budget / configured.rho).floor();
    (covered < periods).then(|| {
        format!(
            "The yearly budget (rho_per_year = {}) covers {} of the {} {name} of a year: the others would not be \
             published. Raise it to {}, or lower rho to {}.",
            need::figure(budget),
            number(covered),
            number(periods),
            need::figure(case.file.privacy.rho * periods),
            // Downward, so that what is written down fits.
            need::figure((budget / periods * 1e4).floor() / 1e4)
        )
    })
}

/// Totals that are not good, and what it would take.
fn totals(case: &Case<'_>, left: &UnitPlan, dropped: bool) -> Option<String> {
    let all: Vec<(&str, &TablePlan)> = left.totals().collect();
    let (worst, at) = largest(&all)?;
    let mark = if at.quality == Quality::Good { return None } else { at.quality };
    let same: Vec<&str> = all.iter().filter(|(_, t)| t.quality == mark).map(|(id, _)| *id).collect();
    let then = if dropped { "Even with the tables below dropped, the" } else { "The" };
    let whose =
        if same.len() == 1 { format!("total of {worst}") } else { format!("totals of {}", named(&same, all.len())) };
    let (verb, worst) = if same.len() == 1 {
        ("is", String::new())
    } else {
        ("are", format!("; {worst} has the largest error, {}", percent(at.relative())))
    };
    let error = if same.len() == 1 { format!(" ({})", percent(at.relative())) } else { String::new() };
    Some(format!(
        "{then} {whose} {verb} {}{error}{worst}. For it, {}.",
        need::mark(mark),
        need::in_words(at.relative(), case.size.workers, case.file.privacy.rho)
    ))
}

/// One table that should go.
fn dropping(case: &Case<'_>, configured: &UnitPlan, one: &Dropped, first: bool) -> String {
    let whom = named(&one.uncertain, configured.measures.len());
    let begin = if first {
        format!("At {}, {}", counted(f64::from(case.size.workers), "worker", "workers"), table(&one.by))
    } else {
        format!("Then {}", table(&one.by))
    };
    let whole = |part: f64| format!("{:.0}\u{a0}%", part * 100.0);
    let gain = match (one.totals >= 0.005, first) {
        (false, _) => "drop it; it costs the others little, but nobody could use it".to_owned(),
        (true, true) => format!("drop it, and totals improve by {}", whole(one.totals)),
        (true, false) => {
            format!("drop it, and totals improve by {} more, {} in all", whole(one.totals), whole(one.in_all))
        }
    };
    format!("{begin} is too uncertain to use for {whom}: {gain}.")
}

/// The worst table of those that stay, where it is not good.
fn tables(case: &Case<'_>, left: &UnitPlan, dropped: bool) -> Option<String> {
    let count = left.measures.first().map_or(0, |measure| measure.tables.len());
    let worst = (0..count)
        .filter_map(|at| {
            let all: Vec<(&str, &TablePlan)> =
                left.table(at).filter(|(_, t)| !t.by.is_empty() && t.quality == Quality::Caution).collect();
            let ids: Vec<&str> = all.iter().map(|(id, _)| *id).collect();
            largest(&all).map(|(_, worst)| (ids, worst.clone()))
        })
        .max_by(|a, b| a.1.relative().total_cmp(&b.1.relative()));
    let (measures, cell) = worst?;
    let then = if dropped { "Of what is left, most" } else { "Most" };
    Some(format!(
        "{then} care is needed with {}: typical cells have errors up to {} and are to be used with caution for {}. \
         For all of them, {}.",
        table(&cell.by),
        percent(cell.relative()),
        named(&measures, left.measures.len()),
        need::in_words(cell.relative(), case.size.workers, case.file.privacy.rho)
    ))
}

/// Single measures that a table cannot show, although most can.
fn single(left: &UnitPlan) -> Option<String> {
    let count = left.measures.first().map_or(0, |measure| measure.tables.len());
    let mut poor: Vec<(Vec<&str>, String)> = Vec::new();
    for at in 0..count {
        let ids: Vec<&str> =
            left.table(at).filter(|(_, t)| !t.by.is_empty() && !t.usable()).map(|(id, _)| id).collect();
        let Some((_, first)) = left.table(at).next().filter(|_| !ids.is_empty()) else { continue };
        let name = table(&first.by);
        match poor.iter_mut().find(|(same, _)| *same == ids) {
            Some((_, names)) => *names = format!("{names} and by {name}"),
            None => poor.push((ids, format!("by {name}"))),
        }
    }
    let words: Vec<String> = poor.into_iter().map(|(ids, names)| format!("{} {names}", list(&ids))).collect();
    (!words.is_empty()).then(|| format!("Too uncertain to use: {}. Read their totals only.", words.join("; ")))
}

/// Everything is good.
fn fine(configured: &UnitPlan) -> Option<String> {
    let mut tables = configured.measures.iter().flat_map(|m| m.tables.iter().chain([&m.total]));
    tables
        .all(|table| table.quality == Quality::Good)
        .then(|| format!("Every typical figure of this file is good at {}: it can be used as it is.", configured.unit))
}

/// What the strongest unit costs.
fn whole_period(unit: &UnitPlan) -> Option<String> {
    let totals: Vec<(&str, &TablePlan)> = unit.totals().collect();
    let (_, total) = middle(&totals)?;
    let count = unit.measures.first().map_or(0, |measure| measure.tables.len());
    let tables = (0..count).filter_map(|at| {
        let all: Vec<(&str, &TablePlan)> = unit.table(at).filter(|(_, t)| !t.by.is_empty()).collect();
        middle(&all).map(|(_, t)| t)
    });
    let worst = tables.max_by(|a, b| a.relative().total_cmp(&b.relative()));
    let cell = worst.filter(|t| t.relative() >= 1.0 && t.relative().is_finite());
    let cell =
        cell.map_or_else(String::new, |t| format!(", and {} a typical cell of {}", times(t.relative()), table(&t.by)));
    let all = || unit.measures.iter().flat_map(|m| m.tables.iter());
    let begins = if total.half_width >= total.expected { ", whose interval then begins at 0" } else { "" };
    let verdict = match (all().any(TablePlan::usable), totals.iter().any(|(_, t)| t.usable())) {
        (false, _) => "no figure could be used".to_owned(),
        (true, true) if all().all(TablePlan::usable) => "every figure could be used".to_owned(),
        (true, true) => "only some figures could be used".to_owned(),
        (true, false) => "hardly a figure could be used".to_owned(),
    };
    total.relative().is_finite().then(|| {
        format!(
            "At worker-period, which also hides who worked all period, the noise is {} the total{begins}{cell}: {verdict}.",
            times(total.relative())
        )
    })
}

/// A weaker unit that shows no more.
fn tally(configured: &UnitPlan, units: &[UnitPlan]) -> Option<String> {
    let tally = units.iter().find(|unit| unit.unit == PrivacyUnit::Tally && unit.unit != configured.unit)?;
    let pairs = configured.totals().zip(tally.totals());
    let parts: Vec<f64> = pairs.map(|((_, own), (_, other))| 1.0 - other.relative() / own.relative()).collect();
    let best = parts.iter().copied().filter(|part| part.is_finite()).fold(f64::NEG_INFINITY, f64::max);
    if configured.unit != PrivacyUnit::WorkerWeek || !best.is_finite() || best >= 0.05 {
        return None;
    }
    let more = if best < 0.005 { String::new() } else { format!(" by more than {}", percent(best)) };
    Some(format!(
        "At tally no total would be better{more}, since one tally may hold as much as the cap of a week: worker-week \
         protects a whole week at the same price."
    ))
}

/// Months against quarters, at the same ρ over the year.
fn other_period(case: &Case<'_>, configured: &UnitPlan) -> Option<String> {
    let (kind, names) = match case.file.period {
        PeriodKind::Month => (PeriodKind::Quarter, ("Quarters", "months")),
        PeriodKind::Quarter => (PeriodKind::Month, ("Months", "quarters")),
    };
    let mut other = case.file.clone();
    other.period = kind;
    other.privacy.rho = case.file.privacy.rho * per_year(case.file.period).0 / per_year(kind).0;
    if other.privacy.unit == PrivacyUnit::WorkerPeriod {
        // A cap of a period goes with the period's length.
        let (now, then) = (weeks(case.file.period), weeks(kind));
        for measure in &mut other.measures {
            let cap = (measure.cap as usize).saturating_mul(then).div_ceil(now);
            measure.cap = u32::try_from(cap).unwrap_or(u32::MAX);
        }
    }
    let planned = Case { file: &other, ..*case }.forecast(configured.unit).ok()?;
    let (now, then): (Vec<_>, Vec<_>) = (configured.totals().collect(), planned.totals().collect());
    let ((_, now), (_, then)) = (middle(&now)?, middle(&then)?);
    (now.relative().is_finite() && then.relative().is_finite()).then(|| {
        format!(
            "{} in place of {} would bring the typical error of a total from {} to {}, with the same rho over a year.",
            names.0,
            names.1,
            percent(now.relative()),
            percent(then.relative())
        )
    })
}

fn per_year(kind: PeriodKind) -> (f64, &'static str) {
    match kind {
        PeriodKind::Month => (12.0, "months"),
        PeriodKind::Quarter => (4.0, "quarters"),
    }
}

/// "all 5 measures", or the names of a few.
fn named<T: AsRef<str>>(some: &[T], of: usize) -> String {
    if some.len() == of && of > 1 {
        format!("all {of} measures")
    } else if some.len() <= 3 {
        list(some)
    } else {
        format!("{} of {of} measures", some.len())
    }
}

fn largest<'a>(all: &[(&'a str, &'a TablePlan)]) -> Option<(&'a str, &'a TablePlan)> {
    all.iter().copied().max_by(|a, b| a.1.relative().total_cmp(&b.1.relative()))
}

/// The one in the middle by relative error.
fn middle<'a>(all: &[(&'a str, &'a TablePlan)]) -> Option<(&'a str, &'a TablePlan)> {
    let mut all = all.to_vec();
    all.sort_by(|a, b| a.1.relative().total_cmp(&b.1.relative()));
    all.get(all.len() / 2).copied()
}
