//! A real programme that lived for a year under a mock clock, and the same log signed anew for frauds.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use std::path::Path;
use std::sync::Arc;

use jiff::civil::{Date, date};
use peertally::admin::{Request, Role, execute};
use peertally::clock::MockClock;
use peertally::crowd::Crowd;
use peertally::crypto::digest::sha256;
use peertally::crypto::pseudonym::{new_card, new_receipt, stub_of};
use peertally::crypto::sign::{LogKey, LogVerifierKey};
use peertally::domain::CardCode;
use peertally::domain::release::Release;
use peertally::log::merkle::{leaf_hash, root};
use peertally::log::tile::encode_bundle;
use peertally::log::{Checkpoint, Entry, Event, Tile};
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;
use peertally::report::json;
use peertally::verify::{Bundle, Check, MemoryFiles, PublicFolder, Report, VerifyOptions, verify};

/// What an auditor may copy, and what only the operator has.
#[derive(Clone)]
pub struct Audited {
    pub files: MemoryFiles,
    pub entries: Vec<Entry>,
    pub seed: [u8; 32],
    pub key: LogVerifierKey,
    pub today: Date,
}

/// Four releases: a past quarter opened by hand, and three by the calendar, the last one under a changed programme file.
pub fn lived(data: &Path) -> Audited {
    super::counted_by_the_program();
    let clock = Arc::new(MockClock::new(date(2025, 1, 6)));
    let folder = DataPaths::new(data);
    let data_dir = DataDir::create(folder.clone(), embedded::PROGRAMME, embedded::POLICY, clock.clone()).unwrap();
    data_dir.open_current().unwrap();
    data_dir.open_by_hand("2024-Q4".parse().unwrap()).unwrap();
    data_dir.close("2024-Q4".parse().unwrap(), false).unwrap();
    let cards: Vec<CardCode> = (0..8).map(|_| new_card().unwrap()).collect();
    let stubs = cards.iter().map(|card| stub_of(card).reveal().to_string()).collect();
    let until = Some("2025-Q4".parse().unwrap());
    execute(&data_dir, Role::Coordinator, Request::AddCards { stubs, until }, &|_| {}).unwrap();
    let mut crowd = Crowd::new(data_dir.programme().as_ref(), 8, 7);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for (quarter, after) in
        [("2025-Q1", date(2025, 4, 14)), ("2025-Q2", date(2025, 7, 14)), ("2025-Q3", date(2025, 10, 13))]
    {
        let quarter: peertally::domain::Period = quarter.parse().unwrap();
        let week = quarter.weeks()[6];
        clock.set(week.sunday());
        data_dir.tick();
        for (worker, draft) in crowd.week(week) {
            let card = cards[worker].reveal();
            let receipt = new_receipt().unwrap().to_string();
            runtime.block_on(data_dir.services().intake.put(Some(card.as_str()), &receipt, draft)).unwrap();
        }
        clock.set(after);
        let tick = data_dir.tick();
        assert!(tick.problems.is_empty() && tick.closed.len() == 1, "{tick:?}");
        if quarter.to_string() == "2025-Q1" {
            assert!(data_dir.adopt_programme(&changed(), "changed.toml").unwrap());
        }
    }
    drop(data_dir);
    let seed = *folder.log_key().unwrap().seed();
    let files = MemoryFiles::copy(&PublicFolder(folder.public())).unwrap();
    let log = folder.log_key().unwrap();
    let key: LogVerifierKey = std::str::from_utf8(&files.0["log-key.txt"]).unwrap().trim_end().parse().unwrap();
    assert_eq!(key, log.verifier(key.name()).unwrap());
    let entries =
        peertally::log::PublicLog::read(&peertally::log::DirSource(folder.log()), &key).unwrap().entries().to_vec();
    Audited { files, entries, seed, key, today: date(2025, 10, 20) }
}

/// The public files of an empty past period's release under this programme file, and the log's key.
pub fn one_release(data: &Path, programme: &str) -> (MemoryFiles, LogVerifierKey) {
    super::counted_by_the_program();
    let clock = Arc::new(MockClock::new(date(2025, 1, 6)));
    let folder = DataPaths::new(data);
    let data_dir = DataDir::create(folder.clone(), programme, embedded::POLICY, clock).unwrap();
    data_dir.open_current().unwrap();
    let past = data_dir.programme().current_period(date(2024, 12, 28));
    data_dir.open_by_hand(past).unwrap();
    data_dir.close(past, false).unwrap();
    let files = MemoryFiles::copy(&PublicFolder(folder.public())).unwrap();
    (files, data_dir.log_key().parse().unwrap())
}

/// The default programme with less noise to spend, another cap, a target and a table by week.
pub fn changed() -> String {
    let text = embedded::PROGRAMME.replacen("rho = 0.5", "rho = 0.4", 1).replacen("cap = 120", "cap = 100", 1);
    let table =
        "[[privacy.breakdown]]\nby = [\"area\", \"setting\"]\nweight = 2.0\n\n[[privacy.breakdown]]\nby = [\"week\"]\n";
    let at = text.rfind("[[privacy.breakdown]]").unwrap();
    let text = format!("{}{table}\n{}", &text[..at], &text[at..]);
    assert_ne!(text, embedded::PROGRAMME);
    text
}

impl Audited {
    /// Asks with the key pinned.
    pub fn check(&self) -> Report {
        self.ask(&self.files)
    }

    pub fn ask(&self, files: &MemoryFiles) -> Report {
        verify(files, &self.question())
    }

    pub fn question(&self) -> VerifyOptions<'_> {
        VerifyOptions { key: Some(&self.key), against: None, today: self.today, bundle: None }
    }

    pub fn against(&self, old: &[u8]) -> Report {
        verify(&self.files, &VerifyOptions { against: Some(old), ..self.question() })
    }

    pub fn bundle(&self) -> Vec<u8> {
        Bundle::make(self.files.clone()).unwrap().to_bytes().unwrap()
    }

    pub fn ask_bundle(&self, bytes: &[u8]) -> Option<Report> {
        let bundle = Bundle::read(bytes).ok()?;
        Some(verify(bundle.files(), &VerifyOptions { bundle: Some(&bundle), ..self.question() }))
    }

    pub fn checkpoint(&self) -> Vec<u8> {
        self.files.0["log/checkpoint"].clone()
    }

    /// Position of the first entry of this name about a period.
    pub fn position(&self, name: &str, period: &str) -> usize {
        let fits = |e: &Entry| e.event.name() == name && e.event.period().is_some_and(|p| p.to_string() == period);
        self.entries.iter().position(fits).unwrap()
    }

    pub fn release(&self, period: &str) -> Release {
        json::read(&self.files.0[&format!("releases/{period}.json")]).unwrap()
    }

    /// The operator signs the log as it now stands in `entries`, with the real key.
    pub fn sign(&mut self) {
        self.files.0.retain(|path, _| !path.starts_with("log/"));
        let log = signed(&self.seed, self.key.name(), &self.entries);
        self.files.0.extend(log);
    }

    /// Puts another release in the place of a period's, and its digest into the log.
    pub fn replace(&mut self, period: &str, change: impl FnOnce(&mut Release)) {
        let mut release = self.release(period);
        change(&mut release);
        let bytes = serde_json_canonicalizer::to_vec(&release).unwrap();
        let at = self.position("release.published", period);
        let Event::ReleasePublished { sha256: digest, .. } = &mut self.entries[at].event else { unreachable!() };
        *digest = sha256(&bytes);
        self.files.0.insert(format!("releases/{period}.json"), bytes);
        self.sign();
    }
}

/// The files of a log of these entries.
pub fn signed(seed: &[u8], origin: &str, entries: &[Entry]) -> Vec<(String, Vec<u8>)> {
    let bytes: Vec<Vec<u8>> = entries.iter().map(|entry| entry.encode().unwrap()).collect();
    let leaves: Vec<_> = bytes.iter().map(|bytes| leaf_hash(bytes)).collect();
    let key = LogKey::from_seed(seed).unwrap();
    let size = entries.len() as u64;
    let checkpoint = Checkpoint { origin: origin.to_owned(), size, root: root(&leaves) };
    let mut files = vec![("log/checkpoint".to_owned(), checkpoint.sign(&key).unwrap())];
    for tile in Tile::all(size) {
        let range = usize::try_from(tile.range().start).unwrap()..usize::try_from(tile.range().end).unwrap();
        let bytes = match tile.level {
            None => encode_bundle(&bytes[range]).unwrap(),
            Some(_) => tile.hashes(&leaves).unwrap(),
        };
        files.push((format!("log/{}", tile.path()), bytes));
    }
    files
}

/// The checks that found something.
pub fn found(report: &Report) -> Vec<Check> {
    let mut checks: Vec<Check> = report.findings.iter().map(|finding| finding.check).collect();
    checks.dedup();
    checks
}

pub fn words(report: &Report) -> String {
    report.findings.iter().map(|f| format!("{:?} {}: {}\n", f.check, f.at, f.wrong)).collect()
}
