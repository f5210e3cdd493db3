//! Secrets that are not the logged ones are noticed before anything is sealed to them.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::Arc;

use jiff::civil::date;
use peertally::clock::MockClock;
use peertally::crypto::PeriodPrivateKey;
use peertally::period::{Folder, House};
use peertally::policy::embedded;
use peertally::store::{Cards, Drain};

#[test]
fn a_period_with_another_private_key_takes_no_tallies() {
    let folder = tempfile::tempdir().unwrap();
    let data = Folder::new(&folder.path().join("data"));
    let clock = Arc::new(MockClock::new(date(2025, 2, 3)));
    let house = House::create(data.clone(), embedded::PROGRAMME, embedded::POLICY, clock.clone()).unwrap();
    let period = house.open_current().unwrap().unwrap();
    drop(house);
    let before = std::fs::read(data.secret(period, "private")).unwrap();
    let (other, _) = PeriodPrivateKey::generate().unwrap();
    std::fs::write(data.secret(period, "private"), other.wrap(&data.master().unwrap(), period).unwrap()).unwrap();
    let words = House::open(data.clone(), clock.clone()).err().unwrap().to_string();
    assert!(words.contains("is not the one the log says"), "{words}");
    std::fs::write(data.secret(period, "private"), before).unwrap();
    assert!(House::open(data, clock).is_ok());
}

#[test]
fn what_a_crash_leaves_after_the_shredding_is_found_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let data = Folder::new(&folder.path().join("data"));
    let clock = Arc::new(MockClock::new(date(2025, 2, 3)));
    let house = House::create(data.clone(), embedded::PROGRAMME, embedded::POLICY, clock.clone()).unwrap();
    let period = house.open_current().unwrap().unwrap();
    clock.set(date(2025, 4, 14));
    house.close(period, false).unwrap();
    // As if the removal had been cut short: a card and a tombstone of the closed period.
    let store = &house.services().store;
    store.add(vec![(peertally::crypto::pseudonym::Verifier([7; 32]), period)]).unwrap().wait().unwrap();
    assert!(store.any_until(period).unwrap());
    house.tick();
    assert!(!store.any_until(period).unwrap() && !store.any(period).unwrap());
    assert!(house.tick().closed.is_empty(), "nothing is left to do");
}
