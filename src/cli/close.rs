//! `close`: bound, add noise, publish, shred.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::args::CloseArgs;
use super::key_file::read;
use super::output::Output;
use super::{Done, progress};
use crate::admin::{AdminClient, Answer, Request};
use crate::clock::SystemClock;
use crate::crypto::PrivateKeyFile;
use crate::period::DataPaths;

const DESTROY: &str = "Now destroy the private key file and every copy of it: nothing needs it any more. The host's part, \
    the salt without\nwhich no row opens, is destroyed already; a copy of the data folder made before would open with both.\n";

const EMPTY: &str = "Its release is empty but for the noise, and looks like one of a period without work: say so wherever it is read.\n";

pub(super) fn run(data: &Path, options: &CloseArgs, output: &Output) -> Done {
    if options.key_lost && !options.yes_its_tallies_are_lost {
        return Err(format!(
            "this releases {0} empty: whatever was sent for it is never counted, its salt is destroyed, and the key brings \
             nothing back if it is found after all. If that is meant, add --yes-its-tallies-are-lost. Nothing was changed",
            options.period
        )
        .into());
    }
    // Read here: the service may not open files outside its data folder.
    let private_key = options.private_key.as_deref().map(|path| read(path, PrivateKeyFile::parse)).transpose()?;
    let desk = AdminClient::reach(DataPaths::new(data), Arc::new(SystemClock))?;
    // No numbers: how many rows there are is an exact count, and nobody's to see.
    let bar = progress::spinner(output, "opening, adding noise, publishing, destroying keys");
    let (period, early, key_lost) = (options.period, options.early, options.key_lost);
    let request = Request::Close { period, early, key_lost, private_key };
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
            match (closed.lost, closed.offline) {
                (true, _) => EMPTY,
                (false, true) => DESTROY,
                (false, false) => "",
            },
        ),
        &json!({
            "period": period, "rho": closed.rho, "sha256": closed.sha256, "before": closed.before,
            "destroy_private_key": closed.offline, "released_empty": closed.lost,
        }),
    );
    Ok(ExitCode::SUCCESS)
}
