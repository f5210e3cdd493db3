//! Which weeks are open and when a period closes, as pure functions of a date.
//!
//! Guarantee: no clock is read; the same programme and date give the same
//! answer. All dates are civil dates in the programme's time zone.
//! Non-guarantee: whether a period has in fact been opened or closed is known
//! to the log alone; ask `period`.

use jiff::ToSpan;
use jiff::civil::Date;

use super::programme::Programme;
use crate::domain::{Period, Week};

impl Programme {
    /// The week that `today` lies in.
    #[must_use]
    pub fn current_week(&self, today: Date) -> Week {
        Week::of(today)
    }

    /// This week and the two before, newest first. A tally also needs its period to be open.
    #[must_use]
    pub fn open_weeks(&self, today: Date) -> [Week; 3] {
        let week = Week::of(today);
        [week, week.back(1), week.back(2)]
    }

    /// The period that this week belongs to.
    #[must_use]
    pub fn current_period(&self, today: Date) -> Period {
        Period::of(Week::of(today), self.period)
    }

    /// The period that `week` belongs to.
    #[must_use]
    pub fn period_of(&self, week: Week) -> Period {
        Period::of(week, self.period)
    }

    /// The day on which `period` closes: the day after its grace days have passed.
    #[must_use]
    pub fn closing_day(&self, period: Period) -> Date {
        period.last_day().saturating_add((i64::from(self.grace_days) + 1).days())
    }

    /// Last day on which a period still takes tallies.
    #[must_use]
    pub fn last_grace_day(&self, period: Period) -> Date {
        period.last_day().saturating_add(i64::from(self.grace_days).days())
    }

    /// True from the closing day on.
    #[must_use]
    pub fn is_due(&self, period: Period, today: Date) -> bool {
        today >= self.closing_day(period)
    }

    /// True once the last day of `period` is past; from then on it may close early.
    #[must_use]
    pub fn finished(&self, period: Period, today: Date) -> bool {
        today > period.last_day()
    }

    /// The day by which the secrets of `period` must be destroyed, if it was opened on `opened`.
    #[must_use]
    pub fn keys_deadline(&self, period: Period, opened: Date) -> Date {
        let from = period.last_day().max(opened);
        from.saturating_add(i64::from(self.retention.keys_days).days())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::embedded;
    use jiff::civil::date;

    #[test]
    fn the_first_quarter_of_2025_closes_in_mid_april() {
        let programme = embedded::programme().unwrap();
        let q1: Period = "2025-Q1".parse().unwrap();
        assert_eq!(programme.closing_day(q1), date(2025, 4, 14));
        assert!(!programme.is_due(q1, date(2025, 4, 13)));
        assert!(programme.is_due(q1, date(2025, 4, 14)));
        assert!(!programme.finished(q1, date(2025, 3, 30)));
        assert!(programme.finished(q1, date(2025, 3, 31)));
        assert_eq!(programme.keys_deadline(q1, date(2025, 1, 1)), date(2025, 5, 14));
        assert_eq!(programme.keys_deadline(q1, date(2025, 6, 1)), date(2025, 7, 16));
    }

    #[test]
    fn open_weeks_cross_the_year() {
        let programme = embedded::programme().unwrap();
        let weeks = programme.open_weeks(date(2025, 1, 1)).map(|w| w.to_string());
        assert_eq!(weeks, ["2025-W01", "2024-W52", "2024-W51"]);
        // 30 December 2024 is in 2025-W01, and so in 2025-Q1.
        assert_eq!(programme.current_period(date(2024, 12, 30)).to_string(), "2025-Q1");
        assert_eq!(programme.current_week(date(2024, 12, 29)).to_string(), "2024-W52");
    }

    #[test]
    fn the_last_days_of_the_calendar_do_not_panic() {
        let programme = embedded::programme().unwrap();
        let last: Period = "9000-Q4".parse().unwrap();
        assert!(programme.finished(last, Date::MAX));
        let _ = programme.open_weeks(Date::MAX);
        let _ = programme.open_weeks(Date::MIN);
        let _ = programme.current_period(Date::MIN);
    }
}
