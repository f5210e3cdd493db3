//! Whether two releases count the same: measure, unit, table, categories.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::Identifier;
use crate::domain::release::{BreakdownRelease, CellRelease, MeasureRelease, Release};

/// Dimension → category: where a cell stands.
pub(super) type Place = BTreeMap<Identifier, String>;

/// Every measure's id: the newest release's first, then what only earlier ones have.
pub(super) fn measure_ids<'a>(releases: &[&'a Release]) -> Vec<&'a Identifier> {
    let mut ids: Vec<&Identifier> = Vec::new();
    for measure in releases.iter().rev().flat_map(|release| &release.measures) {
        if !ids.contains(&&measure.id) {
            ids.push(&measure.id);
        }
    }
    ids
}

/// A release's measure.
pub(super) fn measure<'a>(release: &'a Release, id: &Identifier) -> Option<&'a MeasureRelease> {
    release.measures.iter().find(|m| m.id == *id)
}

/// Every breakdown of these measures: the newest's first. The order of its dimensions does not count.
pub(super) fn breakdowns<'a>(measures: &[&'a MeasureRelease]) -> Vec<&'a [Identifier]> {
    let mut all: Vec<&[Identifier]> = Vec::new();
    for breakdown in measures.iter().rev().flat_map(|m| &m.breakdowns) {
        if !all.iter().any(|by| same_dimensions(by, &breakdown.by)) {
            all.push(&breakdown.by);
        }
    }
    all
}

/// A measure's table.
pub(super) fn table<'a>(measure: &'a MeasureRelease, by: &[Identifier]) -> Option<&'a BreakdownRelease> {
    measure.breakdowns.iter().find(|b| same_dimensions(&b.by, by))
}

/// A table's cells by their place.
pub(super) fn cells(table: &BreakdownRelease) -> BTreeMap<&Place, &CellRelease> {
    table.cells.iter().map(|cell| (&cell.at, cell)).collect()
}

/// Whether two tables have the same categories, in any order.
pub(super) fn same_categories(a: &BreakdownRelease, b: &BreakdownRelease) -> bool {
    let places = |table: &BreakdownRelease| table.cells.iter().map(|cell| cell.at.clone()).collect::<BTreeSet<_>>();
    places(a) == places(b)
}

/// Whether a table goes by weeks, which are never the same in two periods.
pub(super) fn by_week(by: &[Identifier]) -> bool {
    by.iter().any(|id| id.as_str() == "week")
}

fn same_dimensions(a: &[Identifier], b: &[Identifier]) -> bool {
    a.len() == b.len() && a.iter().all(|id| b.contains(id))
}
