//! `audit bundle`: copies one whole state of the public files into one file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::super::Done;
use super::super::output::Output;
use crate::crypto::digest::sha256;
use crate::durable;
use crate::period::DataPaths;
use crate::verify::{Bundle, MemoryFiles, PublicFolder, VerifyError};

/// How often a folder that changes is copied again, and the wait between.
const ATTEMPTS: u32 = 20;
const WAIT: Duration = Duration::from_millis(100);

#[derive(Args)]
pub(super) struct BundleArgs {
    /// File to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn run(data: &Path, options: &BundleArgs, output: &Output) -> Done {
    let folder = DataPaths::new(data);
    folder.check()?;
    let bundle = whole(&PublicFolder(folder.public()))?;
    let bytes = bundle.to_bytes()?;
    durable::write_new(&options.out, &bytes, durable::PUBLIC)?;
    let (files, digest) = (bundle.files().0.len(), sha256(&bytes));
    output.done(
        &format!(
            "{} holds {files} public files, {} bytes, SHA-256 {digest}\nNext: peertally audit verify {} --key KEY",
            options.out.display(),
            bytes.len(),
            options.out.display()
        ),
        &json!({"out": options.out.display().to_string(), "files": files, "bytes": bytes.len(), "sha256": digest}),
    );
    Ok(ExitCode::SUCCESS)
}

/// A running service may write meanwhile: copied until one whole state was read.
fn whole(folder: &PublicFolder) -> Result<Bundle, VerifyError> {
    let mut left = ATTEMPTS;
    loop {
        left -= 1;
        match MemoryFiles::copy(folder).and_then(Bundle::make) {
            Err(_) if left > 0 => std::thread::sleep(WAIT),
            made => return made,
        }
    }
}
