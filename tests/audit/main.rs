//! What an auditor does: the log, `audit verify`, `audit scan`, and frauds that they must find.

#[path = "../common/mod.rs"]
mod common;

mod commands;
mod log_oracle;
#[cfg(feature = "test-hooks")]
mod scan;
mod tamper;
mod verify;
