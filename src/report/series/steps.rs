//! Which neighbours can be compared, and the comparison.

use super::super::comparability::{self, Place};
use super::super::incomparable::{Caveat, Incomparable};
use super::{MeasureSeries, Point, SeriesRow, SeriesStep, TableSeries};
use crate::accuracy::{Difference, difference};
use crate::domain::release::{BreakdownRelease, MeasureRelease, Release};
use crate::domain::{Identifier, PrivacyUnit};

/// A period's release with the measure, where it counts in the series' unit.
#[derive(Clone, Copy)]
struct PeriodMeasure<'a> {
    release: &'a Release,
    measure: Option<&'a MeasureRelease>,
}

/// One measure over these releases, oldest first.
pub(super) fn measure(releases: &[&Release], id: &Identifier) -> MeasureSeries {
    let newest = releases.iter().rev().find_map(|release| comparability::measure(release, id));
    let unit = newest.map_or_else(String::new, |m| m.unit.clone());
    let (mut columns, mut missing) = (Vec::new(), Vec::new());
    for release in releases {
        let found = comparability::measure(release, id);
        match found {
            Some(other) if other.unit != unit => missing.push((release.period, Incomparable::Unit(other.unit.clone()))),
            None => missing.push((release.period, Incomparable::NotCountedHere)),
            Some(_) => {}
        }
        columns.push(PeriodMeasure { release, measure: found.filter(|m| m.unit == unit) });
    }
    let present: Vec<&MeasureRelease> = columns.iter().filter_map(|c| c.measure).collect();
    let mut tables: Vec<TableSeries> = comparability::breakdowns(&present)
        .into_iter()
        .filter(|by| !comparability::by_week(by))
        .map(|by| table(&columns, by))
        .collect();
    tables.sort_by_key(|table| !table.by.is_empty());
    let targets = columns.iter().map(|c| c.measure.and_then(|m| m.target.clone())).collect();
    MeasureSeries { id: id.clone(), unit, targets, missing, tables }
}

fn table(columns: &[PeriodMeasure<'_>], by: &[Identifier]) -> TableSeries {
    let tables: Vec<Option<&BreakdownRelease>> =
        columns.iter().map(|c| c.measure.and_then(|m| comparability::table(m, by))).collect();
    let steps: Vec<SeriesStep> = columns
        .windows(2)
        .zip(tables.windows(2))
        .map(|(columns, tables)| match (columns, tables) {
            ([earlier, later], [Some(before), Some(after)]) => step(*earlier, *later, before, after),
            _ => SeriesStep::Nothing,
        })
        .collect();
    let cells: Vec<_> = tables.iter().map(|t| t.map(|t| (comparability::cells(t), t.stdev))).collect();
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
        SeriesRow { at: at.clone(), changes: changes.collect(), points }
    };
    let rows = places(&tables).into_iter().map(row).collect();
    TableSeries { by: by.to_vec(), steps, rows }
}

/// The newest table's categories in its order, then those that only earlier ones have.
fn places<'a>(tables: &[Option<&'a BreakdownRelease>]) -> Vec<&'a Place> {
    let mut seen = std::collections::BTreeSet::new();
    tables.iter().rev().flatten().flat_map(|t| &t.cells).map(|cell| &cell.at).filter(|at| seen.insert(*at)).collect()
}

fn step(
    earlier: PeriodMeasure<'_>,
    later: PeriodMeasure<'_>,
    before: &BreakdownRelease,
    after: &BreakdownRelease,
) -> SeriesStep {
    let (Some(first), Some(second)) = (earlier.measure, later.measure) else { return SeriesStep::Nothing };
    let (a, b) = (earlier.release, later.release);
    let weeks = (a.weeks.len(), b.weeks.len());
    if first.cap != second.cap {
        return SeriesStep::Changed(Incomparable::Cap(first.cap, second.cap));
    }
    if a.guarantee.unit != b.guarantee.unit {
        return SeriesStep::Changed(Incomparable::CapUnit(a.guarantee.unit, b.guarantee.unit));
    }
    if a.guarantee.unit == PrivacyUnit::WorkerPeriod && weeks.0 != weeks.1 {
        return SeriesStep::Changed(Incomparable::Length(weeks.0, weeks.1));
    }
    if !comparability::same_categories(before, after) {
        return SeriesStep::Changed(Incomparable::CategoriesHere);
    }
    SeriesStep::Same { by_week: Some(weeks).filter(|(a, b)| a != b), note: other_ground(first, second, before) }
}

/// A total stays comparable where the categories of another table changed, but may cover more or less.
fn other_ground(first: &MeasureRelease, second: &MeasureRelease, table: &BreakdownRelease) -> Option<Caveat> {
    let changed =
        first.breakdowns.iter().filter(|b| !comparability::by_week(&b.by) && b.by != table.by).find(|before| {
            comparability::table(second, &before.by).is_some_and(|after| !comparability::same_categories(before, after))
        })?;
    Some(Caveat::Ground(changed.by.clone()))
}

fn change(earlier: &Point, later: &Point, step: &SeriesStep) -> Option<Difference> {
    let SeriesStep::Same { by_week, .. } = step else { return None };
    let (before, after) = by_week.unwrap_or((1, 1));
    Some(difference(per_week(earlier, before), per_week(later, after)))
}

#[allow(clippy::cast_precision_loss, reason = "a period has 14 weeks at most")]
fn per_week(point: &Point, weeks: usize) -> (f64, f64) {
    let weeks = weeks.max(1) as f64;
    (point.cell.estimate / weeks, point.stdev / weeks)
}
