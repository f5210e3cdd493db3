//! `backup`: one file from which the programme can be restored.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use super::key_file::read;
use super::output::Output;
use super::{Done, copy, progress};
use crate::admin::{AdminClient, Request};
use crate::clock::SystemClock;
use crate::crypto::key_file;
use crate::durable::DurableError;
use crate::log::PublicKey;
use crate::period::DataPaths;

#[derive(Args)]
pub(super) struct Backup {
    /// File to write (0600); never written over
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Public key file of `keygen`: the keys are in it too, and all of it is sealed to that key
    #[arg(long, value_name = "PUBLIC-KEY-FILE")]
    to: Option<PathBuf>,
}

pub(super) fn run(data: &Path, options: &Backup, output: &Output) -> Done {
    if options.out.symlink_metadata().is_ok() {
        return Err(DurableError::Exists(options.out.clone()).into());
    }
    let (to, key_id) = options.to.as_deref().map(recipient).transpose()?.unzip();
    let desk = AdminClient::reach(DataPaths::new(data), Arc::new(SystemClock))?;
    // No numbers: how many rows there are is an exact count, and nobody's to see.
    let bar = progress::spinner(output, "copying log, sealed rows and cards");
    let written = copy::write(desk, &Request::Backup { to }, &options.out);
    bar.finish_and_clear();
    let (digest, out) = (written?, options.out.display().to_string());
    let what = if let Some(id) = &key_id {
        format!(
            "It holds the keys too, and all of it is sealed to the key id {id}: compare that with the one `keygen` printed.\n\
             Only the private key of that pair opens it, and whoever has that key can open the periods that are open\n\
             now, for ever. Destroy it when they are closed."
        )
    } else {
        format!(
            "No key is in it: restoring needs a copy of {}/keys, kept apart. Both together open the\n\
             periods that are open now, for ever: destroy one of them when they are closed.",
            data.display()
        )
    };
    output.done(
        &format!(
            "The log, the releases, the sealed rows and the card verifiers are in {out} (SHA-256 {digest}).\n{what}\n\
             Tallies sent from now on are not in it. Next: peertally restore --help"
        ),
        &json!({"written": out, "sha256": digest, "sealed": key_id.is_some(), "key_id": key_id}),
    );
    Ok(ExitCode::SUCCESS)
}

/// The one line of a public key file, checked here so that an error names the file; and the key's id.
fn recipient(path: &Path) -> Result<(String, String), String> {
    let key = read(path, key_file::read_public)?;
    Ok((key_file::public_line(&key), PublicKey(key.0).id().to_string()))
}
