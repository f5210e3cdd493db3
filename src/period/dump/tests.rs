use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::clock::MockClock;
use crate::crypto::pseudonym::Verifier;
use crate::crypto::seal::SEALED;
use crate::domain::RowKey;
use crate::policy::embedded;
use crate::store::{Cards, Rows, Slot};

fn data_dir() -> (tempfile::TempDir, DataPaths, Arc<MockClock>) {
    let folder = tempfile::tempdir().unwrap();
    let data = DataPaths::new(&folder.path().join("data"));
    let clock = Arc::new(MockClock::new(date(2025, 2, 3)));
    let data_dir = DataDir::create(data.clone(), embedded::PROGRAMME, embedded::POLICY, clock.clone()).unwrap();
    let period = data_dir.open_current().unwrap().unwrap();
    let store = &data_dir.services.store;
    let rows = (0..40).map(|n| (Slot { period, key: RowKey([n; 16]) }, Box::new([n; SEALED]))).collect();
    store.import(rows).unwrap().wait().unwrap();
    store.add(vec![(Verifier([9; 32]), period)]).unwrap().wait().unwrap();
    drop(data_dir);
    (folder, data, clock)
}

fn dump(data: &DataPaths, clock: &Arc<MockClock>) -> String {
    let data_dir = DataDir::open(data.clone(), clock.clone()).unwrap();
    let mut text = String::new();
    data_dir
        .dump(&mut |piece| {
            text += piece;
            Ok(())
        })
        .unwrap();
    text
}

fn empty(data: &DataPaths) {
    std::fs::remove_dir_all(data.store()).unwrap();
}

fn refused(data: &DataPaths, text: &str) -> DumpError {
    let error = load(data, &mut text.as_bytes()).unwrap_err();
    assert!(!data.store().with_extension("loading").exists());
    assert!(std::fs::read_dir(data.store()).is_ok_and(|mut files| files.next().is_none()), "{error}");
    error
}

#[test]
fn a_dump_comes_back_as_it_was() {
    let (_folder, data, clock) = data_dir();
    let text = dump(&data, &clock);
    assert_eq!(text, dump(&data, &clock), "one store, one dump");
    assert!(matches!(load(&data, &mut text.as_bytes()), Err(DumpError::Store(StoreError::NotEmpty(_)))));
    empty(&data);
    assert!(load(&data, &mut text.as_bytes()).unwrap().is_empty());
    assert_eq!(text, dump(&data, &clock));
}

#[test]
fn a_dump_that_was_cut_or_changed_anywhere_is_refused() {
    let (_folder, data, clock) = data_dir();
    let text = dump(&data, &clock);
    empty(&data);
    std::fs::create_dir(data.store()).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for cut in 1..lines.len() {
        assert!(matches!(refused(&data, &lines[..cut].concat()), DumpError::Cut(n) if n == cut as u64));
    }
    assert!(matches!(refused(&data, text.trim_end()), DumpError::Cut(_)));
    for (n, line) in lines.iter().enumerate() {
        let without = lines.iter().enumerate().filter(|(at, _)| *at != n).map(|(_, l)| *l).collect::<String>();
        refused(&data, &without);
        // One bit of one sign in the middle of each line.
        let mut changed: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
        let mut bytes = line.as_bytes().to_vec();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        changed[n] = String::from_utf8(bytes).unwrap();
        refused(&data, &changed.concat());
    }
    let twice = [&lines[..2], &lines[1..]].concat().concat();
    assert!(matches!(refused(&data, &twice), DumpError::Changed(3, "is not in order")));
    assert!(matches!(refused(&data, &(text.clone() + "\n")), DumpError::Changed(..)));
    assert!(matches!(refused(&data, &text.replace("\":", "\": ")), DumpError::Foreign));
    assert!(matches!(refused(&data, &text.replacen("\"format\":1", "\"format\":2", 1)), DumpError::Newer(2)));
    assert!(matches!(refused(&data, ""), DumpError::Foreign | DumpError::Cut(0)));
    load(&data, &mut text.as_bytes()).unwrap();
}

#[test]
fn a_manifest_made_without_the_master_key_is_refused() {
    let (_folder, data, clock) = data_dir();
    let text = dump(&data, &clock);
    empty(&data);
    std::fs::create_dir(data.store()).unwrap();
    // A whole dump, well formed, with the right head, written under another key.
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let body: String = [&lines[..1], &lines[2..lines.len() - 1]].concat().concat();
    let digest = crate::crypto::digest::sha256(body.as_bytes());
    let mut manifest: serde_json::Value = serde_json::from_str(lines[lines.len() - 1]).unwrap();
    manifest["end"]["rows"] = serde_json::json!(39);
    manifest["end"]["sha256"] = serde_json::json!(digest.to_string());
    let forged = format!("{body}{manifest}\n");
    assert!(refused(&data, &forged).to_string().contains("check value"));
    let other = data_dir();
    assert!(matches!(refused(&data, &dump(&other.1, &other.2)), DumpError::OtherKey));
}

#[test]
fn rows_of_a_released_period_are_left_out_and_an_older_log_is_refused() {
    let (_folder, data, clock) = data_dir();
    let text = dump(&data, &clock);
    let data_dir = DataDir::open(data.clone(), clock.clone()).unwrap();
    let period: Period = "2025-Q1".parse().unwrap();
    // These rows cannot be opened: they go before the close.
    crate::store::SealedRows::compact(&*data_dir.services.store, period).unwrap().wait().unwrap();
    clock.set(date(2025, 4, 14));
    data_dir.close(period, false).unwrap();
    drop(data_dir);
    empty(&data);
    assert_eq!(load(&data, &mut text.as_bytes()).unwrap(), BTreeSet::from([period]));
    let opened = DataDir::open(data.clone(), clock.clone()).unwrap();
    assert!(!crate::store::SealedRows::any(&*opened.services.store, period).unwrap());
    drop(opened);
    let newer = text.replace("2025-Q1", "2025-Q3");
    empty(&data);
    std::fs::create_dir(data.store()).unwrap();
    assert!(matches!(refused(&data, &newer), DumpError::UnknownPeriod(p) if p.to_string() == "2025-Q3"));
}
