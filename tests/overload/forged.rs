//! Forged cards: refused before anything is sealed or written.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::date;
use peertally::admin::{Request, Role, execute};
use peertally::clock::MockClock;
use peertally::crypto::pseudonym::{new_card, stub_of};
use peertally::crypto::seal::PLAIN;
use peertally::domain::{CardCode, RowKey};
use peertally::intake::{Rejection, body};
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;

use crate::common::{Programme, queue, receipt, tally};

/// Forged tallies of each kind.
const FORGED: u64 = 300;

/// The same code with another last symbol, as mistyped.
fn mistyped(card: &str) -> String {
    let last = if card.ends_with('7') { "8" } else { "7" };
    format!("{}{last}", &card[..card.len() - 1])
}

/// Every file of a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(bytes(&path));
        } else {
            all.insert(path.clone(), std::fs::read(path).unwrap());
        }
    }
    all
}

#[test]
fn a_forged_tally_changes_no_byte_of_the_store() {
    let programme = Programme::new();
    let cards = programme.cards(2);
    let stub = stub_of(&CardCode::parse(&cards[1]).unwrap());
    let service = programme.serve();
    assert!(programme.run(&["cards", "revoke", &stub.reveal()]).status.success());
    let tally = tally(&service.week(), 1);
    let store = programme.data().join("store");
    let before = bytes(&store);
    let mistyped = mistyped(&cards[0]);
    for number in 0..FORGED {
        let unknown = new_card().unwrap().reveal().to_string();
        for (card, status, kind) in
            [(&mistyped, 422, "invalid"), (&unknown, 401, "card-refused"), (&cards[1], 401, "card-refused")]
        {
            let answer = service.put(card, &receipt(number), &tally);
            assert_eq!(answer.status, status, "{}", answer.text());
            assert_eq!(answer.json()["type"], format!("urn:peertally:problem:{kind}"));
        }
    }
    // Nor one that is sealed as a phone's would be: anybody has the key for that.
    let key = queue::queue_key(&service);
    for number in 0..FORGED / 10 {
        let unknown = new_card().unwrap().reveal().to_string();
        for card in [&mistyped, &unknown, &cards[1]] {
            let blob = queue::sealed(&key, card, &receipt(number), &tally);
            assert_eq!(queue::post(service.address, &blob).status, 422);
        }
    }
    assert!(bytes(&store) == before, "a forged tally was written");
    assert_eq!(service.put(&cards[0], &receipt(0), &tally).status, 201);
    assert!(bytes(&store) != before, "this test would not see a write");
}

/// The shortest of many runs: what else the machine does makes a run longer, never shorter.
fn shortest(mut run: impl FnMut(u64)) -> Duration {
    let once = |n| {
        let start = Instant::now();
        (0..5).for_each(|k| run(n * 5 + k));
        start.elapsed()
    };
    (0..400_u64).map(once).min().unwrap()
}

#[test]
fn a_forged_tally_is_refused_for_less_than_one_seal() {
    crate::common::counted_by_the_program();
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(MockClock::new(date(2025, 3, 20)));
    let data = DataPaths::new(&folder.path().join("data"));
    let data_dir = DataDir::create(data, embedded::PROGRAMME, embedded::POLICY, clock).unwrap();
    data_dir.tick();
    let (good, revoked) = (new_card().unwrap(), new_card().unwrap());
    let stub = stub_of(&revoked).reveal().to_string();
    let add = Request::AddCards { stubs: vec![stub_of(&good).reveal().to_string(), stub.clone()], until: None };
    execute(&data_dir, Role::Coordinator, add, &|_| {}).unwrap();
    execute(&data_dir, Role::Coordinator, Request::RevokeCard { stub }, &|_| {}).unwrap();

    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let tally = tally("2025-W11", 1).to_string();
    let receipts: Vec<_> = (0..2000).map(receipt).collect();
    let put = |card: &str, number: u64| {
        let draft = body::read(tally.as_bytes()).unwrap();
        runtime.block_on(data_dir.services().intake.put(Some(card), &receipts[number as usize], draft))
    };
    let open = data_dir.services().open.all();
    let sealing = |_| {
        open[0].sealer.seal(&RowKey([7; 16]), &[9; PLAIN]).unwrap();
    };
    let seal = shortest(sealing);
    let unknown = new_card().unwrap().reveal().to_string();
    let good = good.reveal().to_string();
    for (what, card) in [("mistyped", mistyped(&good)), ("unknown", unknown), ("revoked", revoked.reveal().to_string())]
    {
        let forged = shortest(|number| match put(&card, number) {
            Err(Rejection::Invalid(_)) => assert_eq!(what, "mistyped"),
            Err(Rejection::CardRefused) => assert_ne!(what, "mistyped"),
            other => panic!("{what}: {other:?}"),
        });
        println!("{what}: {:.2} of a seal", forged.as_secs_f64() / seal.as_secs_f64());
        assert!(forged < seal, "{what}: {forged:?}, and a seal takes {seal:?}");
    }
    // The same way, with a good card, does seal: the comparison sees it.
    let taken = shortest(|number| {
        let _ = put(&good, number);
    });
    let seal = seal.min(shortest(sealing));
    assert!(taken > seal, "{taken:?}, and a seal takes {seal:?}");
}
