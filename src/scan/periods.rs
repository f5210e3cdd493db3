//! Where the periods stand, from the public log.

use std::collections::BTreeMap;
use std::path::Path;

use crate::domain::Period;
use crate::log::{self, Ledger, PeriodState, PublicLog};

/// What the log says of periods, and of its own files.
#[derive(Clone, Debug, Default)]
pub struct Periods {
    states: BTreeMap<Period, PeriodState>,
    /// Entries in the log.
    pub size: u64,
}

impl Periods {
    /// From a ledger.
    #[must_use]
    pub fn of(ledger: &Ledger, size: u64) -> Self {
        Self { states: ledger.periods().map(|(period, view)| (period, view.state)).collect(), size }
    }

    /// Whether rows of this period may lie in the store: it was opened and is not shredded.
    #[must_use]
    pub fn may_have_rows(&self, period: Period) -> bool {
        self.states.get(&period).is_some_and(|state| !matches!(state, PeriodState::Shredded { .. }))
    }

    /// Whether the log says that the period's keys are destroyed.
    #[must_use]
    pub fn is_shredded(&self, period: Period) -> bool {
        self.states.get(&period).is_some_and(|state| matches!(state, PeriodState::Shredded { .. }))
    }
}

/// Reads and verifies the log in `public`, with the key that lies beside it.
///
/// # Errors
/// What does not fit, in words.
pub fn read(public: &Path) -> Result<Periods, String> {
    let key = std::fs::read_to_string(public.join("log-key.txt"))
        .map_err(|error| format!("public/log-key.txt cannot be read ({error})"))?;
    let key = key.trim().parse().map_err(|_| "public/log-key.txt holds no key".to_owned())?;
    let log = PublicLog::read(&log::DirSource(public.join("log")), &key).map_err(|error| error.to_string())?;
    Ok(Periods::of(log.ledger(), log.size()))
}
