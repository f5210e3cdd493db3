//! Whole numbers as a language groups them.
//!
//! Digits are 0–9 in every language, as on cards and receipts; typed digits of
//! other scripts are read by the form.

use super::Lang;

/// What stands between groups of three, and from how many digits on (CLDR).
fn grouping(lang: Lang) -> (char, usize) {
    match lang {
        Lang::En | Lang::Ar => (',', 4),
        Lang::De | Lang::Nl => ('.', 4),
        Lang::Es => ('.', 5),
        Lang::Pt => ('\u{a0}', 5),
        Lang::Fr => ('\u{202f}', 4),
    }
}

/// The number, grouped.
pub(super) fn grouped(lang: Lang, number: u64) -> String {
    grouped_digits(lang, &number.to_string())
}

/// The digits of a whole number, grouped.
pub(super) fn grouped_digits(lang: Lang, digits: &str) -> String {
    let (separator, from) = grouping(lang);
    if digits.len() < from {
        return digits.to_owned();
    }
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// What stands before decimals (CLDR).
pub(super) fn decimal_sign(lang: Lang) -> char {
    match lang {
        Lang::En | Lang::Ar => '.',
        Lang::De | Lang::Nl | Lang::Es | Lang::Pt | Lang::Fr => ',',
    }
}
