//! The answer of `audit verify` for people.

use crate::domain::printable::start;
use crate::verify::{CheckLine, Finding, Report, State};

/// Width of the first two columns.
const CHECK: usize = 11;
const STATE: usize = 13;

/// The whole answer as text.
pub(super) fn text(source: &str, report: &Report) -> String {
    let mut lines = vec![format!("{:<CHECK$}{}", "source", start(source, 200))];
    lines.push(key(report));
    if let (Some(size), Some(root)) = (report.size, &report.root) {
        lines.push(format!("{:<CHECK$}{size} entries, root {root}", "log"));
    }
    lines.push(String::new());
    for change in &report.changes {
        let what = format!("{} {} since {} (entry {})", change.what, change.digest, change.date, change.entry);
        lines.push(format!("{:<CHECK$}{what}", "in force"));
    }
    lines.push(String::new());
    lines.push(format!("{:<CHECK$}{:<STATE$}looked at", "check", "state"));
    lines.extend(report.checks.iter().flat_map(check));
    lines.push(String::new());
    lines.extend(report.findings.iter().flat_map(finding));
    if report.more > 0 {
        lines.push(format!("and {} more findings like these", report.more));
    }
    lines.push(last(report));
    lines.join("\n")
}

fn key(report: &Report) -> String {
    let key = report.key.as_deref().unwrap_or("none");
    let pinned = if report.pinned {
        "pinned: you gave it"
    } else {
        "not pinned: it comes from the source itself, so whoever made the source may have made the key; give yours with --key"
    };
    format!("{:<CHECK$}{key}\n{:<CHECK$}{pinned}", "key", "")
}

fn check(line: &CheckLine) -> Vec<String> {
    let name = serde_json::to_value(line.check).ok().and_then(|name| name.as_str().map(str::to_owned));
    let head = format!("{:<CHECK$}{:<STATE$}{}", name.unwrap_or_default(), line.state.words(), line.looked_at);
    let indent = CHECK + STATE;
    let more = |word: &str, what: &str| format!("{:indent$}{word}: {what}", "");
    match line.state {
        State::Ok => vec![head, more("proved", line.proves), more("not proved", line.does_not_prove)],
        State::Found => vec![head, more("not proved", line.proves)],
        State::NotChecked => vec![head],
    }
}

fn finding(finding: &Finding) -> [String; 2] {
    [format!("FOUND      {}: {}", finding.at, finding.wrong), format!("{:<CHECK$}→ {}", "", finding.advice)]
}

fn last(report: &Report) -> String {
    let found = report.findings.len() + report.more;
    match (found, report.pinned) {
        (0, true) => "Nothing was found.".to_owned(),
        (0, false) => "Nothing was found; the key was not pinned.".to_owned(),
        (1, _) => "1 finding.".to_owned(),
        (n, _) => format!("{n} findings."),
    }
}
