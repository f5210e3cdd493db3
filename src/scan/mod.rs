//! What lies on the host, held against the policy: `audit scan`.
//!
//! Guarantee: every file and folder below DATA, every tree, key and value of
//! the store is looked at; no row is opened (this room knows neither openers
//! nor keys); no finding holds a marker's value or a number of rows.
//! Non-guarantee: freed blocks of the disk, other folders, memory and backups
//! are not looked at; sealed bytes are told from others by their form alone.

mod bytes;
mod entries;
mod files;
mod finding;
mod host;
mod markers;
mod periods;
mod spellings;

pub use bytes::{Searched, search};
pub use entries::StoreScanner;
pub use files::{ScannedFile, judge, walk};
pub use finding::{ScanCheck, ScanFinding, ScanState};
pub use host::notes;
pub use markers::{MarkerError, Markers};
pub use periods::{Periods, read as read_periods};
