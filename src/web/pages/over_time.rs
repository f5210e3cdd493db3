//! Periods side by side, and the choice of which are added up.

use askama::Template;

use super::frame::Frame;
use crate::domain::{Period, Span};
use crate::report::series::{self, series};
use crate::report::sum::{self, Published, combine};

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
    choices: Vec<Choice>,
    years: Vec<Year>,
    sum: String,
    series: String,
}

struct Choice {
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
    problem: String,
}

impl Chosen {
    /// The periods named in a query, or the newest ones; a query that cannot be met becomes a sentence.
    pub(in crate::web) fn new(query: &[(String, String)], mut released: Vec<Period>) -> Self {
        released.sort();
        let named: Vec<&str> =
            query.iter().filter(|(key, _)| key == "period").map(|(_, value)| value.as_str()).collect();
        let ticked = named.iter().take(MOST).filter_map(|name| name.parse().ok()).collect();
        match choose(&named, &released) {
            Ok(periods) if !periods.is_empty() => {
                Self { released, periods, asked: true, ticked, problem: String::new() }
            }
            Ok(_) => Self::newest(released, ticked, String::new()),
            Err(problem) => Self::newest(released, ticked, problem),
        }
    }

    /// The newest ones that do not overlap.
    fn newest(released: Vec<Period>, ticked: Vec<Period>, problem: String) -> Self {
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
    pub(in crate::web) fn refused(self, problem: String) -> Self {
        Self::newest(self.released, self.ticked, if self.problem.is_empty() { problem } else { self.problem })
    }

    /// Whether the query was met.
    pub(in crate::web) fn is_well(&self) -> bool {
        self.problem.is_empty()
    }
}

fn choose(named: &[&str], released: &[Period]) -> Result<Vec<Period>, String> {
    if named.len() > MOST {
        return Err(format!(
            "At most {MOST} periods can be chosen at once, and these are {}: choose fewer.",
            named.len()
        ));
    }
    let known = |name: &&str| {
        let period: Period = name.parse().map_err(|error| format!("{}.", capital(&error)))?;
        let missing = || format!("{period} has no release yet: choose from the list.");
        released.contains(&period).then_some(period).ok_or_else(missing)
    };
    named.iter().map(known).collect()
}

impl OverTimePage {
    /// The page for what was chosen and read.
    ///
    /// # Errors
    /// With a sentence, if the periods do not go together.
    pub(in crate::web) fn new(t: &Frame, programme: &str, chosen: &Chosen, read: &[Published]) -> Result<Self, String> {
        let sum = if chosen.asked {
            let sum = combine(read).map_err(|error| format!("{}.", capital(&error)))?;
            sum::page::write(&sum, false).map_err(|error| error.to_string())?
        } else {
            String::new()
        };
        let series = series(read).map_err(|error| format!("{}.", capital(&error)))?;
        let series = series::page::write(&series).map_err(|error| error.to_string())?;
        Ok(Self::with(t, programme, chosen, sum, series))
    }

    /// The page without figures.
    pub(in crate::web) fn empty(t: &Frame, programme: &str, chosen: &Chosen) -> Self {
        Self::with(t, programme, chosen, String::new(), String::new())
    }

    fn with(t: &Frame, programme: &str, chosen: &Chosen, sum: String, series: String) -> Self {
        let choice = |period: &Period| Choice { period: *period, chosen: chosen.ticked.contains(period) };
        Self {
            t: t.clone(),
            programme: programme.to_owned(),
            problem: chosen.problem.clone(),
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

/// An error as the beginning of a sentence on a page.
fn capital(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
