//! What a crowd's phones send: tallies, second thoughts, repeats, and bursts after hours without a network.
//!
//! Guarantee: the same seed makes the same requests with the same receipts, whatever becomes of them.
//! Non-guarantee: such receipts can be guessed; real phones draw theirs.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use super::{Crowd, ProgrammeOutline};
use crate::domain::{Receipt, Week};
use crate::intake::draft::Draft;

/// One request of a phone.
#[derive(Clone)]
pub enum Ask {
    /// Sends a tally, or its correction.
    Put(Draft),
    /// Sends the same again, as a phone does that has seen no answer.
    Again(Draft),
    /// Withdraws it.
    Withdraw,
}

/// Everything about one tally, in order.
pub struct TallyStory {
    /// Position of the card.
    pub phone: usize,
    /// The tally's receipt.
    pub receipt: Receipt,
    /// What is sent, one after the other.
    pub asks: Vec<Ask>,
}

/// The stories of `phones` phones for some weeks, at most `most`, in an order in which the tallies that
/// gathered on an offline phone stand together.
#[must_use]
pub fn stories(shape: ProgrammeOutline, phones: u32, weeks: &[Week], most: usize, seed: u64) -> Vec<TallyStory> {
    let mut crowd = Crowd::new(shape, phones, seed);
    let mut random = StdRng::seed_from_u64(seed ^ 0x70_686f_6e65);
    let mut heaps: Vec<Vec<TallyStory>> = Vec::new();
    // All of it is sent within minutes.
    let limit = crowd.shape.tallies_per_hour;
    let mut sent = std::collections::BTreeMap::<usize, u32>::new();
    for week in weeks {
        let mut last = None;
        let mut offline = false;
        for (phone, draft) in crowd.week(*week) {
            let sent = sent.entry(phone).or_default();
            if *sent == limit {
                continue;
            }
            *sent += 1;
            if last != Some(phone) {
                offline = random.random_bool(0.2);
                heaps.push(Vec::new());
            } else if !offline {
                heaps.push(Vec::new());
            }
            last = Some(phone);
            if let Some(heap) = heaps.last_mut() {
                heap.push(story(phone, draft, &mut random));
            }
        }
    }
    heaps.shuffle(&mut random);
    let mut stories: Vec<TallyStory> = heaps.into_iter().flatten().collect();
    stories.truncate(most);
    stories
}

fn story(phone: usize, draft: Draft, random: &mut StdRng) -> TallyStory {
    let receipt = Receipt::from_digits(std::array::from_fn(|_| random.random_range(0..10)));
    let mut asks = vec![Ask::Put(draft.clone())];
    if random.random_bool(0.08) {
        asks.push(Ask::Again(draft.clone()));
    }
    if random.random_bool(0.1) {
        let mut corrected = draft;
        // The last box was filled in by mistake; the first is always there.
        if corrected.counts.len() > 1 {
            corrected.counts.pop_last();
        }
        asks.push(Ask::Put(corrected));
    }
    if random.random_bool(0.05) {
        asks.push(Ask::Withdraw);
    }
    TallyStory { phone, receipt, asks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::embedded;

    #[test]
    fn the_same_seed_sends_the_same() {
        let programme = embedded::programme().unwrap();
        let weeks = ["2025-W03".parse().unwrap(), "2025-W04".parse().unwrap()];
        let of = |seed| stories(ProgrammeOutline::from(&programme), 30, &weeks, 100, seed);
        let same = |a: &[TallyStory], b: &[TallyStory]| {
            let receipts = |list: &[TallyStory]| list.iter().map(|s| s.receipt.to_string()).collect::<Vec<_>>();
            receipts(a) == receipts(b)
        };
        let all = of(5);
        assert!(same(&all, &of(5)) && !same(&all, &of(6)));
        assert_eq!(all.len(), 100);
        let weeks: Vec<_> = (1..52).map(|week| format!("2025-W{week:02}").parse().unwrap()).collect();
        let long = stories(ProgrammeOutline::from(&programme), 5, &weeks, 10_000, 5);
        let of_one = |phone| long.iter().filter(|story| story.phone == phone).count();
        assert_eq!((0..5).map(of_one).collect::<Vec<_>>(), [30; 5], "no phone is turned away for sending too much");
        let any = |wanted: fn(&Ask) -> bool| all.iter().flat_map(|s| &s.asks).any(wanted);
        assert!(any(|a| matches!(a, Ask::Again(_))) && any(|a| matches!(a, Ask::Withdraw)));
        assert!(all.windows(3).any(|w| w.iter().all(|s| s.phone == w[0].phone)), "no burst");
    }
}
