//! The only place that reads the time of day.
//!
//! Guarantee: everything else gets a [`Clock`] handed in, so that tests and
//! the demo can run a whole quarter in a second, and so that a reader can see
//! that no request's time is taken: intake asks for the date only.

use std::sync::Mutex;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// A source of today's date.
pub trait Clock: Send + Sync {
    /// Today in `zone`.
    fn today(&self, zone: &TimeZone) -> Date;
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn today(&self, zone: &TimeZone) -> Date {
        Zoned::new(Timestamp::now(), zone.clone()).date()
    }
}

/// A clock that stands still until it is set. Used by tests and inside `demo`;
/// no flag of the program reaches it.
#[derive(Debug)]
pub struct MockClock(Mutex<Date>);

impl MockClock {
    /// A clock that shows `date`.
    #[must_use]
    pub fn new(date: Date) -> Self {
        Self(Mutex::new(date))
    }

    /// Moves the clock.
    pub fn set(&self, date: Date) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = date;
    }
}

impl Clock for MockClock {
    fn today(&self, _zone: &TimeZone) -> Date {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
