//! A release as a page: totals that can be read at a glance, then tables, trend and what is promised.
//!
//! Guarantee: every figure on the page is one of the release, rounded; the same
//! figures for everyone, in the words given. Nothing on it needs a script.
//! Non-guarantee: the frame around it (links, files, log proof) is `web`'s; a
//! page with very many rows leaves the longest tables to the files, and says so.

use askama::Template;

use crate::domain::release::{BreakdownRelease, CellRelease, MeasureRelease, Quality, Release};
use crate::locale::Text;

use super::chart::{Bar, round_above};
use super::guarantee::{self, delta};
use super::labels::{Labels, Mark};
use super::series::{self, Series};
use super::{ReportError, bar};

/// Most rows of tables on one page; with more it would pass 60 KB.
const MOST_ROWS: usize = 600;
/// Longer tables are folded.
const MOST_OPEN: usize = 20;

/// What stands around a release on its page.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageContext<'a> {
    /// Hex SHA-256 of the release file.
    pub sha256: &'a str,
    /// The release among its neighbours, for small charts; none where there are no others.
    pub trend: Option<&'a Series>,
    /// Where the page of all periods is.
    pub over_time: &'a str,
}

#[derive(Template)]
#[template(path = "figures.html")]
struct Figures<'a> {
    t: Text,
    title: String,
    weeks: [String; 2],
    days: [String; 2],
    published: &'a str,
    measures: Vec<MeasureView>,
    has_targets: bool,
    trends: Vec<String>,
    over_time: &'a str,
    promise: String,
    units: Vec<guarantee::UnitRow>,
    delta: String,
    cite: String,
    made: String,
}

struct MeasureView {
    id: String,
    name: String,
    total: Option<TotalView>,
    target: Option<Mark>,
    tables: Vec<MeasureTable>,
    /// Tables that are too long for the page, as sentences.
    elsewhere: Vec<String>,
}

struct TotalView {
    figure: String,
    between: String,
    quality: Mark,
    picture: String,
}

/// A table of one measure.
pub(super) struct MeasureTable {
    /// Name of the measure and the dimensions.
    pub(super) name: String,
    pub(super) caption: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<TableRow>,
    pub(super) folded: bool,
}

/// One line of a table.
pub(super) struct TableRow {
    pub(super) at: Vec<String>,
    pub(super) picture: String,
    pub(super) figure: String,
    pub(super) range: String,
    pub(super) quality: Mark,
}

/// The page's main part, as HTML.
///
/// # Errors
/// [`ReportError::Write`] where a template fails.
pub fn figures(release: &Release, words: &Labels, around: PageContext<'_>) -> Result<String, ReportError> {
    let (t, mut room) = (words.text, MOST_ROWS);
    let measures = release.measures.iter().map(|m| measure(m, words, &mut room)).collect::<Result<Vec<_>, _>>()?;
    let (period, guarantee, software) = (release.period.to_string(), &release.guarantee, &release.software);
    let week = |week: Option<&crate::domain::Week>| week.map_or_else(String::new, ToString::to_string);
    let (rho, epsilon) = (words.cost(guarantee.rho), words.cost(guarantee.epsilon));
    let page = Figures {
        t,
        title: t.report_title(&period, &release.programme),
        weeks: [week(release.weeks.first()), week(release.weeks.last())],
        days: [release.period.first_day().to_string(), release.period.last_day().to_string()],
        published: &release.published,
        has_targets: measures.iter().any(|m| m.target.is_some()),
        measures,
        trends: around.trend.map_or_else(|| Ok(Vec::new()), |trend| series::page::charts(trend, words))?,
        over_time: around.over_time,
        promise: guarantee::promise(guarantee, words),
        units: guarantee::rows(release, words),
        delta: delta(guarantee.delta),
        cite: t.report_cite_as(&release.published, around.sha256, epsilon, &period, &release.programme, rho),
        made: t.report_made(&software.commit, &release.config_digest, &release.policy_digest, &software.version),
    };
    page.render().map_err(|error| ReportError::Write("page", error.to_string()))
}

fn measure(measure: &MeasureRelease, words: &Labels, room: &mut usize) -> Result<MeasureView, ReportError> {
    let name = words.measure(&measure.id);
    let total = measure.breakdowns.iter().find(|b| b.by.is_empty()).and_then(|b| b.cells.first());
    let (mut tables, mut elsewhere) = (Vec::new(), Vec::new());
    for breakdown in measure.breakdowns.iter().filter(|b| !b.by.is_empty()) {
        let rows = breakdown.cells.len();
        if rows > *room {
            let by = words.by(&breakdown.by);
            elsewhere.push(words.text.report_long(by, &name, words.text.whole(count(rows))));
            continue;
        }
        *room -= rows;
        tables.push(table(breakdown, &name, words)?);
    }
    Ok(MeasureView {
        id: measure.id.to_string(),
        total: total.map(|cell| total_of(measure, cell, &name, words)).transpose()?,
        target: measure.target.as_ref().map(|target| words.target(target)),
        name,
        tables,
        elsewhere,
    })
}

#[allow(clippy::cast_precision_loss, reason = "targets are far below 2^53")]
fn total_of(
    measure: &MeasureRelease,
    cell: &CellRelease,
    name: &str,
    words: &Labels,
) -> Result<TotalView, ReportError> {
    let ((low, high), figure) = (words.ends(cell), words.figure(cell));
    let said = words.text.report_bar(&figure, high, low, name);
    let target = measure.target.as_ref().map(|target| target.value as f64);
    let id = format!("total-{}", measure.id);
    let picture = bar::large(words, &id, (name, &said), &bar_of(cell), target)?;
    Ok(TotalView { figure, between: words.between(cell), quality: words.quality(cell.quality), picture })
}

/// A table with its bars, all on one scale.
pub(super) fn table(breakdown: &BreakdownRelease, name: &str, words: &Labels) -> Result<MeasureTable, ReportError> {
    let top = round_above(breakdown.cells.iter().map(|c| c.high.max(c.estimate)).fold(0.0, f64::max));
    let row = |cell: &CellRelease| -> Result<TableRow, ReportError> {
        Ok(TableRow {
            at: words.at(&breakdown.by, &cell.at),
            picture: bar::small(&bar_of(cell), top)?,
            figure: words.figure(cell),
            range: words.range(cell),
            quality: words.quality(cell.quality),
        })
    };
    let by = words.by(&breakdown.by);
    Ok(MeasureTable {
        name: words.text.report_name_by(&by, name),
        caption: words.text.report_by(&by, words.text.whole(breakdown.stdev)),
        columns: breakdown.by.iter().map(|id| words.dimension(id)).collect(),
        rows: breakdown.cells.iter().map(row).collect::<Result<_, _>>()?,
        folded: breakdown.cells.len() > MOST_OPEN,
    })
}

/// A cell as a bar.
pub(super) fn bar_of(cell: &CellRelease) -> Bar {
    Bar { estimate: cell.estimate, low: cell.low, high: cell.high, usable: cell.quality != Quality::TooUncertain }
}

#[allow(clippy::cast_precision_loss, reason = "a table has 20,000 rows at most")]
fn count(rows: usize) -> f64 {
    rows as f64
}

#[cfg(test)]
mod tests;
