//! Which periods take tallies, and what is needed to seal one.
//!
//! Guarantee: nothing in here opens a row.
//! Callers: period (opens and closes), intake (reads).

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
pub struct OpenPeriods(RwLock<Vec<Arc<OpenPeriod>>>);

impl OpenPeriods {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<OpenPeriod>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The one that `week` belongs to.
    #[must_use]
    pub fn of_week(&self, week: Week) -> Option<Arc<OpenPeriod>> {
        self.all().into_iter().find(|open| open.period.index_of(week).is_some())
    }

    /// Starts taking tallies for a period.
    pub fn add(&self, open: OpenPeriod) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.retain(|other| other.period != open.period);
        all.push(Arc::new(open));
        all.sort_by_key(|open| open.period);
    }

    /// Stops taking tallies for a period.
    pub fn remove(&self, period: Period) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).retain(|open| open.period != period);
    }
}
