//! The public files that a log names, read from wherever they are.
//!
//! Guarantee: the log is verified under the programme's own key; every file fits the digest by
//! which the log names it; nothing else is taken along.
//! Non-guarantee: a release that the log names may be missing, and is then named.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::BackupError;
use crate::crypto::digest::{Digest, sha256};
use crate::crypto::sign::LogKey;
use crate::domain::Period;
use crate::log::checkpoint::claimed_origin;
use crate::log::{CHECKPOINT, Event, LogError, LogSource, PublicLog, Tile};

/// A log and the files that it names, by their path inside public/.
pub(super) struct Public {
    pub(super) log: PublicLog,
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Periods whose release is not there.
    pub(super) missing: Vec<Period>,
}

impl Public {
    /// Reads and verifies; paths of `source` are those inside public/.
    pub(super) fn read(source: &dyn LogSource, key: &LogKey) -> Result<Self, BackupError> {
        let inside = Inside { source, read: RefCell::default() };
        let signed = inside.read(CHECKPOINT).map_err(|reason| unreadable(CHECKPOINT, reason))?;
        let signed = signed.ok_or_else(|| LogError::Missing(CHECKPOINT.to_owned()))?;
        let log = PublicLog::read(&inside, &key.verifier(&claimed_origin(&signed)?).map_err(LogError::from)?)?;
        let named: BTreeSet<String> =
            Tile::all(log.size()).iter().map(Tile::path).chain([CHECKPOINT.to_owned()]).collect();
        let read = inside.read.into_inner().into_iter().filter(|(path, _)| named.contains(path));
        let mut public = Self {
            files: read.map(|(path, bytes)| (format!("log/{path}"), bytes)).collect(),
            log,
            missing: Vec::new(),
        };
        public.take_named(source)?;
        Ok(public)
    }

    /// Takes releases that are missing here from another state of the same log.
    pub(super) fn complete(&mut self, other: &Self) {
        let Self { files, missing, .. } = self;
        missing.retain(|period| {
            let path = format!("releases/{period}.json");
            other.files.get(&path).is_none_or(|bytes| files.insert(path, bytes.clone()).is_some())
        });
    }

    fn take_named(&mut self, source: &dyn LogSource) -> Result<(), BackupError> {
        for entry in self.log.entries() {
            let (path, digest, of): (String, Digest, Option<Period>) = match &entry.event {
                Event::ProgrammeAdopted { digest } => (format!("programme/{digest}.toml"), *digest, None),
                Event::PolicyAdopted { digest } => (format!("policy/{digest}.toml"), *digest, None),
                Event::ReleasePublished { period, sha256 } => {
                    (format!("releases/{period}.json"), *sha256, Some(*period))
                }
                _ => continue,
            };
            let bytes = source.read(&path).map_err(|reason| unreadable(&path, reason))?;
            match (bytes, of) {
                (Some(bytes), _) if sha256(&bytes) == digest => drop(self.files.insert(path, bytes)),
                (Some(_), _) => return Err(BackupError::Public(path, "is not the file that the log names")),
                (None, Some(period)) => self.missing.push(period),
                (None, None) => return Err(BackupError::Public(path, "is named by the log and is missing")),
            }
        }
        Ok(())
    }
}

fn unreadable(path: &str, reason: String) -> LogError {
    LogError::Unreadable { path: path.to_owned(), reason }
}

/// The log's part of public/; what was read stays at hand.
struct Inside<'a> {
    source: &'a dyn LogSource,
    read: RefCell<BTreeMap<String, Vec<u8>>>,
}

impl LogSource for Inside<'_> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let bytes = self.source.read(&format!("log/{path}"))?;
        if let Some(bytes) = &bytes {
            self.read.borrow_mut().insert(path.to_owned(), bytes.clone());
        }
        Ok(bytes)
    }
}

/// Files in memory.
pub(super) struct MemorySource<'a>(pub(super) &'a BTreeMap<String, Vec<u8>>);

impl LogSource for MemorySource<'_> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(self.0.get(path).cloned())
    }
}
