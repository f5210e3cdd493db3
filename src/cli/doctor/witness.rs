//! What this machine has seen of the log, and what a restore has left behind.

use std::fs;

use super::finding::DoctorFinding;
use super::read;
use crate::log::{PublicLog, Witness};
use crate::period::{DataPaths, Loss};

const CHECK: &str = "witness";

/// The witness, periods whose keys are lost, and a restore that was cut short.
pub(super) fn findings(folder: &DataPaths) -> Vec<DoctorFinding> {
    let mut findings: Vec<_> = read::read_log(folder).ok().map(|log| witness(folder, &log)).into_iter().collect();
    findings.extend(lost(folder));
    let half = folder.restoring();
    if half.exists() {
        let found = format!("{} was left by a restore that was cut short, and may hold keys", half.display());
        findings.push(DoctorFinding::look(
            "restore",
            found,
            "run the restore again, or remove that folder: its keys/ with `shred -u` first",
        ));
    }
    findings
}

fn witness(folder: &DataPaths, log: &PublicLog) -> DoctorFinding {
    let path = folder.witness();
    let name = path.display();
    let none = "start the service or run `peertally status` once. If that file cannot be made, let the service's user \
                write there, or put a link of that name to an empty file of its own on another disk";
    let witness = match Witness::read(&path) {
        Ok(Some(witness)) => witness,
        Ok(None) => {
            return DoctorFinding::look(
                CHECK,
                format!("{name} is not there: an old copy of DATA would not be noticed"),
                none,
            );
        }
        Err(error) => return DoctorFinding::stop(CHECK, error.to_string(), "then run `peertally doctor` again"),
    };
    let key = fs::read_to_string(folder.public().join("log-key.txt")).ok().and_then(|text| text.trim().parse().ok());
    if let Some(Err(error)) = key.map(|key| witness.check(log, &key)) {
        return DoctorFinding::stop(CHECK, error.to_string(), "nothing opens this folder until then");
    }
    match witness.seen(&log.checkpoint().origin) {
        Some(seen) => DoctorFinding::ok(
            CHECK,
            format!(
                "{name} has seen this log since {}, with {} entries: an older copy is refused",
                seen.since,
                seen.size()
            ),
        ),
        None => DoctorFinding::look(CHECK, format!("{name} has not seen this log yet"), none),
    }
}

fn lost(folder: &DataPaths) -> Vec<DoctorFinding> {
    let entries = fs::read_dir(folder.path().join("keys/periods")).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let periods = names.iter().filter_map(|name| name.strip_suffix(".lost")?.parse().ok());
    let finding = |period: crate::domain::Period| {
        let words = match Loss::of(folder, period) {
            Ok(loss) => loss?.words().to_owned(),
            Err(error) => error.to_string(),
        };
        Some(DoctorFinding::look("period", format!("{period}: {words}"), "say so where its figures are read"))
    };
    periods.filter_map(finding).collect()
}
