//! Periods: a month or a quarter, made of whole ISO weeks.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::printable;
use super::week::Week;

/// How long a programme's periods are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PeriodKind {
    /// Four or five weeks, written `2025-M03`.
    Month,
    /// Twelve to fourteen weeks, written `2025-Q1`.
    Quarter,
}

/// A reporting period. A week belongs to the period of its Thursday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    year: i16,
    kind: PeriodKind,
    number: i8,
}

/// Why a text is not a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a period: write a quarter such as 2025-Q1 or a month such as 2025-M03")]
pub struct ParsePeriodError(String);

impl Period {
    /// The period of `kind` that `week` belongs to.
    #[must_use]
    pub fn of(week: Week, kind: PeriodKind) -> Self {
        let thursday = week.thursday();
        let number = match kind {
            PeriodKind::Month => thursday.month(),
            PeriodKind::Quarter => (thursday.month() - 1) / 3 + 1,
        };
        Self { year: thursday.year(), kind, number }
    }

    /// Month or quarter.
    #[must_use]
    pub fn kind(self) -> PeriodKind {
        self.kind
    }

    /// The calendar year, against which the yearly budget is counted.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The weeks of this period, in order; at most 14.
    #[must_use]
    pub fn weeks(self) -> Vec<Week> {
        let mut week = self.first_week();
        let mut weeks = Vec::with_capacity(14);
        while Self::of(week, self.kind) == self {
            weeks.push(week);
            week = week.next();
        }
        weeks
    }

    /// Position of `week` in this period, from 0; `None` if it belongs to another.
    #[must_use]
    pub fn index_of(self, week: Week) -> Option<u8> {
        if Self::of(week, self.kind) != self {
            return None;
        }
        let hours = week.monday().duration_since(self.first_day()).as_hours();
        u8::try_from(hours / (7 * 24)).ok()
    }

    /// First day (a Monday).
    #[must_use]
    pub fn first_day(self) -> Date {
        self.first_week().monday()
    }

    /// Last day (a Sunday).
    #[must_use]
    pub fn last_day(self) -> Date {
        let month = match self.kind {
            PeriodKind::Month => self.number,
            PeriodKind::Quarter => self.number * 3,
        };
        // A `Period` is only made from a valid year and month, so the date exists.
        let last = Week::of(Date::new(self.year, month, 1).unwrap_or(Date::ZERO).last_of_month());
        if Self::of(last, self.kind) == self { last.sunday() } else { last.back(1).sunday() }
    }

    /// The period that follows.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(Week::of(self.last_day()).next(), self.kind)
    }

    /// The period before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::of(self.first_week().back(1), self.kind)
    }

    /// Four bytes naming the period: year (big-endian), kind, number.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 4] {
        let [high, low] = self.year.to_be_bytes();
        let kind = match self.kind {
            PeriodKind::Month => b'M',
            PeriodKind::Quarter => b'Q',
        };
        [high, low, kind, self.number.unsigned_abs()]
    }

    /// The reverse of [`Period::to_bytes`].
    #[must_use]
    pub fn from_bytes(bytes: [u8; 4]) -> Option<Self> {
        let [high, low, kind, number] = bytes;
        let year = i16::from_be_bytes([high, low]);
        let text = format!("{year:04}-{}{number:0width$}", char::from(kind), width = if kind == b'M' { 2 } else { 1 });
        text.parse().ok()
    }

    fn first_week(self) -> Week {
        let month = match self.kind {
            PeriodKind::Month => self.number,
            PeriodKind::Quarter => (self.number - 1) * 3 + 1,
        };
        // A `Period` is only made from a valid year and month, so the date exists.
        let first = Week::of(Date::new(self.year, month, 1).unwrap_or(Date::ZERO));
        if Self::of(first, self.kind) == self { first } else { first.next() }
    }
}

/// Periods are ordered by their first day, then the longer first.
impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |p: &Self| {
            let month = if p.kind == PeriodKind::Quarter { (p.number - 1) * 3 + 1 } else { p.number };
            (p.year, month, p.kind == PeriodKind::Month)
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PeriodKind::Month => write!(f, "{:04}-M{:02}", self.year, self.number),
            PeriodKind::Quarter => write!(f, "{:04}-Q{}", self.year, self.number),
        }
    }
}

impl FromStr for Period {
    type Err = ParsePeriodError;

    fn from_str(text: &str) -> Result<Self, ParsePeriodError> {
        let error = || ParsePeriodError(printable::start(text, 20));
        let (year, rest) = text.split_once('-').ok_or_else(error)?;
        let all_digits = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
        let (kind, number, last) = match (rest.strip_prefix('Q'), rest.strip_prefix('M')) {
            (Some(n), _) if all_digits(n, 1) => (PeriodKind::Quarter, n, 4),
            (_, Some(n)) if all_digits(n, 2) => (PeriodKind::Month, n, 12),
            _ => return Err(error()),
        };
        let year = Some(year).filter(|y| all_digits(y, 4)).and_then(|y| y.parse::<i16>().ok());
        let year = year.filter(|y| (1900..=9000).contains(y)).ok_or_else(error)?;
        let number: i8 = number.parse().map_err(|_| error())?;
        if !(1..=last).contains(&number) {
            return Err(error());
        }
        Ok(Self { year, kind, number })
    }
}

impl TryFrom<String> for Period {
    type Error = ParsePeriodError;
    fn try_from(text: String) -> Result<Self, ParsePeriodError> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_belongs_to_the_period_of_its_thursday() {
        let q1: Period = "2025-Q1".parse().unwrap();
        let weeks = q1.weeks();
        assert_eq!(weeks.len(), 13);
        assert_eq!(weeks[0].to_string(), "2025-W01");
        assert_eq!(q1.first_day().to_string(), "2024-12-30");
        assert_eq!(q1.last_day().to_string(), "2025-03-30");
        assert_eq!(q1.previous().next(), q1);
    }

    #[test]
    fn periods_partition_the_weeks() {
        for kind in [PeriodKind::Month, PeriodKind::Quarter] {
            let mut week: Week = "2015-W01".parse().unwrap();
            for _ in 0..1200 {
                let period = Period::of(week, kind);
                let place = period.weeks().iter().position(|w| *w == week);
                assert!(place.is_some() && period.index_of(week).map(usize::from) == place);
                assert_eq!(period.next().index_of(week), None);
                assert_eq!(period.weeks().last().map(|w| w.sunday()), Some(period.last_day()));
                assert_eq!(Period::from_bytes(period.to_bytes()), Some(period));
                assert_eq!(period.to_string().parse(), Ok(period));
                assert!(period < period.next());
                week = week.next();
            }
        }
    }

    /// Found by fuzzing: the papers said 13 or 14.
    #[test]
    fn a_quarter_has_twelve_to_fourteen_weeks() {
        let weeks = |text: &str| text.parse::<Period>().unwrap().weeks().len();
        assert_eq!(["2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3"].map(weeks), [14, 12, 13, 14]);
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in ["2025-Q0", "2025-Q5", "2025-M13", "2025-M3", "2025-q1", "2025", "25-Q1", "2025-Q1 "] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
