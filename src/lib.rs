//! peertally: outreach tallies without a list of people.
//!
//! Data goes one way: form → intake → pseudonym → sealed store → close →
//! private release → report. `docs/ARCHITECTURE.md` shows the rooms and what
//! each may use; `tests/layering.rs` holds them to it.

pub mod accuracy;
pub mod clock;
pub mod domain;
pub mod policy;
pub mod release;
pub mod report;
