//! Reads a whole log from public files and believes nothing in them unproved.
//!
//! Guarantee: a [`PublicLog`] has a checkpoint signed by the key given, every
//! entry hashes up to its root, every tile has the bytes it must have, and the
//! events fit one another.
//! Non-guarantee: that this is the newest or the only log; compare checkpoints.

use crate::crypto::digest::Digest;
use crate::crypto::sign::LogVerifierKey;
use crate::domain::Period;

use super::CHECKPOINT;
use super::checkpoint::Checkpoint;
use super::error::LogError;
use super::event::{Entry, Event};
use super::ledger::Ledger;
use super::merkle;
use super::source::LogSource;
use super::tile::{Tile, decode_bundle};

/// Most entries that are read: far above what any programme writes.
pub const MAX_SIZE: u64 = 1 << 20;
/// How often a log that grows while it is read is read again.
const READINGS: u8 = 5;

/// A log that was read and found right.
#[derive(Clone, Debug)]
pub struct PublicLog {
    pub(super) checkpoint: Checkpoint,
    pub(super) signed: Vec<u8>,
    pub(super) entries: Vec<Entry>,
    pub(super) leaves: Vec<Digest>,
    pub(super) ledger: Ledger,
}

/// Proof that an entry is in the log: public data only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// Position of the entry, from 0.
    pub index: u64,
    /// Entries in the tree that the root is of.
    pub size: u64,
    /// Hash of the entry.
    pub leaf: Digest,
    /// Root of the tree.
    pub root: Digest,
    /// The sibling hashes, from the leaf upward.
    pub proof: Vec<Digest>,
}

impl Inclusion {
    /// Whether the proof holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        merkle::verify_inclusion(&self.leaf, self.index, self.size, &self.proof, &self.root)
    }
}

impl PublicLog {
    /// Reads and verifies everything.
    ///
    /// # Errors
    /// The first thing that is missing or wrong. A log that grows meanwhile is read again.
    pub fn read(source: &dyn LogSource, key: &LogVerifierKey) -> Result<Self, LogError> {
        let mut left = READINGS;
        loop {
            let signed = need(source, CHECKPOINT)?;
            left -= 1;
            match Self::read_at(source, key, signed.clone()) {
                // Tiles of an old checkpoint go away when a newer one is there.
                Err(LogError::Missing(_)) if left > 0 && need(source, CHECKPOINT)? != signed => {}
                result => return result,
            }
        }
    }

    fn read_at(source: &dyn LogSource, key: &LogVerifierKey, signed: Vec<u8>) -> Result<Self, LogError> {
        let checkpoint = Checkpoint::open(&signed, key)?;
        if checkpoint.size > MAX_SIZE {
            let reason = format!("it speaks of {} entries, more than the {MAX_SIZE} that are read", checkpoint.size);
            return Err(LogError::damaged(CHECKPOINT, reason));
        }
        let (mut entries, mut leaves) = (Vec::new(), Vec::new());
        for tile in Tile::all(checkpoint.size) {
            let path = tile.path();
            let bytes = need(source, &path)?;
            if tile.level.is_some() {
                // Bundles come first, so all leaves are known here.
                if tile.hashes(&leaves).as_ref() != Some(&bytes) {
                    return Err(LogError::damaged(path, "it does not fit the entries"));
                }
                continue;
            }
            let bundle = decode_bundle(&bytes, tile.width)
                .ok_or_else(|| LogError::damaged(&path, format!("it is not a bundle of {} entries", tile.width)))?;
            for (entry, index) in bundle.into_iter().zip(tile.range()) {
                let decoded = Entry::decode(entry);
                entries.push(decoded.map_err(|reason| LogError::damaged(&path, format!("entry {index}: {reason}")))?);
                leaves.push(merkle::leaf_hash(entry));
            }
        }
        if merkle::root(&leaves) != checkpoint.root {
            return Err(LogError::damaged("tile/entries", "the entries do not give the root in the checkpoint"));
        }
        let ledger = Ledger::replay(&entries)?;
        Ok(Self { checkpoint, signed, entries, leaves, ledger })
    }

    /// The signed head.
    #[must_use]
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The bytes of the file `checkpoint`.
    #[must_use]
    pub fn signed_checkpoint(&self) -> &[u8] {
        &self.signed
    }

    /// Number of entries.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.checkpoint.size
    }

    /// The entries, from the first one on.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What follows from the entries.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Proof that the entry at `index` is in this log; `None` if there is none.
    #[must_use]
    pub fn inclusion_proof(&self, index: u64) -> Option<Inclusion> {
        let at = usize::try_from(index).ok()?;
        let (leaf, proof) = (*self.leaves.get(at)?, merkle::inclusion_proof(&self.leaves, at)?);
        Some(Inclusion { index, size: self.size(), leaf, root: self.checkpoint.root, proof })
    }

    /// Proof that the log extends the one it was at `old_size` entries; `None` if it is smaller.
    #[must_use]
    pub fn consistency_proof(&self, old_size: u64) -> Option<Vec<Digest>> {
        merkle::consistency_proof(&self.leaves, usize::try_from(old_size).ok()?)
    }

    /// The digest of a period's release and the proof that it was published.
    ///
    /// # Errors
    /// [`LogError::NoRelease`].
    pub fn release(&self, period: Period) -> Result<(Digest, Inclusion), LogError> {
        let published = self.entries.iter().zip(0..).find_map(|(entry, index)| match entry.event {
            Event::ReleasePublished { period: of, sha256 } if of == period => Some((sha256, index)),
            _ => None,
        });
        let (sha256, index) = published.ok_or(LogError::NoRelease(period))?;
        Ok((sha256, self.inclusion_proof(index).ok_or(LogError::NoRelease(period))?))
    }

    /// Whether this log extends an older checkpoint of it, already verified.
    ///
    /// # Errors
    /// [`LogError::NotExtended`] with what does not fit.
    pub fn check_extends(&self, old: &Checkpoint) -> Result<(), LogError> {
        let fail = |reason| Err(LogError::NotExtended { old: old.size, new: self.size(), reason });
        if old.origin != self.checkpoint.origin {
            return fail("it belongs to a log of another name");
        }
        let Some(proof) = self.consistency_proof(old.size) else {
            return fail("entries are missing at the end");
        };
        if merkle::verify_consistency(old.size, &old.root, self.size(), &self.checkpoint.root, &proof) {
            Ok(())
        } else {
            fail("earlier entries are not the same")
        }
    }
}

fn need(source: &dyn LogSource, path: &str) -> Result<Vec<u8>, LogError> {
    match source.read(path) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(LogError::Missing(path.to_owned())),
        Err(reason) => Err(LogError::Unreadable { path: path.to_owned(), reason }),
    }
}
