//! What a flood costs the service, and what it leaves to honest senders.
//!
//! `cargo bench --bench flood [-- --rounds 3 --seconds 3]`; `--program FILE` takes
//! another build of the program, `--only silent` leaves the forged ones out. Forged tallies: processor time of the server
//! for each (`utime` and `stime`), beside an accepted one and a bare endpoint
//! that only reads the same JSON. Then honest senders while a flood runs at full
//! speed. Flood, honest senders and server share this machine; one request a
//! connection.
#![allow(missing_docs, unreachable_pub, dead_code, reason = "a benchmark")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a benchmark may fail loudly")]

mod common;
#[path = "common/crowd.rs"]
mod crowd;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::http::KeepAlive;
use actix_web::{App, HttpResponse, HttpServer, web};
use crowd::{Card, Crowd, Server};
use peertally::admin::{Request, Role, execute};
use peertally::clock::SystemClock;
use peertally::crypto::pseudonym::{new_card, stub_of};
use peertally::intake::body;
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;

/// Honest senders at a time.
const HONEST: usize = 16;
/// Forging connections at a time.
const FORGING: [usize; 3] = [0, 64, 256];
/// Connections that say nothing.
const SILENT: usize = 3000;
/// Threads that open them.
const OPENERS: usize = 40;
/// Beside silent connections: how often an honest tally is sent.
const PACE: Duration = Duration::from_millis(10);
/// An honest sender that has no answer by then has failed its try.
const PATIENCE: Duration = Duration::from_secs(5);
/// Cards in use: enough for what one may send within an hour.
const CARDS: u64 = 60_000;

fn main() {
    if common::option::<String>("--bare").is_some() { bare() } else { measure() }
}

fn measure() {
    let rounds = common::option("--rounds").unwrap_or(3_u32);
    let time = Duration::from_secs(common::option("--seconds").unwrap_or(3));
    let program = common::option("--program").unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_peertally")));
    let folder = common::folder();
    let data = folder.path().join("data");
    common::facts(&data);
    println!("rounds: {rounds} of {time:?} each; one request a connection\n");
    let crowd = prepare(&data);
    let serve = |data: &Path| {
        let mut command = Command::new(&program);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).stderr(Stdio::null());
        Server::start(command)
    };
    let service = serve(&data);
    let crowd = Crowd { week: crowd::week(service.address), ..crowd };
    let mut endpoint = Command::new(std::env::current_exe().unwrap());
    endpoint.args(["--bare", "json"]);
    let bare = Server::start(endpoint);
    if common::option::<String>("--only").is_none() {
        cost(&crowd, &service, &bare, rounds, time);
        for kind in [Card::Unknown, Card::Mistyped] {
            beside_forged(&crowd, &service, kind, rounds, time);
        }
    }
    beside_silent(&crowd, &service, rounds, time);
    let peak = common::memory(&service.child.id().to_string(), "VmHWM");
    println!("\npeak memory of the service: {peak:.0} MiB; load after: {}", common::load());
}

/// A new data folder with cards in use, and one that was.
fn prepare(data: &Path) -> Crowd {
    let data_dir =
        DataDir::create(DataPaths::new(data), embedded::PROGRAMME, embedded::POLICY, Arc::new(SystemClock)).unwrap();
    data_dir.open_current().unwrap();
    let ask = |request| execute(&data_dir, Role::Coordinator, request, &|_| {}).unwrap_or_else(|_| panic!("refused"));
    let cards: Vec<_> = (0..=CARDS).map(|_| new_card().unwrap()).collect();
    for deck in cards.chunks(10_000) {
        let stubs = deck.iter().map(|card| stub_of(card).reveal().to_string()).collect();
        ask(Request::AddCards { stubs, until: None });
    }
    ask(Request::RevokeCard { stub: stub_of(&cards[0]).reveal().to_string() });
    let unknown = (0..1000).map(|_| new_card().unwrap().reveal().to_string()).collect();
    let mut cards: Vec<_> = cards.iter().map(|card| card.reveal().to_string()).collect();
    Crowd { revoked: cards.remove(0), cards, unknown, week: String::new(), next: Default::default() }
}

/// Processor time for each request, at 64 connections: all kinds in turn.
fn cost(crowd: &Crowd, service: &Server, bare: &Server, rounds: u32, time: Duration) {
    let kinds = [Card::Good, Card::Mistyped, Card::Unknown, Card::Revoked];
    let mut each = [const { Vec::<f64>::new() }; 5];
    for _ in 0..rounds {
        for (kind, each) in kinds.iter().zip(&mut each) {
            each.push(processor_time(crowd, service, *kind, time));
        }
        each[4].push(processor_time(crowd, bare, Card::Good, time));
    }
    let ratio = |of: &[f64], to: &[f64]| of.iter().zip(to).map(|(a, b)| a / b).collect::<Vec<_>>();
    println!("| tally | processor time, µs | to an accepted one | to the bare endpoint |\n|---|---|---|---|");
    for (name, times) in ["accepted", "mistyped", "unknown card", "revoked card", "bare endpoint"].iter().zip(&each) {
        let (accepted, bare) = (ratio(times, &each[0]), ratio(times, &each[4]));
        println!(
            "| {name} | {} | {} | {} |",
            common::show(times, 0),
            common::show(&accepted, 2),
            common::show(&bare, 2)
        );
    }
}

fn processor_time(crowd: &Crowd, server: &Server, kind: Card, time: Duration) -> f64 {
    let (over, before) = (AtomicBool::new(false), server.processor_time());
    let number: u64 = std::thread::scope(|scope| {
        let all: Vec<_> = (0..64).map(|_| crowd::spawn(scope, || crowd.forge(server.address, kind, &over))).collect();
        std::thread::sleep(time);
        over.store(true, Ordering::Relaxed);
        all.into_iter().map(|sender| sender.join().unwrap()).sum()
    });
    (server.processor_time() - before).as_secs_f64() * 1e6 / number as f64
}

/// Honest senders while forged tallies come as fast as they can.
fn beside_forged(crowd: &Crowd, service: &Server, kind: Card, rounds: u32, time: Duration) {
    println!("\nforged: {kind:?}; {HONEST} honest senders");
    println!(
        "| forging connections | forged/s | honest/s | at the first try | median ms | 99 % ms |\n|---|---|---|---|---|---|"
    );
    for forging in FORGING {
        let mut seen = Seen::default();
        for _ in 0..rounds {
            let over = AtomicBool::new(false);
            std::thread::scope(|scope| {
                let forge = || crowd.forge(service.address, kind, &over);
                let all: Vec<_> = (0..forging).map(|_| crowd::spawn(scope, forge)).collect();
                seen.honest(crowd, service, time);
                over.store(true, Ordering::Relaxed);
                seen.flood += all.into_iter().map(|sender| sender.join().unwrap()).sum::<u64>();
            });
        }
        seen.print(forging, time * rounds);
    }
}

/// Honest senders while connections that say nothing are opened again as fast as they are ended.
fn beside_silent(crowd: &Crowd, service: &Server, rounds: u32, time: Duration) {
    println!("\nsilent connections, opened again when ended; an honest tally every {PACE:?}, each by another sender");
    println!("| silent | opened/s | honest/s | at the first try | median ms | 99 % ms |\n|---|---|---|---|---|---|");
    let mut seen = Seen::default();
    // Long enough for the service to lose patience twice.
    let time = time.max(Duration::from_secs(12));
    for _ in 0..rounds {
        let over = AtomicBool::new(false);
        let opened = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for _ in 0..OPENERS {
                let silent = || crowd::silent(service.address, SILENT / OPENERS, &opened, &over);
                crowd::spawn(scope, silent);
            }
            std::thread::sleep(Duration::from_secs(2));
            let before = opened.load(Ordering::Relaxed);
            seen.honest_one_by_one(crowd, service, time);
            seen.flood += opened.load(Ordering::Relaxed) - before;
            over.store(true, Ordering::Relaxed);
        });
    }
    seen.print(SILENT, time * rounds);
}

/// Whether a tally was taken at the first try, and how long that took.
fn try_once(crowd: &Crowd, service: &Server) -> (bool, Duration) {
    let start = Instant::now();
    let answer = crowd.send(service.address, Card::Good, PATIENCE);
    (answer == Some(201) && start.elapsed() < PATIENCE, start.elapsed())
}

/// What honest senders saw.
#[derive(Default)]
struct Seen {
    times: Vec<Duration>,
    failed: usize,
    flood: u64,
}

impl Seen {
    /// Each sender sends one tally after the other.
    fn honest(&mut self, crowd: &Crowd, service: &Server, time: Duration) {
        let end = Instant::now() + time;
        std::thread::scope(|scope| {
            let one = || {
                let mut tries = Vec::new();
                while Instant::now() < end {
                    tries.push(try_once(crowd, service));
                }
                tries
            };
            let all: Vec<_> = (0..HONEST).map(|_| crowd::spawn(scope, one)).collect();
            all.into_iter().flat_map(|sender| sender.join().unwrap()).for_each(|tried| self.note(tried));
        });
    }

    /// A tally every so often, each by another sender: none waits for the one before.
    fn honest_one_by_one(&mut self, crowd: &Crowd, service: &Server, time: Duration) {
        let begin = Instant::now();
        std::thread::scope(|scope| {
            let mut all = Vec::new();
            while begin.elapsed() < time {
                all.push(crowd::spawn(scope, || try_once(crowd, service)));
                std::thread::sleep(PACE);
            }
            all.into_iter().for_each(|sender| self.note(sender.join().unwrap()));
        });
    }

    fn note(&mut self, (taken, time): (bool, Duration)) {
        if taken { self.times.push(time) } else { self.failed += 1 }
    }

    fn print(mut self, flood: usize, time: Duration) {
        self.times.sort();
        let at = |share: usize| self.times.get(self.times.len() * share / 100).map_or(0.0, |t| t.as_secs_f64() * 1e3);
        let (taken, seconds) = (self.times.len() as f64, time.as_secs_f64());
        println!(
            "| {flood} | {:.0} | {:.0} | {:.2} % of {} | {:.1} | {:.1} |",
            self.flood as f64 / seconds,
            taken / seconds,
            100.0 * taken / (taken + self.failed as f64),
            self.times.len() + self.failed,
            at(50),
            at(99),
        );
    }
}

/// The least that a server does with such a request. Ends with the process that started it.
fn bare() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    let take = |bytes: web::Bytes| async move {
        match body::read(&bytes) {
            Ok(draft) => {
                std::hint::black_box(draft);
                HttpResponse::Created().finish()
            }
            Err(_) => HttpResponse::BadRequest().finish(),
        }
    };
    let server = HttpServer::new(move || App::new().route("/v1/tallies/{receipt}", web::put().to(take)))
        .keep_alive(KeepAlive::Disabled)
        .listen(listener)
        .unwrap();
    actix_web::rt::System::new().block_on(server.run()).unwrap();
}
