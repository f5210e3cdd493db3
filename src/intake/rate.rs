//! How many new tallies one card may send within an hour.
//!
//! Guarantee: what a card is answered depends on nothing that it sent more than
//! an hour ago, nor on week or period: whoever holds the card cannot learn by it
//! in which weeks somebody worked. Counted by the minute of the program's running
//! time, under a key made at start and never stored.
//! Non-guarantee: what a card sent within the last hour shows; a restart forgives it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::crypto::CryptoError;
use crate::crypto::pseudonym::RateKey;
use crate::domain::CardCode;

/// How many minutes count: the one that runs, and those before it. So an hour is never passed.
const MINUTES: u64 = 60;

/// New tallies of the last hour, in memory only.
pub struct HourlyRate {
    key: RateKey,
    counters: Mutex<Counters>,
}

#[derive(Default)]
struct Counters {
    /// By keyed hash of the card: in which minutes it sent new tallies, and how many, oldest first.
    cards: HashMap<[u8; 16], VecDeque<(u64, u32)>>,
    /// The minute in which old ones were last forgotten.
    looked: u64,
}

/// One card's counter in one minute.
#[derive(Clone, Copy)]
pub struct Counter {
    name: [u8; 16],
    minute: u64,
}

impl HourlyRate {
    /// Fresh counters under a fresh key.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`].
    pub fn new() -> Result<Self, CryptoError> {
        Ok(Self { key: RateKey::new()?, counters: Mutex::default() })
    }

    /// The counter of a card; `running` is how long the program has been running.
    #[must_use]
    pub fn counter(&self, card: &CardCode, running: Duration) -> Counter {
        Counter { name: self.key.counter(card), minute: minute(running) }
    }

    /// Counts one up where the limit allows it, and runs `submit` with whether it did,
    /// before anybody else can count: the queue's order is then the order of counting.
    pub fn reserve<T>(&self, counter: Counter, limit: u32, submit: impl FnOnce(bool) -> T) -> (bool, T) {
        let mut counters = self.counters();
        counters.forget_before(counter.minute);
        let minutes = counters.cards.entry(counter.name).or_default();
        let granted = minutes.iter().map(|(_, number)| number).sum::<u32>() < limit;
        if granted {
            match minutes.back_mut().filter(|(minute, _)| *minute == counter.minute) {
                Some((_, number)) => *number += 1,
                None => minutes.push_back((counter.minute, 1)),
            }
        }
        (granted, submit(granted))
    }

    /// Takes a reservation back: the tally was not a new one.
    pub fn give_back(&self, counter: Counter) {
        let mut counters = self.counters();
        let Some(minutes) = counters.cards.get_mut(&counter.name) else { return };
        if let Some((_, number)) = minutes.iter_mut().find(|(minute, _)| *minute == counter.minute) {
            *number = number.saturating_sub(1);
        }
        minutes.retain(|(_, number)| *number > 0);
        if minutes.is_empty() {
            counters.cards.remove(&counter.name);
        }
    }

    /// Forgets what is older than an hour, also where nobody sends.
    pub fn look(&self, running: Duration) {
        self.counters().forget_before(minute(running));
    }

    fn counters(&self) -> MutexGuard<'_, Counters> {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counters {
    /// Once a minute: it goes through all cards.
    fn forget_before(&mut self, now: u64) {
        if now == self.looked {
            return;
        }
        self.looked = now;
        self.cards.retain(|_, minutes| {
            minutes.retain(|(minute, _)| minute + MINUTES > now);
            !minutes.is_empty()
        });
    }
}

fn minute(running: Duration) -> u64 {
    running.as_secs() / 60
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::pseudonym::new_card;

    fn at(minutes: u64) -> Duration {
        Duration::from_secs(minutes * 60)
    }

    fn send(rate: &HourlyRate, card: &CardCode, running: Duration) -> bool {
        rate.reserve(rate.counter(card, running), 3, |granted| granted).0
    }

    #[test]
    fn nothing_older_than_an_hour_counts() {
        let rate = HourlyRate::new().unwrap();
        let [card, other] = [(); 2].map(|()| new_card().unwrap());
        assert!(send(&rate, &card, at(5)) && send(&rate, &card, at(5)) && send(&rate, &card, at(30)));
        for minute in [30, 45, 64] {
            assert!(!send(&rate, &card, at(minute) + Duration::from_secs(59)), "{minute}");
        }
        assert!(send(&rate, &other, at(64)), "another card");
        // An hour after the first two, they are as if they had never been; the third still counts.
        assert!(send(&rate, &card, at(65)) && send(&rate, &card, at(65)) && !send(&rate, &card, at(65)));
        rate.look(at(124));
        assert_eq!(rate.counters().cards.len(), 1);
        rate.look(at(125));
        assert!(rate.counters().cards.is_empty(), "nothing is left to be found");
    }

    #[test]
    fn what_was_no_new_tally_is_given_back_in_its_own_minute() {
        let rate = HourlyRate::new().unwrap();
        let card = new_card().unwrap();
        let first = rate.counter(&card, at(1));
        assert!(rate.reserve(first, 3, |granted| granted).1);
        assert!(send(&rate, &card, at(2)) && send(&rate, &card, at(2)) && !send(&rate, &card, at(2)));
        rate.give_back(first);
        assert!(send(&rate, &card, at(2)) && !send(&rate, &card, at(3)));
        // Given back late, when it is forgotten already: nothing happens.
        rate.look(at(200));
        rate.give_back(first);
        assert!(rate.counters().cards.is_empty());
    }
}
