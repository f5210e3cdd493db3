//! The unit of privacy: what one release protects as a whole.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What may be added or removed without the release showing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrivacyUnit {
    /// One submission.
    Tally,
    /// All that one card sent for one ISO week.
    WorkerWeek,
    /// All that one card sent in the period.
    WorkerPeriod,
}

impl fmt::Display for PrivacyUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tally => "tally",
            Self::WorkerWeek => "worker-week",
            Self::WorkerPeriod => "worker-period",
        })
    }
}
