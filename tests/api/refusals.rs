//! What the API refuses, in which words, and in which order it looks.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::common::{Answer, Programme, Service, receipt, request, tally};
use peertally::domain::Week;
use serde_json::{Value, json};

/// A card that looks right and was never issued here.
fn stranger() -> String {
    peertally::domain::CardCode::from_random(&[7; 19]).reveal().to_string()
}

/// One symbol wrong, so the check symbol no longer fits.
fn mistyped(card: &str) -> String {
    let first = if card.starts_with('A') { "B" } else { "A" };
    format!("{first}{}", &card[1..])
}

fn put_bytes(service: &Service, card: Option<&str>, receipt: &str, body: &[u8]) -> Answer {
    let bearer = card.map(|card| format!("Bearer {card}"));
    let headers: Vec<_> = bearer.iter().map(|value| ("Authorization", value.as_str())).collect();
    request(service.address, "PUT", &format!("/v1/tallies/{receipt}"), &headers, body)
}

fn fields(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let problem = answer.json();
    assert_eq!(problem["type"], "urn:peertally:problem:invalid");
    let error = |error: &Value| {
        assert!(error["detail"].as_str().unwrap().len() > 10, "{error}");
        error["field"].as_str().unwrap().to_owned()
    };
    problem["errors"].as_array().unwrap().iter().map(error).collect()
}

#[test]
fn each_wrong_field_is_named() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    let max = service.get("/v1/programme").json()["measures"][0]["max_per_tally"].as_u64().unwrap();
    assert_eq!(service.put(&card, &receipt(500), &tally(&week, u32::try_from(max).unwrap())).status, 201, "the limit");

    let change = |pointer: &str, key: &str, value: Value| {
        let mut body = tally(&week, 1);
        body.pointer_mut(pointer).unwrap()[key] = value;
        body
    };
    let without = |key: &str| {
        let mut body = tally(&week, 1);
        body.as_object_mut().unwrap().remove(key);
        body
    };
    let cases = [
        (change("/counts", "contacts", json!(max + 1)), "counts.contacts"),
        (change("/counts", "contacts", json!(-1)), "counts.contacts"),
        (change("/counts", "contacts", json!(1.5)), "counts.contacts"),
        (change("/counts", "contacts", json!(2.0)), "counts.contacts"),
        (change("/counts", "contacts", json!(1e300)), "counts.contacts"),
        (change("/counts", "contacts", json!(u64::MAX)), "counts.contacts"),
        (change("/counts", "contacts", json!("1")), "counts.contacts"),
        (change("/counts", "contacts", json!(true)), "counts.contacts"),
        (change("/counts", "contacts", json!(null)), "counts.contacts"),
        (change("/counts", "contacts", json!([1])), "counts.contacts"),
        (change("/counts", "smiles", json!(1)), "counts.smiles"),
        (change("", "counts", json!({})), "counts"),
        (change("", "counts", json!([])), "counts"),
        (change("", "counts", json!("12")), "counts"),
        (change("", "counts", json!(null)), "counts"),
        (without("counts"), "counts"),
        (change("", "area", json!("atlantis")), "area"),
        (change("", "area", json!("North")), "area"),
        (change("", "area", json!("")), "area"),
        (change("", "area", json!(3)), "area"),
        (change("", "area", json!(null)), "area"),
        (without("area"), "area"),
        (without("setting"), "setting"),
        (without("week"), "week"),
        (change("", "week", json!(202_601)), "week"),
        (change("", "week", json!("2025-W53")), "week"),
        (change("", "week", json!("2025-W00")), "week"),
        (change("", "week", json!("2025-01")), "week"),
        (change("", "week", json!("next week")), "week"),
        (change("", "note", json!("met someone")), "note"),
        (change("", "worker", json!("w1")), "worker"),
        (change("", "card", json!("x")), "card"),
        (change("", "lat", json!(1.2)), "lat"),
        (json!([]), "(body)"),
        (json!("text"), "(body)"),
        (json!(null), "(body)"),
    ];
    for (body, field) in cases {
        let named = fields(&service.put(&card, &receipt(1), &body));
        assert!(named.contains(&field.to_owned()), "{body}: {named:?}");
        assert!(field == "(body)" || named.len() == 1, "{body}: {named:?}");
    }
    assert_eq!(service.delete(&card, &receipt(1)).status, 404, "nothing was stored");

    // All at once, in one answer.
    let all = json!({"week": "2025-W77", "area": "x", "counts": {"contacts": -1, "smiles": 1}, "note": "n"});
    let named = fields(&put_bytes(&service, Some(&mistyped(&card)), "1234", all.to_string().as_bytes()));
    for field in ["receipt", "card", "week", "area", "setting", "counts.contacts", "counts.smiles", "note"] {
        assert!(named.contains(&field.to_owned()), "{field}: {named:?}");
    }
}

#[test]
fn a_receipt_must_be_one() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let body = tally(&service.week(), 1);
    let right = receipt(77);
    let last = right.as_bytes()[15];
    let wrong_check = format!("{}{}", &right[..15], (last - b'0' + 1) % 10);
    let long = "1".repeat(5000);
    for wrong in
        [&wrong_check, &right[..15], "12345678901234567", "abcdefghijklmnop", "-", "%D9%A1234567890123456", &long]
    {
        assert_eq!(fields(&service.put(&card, wrong, &body)), ["receipt"], "{wrong}");
        assert_eq!(fields(&service.delete(&card, wrong)), ["receipt"], "{wrong}");
    }
    // Not text at all: refused like any other, never an error of the program.
    for path in ["/v1/tallies/%FF%FE", "/v1/tallies/%ZZ", "/v1/tallies/", "/v1/tallies", "/v1/tallies/1/2"] {
        let answer = request(service.address, "PUT", path, &[("Authorization", "Bearer x")], b"{}");
        assert!(matches!(answer.status, 404 | 422), "{path}: {}", answer.status);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}: {}", answer.text());
    }
    assert_eq!(fields(&service.delete(&mistyped(&card), &right)), ["card"]);
    assert_eq!(fields(&service.delete("short", "1")), ["receipt", "card"]);
}

#[test]
fn what_is_not_json_is_unreadable() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let deep = "[".repeat(4000);
    let bodies: [&[u8]; 7] =
        [b"", b"{", b"week=2025-W01&area=north", b"{\"week\":}", b"\xff\xfe", b"{} {}", deep.as_bytes()];
    for body in bodies {
        let answer = put_bytes(&service, Some(&card), &receipt(1), body);
        assert_eq!(answer.status, 400, "{:?}", String::from_utf8_lossy(body));
        assert_eq!(answer.json()["type"], "urn:peertally:problem:unreadable");
    }
}

#[test]
fn what_is_said_twice_is_refused() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    let assert_twice = |answer: &Answer, name: &str| {
        assert_eq!((answer.status, answer.json()["type"].as_str()), (400, Some("urn:peertally:problem:repeated")));
        assert!(answer.json()["detail"].as_str().unwrap().contains(name), "{}", answer.text());
    };
    let whole = |counts: &str, more: &str| {
        format!(r#"{{"week":"{week}","area":"north",{more}"setting":"street","counts":{{{counts}}}}}"#)
    };
    for (body, name) in [
        (whole(r#""contacts":1,"contacts":8"#, ""), "contacts"),
        // The same, and one that would be too much: neither is looked at.
        (whole(r#""contacts":1,"contacts":1"#, ""), "contacts"),
        (whole(r#""contacts":9999,"contacts":1"#, ""), "contacts"),
        (whole(r#""contacts":1"#, r#""area":"south","#), "area"),
        (whole(r#""contacts":1"#, r#""note":{"x":{"y":1,"y":1}},"#), "y"),
    ] {
        assert_twice(&put_bytes(&service, Some(&card), &receipt(1), body.as_bytes()), name);
        // Before 422 and 401.
        assert_twice(&put_bytes(&service, None, "12", body.as_bytes()), name);
    }
    let bearer = format!("Bearer {card}");
    let path = format!("/v1/tallies/{}", receipt(1));
    let other = format!("Bearer {}", stranger());
    for second in [&bearer, &other, &"Basic eDp5".to_owned()] {
        for headers in [[bearer.as_str(), second.as_str()], [second.as_str(), bearer.as_str()]] {
            let headers = headers.map(|value| ("Authorization", value));
            let body = whole(r#""contacts":1"#, "");
            assert_twice(&request(service.address, "PUT", &path, &headers, body.as_bytes()), "Authorization");
            assert_twice(&request(service.address, "DELETE", &path, &headers, b""), "Authorization");
        }
    }
    for path in ["/", "/practice", "/correct", "/withdraw"] {
        for (body, name) in [
            ("card=a&card=b", "card"),
            ("count.contacts=1&count.contacts=2", "count.contacts"),
            ("lang=fr&lang=de", "lang"),
        ] {
            assert_twice(&request(service.address, "POST", path, &[], body.as_bytes()), name);
        }
    }
    // Nothing of it was stored.
    assert_eq!(service.delete(&card, &receipt(1)).status, 404);
}

#[test]
fn no_card_unknown_and_revoked_are_refused_in_the_same_words() {
    let programme = Programme::new();
    let cards = programme.cards(2);
    let stub = peertally::crypto::pseudonym::stub_of(&peertally::domain::CardCode::parse(&cards[0]).unwrap());
    let service = programme.serve();
    let body = tally(&service.week(), 1);
    assert_eq!(service.put(&cards[0], &receipt(1), &body).status, 201);
    assert!(programme.run(&["cards", "revoke", &stub.reveal()]).status.success());
    // The stub revokes; it cannot send, and it is no card at all.
    assert_eq!(fields(&service.put(&stub.reveal(), &receipt(2), &body)), ["card"]);

    let revoked = service.put(&cards[0], &receipt(1), &body);
    let basic = [("Authorization", "Basic eDp5")];
    let path = format!("/v1/tallies/{}", receipt(1));
    let answers = [
        service.put(&cards[0], &receipt(3), &body),
        service.delete(&cards[0], &receipt(1)),
        service.put(&stranger(), &receipt(1), &body),
        service.delete(&stranger(), &receipt(1)),
        put_bytes(&service, None, &receipt(1), body.to_string().as_bytes()),
        put_bytes(&service, Some(""), &receipt(1), body.to_string().as_bytes()),
        request(service.address, "DELETE", &path, &[], b""),
        request(service.address, "DELETE", &path, &basic, b""),
    ];
    assert_eq!(revoked.status, 401);
    assert_eq!(revoked.json()["type"], "urn:peertally:problem:card-refused");
    assert_eq!(revoked.header("www-authenticate"), Some("Bearer"));
    for answer in answers {
        assert_eq!((answer.status, answer.text()), (401, revoked.text()));
        let names = |a: &Answer| a.headers.iter().map(|(n, _)| n.to_lowercase()).collect::<Vec<_>>();
        assert_eq!(names(&answer).len(), names(&revoked).len());
    }
    assert_eq!(service.put(&cards[1], &receipt(1), &body).status, 201, "the other card still works");
}

#[test]
fn another_method_is_named_with_those_that_are_taken() {
    let programme = Programme::new();
    let service = programme.serve();
    let tally = format!("/v1/tallies/{}", receipt(1));
    let cases = [
        (tally.as_str(), "PUT, DELETE", vec!["GET", "HEAD", "POST", "PATCH", "OPTIONS"]),
        ("/", "GET, POST", vec!["PUT", "DELETE", "PATCH", "OPTIONS"]),
        ("/practice", "GET, POST", vec!["PUT", "DELETE"]),
        ("/v1/programme", "GET", vec!["PUT", "POST", "DELETE", "OPTIONS"]),
        ("/v1/releases", "GET", vec!["POST"]),
        ("/v1/releases/2025-Q1", "GET", vec!["PUT"]),
        ("/v1/log/checkpoint", "GET", vec!["PUT"]),
        ("/public/log/checkpoint", "GET", vec!["DELETE"]),
        ("/reports", "GET", vec!["POST"]),
        ("/exit", "GET", vec!["POST"]),
        ("/healthz", "GET", vec!["POST"]),
    ];
    for (path, allow, methods) in cases {
        for method in methods {
            let answer = request(service.address, method, path, &[], b"");
            assert_eq!(answer.status, 405, "{method} {path}");
            let stated = answer.header("allow").unwrap();
            assert!(allow.split(", ").all(|one| stated.split(", ").any(|s| s == one)), "{method} {path}: {stated}");
            if method != "HEAD" {
                assert_eq!(answer.json()["type"], "urn:peertally:problem:method", "{method} {path}");
            }
        }
    }
}

/// A body in chunks, so that no length is stated ahead.
fn chunked(service: &Service, headers: &str, size: usize) -> u16 {
    let mut stream = TcpStream::connect(service.address).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(30))).unwrap();
    let path = format!("/v1/tallies/{}", receipt(1));
    let head =
        format!("PUT {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}Transfer-Encoding: chunked\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = format!("400\r\n{}\r\n", " ".repeat(1024));
    for _ in 0..size / 1024 {
        // It may have answered and closed by now.
        if stream.write_all(chunk.as_bytes()).is_err() {
            break;
        }
    }
    let _ = stream.write_all(b"0\r\n\r\n");
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    std::str::from_utf8(&start[9..]).unwrap().parse().unwrap()
}

#[test]
fn a_body_over_16_kib_is_too_large() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let padded = |size: usize| {
        let mut body = tally(&service.week(), 1).to_string();
        body += &" ".repeat(size - body.len());
        body.into_bytes()
    };
    assert_eq!(put_bytes(&service, Some(&card), &receipt(1), &padded(16 * 1024)).status, 201, "the limit itself");
    for size in [16 * 1024 + 1, 200 * 1024] {
        let answer = put_bytes(&service, Some(&card), &receipt(2), &padded(size));
        assert_eq!(answer.status, 413);
        assert_eq!(answer.json()["type"], "urn:peertally:problem:too-large");
        assert_eq!(request(service.address, "POST", "/", &[], &padded(size)).status, 413, "the form");
        assert_eq!(request(service.address, "POST", "/practice", &[], &padded(size)).status, 413, "practice");
    }
    assert_eq!(chunked(&service, "", 16 * 1024), 400, "blanks are no JSON");
    assert_eq!(chunked(&service, "", 17 * 1024), 413);
    assert_eq!(chunked(&service, "", 512 * 1024), 413);
}

#[test]
fn the_first_check_that_fails_answers() {
    let programme = Programme::new();
    let cards = programme.cards(1);
    let card = cards[0].as_str();
    let service = programme.serve();
    let week = service.week();
    for n in 0..30 {
        assert_eq!(service.put(card, &receipt(n), &tally(&week, 1)).status, 201);
    }
    assert_eq!(service.delete(card, &receipt(0)).status, 204);
    let past = week.parse::<Week>().unwrap().back(10).to_string();
    let new = receipt(99);
    let good = tally(&week, 1).to_string();
    let closed = tally(&past, 1).to_string();
    let invalid = json!({"week": week, "area": "x", "setting": "street", "counts": {"contacts": 1}}).to_string();
    let invalid_closed = json!({"week": past, "area": "x", "setting": "street", "counts": {"contacts": 1}}).to_string();
    let broken = "{";
    let large = " ".repeat(17 * 1024);
    let strange = stranger();
    let wrong = mistyped(card);
    let cases: [(u16, Option<&str>, &str, &str); 17] = [
        // 413 before everything
        (413, Some(card), &new, &large),
        (413, None, "12", &large),
        (413, Some(&strange), &new, &large),
        // 400 before 422, 401, 409, 429
        (400, Some(card), "12", broken),
        (400, Some(&wrong), &new, broken),
        (400, None, &new, broken),
        (400, Some(card), &new, broken),
        // 422 before 401, 409, 429
        (422, None, &new, &invalid),
        (422, Some(&strange), "12", &good),
        (422, Some(&wrong), &new, &good),
        (422, Some(card), &new, &invalid_closed),
        (422, Some(card), &new, &invalid),
        // 401 before 409 and 429
        (401, Some(&strange), &new, &closed),
        (401, None, &receipt(0), &good),
        // 409 before 429
        (409, Some(card), &new, &closed),
        (409, Some(card), &receipt(0), &good),
        (429, Some(card), &new, &good),
    ];
    for (status, card, receipt, body) in cases {
        let answer = put_bytes(&service, card, receipt, body.as_bytes());
        assert_eq!(answer.status, status, "{receipt} {}: {}", &body[..body.len().min(80)], answer.text());
    }
}
