//! Sealed rows and card verifiers, durable before they are acknowledged.
//!
//! Guarantee: a [`Ticket`] answers only after the change is on the disk; one
//! operation is one atomic change; rows can be written by whoever cannot read
//! them ([`Rows`]) and read only by the close ([`SealedRows`]).
//! Non-guarantee: removing a row leaves its sealed bytes in sled's file. Only
//! destroying the period's keys makes them unreadable.

mod backend;
pub mod codec;
mod commit;
#[cfg(feature = "test-hooks")]
mod faulty;
mod folder_copy;
mod identity;
mod memory;
mod portable;
mod rebuild;
mod sled;
pub mod structure;
mod swap;
mod upgrade;
mod writer;

#[cfg(test)]
mod conformance;

use crate::crypto::pseudonym::Verifier;
use crate::crypto::seal::SEALED;
use crate::domain::{Period, RowKey};

pub use identity::FORMAT;
pub use portable::{Snapshot, StoreEntry};
pub use rebuild::{Rebuild, hold};
pub use writer::{Embedded, Ticket};

/// Where a row or tombstone lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Its period.
    pub period: Period,
    /// Its keyed-hash key.
    pub key: RowKey,
}

/// A new or corrected tally, sealed.
pub struct PutRow {
    /// Where it goes.
    pub at: Slot,
    /// What goes there.
    pub sealed: Box<[u8; SEALED]>,
    /// Where the same receipt would lie in the other open periods: removed in the same atomic change.
    pub elsewhere: Vec<Slot>,
    /// Tombstones of this receipt in every open period: if one is there, nothing is written.
    pub tombstones: Vec<Slot>,
    /// Whether a row that is not there yet may be added (false when the quota is used up).
    pub new_allowed: bool,
}

/// A tally that is added only where its receipt is in no open period: a late copy changes nothing.
pub struct AddRow {
    /// What is added, and where; `None` only asks whether the receipt is there.
    pub row: Option<(Slot, Box<[u8; SEALED]>)>,
    /// Where this receipt's row may lie, one slot per open period, its own included.
    pub rows: Vec<Slot>,
    /// Its tombstones, one per open period: if one is there, nothing is written.
    pub tombstones: Vec<Slot>,
    /// Whether it may be added (false when the quota is used up).
    pub new_allowed: bool,
}

/// A withdrawal.
pub struct WithdrawRow {
    /// Where the receipt's row may lie, one slot per open period.
    pub rows: Vec<Slot>,
    /// Tombstones to leave, one per open period.
    pub tombstones: Vec<Slot>,
}

/// What an operation did. Everything except refusals is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A row that was not there before.
    Created,
    /// The row was there, here or in another open period, and has been replaced.
    Replaced,
    /// The row was there, here or in another open period, and was left as it is.
    Kept,
    /// The row was there and is gone; its receipt is spent.
    Withdrawn,
    /// Refused: this receipt was withdrawn before.
    Spent,
    /// Refused: there is no such row.
    NotFound,
    /// Refused: the row would be new and new ones are not allowed.
    NewRefused,
    /// Refused: the period has been closed meanwhile.
    PeriodClosed,
    /// So many things were added or removed.
    Done(u64),
}

/// What can go wrong with the store.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// More is waiting than the writer takes in.
    #[error("the store has more to write than it can; try again in a moment")]
    Busy,
    /// A write or sync failed. Nothing that waited was acknowledged.
    #[error(
        "the store could not write to the disk ({0}); nothing was acknowledged. Make room or mend the disk, then start again"
    )]
    Failed(String),
    /// Another process holds the store.
    #[error(
        "another peertally has this data folder open: use the running one (its admin.sock must be reachable by you), or stop it first"
    )]
    Locked,
    /// Bytes that this program did not write, or a damaged file.
    #[error(
        "the store in {0} is damaged: {1}. Copy the whole folder away first, then restore a backup or ask for help with the copy"
    )]
    Damaged(String, String),
    /// What is loaded goes into an empty store only.
    #[error(
        "the store in {0} holds tallies or cards already: a dump is loaded into an empty one only. Move the folder away if it is really to be replaced. Nothing was changed"
    )]
    NotEmpty(String),
    /// The store and the master key do not belong together.
    #[error(
        "the store in {0} was made with another master.key than the one in keys/: put the right key back. Nothing was changed"
    )]
    WrongKey(String),
    /// Written by a newer program.
    #[error(
        "the store in {0} has format {1}, and this program knows formats up to {2}: use a newer peertally. Nothing was changed"
    )]
    Newer(String, u32, u32),
}

/// Writing rows without being able to read any.
pub trait Rows: Send + Sync {
    /// Adds or replaces a row.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where the queue is full, [`StoreError::Failed`] after a failed write.
    fn put(&self, row: PutRow) -> Result<Ticket, StoreError>;
    /// Adds a row unless its receipt is there already.
    ///
    /// # Errors
    /// As [`Rows::put`].
    fn put_once(&self, row: AddRow) -> Result<Ticket, StoreError>;
    /// Withdraws a row.
    ///
    /// # Errors
    /// As [`Rows::put`].
    fn withdraw(&self, row: WithdrawRow) -> Result<Ticket, StoreError>;
    /// Adds those rows that are not there yet; answers [`Outcome::Done`] with their number.
    ///
    /// # Errors
    /// As [`Rows::put`].
    fn import(&self, rows: Vec<(Slot, Box<[u8; SEALED]>)>) -> Result<Ticket, StoreError>;
}

/// The verifiers of cards in use.
pub trait Cards: Send + Sync {
    /// Last period of the card with this verifier; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError::Failed`] where the disk cannot be read.
    fn until(&self, verifier: &Verifier) -> Result<Option<Period>, StoreError>;
    /// Adds cards; answers [`Outcome::Done`].
    ///
    /// # Errors
    /// As [`Rows::put`].
    fn add(&self, cards: Vec<(Verifier, Period)>) -> Result<Ticket, StoreError>;
    /// Removes a card; answers [`Outcome::Done`] with 1 or 0.
    ///
    /// # Errors
    /// As [`Rows::put`].
    fn revoke(&self, verifier: Verifier) -> Result<Ticket, StoreError>;
    /// Whether there is a card whose last period is `last` or earlier.
    ///
    /// # Errors
    /// [`StoreError::Failed`] where the disk cannot be read.
    fn any_until(&self, last: Period) -> Result<bool, StoreError>;
    /// Removes every card whose last period is `last` or earlier.
    ///
    /// # Errors
    /// As [`Rows::put`].
    fn expire(&self, last: Period) -> Result<Ticket, StoreError>;
}

/// Reading a period's sealed rows, once it takes no more.
pub trait SealedRows: Send + Sync {
    /// From the answer on, no row of `period` is written; all earlier ones are on the disk.
    ///
    /// # Errors
    /// As [`Rows::put`].
    fn freeze(&self, period: Period) -> Result<Ticket, StoreError>;
    /// Hands every sealed row of `period` to `each`.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for a row of the wrong width.
    fn drain(&self, period: Period, each: &mut dyn FnMut(RowKey, &[u8])) -> Result<(), StoreError>;
    /// Whether there is any row or tombstone of `period`.
    ///
    /// # Errors
    /// [`StoreError::Failed`] where the disk cannot be read.
    fn any(&self, period: Period) -> Result<bool, StoreError>;
    /// Whether removed rows may still lie in the store's file.
    ///
    /// # Errors
    /// [`StoreError::Failed`] where the disk cannot be read.
    fn needs_compaction(&self) -> Result<bool, StoreError>;
    /// Writes everything but rows and tombstones of `gone`, a shredded period, into a fresh
    /// file and unlinks the old one. Other writes wait.
    ///
    /// # Errors
    /// As [`Rows::put`].
    fn compact(&self, gone: Period) -> Result<Ticket, StoreError>;
}

/// A whole store.
pub trait Store: Rows + Cards + SealedRows {
    /// Resolves to the reason when a write has failed: the process must then end.
    fn failure(&self) -> tokio::sync::watch::Receiver<Option<String>>;
}
