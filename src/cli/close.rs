//! `close`: bound, add noise, publish, shred.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::args::Close;
use super::key_file::read;
use super::output::Output;
use super::{Done, progress};
use crate::admin::{Answer, Desk, Request};
use crate::clock::SystemClock;
use crate::crypto::PrivateKeyFile;
use crate::period::Folder;

const DESTROY: &str = "Now destroy the private key file and every copy of it: nothing needs it any more. The host's part, \
    the salt without\nwhich no row opens, is destroyed already; a copy of the data folder made before would open with both.\n";

pub(super) fn run(data: &Path, options: &Close, output: &Output) -> Done {
    // Read here: the service may not open files outside its data folder.
    let private_key = options.private_key.as_deref().map(|path| read(path, PrivateKeyFile::parse)).transpose()?;
    let desk = Desk::reach(Folder::new(data), Arc::new(SystemClock))?;
    // No numbers: how many rows there are is an exact count, and nobody's to see.
    let bar = progress::spinner(output, "opening, adding noise, publishing, destroying keys");
    let request = Request::Close { period: options.period, early: options.early, private_key };
    let answer = desk.ask(request, &|_| {});
    bar.finish_and_clear();
    let Answer::Closed(closed) = answer? else {
        return Err("the service gave another answer than expected: use the same version for both".into());
    };
    let period = closed.period;
    let words = if closed.before {
        "was closed before; its release stays as it is"
    } else {
        "is closed, published and shredded"
    };
    output.done(
        &format!(
            "{period} {words}.\nρ = {}, release SHA-256 {}\n{}Next: peertally report {period} --format csv",
            closed.rho,
            closed.sha256,
            if closed.offline { DESTROY } else { "" },
        ),
        &json!({
            "period": period, "rho": closed.rho, "sha256": closed.sha256, "before": closed.before,
            "destroy_private_key": closed.offline,
        }),
    );
    Ok(ExitCode::SUCCESS)
}
