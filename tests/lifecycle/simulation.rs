//! Whole lives of a programme, drawn from seeds: random tallies, corrections, withdrawals, retries and paper
//! sheets over four periods, and a process that dies at random durable steps. After each close the invariants
//! of docs/ARCHITECTURE.md are held against a model of plain maps.
//!
//! `PEERTALLY_SEED=n` replays one life; `PEERTALLY_DEEP=1` lives two hundred. The lives themselves run in a
//! process of their own, without noise, so that what is released can be compared to the last digit.
#![allow(missing_docs, unreachable_pub, reason = "helpers of tests")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

mod model;
mod promises;
mod world;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::{Command, Output};

use crate::common::life::Dice;
use peertally::faults;

const SAMPLED: usize = 10;
const DEEP: usize = 200;
/// Lives in which a fault must show itself; the first that shows it is the last. Noise that is drawn again needs
/// a death at the right step, which about every third life has.
const FAULTY: usize = 40;

/// The lives of some seeds, in this process. Not by itself: it needs its environment.
#[test]
#[ignore = "run by the other tests of this file"]
fn lives() {
    let seeds = std::env::var("PEERTALLY_SIMULATED_SEEDS").unwrap();
    let fault = world::Fault::named(&std::env::var("PEERTALLY_SIMULATED_FAULT").unwrap());
    let (mut deaths, mut asked) = (BTreeMap::<&str, u32>::new(), 0);
    for seed in seeds.split(',') {
        let mut world = world::World::new(seed.parse().unwrap(), fault);
        if let Err(reason) = catch_unwind(AssertUnwindSafe(|| world.live())) {
            println!("this life failed; PEERTALLY_SEED={seed} replays it");
            resume_unwind(reason);
        }
        for (at, times) in &world.deaths {
            *deaths.entry(at).or_default() += times;
        }
        asked += world.asked;
    }
    let all: u32 = deaths.values().sum();
    println!("{} lives, {asked} requests, {all} deaths: {deaths:?}", seeds.split(',').count());
}

fn run(seeds: &[u64], fault: &str) -> Output {
    let seeds: Vec<String> = seeds.iter().map(u64::to_string).collect();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "simulation::lives", "--ignored", "--nocapture"]).env("PEERTALLY_TEST_ZERO_NOISE", "1");
    command.env("PEERTALLY_SIMULATED_SEEDS", seeds.join(",")).env("PEERTALLY_SIMULATED_FAULT", fault);
    command.output().unwrap()
}

fn seeds(test: &str, number: usize) -> Vec<u64> {
    let mut dice = Dice::new(test);
    (0..number).map(|_| dice.below(u64::from(u32::MAX))).collect()
}

fn words(done: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
}

#[test]
fn every_life_keeps_every_promise() {
    let deep = std::env::var_os("PEERTALLY_DEEP").is_some();
    let given = std::env::var("PEERTALLY_SEED").ok().and_then(|seed| seed.parse().ok());
    let drawn = || seeds("simulation", if deep { DEEP } else { SAMPLED });
    let seeds = given.map_or_else(drawn, |seed| vec![seed]);
    let done = run(&seeds, "");
    let words = words(&done);
    println!("{words}");
    assert!(done.status.success(), "a promise was broken: the seed stands above");
    if deep && given.is_none() {
        let missed: Vec<_> = faults::CLOSE.iter().filter(|at| !words.contains(&format!("\"{at}\""))).collect();
        assert!(missed.is_empty(), "nobody died at {missed:?}");
    }
}

/// A fault must be found, by the promise that it breaks.
fn finds(fault: &str, promises: &[&str]) {
    let done = run(&seeds(fault, FAULTY), fault);
    let words = words(&done);
    assert!(!done.status.success(), "{fault} was not found:\n{words}");
    let sign = words.lines().find(|line| promises.iter().any(|promise| line.contains(promise)));
    println!("{}", sign.unwrap_or_else(|| panic!("{fault} was found by another sign:\n{words}")));
}

#[test]
fn a_row_that_counts_twice_is_found() {
    finds("double-count", &["counted once:"]);
}

/// The answer comes before fdatasync: a power cut then loses what was acknowledged.
#[test]
fn an_answer_before_its_sync_is_found() {
    finds("acknowledge-before-sync", &["answers:", "counted once:", "rows that were new"]);
}

/// Before it is published, a release of another draw is refused by the program itself, or the next death
/// shows it. Afterwards it stands under /public for everybody: then the log tells.
#[test]
fn noise_drawn_again_after_a_logged_digest_is_found() {
    finds("redraw-after-digest", &["drawn once:", "the log says that"]);
    finds("redraw-after-release", &["published as logged:"]);
}

#[test]
fn noise_drawn_again_after_a_draft_is_found() {
    finds("redraw-after-draft", &["drawn once:"]);
}
