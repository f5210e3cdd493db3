//! `keygen`: a key pair made off the host. Needs no data folder and no service.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::Done;
use super::output::Output;
use crate::crypto::{PeriodPrivateKey, PrivateKeyFile, key_file};
use crate::durable::{self, DurableError};
use crate::log::PublicKey;

#[derive(Args)]
pub(super) struct Keygen {
    /// Where the private key goes (0600): keep it away from the host
    #[arg(long, value_name = "FILE")]
    private_key: PathBuf,
    /// Where the public key goes: give it to the host
    #[arg(long, value_name = "FILE")]
    public_key: PathBuf,
}

pub(super) fn run(options: &Keygen, output: &Output) -> Done {
    let (private_path, public_path) = (&options.private_key, &options.public_key);
    if private_path == public_path {
        return Err("--private-key and --public-key name the same file: name two".into());
    }
    // Looked at before the private file is written, so that no half of a pair is left.
    if public_path.symlink_metadata().is_ok() {
        return Err(DurableError::Exists(public_path.clone()).into());
    }
    let (private, public) = PeriodPrivateKey::generate()?;
    let file = PrivateKeyFile::new(private);
    durable::write_new(private_path, file.line().as_bytes(), durable::PRIVATE)?;
    if let Err(error) = durable::write_new(public_path, key_file::public_line(&public).as_bytes(), durable::PUBLIC) {
        // The error to tell is the first one; a private key without its public one is of no use.
        let _ = durable::overwrite_and_remove(private_path);
        return Err(error.into());
    }
    let key_id = PublicKey(public.0).id().to_string();
    if open_to_others(private_path) {
        output.note(&format!(
            "the disk of {} keeps no permissions: whoever holds it can read the key. Lock the disk itself away",
            private_path.display()
        ));
    }
    output.done(
        &format!(
            "A key pair was made. Its key id is {key_id}.\n  \
             private: {private}\n  public:  {public}\n\n\
             The private key alone opens the tallies of its period, and it is nowhere else: without it they can\n\
             never be published. Keep it, and one copy, where the host and whoever takes the host cannot get at them.\n\
             Next, on the host, before the period begins: peertally period key PERIOD --public-key {public}",
            private = private_path.display(),
            public = public_path.display(),
        ),
        &json!({
            "private_key": private_path.display().to_string(),
            "public_key": public_path.display().to_string(),
            "key_id": key_id,
        }),
    );
    Ok(ExitCode::SUCCESS)
}

/// Whether others may read a file that was written for its owner alone: some disks keep no permissions.
fn open_to_others(path: &Path) -> bool {
    path.metadata().is_ok_and(|seen| seen.permissions().mode() & 0o077 != 0)
}
