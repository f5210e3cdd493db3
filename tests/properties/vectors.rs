//! The program against tests/vectors, which another implementation (tests/scripts/lib/vectors.py) wrote.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use data_encoding::{BASE64, HEXLOWER};
use peertally::crypto::pseudonym::stub_of;
use peertally::crypto::queue::{QUEUE_PLAIN, QUEUE_SEALED, QueueKey};
use peertally::crypto::sign::{LogKey, LogVerifierKey};
use peertally::crypto::{MasterKey, PeriodPrivateKey, PeriodPublicKey, PeriodSalt, PrivateKeyFile, key_file};
use peertally::domain::{CardCode, Period, Pseudonym, Receipt, Record, RowKey, StubCode};
use peertally::log::{Checkpoint, Entry, PublicKey, merkle};
use peertally::report::json;
use peertally::store::codec;
use serde_json::Value;

/// Runs `check` on input and output of each case of a file.
fn each(name: &str, check: impl Fn(&Value, &Value)) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(format!("{name}.json"));
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        check(&case["input"], &case["output"]);
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name}"))
}

fn bytes<const N: usize>(value: &Value, name: &str) -> [u8; N] {
    HEXLOWER.decode(text(value, name).as_bytes()).unwrap().try_into().unwrap()
}

fn master(value: &Value) -> MasterKey {
    MasterKey::from_bytes(&bytes::<32>(value, "master_key")).unwrap()
}

fn period(value: &Value) -> Period {
    text(value, "period").parse().unwrap()
}

/// The card of 19 random symbols; its check symbol does not enter any key.
fn card_of(token: &str) -> CardCode {
    let value = |letter| peertally::domain::crockford::value(letter).unwrap();
    CardCode::from_random(&token.chars().map(value).collect::<Vec<u8>>().try_into().unwrap())
}

#[test]
fn cards_stubs_and_verifiers() {
    each("cards", |input, output| {
        let card = CardCode::from_random(&bytes(input, "random"));
        assert_eq!(card.reveal().as_str(), text(output, "card_code"));
        assert_eq!(card.token().as_slice(), text(output, "token").as_bytes());
        assert!(CardCode::parse(text(output, "card_code")).is_ok_and(|parsed| parsed == card));
        let stub = stub_of(&card);
        assert_eq!(stub.reveal().as_str(), text(output, "stub_code"));
        assert_eq!(stub.symbols().as_slice(), text(output, "stub_symbols").as_bytes());
        assert!(StubCode::parse(text(output, "stub_code")).is_ok_and(|parsed| parsed == stub));
        assert_eq!(master(input).verifier_key().verifier(&stub).0, bytes(output, "verifier"));
    });
}

#[test]
fn receipts() {
    each("receipts", |input, output| {
        let digits: Vec<u8> = text(input, "digits").bytes().map(|b| b - b'0').collect();
        let receipt = Receipt::from_digits(digits.try_into().unwrap());
        assert_eq!(receipt.to_string(), text(output, "receipt"));
        assert!(text(output, "receipt").parse::<Receipt>().is_ok());
    });
}

#[test]
fn what_a_salt_gives() {
    each("salts", |input, output| {
        let salt = PeriodSalt::from_bytes(bytes(input, "salt"));
        let keys = salt.keys();
        let receipt: Receipt = text(input, "receipt").parse().unwrap();
        let by_card = keys.of_card(&card_of(text(input, "token")));
        assert_eq!(by_card.0, bytes(output, "card_pseudonym"));
        let by_label = keys.of_label(text(input, "label"));
        assert_eq!(by_label.0, bytes(output, "label_pseudonym"));
        assert_eq!(keys.row(&by_card, &receipt).0, bytes(output, "row_key"));
        let (content, nth) = (bytes::<72>(input, "content"), input["nth"].as_u64().unwrap());
        let imported = keys.imported_row(&by_label, &content, u32::try_from(nth).unwrap());
        assert_eq!(imported.0, bytes(output, "imported_row_key"));
        assert_eq!(keys.tombstone(&by_card, &receipt).0, bytes(output, "tombstone"));
        let week = input["week"].as_u64().map(|week| u8::try_from(week).unwrap());
        let unit = peertally::release::UnitKey { pseudonym: by_card, week }.to_bytes();
        assert_eq!(unit, bytes(output, "clipping_unit"));
        let cell = u32::try_from(input["cell"].as_u64().unwrap()).unwrap();
        assert_eq!(salt.clipping_order().rank(&unit, cell).to_string(), text(output, "clipping_rank"));
    });
}

#[test]
fn the_check_value_of_a_store() {
    each("store_checks", |input, output| assert_eq!(master(input).store_check(), bytes(output, "store_check")));
}

#[test]
fn records() {
    each("records", |input, output| {
        let number = |value: &Value| u8::try_from(value.as_u64().unwrap()).unwrap();
        let categories: Vec<u8> = input["categories"].as_array().unwrap().iter().map(number).collect();
        let counts = input["counts"].as_array().unwrap();
        let counts: Vec<_> = counts.iter().map(|c| c.as_u64().map(|c| u32::try_from(c).unwrap())).collect();
        let record = Record {
            pseudonym: Pseudonym(bytes(input, "pseudonym")),
            week: number(&input["week"]),
            categories: categories.try_into().unwrap(),
            counts: counts.try_into().unwrap(),
        };
        assert_eq!(codec::encode(&record), bytes(output, "record"));
        assert!(codec::decode(&bytes(output, "record")).is_some_and(|decoded| decoded == record));
    });
}

#[test]
fn wrapped_secrets_open() {
    each("wrapped", |input, output| {
        let (master, period) = (master(input), period(input));
        let (secret, wrapped) = (bytes::<32>(input, "secret"), bytes::<60>(output, "wrapped"));
        // A secret shows itself only in what it gives.
        if text(input, "purpose") == "salt" {
            let opened = PeriodSalt::unwrap(&wrapped, &master, period).unwrap();
            assert!(opened.keys().of_label("a") == PeriodSalt::from_bytes(secret).keys().of_label("a"));
            assert!(PeriodPrivateKey::unwrap(&wrapped, &master, period).is_err());
        } else {
            let opened = PeriodPrivateKey::unwrap(&wrapped, &master, period).unwrap();
            let row = sealed_to(&secret);
            assert!(row.salt.opener(row.period, &opened).open(&row.key, &row.sealed).is_ok());
            assert!(PeriodSalt::unwrap(&wrapped, &master, period).is_err());
        }
    });
}

struct Sealed {
    salt: PeriodSalt,
    period: Period,
    key: RowKey,
    sealed: [u8; 121],
}

/// The sealed row whose period has this private key.
fn sealed_to(private: &[u8; 32]) -> Sealed {
    let found = std::cell::RefCell::new(None);
    each("sealed", |input, output| {
        if bytes::<32>(output, "private_key") == *private {
            let salt = PeriodSalt::from_bytes(bytes(input, "salt"));
            let key = RowKey(bytes(input, "row_key"));
            *found.borrow_mut() = Some(Sealed { salt, period: period(input), key, sealed: bytes(output, "sealed") });
        }
    });
    found.into_inner().unwrap()
}

#[test]
fn sealed_rows_open_where_they_belong() {
    each("sealed", |input, output| {
        let (private, public) = PeriodPrivateKey::derive(&bytes(input, "private_key_ikm"));
        assert_eq!(public, PeriodPublicKey(bytes(output, "public_key")));
        assert_eq!(PublicKey(public.0).id().to_string(), text(output, "key_id"));
        let salt = PeriodSalt::from_bytes(bytes(input, "salt"));
        let (period, row, record) = (period(input), RowKey(bytes(input, "row_key")), bytes::<72>(input, "record"));
        let opener = salt.opener(period, &private);
        assert_eq!(opener.open(&row, &bytes::<121>(output, "sealed")).unwrap().as_slice(), record);
        // Sealing draws a new key each time, so it can only be shown to be the reverse.
        let again = salt.sealer(period, public).seal(&row, &record).unwrap();
        assert_eq!(opener.open(&row, &again).unwrap().as_slice(), record);
        let mut elsewhere = row;
        elsewhere.0[0] ^= 1;
        assert!(opener.open(&elsewhere, &bytes::<121>(output, "sealed")).is_err());
    });
}

#[test]
fn what_a_phone_sealed() {
    each("queue", |input, output| {
        let (key, week) = (QueueKey::derive(&bytes(input, "private_key_ikm")), text(input, "week").parse().unwrap());
        assert_eq!(key.public().to_string(), text(output, "queue_key"));
        assert_eq!(key.public().id().to_string(), text(output, "queue_key_id"));
        let unwrapped = QueueKey::unwrap(&bytes::<60>(output, "wrapped"), &master(input), week).unwrap();
        assert_eq!(unwrapped.public(), key.public());
        assert!(QueueKey::unwrap(&bytes::<60>(output, "wrapped"), &master(input), week.next()).is_err());
        let sealed = bytes::<QUEUE_SEALED>(output, "sealed");
        let whole = format!("{}{}", text(input, "text"), " ".repeat(QUEUE_PLAIN - text(input, "text").len()));
        for key in [&key, &unwrapped] {
            assert!(key.open(&sealed).unwrap().expose() == whole.as_bytes());
            // Sealing draws a new key each time, so it can only be shown to be the reverse.
            let again = key.public().seal(text(input, "text").as_bytes()).unwrap();
            assert!(key.open(&again).unwrap().expose() == whole.as_bytes());
        }
        // Id, encapsulated key, ciphertext, tag: no bit of them may differ.
        for at in [0, 7, 8, 9, 40, 72, 73, 1000, QUEUE_SEALED - 17, QUEUE_SEALED - 1] {
            let mut changed = sealed;
            changed[at] ^= 0x10;
            assert!(key.open(&changed).is_err(), "byte {at}");
        }
        assert!(key.open(&sealed[1..]).is_err() && QueueKey::generate().unwrap().open(&sealed).is_err());
    });
}

#[test]
fn release_files() {
    each("releases", |input, output| {
        let release = serde_json::from_value(input["release"].clone()).unwrap();
        let file = json::write(&release).unwrap();
        assert_eq!(std::str::from_utf8(&file).unwrap(), text(output, "canonical"));
        assert!(json::read(&file).is_ok());
        assert_eq!(peertally::crypto::digest::sha256(&file).to_string(), text(output, "sha256"));
    });
}

#[test]
fn logs() {
    each("logs", |input, output| {
        let key = LogKey::from_seed(&bytes::<32>(input, "seed")).unwrap();
        let verifier: LogVerifierKey = text(output, "verifier_key").parse().unwrap();
        assert_eq!(key.verifier(text(input, "origin")).unwrap(), verifier);
        let mut leaves = Vec::new();
        let entries = output["canonical_entries"].as_array().unwrap();
        for (entry, hash) in entries.iter().zip(output["leaf_hashes"].as_array().unwrap()) {
            let bytes = entry.as_str().unwrap().as_bytes();
            assert_eq!(Entry::decode(bytes).unwrap().encode().unwrap(), bytes);
            leaves.push(merkle::leaf_hash(bytes));
            assert_eq!(leaves.last().unwrap().to_string(), hash.as_str().unwrap());
        }
        let root = merkle::root(&leaves);
        assert_eq!(root.to_string(), text(output, "root"));
        let checkpoint = Checkpoint { origin: text(input, "origin").to_owned(), size: leaves.len() as u64, root };
        assert!(checkpoint.text().contains(&BASE64.encode(root.as_bytes())));
        let signed = checkpoint.sign(&key).unwrap();
        assert_eq!(std::str::from_utf8(&signed).unwrap(), text(output, "checkpoint"));
        assert_eq!(Checkpoint::open(&signed, &verifier).unwrap(), checkpoint);
    });
}

#[test]
fn key_files() {
    each("key_files", |input, output| {
        let (key, line) = (bytes::<32>(input, "key"), text(output, "line"));
        if text(input, "kind") == "public" {
            let key = PeriodPublicKey(key);
            assert_eq!(key_file::public_line(&key), line);
            assert_eq!(key_file::read_public(line.as_bytes()), Ok(key));
        } else {
            let file = PrivateKeyFile::parse(line.as_bytes()).unwrap();
            assert_eq!(file.line().as_str(), line);
            let row = sealed_to(&key);
            assert!(row.salt.opener(row.period, file.key()).open(&row.key, &row.sealed).is_ok());
        }
    });
}
