//! What a reader asks for: one period, a range of them, or a year.

use std::fmt;
use std::str::FromStr;

use super::printable::start;
use super::{Period, PeriodKind};

/// Most periods in one range: ten years of months.
pub const MAX_SPAN: usize = 120;

/// One period, a range, or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// `2025-Q1`
    One(Period),
    /// `2025-Q1..2025-Q4`: both ends and all between.
    Range(Period, Period),
    /// `2025`
    Year(i16),
}

/// Why a span cannot be read, or has not all been published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// The text is no span.
    #[error(
        "`{0}` is not a period: write a quarter such as 2025-Q1, a month such as 2025-M03, a range such as 2025-Q1..2025-Q4, or a year such as 2025"
    )]
    Form(String),
    /// The ends are of two kinds.
    #[error("a range goes from quarter to quarter or from month to month: write {0}..{0}, or a year such as 2025")]
    Kinds(Period),
    /// The first end is the later one.
    #[error("the range runs backwards: write {1}..{0}")]
    Backwards(Period, Period),
    /// More than [`MAX_SPAN`] periods.
    #[error("the range has more than {MAX_SPAN} periods, the limit: take a shorter one")]
    Long,
    /// Nothing of the year is published.
    #[error("nothing of {0} is published yet: see `peertally status` for where the periods stand")]
    Nothing(i16),
    /// Not all of it is published.
    #[error(
        "{span} is not complete, {} has no release yet: wait for it, or name a range without it, such as 2025-Q1..2025-Q2",
        list(.missing)
    )]
    Missing {
        /// What was asked for.
        span: Span,
        /// What is not published.
        missing: Vec<Period>,
    },
}

impl Span {
    /// The periods of this span, in order; all of them stand in `released`.
    ///
    /// A year may change from months to quarters in between. Where a quarter
    /// and its months were all published, the quarter is taken.
    ///
    /// # Errors
    /// If one of them is not published: a sum that lacks a period must not pass for the whole.
    pub fn periods(self, released: &[Period]) -> Result<Vec<Period>, SpanError> {
        let (wanted, any) = match self {
            Self::One(period) => (vec![period], true),
            Self::Range(first, last) => (range(first, last)?, true),
            Self::Year(year) => (of_year(year, released), released.iter().any(|p| p.year() == year)),
        };
        let missing: Vec<Period> = wanted.iter().copied().filter(|period| !released.contains(period)).collect();
        match (self, missing.is_empty(), any) {
            (Self::Year(year), _, false) => Err(SpanError::Nothing(year)),
            (_, true, _) => Ok(wanted),
            _ => Err(SpanError::Missing { span: self, missing }),
        }
    }
}

fn range(first: Period, last: Period) -> Result<Vec<Period>, SpanError> {
    if first.kind() != last.kind() {
        return Err(SpanError::Kinds(first));
    }
    if last < first {
        return Err(SpanError::Backwards(first, last));
    }
    let all = std::iter::successors(Some(first), |period| Some(period.next()).filter(|next| *next <= last));
    let all: Vec<Period> = all.take(MAX_SPAN + 1).collect();
    if all.len() > MAX_SPAN { Err(SpanError::Long) } else { Ok(all) }
}

/// A year's quarters; a quarter's months where some of them, and not the quarter, are published.
fn of_year(year: i16, released: &[Period]) -> Vec<Period> {
    let named = |name: String| name.parse::<Period>().ok();
    let by_month = released.iter().all(|p| p.year() != year || p.kind() == PeriodKind::Month);
    let mut all = Vec::new();
    for quarter in 1..=4 {
        let months = (quarter * 3 - 2..=quarter * 3).filter_map(|m| named(format!("{year:04}-M{m:02}")));
        let months: Vec<Period> = months.collect();
        let whole = named(format!("{year:04}-Q{quarter}"));
        let published = whole.is_some_and(|q| released.contains(&q));
        if !published && (by_month || months.iter().any(|m| released.contains(m))) {
            all.extend(months);
        } else {
            all.extend(whole);
        }
    }
    all
}

fn list(periods: &[Period]) -> String {
    periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(period) => write!(f, "{period}"),
            Self::Range(first, last) => write!(f, "{first}..{last}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let form = || SpanError::Form(start(text, 40));
        if let Some((first, last)) = text.split_once("..") {
            let (first, last) = (first.parse().map_err(|_| form())?, last.parse().map_err(|_| form())?);
            return range(first, last).map(|_| Self::Range(first, last));
        }
        // A year is one that has periods: the parser of periods knows which.
        if let Ok(first) = format!("{text}-Q1").parse::<Period>() {
            return Ok(Self::Year(first.year()));
        }
        text.parse().map(Self::One).map_err(|_| form())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn periods(texts: &[&str]) -> Vec<Period> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn span(text: &str) -> Span {
        text.parse().unwrap()
    }

    #[test]
    fn three_forms() {
        for text in ["2025-Q1", "2025-M03", "2025-Q1..2025-Q4", "2024-Q4..2025-Q1", "2025", "2025-Q1..2025-Q1"] {
            assert_eq!(span(text).to_string(), text);
        }
        for text in ["", "25", "2025-Q5", "2025-Q1..", "..2025-Q1", "2025..2026", "2025-Q1...2025-Q2", "+2025", "2025 "]
        {
            assert!(matches!(text.parse::<Span>(), Err(SpanError::Form(_))), "{text}");
        }
        assert!(matches!("2025-Q1..2025-M05".parse::<Span>(), Err(SpanError::Kinds(_))));
        assert!(matches!("2025-Q2..2025-Q1".parse::<Span>(), Err(SpanError::Backwards(..))));
        assert_eq!("1900-M01..9000-M01".parse::<Span>(), Err(SpanError::Long));
        assert!("2015-M01..2024-M12".parse::<Span>().is_ok(), "ten years");
    }

    #[test]
    fn a_range_is_whole_or_refused() {
        let released = periods(&["2025-Q4", "2024-Q4", "2025-Q1", "2025-Q2"]);
        assert_eq!(span("2024-Q4..2025-Q2").periods(&released), Ok(periods(&["2024-Q4", "2025-Q1", "2025-Q2"])));
        let error = span("2025-Q1..2025-Q4").periods(&released).unwrap_err();
        assert!(error.to_string().contains("2025-Q3 has no release yet"), "{error}");
    }

    #[test]
    fn a_year_is_whole_or_refused() {
        let quarters = periods(&["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"]);
        assert_eq!(span("2025").periods(&quarters).unwrap(), quarters[..4]);
        assert_eq!(span("2024").periods(&quarters), Err(SpanError::Nothing(2024)));
        let error = span("2026").periods(&quarters).unwrap_err();
        assert!(error.to_string().contains("2026-Q2, 2026-Q3, 2026-Q4"), "{error}");
        let months = periods(&["2025-M01", "2025-M02"]);
        let error = span("2025").periods(&months).unwrap_err();
        assert!(error.to_string().contains("2025-M03, 2025-M04") && !error.to_string().contains("-Q3,"), "{error}");
        let changed = periods(&["2025-M01", "2025-M02", "2025-M03", "2025-Q2", "2025-Q3", "2025-Q4"]);
        assert_eq!(span("2025").periods(&changed).unwrap(), changed);
    }
}
