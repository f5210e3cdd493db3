//! Tables against themselves and against each other.
//!
//! Guarantee: every table has its programme's cells in its order; any two tables
//! of a measure add up to the same figures over what they have in common;
//! intervals, printed figures, quality and targets follow from the estimates.
//! Non-guarantee: sums are compared but for what floating point leaves over.

use std::collections::BTreeMap;

use super::cost::ExpectedFigures;
use super::report::{Check, Findings};
use crate::accuracy::{Interval, interval, judge, quality, reported};
use crate::domain::Identifier;
use crate::domain::release::{BreakdownRelease, MeasureRelease, Release};
use crate::policy::Programme;

/// Rounding left over in a sum, as a share of the sum of absolute figures.
const DUST: f64 = 1e-9;
const ADVICE: &str = "do not use these figures; ask the operator which program made this release";

/// Checks one release.
pub(super) fn check(
    path: &str,
    release: &Release,
    programme: &Programme,
    expected: &ExpectedFigures,
    notes: &mut Findings,
) {
    let weeks: Vec<String> = release.weeks.iter().map(ToString::to_string).collect();
    let mut found = |wrong: String| notes.found(Check::Tables, path, &wrong, ADVICE);
    for measure in &release.measures {
        // A hostile release could have so many that comparing all of them has no end.
        if measure.breakdowns.len() > programme.privacy.breakdowns.len() {
            found(format!("`{}` has more tables than its programme file", measure.id));
            continue;
        }
        for table in &measure.breakdowns {
            one(&measure.id, table, programme, &weeks, &mut found);
        }
        agreement(measure, &mut found);
        let total_stdev = programme.measure_index(measure.id.as_str()).and_then(|at| {
            let (asked, figures) = (programme.measures.get(at)?, expected.measures.get(at)?);
            if measure.target.as_ref().map(|target| target.value) != asked.target {
                found(format!("the target of `{}` is not the one in its programme file", measure.id));
            }
            Some(figures.total_stdev)
        });
        if let Some(stdev) = total_stdev {
            target(measure, stdev, &mut found);
        }
    }
}

fn one(
    id: &Identifier,
    table: &BreakdownRelease,
    programme: &Programme,
    weeks: &[String],
    found: &mut impl FnMut(String),
) {
    let name = name(table);
    let categories: Vec<Vec<String>> = table.by.iter().map(|by| categories(by, programme, weeks)).collect();
    let expected: usize = categories.iter().map(Vec::len).product();
    let in_place = table.cells.iter().enumerate().all(|(index, cell)| {
        let mut rest = index;
        table.by.iter().zip(&categories).rev().all(|(by, all)| {
            let (here, next) = (rest.checked_rem(all.len()), rest.checked_div(all.len()));
            rest = next.unwrap_or(0);
            here.and_then(|here| all.get(here)).is_some_and(|category| cell.at.get(by) == Some(category))
        })
    });
    if table.cells.len() != expected || !in_place {
        found(format!("`{id}` by {name} does not have the cells of its programme file, each once, in order"));
    }
    let wrong = table.cells.iter().filter(|cell| {
        let right = interval(cell.estimate, table.stdev);
        cell.low.to_bits() != right.low.to_bits()
            || cell.high.to_bits() != right.high.to_bits()
            || cell.reported != reported(cell.estimate)
            || cell.quality != quality(cell.estimate, table.stdev)
    });
    let wrong = wrong.count();
    if wrong > 0 {
        found(format!(
            "`{id}` by {name}: low, high, reported or quality in {wrong} of its cells do not follow from the estimate"
        ));
    }
}

fn categories(by: &Identifier, programme: &Programme, weeks: &[String]) -> Vec<String> {
    if by.as_str() == "week" {
        return weeks.to_vec();
    }
    let dimension = programme.dimensions.iter().find(|dimension| dimension.id == *by);
    dimension.map_or_else(Vec::new, |d| d.categories.iter().map(|category| category.id.to_string()).collect())
}

fn name(table: &BreakdownRelease) -> String {
    let by: Vec<&str> = table.by.iter().map(|by| by.as_str()).collect();
    format!("[{}]", by.join(", "))
}

/// Sums of a table over the attributes `keep`, each with the sum of absolute values.
fn sums<'a>(table: &'a BreakdownRelease, keep: &[&Identifier]) -> BTreeMap<Vec<Option<&'a String>>, (f64, f64)> {
    let mut sums = BTreeMap::new();
    for cell in &table.cells {
        let key = keep.iter().map(|by| cell.at.get(*by)).collect();
        let (sum, size) = sums.entry(key).or_insert((0.0, 0.0));
        *sum += cell.estimate;
        *size += cell.estimate.abs();
    }
    sums
}

/// Any two tables, over what they have in common.
fn agreement(measure: &MeasureRelease, found: &mut impl FnMut(String)) {
    for (number, first) in measure.breakdowns.iter().enumerate() {
        for second in measure.breakdowns.iter().skip(number + 1) {
            let keep: Vec<&Identifier> = first.by.iter().filter(|by| second.by.contains(by)).collect();
            let (of_first, of_second) = (sums(first, &keep), sums(second, &keep));
            let near = of_first.iter().all(|(key, (a, size_a))| {
                of_second.get(key).is_some_and(|(b, size_b)| (a - b).abs() <= DUST * (size_a + size_b).max(1.0))
            });
            if !near || of_first.len() != of_second.len() {
                found(format!(
                    "`{}`: the tables by {} and by {} do not add up to the same",
                    measure.id,
                    name(first),
                    name(second)
                ));
            }
        }
    }
}

/// The judgement, give or take rounding at its limits.
fn target(measure: &MeasureRelease, stdev: f64, found: &mut impl FnMut(String)) {
    let (Some(target), Some(table)) = (&measure.target, measure.breakdowns.first()) else { return };
    let total: f64 = table.cells.iter().map(|cell| cell.estimate).sum();
    let Interval { low, high } = interval(total, stdev);
    let dust = DUST * (total.abs() + stdev + 1.0);
    let fits = [-dust, 0.0, dust]
        .into_iter()
        .any(|shift| judge(target.value, Interval { low: low + shift, high: high + shift }) == target.result);
    if !fits {
        found(format!("the target of `{}` is not judged as its interval says", measure.id));
    }
}
