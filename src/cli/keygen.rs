//! `keygen`: a key pair made off the host.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Done;
use super::output::Output;

#[derive(Args)]
pub(super) struct Keygen {
    /// Where the private key goes (0600): keep it away from the host
    #[arg(long, value_name = "FILE")]
    private_key: PathBuf,
    /// Where the public key goes: give it to the host
    #[arg(long, value_name = "FILE")]
    public_key: PathBuf,
}

pub(super) fn run(options: &Keygen, _output: &Output) -> Done {
    let _ = ExitCode::SUCCESS;
    Err(format!("not there yet: {:?} {:?}", options.private_key, options.public_key).into())
}
