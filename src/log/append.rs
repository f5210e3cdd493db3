//! The log's only writer.
//!
//! Guarantee: the checkpoint is replaced last, so a crash at any step leaves
//! the old log or the new one; when [`Log::append`] returns `Ok`, the entry is
//! on the disk. What an interruption left is removed by the next append.
//! Non-guarantee: one writer at a time; a second one is noticed, not locked
//! out. Partial tiles of earlier sizes are removed, so readers of an old
//! checkpoint must fetch the new one.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::crypto::sign::{LogKey, LogVerifierKey};
use crate::durable::{self, DurableError, PUBLIC};

use super::CHECKPOINT;
use super::checkpoint::{Checkpoint, claimed_origin};
use super::error::LogError;
use super::event::{Entry, Event};
use super::ledger::Ledger;
use super::merkle;
use super::read::PublicLog;
use super::source::{DirSource, LogSource, survey};
use super::tile::{Tile, encode_bundle};

/// Files to write, by path inside the log, in this order.
type Files = Vec<(String, Vec<u8>)>;

/// A log that can be extended.
#[derive(Debug)]
pub struct Log {
    folder: PathBuf,
    key: LogKey,
    verifier: LogVerifierKey,
    public: PublicLog,
    unsettled: bool,
}

impl Log {
    /// Begins an empty log named `origin` in `folder`, which is made if need be.
    ///
    /// # Errors
    /// [`LogError::Exists`] if there is anything of a log.
    pub fn create(folder: &Path, key: LogKey, origin: &str) -> Result<Self, LogError> {
        if folder.join(CHECKPOINT).exists() || folder.join("tile").exists() {
            return Err(LogError::Exists(folder.display().to_string()));
        }
        let verifier = key.verifier(origin)?;
        let checkpoint = Checkpoint { origin: origin.to_owned(), size: 0, root: merkle::root(&[]) };
        let signed = checkpoint.sign(&key)?;
        durable::create_public_dir(folder)?;
        durable::write_new(&folder.join(CHECKPOINT), &signed, PUBLIC)?;
        let ledger = Ledger::default();
        let public = PublicLog { checkpoint, signed, entries: Vec::new(), leaves: Vec::new(), ledger };
        Ok(Self { folder: folder.to_owned(), key, verifier, public, unsettled: false })
    }

    /// Reads a log and verifies all of it. Changes nothing.
    ///
    /// # Errors
    /// What is missing or wrong; the folder stays as it is.
    pub fn open(folder: &Path, key: LogKey) -> Result<Self, LogError> {
        let source = DirSource(folder.to_owned());
        let unreadable = |reason| LogError::Unreadable { path: CHECKPOINT.to_owned(), reason };
        let bytes =
            source.read(CHECKPOINT).map_err(unreadable)?.ok_or_else(|| LogError::Missing(CHECKPOINT.to_owned()))?;
        let verifier = key.verifier(&claimed_origin(&bytes)?)?;
        let public = PublicLog::read(&source, &verifier)?;
        // An interrupted append is one entry ahead. More than that was signed once.
        let next = public.size() + 1;
        let ahead = survey(folder, public.size())?
            .leftover
            .into_iter()
            .find(|path| Tile::parse(path).is_some_and(|tile| tile.reach() > next));
        if let Some(path) = ahead {
            return Err(LogError::Behind { path, size: public.size() });
        }
        Ok(Self { folder: folder.to_owned(), key, verifier, public, unsettled: false })
    }

    /// What everybody can read.
    #[must_use]
    pub fn public(&self) -> &PublicLog {
        &self.public
    }

    /// What follows from the entries.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.public.ledger
    }

    /// The public key under the log's name.
    #[must_use]
    pub fn verifier(&self) -> &LogVerifierKey {
        &self.verifier
    }

    /// Whether what this value knows is what the disk holds: asked before anything
    /// that only an entry makes valid (a period's new secrets) is written.
    ///
    /// # Errors
    /// [`LogError::Unsettled`] after an unconfirmed write, [`LogError::OtherWriter`].
    pub fn ready(&self) -> Result<(), LogError> {
        if self.unsettled {
            return Err(LogError::Unsettled);
        }
        if DirSource(self.folder.clone()).read(CHECKPOINT).ok().flatten().as_ref() != Some(&self.public.signed) {
            return Err(LogError::OtherWriter);
        }
        Ok(())
    }

    /// Adds an entry, durably, and gives its index. Where the clock went back,
    /// the last entry's day is written.
    ///
    /// # Errors
    /// Why the event does not fit, or what the disk refused. The entry is then
    /// not in the log, except after [`DurableError::NotConfirmed`], where only
    /// opening the log anew tells; until then no more is added.
    pub fn append(&mut self, date: Date, event: Event) -> Result<u64, LogError> {
        self.ready()?;
        let (next, files) = self.plan(date, event)?;
        let written = self.tidy().and_then(|()| files.iter().try_for_each(|(path, bytes)| self.write(path, bytes)));
        if let Err(error) = written {
            self.unsettled = matches!(error, LogError::Durable(DurableError::NotConfirmed { .. }));
            return Err(error);
        }
        self.public = next;
        // The entry is in the log. Old tiles that stay are removed by the next append.
        let _ = self.tidy();
        Ok(self.public.size() - 1)
    }

    /// Makes sure that what was read is on the disk too: a process that was ended in an append
    /// may have left it in the system's memory only. Asked for before anything rests on it.
    ///
    /// # Errors
    /// [`DurableError::NotConfirmed`].
    pub fn settle(&self) -> Result<(), LogError> {
        let mut paths = vec![String::new(), CHECKPOINT.to_owned()];
        for tile in Tile::all(self.public.size()) {
            let path = tile.path();
            paths.extend(path.match_indices('/').filter_map(|(at, _)| path.get(..at)).map(str::to_owned));
            paths.push(path);
        }
        paths.sort_unstable();
        paths.dedup();
        // A folder and a file are synced by the same call.
        Ok(paths.iter().try_for_each(|path| durable::sync_dir(&self.folder.join(path)))?)
    }

    /// Removes superseded tiles and what an interruption left. Unknown files stay.
    ///
    /// # Errors
    /// What could not be removed.
    pub fn tidy(&self) -> Result<(), LogError> {
        let found = survey(&self.folder, self.public.size())?;
        for path in &found.leftover {
            durable::remove(&self.folder.join(path))?;
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if folder.ends_with(".p") {
                durable::remove_empty_dir(&self.folder.join(folder))?;
            }
        }
        for path in &found.empty {
            durable::remove_empty_dir(&self.folder.join(path))?;
        }
        Ok(())
    }

    /// The log with one more entry, and the files to write, in this order.
    fn plan(&self, date: Date, event: Event) -> Result<(PublicLog, Files), LogError> {
        let mut next = self.public.clone();
        let entry = Entry { date: next.ledger.last_date().map_or(date, |last| last.max(date)), event };
        next.ledger.apply(&entry)?;
        next.leaves.push(merkle::leaf_hash(&entry.encode()?));
        next.entries.push(entry);
        next.checkpoint.size += 1;
        next.checkpoint.root = merkle::root(&next.leaves);
        next.signed = next.checkpoint.sign(&self.key)?;

        let before = Tile::all(self.public.size());
        let mut files = Vec::new();
        for tile in Tile::all(next.size()).into_iter().filter(|tile| !before.contains(tile)) {
            let bytes = if tile.level.is_some() { tile.hashes(&next.leaves) } else { bundle(&tile, &next.entries)? };
            let bytes = bytes.ok_or_else(|| LogError::Unwritable("an entry is longer than 65535 bytes".to_owned()))?;
            files.push((tile.path(), bytes));
        }
        files.push((CHECKPOINT.to_owned(), next.signed.clone()));
        Ok((next, files))
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), LogError> {
        let path = self.folder.join(path);
        if let Some(folder) = path.parent() {
            durable::create_public_dir(folder)?;
        }
        Ok(durable::replace(&path, bytes, PUBLIC)?)
    }
}

fn bundle(tile: &Tile, entries: &[Entry]) -> Result<Option<Vec<u8>>, LogError> {
    let (skip, take) = (usize::try_from(tile.range().start).unwrap_or(usize::MAX), usize::from(tile.width));
    let bytes: Result<Vec<_>, _> = entries.iter().skip(skip).take(take).map(Entry::encode).collect();
    Ok(encode_bundle(&bytes?))
}

#[cfg(test)]
mod tests;
