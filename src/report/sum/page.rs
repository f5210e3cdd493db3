//! A sum as a plain page.
//!
//! Guarantee: every figure on it is one of the sum, rounded; what is left out
//! stands there too. Callers: web, cli.

use askama::Template;

use super::super::html::{Table, capital, figure, quality, spaced, table, target, whole};
use super::{Gap, LeftOut, MeasureSum, ReportError, Sum};

#[derive(Template)]
#[template(path = "sum.html")]
struct Page<'a> {
    alone: bool,
    programme: &'a str,
    first: String,
    last: String,
    many: usize,
    weeks: usize,
    gaps: Vec<String>,
    measures: Vec<Measure>,
    left_out: Vec<String>,
    notes: &'a [String],
    delta: String,
    promise: String,
    units: Vec<Unit>,
    sources: &'a [super::Source],
}

struct Measure {
    name: String,
    unit: String,
    total: Option<(String, String, &'static str)>,
    target: String,
    tables: Vec<Table>,
}

struct Unit {
    name: String,
    one: [String; 2],
    every: [String; 2],
}

/// The sum as HTML: a section for a page, or with its own heading where it stands `alone`.
///
/// # Errors
/// [`ReportError::Write`] where the template fails.
pub fn write(sum: &Sum, alone: bool) -> Result<String, ReportError> {
    let end = |source: Option<&super::Source>| source.map_or_else(String::new, |s| s.period.to_string());
    let guarantee = &sum.guarantee;
    let units = guarantee.units.iter().map(|row| Unit {
        name: spaced(&row.unit),
        one: [figure(row.rho), figure(row.epsilon)],
        every: [figure(row.rho_in_every_period), figure(row.epsilon_in_every_period)],
    });
    let page = Page {
        alone,
        programme: &sum.programme,
        first: end(sum.periods.first()),
        last: end(sum.periods.last()),
        many: sum.periods.len(),
        weeks: sum.periods.iter().map(|s| s.weeks).sum(),
        gaps: sum.gaps.iter().map(gap).collect(),
        measures: sum.measures.iter().map(measure).collect(),
        left_out: sum.left_out.iter().map(left_out).collect(),
        notes: &sum.notes,
        delta: format!("{:e}", guarantee.delta),
        promise: promise(sum),
        units: units.collect(),
        sources: &sum.periods,
    };
    page.render().map_err(|error| ReportError::Write("page", error.to_string()))
}

/// The weeks of a gap, in words.
pub(in crate::report) fn gap(gap: &Gap) -> String {
    if gap.first == gap.last { gap.first.to_string() } else { format!("{} to {}", gap.first, gap.last) }
}

fn promise(sum: &Sum) -> String {
    let first = sum.guarantee.units.first().filter(|_| sum.guarantee.unit.is_some());
    let one = first.map_or_else(String::new, |row| {
        format!(
            " One {} lies in one period only, so the largest of the periods' costs holds for it: ρ = {}, which is ε = {} at δ = {:e}.",
            spaced(&row.unit),
            figure(row.rho),
            figure(row.epsilon),
            sum.guarantee.delta
        )
    });
    format!("Adding up what is published already costs no new privacy.{one}")
}

fn measure(measure: &MeasureSum) -> Measure {
    let total = measure.breakdowns.iter().find(|b| b.by.is_empty()).and_then(|b| b.cells.first());
    Measure {
        name: capital(&spaced(measure.id.as_str())),
        unit: spaced(&measure.unit),
        total: total.map(|cell| {
            let words = format!("Between {} and {}, with 95 % confidence.", whole(cell.low), whole(cell.high));
            (whole(cell.estimate.max(0.0)), words, quality(cell.quality))
        }),
        target: measure
            .target
            .as_ref()
            .map_or_else(String::new, |t| format!("The periods' targets together. {}", target(t))),
        tables: measure.breakdowns.iter().filter(|b| !b.by.is_empty()).map(table).collect(),
    }
}

fn left_out(left: &LeftOut) -> String {
    let measures = left.measures.iter().map(|id| spaced(id.as_str())).collect::<Vec<_>>().join(", ");
    let by = left.by.as_ref().map_or_else(String::new, |by| match by.as_slice() {
        [] => ", the total".to_owned(),
        by => format!(", by {}", by.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")),
    });
    format!("{}{by}: {}.", capital(&measures), left.reason)
}
