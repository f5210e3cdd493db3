//! Which periods take tallies, and what is needed to seal one.
//!
//! Guarantee: nothing in here opens a row.

use std::sync::{Arc, PoisonError, RwLock};

use crate::crypto::{PeriodKeys, Sealer};
use crate::domain::{Period, Week};
use crate::policy::Programme;

/// One period that takes tallies.
pub struct OpenPeriod {
    /// Which.
    pub period: Period,
    /// The programme it was opened with.
    pub programme: Arc<Programme>,
    /// Pseudonyms and row keys.
    pub keys: PeriodKeys,
    /// Seals rows.
    pub sealer: Sealer,
}

/// The periods that take tallies, oldest first.
#[derive(Default)]
pub struct OpenPeriods {
    all: RwLock<Vec<Arc<OpenPeriod>>>,
    keyless: RwLock<Option<Period>>,
}

impl OpenPeriods {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<OpenPeriod>> {
        self.all.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The one that `week` belongs to.
    #[must_use]
    pub fn of_week(&self, week: Week) -> Option<Arc<OpenPeriod>> {
        self.all().into_iter().find(|open| open.period.index_of(week).is_some())
    }

    /// The current period, where it takes no tallies because its key was not given.
    #[must_use]
    pub fn keyless(&self) -> Option<Period> {
        *self.keyless.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whether the current period waits for its key.
    pub fn set_keyless(&self, period: Option<Period>) {
        *self.keyless.write().unwrap_or_else(PoisonError::into_inner) = period;
    }

    /// Starts taking tallies for a period.
    pub fn add(&self, open: OpenPeriod) {
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        all.retain(|other| other.period != open.period);
        all.push(Arc::new(open));
        all.sort_by_key(|open| open.period);
    }

    /// Stops taking tallies for a period.
    pub fn remove(&self, period: Period) {
        self.all.write().unwrap_or_else(PoisonError::into_inner).retain(|open| open.period != period);
    }
}
