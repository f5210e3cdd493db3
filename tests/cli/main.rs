//! The command line: each command as it is typed, and what it prints.

#[path = "../common/mod.rs"]
mod common;

mod cards_sheet;
mod commands;
#[cfg(feature = "test-hooks")]
mod import;
mod plan;
mod simulate;
