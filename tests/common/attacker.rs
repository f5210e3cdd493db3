//! One attacker, the same code each time. It has all files and the master key, knows the program, a card, the
//! receipts on the worker's phone and a label of a paper sheet; under offline custody perhaps the private key too.
//!
//! It looks for wrapped secrets at every byte of every file, reads the store, and looks for sealed rows at every byte
//! of every file too, since a removed row stays in sled's file. It uses the library's cryptography and nothing else.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use std::collections::BTreeMap;
use std::fs;

use peertally::crypto::keyring::WRAPPED;
use peertally::crypto::seal::SEALED;
use peertally::crypto::{MasterKey, PeriodPrivateKey, PeriodSalt, PrivateKeyFile};
use peertally::domain::{CardCode, Period, Pseudonym, Receipt, RowKey};
use peertally::store::{Embedded, SealedRows, codec};

/// What the attacker brings along.
pub struct Knowledge {
    pub period: Period,
    pub card: CardCode,
    pub receipts: Vec<Receipt>,
    /// A label of a paper sheet.
    pub label: &'static str,
    /// Private key files that it got hold of elsewhere.
    pub keys: Vec<PrivateKeyFile>,
}

/// What it found.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    /// Wrapped secrets of the period that open.
    pub secrets: usize,
    /// Rows of the store that open, whosever they are.
    pub opened: usize,
    /// Contacts in the rows that carry the card's pseudonym.
    pub of_card: Vec<u32>,
    /// Rows of the store that carry the label's pseudonym.
    pub of_label: usize,
    /// Receipts of which a row is in the store, found without opening it.
    pub by_receipt: usize,
    /// Receipts of which a sealed row stands anywhere in the bytes of the disk, and opens.
    pub raw: usize,
}

pub type Files = BTreeMap<String, Vec<u8>>;

pub fn attack(files: &Files, known: &Knowledge) -> Found {
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
        let (me, label) = (keys.of_card(&known.card), keys.of_label(known.label));
        let mine: Vec<RowKey> = known.receipts.iter().map(|receipt| keys.row(&me, receipt)).collect();
        found.by_receipt += mine.iter().filter(|key| stored.iter().any(|(row, _)| row == *key)).count();
        for private in privates.iter().chain(known.keys.iter().map(PrivateKeyFile::key)) {
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
pub fn stored_rows(files: &Files, master: &MasterKey, period: Period) -> Vec<(RowKey, Vec<u8>)> {
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
