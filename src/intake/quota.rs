//! How many new tallies a card may send for one week.
//!
//! Guarantee: counted under a key made at start and never stored, so that no
//! file says how much a card sent. Non-guarantee: a restart forgives.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::crypto::CryptoError;
use crate::crypto::pseudonym::QuotaKey;
use crate::domain::{Period, Pseudonym};

/// Counters of new tallies, in memory only.
pub struct Quota {
    key: QuotaKey,
    counters: Mutex<HashMap<Period, HashMap<[u8; 16], u32>>>,
}

/// One card, period and week.
#[derive(Clone, Copy)]
pub struct Counter {
    period: Period,
    name: [u8; 16],
}

impl Quota {
    /// Fresh counters under a fresh key.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`].
    pub fn new() -> Result<Self, CryptoError> {
        Ok(Self { key: QuotaKey::new()?, counters: Mutex::default() })
    }

    /// The counter of a card's week.
    #[must_use]
    pub fn counter(&self, pseudonym: &Pseudonym, period: Period, week: u8) -> Counter {
        Counter { period, name: self.key.counter(pseudonym, period, week) }
    }

    /// Counts one up where the limit allows it, and runs `submit` with whether it did,
    /// before anybody else can count: the queue's order is then the quota's order.
    pub fn reserve<T>(&self, counter: Counter, limit: u32, submit: impl FnOnce(bool) -> T) -> (bool, T) {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counters.entry(counter.period).or_default().entry(counter.name).or_default();
        let granted = *count < limit;
        if granted {
            *count += 1;
        }
        (granted, submit(granted))
    }

    /// Takes a reservation back: the tally was not a new one.
    pub fn give_back(&self, counter: Counter) {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counters.get_mut(&counter.period).and_then(|period| period.get_mut(&counter.name)) {
            *count = count.saturating_sub(1);
        }
    }

    /// Forgets the counters of a closed period.
    pub fn forget(&self, period: Period) {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner).remove(&period);
    }
}
