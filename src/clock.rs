//! The only place that reads the time of day.
//!
//! Guarantee: everything else gets a [`Clock`] handed in, so that tests and
//! the demo can run a whole quarter in a second, and so that a reader can see
//! that no request's time is taken: intake asks for the date, and for how long
//! the program has been running, which ends with it and dates nothing.

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// A source of today's date.
pub trait Clock: Send + Sync {
    /// Today in `zone`.
    fn today(&self, zone: &TimeZone) -> Date;
    /// How long this program has been running: goes forward only, whatever becomes of the date.
    fn running(&self) -> Duration;
}

/// When the program was first asked how long it has been running.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn today(&self, zone: &TimeZone) -> Date {
        Zoned::new(Timestamp::now(), zone.clone()).date()
    }

    fn running(&self) -> Duration {
        START.elapsed()
    }
}

/// A clock that stands still until it is moved. Used by tests and inside `demo`;
/// no flag of the program reaches it.
#[derive(Debug)]
pub struct MockClock(Mutex<Shown>);

/// What it shows.
#[derive(Clone, Copy, Debug)]
struct Shown {
    date: Date,
    /// The latest date it has shown: a date that is set back takes no running time back.
    latest: Date,
    running: Duration,
}

impl MockClock {
    /// A clock that shows `date`.
    #[must_use]
    pub fn new(date: Date) -> Self {
        Self(Mutex::new(Shown { date, latest: date, running: Duration::ZERO }))
    }

    /// Moves the date; a later one than ever before takes its days of running time.
    pub fn set(&self, date: Date) {
        let mut shown = self.shown();
        let days = shown.latest.until(date).map_or(0, |span| span.get_days());
        if let Ok(days @ 1..) = u64::try_from(days) {
            shown.running += Duration::from_secs(days * 24 * 60 * 60);
            shown.latest = date;
        }
        shown.date = date;
    }

    /// Lets time go by within the day.
    pub fn run(&self, time: Duration) {
        self.shown().running += time;
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for MockClock {
    fn today(&self, _zone: &TimeZone) -> Date {
        self.shown().date
    }

    fn running(&self) -> Duration {
        self.shown().running
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn running_time_never_goes_back() {
        let clock = MockClock::new(date(2025, 3, 20));
        clock.set(date(2025, 3, 1));
        assert_eq!(clock.running(), Duration::ZERO);
        clock.set(date(2025, 3, 21));
        assert_eq!(clock.running(), Duration::from_secs(24 * 60 * 60));
        clock.run(Duration::from_secs(5));
        assert_eq!(clock.running(), Duration::from_secs(24 * 60 * 60 + 5));
        let first = SystemClock.running();
        assert!(SystemClock.running() >= first);
    }
}
