//! `audit scan`: what lies on this host, held against the policy.

use std::fs::File;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde_json::json;
use zeroize::Zeroizing;

use super::super::Done;
use super::super::output::Output;
use super::scan_words::{self as words, Told};
use crate::admin::{AdminClient, Answer, Request};
use crate::clock::SystemClock;
use crate::period::{DataPaths, FolderError};
use crate::scan::{self, Markers, Periods, ScanCheck, ScanFinding, ScanState, ScannedFile};
use crate::store::structure::structure_of;

#[derive(Args)]
pub(super) struct Scan {
    /// Values to look for in every byte, one a line: raw, hex, base64 and UTF-16
    #[arg(long, value_name = "FILE")]
    markers: Option<PathBuf>,
    /// A file outside DATA to look through for the markers too, such as the service's log; may be repeated
    #[arg(long, value_name = "FILE", requires = "markers")]
    also: Vec<PathBuf>,
}

pub(super) fn run(data: &Path, options: &Scan, output: &Output) -> Done {
    let folder = DataPaths::new(data);
    match folder.check() {
        // A finding, told with the rest.
        Ok(()) | Err(FolderError::TooOpen(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let markers = options.markers.as_deref().map(read_markers).transpose()?;
    let (mut checks, mut findings) = (Vec::new(), Vec::new());
    // The log first: a period that is shredded while we look has then no finding yet.
    let periods = scan::read_periods(&folder.public());
    if let Err(reason) = &periods {
        findings.push(ScanFinding::new(
            "log",
            "public/log",
            reason,
            "run `peertally doctor`; put public/ back from a copy",
        ));
    }
    let (seen, unread) = scan::walk(data);
    findings.extend(unread);
    findings.extend(scan::judge(data, &seen, periods.as_ref().ok()));
    let running = UnixStream::connect(folder.socket()).is_ok();
    let store = look_at_store(&folder, running, periods.as_ref().ok(), &mut findings);
    words::files(&mut checks, &findings, periods.is_ok());
    checks.push(store);
    words::cores(&mut checks, &findings, running);
    match &markers {
        Some(markers) => {
            let bytes = search(&seen, &options.also, markers, &mut findings)?;
            checks.push(words::markers(&findings, markers.by_chance(bytes), running));
            for finding in &mut findings {
                finding.at = markers.withheld(&finding.at);
            }
        }
        None => {
            checks.push(ScanCheck::skipped("markers", "no values were given: plant some and name them with --markers"))
        }
    }
    let told = Told { checks: &checks, findings: &findings, notes: &scan::notes() };
    let value = json!({
        "checks": checks, "findings": findings, "notes": told.notes, "not_looked_at": words::NOT_LOOKED_AT,
        "service": running, "ok": findings.is_empty(),
    });
    output.done(&words::table(&told), &value);
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn read_markers(path: &Path) -> Result<Markers, String> {
    let text = std::fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|error| format!("{} cannot be read ({error}): name a text file, one value a line", path.display()))?;
    Markers::parse(&text).map_err(|error| error.to_string())
}

/// Through the running service, which has the store open, or in a copy of it.
fn look_at_store(
    folder: &DataPaths,
    running: bool,
    periods: Option<&Periods>,
    findings: &mut Vec<ScanFinding>,
) -> ScanCheck {
    let Some(periods) = periods else {
        return ScanCheck::skipped("store", "without the log nobody knows whose rows may lie there");
    };
    let mut broken = |reason: String| {
        findings.push(ScanFinding::new(
            "store",
            "store",
            reason,
            "run `peertally doctor`; keep a copy of the whole folder",
        ));
    };
    if running {
        let asked =
            AdminClient::reach(folder.clone(), Arc::new(SystemClock)).and_then(|desk| desk.ask(Request::Scan, &|_| {}));
        match asked {
            Ok(Answer::Scanned { findings: found, dumps }) => {
                findings.extend(found);
                if dumps {
                    let what = "the running service can leave a core dump, with keys and opened rows in it";
                    let advice = "set LimitCORE=0 and start it again; its log says why it could not turn them off";
                    findings.push(ScanFinding::new("core dumps", "the running service", what, advice));
                }
            }
            Ok(_) => broken("the service answered something else: use the same version for both".to_owned()),
            Err(error) => broken(error.to_string()),
        }
    } else {
        let mut looker = scan::StoreScanner::new(periods);
        match structure_of(&folder.store(), &mut |part| looker.look(part)) {
            Ok(()) => findings.extend(looker.findings()),
            Err(error) => broken(error.to_string()),
        }
    }
    words::store(findings)
}

/// Every plain file below DATA, then those beside; answers the bytes read.
fn search(
    seen: &[ScannedFile],
    also: &[PathBuf],
    markers: &Markers,
    findings: &mut Vec<ScanFinding>,
) -> Result<u64, String> {
    let mut bytes = 0;
    for file in seen.iter().filter(|file| file.is_file()) {
        match File::open(&file.at).and_then(|mut open| scan::search(&file.path, &mut open, markers)) {
            Ok(searched) => {
                bytes += searched.bytes;
                findings.extend(searched.findings);
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                let what = format!("could not be searched ({error})");
                findings.push(ScanFinding::new(
                    "markers",
                    &file.path,
                    what,
                    "run this as the service's user, or as root",
                ));
            }
        }
    }
    for path in also {
        let name = path.display().to_string();
        let searched = File::open(path).and_then(|mut open| scan::search(&name, &mut open, markers));
        let searched = searched.map_err(|error| {
            format!("{} cannot be searched ({error}): name a plain file with --also", markers.withheld(&name))
        })?;
        bytes += searched.bytes;
        findings.extend(searched.findings);
    }
    Ok(bytes)
}

/// The state of a check, in a word.
pub(super) fn word(state: ScanState) -> &'static str {
    match state {
        ScanState::Ok => "ok",
        ScanState::Found => "FOUND",
        ScanState::NotLooked => "not looked at",
    }
}
