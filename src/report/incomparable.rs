//! Why figures are not added or compared, and what a reader should know of the rest.
//!
//! Guarantee: in files for programs these are English sentences with ids; on a
//! page they are in its language, with its labels.

use std::fmt;

use serde::{Serialize, Serializer};

use super::labels::Labels;
use crate::domain::{Identifier, Period, PrivacyUnit};

/// A reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// These periods lack the measure.
    NotCounted(Vec<Period>),
    /// The period at hand lacks it.
    NotCountedHere,
    /// Counted by one thing and then by another.
    Units(String, Period, String, Period),
    /// Counted by something else in the period at hand.
    Unit(String),
    /// A table by weeks.
    Week,
    /// These periods lack the table.
    NoTable(Vec<Period>),
    /// Categories differ between two periods.
    Categories(Period, Period),
    /// They differ in the step at hand.
    CategoriesHere,
    /// The cap changed.
    Cap(u32, u32),
    /// The unit that the cap is for changed.
    CapUnit(PrivacyUnit, PrivacyUnit),
    /// A cap for the whole period, and periods of so many weeks.
    Length(usize, usize),
}

/// Something that changed, and does not stand in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caveat {
    /// A measure's cap.
    Cap(Identifier, (u32, Period), (u32, Period)),
    /// The protected unit.
    Unit((PrivacyUnit, Period), (PrivacyUnit, Period)),
    /// The programme's name.
    Programme((String, Period), (String, Period)),
    /// Categories of another table.
    Ground(Vec<Identifier>),
}

impl Incomparable {
    /// The reason in the words of a page.
    pub(super) fn say(&self, words: &Labels) -> String {
        let t = words.text;
        match self {
            Self::NotCounted(periods) => t.why_not_counted(list(periods)),
            Self::NotCountedHere => t.why_not_counted_here(),
            Self::Units(first, before, second, after) => {
                t.why_units(after.to_string(), before.to_string(), first, second)
            }
            Self::Unit(unit) => t.why_unit(unit),
            Self::Week => t.why_week(),
            Self::NoTable(periods) => t.why_no_table(list(periods)),
            Self::Categories(before, after) => t.why_categories(after.to_string(), before.to_string()),
            Self::CategoriesHere => t.why_categories_here(),
            Self::Cap(first, second) => t.why_cap(first, second),
            Self::CapUnit(first, second) => t.why_cap_unit(words.protected(*first), words.protected(*second)),
            Self::Length(first, second) => t.why_length(first.to_string(), second.to_string()),
        }
    }
}

impl Caveat {
    /// The note in the words of a page.
    pub(super) fn say(&self, words: &Labels) -> String {
        let t = words.text;
        let at = |period: &Period| period.to_string();
        match self {
            Self::Cap(id, (first, before), (second, after)) => {
                t.note_cap(at(after), at(before), first, words.measure(id), second)
            }
            Self::Unit((first, before), (second, after)) => {
                t.note_unit(at(after), at(before), words.protected(*first), words.protected(*second))
            }
            Self::Programme((first, before), (second, after)) => t.note_programme(at(after), at(before), first, second),
            Self::Ground(by) => t.note_ground(words.by(by)),
        }
    }
}

impl fmt::Display for Incomparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(&Labels::plain()))
    }
}

impl fmt::Display for Caveat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(&Labels::plain()))
    }
}

impl Serialize for Incomparable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Caveat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn list(periods: &[Period]) -> String {
    periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
