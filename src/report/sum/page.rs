//! A sum as a page.
//!
//! Guarantee: every figure on it is one of the sum, rounded; what is left out
//! stands there too.

use askama::Template;

use super::super::guarantee::delta;
use super::super::html::{MeasureTable, bar_of, table};
use super::super::labels::{Labels, Mark, capital};
use super::super::{bar, incomparable::Caveat};
use super::{Gap, LeftOut, MeasureSum, ReportError, Sum};
use crate::locale::Text;

#[derive(Template)]
#[template(path = "sum.html")]
struct SumPage<'a> {
    t: Text,
    alone: bool,
    programme: &'a str,
    title: String,
    what: String,
    gaps: Vec<String>,
    measures: Vec<SumMeasureView>,
    left_out: Vec<String>,
    notes: Vec<String>,
    delta: String,
    promise: String,
    units: Vec<SumUnit>,
    sources: Vec<(String, &'a str)>,
}

struct SumMeasureView {
    name: String,
    total: Option<SumTotal>,
    target: Option<Mark>,
    tables: Vec<MeasureTable>,
}

struct SumTotal {
    figure: String,
    between: String,
    quality: Mark,
    picture: String,
}

struct SumUnit {
    name: String,
    one: [String; 2],
    every: [String; 2],
}

/// The sum as HTML: a section for a page, or with its own heading where it stands `alone`.
///
/// # Errors
/// [`ReportError::Write`] where the template fails.
pub fn write(sum: &Sum, words: &Labels, alone: bool) -> Result<String, ReportError> {
    let t = words.text;
    let end = |source: Option<&super::SummedRelease>| source.map_or_else(String::new, |s| s.period.to_string());
    let guarantee = &sum.guarantee;
    let units = guarantee.units.iter().map(|row| SumUnit {
        name: words.unit(&row.unit),
        one: [words.cost(row.rho), words.cost(row.epsilon)],
        every: [words.cost(row.rho_in_every_period), words.cost(row.epsilon_in_every_period)],
    });
    let weeks: usize = sum.periods.iter().map(|s| s.weeks).sum();
    let source = |s: &'_ super::SummedRelease| t.sum_source(&s.published, s.period.to_string());
    let page = SumPage {
        t,
        alone,
        programme: &sum.programme,
        title: t.sum_title(end(sum.periods.first()), end(sum.periods.last())),
        what: t.sum_what(sum.periods.len().to_string(), weeks.to_string()),
        gaps: sum.gaps.iter().map(|g| t.sum_gap(gap(g, words))).collect(),
        measures: sum.measures.iter().map(|m| measure(m, words)).collect::<Result<_, _>>()?,
        left_out: sum.left_out.iter().map(|l| left_out(l, words)).collect(),
        notes: sum.notes.iter().map(|note: &Caveat| note.say(words)).collect(),
        delta: delta(guarantee.delta),
        promise: promise(sum, words),
        units: units.collect(),
        sources: sum.periods.iter().map(|s| (source(s), s.sha256.as_str())).collect(),
    };
    page.render().map_err(|error| ReportError::Write("page", error.to_string()))
}

/// The weeks of a gap, in words.
pub(in crate::report) fn gap(gap: &Gap, words: &Labels) -> String {
    let (first, last) = (gap.first.to_string(), gap.last.to_string());
    if first == last { first } else { words.text.report_range(first, last) }
}

fn promise(sum: &Sum, words: &Labels) -> String {
    let t = words.text;
    let first = sum.guarantee.units.first().filter(|_| sum.guarantee.unit.is_some());
    let one = first.map_or_else(String::new, |row| {
        let (rho, epsilon) = (words.cost(row.rho), words.cost(row.epsilon));
        t.sum_promise_one(delta(sum.guarantee.delta), epsilon, rho, words.unit(&row.unit))
    });
    format!("{} {one} {}", t.sum_promise(), t.sum_promise_every(t.unit_worker_period()))
}

#[allow(clippy::cast_precision_loss, reason = "targets are far below 2^53")]
fn measure(measure: &MeasureSum, words: &Labels) -> Result<SumMeasureView, ReportError> {
    let cell = measure.breakdowns.iter().find(|b| b.by.is_empty()).and_then(|b| b.cells.first());
    let name = words.measure(&measure.id);
    let total = cell.map(|cell| {
        let ((low, high), figure) = (words.ends(cell), words.figure(cell));
        let said = words.text.report_bar(&figure, high, low, &name);
        let target = measure.target.as_ref().map(|t| t.value as f64);
        let picture = bar::large(words, &format!("sum-{}", measure.id), (&name, &said), &bar_of(cell), target)?;
        Ok(SumTotal { figure, between: words.between(cell), quality: words.quality(cell.quality), picture })
    });
    let tables = measure.breakdowns.iter().filter(|b| !b.by.is_empty());
    let tables = tables.map(|b| {
        let named = words.text.sum_name_by(words.by(&b.by), &name);
        Ok(MeasureTable { name: named, ..table(b, &name, words)? })
    });
    Ok(SumMeasureView {
        total: total.transpose()?,
        target: measure.target.as_ref().map(|target| words.target(target)),
        tables: tables.collect::<Result<_, ReportError>>()?,
        name,
    })
}

fn left_out(left: &LeftOut, words: &Labels) -> String {
    let measures = left.measures.iter().map(|id| words.measure(id)).collect::<Vec<_>>().join(", ");
    let what = match left.by.as_deref() {
        None | Some([]) => measures,
        Some(by) => words.text.report_name_by(words.by(by), measures),
    };
    format!("{}: {}.", capital(&what), left.reason.say(words))
}
