//! More tallies than the store can take: each 201 is stored, all else is 503.

use std::collections::BTreeMap;

use crate::common::{Programme, Service, tally};
use crate::crowd::{assert_busy, attempt, send};
use crate::deep;

/// Senders at a time, a card and a connection each.
const SENDERS: u64 = 64;

/// All send at once; answers the status of each tally, 0 for a closed connection.
fn burst(service: &Service, cards: &[String], week: &str, each: u64) -> BTreeMap<u64, u16> {
    std::thread::scope(|scope| {
        let one = |(n, card): (u64, &String)| {
            let card = card.clone();
            scope.spawn(move || {
                let numbers = (0..each).map(|k| n * 100 + k);
                let sent = numbers.map(|number| {
                    let answer = attempt(service.address, &card, number, &tally(week, 1));
                    let status = answer.as_ref().map_or(0, |answer| answer.status);
                    answer.filter(|answer| answer.status != 201).iter().for_each(assert_busy);
                    (number, status)
                });
                sent.collect::<Vec<_>>()
            })
        };
        let all: Vec<_> = (0..).zip(cards).map(one).collect();
        all.into_iter().flat_map(|sender| sender.join().unwrap()).collect()
    })
}

/// Sends all of them again: those with 201 are there, the rest is taken now.
fn again(service: &Service, cards: &[String], week: &str, before: &BTreeMap<u64, u16>) {
    for (number, status) in before {
        let card = &cards[usize::try_from(number / 100).unwrap()];
        let sent = send(service.address, card, *number, &tally(week, 1));
        match status {
            201 => assert_eq!(sent.status, 200, "{number} was answered 201 and is not there"),
            503 => assert_eq!(sent.status, 201, "{number} was answered 503 and is there"),
            _ => {}
        }
    }
}

/// Closes the period without noise: the total of `contacts`.
fn total(programme: &Programme, week: &str) -> f64 {
    let (year, number) = week.split_once("-W").unwrap();
    let period = format!("{year}-Q{}", (number.parse::<u32>().unwrap() - 1) / 13 + 1);
    let closed = programme.command(&["close", &period, "--early"]).env("PEERTALLY_TEST_ZERO_NOISE", "1").output();
    let closed = closed.unwrap();
    assert!(closed.status.success(), "{}", String::from_utf8_lossy(&closed.stderr));
    let release = programme.release(&period);
    let contacts = release["measures"].as_array().unwrap().iter().find(|m| m["id"] == "contacts").unwrap();
    let whole = contacts["breakdowns"].as_array().unwrap().iter().find(|b| b["by"] == serde_json::json!([])).unwrap();
    whole["cells"][0]["estimate"].as_f64().unwrap()
}

#[test]
fn a_full_queue_answers_503_and_stores_what_it_acknowledged() {
    let programme = Programme::new();
    let cards = programme.cards(u32::try_from(SENDERS).unwrap());
    // Without a queue, whoever comes during a write finds it full.
    let service = programme.serve_with(&[], |command| {
        command.env("PEERTALLY_TEST_QUEUE", "0");
    });
    let week = service.week();
    let mut answers = burst(&service, &cards, &week, 5);
    let count = |answers: &BTreeMap<u64, u16>, status| answers.values().filter(|s| **s == status).count();
    println!("{} tallies: {} stored, {} busy", answers.len(), count(&answers, 201), count(&answers, 503));
    assert!(count(&answers, 201) > 0 && count(&answers, 503) > 0, "nothing, or nobody, was turned away");
    assert_eq!(count(&answers, 0), 0, "a connection was closed without need");
    again(&service, &cards, &week, &answers);
    // Those that were turned away used nothing of their hour: the rest of it is still there.
    let more: BTreeMap<_, _> = answers.keys().map(|n| (n + 50, 503)).collect();
    again(&service, &cards, &week, &more);
    answers.extend(more);
    drop(service);
    assert_eq!(total(&programme, &week), answers.len() as f64, "stored more or less than was acknowledged");
}

#[test]
fn a_burst_from_many_connections_is_taken_whole() {
    let programme = Programme::new();
    let cards = programme.cards(512);
    let service = programme.serve();
    let week = service.week();
    let answers = burst(&service, &cards, &week, if deep() { 15 } else { 2 });
    let stored = answers.values().filter(|status| **status == 201).count();
    println!("{stored} of {} stored at the first try", answers.len());
    again(&service, &cards[..8], &week, &answers.range(..800).map(|(n, s)| (*n, *s)).collect());
    drop(service);
    let total = total(&programme, &week);
    assert!(total >= stored as f64 && total <= answers.len() as f64, "{total} counted, {stored} acknowledged");
    assert_eq!(stored, answers.len(), "the queue holds more than the connections can bring");
}
