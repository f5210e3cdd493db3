//! `audit verify`.

use std::path::PathBuf;

use clap::Args;

use super::super::Done;
use super::super::output::Output;

#[derive(Args)]
pub(super) struct Verify {
    /// A folder such as data/public, a bundle, or the address of /public
    source: String,
    /// The log's verifier key, or a file that holds it; taken from SOURCE (not pinned) if left out
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// A checkpoint that you kept: the log must extend it
    #[arg(long, value_name = "OLD-CHECKPOINT")]
    against: Option<PathBuf>,
}

pub(super) fn run(options: &Verify, _output: &Output) -> Done {
    Err(format!("not there yet: {} {:?} {:?}", options.source, options.key, options.against).into())
}
