//! Periods side by side, and the choice of which are added up.

use askama::Template;

use super::frame::Frame;
use crate::domain::printable::start;
use crate::domain::{Period, Span};
use crate::report::Labels;
use crate::report::series::{self, series};
use crate::report::sum::{self, PublishedRelease, SumError, combine};

/// Most periods on one page: two years of months. Each is one file to read.
const MOST: usize = 24;
/// Shown if nothing was chosen.
const NEWEST: usize = 8;

#[derive(Template)]
#[template(path = "over_time.html")]
pub(in crate::web) struct OverTimePage {
    t: Frame,
    programme: String,
    problem: String,
    choices: Vec<PeriodChoice>,
    years: Vec<Year>,
    sum: String,
    series: String,
}

struct PeriodChoice {
    period: Period,
    chosen: bool,
}

/// A year that is published as a whole.
struct Year {
    name: i16,
    query: String,
}

/// Which periods are shown.
pub(in crate::web) struct Chosen {
    released: Vec<Period>,
    /// The periods to show; each has a release.
    pub(in crate::web) periods: Vec<Period>,
    /// Whether a reader chose them, so that they are added up.
    asked: bool,
    /// What the reader had ticked, kept also where it is refused.
    ticked: Vec<Period>,
    problem: Option<QueryRefusal>,
}

/// Why a query cannot be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) enum QueryRefusal {
    /// More periods than a page can hold.
    TooMany(usize),
    /// No name of a period.
    NotPeriod(String),
    /// A period that is not published.
    NoRelease(Period),
    /// A release that cannot be read.
    Unreadable(Period),
    /// Periods that do not go together.
    Sum(SumError),
    /// The page could not be made.
    Report(String),
}

impl QueryRefusal {
    fn say(&self, t: &Frame) -> String {
        match self {
            Self::TooMany(many) => t.time_too_many(many.to_string(), MOST.to_string()),
            Self::NotPeriod(name) => t.time_not_period(start(name, 40)),
            Self::NoRelease(period) => t.time_no_release(period.to_string()),
            Self::Unreadable(period) => t.time_unreadable(period.to_string()),
            Self::Sum(SumError::TooFew) => t.time_too_few(),
            Self::Sum(SumError::Twice(period)) => t.time_twice(period.to_string()),
            Self::Sum(SumError::Overlap(first, second)) => t.time_overlap(first.to_string(), second.to_string()),
            Self::Report(error) => error.clone(),
        }
    }
}

impl Chosen {
    /// The periods named in a query, or the newest ones; one that cannot be met is kept as the reason.
    pub(in crate::web) fn new(query: &[(String, String)], mut released: Vec<Period>) -> Self {
        released.sort();
        let named: Vec<&str> =
            query.iter().filter(|(key, _)| key == "period").map(|(_, value)| value.as_str()).collect();
        let ticked = named.iter().take(MOST).filter_map(|name| name.parse().ok()).collect();
        match choose(&named, &released) {
            Ok(periods) if !periods.is_empty() => Self { released, periods, asked: true, ticked, problem: None },
            Ok(_) => Self::newest(released, ticked, None),
            Err(problem) => Self::newest(released, ticked, Some(problem)),
        }
    }

    /// The newest ones that do not overlap.
    fn newest(released: Vec<Period>, ticked: Vec<Period>, problem: Option<QueryRefusal>) -> Self {
        let mut periods: Vec<Period> = Vec::new();
        for period in released.iter().rev() {
            if periods.len() < NEWEST && periods.last().is_none_or(|later| period.last_day() < later.first_day()) {
                periods.push(*period);
            }
        }
        periods.reverse();
        Self { released, periods, asked: false, ticked, problem }
    }

    /// The newest ones instead, with what was wrong first.
    pub(in crate::web) fn refused(self, problem: QueryRefusal) -> Self {
        Self::newest(self.released, self.ticked, Some(self.problem.unwrap_or(problem)))
    }

    /// Whether the query was met.
    pub(in crate::web) fn is_well(&self) -> bool {
        self.problem.is_none()
    }
}

fn choose(named: &[&str], released: &[Period]) -> Result<Vec<Period>, QueryRefusal> {
    if named.len() > MOST {
        return Err(QueryRefusal::TooMany(named.len()));
    }
    let known = |name: &&str| {
        let period: Period = name.parse().map_err(|_| QueryRefusal::NotPeriod((*name).to_owned()))?;
        released.contains(&period).then_some(period).ok_or(QueryRefusal::NoRelease(period))
    };
    named.iter().map(known).collect()
}

impl OverTimePage {
    /// The page for what was chosen and read.
    ///
    /// # Errors
    /// If the periods do not go together.
    pub(in crate::web) fn new(
        t: &Frame,
        programme: &str,
        chosen: &Chosen,
        read: &[PublishedRelease],
        words: &Labels,
    ) -> Result<Self, QueryRefusal> {
        let unmade = |error: crate::report::ReportError| QueryRefusal::Report(error.to_string());
        let sum = if chosen.asked {
            sum::page::write(&combine(read).map_err(QueryRefusal::Sum)?, words, false).map_err(unmade)?
        } else {
            String::new()
        };
        let series = series::page::write(&series(read).map_err(QueryRefusal::Sum)?, words).map_err(unmade)?;
        Ok(Self::with(t, programme, chosen, sum, series))
    }

    /// The page without figures.
    pub(in crate::web) fn empty(t: &Frame, programme: &str, chosen: &Chosen) -> Self {
        Self::with(t, programme, chosen, String::new(), String::new())
    }

    fn with(t: &Frame, programme: &str, chosen: &Chosen, sum: String, series: String) -> Self {
        let choice = |period: &Period| PeriodChoice { period: *period, chosen: chosen.ticked.contains(period) };
        Self {
            t: t.clone(),
            programme: programme.to_owned(),
            problem: chosen.problem.as_ref().map_or_else(String::new, |problem| problem.say(t)),
            choices: chosen.released.iter().rev().map(choice).collect(),
            years: years(&chosen.released),
            sum,
            series,
        }
    }
}

/// The years that are published as a whole, newest first, each with its query.
fn years(released: &[Period]) -> Vec<Year> {
    let mut years: Vec<i16> = released.iter().map(|period| period.year()).collect();
    years.dedup();
    let whole = |name: i16| {
        let periods = Span::Year(name).periods(released).ok()?;
        let query: Vec<String> = periods.iter().map(|period| format!("period={period}")).collect();
        Some(Year { name, query: query.join("&") })
    };
    years.into_iter().rev().filter_map(whole).collect()
}
