//! `wipe`: the end of a data folder.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::Done;
use super::args::WipeArgs;
use super::output::Output;
use crate::period::{DataPaths, wipe};

/// What a wipe does not reach.
const LIMITS: &str = "What this does not reach: old blocks on flash storage, copy-on-write file systems and snapshots;\n\
     backups and dumps; printed sheets and codes files; what swap or a core dump caught; copies of public/ elsewhere.\n\
     Destroy those too, and the disk's encryption key if there is one.";

pub(super) fn run(data: &Path, options: &WipeArgs, output: &Output) -> Done {
    let folder = DataPaths::new(data);
    wipe::check(&folder)?;
    let name = data.display();
    if !options.yes_destroy_everything {
        return Err(format!(
            "this destroys the keys in {name} and removes everything else in it{}: tallies of open periods can then never be published. \
             If that is meant, add --yes-destroy-everything. Nothing was changed",
            if options.public_too { ", public/ too" } else { " except public/" }
        )
        .into());
    }
    let links = wipe::wipe(&folder, options.public_too)?;
    for link in &links {
        output.say(&format!("{link} was a link: the link is gone, destroy the file it led to yourself"));
    }
    let kept = if options.public_too { "nothing is left".to_owned() } else { format!("{name}/public is kept") };
    output.done(
        &format!("{name} is wiped: keys overwritten and removed, then the store, then the rest; {kept}.\n{LIMITS}"),
        &json!({"wiped": true, "public_kept": !options.public_too, "links": links}),
    );
    Ok(ExitCode::SUCCESS)
}
