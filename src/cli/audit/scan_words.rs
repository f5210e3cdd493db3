//! The words of `audit scan`: what each check shows and what it does not.

use super::scan::word;
use crate::scan::{ScanCheck, ScanFinding, ScanState};

/// What no check here looks at.
pub(super) const NOT_LOOKED_AT: [&str; 5] = [
    "inside a sealed row: none is opened, here or in the service",
    "blocks of the disk that were freed: removed bytes may still lie there",
    "other folders, the system's journal and the proxy's log: name their files with --also",
    "memory, and what of it went to swap, hibernation or snapshots",
    "backups, dumps, printed sheets and copies of this folder",
];

/// All that is told.
pub(super) struct Told<'a> {
    pub(super) checks: &'a [ScanCheck],
    pub(super) findings: &'a [ScanFinding],
    pub(super) notes: &'a [String],
}

pub(super) fn files(checks: &mut Vec<ScanCheck>, findings: &[ScanFinding], log: bool) {
    checks.push(ScanCheck::of(
        "places",
        findings,
        "every file and folder in DATA has a place in the policy, and no link leads out but those of the two keys",
        "what is inside a file that has a rightful name",
    ));
    checks.push(ScanCheck::of(
        "permissions",
        findings,
        "nobody but the service's user gets at keys and store; others change nothing",
        "what root, the hosting company or a copy gives away",
    ));
    if log {
        checks.push(ScanCheck::of(
            "log",
            findings,
            "it verifies with the key beside it, and says where periods stand",
            "that it is the newest or the only one: `audit verify` with a key and checkpoint that you kept",
        ));
        checks.push(ScanCheck::of(
            "secrets",
            findings,
            "no file in keys/ bears the name of a period whose keys the log calls destroyed",
            "copies under foreign names elsewhere, and overwritten blocks",
        ));
    } else {
        checks.push(ScanCheck::of("log", findings, "it could not be read and verified", ""));
        checks.push(ScanCheck::skipped("secrets", "without the log nobody knows which periods are shredded"));
    }
}

pub(super) fn store(findings: &[ScanFinding]) -> ScanCheck {
    ScanCheck::of(
        "store",
        findings,
        "every tree, key and value has the width and form that the policy states, in periods that may have rows; \
         sealed bytes look random (a false alarm for fewer than one row in two billion)",
        "what is sealed; bytes that were made to look random; what the file holds beside its live entries",
    )
}

pub(super) fn cores(checks: &mut Vec<ScanCheck>, findings: &[ScanFinding], running: bool) {
    let shows = if running {
        "no file in DATA looks like a core dump; the kernel has the running service marked as not to be dumped"
    } else {
        "no file in DATA looks like a core dump; no service runs, so none was asked"
    };
    checks.push(ScanCheck::of("core dumps", findings, shows, "dumps that lie elsewhere"));
}

pub(super) fn markers(findings: &[ScanFinding], chance: f64, running: bool) -> ScanCheck {
    let chance = if chance == 0.0 {
        "chance shows none of them".to_owned()
    } else if one_of(chance) == 1 {
        "among so many bytes chance alone may show a 4-byte number: look at each".to_owned()
    } else {
        format!("chance alone shows a 4-byte number in fewer than one of {} scans", one_of(chance))
    };
    let meanwhile = if running { " (files that the service wrote meanwhile: as they were at that moment)" } else { "" };
    let shows = format!(
        "no value stands in any byte or name of a file, as written, in hex, base64, UTF-16, or (numbers from 65536 on, \
         addresses) as an integer{meanwhile}; {chance}"
    );
    let not = "other encodings, compressed or encrypted bytes, values cut in two, smaller numbers by themselves";
    ScanCheck::of("markers", findings, shows, not)
}

/// The largest power of ten of scans among which less than one false alarm is expected.
fn one_of(chance: f64) -> u64 {
    let mut scans = 1_u64;
    while scans < 1_000_000_000 && chance * (scans as f64) * 10.0 < 1.0 {
        scans *= 10;
    }
    scans
}

/// Everything for people.
pub(super) fn table(told: &Told<'_>) -> String {
    let mut text = format!("{:<12}  {:<13}  {}\n", "what", "state", "what it shows, and what not");
    for check in told.checks {
        // What was found stands below; this is what it should have been.
        let not_so = if check.state == ScanState::Found { "not so: " } else { "" };
        text += &format!("{:<12}  {:<13}  {not_so}{}\n", check.name, word(check.state), check.shows);
        if !check.not.is_empty() {
            text += &format!("{:<29}not: {}\n", "", check.not);
        }
    }
    for finding in told.findings {
        let offset = finding.offset.map_or_else(String::new, |offset| format!(", byte {offset}"));
        text += &format!(
            "\nFOUND by {}: {}{offset}: {}\n{:7}→ {}",
            finding.check, finding.at, finding.what, "", finding.advice
        );
    }
    if !told.findings.is_empty() {
        text.push('\n');
    }
    for note in told.notes {
        text += &format!("\nnote: {note}");
    }
    text += "\n\nNot looked at:\n";
    for what in NOT_LOOKED_AT {
        text += &format!("- {what}\n");
    }
    text + &format!("\n{} found", told.findings.len())
}

#[cfg(test)]
mod tests {
    use super::one_of;

    #[test]
    fn chance_is_rounded_to_the_careful_side() {
        assert_eq!((one_of(2.0), one_of(0.02), one_of(0.0001)), (1, 10, 1000));
    }
}
