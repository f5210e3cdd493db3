//! Opening: by the calendar, or by hand for a past period.
//!
//! Guarantee: a period opens because time passed or somebody said so, never
//! because a tally arrived; its secrets are durable before the log names it,
//! and the log names it before it takes a tally.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use jiff::ToSpan;
use jiff::civil::Date;

use super::PeriodError;
use super::close::Closed;
use super::custody;
use super::data_dir::{DataDir, DataDirError, taking};
use crate::domain::{Period, Week};
use crate::log::{Event, Ledger, OpenedBy, PeriodState, PeriodView, PublicKey};
use crate::policy::Programme;
use crate::release::plan_cost;

/// Days without an entry in the log after which the clock is doubted. A programme whose
/// year's budget is used up is silent for most of a year.
pub const LONGEST_SILENCE: i64 = 400;

/// What a look at the calendar did.
#[derive(Debug, Default)]
pub struct ScheduleRun {
    /// Periods opened.
    pub opened: Vec<Period>,
    /// Periods closed.
    pub closed: Vec<Closed>,
    /// What waits for a key that somebody must bring: no fault, and told once.
    pub waiting: Vec<String>,
    /// What could not be done, for the operator to read.
    pub problems: Vec<String>,
}

impl DataDir {
    /// Opens the current period if it is not, closes what is due, finishes what was cut short, sees to the queue's keys.
    pub fn tick(&self) -> ScheduleRun {
        let mut tick = ScheduleRun::default();
        let today = self.today();
        let ledger = self.ledger();
        if let Err(error) = self.check_clock(&ledger, today) {
            tick.problems.push(error.to_string());
            return tick;
        }
        if let Err(error) = self.adopt_shipped_policy(today).and_then(|()| self.tend_queue(today)) {
            tick.problems.push(error.to_string());
        }
        match self.open_current() {
            Ok(opened) => tick.opened.extend(opened),
            Err(DataDirError::Period(waits @ PeriodError::KeyNotGiven(_))) => tick.waiting.push(waits.to_string()),
            Err(error) => tick.problems.push(error.to_string()),
        }
        for (period, view) in ledger.periods() {
            let due = match view.state {
                PeriodState::Open => self.due(period, view, today),
                PeriodState::Shredded { .. } => self.has_leftovers(period),
                _ => !self.stays(period, view),
            };
            if due && let Some(waits) = self.waits_for_key(period, view) {
                tick.waiting.push(waits);
            } else if due && !self.in_backoff(period) {
                match self.close(period, false) {
                    Ok(closed) => tick.closed.push(closed),
                    Err(error) => {
                        self.back_off(period);
                        tick.problems.push(error.to_string());
                    }
                }
            }
        }
        tick
    }

    /// Closing cannot be undone, so a clock that is plainly wrong closes nothing.
    pub(super) fn check_clock(&self, ledger: &Ledger, today: Date) -> Result<(), PeriodError> {
        let Some(last) = ledger.last_date() else { return Ok(()) };
        if today < last {
            return Err(PeriodError::ClockBack(today, last));
        }
        if today > last.saturating_add(LONGEST_SILENCE.days()) && !self.trust_clock.load(Ordering::Relaxed) {
            return Err(PeriodError::ClockAhead(today, last));
        }
        Ok(())
    }

    /// Whether a period whose close failed is left alone for now.
    fn in_backoff(&self, period: Period) -> bool {
        let mut waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        waits.get_mut(&period).is_some_and(|(left, _)| {
            let waiting = *left > 0;
            *left = left.saturating_sub(1);
            waiting
        })
    }

    /// One look, two, four … at most sixty-four are left out after failures in a row.
    fn back_off(&self, period: Period) {
        let mut waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        let (left, next) = waits.entry(period).or_insert((0, 1));
        *left = *next;
        *next = (*next * 2).min(64);
    }

    /// Opens the period that today lies in.
    ///
    /// # Errors
    /// [`PeriodError::Overlap`] after a change of the period's length, [`PeriodError::Budget`],
    /// [`PeriodError::KeyNotGiven`].
    pub fn open_current(&self) -> Result<Option<Period>, DataDirError> {
        let period = Period::of(Week::of(self.today()), self.programme().period);
        let opened = match self.ledger().period(period) {
            Some(_) => Ok(None),
            None => self.open_period(period, OpenedBy::Calendar).map(|()| Some(period)),
        };
        let keyless = matches!(opened, Err(DataDirError::Period(PeriodError::KeyNotGiven(_))));
        self.services.open.set_keyless(keyless.then_some(period));
        opened
    }

    /// Opens a past period for paper tallies; `false` if it is open already.
    ///
    /// # Errors
    /// [`PeriodError::NotPast`], [`PeriodError::ClosedBefore`], [`PeriodError::OtherKind`], and as above.
    pub fn open_by_hand(&self, period: Period) -> Result<bool, DataDirError> {
        match self.ledger().period(period).map(|view| view.state) {
            Some(PeriodState::Open) if self.loss(period)?.is_some() => return Err(PeriodError::Lost(period).into()),
            Some(PeriodState::Open) => return Ok(false),
            Some(_) => return Err(PeriodError::ClosedBefore(period).into()),
            None => {}
        }
        self.check_kind(period)?;
        if period.last_day() >= self.today() {
            return Err(PeriodError::NotPast(period).into());
        }
        self.open_period(period, OpenedBy::Hand).map(|()| true)
    }

    fn open_period(&self, period: Period, by: OpenedBy) -> Result<(), DataDirError> {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let ledger = self.ledger();
        let weeks = period.weeks();
        let overlaps = |other: Period| weeks.iter().any(|week| other.index_of(*week).is_some());
        if let Some((other, _)) = ledger.periods().find(|(other, _)| overlaps(*other)) {
            return Err(PeriodError::Overlap(period, other).into());
        }
        let (digest, programme) = self.programme.read().unwrap_or_else(PoisonError::into_inner).clone();
        self.check_budget(&ledger, period, &programme)?;
        // New secrets replace what an opening cut short has left: so nothing may be in the log
        // that we do not know of.
        self.log().ready().map_err(PeriodError::from)?;
        let secrets = self.secrets(period);
        let (salt, key) = secrets.create(custody::key_to_open(&secrets, self.custody, period)?)?;
        let event = Event::PeriodOpened { period, programme: digest, public_key: PublicKey(key.0), by };
        self.append(self.today(), event)?;
        self.services.open.add(taking(period, programme, &salt, key));
        Ok(())
    }

    /// A period that could not be released may not open: its budget is set aside
    /// beside that of the other periods of the year that are still open.
    fn check_budget(&self, ledger: &Ledger, period: Period, programme: &Programme) -> Result<(), DataDirError> {
        let mut set_aside = plan_cost(programme, period.weeks().len()).map_err(PeriodError::from)?.rho_total;
        for (other, view) in ledger.periods() {
            if other.year() == period.year() && view.debit.is_none() {
                let bound = self.bound_programme(&view.programme)?;
                // One that cannot be released as it stands keeps its whole budget, and does not hold up others.
                set_aside += plan_cost(&bound, other.weeks().len()).map_or(bound.privacy.rho, |cost| cost.rho_total);
            }
        }
        Ok(ledger.check_room(period, set_aside, programme.privacy.rho_per_year).map_err(PeriodError::from)?)
    }

    /// Past its grace days, or, however it was opened, past the day by which its keys must be gone.
    fn due(&self, period: Period, view: &PeriodView, today: Date) -> bool {
        self.bound_programme(&view.programme).is_ok_and(|programme| {
            let by_calendar = view.by == OpenedBy::Calendar && programme.is_due(period, today);
            by_calendar || today >= programme.keys_deadline(period, view.opened)
        })
    }
}
