//! What came in, before it is held against a programme.
//!
//! Guarantee: every reader (JSON body, form, sheet) ends in this one type, so
//! that one set of checks serves all of them.

use std::collections::BTreeMap;

use super::problem::{Fault, FieldProblem};
use crate::domain::printable;
use crate::domain::typed::{ascii_digit, is_spacing};

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
        let text = text.trim_matches(is_spacing);
        if text.is_empty() {
            return Self::Blank;
        }
        let digits: Option<String> = text.chars().map(ascii_digit).collect();
        digits.map_or(Self::Other, |d| d.parse().map_or(Self::Whole(u64::MAX), Self::Whole))
    }
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
    pub fn note(&mut self, field: &str, problem: Fault) {
        self.problems.push(FieldProblem { field: printable::start(field, 60), problem });
    }
}
