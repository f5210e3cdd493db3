//! `restore`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Done;
use super::output::Output;

#[derive(Args)]
pub(super) struct Restore {
    /// A file written by `backup`
    file: PathBuf,
}

pub(super) fn run(_data: &Path, options: &Restore, _output: &Output) -> Done {
    Err(format!("not there yet: {:?}", options.file).into())
}
