//! A portable copy of the store: sealed rows, tombstones, card verifiers.
//!
//! Guarantee: a dump is the store at one moment, also of a running service;
//! one that was cut, changed or made with another master key is refused, and
//! the store is then as it was. Rows of periods that were released meanwhile
//! are left out: nothing opens them any more.
//! Non-guarantee: a dump holds no key, so it is of use only beside its keys/
//! and public/. An old one brings back revoked cards and withdrawn tallies.

mod line;
mod read;

use std::collections::BTreeSet;
use std::io::{self, BufRead};
use std::os::unix::net::UnixStream;

use super::data_dir::DataDir;
use super::paths::{DataPaths, FolderError};
use crate::crypto::digest::Digest;
use crate::domain::Period;
use crate::log::{Log, LogError, PeriodState};
use crate::store::{Rebuild, StoreEntry, StoreError};
pub(super) use line::DumpWriter;
pub(super) use read::Reader;

/// Format number of a dump.
pub const FORMAT: u32 = 1;

/// Why a dump is not made or not loaded.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// A service has the store.
    #[error("a service is running on {0}: stop it first. Nothing was changed")]
    Running(String),
    /// Not ours.
    #[error("this is not a dump of peertally: its first line is another one. Nothing was loaded")]
    Foreign,
    /// Written by a newer program.
    #[error(
        "the dump has format {0}, and this program knows formats up to {FORMAT}: use a newer peertally. Nothing was loaded"
    )]
    Newer(u32),
    /// Of another programme.
    #[error(
        "the dump was made with another master.key than the one in keys/: put the right key back. Nothing was loaded"
    )]
    OtherKey,
    /// It ends too early.
    #[error(
        "the dump is cut off after line {0}: its last line is missing. Copy the file again, or make another dump. Nothing was loaded"
    )]
    Cut(u64),
    /// It is not what was written.
    #[error("the dump was changed: line {0} {1}. Copy the file again, or make another dump. Nothing was loaded")]
    Changed(u64, &'static str),
    /// The log is older than the dump.
    #[error(
        "the dump has rows of {0}, of which the log in public/ knows nothing: put the newest public/ and keys/ back first. Nothing was loaded"
    )]
    UnknownPeriod(Period),
    /// The file or the connection.
    #[error("the dump could not be read or written ({0}): check the file and the disk, then run the command again")]
    Io(#[from] io::Error),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The data folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl DataDir {
    /// Hands a dump to `sink`, in pieces of whole lines; answers the SHA-256 of all of it.
    ///
    /// # Errors
    /// [`DumpError::Store`], [`DumpError::Io`] from `sink`.
    pub fn dump(&self, sink: &mut dyn FnMut(&str) -> io::Result<()>) -> Result<Digest, DumpError> {
        let snapshot = self.services.store.snapshot()?;
        let mut writer = DumpWriter::begin(&self.master, sink)?;
        for entry in snapshot.entries() {
            writer.entry(&entry?)?;
        }
        writer.end()
    }
}

/// Loads a dump into the empty store of `folder`; answers the periods whose rows were left out.
///
/// # Errors
/// What does not fit; the store is then as it was.
pub fn load(folder: &DataPaths, dump: &mut dyn BufRead) -> Result<BTreeSet<Period>, DumpError> {
    folder.check()?;
    if UnixStream::connect(folder.socket()).is_ok() {
        return Err(DumpError::Running(folder.path().display().to_string()));
    }
    let master = folder.master()?;
    let mut reader = Reader::begin(dump, &master)?;
    let mut store = Rebuild::begin(&folder.store(), master.store_check())?;
    let filled = Log::open(&folder.log(), folder.log_key()?)
        .map_err(DumpError::from)
        .and_then(|log| fill(&mut store, &mut reader, &log));
    match filled {
        Ok(left_out) => {
            store.finish()?;
            Ok(left_out)
        }
        Err(error) => {
            store.forget();
            Err(error)
        }
    }
}

fn fill(store: &mut Rebuild, reader: &mut Reader<'_>, log: &Log) -> Result<BTreeSet<Period>, DumpError> {
    let mut left_out = BTreeSet::new();
    while let Some(entry) = reader.next()? {
        if let Some(period) = over(&entry, log)? {
            left_out.insert(period);
        } else if !store.add(&entry)? {
            return Err(reader.changed("is not in order"));
        }
    }
    Ok(left_out)
}

/// The entry's period, if it was released already.
fn over(entry: &StoreEntry, log: &Log) -> Result<Option<Period>, DumpError> {
    let Some(period) = entry.period() else { return Ok(None) };
    let view = log.ledger().period(period).ok_or(DumpError::UnknownPeriod(period))?;
    let over = matches!(view.state, PeriodState::Released { .. } | PeriodState::Shredded { .. });
    Ok(over.then_some(period))
}

#[cfg(test)]
mod tests;
