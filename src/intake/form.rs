//! Reads the plain form of `POST /`.
//!
//! Guarantee: everything typed is kept, so that the form can be shown again
//! with nothing lost. A field that is sent twice is refused: no page sends one so,
//! and which of the two counts cannot be known.

use std::collections::{BTreeMap, BTreeSet};

use zeroize::Zeroizing;

use super::draft::{Draft, RawCount};
use super::problem::Rejection;
use crate::domain::typed::{ascii_digit, is_spacing};

/// What a form holds.
#[derive(Clone, Default)]
pub struct TallyForm {
    /// The card, as typed.
    pub card: Zeroizing<String>,
    /// The hidden receipt.
    pub receipt: Zeroizing<String>,
    /// The language of the page it was sent from, where it was not the default.
    pub lang: Option<String>,
    /// Every other field, as typed, by its name in the form.
    pub typed: BTreeMap<String, Zeroizing<String>>,
}

impl TallyForm {
    /// Reads an `application/x-www-form-urlencoded` body.
    ///
    /// # Errors
    /// [`Rejection::Unreadable`] for bytes that are not UTF-8 or no form, [`Rejection::Repeated`] for a field sent twice.
    pub fn read(bytes: &[u8]) -> Result<Self, Rejection> {
        let text = std::str::from_utf8(bytes).map_err(|_| Rejection::Unreadable("a form"))?;
        if text.trim_start().starts_with(['{', '[']) {
            return Err(Rejection::Unreadable("a form"));
        }
        let mut form = Self::default();
        let mut seen = BTreeSet::new();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            if !seen.insert(name.clone()) {
                return Err(Rejection::repeated(&name));
            }
            match name.as_ref() {
                "card" => form.card = Zeroizing::new(value.into_owned()),
                "receipt" => form.receipt = Zeroizing::new(receipt(&value)),
                "lang" => form.lang = Some(value.into_owned()),
                _ => {
                    form.typed.insert(name.into_owned(), Zeroizing::new(value.into_owned()));
                }
            }
        }
        Ok(form)
    }

    /// The tally in it.
    #[must_use]
    pub fn draft(&self) -> Draft {
        let mut draft = Draft::default();
        for (name, value) in &self.typed {
            if name == "week" {
                draft.week = value.trim().to_owned();
            } else if let Some(measure) = name.strip_prefix("count.") {
                draft.counts.insert(measure.to_owned(), RawCount::from_text(value));
            } else if !value.trim().is_empty() {
                draft.categories.insert(name.clone(), value.trim().to_owned());
            }
        }
        draft
    }
}

/// A receipt as people write it: in groups, and in the digits of their script.
fn receipt(typed: &str) -> String {
    let kept = typed.chars().filter(|c| !is_spacing(*c) && *c != '-');
    kept.map(|c| ascii_digit(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_scripts_are_read() {
        assert_eq!(RawCount::from_text(" ١٢ "), RawCount::Whole(12));
        assert_eq!(RawCount::from_text("۱۲۰"), RawCount::Whole(120));
        assert_eq!(RawCount::from_text("1.5"), RawCount::Other);
        assert_eq!(RawCount::from_text("-1"), RawCount::Other);
        assert_eq!(RawCount::from_text(""), RawCount::Blank);
        assert_eq!(RawCount::from_text("99999999999999999999999"), RawCount::Whole(u64::MAX));
        // As it is copied from a page that runs from right to left.
        assert_eq!(RawCount::from_text("\u{2068}١٢\u{2069}"), RawCount::Whole(12));
    }

    #[test]
    fn receipts_are_read_as_people_write_them() {
        for typed in [
            "3141592653589795",
            " 3141 5926-5358 9795 ",
            "٣١٤١٥٩٢٦٥٣٥٨٩٧٩٥",
            "۳۱۴۱ ۵۹۲۶ ۵۳۵۸ ۹۷۹۵",
            "\u{2068}3141592653589795\u{2069}",
        ] {
            assert_eq!(receipt(typed), "3141592653589795", "{typed}");
        }
        assert_eq!(receipt("12 ab"), "12ab");
    }

    #[test]
    fn a_field_that_is_sent_twice_is_refused() {
        for body in
            ["card=a&card=b", "lang=fr&week=x&lang=fr", "count.contacts=1&count.contacts=1", "%63ard=a&card=a", "=&="]
        {
            assert!(matches!(TallyForm::read(body.as_bytes()), Err(Rejection::Repeated(_))), "{body}");
        }
        assert!(TallyForm::read(b"card=a&Card=a&card%20=a").is_ok(), "three names");
    }

    #[test]
    fn the_language_is_no_field_of_the_tally() {
        let form = TallyForm::read(b"lang=fr&week=2026-W47&area=north&count.contacts=1").unwrap();
        assert_eq!(form.lang.as_deref(), Some("fr"));
        assert_eq!(form.draft().categories.len(), 1);
    }
}
