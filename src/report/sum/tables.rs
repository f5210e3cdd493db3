//! The figures of a sum.

use super::super::comparability;
use super::super::incomparable::{Caveat, Incomparable};
use super::{LeftOut, MeasureSum};
use crate::accuracy::{Interval, interval, judge, quality, reported, spread};
use crate::domain::release::{BreakdownRelease, CellRelease, MeasureRelease, Release, Target};
use crate::domain::{Identifier, Period};

/// A measure or table that does not fit, with the reason.
struct Misfit(Option<Vec<Identifier>>, Incomparable);

/// The measures, what is left out, and notes; releases come oldest first.
pub(super) fn add(releases: &[&Release]) -> (Vec<MeasureSum>, Vec<LeftOut>, Vec<Caveat>) {
    let (mut sums, mut left_out, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for id in comparability::measure_ids(releases) {
        let mut misfits = Vec::new();
        match same_measure(releases, id) {
            Ok(measures) => {
                notes.extend(changed_cap(releases, &measures));
                sums.push(measure(releases, &measures, &mut misfits));
            }
            Err(reason) => misfits.push(Misfit(None, reason)),
        }
        for misfit in misfits {
            name(&mut left_out, id, misfit);
        }
    }
    (sums.into_iter().flatten().collect(), left_out, notes)
}

/// The measure in every release, if it is the same in all.
fn same_measure<'a>(releases: &[&'a Release], id: &Identifier) -> Result<Vec<&'a MeasureRelease>, Incomparable> {
    let all: Vec<_> = releases.iter().map(|r| (r.period, comparability::measure(r, id))).collect();
    let lacking: Vec<Period> = all.iter().filter(|(_, m)| m.is_none()).map(|(period, _)| *period).collect();
    if !lacking.is_empty() {
        return Err(Incomparable::NotCounted(lacking));
    }
    let found: Vec<_> = all.into_iter().filter_map(|(period, m)| Some((period, m?))).collect();
    let changed = found.windows(2).find_map(|pair| match pair {
        [a, b] if a.1.unit != b.1.unit => Some((a, b)),
        _ => None,
    });
    match changed {
        Some((a, b)) => Err(Incomparable::Units(a.1.unit.clone(), a.0, b.1.unit.clone(), b.0)),
        None => Ok(found.into_iter().map(|(_, m)| m).collect()),
    }
}

fn measure(releases: &[&Release], measures: &[&MeasureRelease], misfits: &mut Vec<Misfit>) -> Option<MeasureSum> {
    let newest = measures.last()?;
    let mut breakdowns = Vec::new();
    for by in comparability::breakdowns(measures) {
        match same_table(releases, measures, by) {
            Ok(tables) => breakdowns.extend(add_tables(&tables)),
            Err(reason) => misfits.push(Misfit(Some(by.to_vec()), reason)),
        }
    }
    let cap = Some(newest.cap).filter(|cap| measures.iter().all(|m| m.cap == *cap));
    let target = target(measures, &breakdowns);
    Some(MeasureSum { id: newest.id.clone(), unit: newest.unit.clone(), cap, target, breakdowns })
}

/// The table in every measure, if it has the same categories in all.
fn same_table<'a>(
    releases: &[&Release],
    measures: &[&'a MeasureRelease],
    by: &[Identifier],
) -> Result<Vec<&'a BreakdownRelease>, Incomparable> {
    if comparability::by_week(by) {
        return Err(Incomparable::Week);
    }
    let tables = || releases.iter().zip(measures).map(|(r, m)| (r.period, comparability::table(m, by)));
    let lacking: Vec<Period> = tables().filter(|(_, t)| t.is_none()).map(|(period, _)| period).collect();
    if !lacking.is_empty() {
        return Err(Incomparable::NoTable(lacking));
    }
    let found: Vec<_> = tables().filter_map(|(period, t)| Some((period, t?))).collect();
    let changed = found.windows(2).find_map(|pair| match pair {
        [a, b] if !comparability::same_categories(a.1, b.1) => Some((a.0, b.0)),
        _ => None,
    });
    match changed {
        Some((a, b)) => Err(Incomparable::Categories(a, b)),
        None => Ok(found.into_iter().map(|(_, t)| t).collect()),
    }
}

/// Cell by cell: estimates added, variances added, the rest made from these.
fn add_tables(tables: &[&BreakdownRelease]) -> Option<BreakdownRelease> {
    let newest = tables.last()?;
    let stdev = spread(tables.iter().map(|t| t.stdev));
    let all: Vec<_> = tables.iter().map(|t| comparability::cells(t)).collect();
    let cells = newest.cells.iter().map(|cell| {
        let estimate = all.iter().filter_map(|table| table.get(&cell.at)).map(|c| c.estimate).sum();
        let Interval { low, high } = interval(estimate, stdev);
        let (reported, quality) = (reported(estimate), quality(estimate, stdev));
        CellRelease { at: cell.at.clone(), estimate, low, high, reported, quality }
    });
    Some(BreakdownRelease { by: newest.by.clone(), stdev, cells: cells.collect() })
}

/// The sum of the targets, where every period has one, judged on the interval of the total.
fn target(measures: &[&MeasureRelease], breakdowns: &[BreakdownRelease]) -> Option<Target> {
    let targets = measures.iter().map(|m| m.target.as_ref().map(|t| t.value)).collect::<Option<Vec<u64>>>()?;
    let value = targets.into_iter().fold(0, u64::saturating_add);
    let total = breakdowns.iter().find(|b| b.by.is_empty())?.cells.first()?;
    Some(Target { value, result: judge(value, Interval { low: total.low, high: total.high }) })
}

fn changed_cap(releases: &[&Release], measures: &[&MeasureRelease]) -> Option<Caveat> {
    let all: Vec<_> = releases.iter().map(|r| r.period).zip(measures).collect();
    let changed = all.windows(2).find_map(|pair| match pair {
        [a, b] if a.1.cap != b.1.cap => Some((a, b)),
        _ => None,
    });
    changed.map(|(a, b)| Caveat::Cap(a.1.id.clone(), (a.1.cap, a.0), (b.1.cap, b.0)))
}

/// Measures that lack the same table for the same reason stand in one line.
fn name(left_out: &mut Vec<LeftOut>, id: &Identifier, Misfit(by, reason): Misfit) {
    match left_out.iter_mut().find(|l| l.by == by && l.reason == reason) {
        Some(line) => line.measures.push(id.clone()),
        None => left_out.push(LeftOut { measures: vec![id.clone()], by, reason }),
    }
}
