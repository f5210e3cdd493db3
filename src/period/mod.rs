//! A period's life: Open → Closing → Released → Shredded.
//!
//! Guarantee: each step is durable before the next begins, and each may be
//! repeated; noise is drawn once per period, ever; a closed period's secrets
//! are gone. Where a period stands is read from the log, never from memory.
//! Opened rows exist in the counting process alone.
//! Non-guarantee: swap, core dumps and snapshots of the host are assumed not
//! to be readable. A cut between "drawn" and "draft durable" draws anew:
//! nothing of the first draw was ever outside this process's memory.

pub mod backup;
mod close;
pub mod counting;
mod custody;
mod data_dir;
pub mod dump;
mod loss;
pub mod paths;
mod queue;
mod schedule;
mod secrets;
pub mod wipe;
pub mod witness;

pub use close::Closed;
pub use custody::{Custody, KeyGiven, check as check_secrets};
pub use data_dir::{DataDir, DataDirError, Services};
pub use loss::Loss;
pub use paths::{DataPaths, FolderError};
pub use schedule::{LONGEST_SILENCE, ScheduleRun};

/// The desk over the embedded store.
pub type TallyIntake = crate::intake::Intake<crate::store::Embedded>;

use crate::crypto::{CryptoError, KeyFileError};
use crate::domain::Period;
use crate::durable::DurableError;
use crate::log::{LedgerError, LogError, WitnessError};
use crate::release::ReleaseError;
use crate::store::StoreError;

/// Why a period cannot be opened or closed.
#[derive(Debug, thiserror::Error)]
pub enum PeriodError {
    /// The grace days are not over.
    #[error(
        "{0} still takes tallies until {1}, and closes by itself on the day after. To close it now for good, add --early"
    )]
    StillOpen(Period, jiff::civil::Date),
    /// The period was never opened.
    #[error(
        "{0} was never opened, so there is nothing to close. For paper tallies of a past period: `peertally period open {0}`"
    )]
    NeverOpened(Period),
    /// Only past periods are opened by hand.
    #[error("{0} is not over yet: periods open by the calendar, and only a past one may be opened by hand")]
    NotPast(Period),
    /// The period is closed for good.
    #[error("{0} was closed before: one release per period, ever. What was published stays")]
    ClosedBefore(Period),
    /// Another kind of period.
    #[error("{0} is not a {1} of this programme: write it as {2}")]
    OtherKind(Period, &'static str, Period),
    /// The programme has other periods there.
    #[error(
        "{0} overlaps {1}, which was opened before: a week belongs to one period only. Wait for the first period that does not overlap"
    )]
    Overlap(Period, Period),
    /// A sealed row does not open.
    #[error(
        "{1} sealed rows of {0} do not open: they are damaged, or the keys are not theirs. Nothing was published, and the keys are kept. Copy the data folder, then restore the store from a backup"
    )]
    RowsDamaged(Period, usize),
    /// The counting process.
    #[error(transparent)]
    Counting(counting::CountingError),
    /// The secrets are gone before their time.
    #[error(
        "the secrets of {0} ({1}) are missing: without them its tallies can't be sealed or opened. Put the file back from a copy of keys/"
    )]
    SecretMissing(Period, String),
    /// The secrets do not open.
    #[error(
        "the secrets of {0} ({1}) do not open with this keys/master.key: put the right master.key back. Nothing was changed"
    )]
    SecretUnreadable(Period, String),
    /// A queue key does not open.
    #[error(
        "{0}, a key of the sealed queue, does not open with this keys/master.key: put the right file back, or remove it, and what was sealed to it and still waits on phones must be typed again. Nothing was changed"
    )]
    QueueKey(String),
    /// The private key is not the one that the log names.
    #[error(
        "the private key of {0} ({1}) is not the one the log says it was opened with: what would be sealed could never be opened. Put the right file back from a copy of keys/; nothing was changed"
    )]
    SecretOther(Period, String),
    /// Offline custody, and no key yet.
    #[error(
        "{0} takes no tallies: its private key is to be kept off this host, and its public key was not given. Make a pair elsewhere with `peertally keygen`, then here: `peertally period key {0} --public-key FILE`"
    )]
    KeyNotGiven(Period),
    /// A key file that is none.
    #[error("the public key of {0} was not taken: {1}")]
    KeyFile(Period, KeyFileError),
    /// The file of a given key was changed.
    #[error(
        "{1} is not the public key of {0} that was given: {2}. Give it again with `peertally period key {0}`; nothing was changed"
    )]
    KeyDamaged(Period, String, KeyFileError),
    /// The period is sealed to a key already.
    #[error(
        "{0} is open, and its tallies are sealed to another key, which cannot change any more. Nothing was changed"
    )]
    KeyTooLate(Period),
    /// One key, one period.
    #[error(
        "this key was given for {1}: each period needs a pair of its own, since its private key is destroyed after its close. Make another with `peertally keygen`"
    )]
    KeyOfAnother(Period, Period),
    /// Its key comes too late.
    #[error(
        "{0} was given up as lost: its salt is destroyed, so no key opens its tallies any more. Go on with `peertally close {0}`, which releases it empty"
    )]
    GivenUp(Period),
    /// Nothing to give up.
    #[error(
        "{0} does not wait for a private key that could be lost: its key is on this host, or its release is drawn already. Close it with `peertally close {0}`. Nothing was changed"
    )]
    NotGivenUp(Period),
    /// The close needs the private key.
    #[error(
        "{0} was not closed: its private key is kept off this host. Bring the file with the key id {1}: `peertally close {0} --private-key FILE`. If it is lost for good: --key-lost. Nothing was changed"
    )]
    KeyNeeded(Period, String),
    /// Another private key.
    #[error("this is not the private key of {period} (key id {wanted}): it belongs to {of}. Nothing was changed")]
    KeyOther {
        /// Which is to be closed.
        period: Period,
        /// Where the key belongs.
        of: String,
        /// The id of the right one.
        wanted: String,
    },
    /// Its secrets are lost.
    #[error(
        "{0} takes no tallies: its keys are lost, and what would be sealed could never be opened. It is released empty at its close; to close it now, add --early to `peertally close {0}`"
    )]
    Lost(Period),
    /// It was debited, and its secrets are lost.
    #[error(
        "{0} was debited before its keys were lost, so its noise may have been drawn already: it is never drawn again, stays unpublished, and its budget stays spent"
    )]
    NeverDrawn(Period),
    /// The clock went back.
    #[error(
        "the clock says {0}, but the log's last entry is of {1}: set the clock. Until then no period opens or closes by itself"
    )]
    ClockBack(jiff::civil::Date, jiff::civil::Date),
    /// The clock is far ahead.
    #[error(
        "the clock says {0}, but the log's last entry is of {1}, more than a year ago: no period opens or closes by itself until this is confirmed. If the date is right, start with `serve --trust-clock`"
    )]
    ClockAhead(jiff::civil::Date, jiff::civil::Date),
    /// A release that the log names is not there.
    #[error(
        "the log says that {0} was published, but its file is gone or was changed: put public/releases/{0}.json back from any copy"
    )]
    ReleaseLost(Period),
    /// The draft is not what this program writes.
    #[error(
        "the draft of {0} is damaged, and noise is never drawn twice once a draft existed: restore keys/periods/{0}.draft from a copy, or ask for help with a copy of the folder"
    )]
    DraftDamaged(Period),
    /// The budget.
    #[error("{0}")]
    Budget(#[from] LedgerError),
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The log is older than what was seen, or the witness cannot be kept.
    #[error(transparent)]
    Witness(#[from] WitnessError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk.
    #[error(transparent)]
    Durable(#[from] DurableError),
    /// The release.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// Randomness.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// The data folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
}
