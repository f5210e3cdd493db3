//! Release files against the log and against what was in force.
//!
//! Guarantee: each logged release is there, has the logged digest, is in its one
//! byte form, and names the programme, policy, weeks and day that the log gives.
//! A file with another digest is still read, so that the fault is named too.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::config_files::Adopted;
use super::files::PublicFiles;
use super::replay::{History, LoggedRelease};
use super::report::{Check, Findings, counted};
use super::tree::need;
use super::{cost, figures, tables};
use crate::crypto::digest::sha256;
use crate::domain::Period;
use crate::domain::release::Release;
use crate::policy::Programme;
use crate::report::json;

/// Longest release file.
const MAX_RELEASE: u64 = 64 * 1024 * 1024;
const ASK: &str = "ask the operator: the release says other than the log";

/// Checks every release that the log names.
pub(super) fn check(files: &dyn PublicFiles, story: &History, adopted: &Adopted, notes: &mut Findings) {
    let (mut read, mut recomputed) = (0, 0);
    for (period, published) in &story.published {
        let path = format!("releases/{period}.json");
        let Some(bytes) = need(files, Check::Releases, &path, MAX_RELEASE, notes) else { continue };
        read += 1;
        let Some(logged) = bytes_of(&path, &bytes, published, notes) else { continue };
        let release = match json::read(&bytes) {
            Ok(release) => release,
            Err(error) => {
                let advice = "fetch it again; if it stays so, ask the operator: it was logged in this form";
                notes.found(Check::Releases, &path, &error.to_string(), advice);
                continue;
            }
        };
        if let Some(programme) = of_its_time(&path, &release, *period, logged, story, adopted, notes) {
            recomputed += 1;
            let expected = cost::expected(programme, release.weeks.len());
            let debit = story.debits.get(period).and_then(|all| all.first());
            figures::check(&path, &release, programme, &expected, debit, notes);
            tables::check(&path, &release, programme, &expected, notes);
        }
    }
    notes.looked(Check::Releases, counted(read, "release", "releases"));
    for check in [Check::Guarantee, Check::Tables] {
        match recomputed {
            0 => notes.skipped(check, "there is no release to recompute, or none that could be"),
            n => notes.looked(check, counted(n, "release recomputed", "releases recomputed")),
        }
    }
}

/// Holds the digest against the log. The entry that fits, or else the last one.
fn bytes_of<'a>(
    path: &str,
    bytes: &[u8],
    published: &'a [LoggedRelease],
    notes: &mut Findings,
) -> Option<&'a LoggedRelease> {
    let digest = sha256(bytes);
    let found = published.iter().find(|one| one.sha256 == digest);
    if found.is_none() {
        let named = published.last().map_or_else(String::new, |one| format!("entry {} says {}", one.entry, one.sha256));
        let wrong = format!("its SHA-256 is {digest}, {named}: this is not the file that was published");
        let advice = "do not use it; fetch it again, and if it stays so, ask the operator for the logged one";
        notes.found(Check::Releases, path, &wrong, advice);
    }
    found.or(published.last())
}

/// What the head of the file says. The programme it was made with, if that can be read.
fn of_its_time<'a>(
    path: &str,
    release: &Release,
    period: Period,
    logged: &LoggedRelease,
    story: &History,
    adopted: &'a Adopted,
    notes: &mut Findings,
) -> Option<&'a Programme> {
    let mut found = |wrong: &str| notes.found(Check::Releases, path, wrong, ASK);
    if release.period != period {
        found(&format!("it is the release of {}, not of {period}", release.period));
    }
    match release.published.parse::<Date>() {
        Ok(day) if day.to_string() == release.published => {
            if day > logged.date {
                found(&format!("it says it was published on {day}, after its entry in the log ({})", logged.date));
            }
        }
        _ => found("its day of publication is not written YYYY-MM-DD"),
    }
    let policies: Vec<String> = logged.policies.iter().flatten().map(ToString::to_string).collect();
    if !policies.contains(&release.policy_digest) {
        found("its policy_digest is not that of the policy in force when it was made");
    }
    let Some(view) = story.ledger.period(period) else {
        found(&format!("{period} was never opened, so no programme file is bound to it"));
        return None;
    };
    if release.config_digest != view.programme.to_string() {
        found(&format!("its config_digest is not that of the programme file that {period} was opened with"));
    }
    let programme = adopted.programme(&view.programme)?;
    if release.programme != programme.name {
        found("the programme's name is not the one in its programme file");
    }
    Some(programme)
}

/// The first logged release of each period: what bundles hold proofs of.
pub(super) fn first(
    published: &BTreeMap<Period, Vec<LoggedRelease>>,
) -> impl Iterator<Item = (Period, &LoggedRelease)> {
    published.iter().filter_map(|(period, all)| Some((*period, all.first()?)))
}
