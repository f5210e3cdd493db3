//! `audit policy`: the policy's pages as files, without a service.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::super::Done;
use super::super::output::Output;
use crate::durable;
use crate::log::{self, PublicLog};
use crate::period::{DataPaths, FolderError};
use crate::policy::{Policy, Programme, compare, embedded};
use crate::web::{self, PolicySheet};

#[derive(Args)]
pub(super) struct PolicySheetArgs {
    /// What to print: policy, notice, or legal-request
    #[arg(value_enum, default_value = "policy", hide_possible_values = true, hide_default_value = true)]
    sheet: Which,
    /// A policy file; that of the data folder if left out, or the shipped one
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// File to write; standard output if left out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Which {
    /// What is kept, field by field
    Policy,
    /// The data-protection notice
    Notice,
    /// What a seizure can surrender
    LegalRequest,
}

pub(super) fn run(data: &Path, options: &PolicySheetArgs, output: &Output) -> Done {
    let (programme, policy) = match &options.policy {
        Some(path) => (String::new(), read(path)?),
        None => in_force(data)?,
    };
    compare(&policy)?;
    let sheet = match options.sheet {
        Which::Policy => PolicySheet::Policy,
        Which::Notice => PolicySheet::Notice,
        Which::LegalRequest => PolicySheet::LegalRequest,
    };
    let page = web::alone(sheet, &programme, &policy)?;
    match &options.out {
        Some(out) => {
            durable::replace(out, page.as_bytes(), durable::PUBLIC)?;
            let name = out.display().to_string();
            output.done(&format!("written to {name}; open it in a browser to print it"), &json!({"written": name}));
        }
        None if output.is_json() => output.done("", &serde_json::to_value(&policy)?),
        None => std::io::stdout().write_all(page.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Policy, Box<dyn std::error::Error>> {
    let name = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{name} cannot be read ({error}): check the path"))?;
    Ok(Policy::parse(&text, &name)?)
}

/// Name and policy of the data folder; the shipped policy where there is no folder.
fn in_force(data: &Path) -> Result<(String, Policy), Box<dyn std::error::Error>> {
    let folder = DataPaths::new(data);
    match folder.check() {
        Ok(()) | Err(FolderError::TooOpen(_)) => {}
        Err(FolderError::Nothing(_)) => return Ok((String::new(), embedded::policy()?)),
        Err(error) => return Err(error.into()),
    }
    let key = std::fs::read_to_string(folder.public().join("log-key.txt"))?;
    let log = PublicLog::read(&log::DirSource(folder.log()), &key.trim().parse()?)?;
    let (policy, programme) = (log.ledger().policy(), log.ledger().programme());
    let (Some(policy), Some(programme)) = (policy, programme) else {
        return Err("the log names no programme and policy: look with `peertally doctor`".into());
    };
    let programme = Programme::parse(&folder.read_adopted("programme", &programme)?, "programme.toml")?;
    let policy = Policy::parse(&folder.read_adopted("policy", &policy)?, "policy.toml")?;
    Ok((programme.name, policy))
}
