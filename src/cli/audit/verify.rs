//! `audit verify`: opens the source, asks, prints.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::Done;
use super::super::output::Output;
use super::table;
use crate::clock::{Clock, SystemClock};
use crate::crypto::sign::LogVerifierKey;
use crate::verify::{Address, BUNDLE_LIMIT, Bundle, PublicFolder, Report, VerifyError, VerifyOptions, verify};

/// Longest key file and longest checkpoint.
const SHORT: u64 = 4096;

#[derive(Args)]
pub(super) struct Verify {
    /// A folder such as data/public, a bundle, or the address of /public
    source: String,
    /// The log's verifier key, or a file that holds it; taken from SOURCE (not pinned) if left out
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// A checkpoint that you kept: the log must extend it
    #[arg(long, value_name = "OLD-CHECKPOINT")]
    against: Option<PathBuf>,
}

pub(super) fn run(options: &Verify, output: &Output) -> Done {
    let key = options.key.as_deref().map(key).transpose()?;
    let against = options.against.as_deref().map(|path| read(path, SHORT)).transpose()?;
    let today = SystemClock.today(&TimeZone::UTC);
    let report = of(&options.source, key.as_ref(), against.as_deref(), today)?;
    output.done(&table::text(&options.source, &report), &serde_json::to_value(&report)?);
    Ok(if report.clean { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Asks the source.
fn of(source: &str, key: Option<&LogVerifierKey>, against: Option<&[u8]>, today: Date) -> Result<Report, VerifyError> {
    let question = VerifyOptions { key, against, today, bundle: None };
    if source.contains("://") {
        return Ok(verify(&Address::new(source)?, &question));
    }
    let path = Path::new(source);
    if path.is_dir() {
        return Ok(verify(&PublicFolder(path.to_owned()), &question));
    }
    let bundle = Bundle::read(&read(path, BUNDLE_LIMIT)?)?;
    Ok(verify(bundle.files(), &VerifyOptions { bundle: Some(&bundle), ..question }))
}

/// The key itself, or the one in a file.
fn key(text: &str) -> Result<LogVerifierKey, Box<dyn std::error::Error>> {
    if let Ok(key) = text.parse() {
        return Ok(key);
    }
    let path = Path::new(text);
    // A key that was copied in part should not be looked for as a file.
    if text.contains('+') && !path.exists() {
        return Ok(text.parse::<LogVerifierKey>()?);
    }
    let neither =
        |error| format!("--key takes a verifier key (name+hash+base64, copied whole) or a file with one: {error}");
    let bytes = read(path, SHORT).map_err(neither)?;
    Ok(String::from_utf8_lossy(&bytes).trim_end().parse::<LogVerifierKey>()?)
}

fn read(path: &Path, most: u64) -> Result<Vec<u8>, VerifyError> {
    let name = || path.display().to_string();
    let unreadable = |e: std::io::Error| VerifyError::Unreadable(name(), e.to_string());
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let read = file.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if read as u64 > most { Err(VerifyError::Large(name(), most)) } else { Ok(bytes) }
}
