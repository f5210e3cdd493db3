//! What should be true, kept by other means than the program's: plain maps, no keys, no bytes.
use std::collections::{BTreeMap, BTreeSet};

use peertally::domain::{Period, PeriodKind, Week};

pub const AREAS: [&str; 6] = ["harbour", "north", "centre", "east", "south", "west"];
pub const SETTINGS: [&str; 5] = ["street", "van", "fixed-site", "night-round", "home-visit"];

/// A receipt of a card: positions.
pub type Key = (usize, u64);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tally {
    pub week: String,
    pub area: usize,
    pub setting: usize,
    pub contacts: u64,
    pub syringes: Option<u64>,
}

/// How a request should end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    New,
    Same,
    Withdrawn,
    Spent,
    Unknown,
    WeekClosed,
    CardRefused,
}

#[derive(Default)]
pub struct Model {
    pub open: BTreeSet<Period>,
    /// What stands, by the receipt.
    pub live: BTreeMap<Key, Tally>,
    /// Withdrawn receipts, and the periods that were open then.
    pub spent: BTreeMap<Key, BTreeSet<Period>>,
    /// What was in a period that has closed.
    pub counted: BTreeMap<Key, Tally>,
    /// Paper tallies: label and tally, and how many equal ones.
    pub paper: BTreeMap<(String, Tally), u64>,
    pub revoked: BTreeSet<usize>,
    /// Receipts used for a card and week: the hourly rate is not to be met.
    pub used: BTreeMap<(usize, String), u32>,
}

pub fn period_of(week: &str) -> Period {
    Period::of(week.parse::<Week>().unwrap(), PeriodKind::Month)
}

impl Model {
    /// This week and the two before, where their period is open.
    pub fn open_weeks(&self, this: Week) -> Vec<String> {
        let weeks = [this, this.back(1), this.back(2)].map(|week| week.to_string());
        weeks.into_iter().filter(|week| self.open.contains(&period_of(week))).collect()
    }

    pub fn put(&mut self, (card, n): Key, tally: &Tally, open_weeks: &[String]) -> End {
        if self.revoked.contains(&card) {
            return End::CardRefused;
        }
        if !open_weeks.contains(&tally.week) {
            return End::WeekClosed;
        }
        if self.is_spent(&(card, n)) {
            return End::Spent;
        }
        match self.live.insert((card, n), tally.clone()) {
            Some(_) => End::Same,
            None => End::New,
        }
    }

    pub fn withdraw(&mut self, (card, n): Key) -> End {
        if self.revoked.contains(&card) {
            return End::CardRefused;
        }
        if self.live.remove(&(card, n)).is_none() {
            return End::Unknown;
        }
        self.spent.insert((card, n), self.open.clone());
        End::Withdrawn
    }

    /// A mark stands in each period that was open, until that closes.
    pub fn is_spent(&self, key: &Key) -> bool {
        self.spent.get(key).is_some_and(|marks| !marks.is_disjoint(&self.open))
    }

    /// Takes a sheet; answers how many of its rows are new.
    pub fn import(&mut self, rows: &[(String, Tally)]) -> u64 {
        let mut file: BTreeMap<&(String, Tally), u64> = BTreeMap::new();
        for row in rows {
            *file.entry(row).or_default() += 1;
        }
        let mut added = 0;
        for (row, number) in file {
            let there = self.paper.entry(row.clone()).or_default();
            added += number.saturating_sub(*there);
            *there = number.max(*there);
        }
        added
    }

    /// Everything that a period's release must add up to; the period is then closed.
    pub fn close(&mut self, period: Period) -> Vec<Tally> {
        self.open.remove(&period);
        let mut tallies = Vec::new();
        let mut units: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
        let mut count = |unit: String, tally: &Tally| {
            let sums = units.entry((unit, tally.week.clone())).or_default();
            *sums = (sums.0 + tally.contacts, sums.1 + tally.syringes.unwrap_or(0));
            tallies.push(tally.clone());
        };
        let here = |tally: &Tally| period_of(&tally.week) == period;
        let of_live = self.live.iter().filter(|(_, tally)| here(tally));
        self.counted.extend(of_live.map(|(key, tally)| (*key, tally.clone())));
        for (key, tally) in self.live.iter().filter(|(_, tally)| here(tally)) {
            count(format!("card {}", key.0), tally);
        }
        self.live.retain(|_, tally| !here(tally));
        for ((label, tally), number) in self.paper.iter().filter(|((_, tally), _)| here(tally)) {
            (0..*number).for_each(|_| count(label.clone(), tally));
        }
        self.paper.retain(|(_, tally), _| !here(tally));
        assert!(units.values().all(|(c, s)| *c <= 120 && *s <= 900), "the test itself met a cap");
        tallies
    }
}
