//! The public log: a tiled transparency log in plain files (C2SP tlog-tiles,
//! RFC 6962 hashing), and the ledger that follows from its entries.
//!
//! Guarantee: an entry is on the disk when [`Log::append`] returns; nothing
//! that was signed is ever taken back; every file has one valid byte form.
//! Non-guarantee: whoever holds `log.key` can sign a second, different log.
//! Only a checkpoint kept elsewhere shows that ([`PublicLog::check_extends`]).

mod append;
pub mod checkpoint;
mod error;
pub mod event;
mod event_fast;
mod ids;
pub mod ledger;
pub mod merkle;
pub mod note;
mod read;
mod source;
pub mod tile;
pub mod witness;

pub use append::Log;
pub use checkpoint::{Checkpoint, origin_name};
pub use error::LogError;
pub use event::{Entry, Event, OpenedBy};
pub use ids::{HexError, KeyId, PublicKey};
pub use ledger::{Ledger, LedgerError, PeriodState, PeriodView};
pub use read::{Inclusion, MAX_SIZE, PublicLog};
pub use source::{DirSource, LogSource, LogSurvey, survey};
pub use tile::Tile;
pub use witness::{Witness, WitnessError};

/// Name of the file with the signed tree head.
pub const CHECKPOINT: &str = "checkpoint";
