//! One PUT that is durable in sled and survives SIGKILL.
#![allow(missing_docs)]

use crate::common::{Programme, receipt, tally};

#[test]
fn an_acknowledged_tally_survives_sigkill() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    assert_eq!(service.put(&card, &receipt(1), &tally(&week, 7)).status, 201);
    service.kill();
    let service = programme.serve();
    assert_eq!(service.put(&card, &receipt(1), &tally(&week, 7)).status, 200);
    assert_eq!(service.put(&card, &receipt(2), &tally(&week, 7)).status, 201);
}
