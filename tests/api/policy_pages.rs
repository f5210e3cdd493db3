//! The policy's pages say what the policy file says, on the service and as files, and nothing else decides them.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use std::fs;

use crate::common::{Programme, repository};
use peertally::policy::{Policy, embedded};

/// As the templates write it.
fn escaped(text: &str) -> String {
    text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;").replace('"', "&#34;").replace('\'', "&#39;")
}

fn assert_says(page: &str, words: &str) {
    assert!(page.contains(&escaped(words)), "not on the page: {words}");
}

/// What must stand on each page.
fn assert_whole(policy: &Policy, kept: &str, notice: &str, legal: &str) {
    for field in &policy.stored {
        for words in [&field.name, &field.path, &field.kind, &field.purpose, &field.how_long, &field.destroyed_by] {
            assert_says(kept, words);
        }
        for words in [&field.name, &field.what, &field.purpose, &field.how_long, &field.seen_by, &field.destroyed_by] {
            assert_says(notice, words);
        }
        assert_says(legal, &field.path);
    }
    for never in &policy.never_stored {
        for page in [kept, notice, legal] {
            assert_says(page, &never.name);
        }
    }
    for viewer in &policy.visibility {
        for words in viewer.may_see.iter().chain(&viewer.may_never_see) {
            assert_says(kept, words);
            assert_says(notice, words);
        }
    }
    for seizure in &policy.seizures {
        assert_says(legal, &seizure.what);
        seizure.also.iter().chain(&seizure.never).for_each(|words| assert_says(legal, words));
    }
    for part in &policy.notice {
        assert_says(notice, &part.text);
    }
}

#[test]
fn the_pages_are_the_policy_file_and_follow_it() {
    let changed = embedded::POLICY
        .replacen("purpose = \"Holds the record\"", "purpose = \"Holds <the> record, said anew\"", 1)
        .replacen("what = \"A card\"", "what = \"A paper card\"", 1);
    assert_ne!(changed, embedded::POLICY);
    let programme = Programme { folder: tempfile::tempdir().unwrap() };
    fs::write(programme.path("policy.toml"), &changed).unwrap();
    programme.json(&["init", "--policy", "policy.toml"]);
    let policy = Policy::parse(&changed, "policy.toml").unwrap();
    let service = programme.serve();
    let page = |path: &str| {
        let answer = service.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("content-type").unwrap().starts_with("text/html"));
        answer.text()
    };
    let (kept, notice, legal) = (page("/policy"), page("/policy/notice"), page("/policy/legal-request"));
    assert_whole(&policy, &kept, &notice, &legal);
    assert_says(&kept, "Holds <the> record, said anew");
    assert_says(&legal, "A seizure of: A paper card");
    for link in ["href=\"policy/notice\"", "href=\"policy/legal-request\""] {
        assert!(kept.contains(link) && page("/help").contains(link), "{link}");
    }
    assert!(notice.contains("href=\"../exit\"") && notice.contains("href=\"../style.css\""));

    let file = |sheet: &str| {
        let name = format!("{sheet}.html");
        programme.json(&["audit", "policy", sheet, "--out", &name]);
        fs::read_to_string(programme.path(&name)).unwrap()
    };
    let (kept, notice, legal) = (file("policy"), file("notice"), file("legal-request"));
    assert_whole(&policy, &kept, &notice, &legal);
    for sheet in [&kept, &notice, &legal] {
        assert!(
            !sheet.contains("href=") && !sheet.contains("src=") && sheet.contains("@media print"),
            "a file for itself"
        );
    }
}

/// Per custody: what the table says of open tallies.
#[test]
fn the_legal_sheet_says_under_which_custody_tallies_can_be_read() {
    let programme = Programme { folder: tempfile::tempdir().unwrap() };
    let done = programme.run(&["audit", "policy", "legal-request"]);
    let text = String::from_utf8(done.stdout).unwrap();
    let section = |what: &str| {
        let from = text.split(&format!("A seizure of: {what}")).nth(1).unwrap();
        from.split("</section>").next().unwrap().to_owned()
    };
    let (can, cannot) = ("can be read, under pseudonyms", "No tally can be read");
    for (what, yes, no) in [
        ("The running host", 2, 1),
        ("The disk", 1, 2),
        ("A backup", 1, 2),
        ("A worker&#39;s phone", 0, 0),
        ("A card", 0, 0),
        ("The codes file", 0, 0),
        ("The public log", 0, 0),
        ("The provider", 0, 0),
    ] {
        let section = section(what);
        assert_eq!((section.matches(can).count(), section.matches(cannot).count()), (yes, no), "{what}");
        assert_eq!(
            section.contains("Holds nothing that this program stores"),
            (yes, no) == (0, 0) && what != "The public log"
        );
    }
}

#[test]
fn a_policy_that_hides_what_a_seizure_gives_is_refused() {
    let shipped = fs::read_to_string(repository("config/policy.toml")).unwrap();
    let disk = "what = \"The disk, without the running host\"\ngives = [\"disk\", \"public\"]\nopens = [\"host\"]";
    assert!(shipped.contains(disk));
    for (to, words) in [
        (disk.replace("[\"disk\", \"public\"]", "[\"public\"]"), "[[seizure]] `disk` must have gives"),
        (disk.replace("opens = [\"host\"]", "opens = []"), "[[seizure]] `disk` must have opens"),
    ] {
        let programme = Programme { folder: tempfile::tempdir().unwrap() };
        fs::write(programme.path("policy.toml"), shipped.replace(disk, &to)).unwrap();
        for arguments in [&["init", "--policy", "policy.toml"][..], &["audit", "policy", "--policy", "policy.toml"]] {
            let done = programme.run(arguments);
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(done.status.code() == Some(1) && said.contains(words), "{said}");
        }
    }
}
