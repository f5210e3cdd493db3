//! Why a tally is not taken, in the language of the page.
//!
//! Guarantee: in English the words are those of the API.

use crate::domain::receipt::ReceiptError;
use crate::domain::{CodeError, Week};
use crate::intake::{Fault, Rejection};
use crate::locale::Text;

/// What a page says about a refusal.
pub(in crate::web) struct RefusalText {
    pub headline: String,
    /// The cause, as the API names it.
    pub code: &'static str,
    /// Field, as the API names it, and what is wrong with it.
    pub fields: Vec<(String, String)>,
}

impl RefusalText {
    /// The words for a refusal.
    pub(in crate::web) fn new(rejection: &Rejection, t: Text) -> Self {
        let (title, detail) = words(rejection, t);
        let fields = match (rejection, rejection.field()) {
            (Rejection::Invalid(found), _) => found.iter().map(|f| (f.field.clone(), fault(&f.problem, t))).collect(),
            (_, Some(field)) => vec![(field.to_owned(), detail.clone())],
            (_, None) => Vec::new(),
        };
        // Where each field says what is wrong with it, the headline need not.
        let headline = if fields.is_empty() { capital(&detail) } else { title };
        Self { headline, code: rejection.code(), fields }
    }

    /// What is wrong with one field, or nothing.
    pub(in crate::web) fn with(&self, field: &str) -> String {
        let found = self.fields.iter().find(|(name, _)| name == field);
        found.map_or_else(String::new, |(_, detail)| detail.clone())
    }
}

/// Title and sentence.
fn words(rejection: &Rejection, t: Text) -> (String, String) {
    match rejection {
        Rejection::Unreadable(_) => (t.refused_unreadable_title(), t.refused_unreadable()),
        Rejection::Repeated(name) => (t.refused_repeated_title(), t.refused_repeated(name)),
        Rejection::Invalid(_) => (t.refused_invalid_title(), t.refused_invalid()),
        Rejection::CardRefused => (t.refused_card_title(), t.refused_card()),
        Rejection::WeekClosed(open) if open.is_empty() => (t.refused_week_title(), t.refused_week_none()),
        Rejection::WeekClosed(open) => (t.refused_week_title(), t.refused_week(list(open))),
        Rejection::NoKey(period, open) => {
            let why = t.form_no_key(period.to_string());
            let also = if open.is_empty() { t.refused_no_key_none(why) } else { t.refused_no_key(list(open), why) };
            (t.refused_week_title(), also)
        }
        Rejection::PeriodClosed(open) if open.is_empty() => (t.refused_period_title(), t.refused_period_none()),
        Rejection::PeriodClosed(open) => (t.refused_period_title(), t.refused_period(list(open))),
        Rejection::Withdrawn => (t.refused_withdrawn_title(), t.refused_withdrawn()),
        Rejection::RateLimited(limit) => (t.refused_rate_title(), t.refused_rate(*limit)),
        Rejection::NotFound => (t.refused_none_title(), t.refused_none()),
        Rejection::Busy => (t.refused_unavailable_title(), t.refused_busy()),
        Rejection::Unavailable => (t.refused_unavailable_title(), t.refused_unavailable()),
    }
}

fn list(weeks: &[Week]) -> String {
    weeks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn fault(fault: &Fault, t: Text) -> String {
    match fault {
        Fault::Missing => t.problem_missing(),
        Fault::NotText => t.problem_not_text(),
        Fault::NotObject => t.problem_not_object(),
        Fault::UnknownField => t.problem_unknown_field(),
        Fault::UnknownCategory(list) => t.problem_unknown_category(list),
        Fault::NoCount => t.problem_no_count(),
        Fault::NotWhole(max) => t.problem_not_whole(max),
        Fault::TooLarge(max) => t.problem_too_large(max),
        Fault::Week(_) => t.problem_week(),
        Fault::Receipt(ReceiptError::Length) => t.problem_receipt_length(),
        Fault::Receipt(ReceiptError::Check) => t.problem_receipt_check(),
        Fault::Card(CodeError::Length) => t.problem_card_length(),
        Fault::Card(CodeError::Symbol) => t.problem_card_symbol(),
        Fault::Card(CodeError::Check) => t.problem_card_check(),
        // A card code where a stub's is needed does not come up where cards are typed.
        Fault::Card(CodeError::Stub | CodeError::Card) => t.problem_card_stub(),
    }
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    #[test]
    fn in_english_pages_and_api_say_the_same() {
        let t = Text::new(Lang::En);
        let faults = [
            Fault::Missing,
            Fault::NotText,
            Fault::NotObject,
            Fault::UnknownField,
            Fault::UnknownCategory("north, south".to_owned()),
            Fault::NoCount,
            Fault::NotWhole(50),
            Fault::TooLarge(50),
            Fault::Receipt(ReceiptError::Length),
            Fault::Receipt(ReceiptError::Check),
            Fault::Card(CodeError::Length),
            Fault::Card(CodeError::Symbol),
            Fault::Card(CodeError::Check),
            Fault::Card(CodeError::Stub),
        ];
        for one in faults {
            assert_eq!(fault(&one, t), one.to_string());
        }
        let weeks = vec!["2026-W47".parse().unwrap(), "2026-W46".parse().unwrap()];
        let refusals = [
            Rejection::repeated("contacts"),
            Rejection::Invalid(Vec::new()),
            Rejection::CardRefused,
            Rejection::WeekClosed(weeks),
            Rejection::WeekClosed(Vec::new()),
            Rejection::NoKey("2026-Q4".parse().unwrap(), vec!["2026-W39".parse().unwrap()]),
            Rejection::NoKey("2026-Q4".parse().unwrap(), Vec::new()),
            Rejection::PeriodClosed(vec!["2026-W47".parse().unwrap()]),
            Rejection::PeriodClosed(Vec::new()),
            Rejection::Withdrawn,
            Rejection::RateLimited(30),
            Rejection::NotFound,
            Rejection::Busy,
            Rejection::Unavailable,
        ];
        for one in refusals {
            assert_eq!(words(&one, t).1, one.to_string());
            assert_eq!(words(&one, t).0, crate::web::problem::Problem::from(one).title());
        }
    }
}
