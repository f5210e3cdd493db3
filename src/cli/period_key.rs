//! `period key`: the public key of a period whose private key stays off the host.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use super::Done;
use super::key_file::read;
use super::output::Output;
use crate::admin::{AdminClient, Answer, Request};
use crate::clock::SystemClock;
use crate::crypto::key_file;
use crate::domain::Period;
use crate::period::DataPaths;

#[derive(Args)]
pub(super) struct PeriodKey {
    /// Such as 2025-Q1
    period: Period,
    /// The public key file that `peertally keygen` wrote
    #[arg(long, value_name = "FILE")]
    public_key: PathBuf,
}

pub(super) fn run(data: &Path, options: &PeriodKey, output: &Output) -> Done {
    // Read here: the service may not open files outside its data folder.
    let key = read(&options.public_key, key_file::read_public)?;
    let desk = AdminClient::reach(DataPaths::new(data), Arc::new(SystemClock))?;
    let request = Request::PeriodKey { period: options.period, public_key: key_file::public_line(&key) };
    let Answer::KeyGiven { period, key_id, new, open } = desk.ask(request, &|_| {})? else {
        return Err("the service gave another answer than expected: use the same version for both".into());
    };
    let words = if new { "has its key" } else { "had this key before" };
    let next = if open {
        format!("{period} is open: its tallies are sealed to this key")
    } else {
        format!("{period} will be sealed to it once it opens; until then another key may take its place")
    };
    output.done(
        &format!(
            "{period} {words}, key id {key_id}. {next}.\n\
             Compare the key id with the one that `keygen` printed. Only the private key of that pair closes {period}."
        ),
        &json!({"period": period, "key_id": key_id, "new": new, "open": open}),
    );
    Ok(ExitCode::SUCCESS)
}
