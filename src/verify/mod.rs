//! Checks public bytes offline: a folder, a bundle or an address; no secret, no
//! service, no store.
//!
//! Guarantee: everything read is untrusted: sizes are limited, nothing panics,
//! and what is repeated is printable. A finding does not end the run, so one run
//! names all it can. Figures are recomputed from the logged programme file by
//! `accuracy`, never by the code that made them.
//! Non-guarantee: that counts are true, or that noise was drawn as stated. A log
//! that was rewritten with its own key shows only against an older checkpoint.

mod address;
mod budget;
mod bundle;
mod calendar;
mod config_files;
mod consistency;
mod cost;
mod epsilon;
mod error;
mod figures;
mod files;
mod keys;
mod proof;
mod releases;
mod replay;
mod report;
mod run;
mod tables;
mod tree;
mod unexpected_files;

/// Where the log's own key lies.
const LOG_KEY: &str = "log-key.txt";

pub use address::Address;
pub use bundle::{BUNDLE_LIMIT, Bundle, MEMBERS_LIMIT};
pub use error::VerifyError;
pub use files::{MemoryFiles, PublicFiles, PublicFolder};
pub use proof::proof_file;
pub use report::{Changed, Check, CheckLine, Finding, Report, State};
pub use run::{VerifyOptions, verify};
