//! What the tests of a period's life share: the log's events, the state of the disk, a small random source.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use peertally::crypto::MasterKey;
use peertally::crypto::digest::sha256;
use peertally::crypto::sign::LogKey;
use peertally::domain::Period;
use peertally::log::{DirSource, Event, Log, PublicLog};
use peertally::store::{Embedded, SealedRows};
use serde_json::Value;

/// A random source whose seed can be given again: `PEERTALLY_SEED`.
pub struct Dice(u64);

impl Dice {
    pub fn new(test: &str) -> Self {
        let given = std::env::var("PEERTALLY_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| u64::from(std::process::id()) ^ nanoseconds());
        println!("{test}: PEERTALLY_SEED={seed}");
        Self(seed | 1)
    }

    /// The source of one seed.
    pub fn of(seed: u64) -> Self {
        Self((seed ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9) | 1)
    }

    /// Another source that follows from this one.
    pub fn split(&mut self) -> Self {
        Self(self.below(u64::from(u32::MAX)) << 1 | 1)
    }

    /// A number below `end` (xorshift64*).
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) % end
    }
}

fn nanoseconds() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    u64::try_from(now.as_nanos() % u128::from(u64::MAX)).unwrap()
}

/// The whole log, checked by its own key. No service may be writing it.
pub fn log(data: &Path) -> PublicLog {
    let seed = fs::read(data.join("keys/log.key")).unwrap();
    let log = Log::open(&data.join("public/log"), LogKey::from_seed(&seed).unwrap()).unwrap();
    PublicLog::read(&DirSource(data.join("public/log")), log.verifier()).unwrap()
}

/// Names of the events about a period, in the order of the log.
pub fn events(log: &PublicLog, period: Period) -> Vec<&'static str> {
    log.entries().iter().filter(|e| e.event.period() == Some(period)).map(|e| e.event.name()).collect()
}

/// Everything that must hold of a period once it is closed.
pub fn assert_closed_once(data: &Path, period: Period) {
    let log = log(data);
    let once = ["period.opened", "period.closing", "budget.debited", "release.published", "keys.destroyed"];
    assert_eq!(events(&log, period), once);
    let release = fs::read(data.join(format!("public/releases/{period}.json"))).unwrap();
    let logged = log.entries().iter().find_map(|entry| match entry.event {
        Event::ReleasePublished { period: of, sha256 } if of == period => Some(sha256),
        _ => None,
    });
    assert!(Some(sha256(&release)) == logged, "the release is not the one that the log names");
    assert!(peertally::report::json::read(&release).unwrap().period == period);
    assert_eq!(names(&data.join("keys/periods"), &period.to_string()), Vec::<String>::new(), "secrets are left");
    assert_eq!(rows(data, period), 0, "rows are left");
    assert_eq!(entries_of(data, period), 0, "rows or tombstones are left");
}

/// Names in a folder that begin with `start`.
pub fn names(folder: &Path, start: &str) -> Vec<String> {
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    all.filter(|name| name.starts_with(start)).collect()
}

/// Sealed rows of a period in the store. No service may be running.
pub fn rows(data: &Path, period: Period) -> usize {
    let (_folder, store) = store_copy(data);
    let store = Embedded::open(&store, master(data).store_check()).unwrap();
    let mut number = 0;
    store.drain(period, &mut |_, _| number += 1).unwrap();
    number
}

/// Everything in the tree `rows` whose key names the period: rows and tombstones.
pub fn entries_of(data: &Path, period: Period) -> usize {
    let (_folder, store) = store_copy(data);
    let db = sled::Config::new().path(store).flush_every_ms(None).open().unwrap();
    let tree = db.open_tree("rows").unwrap();
    tree.iter().keys().filter(|key| key.as_ref().unwrap()[1..5] == period.to_bytes()).count()
}

/// Looked at in a copy: a program started meanwhile by another thread inherits the
/// lock of whatever this process has open, until it is really started.
pub fn store_copy(data: &Path) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    copy(&data.join("store"), &store);
    (folder, store)
}

pub fn master(data: &Path) -> MasterKey {
    MasterKey::from_bytes(&fs::read(data.join("keys/master.key")).unwrap()).unwrap()
}

/// Every file below a folder, with its bytes; sockets are left out.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                all.insert(name, fs::read(path).unwrap());
            }
        }
    }
    all
}

/// Copies a folder; sockets are left out.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else if kind.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

pub fn stderr(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

/// The estimate of one cell; `None` for the total.
pub fn estimate(release: &Value, measure: &str, cell: Option<(&str, &str)>) -> f64 {
    let by: Vec<&str> = cell.iter().map(|(dimension, _)| *dimension).collect();
    let measure = find(&release["measures"], |m| m["id"] == measure);
    let breakdown = find(&measure["breakdowns"], |b| b["by"] == serde_json::json!(by));
    let cell = find(&breakdown["cells"], |c| cell.is_none_or(|(dimension, category)| c[dimension] == category));
    cell["estimate"].as_f64().unwrap()
}

fn find(list: &Value, fits: impl Fn(&Value) -> bool) -> &Value {
    list.as_array().unwrap().iter().find(|v| fits(v)).unwrap()
}
