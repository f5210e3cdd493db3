//! What was looked at, and what was found.

use serde::{Deserialize, Serialize};

/// One thing that is not as the policy says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanFinding {
    /// The check that found it.
    pub check: String,
    /// File inside DATA (or as it was named), or the part of the store.
    pub at: String,
    /// Byte in the file, where it is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub offset: Option<u64>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    #[serde(rename = "do")]
    pub advice: String,
}

impl ScanFinding {
    /// A finding without an offset.
    #[must_use]
    pub fn new(check: &str, at: impl Into<String>, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check: check.to_owned(), at: at.into(), offset: None, what: what.into(), advice: advice.into() }
    }
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScanState {
    /// Nothing was found.
    Ok,
    /// Something was found.
    Found,
    /// Not looked at, and why stands beside it.
    NotLooked,
}

/// One check, with what it shows and what it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScanCheck {
    /// Its name.
    pub name: &'static str,
    /// How it ended.
    pub state: ScanState,
    /// What it shows, or why it was not made.
    pub shows: String,
    /// What it does not show.
    pub not: String,
}

impl ScanCheck {
    /// A check whose findings are among `findings`.
    #[must_use]
    pub fn of(name: &'static str, findings: &[ScanFinding], shows: impl Into<String>, not: impl Into<String>) -> Self {
        let found = findings.iter().any(|finding| finding.check == name);
        let state = if found { ScanState::Found } else { ScanState::Ok };
        Self { name, state, shows: shows.into(), not: not.into() }
    }

    /// A check that was not made.
    #[must_use]
    pub fn skipped(name: &'static str, why: impl Into<String>) -> Self {
        Self { name, state: ScanState::NotLooked, shows: why.into(), not: String::new() }
    }
}
