//! `init`: a new programme in an empty folder.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::Done;
use super::args::{Custody, Init};
use super::output::Output;
use crate::clock::SystemClock;
use crate::period::{Folder, House};
use crate::policy::embedded;

pub(super) fn run(data: &Path, options: &Init, output: &Output) -> Done {
    if options.custody == Custody::Offline {
        return Err(
            "offline custody is not in this version yet: use --custody host, and read in SECURITY.md what that means"
                .into(),
        );
    }
    let programme = options.config.as_deref().map_or_else(|| Ok(embedded::PROGRAMME.to_owned()), read)?;
    let policy = options.policy.as_deref().map_or_else(|| Ok(embedded::POLICY.to_owned()), read)?;
    let name = |path: &Option<std::path::PathBuf>, shipped: &str| {
        path.as_ref().map_or_else(|| shipped.to_owned(), |path| path.display().to_string())
    };
    // Checked by name first, so that an error points into the file that was given.
    crate::policy::Programme::parse(&programme, &name(&options.config, "programme.toml"))?;
    crate::policy::Policy::parse(&policy, &name(&options.policy, "policy.toml"))?;
    let house = House::create(Folder::new(data), &programme, &policy, Arc::new(SystemClock))?;
    let opened = house.open_current()?;
    let period = opened.map_or_else(String::new, |period| period.to_string());
    let key = house.log_key();
    output.done(
        &format!(
            "A new programme is in {}. {period} is open.\n\n\
             The log's verifier key, for anyone who wants to check the log later:\n  {key}\n\n\
             Copy {}/keys/master.key and log.key to a safe place, and never keys/periods: what is\n\
             copied from there cannot be destroyed when a period closes.\n\
             Next: peertally cards issue --count 8 --out cards.html, then peertally serve",
            data.display(),
            data.display()
        ),
        &json!({"data": data.display().to_string(), "period": period, "log_key": key}),
    );
    Ok(ExitCode::SUCCESS)
}

/// Reads a file that the user named.
pub(super) fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| {
        format!("{} cannot be read ({error}): check the name, and that it is UTF-8 text", path.display())
    })
}
