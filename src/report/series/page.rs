//! A series as a plain page: a chart and a table per measure, with trends in words.
//!
//! Guarantee: every figure on it is one of a release, rounded; nothing on it
//! needs a script. Non-guarantee: the frame around it is `web`'s.

use askama::Template;

use super::super::chart::{ChartColumn, draw};
use super::super::html::bar_of;
use super::super::labels::Labels;
use super::super::sum::page::gap;
use super::change::{change, trend};
use super::{MeasureSeries, Point, ReportError, Series, SeriesRow, SeriesStep, TableSeries};
use crate::domain::Period;
use crate::domain::release::Quality;
use crate::locale::Text;

#[derive(Template)]
#[template(path = "series.html")]
struct SeriesPage<'a> {
    t: Text,
    query: &'a str,
    gaps: Vec<String>,
    measures: Vec<SeriesMeasureView>,
}

struct SeriesMeasureView {
    id: String,
    name: String,
    missing: Vec<String>,
    chart: String,
    totals: Vec<PeriodFigure>,
    tables: Vec<SeriesTable>,
}

struct PeriodFigure {
    period: Period,
    figure: String,
    between: String,
    quality: String,
    target: String,
    change: String,
}

struct SeriesTable {
    name: String,
    columns: Vec<String>,
    periods: Vec<Period>,
    broken: Vec<String>,
    rows: Vec<Cells>,
}

struct Cells {
    at: Vec<String>,
    cells: Vec<Option<SeriesCell>>,
}

struct SeriesCell {
    figure: String,
    between: String,
    quality: String,
    trend: String,
}

/// The page's main part, as HTML.
///
/// # Errors
/// [`ReportError::Write`] where a template fails.
pub fn write(series: &Series, words: &Labels) -> Result<String, ReportError> {
    let t = words.text;
    let measures = series.measures.iter().map(|m| measure(&series.periods, m, words)).collect::<Result<Vec<_>, _>>()?;
    let gaps = series.gaps.iter().map(|g| t.time_gap(gap(g, words))).collect();
    let page = SeriesPage { t, query: &words.query, gaps, measures };
    page.render().map_err(|error| ReportError::Write("page", error.to_string()))
}

/// The charts alone, each with its name, for a page that has other things to say.
pub(in crate::report) fn charts(series: &Series, words: &Labels) -> Result<Vec<String>, ReportError> {
    #[derive(Template)]
    #[template(path = "trend.html")]
    struct TrendView {
        name: String,
        chart: String,
    }
    let charts = series.measures.iter().filter_map(|measure| {
        let name = words.measure(&measure.id);
        let chart = chart(&series.periods, measure, &name, words).transpose()?;
        Some(chart.and_then(|chart| {
            TrendView { name, chart }.render().map_err(|error| ReportError::Write("chart", error.to_string()))
        }))
    });
    charts.collect()
}

fn measure(periods: &[Period], measure: &MeasureSeries, words: &Labels) -> Result<SeriesMeasureView, ReportError> {
    let name = words.measure(&measure.id);
    let totals = total(measure).map_or_else(Vec::new, |(table, row)| lines(periods, measure, table, row, words));
    let missing = measure.missing.iter().map(|(at, why)| words.text.time_missing(at.to_string(), why.say(words)));
    let tables = measure.tables.iter().filter(|t| !t.by.is_empty()).map(|t| table(periods, t, &name, words));
    Ok(SeriesMeasureView {
        id: measure.id.to_string(),
        missing: missing.collect(),
        chart: chart(periods, measure, &name, words)?.unwrap_or_default(),
        totals,
        tables: tables.collect(),
        name,
    })
}

fn total(measure: &MeasureSeries) -> Option<(&TableSeries, &SeriesRow)> {
    let table = measure.tables.iter().find(|t| t.by.is_empty())?;
    Some((table, table.rows.first()?))
}

/// The totals of two periods or more as a picture.
fn chart(
    periods: &[Period],
    measure: &MeasureSeries,
    name: &str,
    words: &Labels,
) -> Result<Option<String>, ReportError> {
    let Some((table, row)) = total(measure).filter(|_| periods.len() > 1) else { return Ok(None) };
    let title = words.text.time_chart(first(periods), last(periods), name);
    let said = |(period, point): (&Period, &Option<Point>)| {
        let point = point.as_ref()?;
        let (low, high) = words.ends(&point.cell);
        Some(words.text.report_bar(words.figure(&point.cell), high, low, period.to_string()))
    };
    let said: Vec<String> = periods.iter().zip(&row.points).filter_map(said).collect();
    draw(words, measure.id.as_str(), (&title, &said.join(" ")), &columns(periods, measure, table, row)).map(Some)
}

/// One line per period that has a total.
fn lines(
    periods: &[Period],
    measure: &MeasureSeries,
    table: &TableSeries,
    row: &SeriesRow,
    words: &Labels,
) -> Vec<PeriodFigure> {
    let line = |(i, point): (usize, &Option<Point>)| {
        let (point, period) = (point.as_ref()?, periods.get(i)?);
        let before = i.checked_sub(1).and_then(|j| Some((periods.get(j)?, table.steps.get(j)?, row.changes.get(j)?)));
        let target = measure.targets.get(i).and_then(Option::as_ref);
        Some(PeriodFigure {
            period: *period,
            figure: words.figure(&point.cell),
            between: words.range(&point.cell),
            quality: doubt(point.cell.quality, words),
            target: target.map_or_else(String::new, |target| words.target(target).words),
            change: before.map_or_else(String::new, |(since, step, by)| change(words, *since, step, by.as_ref())),
        })
    };
    row.points.iter().enumerate().filter_map(line).collect()
}

#[allow(clippy::cast_precision_loss, reason = "targets are far below 2^53")]
fn columns(periods: &[Period], measure: &MeasureSeries, table: &TableSeries, row: &SeriesRow) -> Vec<ChartColumn> {
    let column = |(i, period): (usize, &Period)| ChartColumn {
        name: period.to_string(),
        bar: row.points.get(i).and_then(Option::as_ref).map(|point| bar_of(&point.cell)),
        target: measure.targets.get(i).and_then(Option::as_ref).map(|t| t.value as f64),
        changed: i.checked_sub(1).and_then(|j| table.steps.get(j)).is_some_and(|s| matches!(s, SeriesStep::Changed(_))),
    };
    periods.iter().enumerate().map(column).collect()
}

fn table(periods: &[Period], table: &TableSeries, name: &str, words: &Labels) -> SeriesTable {
    let t = words.text;
    let broken = periods.iter().zip(periods.iter().skip(1)).zip(&table.steps).filter_map(|((a, b), step)| {
        let (before, after) = (a.to_string(), b.to_string());
        match step {
            SeriesStep::Changed(why) => Some(t.time_broken(after, before, why.say(words))),
            SeriesStep::Same { by_week: Some((first, second)), .. } => {
                Some(t.time_weekly(after, before, first.to_string(), second.to_string()))
            }
            SeriesStep::Same { .. } | SeriesStep::Nothing => None,
        }
    });
    let row = |row: &SeriesRow| Cells {
        at: words.at(&table.by, &row.at),
        cells: row.points.iter().enumerate().map(|(i, p)| p.as_ref().map(|p| cell(row, i, p, words))).collect(),
    };
    SeriesTable {
        name: t.report_name_by(words.by(&table.by), name),
        columns: table.by.iter().map(|id| words.dimension(id)).collect(),
        periods: periods.to_vec(),
        broken: broken.collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

fn cell(row: &SeriesRow, i: usize, point: &Point, words: &Labels) -> SeriesCell {
    let change = i.checked_sub(1).and_then(|j| row.changes.get(j)).and_then(Option::as_ref);
    SeriesCell {
        figure: words.figure(&point.cell),
        between: words.range(&point.cell),
        quality: doubt(point.cell.quality, words),
        trend: change.map_or_else(String::new, |c| trend(words, c.trend)),
    }
}

/// The quality mark; nothing for a good figure.
fn doubt(quality: Quality, words: &Labels) -> String {
    let mark = words.quality(quality);
    if quality == Quality::Good { String::new() } else { format!("{} {}", mark.sign, mark.words) }
}

fn first(periods: &[Period]) -> String {
    periods.first().map_or_else(String::new, ToString::to_string)
}

fn last(periods: &[Period]) -> String {
    periods.last().map_or_else(String::new, ToString::to_string)
}
