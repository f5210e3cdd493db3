//! `simulate` against a running service: what it sends is taken, the same again is nothing new, closed weeks are told.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use crate::common::{Programme, Service};
use serde_json::Value;

/// Runs it; exit status and summary.
fn simulate(programme: &Programme, service: &Service, more: &[&str]) -> (i32, Value) {
    let url = format!("http://{}", service.address);
    let arguments = ["simulate", "--json", "--url", &url, "--codes", "cards.codes", "--connections", "4"];
    let done = programme.run(&[&arguments[..], more].concat());
    let summary = serde_json::from_slice(&done.stdout);
    (done.status.code().unwrap(), summary.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&done.stderr))))
}

fn acknowledged(summary: &Value, status: &str) -> u64 {
    summary["acknowledged"][status].as_u64().unwrap_or_default()
}

#[test]
fn a_crowd_is_taken_once_however_often_it_sends() {
    let programme = Programme::new();
    programme.cards(12);
    let service = programme.serve();
    let week = service.week();
    let (code, first) = simulate(&programme, &service, &["--weeks", &week, "--seed", "3"]);
    assert_eq!((code, &first["refused"], &first["unanswered"]), (0, &serde_json::json!({}), &serde_json::json!(0)));
    let (new, withdrawn) = (acknowledged(&first, "201"), acknowledged(&first, "204"));
    assert!(new >= 12 && acknowledged(&first, "200") >= first["repeated"].as_u64().unwrap(), "{first}");
    assert_eq!(
        first["acknowledged"].as_object().unwrap().values().filter_map(Value::as_u64).sum::<u64>(),
        first["sent"]
    );

    // The same seed: every tally is there, and those that were withdrawn stay so.
    let (_, again) = simulate(&programme, &service, &["--weeks", &week, "--seed", "3"]);
    assert_eq!((acknowledged(&again, "201"), acknowledged(&again, "204")), (0, 0), "{again}");
    assert_eq!(again["refused"]["404"].as_u64().unwrap_or_default(), withdrawn);

    let (_, few) = simulate(&programme, &service, &["--weeks", &week, "--seed", "4", "--tallies", "5"]);
    assert_eq!(acknowledged(&few, "201"), 5);
}

#[test]
fn weeks_that_are_not_open_are_named() {
    let programme = Programme::new();
    programme.cards(3);
    let service = programme.serve();
    let (code, summary) = simulate(&programme, &service, &["--weeks", "2020-W10"]);
    assert_eq!(code, 1);
    assert_eq!(summary["weeks_not_open"], serde_json::json!(["2020-W10"]));
    let refused = summary["weeks_refused"]["2020-W10"].as_u64().unwrap();
    assert!(refused > 0 && summary["acknowledged"] == serde_json::json!({}), "{summary}");
    assert!(refused <= summary["refused"]["409"].as_u64().unwrap());
}

#[test]
fn nothing_is_sent_elsewhere_and_a_wrong_file_is_named() {
    let programme = Programme::new();
    std::fs::write(programme.path("wrong.codes"), "\nnot a card\n").unwrap();
    std::fs::write(programme.path("no.codes"), "\n").unwrap();
    let says = |url: &str, codes: &str| {
        let done = programme.run(&["simulate", "--url", url, "--codes", codes, "--weeks", "2020-W10"]);
        assert_eq!(done.status.code(), Some(1));
        String::from_utf8(done.stderr).unwrap()
    };
    assert!(says("https://127.0.0.1:1", "no.codes").contains("plain http only"));
    assert!(says("http://192.0.2.1:8080", "no.codes").contains("nothing was sent"));
    assert!(says("http://127.0.0.1:1", "wrong.codes").contains("line 2"));
    assert!(says("http://127.0.0.1:1", "no.codes").contains("no card code"));
}
