//! Who holds all files, the master key and a card: reads that card's tallies before the close, and nothing after it.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common;
use crate::common::life;
use std::fs;

use crate::common::attacker::{Found, Knowledge, attack, stored_rows};
use crate::common::{Programme, receipt};
use peertally::crypto::MasterKey;
use peertally::domain::CardCode;
use serde_json::json;

const LABEL: &str = "Robin";
const MINE: [u32; 3] = [11, 12, 13];
const OTHERS: u32 = 5;

/// Tallies of the card in question, of another card, and of a paper sheet.
fn prepared() -> (Programme, Knowledge) {
    let programme = Programme::new();
    let cards = programme.cards(2);
    let service = programme.serve();
    let week = service.week();
    let tally = |contacts: u32| common::tally(&week, contacts);
    for (n, contacts) in (0..).zip(MINE) {
        assert_eq!(service.put(&cards[0], &receipt(n), &tally(contacts)).status, 201);
    }
    for n in 0..u64::from(OTHERS) {
        assert_eq!(service.put(&cards[1], &receipt(n), &tally(2)).status, 201);
    }
    fs::write(
        programme.path("paper.csv"),
        format!("worker,week,area,setting,contacts\n{LABEL},{week},north,van,3\nKim,{week},north,van,4\n"),
    )
    .unwrap();
    assert_eq!(programme.json(&["import", "paper.csv"])["added"], json!(2));
    service.stop();
    let period = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().parse().unwrap();
    // Some of the receipts were never used.
    let receipts = (0..6).map(|n| receipt(n).parse().unwrap()).collect();
    (
        programme,
        Knowledge { period, card: CardCode::parse(&cards[0]).unwrap(), receipts, label: LABEL, keys: Vec::new() },
    )
}

#[test]
fn a_card_opens_its_tallies_before_the_close_and_nothing_after_it() {
    let (programme, known) = prepared();
    let before = life::files(&programme.data());
    let everything = Found {
        secrets: 2,
        opened: MINE.len() + OTHERS as usize + 2,
        of_card: MINE.to_vec(),
        of_label: 1,
        by_receipt: MINE.len(),
        raw: MINE.len(),
    };
    assert_eq!(attack(&before, &known), everything, "the attacker must work, or it proves nothing");

    programme.json(&["close", &known.period.to_string(), "--early"]);
    let after = life::files(&programme.data());
    assert_eq!(attack(&after, &known), Found::default());

    // The folder copied as a backup would, down to what the program removed.
    let copy = tempfile::tempdir().unwrap();
    life::copy(&programme.data(), copy.path());
    assert_eq!(attack(&life::files(copy.path()), &known), Found::default());

    // An old copy of the store alone is worth nothing either: the keys were not in it.
    let mut stolen = after;
    stolen.retain(|name, _| !name.starts_with("store/"));
    stolen.extend(before.iter().filter(|(name, _)| name.starts_with("store/")).map(|(n, b)| (n.clone(), b.clone())));
    let master = MasterKey::from_bytes(&stolen["keys/master.key"]).unwrap();
    assert_eq!(stored_rows(&stolen, &master, known.period).len(), everything.opened, "the rows are there");
    assert_eq!(attack(&stolen, &known), Found::default());

    // What SECURITY.md says to destroy: an old copy with its keys opens for good.
    assert_eq!(attack(&before, &known), everything);
}

#[test]
fn another_card_attributes_nothing() {
    let (programme, known) = prepared();
    let stranger = peertally::crypto::pseudonym::new_card().unwrap();
    let found = attack(&life::files(&programme.data()), &Knowledge { card: stranger, ..known });
    assert_eq!((found.of_card.len(), found.by_receipt, found.raw), (0, 0, 0));
}
