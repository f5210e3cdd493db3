//! Changes in words.

use super::super::labels::Labels;
use super::SeriesStep;
use crate::accuracy::{Difference, Trend};
use crate::domain::Period;

/// One word for a trend.
pub(super) fn trend(words: &Labels, trend: Trend) -> String {
    match trend {
        Trend::Up => words.text.time_up(),
        Trend::Down => words.text.time_down(),
        Trend::CannotTell => words.text.time_cannot(),
    }
}

/// What became of a figure since `earlier`, as a sentence.
pub(super) fn change(words: &Labels, earlier: Period, step: &SeriesStep, change: Option<&Difference>) -> String {
    let (t, since) = (words.text, earlier.to_string());
    match (step, change) {
        (SeriesStep::Changed(why), _) => t.time_no_trend(since, why.say(words)),
        (SeriesStep::Same { by_week, note }, Some(change)) => {
            let (low, high) = (amount(words, change.low), amount(words, change.high));
            let weeks = by_week.map(|(first, second)| (first.to_string(), second.to_string()));
            let said = match (change.trend, weeks) {
                (Trend::Up, None) => t.time_up_since(high, low, since),
                (Trend::Down, None) => t.time_down_since(low, high, since),
                (Trend::CannotTell, None) => t.time_cannot_since(high, low, since),
                (Trend::Up, Some((a, b))) => t.time_up_week(a, high, low, since, b),
                (Trend::Down, Some((a, b))) => t.time_down_week(a, low, high, since, b),
                (Trend::CannotTell, Some((a, b))) => t.time_cannot_week(a, high, low, since, b),
            };
            note.as_ref().map_or_else(|| said.clone(), |note| format!("{said} {}", note.say(words)))
        }
        _ => t.time_nothing(),
    }
}

/// How large a change is, without its sign; small ones with a decimal.
fn amount(words: &Labels, value: f64) -> String {
    if value.abs() < 9.95 { words.text.decimal(value.abs(), 1) } else { words.text.whole(value.abs()) }
}

#[cfg(test)]
mod tests {
    use super::super::super::incomparable::{Caveat, Incomparable};
    use super::*;
    use crate::accuracy::difference;
    use crate::locale::{Lang, Text};

    #[test]
    fn each_trend_has_its_sentence() {
        let since: Period = "2025-Q1".parse().unwrap();
        let (same, words) = (SeriesStep::Same { by_week: None, note: None }, Labels::plain());
        let say = |later: f64| change(&words, since, &same, Some(&difference((5_000.0, 3.0), (later, 4.0))));
        assert_eq!(say(6_000.0), "Up since 2025-Q1: by 990 to 1,010.");
        assert_eq!(say(4_000.0), "Down since 2025-Q1: by 990 to 1,010.");
        assert_eq!(say(5_001.0), "Cannot tell since 2025-Q1: between 8.8 fewer and 11 more.");
        let note = Some(Caveat::Ground(vec!["area".parse().unwrap()]));
        let weekly = SeriesStep::Same { by_week: Some((5, 4)), note };
        let of = |later: f64| change(&words, since, &weekly, Some(&difference((500.0, 0.1), (later, 0.1))));
        assert!(
            of(600.0).starts_with("Up since 2025-Q1: by 100 to 100 a week (weeks: 5, then 4). The categories of area")
        );
        assert!(of(400.0).starts_with("Down since 2025-Q1: by 100 to 100 a week (weeks: 5, then 4)."), "{}", of(400.0));
        let none = change(&words, since, &SeriesStep::Changed(Incomparable::Cap(1, 2)), None);
        assert_eq!(none, "No trend since 2025-Q1: the cap was 1 and then 2, so another part was cut off.");
        assert_eq!(change(&words, since, &SeriesStep::Nothing, None), "Nothing to compare with.");
    }

    #[test]
    fn in_every_language_the_smaller_end_comes_first() {
        let since: Period = "2025-Q1".parse().unwrap();
        let same = SeriesStep::Same { by_week: None, note: None };
        for lang in Lang::ALL {
            let words = Labels::new(Text::new(lang), Vec::new());
            for later in [700.0, 300.0] {
                let said = change(&words, since, &same, Some(&difference((500.0, 30.0), (later, 40.0))));
                let (low, high) = (said.find("102").unwrap(), said.find("298").unwrap());
                assert!(low < high, "{lang:?}: {said}");
            }
        }
    }
}
