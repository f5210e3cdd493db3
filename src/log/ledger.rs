//! The ledger: what follows from the log's entries, and nothing else.
//!
//! Guarantee: a pure view. Each period goes one way, opened → closing →
//! debited → released → shredded; an entry that does not fit is an error, when
//! it is added and when it is read. One debit and one release per period, ever.
//! Non-guarantee: budget caps are in the programme, not in the log, so they are
//! checked by [`Ledger::check_debit`] before a debit, not by replaying.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::crypto::digest::Digest;
use crate::domain::{Period, PrivacyUnit};

use super::event::{Entry, Event, OpenedBy};
use super::ids::PublicKey;

/// Sums of ρ are rounded; a cap is held up to this share of itself.
const SLACK: f64 = 1e-9;

/// Why an event does not fit, or a debit is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LedgerError {
    /// An earlier day than the entry before.
    #[error("an entry of {found} follows one of {last}: days in the log never go back")]
    Date {
        /// The entry's day.
        found: Date,
        /// The day of the one before.
        last: Date,
    },
    /// A period is opened once.
    #[error("{0} was opened before: a period opens once; see the log for where it stands")]
    OpenedBefore(Period),
    /// A period that was never opened.
    #[error("{0} was never opened: open it first")]
    NotOpened(Period),
    /// A programme that the log does not know.
    #[error("{0} cannot open under the programme {1}: that file was never adopted; adopt it first")]
    UnknownProgramme(Period, Digest),
    /// A step out of order.
    #[error(
        "`{event}` does not fit {period}, which is {state}: the order is open, closing, debited, released, shredded"
    )]
    Order {
        /// The event's name.
        event: &'static str,
        /// The period.
        period: Period,
        /// Where it stands.
        state: &'static str,
    },
    /// ρ that no release can cost.
    #[error("a debit of ρ = {rho} for {period} is refused: ρ must be a number above zero")]
    Rho {
        /// The period.
        period: Period,
        /// The figure.
        rho: f64,
    },
    /// Another key than the period's.
    #[error("the key said to be destroyed is not the one {0} was opened with: name the period's own key")]
    OtherKey(Period),
    /// A second debit.
    #[error("{period} was debited before, ρ = {rho}: a period is debited once, and its stored release is used again")]
    DebitedBefore {
        /// The period.
        period: Period,
        /// What was spent.
        rho: f64,
    },
    /// More than the period may spend.
    #[error(
        "{period} may spend ρ = {cap} in all and this would spend {rho}: lower ρ or raise the cap in the programme file; nothing was lost"
    )]
    PeriodCap {
        /// The period.
        period: Period,
        /// What was asked.
        rho: f64,
        /// The cap.
        cap: f64,
    },
    /// More than the year may spend.
    #[error(
        "{period} would spend ρ = {rho}, but of the {cap} for {year} only {left} is left ({spent} is spent): wait for the next year, lower ρ or raise the cap; nothing was lost"
    )]
    YearCap {
        /// The period.
        period: Period,
        /// Its calendar year.
        year: i16,
        /// What was asked.
        rho: f64,
        /// The cap.
        cap: f64,
        /// What other periods of the year spent.
        spent: f64,
        /// What is left.
        left: f64,
    },
}

/// Written so that a cap which is not a number refuses.
fn fits(spent: f64, cap: f64) -> bool {
    spent <= cap + cap.abs() * SLACK
}

/// Where a period stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodState {
    /// Takes tallies.
    Open,
    /// Takes none; nothing is spent yet.
    Closing,
    /// Budget is spent; the release is being made.
    Debited,
    /// The release is fixed; its secrets still exist.
    Released {
        /// SHA-256 of the release file.
        sha256: Digest,
    },
    /// The release is fixed and the period's secrets are destroyed.
    Shredded {
        /// SHA-256 of the release file.
        sha256: Digest,
    },
}

impl PeriodState {
    /// The state in one word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closing => "closing",
            Self::Debited => "debited",
            Self::Released { .. } => "released",
            Self::Shredded { .. } => "shredded",
        }
    }

    /// The digest of the release file, once there is one.
    #[must_use]
    pub fn release(self) -> Option<Digest> {
        match self {
            Self::Released { sha256 } | Self::Shredded { sha256 } => Some(sha256),
            Self::Open | Self::Closing | Self::Debited => None,
        }
    }
}

/// What the log says of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodView {
    /// Where it stands.
    pub state: PeriodState,
    /// What opened it.
    pub by: OpenedBy,
    /// The day it was opened.
    pub opened: Date,
    /// SHA-256 of the programme file it is bound to.
    pub programme: Digest,
    /// The key its rows are sealed to.
    pub public_key: PublicKey,
    /// What was spent, for which unit.
    pub debit: Option<(PrivacyUnit, f64)>,
}

/// The state of everything the log speaks of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    last: Option<Date>,
    programme: Option<Digest>,
    policy: Option<Digest>,
    adopted: BTreeSet<Digest>,
    periods: BTreeMap<Period, PeriodView>,
}

impl Ledger {
    /// The ledger of some entries, from the first one on.
    ///
    /// # Errors
    /// The first entry that does not fit.
    pub fn replay<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Result<Self, LedgerError> {
        let mut ledger = Self::default();
        for entry in entries {
            ledger.apply(entry)?;
        }
        Ok(ledger)
    }

    /// Takes in the next entry; unchanged after an error.
    ///
    /// # Errors
    /// Why the entry does not fit.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), LedgerError> {
        if let Some(last) = self.last.filter(|last| entry.date < *last) {
            return Err(LedgerError::Date { found: entry.date, last });
        }
        match &entry.event {
            Event::ProgrammeAdopted { digest } => {
                self.programme = Some(*digest);
                self.adopted.insert(*digest);
            }
            Event::PolicyAdopted { digest } => self.policy = Some(*digest),
            Event::PeriodOpened { period, programme, public_key, by } => {
                if self.periods.contains_key(period) {
                    return Err(LedgerError::OpenedBefore(*period));
                }
                if !self.adopted.contains(programme) {
                    return Err(LedgerError::UnknownProgramme(*period, *programme));
                }
                let (state, opened) = (PeriodState::Open, entry.date);
                let (programme, public_key, by) = (*programme, *public_key, *by);
                self.periods.insert(*period, PeriodView { state, by, opened, programme, public_key, debit: None });
            }
            event @ (Event::PeriodClosing { period }
            | Event::BudgetDebited { period, .. }
            | Event::ReleasePublished { period, .. }
            | Event::KeysDestroyed { period, .. }) => {
                self.periods.get_mut(period).ok_or(LedgerError::NotOpened(*period))?.step(*period, event)?;
            }
        }
        self.last = Some(entry.date);
        Ok(())
    }

    /// Whether ρ may be spent on a period now: once, at most `cap_period`, and
    /// at most `cap_year` over all periods of its calendar year.
    ///
    /// # Errors
    /// Says what was spent and what is left.
    pub fn check_debit(&self, period: Period, rho: f64, cap_period: f64, cap_year: f64) -> Result<(), LedgerError> {
        if let Some((_, rho)) = self.period(period).ok_or(LedgerError::NotOpened(period))?.debit {
            return Err(LedgerError::DebitedBefore { period, rho });
        }
        if !is_cost(rho) {
            return Err(LedgerError::Rho { period, rho });
        }
        if !fits(rho, cap_period) {
            return Err(LedgerError::PeriodCap { period, rho, cap: cap_period });
        }
        self.check_room(period, rho, cap_year)
    }

    /// Whether `rho` more would fit into what is left of the calendar year of `period`.
    ///
    /// # Errors
    /// [`LedgerError::YearCap`] with what is left.
    pub fn check_room(&self, period: Period, rho: f64, cap: f64) -> Result<(), LedgerError> {
        let (year, spent) = (period.year(), self.spent_in_year(period.year()));
        if fits(spent + rho, cap) {
            return Ok(());
        }
        // Sums carry dust in their last digits, which nobody should have to read.
        let shown = |x: f64| (x * 1e9).round() / 1e9;
        let (spent, left) = (shown(spent), shown((cap - spent).max(0.0)));
        Err(LedgerError::YearCap { period, year, rho: shown(rho), cap, spent, left })
    }

    /// One period, if it was ever opened.
    #[must_use]
    pub fn period(&self, period: Period) -> Option<&PeriodView> {
        self.periods.get(&period)
    }

    /// All periods ever opened, in the order of the calendar.
    pub fn periods(&self) -> impl Iterator<Item = (Period, &PeriodView)> {
        self.periods.iter().map(|(period, view)| (*period, view))
    }

    /// Σρ of one period.
    #[must_use]
    pub fn spent(&self, period: Period) -> f64 {
        self.period(period).and_then(|view| view.debit).map_or(0.0, |(_, rho)| rho)
    }

    /// Σρ of all periods of a calendar year.
    #[must_use]
    pub fn spent_in_year(&self, year: i16) -> f64 {
        // In the order of the calendar a year begins with its first quarter.
        let Ok(first) = format!("{year:04}-Q1").parse::<Period>() else { return 0.0 };
        let of_year = self.periods.range(first..).take_while(|(period, _)| period.year() == year);
        of_year.filter_map(|(_, view)| view.debit).map(|(_, rho)| rho).sum()
    }

    /// The programme file adopted last.
    #[must_use]
    pub fn programme(&self) -> Option<Digest> {
        self.programme
    }

    /// The policy file adopted last.
    #[must_use]
    pub fn policy(&self) -> Option<Digest> {
        self.policy
    }

    /// The day of the last entry.
    #[must_use]
    pub fn last_date(&self) -> Option<Date> {
        self.last
    }
}

impl PeriodView {
    fn step(&mut self, period: Period, event: &Event) -> Result<(), LedgerError> {
        self.state = match (self.state, event) {
            (PeriodState::Open, Event::PeriodClosing { .. }) => PeriodState::Closing,
            (PeriodState::Closing, Event::BudgetDebited { unit, rho, .. }) => {
                if !is_cost(*rho) {
                    return Err(LedgerError::Rho { period, rho: *rho });
                }
                self.debit = Some((*unit, *rho));
                PeriodState::Debited
            }
            (PeriodState::Debited, Event::ReleasePublished { sha256, .. }) => PeriodState::Released { sha256: *sha256 },
            (PeriodState::Released { sha256 }, Event::KeysDestroyed { key_id, .. }) => {
                if *key_id != self.public_key.id() {
                    return Err(LedgerError::OtherKey(period));
                }
                PeriodState::Shredded { sha256 }
            }
            (state, event) => return Err(LedgerError::Order { event: event.name(), period, state: state.name() }),
        };
        Ok(())
    }
}

fn is_cost(rho: f64) -> bool {
    rho.is_finite() && rho > 0.0
}

#[cfg(test)]
mod tests;
