use std::collections::BTreeMap;
use std::fs;

use super::*;
use crate::crypto::digest::sha256;
use crate::log::source::LogSurvey;

const DAY: Date = jiff::civil::date(2025, 4, 14);

fn key() -> LogKey {
    LogKey::from_seed(&[9; 32]).unwrap()
}

fn event(n: u64) -> Event {
    Event::PolicyAdopted { digest: sha256(&n.to_be_bytes()) }
}

fn log_of(folder: &Path, size: u64) -> Log {
    let mut log = Log::create(folder, key(), "example.org/log").unwrap();
    for n in 0..size {
        assert_eq!(log.append(DAY, event(n)).unwrap(), n);
    }
    log
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for item in fs::read_dir(&inside).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    all
}

fn put(folder: &Path, files: &BTreeMap<PathBuf, Vec<u8>>) {
    for (path, bytes) in files {
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::write(folder.join(path), bytes).unwrap();
    }
}

/// A crash after every step of an append, also inside a write, at sizes where
/// tiles are partial, become full and begin.
#[test]
fn an_append_may_be_interrupted_anywhere() {
    let base = tempfile::tempdir().unwrap();
    let mut log = log_of(&base.path().join("log"), 0);
    for size in 0..257 {
        if matches!(size, 0 | 1 | 254..=256) {
            let before = files(&log.folder);
            let (_, steps) = log.plan(DAY, event(size)).unwrap();
            for done in 0..=steps.len() {
                for torn in [false, true] {
                    let folder = tempfile::tempdir().unwrap();
                    put(folder.path(), &before);
                    for (path, bytes) in &steps[..done] {
                        put(folder.path(), &BTreeMap::from([(PathBuf::from(path), bytes.clone())]));
                    }
                    if let (true, Some((path, bytes))) = (torn, steps.get(done)) {
                        let half = bytes[..bytes.len() / 2].to_vec();
                        put(folder.path(), &BTreeMap::from([(PathBuf::from(format!("{path}.tmp")), half)]));
                    }
                    let mut log = Log::open(folder.path(), key()).unwrap();
                    let survived = size + u64::from(done == steps.len());
                    assert_eq!(log.public().size(), survived, "{size} {done} {torn}");
                    // Another entry than the interrupted one.
                    log.append(DAY, event(1000)).unwrap();
                    assert_eq!(
                        survey(folder.path(), survived + 1).unwrap(),
                        LogSurvey::default(),
                        "{size} {done} {torn}"
                    );
                    let again = Log::open(folder.path(), key()).unwrap();
                    assert_eq!(again.public().checkpoint(), log.public().checkpoint());
                    assert_eq!(again.public().entries().last().unwrap().event, event(1000));
                }
            }
        }
        log.append(DAY, event(size)).unwrap();
    }
}

#[test]
fn one_changed_byte_anywhere_is_noticed() {
    let base = tempfile::tempdir().unwrap();
    let log = log_of(&base.path().join("log"), 3);
    for (path, bytes) in files(&log.folder) {
        let file = log.folder.join(&path);
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1 << (at % 8);
            fs::write(&file, &other).unwrap();
            assert!(Log::open(&log.folder, key()).is_err(), "{} byte {at}", path.display());
        }
        for other in [[bytes.as_slice(), b"\n"].concat(), bytes[..bytes.len() - 1].to_vec(), Vec::new()] {
            fs::write(&file, &other).unwrap();
            assert!(Log::open(&log.folder, key()).is_err(), "{}", path.display());
        }
        fs::remove_file(&file).unwrap();
        assert!(matches!(Log::open(&log.folder, key()), Err(LogError::Missing(_))), "{}", path.display());
        fs::write(&file, &bytes).unwrap();
    }
    Log::open(&log.folder, key()).unwrap();
}

#[test]
fn an_older_checkpoint_beside_newer_tiles_is_refused() {
    let base = tempfile::tempdir().unwrap();
    let mut log = log_of(&base.path().join("log"), 256);
    let old = log.public().signed_checkpoint().to_vec();
    let level_1 = fs::read(log.folder.join("tile/1/000.p/1")).unwrap();
    log.append(DAY, event(256)).unwrap();
    log.append(DAY, event(257)).unwrap();
    fs::write(log.folder.join(CHECKPOINT), old).unwrap();
    fs::write(log.folder.join("tile/1/000.p/1"), level_1).unwrap();
    let found = files(&log.folder);
    assert!(matches!(Log::open(&log.folder, key()), Err(LogError::Behind { size: 256, .. })));
    assert!(matches!(log.append(DAY, event(258)), Err(LogError::OtherWriter)));
    assert_eq!(files(&log.folder), found);
}

#[test]
fn another_key_and_another_log_are_refused() {
    let base = tempfile::tempdir().unwrap();
    let folder = base.path().join("log");
    log_of(&folder, 1);
    let other = LogKey::from_seed(&[1; 32]).unwrap();
    assert!(matches!(Log::open(&folder, other), Err(LogError::OtherKey { .. })));
    assert!(matches!(Log::create(&folder, key(), "example.org/log"), Err(LogError::Exists(_))));
    assert!(matches!(Log::create(&base.path().join("new"), key(), "a b"), Err(LogError::Key(_))));
    assert!(matches!(Log::open(&base.path().join("none"), key()), Err(LogError::Missing(_))));
}

#[test]
fn days_never_go_back() {
    let base = tempfile::tempdir().unwrap();
    let mut log = log_of(&base.path().join("log"), 1);
    log.append(jiff::civil::date(2025, 4, 1), event(1)).unwrap();
    log.append(jiff::civil::date(2025, 4, 20), event(2)).unwrap();
    let days: Vec<_> = log.public().entries().iter().map(|entry| entry.date.day()).collect();
    assert_eq!(days, [14, 14, 20]);
}

#[test]
fn an_event_that_does_not_fit_leaves_no_trace() {
    let base = tempfile::tempdir().unwrap();
    let mut log = log_of(&base.path().join("log"), 2);
    let before = files(&log.folder);
    let period = "2025-Q1".parse().unwrap();
    let error = log.append(DAY, Event::ReleasePublished { period, sha256: sha256(b"") }).unwrap_err();
    assert!(matches!(error, LogError::Ledger(_)), "{error}");
    assert_eq!(files(&log.folder), before);
    assert_eq!(log.append(DAY, event(2)).unwrap(), 2);
}

#[test]
fn a_write_that_fails_may_be_tried_again() {
    let base = tempfile::tempdir().unwrap();
    let mut log = log_of(&base.path().join("log"), 1);
    // A folder where the new tile is to be: the rename fails.
    let obstacle = log.folder.join("tile/0/000.p/2");
    fs::create_dir(&obstacle).unwrap();
    let error = log.append(DAY, event(1)).unwrap_err();
    assert!(matches!(error, LogError::Durable(DurableError::Failed { .. })), "{error}");
    assert_eq!((log.public().size(), Log::open(&log.folder, key()).unwrap().public().size()), (1, 1));
    fs::remove_dir(&obstacle).unwrap();
    assert_eq!(log.append(DAY, event(2)).unwrap(), 1);
    assert_eq!(Log::open(&log.folder, key()).unwrap().public().entries(), log.public().entries());
}

/// The log grows, and drops its old tiles, between the reading of its files.
#[test]
fn a_log_that_grows_while_it_is_read_is_read_again() {
    struct Growing(std::cell::RefCell<(Log, u64)>);
    impl LogSource for Growing {
        fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
            let (log, left) = &mut *self.0.borrow_mut();
            let bytes = DirSource(log.folder.clone()).read(path);
            if path == CHECKPOINT && *left > 0 {
                *left -= 1;
                log.append(DAY, event(1000 + *left)).unwrap();
            }
            bytes
        }
    }
    let base = tempfile::tempdir().unwrap();
    let log = log_of(&base.path().join("log"), 2);
    let verifier = log.verifier().clone();
    let source = Growing(std::cell::RefCell::new((log, 3)));
    assert_eq!(PublicLog::read(&source, &verifier).unwrap().size(), 5);
    source.0.borrow_mut().1 = 1000;
    assert!(matches!(PublicLog::read(&source, &verifier), Err(LogError::Missing(_))));
}

/// A log whose entries are signed and hashed well, but do not fit one another.
#[test]
fn a_well_signed_but_impossible_history_is_refused() {
    let base = tempfile::tempdir().unwrap();
    let log = log_of(&base.path().join("log"), 0);
    let event = Event::PeriodClosing { period: "2025-Q1".parse().unwrap() };
    let entry = Entry { date: DAY, event };
    let bytes = entry.encode().unwrap();
    let leaf = merkle::leaf_hash(&bytes);
    let checkpoint = Checkpoint { origin: "example.org/log".to_owned(), size: 1, root: leaf };
    log.write("tile/entries/000.p/1", &encode_bundle(&[bytes]).unwrap()).unwrap();
    log.write("tile/0/000.p/1", leaf.as_bytes()).unwrap();
    log.write(CHECKPOINT, &checkpoint.sign(&key()).unwrap()).unwrap();
    assert!(matches!(Log::open(&log.folder, key()), Err(LogError::Ledger(_))));
}

#[test]
fn old_checkpoints_lead_to_new_ones() {
    let base = tempfile::tempdir().unwrap();
    let mut log = log_of(&base.path().join("log"), 0);
    let mut old = vec![log.public().checkpoint().clone()];
    for n in 0..10 {
        log.append(DAY, event(n)).unwrap();
        old.push(log.public().checkpoint().clone());
    }
    let other = log_of(&base.path().join("other"), 3);
    let mut other = other.public().clone();
    for checkpoint in &old {
        log.public().check_extends(checkpoint).unwrap();
        assert_eq!(other.check_extends(checkpoint).is_ok(), checkpoint.size <= 3);
    }
    other.checkpoint.origin = "elsewhere".to_owned();
    assert!(other.check_extends(&old[0]).is_err());
    let fork = Checkpoint { root: sha256(b"fork"), ..old[5].clone() };
    assert!(matches!(log.public().check_extends(&fork), Err(LogError::NotExtended { old: 5, new: 10, .. })));
}
