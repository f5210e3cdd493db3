//! What can be wrong with the log, in sentences for whoever keeps or checks it.

use crate::crypto::sign::KeyError;
use crate::domain::Period;
use crate::durable::DurableError;

use super::ledger::LedgerError;

/// Why the log cannot be read or extended. Reading never changes the folder.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// A file that the checkpoint needs is missing.
    #[error(
        "the log's file `{0}` is missing; nothing was changed: put it back from a copy of public/log, or take a complete copy"
    )]
    Missing(String),
    /// A file could not be read.
    #[error(
        "the log's file `{path}` could not be read: {reason}; nothing was changed: check the disk or the address, then try again"
    )]
    Unreadable {
        /// Path inside the log.
        path: String,
        /// What the system or the transport said.
        reason: String,
    },
    /// A file is not in its one valid form, or not what the checkpoint says.
    #[error(
        "the log's file `{path}` is damaged or was changed: {reason}; nothing was changed: put it back from a copy of public/log"
    )]
    Damaged {
        /// Path inside the log.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The log is signed by another key than the one at hand.
    #[error(
        "the checkpoint is signed by the key `{found}`, but the key given is `{expected}`: use the key that belongs to this log"
    )]
    OtherKey {
        /// Name and hash in the checkpoint.
        found: String,
        /// Name and hash of the key at hand.
        expected: String,
    },
    /// [`super::Log::create`] found something.
    #[error("there is a log at `{0}` already and it is kept as it is: choose an empty folder, or go on with that log")]
    Exists(String),
    /// A text that does not fit in a note, or an entry that has no byte form.
    #[error("this cannot be written to the log: {0}")]
    Unwritable(String),
    /// Tiles of a greater log than the checkpoint speaks of.
    #[error(
        "the checkpoint speaks of {size} entries, but `{path}` belongs to a greater log; nothing was changed: put back the newest checkpoint"
    )]
    Behind {
        /// Such a tile.
        path: String,
        /// Entries in the checkpoint.
        size: u64,
    },
    /// An earlier append stopped at the checkpoint itself.
    #[error("an earlier write to the log was not confirmed by the disk: restart the service, which reads the log anew")]
    Unsettled,
    /// The checkpoint on the disk is not the one this process wrote or read.
    #[error(
        "another process wrote to the log meanwhile, so nothing was added: stop the other one, then restart this one"
    )]
    OtherWriter,
    /// An older checkpoint does not lead to this one.
    #[error(
        "this log does not extend the older checkpoint ({old} entries, now {new}): {reason}; keep both checkpoints and ask the operator, since one of them was signed for another history"
    )]
    NotExtended {
        /// Entries in the older checkpoint.
        old: u64,
        /// Entries now.
        new: u64,
        /// What does not fit.
        reason: &'static str,
    },
    /// No release of that period is in the log.
    #[error("no release of {0} is in the log: only what is published appears there")]
    NoRelease(Period),
    /// A key or signature is wrong.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// An event does not fit what went before.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The disk.
    #[error(transparent)]
    Durable(#[from] DurableError),
}

impl LogError {
    /// A damaged file.
    pub(super) fn damaged(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Damaged { path: path.into(), reason: reason.into() }
    }
}
