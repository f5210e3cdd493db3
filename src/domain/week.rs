//! ISO 8601 weeks, the finest time peertally ever keeps.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::{Deserialize, Serialize};

use super::printable;

/// An ISO week such as `2026-W47`. Monday to Sunday; ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Week {
    year: i16,
    number: i8,
}

/// Why a text is not a week.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeekError {
    /// The text does not look like `2026-W47`.
    #[error("`{0}` is not a week: write the ISO year and week, such as 2026-W47")]
    Form(String),
    /// The year has no such week.
    #[error("{0} does not exist: {1} has weeks 1 to {2}")]
    Impossible(String, i16, i8),
}

impl Week {
    /// The week that a civil date lies in.
    #[must_use]
    pub fn of(date: Date) -> Self {
        let iso = date.iso_week_date();
        Self { year: iso.year(), number: iso.week() }
    }

    /// The Thursday, which decides the month and quarter a week belongs to.
    #[must_use]
    pub fn thursday(self) -> Date {
        self.day(Weekday::Thursday)
    }

    /// First day of the week.
    #[must_use]
    pub fn monday(self) -> Date {
        self.day(Weekday::Monday)
    }

    /// Last day of the week.
    #[must_use]
    pub fn sunday(self) -> Date {
        self.day(Weekday::Sunday)
    }

    /// The week `n` weeks earlier (the earliest representable one at the limit).
    #[must_use]
    pub fn back(self, n: u8) -> Self {
        Self::of(self.monday().saturating_sub(i64::from(n).weeks()))
    }

    /// The next week.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.monday().saturating_add(1.weeks()))
    }

    fn day(self, weekday: Weekday) -> Date {
        // A `Week` is only made from a valid year and number, so the date exists.
        ISOWeekDate::new(self.year, self.number, weekday).map_or(Date::ZERO, |d| d.date())
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.number)
    }
}

impl FromStr for Week {
    type Err = WeekError;

    fn from_str(text: &str) -> Result<Self, WeekError> {
        let form = || WeekError::Form(printable::start(text, 20));
        let bytes = text.as_bytes();
        let (year, number) = text.split_once("-W").ok_or_else(form)?;
        let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
        if bytes.len() != 8 || year.len() != 4 || digits != 6 {
            return Err(form());
        }
        let year: i16 = year.parse().map_err(|_| form())?;
        let number: i8 = number.parse().map_err(|_| form())?;
        // Years outside this window are typing errors, and keep date arithmetic far from its limits.
        if !(1900..=9000).contains(&year) {
            return Err(form());
        }
        let last = Date::new(year, 12, 28).map_or(52, |d| d.iso_week_date().week());
        if number < 1 || number > last {
            return Err(WeekError::Impossible(text.to_owned(), year, last));
        }
        Ok(Self { year, number })
    }
}

impl TryFrom<String> for Week {
    type Error = WeekError;
    fn try_from(text: String) -> Result<Self, WeekError> {
        text.parse()
    }
}

impl From<Week> for String {
    fn from(week: Week) -> Self {
        week.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn long_years_have_53_weeks() {
        assert_eq!("2026-W53".parse::<Week>().map(|w| w.sunday()), Ok(date(2027, 1, 3)));
        assert!(matches!("2025-W53".parse::<Week>(), Err(WeekError::Impossible(_, 2025, 52))));
        assert!("2025-W00".parse::<Week>().is_err());
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in ["", "2025-w01", "2025-W1", "25-W01", "2025W01", "2025-W01 ", "+025-W01", "2025-W٠١"] {
            assert!(text.parse::<Week>().is_err(), "{text}");
        }
    }

    #[test]
    fn back_crosses_the_year() {
        let week: Week = "2027-W01".parse().unwrap();
        assert_eq!(week.back(2).to_string(), "2026-W52");
        assert_eq!(week.back(1).next(), week);
    }
}
