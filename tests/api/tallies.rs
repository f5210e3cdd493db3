//! PUT and DELETE of a tally over HTTP: what is answered when nothing is wrong
//! with the request itself, and whose tally is whose.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use crate::common;
use crate::common::{Programme, Service, receipt, request, tally};
use peertally::domain::Week;
use serde_json::json;

/// `urn:peertally:problem:{kind}`, and the fields that every problem has.
fn assert_problem(answer: &common::Answer, status: u16, kind: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    let problem = answer.json();
    assert_eq!(problem["type"], format!("urn:peertally:problem:{kind}"));
    assert_eq!(problem["status"], status);
    assert!(!problem["title"].as_str().unwrap().is_empty());
    assert!(problem["detail"].as_str().unwrap().len() > 20, "{problem}");
}

#[test]
fn the_life_of_one_tally() {
    let programme = Programme::new();
    let cards = programme.cards(2);
    let service = programme.serve();
    let week = service.week();
    let number = receipt(1);

    assert_problem(&service.delete(&cards[0], &number), 404, "no-such-tally");
    let new = service.put(&cards[0], &number, &tally(&week, 12));
    assert_eq!((new.status, new.body.len()), (201, 0));
    assert_eq!(service.put(&cards[0], &number, &tally(&week, 12)).status, 200, "the same again");
    assert_eq!(service.put(&cards[0], &number, &tally(&week, 13)).status, 200, "another body replaces it");

    // A receipt is one card's: to another it names nothing, and may name a tally of its own.
    assert_problem(&service.delete(&cards[1], &number), 404, "no-such-tally");
    assert_eq!(service.put(&cards[1], &number, &tally(&week, 3)).status, 201);
    assert_eq!(service.delete(&cards[1], &number).status, 204);
    assert_eq!(service.put(&cards[0], &number, &tally(&week, 14)).status, 200, "still there");

    let gone = service.delete(&cards[0], &number);
    assert_eq!((gone.status, gone.body.len()), (204, 0));
    assert_problem(&service.delete(&cards[0], &number), 404, "no-such-tally");
    assert_problem(&service.put(&cards[0], &number, &tally(&week, 14)), 409, "withdrawn");
    assert_problem(&service.delete(&cards[0], &number), 404, "no-such-tally");

    // What was acknowledged outlives the process, and so does a withdrawal.
    assert_eq!(service.put(&cards[0], &receipt(2), &tally(&week, 1)).status, 201);
    service.kill();
    let service = programme.serve();
    assert_eq!(service.put(&cards[0], &receipt(2), &tally(&week, 1)).status, 200);
    assert_problem(&service.put(&cards[0], &number, &tally(&week, 14)), 409, "withdrawn");
}

#[test]
fn spelling_of_a_card_is_forgiven() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    assert_eq!(service.put(&card, &receipt(1), &tally(&week, 1)).status, 201);
    let plain = card.replace('-', "");
    let spellings = [
        plain.clone(),
        card.to_lowercase(),
        card.replace('-', " "),
        plain.replace('0', "O").replace('1', "I"),
        plain.to_lowercase().replace('0', "o").replace('1', "l"),
        format!("  {} ", card.replace('-', " - ")),
    ];
    for spelling in spellings {
        // 200, not 201: it is the same card, so it is the same tally.
        assert_eq!(service.put(&spelling, &receipt(1), &tally(&week, 1)).status, 200, "{spelling:?}");
    }
    // The scheme's name may be written in any case (RFC 9110).
    let header = [("authorization", format!("bEARER {card}"))];
    let header = header.each_ref().map(|(name, value)| (*name, value.as_str()));
    let path = format!("/v1/tallies/{}", receipt(1));
    let answer = request(service.address, "PUT", &path, &header, tally(&week, 1).to_string().as_bytes());
    assert_eq!(answer.status, 200);
}

#[test]
fn a_zero_counts_and_every_open_week_is_taken() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let open = service.get("/v1/programme").json()["open_weeks"].as_array().unwrap().clone();
    assert!((1..=3).contains(&open.len()), "{open:?}");
    for (n, week) in open.iter().enumerate() {
        let answer = service.put(&card, &receipt(n as u64), &tally(week.as_str().unwrap(), 0));
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
    // To another week of the same period: the same tally.
    let newest = open[0].as_str().unwrap();
    let last = open.len() as u64 - 1;
    assert_eq!(service.put(&card, &receipt(last), &tally(newest, 0)).status, 200);
}

#[test]
fn a_week_that_is_not_open_is_a_conflict() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let newest: Week = service.week().parse().unwrap();
    for week in [newest.back(4), newest.back(60), newest.next().next(), "1999-W01".parse().unwrap()] {
        let answer = service.put(&card, &receipt(1), &tally(&week.to_string(), 1));
        assert_problem(&answer, 409, "week-closed");
        let detail = answer.json()["detail"].to_string();
        assert!(detail.contains(&newest.to_string()), "it names the open weeks: {detail}");
    }
    // None of them left a row behind.
    assert_eq!(service.delete(&card, &receipt(1)).status, 404);
}

fn limit(service: &Service) -> u64 {
    service.get("/v1/programme").json()["limits"]["tallies_per_hour"].as_u64().unwrap()
}

#[test]
fn the_hourly_rate_stops_new_tallies_and_no_corrections() {
    let programme = Programme::new();
    let cards = programme.cards(2);
    let service = programme.serve();
    let (week, limit) = (service.week(), limit(&service));
    for n in 0..limit {
        assert_eq!(service.put(&cards[0], &receipt(n), &tally(&week, 1)).status, 201);
        assert_eq!(service.put(&cards[0], &receipt(n), &tally(&week, 2)).status, 200);
    }
    assert_problem(&service.put(&cards[0], &receipt(limit), &tally(&week, 1)), 429, "rate-limited");
    assert_eq!(service.put(&cards[0], &receipt(0), &tally(&week, 3)).status, 200, "a correction");
    assert_eq!(service.delete(&cards[0], &receipt(0)).status, 204, "a withdrawal");
    // Withdrawn is said before the rate, and a withdrawal makes no room for more.
    assert_problem(&service.put(&cards[0], &receipt(0), &tally(&week, 3)), 409, "withdrawn");
    assert_problem(&service.put(&cards[0], &receipt(limit), &tally(&week, 1)), 429, "rate-limited");
    assert_eq!(service.put(&cards[1], &receipt(limit), &tally(&week, 1)).status, 201, "another card");
}

#[test]
fn the_same_receipt_at_once_is_new_once() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let send = |n: u32| {
            let (service, card, week) = (&service, &card, &week);
            // The same receipt, another content each.
            scope.spawn(move || service.put(card, &receipt(7), &tally(week, n)).status)
        };
        let all: Vec<_> = (0..16).map(send).collect();
        all.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 15, "{statuses:?}");
    // One row, so one withdrawal, and only one place of the hour is used.
    for n in 100..100 + limit(&service) - 1 {
        assert_eq!(service.put(&card, &receipt(n), &tally(&week, 1)).status, 201);
    }
    assert_eq!(service.put(&card, &receipt(99), &tally(&week, 1)).status, 429);
    assert_eq!(service.delete(&card, &receipt(7)).status, 204);
    assert_eq!(service.delete(&card, &receipt(7)).status, 404);
}

#[test]
fn new_tallies_at_once_never_exceed_the_rate() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let (week, limit) = (service.week(), limit(&service));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let send = |n: u64| {
            let (service, card, week) = (&service, &card, &week);
            scope.spawn(move || service.put(card, &receipt(n), &tally(week, 1)).status)
        };
        let all: Vec<_> = (0..limit + 12).map(send).collect();
        all.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count() as u64, limit, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 12, "{statuses:?}");
}

#[test]
fn a_form_learns_all_it_needs() {
    let programme = Programme::new();
    let service = programme.serve();
    let answer = service.get("/v1/programme");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let shown = answer.json();
    assert_eq!(shown["locales"], json!(["en", "fr", "es", "de", "pt", "nl", "ar"]));
    for part in ["dimensions", "measures", "open_weeks"] {
        assert!(!shown[part].as_array().unwrap().is_empty(), "{part}");
    }
    for measure in shown["measures"].as_array().unwrap() {
        assert!(measure["max_per_tally"].as_u64().unwrap() > 0 && measure["label"]["en"].is_string(), "{measure}");
    }
    // Nothing of the budget's inner working, no card, no count of tallies.
    assert_eq!(shown.to_string().matches("rho").count(), 0);
}
