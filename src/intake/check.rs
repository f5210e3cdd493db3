//! Holds a draft against the programme: the minimisation happens here.
//!
//! Guarantee: what passes consists of indexes into closed lists and bounded
//! whole numbers; nothing else can get further. All problems are named at once.

use crate::domain::{Counts, MAX_DIMENSIONS, MAX_MEASURES, Week};
use crate::policy::Programme;

use super::draft::{Draft, RawCount};
use super::problem::{Fault, FieldProblem};

/// A tally that fits a programme.
#[derive(Clone, PartialEq, Eq)]
pub struct Tally {
    /// When.
    pub week: Week,
    /// Where and how: positions in the programme's lists.
    pub categories: [u8; MAX_DIMENSIONS],
    /// What was counted.
    pub counts: Counts,
}

/// Reads the week alone, which decides the programme that the rest is held against.
///
/// # Errors
/// One problem with the field `week`.
pub fn week(draft: &Draft) -> Result<Week, FieldProblem> {
    let problem = |problem| FieldProblem { field: "week".to_owned(), problem };
    if draft.week.is_empty() {
        return Err(problem(Fault::Missing));
    }
    draft.week.parse().map_err(|e: crate::domain::week::WeekError| problem(Fault::Week(e.to_string())))
}

/// Checks everything.
///
/// # Errors
/// Every problem found, in the order of the form.
pub fn check(draft: Draft, programme: &Programme) -> Result<Tally, Vec<FieldProblem>> {
    let mut draft = draft;
    let week = match week(&draft) {
        Ok(week) => Some(week),
        Err(problem) => {
            if !draft.problems.iter().any(|p| p.field == "week") {
                draft.problems.push(problem);
            }
            None
        }
    };
    let categories = categories(&mut draft, programme);
    let counts = counts(&mut draft, programme);
    match week {
        Some(week) if draft.problems.is_empty() => Ok(Tally { week, categories, counts }),
        _ => Err(draft.problems),
    }
}

fn categories(draft: &mut Draft, programme: &Programme) -> [u8; MAX_DIMENSIONS] {
    let mut indexes = [0; MAX_DIMENSIONS];
    for (slot, dimension) in indexes.iter_mut().zip(&programme.dimensions) {
        let id = dimension.id.as_str();
        match draft.categories.remove(id) {
            None if draft.problems.iter().any(|p| p.field == id) => {}
            None => draft.note(id, Fault::Missing),
            Some(written) => match dimension.category_index(&written).and_then(|i| u8::try_from(i).ok()) {
                Some(index) => *slot = index,
                None => {
                    let list: Vec<_> = dimension.categories.iter().map(|c| c.id.as_str()).collect();
                    draft.note(id, Fault::UnknownCategory(list.join(", ")));
                }
            },
        }
    }
    for name in std::mem::take(&mut draft.categories).into_keys() {
        draft.note(&name, Fault::UnknownField);
    }
    indexes
}

fn counts(draft: &mut Draft, programme: &Programme) -> Counts {
    let mut counts = [None; MAX_MEASURES];
    let mut filled = false;
    for (slot, measure) in counts.iter_mut().zip(&programme.measures) {
        let field = || format!("counts.{}", measure.id);
        match draft.counts.remove(measure.id.as_str()) {
            None | Some(RawCount::Blank) => continue,
            Some(RawCount::Other) => draft.note(&field(), Fault::NotWhole(measure.max_per_tally)),
            Some(RawCount::Whole(n)) => match u32::try_from(n).ok().filter(|n| *n <= measure.max_per_tally) {
                Some(n) => *slot = Some(n),
                None => draft.note(&field(), Fault::TooLarge(measure.max_per_tally)),
            },
        }
        filled = true;
    }
    for name in std::mem::take(&mut draft.counts).into_keys() {
        draft.note(&format!("counts.{name}"), Fault::UnknownField);
        filled = true;
    }
    if !filled && !draft.problems.iter().any(|p| p.field == "counts") {
        draft.note("counts", Fault::NoCount);
    }
    counts
}
