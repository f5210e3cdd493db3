//! `audit bundle`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::Done;
use super::super::output::Output;

#[derive(Args)]
pub(super) struct Bundle {
    /// File to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn run(_data: &Path, options: &Bundle, _output: &Output) -> Done {
    Err(format!("not there yet: {:?}", options.out).into())
}
