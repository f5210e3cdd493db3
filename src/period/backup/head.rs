//! What stands before the dump in a backup, read; and the keys, from there or from a folder.
//!
//! Guarantee: a line is taken only in the form that the writer gives it; names of keys are ours;
//! memory is bounded. That the lines belong together is known by [`Head::check`] only.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, ErrorKind, Read};
use std::path::Path;

use data_encoding::BASE64URL_NOPAD;

use super::line::{BackupLine, HeadCheck, LONGEST, check};
use super::{BackupError, FORMAT, Secret};
use crate::crypto::MasterKey;
use crate::crypto::digest::{Digest, Hasher};
use crate::domain::Period;

/// The file in DATA that says where private keys are.
pub(super) const CUSTODY: &str = "custody";
/// Most bytes of lines that are read: far above what any programme publishes.
const MOST: usize = 512 * 1024 * 1024;
/// No key file is longer.
const KEY: u64 = 4096;
/// Secrets of a period that are kept; a draft never is.
const KINDS: [&str; 3] = ["salt", "private", "public"];

/// Everything before the dump.
pub(super) struct BackupHead {
    pub(super) custody: Option<String>,
    pub(super) public: BTreeMap<String, Vec<u8>>,
    /// Empty in a backup that is not sealed.
    pub(super) keys: Keys,
    digest: Digest,
    said: HeadCheck,
}

impl BackupHead {
    /// Reads it; `first` is the first line.
    pub(super) fn read(first: &[u8], from: &mut dyn BufRead) -> Result<Self, BackupError> {
        let mut hasher = Hasher::default();
        let with_keys = match parse(first).map_err(|_| BackupError::Foreign)? {
            BackupLine::Backup(head) if head.format > FORMAT => return Err(BackupError::Newer(head.format)),
            BackupLine::Backup(head) if head.format == FORMAT => head.keys,
            _ => return Err(BackupError::Foreign),
        };
        hasher.update(first);
        let (mut custody, mut public, mut keys) = (None, BTreeMap::<String, Vec<u8>>::new(), Keys::default());
        let mut bytes = 0;
        loop {
            let line = next(from)?;
            // By what is kept: paths and names too.
            bytes += line.len();
            if bytes > MOST {
                return Err(BackupError::Changed("its head is longer than any programme's"));
            }
            match parse(&line)? {
                BackupLine::Custody(text) if custody.is_none() => custody = Some(text),
                BackupLine::Public(path, piece) => {
                    public.entry(path).or_default().extend_from_slice(&decode(&piece)?);
                }
                BackupLine::Key(name, bytes) if with_keys => keys.put(&name, decode(&bytes.0)?.into())?,
                BackupLine::Store(said) => {
                    let digest = hasher.finish();
                    return Ok(Self { custody, public, keys, digest, said });
                }
                _ => return Err(BackupError::Changed("a line stands where none may")),
            }
            hasher.update(&line);
        }
    }

    /// Whether the lines are the ones written under this master key; answers the digest of the dump.
    pub(super) fn check(&self, master: &MasterKey) -> Result<Digest, BackupError> {
        if self.said.head != self.digest || self.said.check != check(master, &self.digest, &self.said.store) {
            return Err(BackupError::Changed("its check value is another one than this master.key gives"));
        }
        Ok(self.said.store)
    }
}

/// One line, with its end.
pub(super) fn next(from: &mut dyn BufRead) -> Result<Vec<u8>, BackupError> {
    let mut line = Vec::new();
    from.take(LONGEST).read_until(b'\n', &mut line)?;
    match line.last() {
        Some(b'\n') => Ok(line),
        _ if line.len() as u64 == LONGEST => Err(BackupError::Changed("a line is longer than any")),
        _ => Err(BackupError::Cut),
    }
}

fn parse(line: &[u8]) -> Result<BackupLine, BackupError> {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    let parsed =
        serde_json::from_slice::<BackupLine>(text).map_err(|_| BackupError::Changed("a line is not one of it"))?;
    let again = serde_json::to_vec(&parsed).map(Secret::new);
    if again.is_ok_and(|again| again.as_slice() == text) {
        Ok(parsed)
    } else {
        Err(BackupError::Changed("a line is not in its one form"))
    }
}

fn decode(text: &str) -> Result<Vec<u8>, BackupError> {
    BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| BackupError::Changed("a line is not base64url"))
}

/// Files of `DATA/keys`, by name.
#[derive(Default)]
pub(super) struct Keys {
    pub(super) master: Option<Secret>,
    pub(super) log: Option<Secret>,
    periods: BTreeMap<(Period, String), Secret>,
}

impl Keys {
    /// Reads a copy of `DATA/keys`. Files of other names are left alone.
    pub(super) fn read(folder: &Path) -> Result<Self, BackupError> {
        let mut keys = Self::default();
        for name in ["master.key", "log.key"] {
            if let Some(bytes) = read(&folder.join(name))? {
                keys.put(name, bytes)?;
            }
        }
        let entries = match fs::read_dir(folder.join("periods")) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(keys),
            entries => entries.map_err(BackupError::Io)?,
        };
        for entry in entries {
            let name = entry.map_err(BackupError::Io)?.file_name().to_string_lossy().into_owned();
            if let (Some(at), Some(bytes)) = (place(&name), read(&folder.join("periods").join(&name))?) {
                keys.periods.insert(at, bytes);
            }
        }
        Ok(keys)
    }

    /// A file by its name inside `keys/`.
    fn put(&mut self, name: &str, bytes: Secret) -> Result<(), BackupError> {
        let odd = BackupError::Changed("it has a key of another name than ours");
        let before = match (name, name.strip_prefix("periods/").and_then(place)) {
            ("master.key", _) => self.master.replace(bytes),
            ("log.key", _) => self.log.replace(bytes),
            (_, Some(at)) => self.periods.insert(at, bytes),
            _ => return Err(odd),
        };
        before.map_or(Ok(()), |_| Err(odd))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.master.is_none() && self.log.is_none() && self.periods.is_empty()
    }

    pub(super) fn get(&self, period: Period, what: &str) -> Option<&Secret> {
        self.periods.get(&(period, what.to_owned()))
    }

    pub(super) fn periods(&self) -> impl Iterator<Item = (Period, &str, &Secret)> {
        self.periods.iter().map(|((period, what), bytes)| (*period, what.as_str(), bytes))
    }

    pub(super) fn retain(&mut self, keep: impl Fn(Period, &str) -> bool) {
        self.periods.retain(|(period, what), _| keep(*period, what));
    }

    /// Every file with its name inside `keys/`.
    pub(super) fn files(&self) -> impl Iterator<Item = (String, &Secret)> {
        let own = [("master.key", &self.master), ("log.key", &self.log)];
        let own = own.into_iter().filter_map(|(name, bytes)| Some((name.to_owned(), bytes.as_ref()?)));
        own.chain(self.periods().map(|(period, what, bytes)| (format!("periods/{period}.{what}"), bytes)))
    }
}

/// `2026-Q4.salt` and the like.
fn place(name: &str) -> Option<(Period, String)> {
    let (period, what) = name.split_once('.')?;
    KINDS.contains(&what).then(|| Some((period.parse().ok()?, what.to_owned())))?
}

fn read(path: &Path) -> Result<Option<Secret>, BackupError> {
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        file => file.map_err(BackupError::Io)?,
    };
    let mut bytes = Secret::default();
    file.take(KEY).read_to_end(&mut bytes).map_err(BackupError::Io)?;
    Ok(Some(bytes))
}
