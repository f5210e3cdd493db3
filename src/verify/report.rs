//! What was checked and what was found.
//!
//! Guarantee: every text that came from outside is printable and short; at most
//! `MOST` findings of one check are kept, and how many more there were.

use serde::Serialize;

use crate::domain::printable::start;

/// Most findings of one check that are kept one by one.
pub(super) const MOST: usize = 100;

/// One kind of check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The container of a bundle.
    Bundle,
    /// The checkpoint's signature.
    Signature,
    /// Entries and tiles against the root.
    Tree,
    /// An older checkpoint.
    Against,
    /// Form and order of the events.
    Order,
    /// Programme and policy files.
    Adopted,
    /// Debits against caps.
    Budget,
    /// Release files against the log.
    Releases,
    /// What a release promises, against its programme.
    Guarantee,
    /// Tables against themselves.
    Tables,
    /// Destruction of keys.
    Keys,
    /// Files nobody asked for.
    Files,
}

/// Every check, in the order of the report, with what it proves and what it does not.
pub(super) const CHECKS: [(Check, &str, &str); 12] = [
    (
        Check::Bundle,
        "every byte of the bundle is the one form its files give, and its proofs lead to the root",
        "that nothing was left out before it was made: the checks below do",
    ),
    (
        Check::Signature,
        "the holder of the log's key signed this state of the log",
        "that no other state was signed for somebody else: compare checkpoints",
    ),
    (Check::Tree, "every entry and tile is the one that was signed; none is missing", "that an entry tells the truth"),
    (
        Check::Against,
        "nothing of the log you saw then was changed or taken back",
        "anything about what was signed and withdrawn between two of your visits",
    ),
    (
        Check::Order,
        "each period was opened, closed, debited, released once, in this order, on days that never go back",
        "that the days are true: the operator's clock wrote them",
    ),
    (
        Check::Adopted,
        "the programme and policy files are the ones that were logged, and can be read",
        "that the program which ran kept to the policy: `audit scan` on the host looks at that",
    ),
    (
        Check::Budget,
        "each period spent once, within the caps of its programme file for the period and the year",
        "that caps are wise, or that two periods do not concern the same person",
    ),
    (
        Check::Releases,
        "each release file is the logged one, byte for byte, and names what was in force",
        "that the counts behind it are true",
    ),
    (
        Check::Guarantee,
        "stated noise, rho, epsilon and equivalents follow from the programme file by the published formulas",
        "that noise of this width was really drawn: no reader of figures can see that",
    ),
    (
        Check::Tables,
        "tables add up to each other; intervals, printed figures, quality and targets follow from estimate and noise",
        "that the estimates come from tallies",
    ),
    (
        Check::Keys,
        "the log says in time that each period's keys were destroyed",
        "that they were: no one can show that a copy does not exist",
    ),
    (Check::Files, "nothing lies beside the files the log asks for", "anything about files outside this source"),
];

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nothing was found.
    Ok,
    /// At least one finding.
    Found,
    /// It could not be done, or was not asked for; why is in the line.
    NotChecked,
}

impl State {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Found => "FOUND",
            Self::NotChecked => "not checked",
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckLine {
    /// Which check.
    pub check: Check,
    /// How it ended.
    pub state: State,
    /// What was looked at, or why not.
    pub looked_at: String,
    /// What an `ok` proves.
    pub proves: &'static str,
    /// What it does not.
    pub does_not_prove: &'static str,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// By which check.
    pub check: Check,
    /// The file or the entry.
    pub at: String,
    /// What is wrong.
    pub wrong: String,
    /// What to do next.
    #[serde(rename = "do")]
    pub advice: String,
}

/// A programme or policy file that was taken into use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Position in the log.
    pub entry: u64,
    /// The day.
    pub date: String,
    /// `programme` or `policy`.
    pub what: &'static str,
    /// SHA-256 of the file.
    pub digest: String,
}

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// True if nothing was found.
    pub clean: bool,
    /// Whether the key was given by the auditor.
    pub pinned: bool,
    /// The key that signatures were held against.
    pub key: Option<String>,
    /// Entries in the log.
    pub size: Option<u64>,
    /// Root of its tree.
    pub root: Option<String>,
    /// Every check.
    pub checks: Vec<CheckLine>,
    /// Everything found.
    pub findings: Vec<Finding>,
    /// Findings beyond `MOST` of a check, not listed.
    pub more: usize,
    /// Programme and policy files, as they were taken into use.
    pub changes: Vec<Changed>,
}

/// The answer while it is being made.
#[derive(Default)]
pub(super) struct Findings {
    findings: Vec<Finding>,
    more: usize,
    looked: Vec<(Check, State, String)>,
    pub(super) changes: Vec<Changed>,
}

impl Findings {
    /// Something is wrong. Texts are made printable here.
    pub(super) fn found(&mut self, check: Check, at: &str, wrong: &str, advice: &str) {
        if self.findings.iter().filter(|finding| finding.check == check).count() >= MOST {
            self.more += 1;
            return;
        }
        let at = if at.is_empty() { "a file without a name".to_owned() } else { start(at, 200) };
        let wrong = start(wrong, 600);
        self.findings.push(Finding { check, at, wrong, advice: advice.to_owned() });
    }

    /// A check was done, and this is what it looked at.
    pub(super) fn looked(&mut self, check: Check, at: impl Into<String>) {
        self.looked.push((check, State::Ok, at.into()));
    }

    /// A check was not done, and why.
    pub(super) fn skipped(&mut self, check: Check, why: impl Into<String>) {
        self.looked.push((check, State::NotChecked, why.into()));
    }

    /// Whether anything is wrong so far.
    pub(super) fn any(&self) -> bool {
        !self.findings.is_empty()
    }

    fn line(&self, check: Check) -> Option<(State, String)> {
        let number = self.findings.iter().filter(|finding| finding.check == check).count();
        let (_, state, words) = self.looked.iter().rev().find(|(of, ..)| *of == check)?;
        Some((if number > 0 { State::Found } else { *state }, words.clone()))
    }

    /// The finished report.
    pub(super) fn finish(mut self, head: ReportHead) -> Report {
        self.findings.sort_by_key(|finding| finding.check);
        let line = |(check, proves, does_not_prove): &(Check, &'static str, &'static str)| {
            let (state, looked_at) = self.line(*check)?;
            Some(CheckLine { check: *check, state, looked_at: start(&looked_at, 300), proves, does_not_prove })
        };
        let checks = CHECKS.iter().filter_map(line).collect();
        let ReportHead { pinned, key, size, root } = head;
        let clean = self.findings.is_empty();
        Report {
            clean,
            pinned,
            key,
            size,
            root,
            checks,
            findings: self.findings,
            more: self.more,
            changes: self.changes,
        }
    }
}

/// `1 entry`, `2 entries`, and `0 entries`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What stands above the table.
#[derive(Default)]
pub(super) struct ReportHead {
    pub(super) pinned: bool,
    pub(super) key: Option<String>,
    pub(super) size: Option<u64>,
    pub(super) root: Option<String>,
}
