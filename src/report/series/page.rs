//! A series as a plain page: a chart and a table per measure, with trends in words.
//!
//! Guarantee: every figure on it is one of a release, rounded; nothing on it
//! needs a script. Non-guarantee: the frame around it is `web`'s. Callers: web.

use askama::Template;

use super::super::chart::{Bar, Column, draw};
use super::super::html::{capital, spaced, whole};
use super::super::sum::page::gap;
use super::words::{change, trend};
use super::{MeasureSeries, Point, ReportError, Row, Series, Step, TableSeries};
use crate::domain::Period;
use crate::domain::release::{Quality, Target, TargetResult};

#[derive(Template)]
#[template(path = "series.html")]
struct Page {
    gaps: Vec<String>,
    measures: Vec<Measure>,
}

struct Measure {
    id: String,
    name: String,
    unit: String,
    missing: Vec<String>,
    chart: String,
    totals: Vec<Line>,
    tables: Vec<Table>,
}

struct Line {
    period: Period,
    figure: String,
    between: String,
    quality: &'static str,
    target: String,
    change: String,
}

struct Table {
    by: String,
    columns: Vec<String>,
    periods: Vec<Period>,
    broken: Vec<String>,
    rows: Vec<Cells>,
}

struct Cells {
    at: Vec<String>,
    cells: Vec<Option<Cell>>,
}

struct Cell {
    figure: String,
    between: String,
    quality: &'static str,
    trend: &'static str,
}

/// The page's main part, as HTML.
///
/// # Errors
/// [`ReportError::Write`] where a template fails.
pub fn write(series: &Series) -> Result<String, ReportError> {
    let measures = series.measures.iter().map(|m| measure(&series.periods, m)).collect::<Result<Vec<_>, _>>()?;
    let page = Page { gaps: series.gaps.iter().map(gap).collect(), measures };
    page.render().map_err(|error| ReportError::Write("page", error.to_string()))
}

fn measure(periods: &[Period], measure: &MeasureSeries) -> Result<Measure, ReportError> {
    let total = measure.tables.iter().find(|t| t.by.is_empty());
    let row = total.and_then(|table| Some((table, table.rows.first()?)));
    let name = capital(&spaced(measure.id.as_str()));
    let totals = row.map_or_else(Vec::new, |(table, row)| lines(periods, measure, table, row));
    let chart = match row {
        Some((table, row)) if periods.len() > 1 => {
            let title = format!("{name} from {} to {}", first(periods), last(periods));
            let words: Vec<String> =
                totals.iter().map(|l| format!("{}: {}, between {}.", l.period, l.figure, l.between)).collect();
            draw(measure.id.as_str(), &title, &words.join(" "), &columns(periods, measure, table, row))?
        }
        _ => String::new(),
    };
    let missing = measure.missing.iter().map(|(period, reason)| format!("{period}: {reason}.")).collect();
    let tables = measure.tables.iter().filter(|t| !t.by.is_empty()).map(|t| table(periods, t)).collect();
    Ok(Measure { id: measure.id.to_string(), name, unit: spaced(&measure.unit), missing, chart, totals, tables })
}

/// One line per period that has a total.
fn lines(periods: &[Period], measure: &MeasureSeries, table: &TableSeries, row: &Row) -> Vec<Line> {
    let line = |(i, point): (usize, &Option<Point>)| {
        let (point, period) = (point.as_ref()?, periods.get(i)?);
        let before = i.checked_sub(1).and_then(|j| Some((periods.get(j)?, table.steps.get(j)?, row.changes.get(j)?)));
        Some(Line {
            period: *period,
            figure: whole(point.cell.estimate.max(0.0)),
            between: between(point),
            quality: doubt(point.cell.quality),
            target: measure.targets.get(i).and_then(Option::as_ref).map_or_else(String::new, target),
            change: before.map_or_else(String::new, |(since, step, by)| change(*since, step, by.as_ref())),
        })
    };
    row.points.iter().enumerate().filter_map(line).collect()
}

#[allow(clippy::cast_precision_loss, reason = "targets are far below 2^53")]
fn columns(periods: &[Period], measure: &MeasureSeries, table: &TableSeries, row: &Row) -> Vec<Column> {
    let column = |(i, period): (usize, &Period)| Column {
        name: period.to_string(),
        bar: row.points.get(i).and_then(Option::as_ref).map(|point| Bar {
            estimate: point.cell.estimate,
            low: point.cell.low,
            high: point.cell.high,
            usable: point.cell.quality != Quality::TooUncertain,
        }),
        target: measure.targets.get(i).and_then(Option::as_ref).map(|t| t.value as f64),
        changed: i.checked_sub(1).and_then(|j| table.steps.get(j)).is_some_and(|s| matches!(s, Step::Changed(_))),
    };
    periods.iter().enumerate().map(column).collect()
}

fn table(periods: &[Period], table: &TableSeries) -> Table {
    let columns: Vec<String> = table.by.iter().map(ToString::to_string).collect();
    let broken = periods.iter().zip(periods.iter().skip(1)).zip(&table.steps).filter_map(|((a, b), step)| match step {
        Step::Changed(reason) => Some(format!("No trend from {a} to {b}: {reason}.")),
        Step::Same { by_week: Some((first, then)), .. } => {
            Some(format!("{a} and {b} are compared by the week: they have {first} and {then}."))
        }
        Step::Same { .. } | Step::Nothing => None,
    });
    let row = |row: &Row| Cells {
        at: table.by.iter().map(|id| row.at.get(id).cloned().unwrap_or_default()).collect(),
        cells: row.points.iter().enumerate().map(|(i, point)| point.as_ref().map(|p| cell(row, i, p))).collect(),
    };
    Table {
        by: columns.join(" and "),
        columns,
        periods: periods.to_vec(),
        broken: broken.collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

fn cell(row: &Row, i: usize, point: &Point) -> Cell {
    let change = i.checked_sub(1).and_then(|j| row.changes.get(j)).and_then(Option::as_ref);
    Cell {
        figure: whole(point.cell.estimate.max(0.0)),
        between: between(point),
        quality: doubt(point.cell.quality),
        trend: change.map_or("", |c| trend(c.trend)),
    }
}

fn between(point: &Point) -> String {
    format!("{} – {}", whole(point.cell.low), whole(point.cell.high))
}

/// The quality mark; nothing for a good figure.
fn doubt(quality: Quality) -> &'static str {
    match quality {
        Quality::Good => "",
        Quality::Caution => "use with caution",
        Quality::TooUncertain => "too uncertain",
    }
}

#[allow(clippy::cast_precision_loss, reason = "targets are far below 2^53")]
fn target(target: &Target) -> String {
    let result = match target.result {
        TargetResult::Reached => "reached",
        TargetResult::NotReached => "not reached",
        TargetResult::CannotTell => "cannot tell",
    };
    format!("{}: {result}", whole(target.value as f64))
}

fn first(periods: &[Period]) -> String {
    periods.first().map_or_else(String::new, ToString::to_string)
}

fn last(periods: &[Period]) -> String {
    periods.last().map_or_else(String::new, ToString::to_string)
}
