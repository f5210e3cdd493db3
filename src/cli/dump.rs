//! `dump`: a portable copy of the store.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::args::DumpArgs;
use super::output::Output;
use super::{Done, copy, progress};
use crate::admin::{AdminClient, Request};
use crate::clock::SystemClock;
use crate::period::DataPaths;

pub(super) fn run(data: &Path, options: &DumpArgs, output: &Output) -> Done {
    let desk = AdminClient::reach(DataPaths::new(data), Arc::new(SystemClock))?;
    // No numbers: how many rows there are is an exact count, and nobody's to see.
    let bar = progress::spinner(output, "copying the sealed rows");
    let written = copy::write(desk, &Request::Dump, &options.out);
    bar.finish_and_clear();
    let (digest, out) = (written?, options.out.display().to_string());
    output.done(
        &format!(
            "The sealed rows, withdrawals and card verifiers are in {out} (SHA-256 {digest}).\n\
             It can be loaded only beside {0}/keys and {0}/public, and no key is in it. Destroy it when its periods\n\
             are closed: with a copy of their keys it would open them for ever.",
            data.display()
        ),
        &json!({"written": out, "sha256": digest}),
    );
    Ok(ExitCode::SUCCESS)
}
