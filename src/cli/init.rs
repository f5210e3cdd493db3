//! `init`: a new programme in an empty folder.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::Done;
use super::args::{CustodyArg, InitArgs};
use super::output::Output;
use crate::clock::SystemClock;
use crate::domain::Period;
use crate::period::{self, DataDir, DataPaths};
use crate::policy::embedded;

pub(super) fn run(data: &Path, options: &InitArgs, output: &Output) -> Done {
    let programme = options.config.as_deref().map_or_else(|| Ok(embedded::PROGRAMME.to_owned()), read)?;
    let policy = options.policy.as_deref().map_or_else(|| Ok(embedded::POLICY.to_owned()), read)?;
    let name = |path: &Option<std::path::PathBuf>, shipped: &str| {
        path.as_ref().map_or_else(|| shipped.to_owned(), |path| path.display().to_string())
    };
    // Checked by name first, so that an error points into the file that was given.
    crate::policy::Programme::parse(&programme, &name(&options.config, "programme.toml"))?;
    crate::policy::Policy::parse(&policy, &name(&options.policy, "policy.toml"))?;
    let custody = match options.custody {
        CustodyArg::Host => period::Custody::Host,
        CustodyArg::Offline => period::Custody::Offline,
    };
    let data_dir = DataDir::create_under(custody, DataPaths::new(data), &programme, &policy, Arc::new(SystemClock))?;
    let period = data_dir.programme().current_period(data_dir.today());
    let open = custody == period::Custody::Host;
    if open {
        data_dir.open_current()?;
    }
    let (state, first) = if open { ("is open".to_owned(), String::new()) } else { offline(period, data) };
    let key = data_dir.log_key();
    output.done(
        &format!(
            "A new programme is in {}. {period} {state}.\n{first}\n\
             The log's verifier key, for anyone who wants to check the log later:\n  {key}\n\n\
             Copy {}/keys/master.key and log.key to a safe place, and never keys/periods or keys/queue:\n\
             what is copied from there cannot be destroyed in time.\n\
             Next: peertally cards issue --count 8 --out cards.html, then peertally serve",
            data.display(),
            data.display()
        ),
        &json!({
            "data": data.display().to_string(), "period": period, "log_key": key,
            "custody": custody.name(), "open": open,
        }),
    );
    Ok(ExitCode::SUCCESS)
}

/// What comes first under offline custody.
fn offline(period: Period, data: &Path) -> (String, String) {
    let (data, next) = (data.display(), period.next());
    let steps = format!(
        "\nIts private key is to be kept off this host. First, on a machine that is not this one:\n  \
           peertally keygen --private-key {period}.private --public-key {period}.public\n\
         then bring {period}.public here, and nothing else:\n  \
           peertally period key {period} --public-key {period}.public --data {data}\n\
         {period} opens at once. Do the same for {next} before {}; `peertally doctor` reminds you.\n",
        next.first_day()
    );
    ("takes no tallies yet: it waits for its key".to_owned(), steps)
}

/// Reads a file that the user named.
pub(super) fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| {
        format!("{} cannot be read ({error}): check the name, and that it is UTF-8 text", path.display())
    })
}
