//! The order of events, and what each period's entries say.
//!
//! Guarantee: the ledger's own rules (`log::ledger`), entry by entry; an entry
//! that does not fit is a finding and is left out, and the rest is replayed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::config_files::Adopted;
use super::report::{Check, Findings, counted};
use super::{budget, calendar};
use crate::crypto::digest::Digest;
use crate::domain::{Period, PrivacyUnit};
use crate::log::{Entry, Event, Ledger};

/// A logged release.
#[derive(Clone, Copy, Debug)]
pub(super) struct LoggedRelease {
    pub(super) entry: u64,
    pub(super) date: Date,
    pub(super) sha256: Digest,
    /// Policy files in force at the debit and at the release.
    pub(super) policies: [Option<Digest>; 2],
}

/// A logged debit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Debit {
    pub(super) entry: u64,
    pub(super) unit: PrivacyUnit,
    pub(super) rho: f64,
    policy: Option<Digest>,
}

/// What the log says, as far as it fits together.
#[derive(Default)]
pub(super) struct History {
    pub(super) ledger: Ledger,
    pub(super) published: BTreeMap<Period, Vec<LoggedRelease>>,
    pub(super) debits: BTreeMap<Period, Vec<Debit>>,
    /// Entry and day of each destruction.
    pub(super) destroyed: BTreeMap<Period, (u64, Date)>,
}

/// Replays the entries.
pub(super) fn replay(entries: &[(u64, Entry)], adopted: &Adopted, notes: &mut Findings) -> History {
    let mut story = History::default();
    for (index, entry) in entries {
        remember(&mut story, *index, entry, notes);
        budget::check(&story, *index, entry, adopted, notes);
        calendar::check(&story.ledger, *index, entry, adopted, notes);
        if let Err(error) = story.ledger.apply(entry) {
            let advice = "keep this log: it was signed like this, so ask the operator how it came about";
            notes.found(Check::Order, &at(*index, entry), &error.to_string(), advice);
        }
    }
    let periods = story.ledger.periods().count();
    notes.looked(
        Check::Order,
        format!("{}, {}", counted(entries.len(), "entry", "entries"), counted(periods, "period", "periods")),
    );
    let debits: usize = story.debits.values().map(Vec::len).sum();
    notes.looked(Check::Budget, counted(debits, "debit", "debits"));
    story
}

/// How findings name an entry.
pub(super) fn at(index: u64, entry: &Entry) -> String {
    let period = entry.event.period().map_or_else(String::new, |period| format!(", {period}"));
    format!("entry {index} ({}{period})", entry.event.name())
}

fn remember(story: &mut History, index: u64, entry: &Entry, notes: &mut Findings) {
    let policy = story.ledger.policy();
    match &entry.event {
        Event::BudgetDebited { period, unit, rho } => {
            let all = story.debits.entry(*period).or_default();
            if let Some(first) = all.first() {
                let wrong = format!("{period} was debited before, in entry {}: one debit a period", first.entry);
                let advice = "ask the operator what was computed with the second debit: only one release was published";
                notes.found(Check::Budget, &at(index, entry), &wrong, advice);
            }
            all.push(Debit { entry: index, unit: *unit, rho: *rho, policy });
        }
        Event::ReleasePublished { period, sha256 } => {
            let debit = story.debits.get(period).and_then(|all| all.last());
            if debit.is_none() {
                let wrong = format!("{period} was released before its budget was debited");
                notes.found(
                    Check::Budget,
                    &at(index, entry),
                    &wrong,
                    "ask the operator: the debit comes first, always",
                );
            }
            let policies = [debit.and_then(|debit| debit.policy), policy];
            let published = LoggedRelease { entry: index, date: entry.date, sha256: *sha256, policies };
            story.published.entry(*period).or_default().push(published);
        }
        Event::KeysDestroyed { period, .. } => {
            story.destroyed.entry(*period).or_insert((index, entry.date));
        }
        Event::ProgrammeAdopted { .. }
        | Event::PolicyAdopted { .. }
        | Event::PeriodOpened { .. }
        | Event::PeriodClosing { .. } => {}
    }
}
