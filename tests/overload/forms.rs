//! Thousands who ask for what has to be made of a release first.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::common::{Programme, Service, repository};
use crate::crowd::{Ends, TURN, assert_busy, assert_served, honest, memory};
use crate::deep;

/// Readers at a time: the service takes at most 2048 connections on two cores.
const READERS: usize = 2300;
/// No flood asks more often.
const MOST: usize = 60_000;
/// Most resident memory of the service meanwhile, in KiB.
const RESIDENT: u64 = 400 * 1024;
const PERIOD: &str = "2025-Q1";

/// A large programme with one release.
fn released() -> Programme {
    let programme = Programme::large();
    let sheet = repository("tests/data/outreach-40.csv");
    for arguments in [&["import", sheet.to_str().unwrap(), "--period", PERIOD][..], &["close", PERIOD]] {
        let done = programme.run(arguments);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    programme
}

/// What readers got, by the beginning of the answer.
type Got = BTreeMap<String, usize>;

/// Readers that ask, take a little of the answer, and ask again on another connection.
fn read(to: SocketAddr, paths: &[String], asked: &AtomicUsize, over: &AtomicBool) -> Got {
    let (mut all, mut got): (Vec<TcpStream>, _) = (Vec::new(), Got::new());
    let mut paths = paths.iter().cycle();
    while !over.load(Ordering::Relaxed) {
        all.retain_mut(|stream| {
            let mut start = [0; 12];
            match stream.read(&mut start) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => true,
                Ok(n) if n == start.len() => {
                    *got.entry(String::from_utf8_lossy(&start).into_owned()).or_default() += 1;
                    false
                }
                _ => {
                    *got.entry("closed".to_owned()).or_default() += 1;
                    false
                }
            }
        });
        while all.len() < READERS / 4
            && asked.fetch_add(1, Ordering::Relaxed) < MOST
            && let Ok(mut stream) = TcpStream::connect_timeout(&to, Duration::from_millis(500))
            && let Some(path) = paths.next()
            && stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).is_ok()
            && stream.set_nonblocking(true).is_ok()
        {
            all.push(stream);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    got
}

/// Honest senders while so many ask for these.
fn flooded(service: &Service, cards: &[String], what: &str, paths: &[String]) -> Got {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let (to, week) = (service.address, service.week());
    let (over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (sent, got) = std::thread::scope(|scope| {
        let (over, asked) = (&over, &asked);
        let ends = Ends(over);
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(move || read(to, paths, asked, over))).collect();
        std::thread::sleep(Duration::from_secs(if deep() { 10 } else { 3 }));
        let sent = honest(to, cards, &week, 8);
        drop(ends);
        let mut got = Got::new();
        for one in readers.into_iter().flat_map(|reader| reader.join().unwrap()) {
            *got.entry(one.0).or_default() += one.1;
        }
        (sent, got)
    });
    println!("{what}: {got:?}; service {} MiB", memory(service.child.id(), "VmHWM") / 1024);
    assert!(got.values().sum::<usize>() > READERS, "there was no flood");
    assert!(got.keys().all(|start| ["closed", "HTTP/1.1 200", "HTTP/1.1 503"].contains(&start.as_str())), "{got:?}");
    assert!(memory(service.child.id(), "VmHWM") < RESIDENT, "memory grew");
    assert_served(what, &sent);
    got
}

#[test]
fn thousands_who_ask_for_a_workbook_keep_no_sender_out() {
    let programme = released();
    let cards = programme.cards(8);
    let service = programme.serve();
    let workbook = format!("/v1/releases/{PERIOD}.xlsx");
    let got = flooded(&service, &cards, "beside 2,300 readers of a workbook", std::slice::from_ref(&workbook));
    assert!(got.get("HTTP/1.1 200").is_some_and(|n| *n > READERS / 2), "it was not made once: {got:?}");
    let answer = service.get(&workbook);
    assert_eq!(answer.status, 200);
    assert!(answer.body.starts_with(b"PK"));
}

#[test]
fn thousands_who_read_reports_keep_no_sender_out() {
    let programme = released();
    let cards = programme.cards(8);
    let service = programme.serve();
    let pages = ["/reports", "/audit", "/v1/releases", "/reports/over-time"].map(str::to_owned);
    let languages = ["en", "fr", "de", "ar"].map(|lang| format!("/reports/{PERIOD}?lang={lang}"));
    flooded(&service, &cards, "beside 2,300 readers of reports", &[&pages[..], &languages].concat());
    // Those that nobody else asks for are made anew each time: most are turned away.
    let chosen: Vec<_> = (0..100).map(|n| format!("/reports/over-time?from={PERIOD}&n={n}")).collect();
    let got = flooded(&service, &cards, "beside 2,300 who choose periods", &chosen);
    assert!(got.get("HTTP/1.1 503").is_some_and(|n| *n > 0), "nobody was turned away: {got:?}");
    // What still waits in the line is made first; then it is over.
    let again = (0..40).find(|_| {
        std::thread::sleep(Duration::from_millis(500));
        service.get(&format!("/reports/{PERIOD}")).status == 200
    });
    assert!(again.is_some(), "the flood is over, and readers are turned away still");
}

#[test]
fn who_is_turned_away_is_told_when_to_come_again() {
    let programme = released();
    let service = programme.serve();
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    // More than are waited for, all at once; each of them a page of its own.
    let asked = &service;
    let turned_away = |path: &(dyn Fn(usize) -> String + Sync)| {
        std::thread::scope(|scope| {
            let ask = |n| scope.spawn(move || asked.get(&path(n)));
            let all: Vec<_> = (0..60).map(ask).collect();
            all.into_iter().map(|asks| asks.join().unwrap()).filter(|answer| answer.status == 503).last()
        })
    };
    let page = turned_away(&|n| format!("/reports/over-time?from={PERIOD}&n={n}")).expect("nobody was turned away");
    assert_eq!(page.header("retry-after"), Some("5"));
    assert!(page.text().contains("Please wait a moment"), "{}", page.text());
    // Five forms, each asked for twelve times before the first is made.
    let forms = ["csv", "datapackage.json", "xlsx", "dhis2.json", "registry.yaml"];
    let file = turned_away(&|n| format!("/v1/releases/{PERIOD}.{}", forms[n % 5]));
    file.iter().for_each(assert_busy);
}
