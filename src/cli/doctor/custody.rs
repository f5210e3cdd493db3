//! Keys that stay off the host: whether the next one is there, and whether one is waited for. Pure judgement.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::{Alive, ProgrammeFacts};
use super::finding::DoctorFinding;
use crate::domain::Period;

/// Days ahead of a period from which a missing key is a matter to look at.
const AHEAD: i64 = 14;
/// Days ahead of the end of the keys' time from which that is told.
const NEAR: i64 = 14;

/// What the folder says of offline keys.
pub(super) struct Offline {
    /// Whether each new period needs a key from outside.
    pub(super) always: bool,
    /// Periods whose key was given and that are not open yet.
    pub(super) given: Vec<Period>,
}

/// The current and the next period's keys.
pub(super) fn keys_ahead(programme: &ProgrammeFacts) -> Vec<DoctorFinding> {
    const CHECK: &str = "offline keys";
    let Offline { always, given } = &programme.offline;
    let (current, opened) = programme.current;
    let (next, today) = (current.next(), programme.today);
    let give = |period: Period| {
        format!("`peertally keygen` on another machine, then here `peertally period key {period} --public-key FILE`")
    };
    let mut findings = Vec::new();
    if *always && !opened && !given.contains(&current) {
        let found = format!("{current} has begun and its key was not given: no tally of it is taken");
        findings.push(DoctorFinding::stop(CHECK, found, give(current)));
    }
    if given.contains(&next) {
        findings
            .push(DoctorFinding::ok(CHECK, format!("the key of {next} was given; it begins on {}", next.first_day())));
    } else if *always {
        let left = days(today, next.first_day());
        let found =
            format!("the key of {next}, which begins in {} ({}), was not given", in_days(left), next.first_day());
        findings.push(if left <= AHEAD {
            DoctorFinding::look(CHECK, format!("{found}: without it no tally of {next} is taken"), give(next))
        } else {
            let from = next.first_day().saturating_sub(AHEAD.days());
            DoctorFinding::ok(CHECK, format!("{found}; this is told as a matter to look at from {from} on"))
        });
    }
    let kept = programme.alive.iter().any(|alive| alive.period == current && alive.offline);
    if kept && !always && !given.contains(&next) {
        let found = format!("{current} is kept offline, and the private key of {next} will be made on this host");
        let advice = format!("if that is not meant: {}; or put the file `custody` back, if it was lost", give(next));
        findings.push(DoctorFinding::look(CHECK, found, advice));
    }
    findings
}

/// An offline period that is open: whether it waits for its private key, and how long it may.
pub(super) fn open(alive: &Alive, today: Date) -> DoctorFinding {
    const CHECK: &str = "period";
    let Alive { period, deadline, .. } = alive;
    let close = format!("`peertally close {period} --private-key FILE`, then destroy that file");
    let left = days(today, *deadline);
    let waits = alive.closes.is_some_and(|day| today >= day) || (alive.closes.is_none() && today > period.last_day());
    if waits {
        let near = if left <= NEAR { format!(", in {}", in_days(left)) } else { String::new() };
        let found =
            format!("{period} is over and waits for its private key; its keys must be gone by {deadline}{near}");
        return DoctorFinding::look(CHECK, found, close);
    }
    let from = alive.closes.map_or_else(|| "by hand".to_owned(), |day| format!("from {day} on"));
    let found = format!(
        "{period} is open, its private key is kept offline and must be gone by {deadline}; it closes {from}, with that key"
    );
    DoctorFinding::ok(CHECK, found)
}

fn in_days(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
