//! `audit scan`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::Done;
use super::super::output::Output;

#[derive(Args)]
pub(super) struct Scan {
    /// Values to look for in every byte, one a line: raw, hex, base64 and UTF-16
    #[arg(long, value_name = "FILE")]
    markers: Option<PathBuf>,
}

pub(super) fn run(_data: &Path, options: &Scan, _output: &Output) -> Done {
    Err(format!("not there yet: {:?}", options.markers).into())
}
