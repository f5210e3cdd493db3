//! SIGKILL twenty times under load: nothing acknowledged is lost, and each tally is counted once.
//!
//! Four senders put, correct and withdraw tallies with cards and receipts of
//! their own and write down what was acknowledged. What was cut off is
//! repeated until it is. A sender keeps to 20 receipts a card, of at most 6
//! contacts each, so that neither the hourly rate (30) nor the cap (120) bites, and
//! the expected totals are exact. `PEERTALLY_DEEP=1` goes on for ten minutes.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common::life;
use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use crate::common::life::{Dice, estimate};
use crate::common::{Programme, Service, receipt, try_request};
use peertally::domain::{Period, PeriodKind, Week};
use serde_json::json;

const KILLS: usize = 20;
const SENDERS: u64 = 4;
const CARDS_EACH: usize = 40;
const DEEP: Duration = Duration::from_secs(600);
const DEEP_CARDS_EACH: usize = 250;
const RECEIPTS_A_CARD: u64 = 20;
const AREAS: [&str; 6] = ["harbour", "north", "centre", "east", "south", "west"];
const SETTINGS: [&str; 5] = ["street", "van", "fixed-site", "night-round", "home-visit"];

/// What a receipt stands for: a tally, or nothing any more.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Tally { contacts: u32, area: usize },
    Withdrawn,
}

/// One sender, and what it knows.
struct Sender {
    number: u64,
    cards: Vec<String>,
    week: String,
    dice: Dice,
    used: u64,
    acknowledged: BTreeMap<u64, Fate>,
    /// Sent, and no answer came.
    in_flight: Option<(u64, Fate)>,
}

impl Sender {
    fn card(&self, n: u64) -> &str {
        &self.cards[usize::try_from(n / RECEIPTS_A_CARD).unwrap()]
    }

    fn full(&self) -> bool {
        self.used == RECEIPTS_A_CARD * self.cards.len() as u64
    }

    /// Sends one thing and waits for the status.
    fn send(&self, stream: TcpStream, n: u64, fate: Fate) -> std::io::Result<u16> {
        let path = format!("/v1/tallies/{}", receipt(self.number * 1_000_000 + n));
        let bearer = format!("Bearer {}", self.card(n));
        let headers = [("Authorization", bearer.as_str())];
        let answer = match fate {
            Fate::Tally { contacts, area } => {
                let setting = SETTINGS[usize::try_from(n % 5).unwrap()];
                let counts = json!({"contacts": contacts});
                let body = json!({"week": self.week, "area": AREAS[area], "setting": setting, "counts": counts});
                try_request(stream, "PUT", &path, &headers, body.to_string().as_bytes())?
            }
            Fate::Withdrawn => try_request(stream, "DELETE", &path, &headers, b"")?,
        };
        assert!(answer.status < 500, "{}", answer.text());
        Ok(answer.status)
    }

    /// One step of the load: what was cut off first, else something new.
    fn step(&mut self, to: SocketAddr) -> std::io::Result<()> {
        let stream = TcpStream::connect(to)?;
        let repeated = self.in_flight.is_some();
        let (n, fate) = self.in_flight.unwrap_or_else(|| self.choose());
        self.in_flight = Some((n, fate));
        let status = self.send(stream, n, fate)?;
        let expected: &[u16] = match (fate, self.acknowledged.contains_key(&n), repeated) {
            (Fate::Tally { .. }, false, false) => &[201],
            (Fate::Tally { .. }, false, true) => &[200, 201],
            (Fate::Tally { .. }, true, _) => &[200],
            (Fate::Withdrawn, _, false) => &[204],
            (Fate::Withdrawn, _, true) => &[204, 404],
        };
        assert!(expected.contains(&status), "sender {} receipt {n}: {fate:?} answered {status}", self.number);
        self.acknowledged.insert(n, fate);
        self.in_flight = None;
        Ok(())
    }

    fn choose(&mut self) -> (u64, Fate) {
        let fate = Fate::Tally {
            contacts: u32::try_from(1 + self.dice.below(6)).unwrap(),
            area: usize::try_from(self.dice.below(6)).unwrap(),
        };
        let correct = self.dice.below(4) == 0 || self.full();
        if correct && self.used > 0 {
            let n = self.dice.below(self.used);
            if !self.full() && matches!(self.acknowledged.get(&n), Some(Fate::Tally { .. })) {
                return (n, if self.dice.below(5) == 0 { Fate::Withdrawn } else { fate });
            }
        }
        if self.full() {
            // Corrections from here on; the receipts that stand are never few.
            let live = |n: &u64| matches!(self.acknowledged.get(n), Some(Fate::Tally { .. }));
            let from = self.dice.below(self.used);
            let n = (from..self.used).chain(0..from).find(live);
            return (n.unwrap_or_else(|| panic!("more receipts are needed: raise CARDS_EACH")), fate);
        }
        self.used += 1;
        (self.used - 1, fate)
    }

    /// Everything acknowledged is there: the same PUT is the same tally, a withdrawn receipt is spent.
    fn check(&self, to: SocketAddr, every: impl Fn(u64) -> bool) {
        for (n, fate) in self.acknowledged.iter().filter(|(n, _)| every(**n)) {
            let (asked, expected) = match fate {
                Fate::Tally { .. } => (*fate, 200),
                Fate::Withdrawn => (Fate::Tally { contacts: 1, area: 0 }, 409),
            };
            let status = self.send(TcpStream::connect(to).unwrap(), *n, asked).unwrap();
            assert_eq!(status, expected, "sender {} receipt {n}: acknowledged {fate:?}", self.number);
        }
    }
}

/// Runs every sender on a thread of its own.
fn all(senders: &mut [Sender], work: impl Fn(&mut Sender) + Sync) {
    std::thread::scope(|scope| {
        for sender in senders {
            scope.spawn(|| work(sender));
        }
    });
}

/// Load until the service is killed under it, some moments later.
fn load_and_kill(service: Service, senders: &mut [Sender], moment: Duration) {
    let to = service.address;
    std::thread::scope(|scope| {
        for sender in senders.iter_mut() {
            scope.spawn(move || while sender.step(to).is_ok() {});
        }
        std::thread::sleep(moment);
        service.kill();
    });
}

#[test]
fn twenty_kills_lose_nothing_and_count_nothing_twice() {
    let mut dice = Dice::new("life_kill");
    let programme = Programme::new();
    let deep = std::env::var_os("PEERTALLY_DEEP").is_some();
    let (lasts, cards_each) = if deep { (DEEP, DEEP_CARDS_EACH) } else { (Duration::ZERO, CARDS_EACH) };
    let cards = programme.cards(u32::try_from(cards_each).unwrap() * u32::try_from(SENDERS).unwrap());
    let service = programme.serve();
    let week = service.week();
    let mut senders: Vec<Sender> = (0..SENDERS)
        .zip(cards.chunks(cards_each))
        .map(|(number, cards)| Sender {
            number,
            cards: cards.to_vec(),
            week: week.clone(),
            dice: dice.split(),
            used: 0,
            acknowledged: BTreeMap::new(),
            in_flight: None,
        })
        .collect();
    service.kill();
    let (mut cut_off, mut kills, begun) = (0, 0, Instant::now());
    while kills < KILLS || begun.elapsed() < lasts {
        kills += 1;
        let before: Vec<u64> = senders.iter().map(|sender| sender.used).collect();
        load_and_kill(programme.serve(), &mut senders, Duration::from_millis(dice.below(160)));
        cut_off += senders.iter().filter(|sender| sender.in_flight.is_some()).count();
        // The newest are most at risk: each is asked for at once, before anything else is sent.
        let service = programme.serve();
        for (sender, from) in senders.iter().zip(before) {
            let in_flight = sender.in_flight.map(|(n, _)| n);
            sender.check(service.address, |n| n >= from && Some(n) != in_flight);
        }
        service.kill();
    }
    let service = programme.serve();
    all(&mut senders, |sender| {
        if sender.in_flight.is_some() {
            sender.step(service.address).unwrap();
        }
        sender.check(service.address, |_| true);
    });
    service.kill();

    let period = Period::of(week.parse::<Week>().unwrap(), PeriodKind::Quarter).to_string();
    let close = programme.command(&["close", &period, "--early"]).env("PEERTALLY_TEST_ZERO_NOISE", "1").output();
    let close = close.unwrap();
    assert!(close.status.success(), "{}", life::stderr(&close));
    let mut expected = [0; AREAS.len()];
    for fate in senders.iter().flat_map(|sender| sender.acknowledged.values()) {
        if let Fate::Tally { contacts, area } = fate {
            expected[*area] += contacts;
        }
    }
    let tallies: usize = senders.iter().map(|sender| sender.acknowledged.len()).sum();
    println!("{kills} kills: {tallies} receipts acknowledged, {cut_off} requests cut off");
    assert!(cut_off > 0, "no kill met a request: the load was too small to show anything");
    let release = programme.release(&period);
    assert!((estimate(&release, "contacts", None) - f64::from(expected.iter().sum::<u32>())).abs() < 1e-9);
    for (area, sum) in AREAS.iter().zip(expected) {
        let found = estimate(&release, "contacts", Some(("area", area)));
        assert!((found - f64::from(sum)).abs() < 1e-9, "{area}: {found} released, {sum} acknowledged");
    }
}
