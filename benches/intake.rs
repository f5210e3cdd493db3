//! Durable tallies a second over loopback, beside what could be had without them.
//!
//! `cargo bench --bench intake [-- --rounds 5 --seconds 2]`. Runs the real program
//! and, in turn, two bare actix endpoints under the same load: one that parses
//! the same JSON, one that also seals one row. Client and server share this
//! machine. One request a connection, as the service has it: so connecting and
//! closing are part of every figure. Every service answer counted is a 201,
//! sent after its fdatasync. `connections` is how many are under way at a time.
#![allow(missing_docs, unreachable_pub, dead_code, reason = "a benchmark")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a benchmark may fail loudly")]

mod common;

use std::hint::black_box;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use actix_web::http::KeepAlive;
use actix_web::{App, HttpResponse, HttpServer, web};
use peertally::admin::{Request, Role, execute};
use peertally::clock::SystemClock;
use peertally::crypto::pseudonym::{new_card, stub_of};
use peertally::crypto::seal::PLAIN;
use peertally::crypto::{PeriodPrivateKey, PeriodSalt, Sealer};
use peertally::domain::{Receipt, RowKey};
use peertally::intake::body;
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;

const CONNECTIONS: [usize; 3] = [1, 64, 256];
/// Left out at the beginning of each measurement.
const WARM: Duration = Duration::from_millis(300);
/// New tallies of one card within an hour: the shipped programme's limit.
const PER_CARD: u64 = 30;
/// More tallies a second than this machine will take, for the number of cards.
const MOST: u64 = 10_000;

fn main() {
    match common::option::<String>("--bare").as_deref() {
        Some(kind) => bare(kind == "seal"),
        None => measure(),
    }
}

/// A process that listens; ended with the value.
struct Server {
    address: SocketAddr,
    child: Child,
}

impl Server {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit("http://").next().and_then(|address| address.parse().ok());
        Self { address: address.unwrap_or_else(|| panic!("it does not listen: {line}")), child }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn measure() {
    let rounds = common::option("--rounds").unwrap_or(5_u64);
    let seconds = common::option("--seconds").unwrap_or(2_u64);
    let folder = common::folder();
    let data = folder.path().join("data");
    common::facts(&data);
    println!("rounds: {rounds} of {seconds} s each; one request a connection\n");
    let tallies = MOST * rounds * CONNECTIONS.len() as u64 * (seconds + 1);
    let cards = prepare(&data, tallies.div_ceil(PER_CARD));

    let mut serve = Command::new(env!("CARGO_BIN_EXE_peertally"));
    serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&data).stderr(Stdio::null());
    let service = Server::start(serve);
    let endpoint = |kind: &str| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--bare", kind]);
        Server::start(command)
    };
    let servers = [service, endpoint("json"), endpoint("seal")];
    let next = [const { AtomicU64::new(0) }; 3];
    let crowd = Crowd::new(cards, &week(servers[0].address));

    let mut rates = vec![[const { Vec::<f64>::new() }; 3]; CONNECTIONS.len()];
    let mut answers: Vec<Vec<Duration>> = vec![Vec::new(); CONNECTIONS.len()];
    let mut syncs = Vec::new();
    for round in 0..rounds {
        syncs.push(common::bare_syncs(folder.path(), Duration::from_secs(1)));
        for (rates, (answers, connections)) in rates.iter_mut().zip(answers.iter_mut().zip(CONNECTIONS)) {
            // Another one begins each round, so that a disturbance does not hit the same one.
            for turn in 0..3 {
                let at = (turn + usize::try_from(round).unwrap()) % 3;
                let (rate, times) =
                    drive(&crowd, &next[at], servers[at].address, connections, Duration::from_secs(seconds));
                rates[at].push(rate);
                if at == 0 {
                    answers.extend(times);
                }
            }
        }
    }
    let idle = common::memory(&servers[0].child.id().to_string(), "VmRSS");
    print(&rates, &mut answers, &syncs);
    println!("\nresident memory of the service after {} tallies: {idle:.0} MiB", next[0].load(Ordering::Relaxed));
}

/// A new data folder with cards in use.
fn prepare(data: &Path, cards: u64) -> Vec<String> {
    let data_dir =
        DataDir::create(DataPaths::new(data), embedded::PROGRAMME, embedded::POLICY, Arc::new(SystemClock)).unwrap();
    data_dir.open_current().unwrap();
    let cards: Vec<_> = (0..cards).map(|_| new_card().unwrap()).collect();
    for deck in cards.chunks(10_000) {
        let stubs = deck.iter().map(|card| stub_of(card).reveal().to_string()).collect();
        if execute(&data_dir, Role::Coordinator, Request::AddCards { stubs, until: None }, &|_| {}).is_err() {
            panic!("the cards were refused");
        }
    }
    cards.iter().map(|card| card.reveal().to_string()).collect()
}

/// The newest week that tallies are taken for.
fn week(service: SocketAddr) -> String {
    let mut stream = TcpStream::connect(service).unwrap();
    stream.write_all(b"GET /v1/programme HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (_, body) = text.split_once("\r\n\r\n").unwrap();
    let programme: serde_json::Value = serde_json::from_str(body).unwrap();
    programme["open_weeks"][0].as_str().unwrap().to_owned()
}

/// Whoever sends: each tally is new, and no card sends more than it may.
struct Crowd {
    cards: Vec<String>,
    body: String,
}

impl Crowd {
    fn new(cards: Vec<String>, week: &str) -> Self {
        let counts = serde_json::json!({"contacts": 12, "contacts_new": 2, "syringes_out": 60, "sharps_in": 45});
        let tally = serde_json::json!({"week": week, "area": "north", "setting": "street", "counts": counts});
        Self { cards, body: tally.to_string() }
    }

    fn request(&self, number: u64) -> String {
        let card = &self.cards[usize::try_from(number / PER_CARD).unwrap() % self.cards.len()];
        let mut digits = [0; 15];
        for (slot, digit) in digits.iter_mut().zip(format!("{number:015}").bytes()) {
            *slot = digit - b'0';
        }
        let receipt = Receipt::from_digits(digits);
        let length = self.body.len();
        format!(
            "PUT /v1/tallies/{receipt} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {card}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{}",
            self.body
        )
    }
}

/// Puts a load on a server: answers a second, and how long each took. `next` is its next tally.
fn drive(crowd: &Crowd, next: &AtomicU64, to: SocketAddr, connections: usize, time: Duration) -> (f64, Vec<Duration>) {
    let (begin, all) = (Instant::now() + WARM, Mutex::new(Vec::new()));
    let end = begin + time;
    std::thread::scope(|scope| {
        for _ in 0..connections {
            std::thread::Builder::new()
                .stack_size(128 * 1024)
                .spawn_scoped(scope, || {
                    let (mut times, mut answer) = (Vec::new(), Vec::new());
                    loop {
                        let request = crowd.request(next.fetch_add(1, Ordering::Relaxed));
                        let start = Instant::now();
                        if start >= end {
                            break;
                        }
                        let mut stream = TcpStream::connect(to).unwrap();
                        stream.write_all(request.as_bytes()).unwrap();
                        answer.clear();
                        stream.read_to_end(&mut answer).unwrap();
                        let done = Instant::now();
                        let right = answer.starts_with(b"HTTP/1.1 201");
                        assert!(right, "not taken: {}", String::from_utf8_lossy(&answer));
                        if done >= begin && done < end {
                            times.push(done - start);
                        }
                    }
                    all.lock().unwrap().extend(times);
                })
                .unwrap();
        }
    });
    let all = all.into_inner().unwrap();
    (all.len() as f64 / time.as_secs_f64(), all)
}

fn print(rates: &[[Vec<f64>; 3]], answers: &mut [Vec<Duration>], syncs: &[f64]) {
    let ratio = |of: &[f64], to: &[f64]| of.iter().zip(to).map(|(a, b)| a / b).collect::<Vec<_>>();
    println!("answers a second: median (least–most) of the rounds; ratios are taken within each round");
    println!(
        "| connections | service, durable | (i) JSON only | (ii) JSON and one seal | to (i) | to (ii) | to fsync |"
    );
    println!("|---|---|---|---|---|---|---|");
    for ([service, json, seal], connections) in rates.iter().zip(CONNECTIONS) {
        println!(
            "| {connections} | {} | {} | {} | {} | {} | {} |",
            common::show(service, 0),
            common::show(json, 0),
            common::show(seal, 0),
            common::show(&ratio(service, json), 2),
            common::show(&ratio(service, seal), 2),
            common::show(&ratio(service, syncs), 2),
        );
    }
    println!("\n(iii) bare fdatasync of 4 KiB appends: {} a second", common::show(syncs, 0));
    for (times, connections) in answers.iter_mut().zip(CONNECTIONS) {
        times.sort();
        let at = |share: usize| times.get(times.len() * share / 100).map_or(0.0, |t| t.as_secs_f64() * 1e3);
        println!("answer of the service at {connections}: median {:.1} ms, 99 % within {:.1} ms", at(50), at(99));
    }
}

/// Ends with the process that started it.
fn bare(seals: bool) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    let (_, public) = PeriodPrivateKey::generate().unwrap();
    let sealer = PeriodSalt::generate().unwrap().sealer("2025-Q1".parse().unwrap(), public);
    let sealer = web::Data::new(seals.then_some(sealer));
    let server = HttpServer::new(move || {
        App::new().app_data(sealer.clone()).route("/v1/tallies/{receipt}", web::put().to(take))
    })
    .keep_alive(KeepAlive::Disabled)
    .backlog(1024)
    .listen(listener)
    .unwrap();
    actix_web::rt::System::new().block_on(server.run()).unwrap();
}

async fn take(sealer: web::Data<Option<Sealer>>, bytes: web::Bytes) -> HttpResponse {
    let Ok(draft) = body::read(&bytes) else { return HttpResponse::BadRequest().finish() };
    black_box(draft);
    if let Some(sealer) = sealer.get_ref() {
        black_box(sealer.seal(&RowKey([7; 16]), &[9; PLAIN]).unwrap());
    }
    HttpResponse::Created().finish()
}
