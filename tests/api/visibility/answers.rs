//! What each answer tells of somebody else: the table of SECURITY.md, held to the program's causes and to its tests.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use std::collections::BTreeSet;

use super::{FIRST, World, tally};
use crate::common::{Answer, led, post, receipt, repository, request};

fn text(path: &str) -> String {
    std::fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands in `backticks`.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Rows of the table, as cells.
fn rows(page: &str) -> Vec<Vec<String>> {
    let (_, after) = page.split_once("\n## What answers tell\n").unwrap();
    let section = after.split("\n## ").next().unwrap();
    let lines = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| answer "));
    lines.map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The stable names of all causes, as the program has them.
fn causes() -> BTreeSet<String> {
    let source = text("src/intake/problem.rs");
    let (_, body) = source.split_once("pub fn code(&self)").unwrap();
    let arms = body.split("\n    }\n").next().unwrap().split("=> \"").skip(1);
    arms.map(|arm| arm.split('"').next().unwrap().to_owned()).collect()
}

/// What is wrong with the table.
fn wrong(page: &str) -> Vec<String> {
    let rows = rows(page);
    let named: BTreeSet<String> = rows.iter().flat_map(|row| quoted(&row[0])).collect();
    let mut wrong: Vec<String> = causes().difference(&named).map(|cause| format!("{cause} has no row")).collect();
    for row in &rows {
        let tests = quoted(row.last().unwrap());
        let there = |name: &String| {
            let (file, function) = name.split_once("::").unwrap_or((name, "nothing"));
            repository(file).is_file() && text(file).contains(&format!("fn {function}()"))
        };
        if row.len() != 4 || tests.is_empty() || !tests.iter().all(there) {
            wrong.push(format!("{row:?}"));
        }
    }
    wrong
}

#[test]
fn every_cause_stands_in_the_table_and_every_row_has_its_test() {
    let page = text("SECURITY.md");
    assert!(causes().len() > 10 && rows(&page).len() > 12, "{:?} {}", causes(), rows(&page).len());
    assert_eq!(wrong(&page), Vec::<String>::new());
    let lost = page.replace("`rate-limited`", "`another`");
    assert_eq!(wrong(&lost), ["rate-limited has no row"]);
    assert!(!wrong(&page.replace("::a_receipt_says_nothing_without", "::a_receipt_says_all_without")).is_empty());
}

/// Status, headers and body, without what each answer has of its own.
fn shape(answer: &Answer) -> (u16, Vec<String>, Vec<u8>) {
    let same = |(name, value): &(String, String)| match name.to_lowercase().as_str() {
        "date" => "date".to_owned(),
        // Its length tells nothing either.
        "location" => format!("location {}", value.len()),
        name => format!("{name}: {value}"),
    };
    // Their order is shuffled anew for each answer.
    let headers: BTreeSet<String> = answer.headers.iter().map(same).collect();
    (answer.status, headers.into_iter().collect(), answer.body.clone())
}

#[test]
fn a_receipt_says_nothing_without_its_card() {
    let world = World::new();
    let (holder, other) = (&world.cards[0], &world.cards[1]);
    let number = |n: u64| receipt(FIRST + n);
    let body = tally(&world.week, 1);
    let put = |card: &str, n: u64| shape(&world.service.put(card, &number(n), &body));
    let delete = |card: &str, n: u64| shape(&world.service.delete(card, &number(n)));
    // Of 0 and 2 the holder has sent tallies; 2 is withdrawn; of 50 and 51 nobody has.
    assert_eq!(delete(holder, 2).0, 204);
    let none = delete(other, 50);
    assert_eq!((none.0, delete(other, 0) == none, delete(other, 2) == none), (404, true, true));
    assert!(delete(holder, 2) == none, "withdrawn before, and none, are one answer to the holder too");
    let new = put(other, 51);
    assert_eq!((new.0, put(other, 0) == new, put(other, 2) == new), (201, true, true));
    // With the card it does say so: that is what the table says.
    assert_eq!((put(holder, 0).0, put(holder, 2).0, put(holder, 52).0), (200, 409, 201));
    assert_eq!((delete(holder, 0).0, delete(holder, 0).0), (204, 404));
    // A card that nobody issued learns nothing of either.
    let unknown = put(&world.cards[2], 0);
    assert!(unknown.0 == 401 && put(&world.cards[2], 2) == unknown && put(&world.cards[2], 53) == unknown);
}

#[test]
fn a_form_is_answered_alike_whatever_it_comes_to() {
    let world = World::new();
    let (mine, unknown) = (world.cards[0].as_str(), world.cards[2].as_str());
    let cases = [
        ("/", mine, 60, "north", 200),
        ("/", mine, 60, "north", 200),
        ("/", mine, 0, "south", 200),
        ("/", unknown, 61, "north", 422),
        ("/", mine, 62, "nowhere", 422),
        ("/practice", mine, 63, "north", 200),
        ("/practice", unknown, 64, "nowhere", 422),
        ("/correct", mine, 60, "south", 200),
        ("/withdraw", mine, 60, "", 200),
        ("/withdraw", mine, 60, "", 422),
        ("/", mine, 60, "north", 422),
        ("/withdraw", unknown, 60, "", 422),
    ];
    let mut shapes = Vec::new();
    for (path, card, n, area, status) in cases {
        let number = receipt(FIRST + n);
        let fields = [("card", card), ("receipt", &number), ("week", &world.week), ("area", area), ("setting", "van")];
        let sent = post(world.service.address, path, &[&fields[..], &[("count.contacts", "1")]].concat());
        let read = request(world.service.address, "GET", &led(&sent), &[], b"");
        assert_eq!(read.status, status, "{path} {card} {n} {area}: {}", read.text());
        shapes.push(shape(&sent));
    }
    assert!(shapes.windows(2).all(|pair| pair[0] == pair[1]), "a redirect tells what it came to");
}
