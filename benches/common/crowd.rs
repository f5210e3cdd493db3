//! Senders of good and forged tallies, and a server of its own process.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use peertally::domain::Receipt;

/// New tallies of one card within an hour: the shipped programme's limit.
const PER_CARD: u64 = 30;
/// Far longer than any answer takes.
const NEVER: Duration = Duration::from_secs(60);

/// A process that listens; ended with the value.
pub struct Server {
    pub address: SocketAddr,
    pub child: Child,
}

impl Server {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit("http://").next().and_then(|address| address.parse().ok());
        Self { address: address.unwrap_or_else(|| panic!("it does not listen: {line}")), child }
    }

    /// User and system time of all its threads so far.
    pub fn processor_time(&self) -> Duration {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let (_, fields) = text.rsplit_once(") ").unwrap();
        let ticks: u64 = fields.split(' ').skip(11).take(2).map(|field| field.parse::<u64>().unwrap()).sum();
        // Linux counts them in hundredths of a second.
        Duration::from_millis(ticks * 10)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Which card a tally comes with.
#[derive(Clone, Copy, Debug)]
pub enum Card {
    Good,
    /// The check symbol is wrong.
    Mistyped,
    /// Well formed, and not of this programme.
    Unknown,
    Revoked,
}

/// Whoever sends: each tally is new, and no card sends more than it may.
pub struct Crowd {
    pub cards: Vec<String>,
    pub unknown: Vec<String>,
    pub revoked: String,
    pub week: String,
    /// The next good tally, and the next forged one.
    pub next: [AtomicU64; 2],
}

impl Crowd {
    fn request(&self, kind: Card) -> Vec<u8> {
        let number = self.next[usize::from(!matches!(kind, Card::Good))].fetch_add(1, Ordering::Relaxed);
        let at = |cards: &[String], n: u64| cards[usize::try_from(n).unwrap() % cards.len()].clone();
        let card = match kind {
            Card::Good => at(&self.cards, number / PER_CARD),
            Card::Unknown => at(&self.unknown, number),
            Card::Revoked => self.revoked.clone(),
            Card::Mistyped => {
                let mut card = self.revoked.clone();
                let last = if card.pop() == Some('7') { '8' } else { '7' };
                card + &last.to_string()
            }
        };
        let mut digits = [0; 15];
        for (slot, digit) in digits.iter_mut().zip(format!("{number:015}").bytes()) {
            *slot = digit - b'0';
        }
        let counts = serde_json::json!({"contacts": 12, "contacts_new": 2, "syringes_out": 60, "sharps_in": 45});
        let tally = serde_json::json!({"week": self.week, "area": "north", "setting": "street", "counts": counts});
        let body = tally.to_string();
        let (receipt, length) = (Receipt::from_digits(digits), body.len());
        format!(
            "PUT /v1/tallies/{receipt} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {card}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    }

    /// One tally on a connection of its own; its status, if there was an answer in time.
    pub fn send(&self, to: SocketAddr, kind: Card, patience: Duration) -> Option<u16> {
        let mut stream = TcpStream::connect_timeout(&to, patience).ok()?;
        stream.set_read_timeout(Some(patience)).ok()?;
        stream.write_all(&self.request(kind)).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        std::str::from_utf8(answer.get(9..12)?).ok()?.parse().ok()
    }

    /// Sends one after the other; how many were answered, as they must be.
    pub fn forge(&self, to: SocketAddr, kind: Card, over: &AtomicBool) -> u64 {
        let right = match kind {
            Card::Good => 201,
            Card::Mistyped => 422,
            Card::Unknown | Card::Revoked => 401,
        };
        let mut number = 0;
        while !over.load(Ordering::Relaxed) {
            if let Some(status) = self.send(to, kind, NEVER) {
                assert_eq!(status, right, "{kind:?}");
                number += 1;
            }
        }
        number
    }
}

/// Keeps so many silent connections up.
pub fn silent(to: SocketAddr, number: usize, opened: &AtomicU64, over: &AtomicBool) {
    let mut all: Vec<TcpStream> = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let stands = |mut stream: &TcpStream| {
            stream.read(&mut [0; 1024]).map_or_else(|e| e.kind() == std::io::ErrorKind::WouldBlock, |read| read > 0)
        };
        all.retain(stands);
        while all.len() < number && !over.load(Ordering::Relaxed) {
            let Ok(stream) = TcpStream::connect_timeout(&to, Duration::from_millis(500)) else { break };
            stream.set_nonblocking(true).unwrap();
            all.push(stream);
            opened.fetch_add(1, Ordering::Relaxed);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A thread with a small stack, since there are many.
pub fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope std::thread::Scope<'scope, '_>,
    run: impl FnOnce() -> T + Send + 'scope,
) -> std::thread::ScopedJoinHandle<'scope, T> {
    std::thread::Builder::new().stack_size(128 * 1024).spawn_scoped(scope, run).unwrap()
}

/// The newest week that tallies are taken for.
pub fn week(service: SocketAddr) -> String {
    let mut stream = TcpStream::connect(service).unwrap();
    stream.write_all(b"GET /v1/programme HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (_, body) = text.split_once("\r\n\r\n").unwrap();
    let programme: serde_json::Value = serde_json::from_str(body).unwrap();
    programme["open_weeks"][0].as_str().unwrap().to_owned()
}
