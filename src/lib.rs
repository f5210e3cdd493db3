//! peertally: outreach tallies without a list of people.
//!
//! Data goes one way: form → intake → pseudonym → sealed store → close →
//! private release → report. `docs/ARCHITECTURE.md` shows the rooms and what
//! each may use; `tests/layering.rs` holds them to it.

pub mod clock;
pub mod crypto;
pub mod domain;
pub mod durable;
pub mod log;
pub mod policy;
pub mod store;
