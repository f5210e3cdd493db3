//! Which neighbours can be compared, and the comparison.

use super::super::alike::{self, Place};
use super::super::why::{Note, Why};
use super::{MeasureSeries, Point, Row, Step, TableSeries};
use crate::accuracy::{Difference, difference};
use crate::domain::release::{BreakdownRelease, MeasureRelease, Release};
use crate::domain::{Identifier, PrivacyUnit};

/// A period's release with the measure, where it counts in the series' unit.
#[derive(Clone, Copy)]
struct Column<'a> {
    release: &'a Release,
    measure: Option<&'a MeasureRelease>,
}

/// One measure over these releases, oldest first.
pub(super) fn measure(releases: &[&Release], id: &Identifier) -> MeasureSeries {
    let newest = releases.iter().rev().find_map(|release| alike::measure(release, id));
    let unit = newest.map_or_else(String::new, |m| m.unit.clone());
    let (mut columns, mut missing) = (Vec::new(), Vec::new());
    for release in releases {
        let found = alike::measure(release, id);
        match found {
            Some(other) if other.unit != unit => missing.push((release.period, Why::Unit(other.unit.clone()))),
            None => missing.push((release.period, Why::NotCountedHere)),
            Some(_) => {}
        }
        columns.push(Column { release, measure: found.filter(|m| m.unit == unit) });
    }
    let present: Vec<&MeasureRelease> = columns.iter().filter_map(|c| c.measure).collect();
    let mut tables: Vec<TableSeries> = alike::breakdowns(&present)
        .into_iter()
        .filter(|by| !alike::by_week(by))
        .map(|by| table(&columns, by))
        .collect();
    tables.sort_by_key(|table| !table.by.is_empty());
    let targets = columns.iter().map(|c| c.measure.and_then(|m| m.target.clone())).collect();
    MeasureSeries { id: id.clone(), unit, targets, missing, tables }
}

fn table(columns: &[Column<'_>], by: &[Identifier]) -> TableSeries {
    let tables: Vec<Option<&BreakdownRelease>> =
        columns.iter().map(|c| c.measure.and_then(|m| alike::table(m, by))).collect();
    let steps: Vec<Step> = columns
        .windows(2)
        .zip(tables.windows(2))
        .map(|(columns, tables)| match (columns, tables) {
            ([earlier, later], [Some(before), Some(after)]) => step(*earlier, *later, before, after),
            _ => Step::Nothing,
        })
        .collect();
    let cells: Vec<_> = tables.iter().map(|t| t.map(|t| (alike::cells(t), t.stdev))).collect();
    let row = |at: &Place| {
        let point = |table: &Option<(std::collections::BTreeMap<&Place, _>, f64)>| {
            let (cells, stdev) = table.as_ref()?;
            cells
                .get(at)
                .map(|cell: &&crate::domain::release::CellRelease| Point { cell: (*cell).clone(), stdev: *stdev })
        };
        let points: Vec<Option<Point>> = cells.iter().map(point).collect();
        let changes = points.windows(2).zip(&steps).map(|(pair, step)| match pair {
            [Some(earlier), Some(later)] => change(earlier, later, step),
            _ => None,
        });
        Row { at: at.clone(), changes: changes.collect(), points }
    };
    let rows = places(&tables).into_iter().map(row).collect();
    TableSeries { by: by.to_vec(), steps, rows }
}

/// The newest table's categories in its order, then those that only earlier ones have.
fn places<'a>(tables: &[Option<&'a BreakdownRelease>]) -> Vec<&'a Place> {
    let mut seen = std::collections::BTreeSet::new();
    tables.iter().rev().flatten().flat_map(|t| &t.cells).map(|cell| &cell.at).filter(|at| seen.insert(*at)).collect()
}

fn step(earlier: Column<'_>, later: Column<'_>, before: &BreakdownRelease, after: &BreakdownRelease) -> Step {
    let (Some(first), Some(second)) = (earlier.measure, later.measure) else { return Step::Nothing };
    let (a, b) = (earlier.release, later.release);
    let weeks = (a.weeks.len(), b.weeks.len());
    if first.cap != second.cap {
        return Step::Changed(Why::Cap(first.cap, second.cap));
    }
    if a.guarantee.unit != b.guarantee.unit {
        return Step::Changed(Why::CapUnit(a.guarantee.unit, b.guarantee.unit));
    }
    if a.guarantee.unit == PrivacyUnit::WorkerPeriod && weeks.0 != weeks.1 {
        return Step::Changed(Why::Length(weeks.0, weeks.1));
    }
    if !alike::same_categories(before, after) {
        return Step::Changed(Why::CategoriesHere);
    }
    Step::Same { by_week: Some(weeks).filter(|(a, b)| a != b), note: other_ground(first, second, before) }
}

/// A total stays comparable where the categories of another table changed, but may cover more or less.
fn other_ground(first: &MeasureRelease, second: &MeasureRelease, table: &BreakdownRelease) -> Option<Note> {
    let changed =
        first.breakdowns.iter().filter(|b| !alike::by_week(&b.by) && b.by != table.by).find(|before| {
            alike::table(second, &before.by).is_some_and(|after| !alike::same_categories(before, after))
        })?;
    Some(Note::Ground(changed.by.clone()))
}

fn change(earlier: &Point, later: &Point, step: &Step) -> Option<Difference> {
    let Step::Same { by_week, .. } = step else { return None };
    let (before, after) = by_week.unwrap_or((1, 1));
    Some(difference(per_week(earlier, before), per_week(later, after)))
}

#[allow(clippy::cast_precision_loss, reason = "a period has 14 weeks at most")]
fn per_week(point: &Point, weeks: usize) -> (f64, f64) {
    let weeks = weeks.max(1) as f64;
    (point.cell.estimate / weeks, point.stdev / weeks)
}
