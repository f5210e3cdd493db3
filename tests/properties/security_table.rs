//! SECURITY.md says of each adversary which test shows it: held to the adversaries and to the tests.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use std::path::Path;

/// A file of the repository.
fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The first cell's bold words of each row of the table behind a heading.
fn adversaries(page: &str, heading: &str) -> Vec<String> {
    let (_, after) = page.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = after.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| **"));
    rows.map(|row| row.split_once("**").unwrap().0.to_owned()).collect()
}

/// What is wrong with the tests that a page names.
fn wrong(page: &str) -> Vec<String> {
    let (_, after) = page.split_once("\n## Which test shows it\n").unwrap();
    let section = after.split("\n## ").next().unwrap();
    let named = section.split('`').skip(1).step_by(2).filter(|name| name.starts_with("tests/"));
    let missing = |name: &&str| {
        let (file, function) = name.split_once("::").unwrap_or((name, ""));
        let there = Path::new(env!("CARGO_MANIFEST_DIR")).join(file).is_file();
        !there || !(function.is_empty() || text(file).contains(&format!("fn {function}()")))
    };
    named.filter(missing).map(str::to_owned).collect()
}

#[test]
fn every_adversary_has_a_row_and_every_test_is_there() {
    let page = text("SECURITY.md");
    let (first, second) = (adversaries(&page, "Who can get what"), adversaries(&page, "Which test shows it"));
    assert!(first.len() > 10, "{first:?}");
    assert_eq!(first, second);
    assert_eq!(wrong(&page), Vec::<String>::new());
    let renamed = page.replace("::a_card_opens_its_tallies", "::no_card_opens_its_tallies");
    assert!(!wrong(&renamed).is_empty(), "a test that is gone would not be seen");
}
