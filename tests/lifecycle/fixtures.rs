//! Data folders that earlier versions wrote (tests/fixtures) open, and their periods close right.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use jiff::civil::date;
use peertally::clock::MockClock;
use peertally::crypto::PrivateKeyFile;
use peertally::crypto::digest::sha256;
use peertally::crypto::sign::LogKey;
use peertally::domain::Period;
use peertally::intake::Rejection;
use peertally::intake::draft::{Draft, RawCount};
use peertally::log::{Event, Log};
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;
use serde_json::Value;

use crate::common::life::{self, assert_closed_once, estimate};
use crate::common::{PROGRAM, repository};

/// Version, custody.
const FIXTURES: [(&str, &str); 2] = [("0.1.0", "host"), ("0.1.0", "offline")];

/// What tests/fixtures/0.1.0/README.md says: period, contacts, syringes.
const TOTALS: [(&str, f64, f64); 2] = [("2026-Q3", 81.0, 750.0), ("2026-Q4", 118.0, 1180.0)];

/// Unpacked into a folder of its own.
fn unpacked(version: &str, custody: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let archive = repository("tests/fixtures").join(version).join(format!("{custody}.tar.gz"));
    let mut tar = Command::new("tar");
    assert!(tar.arg("-xpzf").arg(archive).arg("-C").arg(folder.path()).status().unwrap().success());
    folder
}

fn private_key(folder: &Path, period: &str) -> Option<PrivateKeyFile> {
    let text = fs::read(folder.join(format!("{period}.private"))).ok()?;
    Some(PrivateKeyFile::parse(&text).unwrap())
}

fn release(data: &Path, period: &str) -> Value {
    serde_json::from_slice(&fs::read(data.join(format!("public/releases/{period}.json"))).unwrap()).unwrap()
}

/// A receipt of a withdrawn tally stays spent, and the cards are the cards.
fn assert_spent(folder: &Path, data_dir: &DataDir) {
    let codes = fs::read_to_string(folder.join("cards.codes")).unwrap();
    let cards: Vec<&str> = codes.lines().collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for (card, receipt, week) in [(2, "5555555555555558", "2026-W39"), (3, "9999999999999990", "2026-W41")] {
        let mut draft = Draft { week: week.to_owned(), ..Draft::default() };
        draft.categories.insert("area".to_owned(), "west".to_owned());
        draft.categories.insert("setting".to_owned(), "street".to_owned());
        draft.counts.insert("contacts".to_owned(), RawCount::Whole(1));
        let again = runtime.block_on(data_dir.services().intake.put(Some(cards[card]), receipt, draft));
        assert!(matches!(again, Err(Rejection::Withdrawn)), "{receipt}: {again:?}");
    }
}

fn live(version: &str, custody: &str) {
    crate::common::counted_by_the_program();
    println!("{version}, {custody}");
    let folder = unpacked(version, custody);
    let data: PathBuf = folder.path().join("data");
    let clock = Arc::new(MockClock::new(date(2026, 10, 6)));
    let data_dir = DataDir::open(DataPaths::new(&data), Arc::clone(&clock) as _).unwrap();
    let before = fs::read(data.join("public/releases/2026-Q2.json")).unwrap();
    assert_spent(folder.path(), &data_dir);
    for ((period, contacts, syringes), day) in TOTALS.into_iter().zip([date(2026, 10, 12), date(2027, 1, 18)]) {
        clock.set(day);
        let key = private_key(folder.path(), period);
        assert_eq!(key.is_some(), custody == "offline");
        let parsed: Period = period.parse().unwrap();
        data_dir.close_with(parsed, false, key.as_ref()).unwrap();
        let release = release(&data, period);
        let totals = (estimate(&release, "contacts", None), estimate(&release, "syringes_out", None));
        assert_eq!(totals, (contacts, syringes), "{period}");
    }
    drop(data_dir);
    assert!(fs::read(data.join("public/releases/2026-Q2.json")).unwrap() == before, "an old release was changed");
    for (period, ..) in TOTALS {
        assert_closed_once(&data, period.parse().unwrap());
    }
}

/// The policy of 0.1.0 states no queue keys: the one that does is adopted before one is made, and nothing else passes.
#[test]
fn a_folder_of_0_1_0_adopts_the_policy_that_states_what_is_stored_now() {
    for (version, custody) in FIXTURES {
        let folder = unpacked(version, custody);
        let data = folder.path().join("data");
        let clock = Arc::new(MockClock::new(date(2026, 10, 6)));
        let open = || DataDir::open(DataPaths::new(&data), Arc::clone(&clock) as _);
        let shipped = sha256(embedded::POLICY.as_bytes());
        let data_dir = open().unwrap();
        let old = data_dir.ledger().policy().unwrap();
        assert!(old != shipped && !data.join("keys/queue").exists());
        assert!(data_dir.policy().stored.iter().any(|field| field.place == "queue-keys"));
        assert_eq!(data_dir.tick().problems, Vec::<String>::new());
        assert!(data_dir.ledger().policy() == Some(shipped));
        assert!(data_dir.services().intake.queue_key().is_some());
        assert_eq!(fs::read_dir(data.join("keys/queue")).unwrap().count(), 1);
        drop(data_dir);
        let log = life::log(&data);
        let adopted = |entry: &&peertally::log::Entry| matches!(entry.event, Event::PolicyAdopted { .. });
        assert_eq!(log.entries().iter().filter(adopted).count(), 2);
        open().unwrap().tick();
        assert_eq!(life::log(&data).size(), log.size(), "once");
        let verified = Command::new(PROGRAM).args(["audit", "verify"]).arg(data.join("public")).output().unwrap();
        // Not the whole verdict: by the true clock, the keys of 2026-Q3 are overdue.
        let words = String::from_utf8_lossy(&verified.stdout).into_owned();
        for check in ["order", "adopted", "releases", "files"] {
            assert!(words.lines().any(|line| line.starts_with(check) && line.contains(" ok ")), "{check}: {words}");
        }

        // The old policy with another word in it is nobody's: what is stored must then be what it states.
        let text = fs::read_to_string(data.join(format!("public/policy/{old}.toml"))).unwrap();
        let changed = text.replacen("who sees what", "who sees it", 1);
        assert_ne!(changed, text);
        let digest = DataPaths::new(&data).adopt("policy", &changed).unwrap();
        let key = LogKey::from_seed(&fs::read(data.join("keys/log.key")).unwrap()).unwrap();
        let mut log = Log::open(&data.join("public/log"), key).unwrap();
        log.append(date(2026, 10, 6), Event::PolicyAdopted { digest }).unwrap();
        drop(log);
        let words = open().err().unwrap().to_string();
        assert!(words.contains("queue-keys.private"), "{words}");
    }
}

/// Not by itself: it needs its environment.
#[test]
#[ignore = "run by the other test of this file"]
fn lives() {
    FIXTURES.into_iter().for_each(|(version, custody)| live(version, custody));
}

#[test]
fn folders_of_earlier_versions_open_and_their_periods_close_right() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "fixtures::lives", "--ignored", "--nocapture"]).env("PEERTALLY_TEST_ZERO_NOISE", "1");
    let done = command.output().unwrap();
    let words = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    println!("{words}");
    assert!(done.status.success() && words.contains("1 passed"), "an old folder did not live on");
}
