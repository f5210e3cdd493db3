//! One line of the doctor's: what was looked at, what was found, what to do.

use serde::Serialize;

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) enum Level {
    /// As it should be.
    #[serde(rename = "ok")]
    Ok,
    /// Somebody should think about it.
    #[serde(rename = "look at this")]
    Look,
    /// Not to be run like this.
    #[serde(rename = "stop")]
    Stop,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct DoctorFinding {
    /// What was looked at, in a word or two.
    pub(super) check: &'static str,
    /// How it stands.
    pub(super) level: Level,
    /// What was found.
    pub(super) found: String,
    /// What to do, unless it is as it should be.
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    pub(super) advice: Option<String>,
}

impl DoctorFinding {
    pub(super) fn ok(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, level: Level::Ok, found: found.into(), advice: None }
    }

    pub(super) fn look(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, level: Level::Look, found: found.into(), advice: Some(advice.into()) }
    }

    pub(super) fn stop(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, level: Level::Stop, found: found.into(), advice: Some(advice.into()) }
    }

    /// For people: one line, and one more with what to do.
    pub(super) fn text(&self) -> String {
        let level = match self.level {
            Level::Ok => "ok",
            Level::Look => "look at this",
            Level::Stop => "stop",
        };
        let advice = self.advice.as_ref().map_or_else(String::new, |advice| format!("\n{:14}→ {advice}", ""));
        format!("{level:<12}  {}: {}{advice}", self.check, self.found)
    }
}
