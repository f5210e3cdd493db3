//! Changes in words.

use super::super::html::whole;
use super::Step;
use crate::accuracy::{Difference, Trend};
use crate::domain::Period;

/// One word for a trend.
pub(super) fn trend(trend: Trend) -> &'static str {
    match trend {
        Trend::Up => "Up",
        Trend::Down => "Down",
        Trend::CannotTell => "Cannot tell",
    }
}

/// What became of a figure since `earlier`, as a sentence.
pub(super) fn change(earlier: Period, step: &Step, change: Option<&Difference>) -> String {
    match (step, change) {
        (Step::Changed(reason), _) => format!("No trend since {earlier}: {reason}."),
        (Step::Same { by_week, note }, Some(change)) => {
            let weekly = if by_week.is_some() { " a week" } else { "" };
            let (low, high) = (amount(change.low), amount(change.high));
            let word = trend(change.trend);
            let range = match change.trend {
                Trend::Up => format!("by {low} to {high}{weekly}"),
                Trend::Down => format!("by {high} to {low}{weekly}"),
                Trend::CannotTell => format!("between {low} fewer and {high} more{weekly}"),
            };
            let lengths = by_week.map_or_else(String::new, |(a, b)| format!(" ({a} weeks, then {b})"));
            let note = note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
            format!("{word} since {earlier}: {range}{lengths}.{note}")
        }
        _ => "Nothing to compare with.".to_owned(),
    }
}

/// How large a change is, without its sign; small ones with a decimal.
fn amount(value: f64) -> String {
    if value.abs() < 9.95 { format!("{:.1}", value.abs()) } else { whole(value.abs()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accuracy::difference;

    #[test]
    fn each_trend_has_its_sentence() {
        let since: Period = "2025-Q1".parse().unwrap();
        let same = Step::Same { by_week: None, note: None };
        let say = |later: f64| change(since, &same, Some(&difference((5_000.0, 3.0), (later, 4.0))));
        assert_eq!(say(6_000.0), "Up since 2025-Q1: by 990 to 1\u{202f}010.");
        assert_eq!(say(4_000.0), "Down since 2025-Q1: by 990 to 1\u{202f}010.");
        assert_eq!(say(5_001.0), "Cannot tell since 2025-Q1: between 8.8 fewer and 11 more.");
        let weekly = Step::Same { by_week: Some((5, 4)), note: Some("And a note.".into()) };
        let words = change(since, &weekly, Some(&difference((500.0, 0.1), (600.0, 0.1))));
        assert_eq!(words, "Up since 2025-Q1: by 100 to 100 a week (5 weeks, then 4). And a note.");
        let none = change(since, &Step::Changed("the cap was 1 and then 2".into()), None);
        assert_eq!(none, "No trend since 2025-Q1: the cap was 1 and then 2.");
        assert_eq!(change(since, &Step::Nothing, None), "Nothing to compare with.");
    }
}
