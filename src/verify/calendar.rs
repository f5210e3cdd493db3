//! Openings against the calendar and the programme in force.
//!
//! Guarantee: a period is of the programme's kind, shares no week with another,
//! is bound to the programme in force that day, and did not open too early.
//! Non-guarantee: days are what the operator's clock wrote.

use super::config_files::Adopted;
use super::replay::at;
use super::report::{Check, Findings};
use crate::domain::{Period, PeriodKind};
use crate::log::{Entry, Event, Ledger, OpenedBy};

/// Checks an opening before it is applied.
pub(super) fn check(ledger: &Ledger, index: u64, entry: &Entry, adopted: &Adopted, notes: &mut Findings) {
    let Event::PeriodOpened { period, programme, by, .. } = &entry.event else { return };
    let mut found = |wrong: String| {
        let advice = "ask the operator why: periods open by the calendar, under the programme file of that day";
        notes.found(Check::Order, &at(index, entry), &wrong, advice);
    };
    if ledger.programme().is_some_and(|now| now != *programme) {
        found(format!("{period} is bound to the programme {programme}, which was not the one in force"));
    }
    if adopted.programme(programme).is_some_and(|bound| bound.period != period.kind()) {
        found(format!("{period} is not of the kind of period that its programme file names"));
    }
    // Whatever shares a week with it is the month or the quarter of one of its weeks.
    let weeks = period.weeks();
    let of = |kind| weeks.iter().map(move |week| Period::of(*week, kind));
    let mut near: Vec<Period> = of(PeriodKind::Month).chain(of(PeriodKind::Quarter)).collect();
    near.dedup();
    if let Some(other) = near.into_iter().find(|other| *other != *period && ledger.period(*other).is_some()) {
        found(format!("{period} shares weeks with {other}: a week belongs to one period"));
    }
    let early = match by {
        OpenedBy::Calendar => entry.date < period.first_day(),
        OpenedBy::Hand => entry.date <= period.last_day(),
    };
    if early {
        found(format!("{period} was opened on {}, before it could be", entry.date));
    }
}
