//! `backup`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Done;
use super::output::Output;

#[derive(Args)]
pub(super) struct Backup {
    /// File to write (0600)
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn run(_data: &Path, options: &Backup, _output: &Output) -> Done {
    Err(format!("not there yet: {:?}", options.out).into())
}
