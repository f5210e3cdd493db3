//! The queue keys in use: what phones seal waiting tallies to, and what opens them here.
//!
//! Guarantee: a key that was removed is wiped as soon as no request is at work with it.
//! Non-guarantee: which keys exist and for how long is decided in `period::queue`.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::crypto::queue::{QueueKey, QueueKeyId, QueuePublicKey};
use crate::domain::Week;

/// The keys, by the week in which each is offered.
#[derive(Default)]
pub struct QueueKeys(RwLock<BTreeMap<Week, Arc<QueueKey>>>);

impl QueueKeys {
    /// Takes a week's key into use.
    pub fn add(&self, week: Week, key: QueueKey) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(week, Arc::new(key));
    }

    /// Forgets a week's key.
    pub fn remove(&self, week: Week) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&week);
    }

    /// Whether a week has its key.
    #[must_use]
    pub fn has(&self, week: Week) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains_key(&week)
    }

    /// What a phone seals to in this week: its key; before that is made, the one of the week before. A clock that went
    /// back finds none so early, and offers the first of the later ones.
    #[must_use]
    pub fn offered(&self, week: Week) -> Option<QueuePublicKey> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (_, key) = all.range(..=week).next_back().or_else(|| all.first_key_value())?;
        Some(*key.public())
    }

    /// The key of this name.
    #[must_use]
    pub(super) fn find(&self, id: QueueKeyId) -> Option<Arc<QueueKey>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.values().find(|key| key.public().id() == id).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_has_its_own_key_or_the_newest_before_it() {
        let keys = QueueKeys::default();
        let week = |text: &str| text.parse::<Week>().unwrap();
        assert_eq!(keys.offered(week("2026-W10")), None);
        let (first, later) = (QueueKey::generate().unwrap(), QueueKey::generate().unwrap());
        let (a, b) = (*first.public(), *later.public());
        keys.add(week("2026-W10"), first);
        keys.add(week("2026-W12"), later);
        let offered = ["2026-W09", "2026-W10", "2026-W11", "2026-W12", "2027-W01"].map(|w| keys.offered(week(w)));
        assert_eq!(offered, [Some(a), Some(a), Some(a), Some(b), Some(b)]);
        assert!(keys.find(a.id()).is_some_and(|key| *key.public() == a));
        keys.remove(week("2026-W10"));
        assert!(keys.find(a.id()).is_none() && !keys.has(week("2026-W10")) && keys.has(week("2026-W12")));
    }
}
