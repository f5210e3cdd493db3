//! Who holds all files, the master key and a card: reads that card's tallies before the close, and nothing after it.
//!
//! One attacker, the same code both times. It knows the program, the card, the
//! receipts on the worker's phone and a label of a paper sheet. It looks for
//! wrapped secrets at every byte of every file, reads the store, and looks for
//! sealed rows at every byte of every file too, since a removed row stays in
//! sled's file. It uses the library's cryptography and nothing else of it.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

mod common;
#[path = "common/life.rs"]
mod life;

use std::collections::BTreeMap;
use std::fs;

use common::{Programme, receipt};
use peertally::crypto::keyring::WRAPPED;
use peertally::crypto::seal::SEALED;
use peertally::crypto::{MasterKey, PeriodPrivateKey, PeriodSalt};
use peertally::domain::{CardCode, Period, Pseudonym, Receipt, RowKey};
use peertally::store::{Drain, Embedded, codec};
use serde_json::json;

const LABEL: &str = "Robin";
const MINE: [u32; 3] = [11, 12, 13];
const OTHERS: u32 = 5;

/// What the attacker brings along.
struct Knowledge {
    period: Period,
    card: CardCode,
    receipts: Vec<Receipt>,
}

/// What it found.
#[derive(Debug, Default, PartialEq)]
struct Found {
    /// Wrapped secrets of the period that open.
    secrets: usize,
    /// Rows of the store that open, whosever they are.
    opened: usize,
    /// Contacts in the rows that carry the card's pseudonym.
    of_card: Vec<u32>,
    /// Rows of the store that carry the label's pseudonym.
    of_label: usize,
    /// Receipts of which a row is in the store, found without opening it.
    by_receipt: usize,
    /// Receipts of which a sealed row stands anywhere in the bytes of the disk, and opens.
    raw: usize,
}

type Files = BTreeMap<String, Vec<u8>>;

fn attack(files: &Files, known: &Knowledge) -> Found {
    let master = MasterKey::from_bytes(&files["keys/master.key"]).unwrap();
    let stored = stored_rows(files, &master, known.period);
    let windows = |width: usize| files.values().flat_map(move |bytes| bytes.windows(width));
    let salts: Vec<_> =
        windows(WRAPPED).filter_map(|bytes| PeriodSalt::unwrap(bytes, &master, known.period).ok()).collect();
    let privates: Vec<_> =
        windows(WRAPPED).filter_map(|bytes| PeriodPrivateKey::unwrap(bytes, &master, known.period).ok()).collect();
    let mut found = Found { secrets: salts.len() + privates.len(), ..Found::default() };
    for salt in &salts {
        let keys = salt.keys();
        let (me, label) = (keys.of_card(&known.card), keys.of_label(LABEL));
        let mine: Vec<RowKey> = known.receipts.iter().map(|receipt| keys.row(&me, receipt)).collect();
        found.by_receipt += mine.iter().filter(|key| stored.iter().any(|(row, _)| row == *key)).count();
        for private in &privates {
            let opener = salt.opener(known.period, private);
            for (row, sealed) in &stored {
                let Some(record) = opener.open(row, sealed).ok().and_then(|plain| codec::decode(&plain)) else {
                    continue;
                };
                found.opened += 1;
                found.of_card.extend(Some(record.counts[0].unwrap()).filter(|_| is(&record.pseudonym, &me)));
                found.of_label += usize::from(is(&record.pseudonym, &label));
            }
            let sealed: Vec<&[u8]> = windows(SEALED).filter(|bytes| looks_sealed(bytes)).collect();
            found.raw += mine.iter().filter(|key| sealed.iter().any(|bytes| opener.open(key, bytes).is_ok())).count();
        }
    }
    found.of_card.sort_unstable();
    found
}

fn is(one: &Pseudonym, other: &Pseudonym) -> bool {
    one == other
}

/// A sealed row begins with its version; runs of zeros are no ciphertext.
fn looks_sealed(bytes: &[u8]) -> bool {
    bytes[0] == 1 && bytes[1..].iter().filter(|byte| **byte == 0).count() < 16
}

/// Rows of the period in a copy of the store.
fn stored_rows(files: &Files, master: &MasterKey, period: Period) -> Vec<(RowKey, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("store/")) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let store = Embedded::open(&folder.path().join("store"), master.store_check()).unwrap();
    let mut rows = Vec::new();
    store.drain(period, &mut |row, sealed| rows.push((row, sealed.to_vec()))).unwrap();
    rows
}

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
    (programme, Knowledge { period, card: CardCode::parse(&cards[0]).unwrap(), receipts })
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
