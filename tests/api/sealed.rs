//! `POST /v1/sealed` over HTTP: what a phone kept is taken once, changes nothing that is there, and is
//! refused in the same bytes whatever is wrong.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use crate::common::queue::{post, queue_key, sealed, text};
use crate::common::{Programme, Service, receipt, request, tally};
use peertally::crypto::pseudonym::new_card;
use peertally::crypto::queue::{QUEUE_SEALED, QueueKey};
use peertally::domain::Week;
use serde_json::{Value, json};

fn assert_refused(service: &Service, blob: &[u8], cause: &str) -> Vec<u8> {
    let answer = post(service.address, blob);
    assert_eq!(answer.status, 422, "{cause}: {}", answer.text());
    let problem = answer.json();
    assert_eq!(problem["type"], "urn:peertally:problem:sealed-refused", "{cause}");
    assert!(problem.get("errors").is_none(), "{cause}");
    let mut headers: Vec<_> = answer.headers.into_iter().filter(|(name, _)| name != "date").collect();
    headers.sort();
    [format!("{headers:?}").into_bytes(), answer.body].concat()
}

#[test]
fn what_waited_is_taken_once_and_undoes_no_correction() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let (key, week) = (queue_key(&service), service.week());
    let blob = sealed(&key, &card, &receipt(1), &tally(&week, 12));
    assert_eq!(blob.len(), QUEUE_SEALED);

    let new = post(service.address, &blob);
    assert_eq!((new.status, new.body.len(), new.header("cache-control")), (201, 0, Some("no-store")));
    let again = post(service.address, &blob);
    assert_eq!((again.status, again.body.len()), (200, 0), "the same copy");
    assert_eq!(post(service.address, &sealed(&key, &card, &receipt(1), &tally(&week, 99))).status, 200, "another body");
    // It is the tally that a phone with a network would have sent: corrected by PUT, and still there for an old copy.
    assert_eq!(service.put(&card, &receipt(1), &tally(&week, 13)).status, 200);
    assert_eq!(post(service.address, &blob).status, 200);
    assert_eq!(service.delete(&card, &receipt(1)).status, 204);
    assert_refused(&service, &blob, "withdrawn");
    assert_eq!(service.delete(&card, &receipt(1)).status, 404, "and it did not come back");

    // Keys and what was taken outlive the process.
    let kept = sealed(&key, &card, &receipt(2), &tally(&week, 1));
    assert_eq!(post(service.address, &kept).status, 201);
    service.kill();
    let service = programme.serve();
    assert_eq!(queue_key(&service), key);
    assert_eq!(post(service.address, &kept).status, 200);
}

#[test]
fn every_refusal_is_the_same_bytes() {
    let programme = Programme::new();
    let cards = programme.cards(2);
    let service = programme.serve();
    let (key, week) = (queue_key(&service), service.week());
    let newest: Week = week.parse().unwrap();
    let (card, number) = (&cards[0], receipt(1));
    let good = tally(&week, 3);
    let seal = |card: &str, number: &str, tally: &Value| sealed(&key, card, number, tally);
    let with = |field: &str, value: Value| {
        let mut tally = good.clone();
        tally[field] = value;
        seal(card, &number, &tally)
    };
    let raw = |text: &str| key.seal(text.as_bytes()).unwrap();
    let whole = seal(card, &number, &good);

    assert_eq!(service.put(card, &receipt(5), &good).status, 201);
    assert_eq!(service.delete(card, &receipt(5)).status, 204);
    let stub = peertally::crypto::pseudonym::stub_of(&peertally::domain::CardCode::parse(&cards[1]).unwrap());
    programme.json(&["cards", "revoke", stub.reveal().as_str()]);

    let mut flipped = whole.clone();
    flipped[QUEUE_SEALED - 30] ^= 1;
    let mut off_curve = whole.clone();
    off_curve[20] ^= 1;
    let other = QueueKey::generate().unwrap();
    let mut stolen_id = sealed(other.public(), card, &number, &good);
    stolen_id[..8].copy_from_slice(&whole[..8]);
    let causes: [(&str, Vec<u8>); 25] = [
        ("nothing", vec![]),
        ("an id alone", whole[..8].to_vec()),
        ("cut", whole[..QUEUE_SEALED - 1].to_vec()),
        ("one byte more", [&whole[..], &[0]].concat()),
        ("another width and an unknown key", vec![7; 100]),
        ("a flipped bit", flipped),
        ("a point that is none", off_curve),
        ("sealed to another key", stolen_id),
        ("a card that nobody issued", seal(&new_card().unwrap().reveal(), &number, &good)),
        ("a revoked card", seal(&cards[1], &number, &good)),
        ("a mistyped card", seal("00000-00000-00000-00001", &number, &good)),
        ("no card", seal("", &number, &good)),
        ("a wrong check digit", seal(card, "3141592653589794", &good)),
        ("a withdrawn receipt", seal(card, &receipt(5), &good)),
        ("a week too old", with("week", newest.back(4).to_string().into())),
        ("a week to come", with("week", newest.next().next().to_string().into())),
        ("no week", with("week", "soon".into())),
        ("a count too large", with("counts", json!({"contacts": 151}))),
        ("no count", with("counts", json!({}))),
        ("an unknown category", with("area", "nowhere".into())),
        ("an unknown field", with("note", "x".into())),
        ("no JSON", raw("card=x")),
        ("a field more", raw(&text(card, &number, &good).replacen('{', r#"{"at":"noon","#, 1))),
        ("a field twice", raw(&text(card, &number, &good).replacen('{', &format!(r#"{{"card":"{card}","#), 1))),
        ("no tally", raw(&format!(r#"{{"card":"{card}","receipt":"{number}"}}"#))),
    ];
    let answers: Vec<_> = causes.iter().map(|(cause, blob)| assert_refused(&service, blob, cause)).collect();
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "a refusal tells its cause");
    assert_eq!(service.delete(card, &number).status, 404, "none of them left a row");
    assert_eq!(post(service.address, &whole).status, 201, "the control: nothing else is wrong with it");
}

#[test]
fn a_key_that_is_gone_the_limit_and_methods() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let (key, week) = (queue_key(&service), service.week());
    let gone =
        post(service.address, &sealed(QueueKey::generate().unwrap().public(), &card, &receipt(1), &tally(&week, 1)));
    assert_eq!((gone.status, &gone.json()["type"]), (410, &json!("urn:peertally:problem:queue-key-gone")));

    let limit = service.get("/v1/programme").json()["limits"]
        .as_object()
        .unwrap()
        .iter()
        .find(|(name, _)| name.starts_with("tallies_per"))
        .map(|(_, n)| n.as_u64().unwrap())
        .unwrap();
    for n in 0..limit {
        assert_eq!(post(service.address, &sealed(&key, &card, &receipt(n), &tally(&week, 1))).status, 201);
        assert_eq!(post(service.address, &sealed(&key, &card, &receipt(n), &tally(&week, 2))).status, 200);
    }
    let much = post(service.address, &sealed(&key, &card, &receipt(limit), &tally(&week, 1)));
    assert_eq!(much.status, 429);
    assert!(much.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok_and(|s| s > 0)));
    // What is there is delivered whatever the limit, and sent by PUT it counts under the same one.
    assert_eq!(post(service.address, &sealed(&key, &card, &receipt(0), &tally(&week, 1))).status, 200);
    assert_eq!(service.put(&card, &receipt(limit), &tally(&week, 1)).status, 429);

    for method in ["GET", "PUT", "DELETE"] {
        let answer = request(service.address, method, "/v1/sealed", &[], b"");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")), "{method}");
    }
    assert_eq!(post(service.address, &vec![0; 17 * 1024]).status, 413);
}

#[test]
fn the_programme_shows_the_key_also_where_no_period_is_open() {
    let programme = Programme::with(&["--custody", "offline"]);
    let service = programme.serve();
    let shown = service.get("/v1/programme").json();
    assert_eq!(shown["open_weeks"], json!([]));
    let raw = data_encoding::BASE64URL_NOPAD.decode(shown["queue_key"].as_str().unwrap().as_bytes()).unwrap();
    assert_eq!((raw.len(), raw[0]), (65, 4));
    let digest = peertally::crypto::digest::sha256(&raw).to_string();
    assert_eq!(shown["queue_key_id"], digest[..16]);
    // Its week's period waits for its key: no cause is told.
    let blob = sealed(&queue_key(&service), &new_card().unwrap().reveal(), &receipt(1), &tally("2026-W47", 1));
    assert_refused(&service, &blob, "no period is open");
}
