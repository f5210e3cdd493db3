//! The load that is recorded: a data folder, its service's desk, several senders at once.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "a part of one test")]

use std::path::Path;
use std::sync::Arc;

use futures_util::future::join_all;
use peertally::clock::MockClock;
use peertally::crypto::pseudonym::stub_of;
use peertally::domain::Period;
use peertally::durable;
use peertally::intake::Rejection;
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;
use peertally::store::{Cards, Outcome};
use tracing::Subscriber;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use super::notes::{Pen, SPARE_CARDS, card, card_of, draft, receipt, sheet};
use crate::common::life::{self, Dice};

const SENDERS: u32 = 4;
/// Receipts that belong to one sender of one run.
const RANGE: u32 = 150;
/// The period that the tallies are for, and the one before, which takes late ones and paper.
const NOW: &str = "2026-Q2";
const PAST: [&str; 4] = ["2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2"];

pub fn clock() -> Arc<MockClock> {
    Arc::new(MockClock::new(jiff::civil::date(2026, 4, 8)))
}

/// Notes each entry of the log once its append has returned: the program says so itself.
struct Entries(Pen);

impl<S: Subscriber> Layer<S> for Entries {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let meta = event.metadata();
        if meta.target() == "peertally::period::data_dir" && meta.fields().field("event").is_some() {
            self.0.note("log !");
        }
    }
}

/// Where the witness lies in this test: inside the folder, so that it is cut together with the log.
const WITNESS: &str = "witness.in";

/// Has the program find it.
pub fn link_witness(data: &Path) {
    let link = data.with_extension("witness");
    if link.symlink_metadata().is_err() {
        std::os::unix::fs::symlink(data.join(WITNESS), link).unwrap();
    }
}

/// One run: the first one makes the folder, a later one goes on with what a cut has left.
pub fn run(data: &Path, pen: &Pen, run: u32, bursts: u32, dice: &mut Dice) {
    crate::common::counted_by_the_program();
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Entries(pen.clone()))).unwrap();
    let paper: [Period; 2] = [0, 1].map(|n| PAST[usize::try_from(run + n).unwrap()].parse().unwrap());
    let data_dir = if run == 0 {
        let made = DataDir::create(DataPaths::new(data), embedded::PROGRAMME, embedded::POLICY, clock()).unwrap();
        assert_eq!(made.tick().problems, Vec::<String>::new());
        drop(made);
        let witness = data.with_extension("witness");
        let bytes = std::fs::read(&witness).unwrap();
        std::fs::remove_file(witness).unwrap();
        durable::replace(&data.join(WITNESS), &bytes, durable::PRIVATE).unwrap();
        open(data)
    } else {
        open(data)
    };
    pen.note(&format!("ready ! {}", life::log(data).size()));
    data_dir.open_by_hand(paper[0]).unwrap();
    let cards: Vec<u32> = (0..SENDERS * RANGE / 15).map(|n| run * SENDERS * RANGE / 15 + n).collect();
    add_cards(&data_dir, pen, &cards);

    import(&data_dir, pen, paper[0], 0..3);
    load(&data_dir, pen, run, 0, bursts, dice, || {
        import(&data_dir, pen, paper[0], 3..6);
        spare_cards(&data_dir, pen, run);
        let closed = data_dir.close(paper[0], true).unwrap();
        pen.note(&format!("closed ! {} {}", closed.period, closed.sha256));
    });
    drop(data_dir);
    let data_dir = open(data);
    data_dir.open_by_hand(paper[1]).unwrap();
    load(&data_dir, pen, run, RANGE / 2, bursts / 2, dice, || import(&data_dir, pen, paper[1], 6..9));
}

fn open(data: &Path) -> DataDir {
    crate::common::counted_by_the_program();
    link_witness(data);
    DataDir::open(DataPaths::new(data), clock()).unwrap()
}

/// Senders on threads of their own, and something else meanwhile.
fn load(data_dir: &DataDir, pen: &Pen, run: u32, first: u32, bursts: u32, dice: &mut Dice, meanwhile: impl FnOnce()) {
    std::thread::scope(|scope| {
        for sender in 0..SENDERS {
            let mut dice = dice.split();
            let first = (run * SENDERS + sender) * RANGE + first;
            scope.spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                let mut known: Vec<(u32, bool)> = Vec::new();
                for _ in 0..bursts {
                    runtime.block_on(burst(data_dir, pen, first, &mut known, &mut dice));
                }
            });
        }
        meanwhile();
    });
}

/// Some questions at once, each about another receipt: new ones, other versions, withdrawals.
async fn burst(data_dir: &DataDir, pen: &Pen, first: u32, known: &mut Vec<(u32, bool)>, dice: &mut Dice) {
    let desk = &data_dir.services().intake;
    let mut chosen = std::collections::BTreeSet::new();
    let mut asked = Vec::new();
    for _ in 0..1 + dice.below(60) {
        let fresh = known.is_empty() || (known.len() < (RANGE / 2) as usize && dice.below(3) == 0);
        let at = if fresh { known.len() } else { usize::try_from(dice.below(known.len() as u64)).unwrap() };
        if fresh {
            known.push((0, false));
        }
        let (version, gone) = &mut known[at];
        if *gone || *version > 140 || !chosen.insert(at) {
            continue;
        }
        let number = first + u32::try_from(at).unwrap();
        let withdraw = !fresh && dice.below(40) == 0;
        let weeks = desk.open_weeks();
        let week = weeks[usize::try_from(dice.below(weeks.len() as u64)).unwrap()].to_string();
        *version += 1;
        *gone = withdraw;
        asked.push(ask(data_dir, pen, number, week, *version, withdraw));
    }
    join_all(asked).await;
}

async fn ask(data_dir: &DataDir, pen: &Pen, number: u32, week: String, version: u32, withdraw: bool) {
    let desk = &data_dir.services().intake;
    let card = card(card_of(number)).reveal();
    let receipt = receipt(number).to_string();
    let line = |mark: char| match withdraw {
        true => format!("withdraw {mark} {number}"),
        false => format!("put {mark} {number} {week} {version}"),
    };
    pen.note(&line('?'));
    let answer = match withdraw {
        true => desk.withdraw(Some(card.as_str()), &receipt).await,
        false => desk.put(Some(card.as_str()), &receipt, draft(&week, version)).await.map(|_| ()),
    };
    match answer {
        Ok(()) => pen.note(&line('!')),
        // The period was closed meanwhile.
        Err(Rejection::WeekClosed(_) | Rejection::PeriodClosed(_) | Rejection::NotFound) => pen.note(&line('-')),
        Err(other) => panic!("{}: {other}", line('?')),
    }
}

fn import(data_dir: &DataDir, pen: &Pen, period: Period, batches: std::ops::Range<u32>) {
    for batch in batches {
        pen.note(&format!("import ? {batch} {period}"));
        data_dir.services().intake.import(&sheet(batch, period)).unwrap();
        pen.note(&format!("import ! {batch} {period}"));
    }
}

fn add_cards(data_dir: &DataDir, pen: &Pen, numbers: &[u32]) {
    let until: Period = NOW.parse().unwrap();
    let key = data_dir.verifier_key();
    let line = |mark| numbers.iter().map(|n| format!("card {mark} {n}")).collect::<Vec<_>>().join("\n");
    let deck = numbers.iter().map(|n| (key.verifier(&stub_of(&card(*n))), until)).collect();
    pen.note(&line('?'));
    data_dir.services().store.add(deck).unwrap().wait().unwrap();
    pen.note(&line('!'));
}

/// Cards that are issued, and some of them revoked.
fn spare_cards(data_dir: &DataDir, pen: &Pen, run: u32) {
    let first = SPARE_CARDS + run * 100;
    for n in first..first + 20 {
        add_cards(data_dir, pen, &[n]);
        if n % 3 == 0 {
            pen.note(&format!("revoke ? {n}"));
            let verifier = data_dir.verifier_key().verifier(&stub_of(&card(n)));
            assert_eq!(data_dir.services().store.revoke(verifier).unwrap().wait().unwrap(), Outcome::Done(1));
            pen.note(&format!("revoke ! {n}"));
        }
    }
}
