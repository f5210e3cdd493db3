//! What lies on the host, held against the policy: `audit scan`.
//!
//! Guarantee: every file and folder below DATA, every tree, key and value of
//! the store is looked at; no row is opened (this room knows neither openers
//! nor keys); no finding holds a marker's value or a number of rows.
//! Non-guarantee: freed blocks of the disk, other folders, memory and backups
//! are not looked at; sealed bytes are told from others by their form alone.
//! Callers: admin (the store of a running service), cli.

mod bytes;
mod entries;
mod files;
mod finding;
mod forms;
mod host;
mod markers;
mod periods;

pub use bytes::{Searched, search};
pub use entries::Looker;
pub use files::{Seen, judge, walk};
pub use finding::{Check, Finding, State};
pub use host::notes;
pub use markers::{MarkerError, Markers};
pub use periods::{Periods, read as read_periods};
