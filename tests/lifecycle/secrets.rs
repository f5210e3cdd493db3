//! Secrets that are not the logged ones are noticed before anything is sealed to them.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::Arc;

use jiff::civil::date;
use peertally::clock::MockClock;
use peertally::crypto::PeriodPrivateKey;
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;
use peertally::store::{Cards, SealedRows};

#[test]
fn a_period_with_another_private_key_takes_no_tallies() {
    crate::common::counted_by_the_program();
    let folder = tempfile::tempdir().unwrap();
    let data = DataPaths::new(&folder.path().join("data"));
    let clock = Arc::new(MockClock::new(date(2025, 2, 3)));
    let data_dir = DataDir::create(data.clone(), embedded::PROGRAMME, embedded::POLICY, clock.clone()).unwrap();
    let period = data_dir.open_current().unwrap().unwrap();
    drop(data_dir);
    let before = std::fs::read(data.secret(period, "private")).unwrap();
    let (other, _) = PeriodPrivateKey::generate().unwrap();
    std::fs::write(data.secret(period, "private"), other.wrap(&data.master().unwrap(), period).unwrap()).unwrap();
    let words = DataDir::open(data.clone(), clock.clone()).err().unwrap().to_string();
    assert!(words.contains("is not the one the log says"), "{words}");
    std::fs::write(data.secret(period, "private"), before).unwrap();
    assert!(DataDir::open(data, clock).is_ok());
}

#[test]
fn what_a_crash_leaves_after_the_shredding_is_found_and_removed() {
    crate::common::counted_by_the_program();
    let folder = tempfile::tempdir().unwrap();
    let data = DataPaths::new(&folder.path().join("data"));
    let clock = Arc::new(MockClock::new(date(2025, 2, 3)));
    let data_dir = DataDir::create(data.clone(), embedded::PROGRAMME, embedded::POLICY, clock.clone()).unwrap();
    let period = data_dir.open_current().unwrap().unwrap();
    clock.set(date(2025, 4, 14));
    data_dir.close(period, false).unwrap();
    // As if the removal had been cut short: a card and a tombstone of the closed period.
    let store = &data_dir.services().store;
    store.add(vec![(peertally::crypto::pseudonym::Verifier([7; 32]), period)]).unwrap().wait().unwrap();
    assert!(store.any_until(period).unwrap());
    data_dir.tick();
    assert!(!store.any_until(period).unwrap() && !store.any(period).unwrap());
    assert!(data_dir.tick().closed.is_empty(), "nothing is left to do");
}
