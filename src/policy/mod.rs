//! The programme and policy files: what is counted, what is kept, what never is.
//!
//! Guarantee: a [`Programme`] or [`Policy`] exists only after every check of its
//! file has passed; a program whose stored fields differ from the policy file
//! is refused by [`schema::compare`].
//! Non-guarantee: whether the policy is a good one is for people to judge.

pub mod calendar;
pub mod embedded;
pub mod file_error;
pub mod layout;
pub mod policy_file;
mod policy_sheets;
pub mod programme;
mod programme_cards;
mod programme_dhis2;
mod programme_file;
mod programme_measures;
mod programme_privacy;
mod programme_registry;
mod programme_translated;
mod programme_words;
mod reader;
pub mod schema;
pub mod seizure;
mod superseded;

pub use file_error::FileError;
pub use policy_file::{Never, Notice, Policy, Seized, StoredField, Viewer};
pub use programme::{Attribute, Breakdown, CardRules, Category, Dimension, Measure, Privacy, Programme, Retention};
pub use schema::{PolicyError, StoredItem, compare};
pub use superseded::is_superseded;

/// Why a programme file is refused.
pub type ProgrammeError = FileError;
