//! What this machine has seen of a log: its newest signed checkpoint, kept beside the data folder.
//!
//! Guarantee: a log that was seen longer, or with other entries, is refused by [`Witness::check`].
//! Two slots are written in turn, in place, each with its number and digest: whenever the power goes,
//! one of them is whole. The caller writes only what the log's own files hold durably already, so
//! the witness is never ahead of the log, and a crash locks nobody out.
//! Non-guarantee: who may change the file can remove it, and a snapshot of the whole machine takes it
//! back too. Only checkpoints that others keep show that.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::checkpoint::{Checkpoint, claimed_origin};
use super::read::PublicLog;
use crate::crypto::digest::sha256_of_parts;
use crate::crypto::sign::LogVerifierKey;
use crate::durable::{self, DurableError};

/// Bytes of a slot: whole pages, so that writing one does not touch the other.
const SLOT: usize = 8192;
/// Most logs that are remembered; the one written longest ago goes first.
const LOGS: usize = 8;
const HEAD: &str = "peertally/witness/1";

/// Why a log is not gone on with.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// The log is shorter than it was.
    #[error(
        "this is an older copy: its log has {found} entries, the last of {last}, and this machine has seen it with {seen}, the last of {seen_last} ({path}). Going on could release a period a second time, so nothing was changed. Put the newest DATA back, or `peertally restore` this copy or a backup with --public and the newest copy of public/ (old disk, mirror, bundle). If there is none, begin anew with `init`"
    )]
    Older {
        /// Entries now.
        found: u64,
        /// Day of the last of them.
        last: String,
        /// Entries that were seen.
        seen: u64,
        /// Day of the last of those.
        seen_last: String,
        /// The witness.
        path: String,
    },
    /// The log has another history.
    #[error(
        "this log and the one this machine has seen ({seen} entries, in {path}) have different histories under one name: {reason}. Nothing was changed. Keep both, compare them with a checkpoint that others hold (`peertally audit verify --against`), and put the true DATA back"
    )]
    Forked {
        /// Entries that were seen.
        seen: u64,
        /// The witness.
        path: String,
        /// What differs.
        reason: String,
    },
    /// Both slots are broken: no crash does that.
    #[error(
        "the witness {0} is damaged, so it cannot be told whether DATA is an old copy. Nothing was changed. If you are sure that it is the newest one, move that file away: a new one is then made"
    )]
    Damaged(String),
    /// It is there and cannot be read.
    #[error("the witness {0} cannot be read ({1}): give it to the service's user with `chown`. Nothing was changed")]
    Unreadable(String, String),
    /// It is there and cannot be written.
    #[error(transparent)]
    Durable(#[from] DurableError),
}

/// What was seen of one log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastSeen {
    /// The day on which the log was first seen here.
    #[serde(with = "day")]
    pub since: Date,
    /// The day of its last entry.
    #[serde(with = "day")]
    pub last: Date,
    /// The signed checkpoint, as the log's own file holds it.
    pub checkpoint: String,
}

/// The file, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    path: PathBuf,
    number: u64,
    logs: Vec<LastSeen>,
}

impl Witness {
    /// Reads it; `None` where there is none.
    ///
    /// # Errors
    /// [`WitnessError::Damaged`], [`WitnessError::Unreadable`].
    pub fn read(path: &Path) -> Result<Option<Self>, WitnessError> {
        let name = || path.display().to_string();
        let bytes = match fs::read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.map_err(|error| WitnessError::Unreadable(name(), error.to_string()))?,
        };
        // An empty file may lie ready somewhere else, with a link to it beside DATA.
        if bytes.is_empty() {
            return Ok(Some(Self { path: path.to_owned(), number: 0, logs: Vec::new() }));
        }
        let newest = bytes.chunks(SLOT).take(2).filter_map(decode).max_by_key(|(number, _)| *number);
        // The first write to such a file goes to the second slot; one cut short leaves nothing in the first.
        let nothing = |slot: &[u8]| slot.iter().all(|byte| *byte == 0);
        let (first, second) = bytes.split_at(bytes.len().min(SLOT));
        let cut_short = nothing(first) && (second.len() < SLOT || !nothing(second));
        let newest = newest.or_else(|| cut_short.then(|| (0, Vec::new())));
        let (number, logs) = newest.ok_or_else(|| WitnessError::Damaged(name()))?;
        Ok(Some(Self { path: path.to_owned(), number, logs }))
    }

    /// Makes an empty one, in which nothing was seen yet.
    ///
    /// # Errors
    /// The disk, or a folder that may not be written.
    pub fn create(path: &Path) -> Result<Self, DurableError> {
        durable::write_new(path, &encode(0, &[]).unwrap_or_default(), durable::PRIVATE)?;
        Ok(Self { path: path.to_owned(), number: 0, logs: Vec::new() })
    }

    /// What was seen of the log with this name.
    #[must_use]
    pub fn seen(&self, origin: &str) -> Option<&LastSeen> {
        self.logs.iter().find(|seen| seen.origin().as_deref() == Some(origin))
    }

    /// Whether `log` is what was seen, or goes on from it. A log never seen is as good as any.
    ///
    /// # Errors
    /// [`WitnessError::Older`], [`WitnessError::Forked`].
    pub fn check(&self, log: &PublicLog, key: &LogVerifierKey) -> Result<(), WitnessError> {
        let Some(seen) = self.seen(&log.checkpoint().origin) else { return Ok(()) };
        let path = || self.path.display().to_string();
        let old = Checkpoint::open(seen.checkpoint.as_bytes(), key).map_err(|error| WitnessError::Forked {
            seen: seen.size(),
            path: path(),
            reason: error.to_string(),
        })?;
        if old.size > log.size() {
            let day = |day: Option<Date>| day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
            let (last, seen_last) = (day(log.ledger().last_date()), seen.last.to_string());
            return Err(WitnessError::Older { found: log.size(), last, seen: old.size, seen_last, path: path() });
        }
        let forked = |_| WitnessError::Forked {
            seen: old.size,
            path: path(),
            reason: "earlier entries are not the same".to_owned(),
        };
        log.check_extends(&old).map_err(forked)
    }

    /// Whether `log` holds more than was seen of it.
    #[must_use]
    pub fn is_behind(&self, log: &PublicLog) -> bool {
        self.seen(&log.checkpoint().origin).is_none_or(|seen| seen.checkpoint.as_bytes() != log.signed_checkpoint())
    }

    /// Keeps the checkpoint of `log`, durably. The log's files must be durable before.
    ///
    /// # Errors
    /// The disk; what was seen before is then still there.
    pub fn remember(&mut self, log: &PublicLog, today: Date) -> Result<(), DurableError> {
        if !self.is_behind(log) {
            return Ok(());
        }
        let origin = &log.checkpoint().origin;
        let since = self.seen(origin).map_or(today, |seen| seen.since);
        let checkpoint = String::from_utf8_lossy(log.signed_checkpoint()).into_owned();
        let mut logs: Vec<LastSeen> =
            self.logs.iter().filter(|seen| seen.origin().as_ref() != Some(origin)).cloned().collect();
        logs.push(LastSeen { since, last: log.ledger().last_date().unwrap_or(since), checkpoint });
        let number = self.number + 1;
        let slot = loop {
            if logs.len() <= LOGS
                && let Some(slot) = encode(number, &logs)
            {
                break slot;
            }
            if logs.len() <= 1 {
                // A checkpoint has at most 4096 bytes, so this does not happen; it is said and not passed over.
                let source = std::io::Error::from(ErrorKind::InvalidData);
                return Err(DurableError::Failed { doing: "write", path: self.path.clone(), source });
            }
            logs.remove(0);
        };
        durable::write_at(&self.path, (number % 2) * SLOT as u64, &slot)?;
        (self.number, self.logs) = (number, logs);
        Ok(())
    }
}

impl LastSeen {
    fn origin(&self) -> Option<String> {
        claimed_origin(self.checkpoint.as_bytes()).ok()
    }

    /// Number of entries that the checkpoint speaks of, unproved.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.checkpoint.lines().nth(1).and_then(|size| size.parse().ok()).unwrap_or(0)
    }
}

/// A day as text.
mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// The bytes of a slot; `None` if it does not hold so much.
fn encode(number: u64, logs: &[LastSeen]) -> Option<Vec<u8>> {
    let body = serde_json::to_string(logs).ok()?;
    let digest = sha256_of_parts(&[&number.to_be_bytes(), body.as_bytes()]);
    let mut slot = format!("{HEAD} {number:020} {digest}\n{body}\n").into_bytes();
    if slot.len() > SLOT {
        return None;
    }
    slot.resize(SLOT, b'\n');
    Some(slot)
}

fn decode(slot: &[u8]) -> Option<(u64, Vec<LastSeen>)> {
    let text = std::str::from_utf8(slot).ok()?;
    let (head, rest) = text.split_once('\n')?;
    let number = head.strip_prefix(HEAD)?.strip_prefix(' ')?.get(..20)?.parse().ok()?;
    let logs: Vec<LastSeen> = serde_json::from_str(rest.trim_end_matches('\n')).ok()?;
    (encode(number, &logs)? == slot).then_some((number, logs))
}

#[cfg(test)]
mod tests;
