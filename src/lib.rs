//! peertally: outreach tallies without a list of people.
//!
//! Data goes one way: form → intake → pseudonym → sealed store → close →
//! private release → report. `docs/ARCHITECTURE.md` shows the rooms and what
//! each may use; `tests/properties/layering.rs` holds them to it.

pub mod accuracy;
pub mod admin;
pub mod cli;
pub mod clock;
pub mod crowd;
pub mod crypto;
pub mod domain;
pub mod durable;
#[cfg(feature = "test-hooks")]
pub mod faults;
pub mod intake;
pub mod locale;
pub mod log;
pub mod period;
pub mod plan;
pub mod policy;
pub mod release;
pub mod report;
pub mod sandbox;
pub mod scan;
pub mod store;
pub mod verify;
pub mod web;
