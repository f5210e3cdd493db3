//! What came in, before it is held against a programme.
//!
//! Guarantee: every reader (JSON body, form, sheet) ends in this one type, so
//! that one set of checks serves all of them.
//! Callers: `body`, `form`, `sheet` make it; `check` reads it.

use std::collections::BTreeMap;

use super::problem::{FieldProblem, Problem};
use crate::domain::printable;

/// A count as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawCount {
    /// Not filled in.
    Blank,
    /// A whole number.
    Whole(u64),
    /// Negative, fractional, or no number.
    Other,
}

impl RawCount {
    /// Reads typed text; digits of any Unicode decimal script are taken.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::Blank;
        }
        let digits: Option<String> = text.chars().map(ascii_digit).collect();
        digits.map_or(Self::Other, |d| d.parse().map_or(Self::Whole(u64::MAX), Self::Whole))
    }
}

/// Reads 0–9 and the Arabic-Indic (U+0660) and Persian (U+06F0) digits.
fn ascii_digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// A tally as it came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The week's text, empty where it was left out.
    pub week: String,
    /// Dimension → category, as written.
    pub categories: BTreeMap<String, String>,
    /// Measure → count, as written.
    pub counts: BTreeMap<String, RawCount>,
    /// What the reader itself found wrong.
    pub problems: Vec<FieldProblem>,
}

impl Draft {
    /// Notes a problem with a field; its name is cut to 60 printable characters.
    pub fn note(&mut self, field: &str, problem: Problem) {
        self.problems.push(FieldProblem { field: printable::start(field, 60), problem });
    }
}
