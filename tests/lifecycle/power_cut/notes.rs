//! What the load wrote down: what it was about to ask, and what was acknowledged.
//!
//! A line ends in `?` before the question is asked, in `!` once the answer of
//! success is there, in `-` after a refusal. Everything a check needs follows
//! from the numbers: cards, receipts and paper tallies are made from them.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "a part of one test")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{Arc, Mutex};

use peertally::domain::{CardCode, Counts, Period, Receipt, Week};
use peertally::intake::Tally;
use peertally::intake::draft::{Draft, RawCount};
use peertally::intake::sheet::SheetRow;
use zeroize::Zeroizing;

/// Receipts of one card: fewer than it may send within an hour.
const RECEIPTS_A_CARD: u32 = 15;
/// Rows of one import.
pub const BATCH: u32 = 40;
/// The first card that no tally is sent with.
pub const SPARE_CARDS: u32 = 1_000_000;

pub fn card(number: u32) -> CardCode {
    let [a, b, c, d] = number.to_be_bytes();
    let mut bytes = [7; 19];
    for (slot, nibble) in bytes.iter_mut().zip([a >> 4, a, b >> 4, b, c >> 4, c, d >> 4, d]) {
        *slot = nibble & 15;
    }
    CardCode::from_random(&bytes)
}

pub fn card_of(receipt: u32) -> u32 {
    receipt / RECEIPTS_A_CARD
}

pub fn receipt(number: u32) -> Receipt {
    let mut digits = [0; 15];
    for (slot, digit) in digits.iter_mut().rev().zip(format!("{number:015}").bytes().rev()) {
        *slot = digit - b'0';
    }
    Receipt::from_digits(digits)
}

/// The tally of a receipt in its n-th version.
pub fn draft(week: &str, version: u32) -> Draft {
    let text = |(key, value): (&str, &str)| (key.to_owned(), value.to_owned());
    Draft {
        week: week.to_owned(),
        categories: [("area", "north"), ("setting", "van")].into_iter().map(text).collect(),
        counts: [("contacts".to_owned(), RawCount::Whole(u64::from(version)))].into(),
        problems: Vec::new(),
    }
}

/// The rows of a paper sheet.
pub fn sheet(batch: u32, period: Period) -> Vec<SheetRow> {
    let week: Week = period.weeks()[usize::try_from(batch % 13).unwrap()];
    (0..BATCH)
        .map(|n| {
            let mut counts: Counts = Default::default();
            counts[0] = Some(n);
            let tally = Tally { week, categories: Default::default(), counts };
            SheetRow { label: Zeroizing::new(format!("w{batch}-{n}")), tally, nth: 0 }
        })
        .collect()
}

/// Where a receipt may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Nothing,
    Tally { week: String, version: u32 },
    Withdrawn,
}

/// Something that is so, and what it may be instead because a question is open.
#[derive(Clone, Debug)]
pub struct State<T> {
    pub now: T,
    pub maybe: Vec<T>,
}

impl<T: Clone> State<T> {
    fn of(now: T) -> Self {
        Self { now, maybe: Vec::new() }
    }
    fn line(&mut self, mark: &str, next: T) {
        match mark {
            "?" => self.maybe.push(next),
            "!" => *self = Self::of(next),
            _ => {
                self.maybe.pop();
            }
        }
    }
    pub fn all(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.now).chain(&self.maybe)
    }
}

/// Everything that was written down up to one moment.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    pub ready: bool,
    /// Entries of the log whose append has returned.
    pub logged: u64,
    pub receipts: BTreeMap<u32, State<Fate>>,
    pub imports: BTreeMap<(Period, u32), State<bool>>,
    pub cards: BTreeMap<u32, State<bool>>,
    pub closed: BTreeSet<(Period, String)>,
    pub acknowledged: usize,
}

impl Notes {
    pub fn take(&mut self, text: &str) {
        text.lines().for_each(|line| self.line(line));
    }

    fn line(&mut self, line: &str) {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |at: usize| words[at].parse::<u32>().unwrap();
        let mark = words[1];
        self.acknowledged += usize::from(mark == "!");
        match words[0] {
            "ready" => {
                self.ready = true;
                self.logged = u64::from(number(2));
            }
            "log" if self.ready => self.logged += 1,
            "log" => {}
            "put" => {
                let fate = Fate::Tally { week: words[3].to_owned(), version: number(4) };
                self.receipts.entry(number(2)).or_insert(State::of(Fate::Nothing)).line(mark, fate);
            }
            "withdraw" => {
                self.receipts.entry(number(2)).or_insert(State::of(Fate::Nothing)).line(mark, Fate::Withdrawn);
            }
            "import" => {
                let at = (words[3].parse().unwrap(), number(2));
                self.imports.entry(at).or_insert(State::of(false)).line(mark, true);
            }
            "card" => self.cards.entry(number(2)).or_insert(State::of(false)).line(mark, true),
            "revoke" => self.cards.entry(number(2)).or_insert(State::of(true)).line(mark, false),
            "closed" => {
                self.closed.insert((words[2].parse().unwrap(), words[3].to_owned()));
            }
            other => panic!("a note that says {other}"),
        }
    }
}

/// Writes notes, each with one write.
#[derive(Clone)]
pub struct Pen(Arc<Mutex<std::fs::File>>);

impl Pen {
    pub fn new(path: &std::ffi::OsStr) -> Self {
        Self(Arc::new(Mutex::new(std::fs::File::create(path).unwrap())))
    }
    pub fn note(&self, line: &str) {
        self.0.lock().unwrap().write_all(format!("{line}\n").as_bytes()).unwrap();
    }
}
