//! Who opens connections and does not do its part, and honest senders beside them.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::common::{Answer, receipt, tally, try_request};

/// Longest that an honest sender waits to be connected: a full queue in the kernel drops it at first.
const CONNECT: Duration = Duration::from_secs(20);
/// How often an honest sender tries at most.
const TRIES: usize = 20;
/// Within this time an honest sender counts as served.
const SOON: Duration = Duration::from_secs(5);
/// One flood at a time: two would be measured as one.
pub static TURN: Mutex<()> = Mutex::new(());
/// No flood opens more connections than this.
const MOST: usize = 40_000;

/// One that has begun and goes on slowly, or not at all.
struct Idler {
    stream: TcpStream,
    /// What it sends a byte of at each round; empty if it is silent.
    trickle: &'static [u8],
}

/// What an idler sends at first.
#[derive(Clone, Copy)]
pub enum Beginning {
    /// Nothing.
    Silent,
    /// A request line and one field.
    HalfHeader,
    /// As much of a header as is read before it is refused.
    LongHeader,
    /// A header, and a body that comes byte by byte.
    Body,
    /// The same in chunks.
    Chunks,
}

impl Beginning {
    pub const ALL: [Self; 4] = [Self::Silent, Self::HalfHeader, Self::Body, Self::Chunks];

    fn bytes(self) -> (Vec<u8>, &'static [u8]) {
        let head = "PUT /v1/tallies/1 HTTP/1.1\r\nHost: x\r\n";
        match self {
            Self::Silent => (Vec::new(), b""),
            Self::HalfHeader => (head.into(), b"x"),
            Self::LongHeader => (format!("{head}X-Long: {}", "x".repeat(120 * 1024)).into(), b""),
            Self::Body => (format!("{head}Content-Length: 9000\r\n\r\n").into(), b" "),
            Self::Chunks => (format!("{head}Transfer-Encoding: chunked\r\n\r\n2000\r\n").into(), b" "),
        }
    }
}

/// A flood: so many connections that wait, each opened again when it is ended.
#[derive(Default)]
pub struct Flood {
    over: AtomicBool,
    /// How many were opened in all.
    pub opened: AtomicUsize,
    /// How many stand now.
    pub standing: AtomicUsize,
}

/// Ends a flood, also when its test fails.
pub struct Ends<'a>(pub &'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Flood {
    /// The flood is over when this is dropped.
    pub fn ends(&self) -> Ends<'_> {
        Ends(&self.over)
    }

    /// Keeps `number` of them up until it is over; they are dropped on return.
    pub fn run(&self, to: SocketAddr, number: usize, beginnings: &[Beginning]) {
        let mut idlers: Vec<Idler> = Vec::new();
        let mut kinds = beginnings.iter().copied().cycle();
        while !self.over.load(Ordering::Relaxed) {
            let before = idlers.len();
            idlers.retain_mut(Idler::stands);
            self.standing.fetch_sub(before - idlers.len(), Ordering::Relaxed);
            while idlers.len() < number
                && self.opened.load(Ordering::Relaxed) < MOST
                && let Some(idler) = kinds.next().and_then(|kind| Idler::new(to, kind))
            {
                idlers.push(idler);
                self.opened.fetch_add(1, Ordering::Relaxed);
                self.standing.fetch_add(1, Ordering::Relaxed);
                if self.over.load(Ordering::Relaxed) {
                    break;
                }
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Idler {
    fn new(to: SocketAddr, kind: Beginning) -> Option<Self> {
        let mut stream = TcpStream::connect_timeout(&to, Duration::from_millis(500)).ok()?;
        stream.set_nonblocking(true).ok()?;
        let (bytes, trickle) = kind.bytes();
        // What the kernel does not take is left out.
        let _ = stream.write_all(&bytes);
        Some(Self { stream, trickle })
    }

    /// Whether the service still holds it.
    fn stands(&mut self) -> bool {
        let blocked = |error: std::io::Error| error.kind() == ErrorKind::WouldBlock;
        if let Some(byte) = self.trickle.get(..1)
            && self.stream.write_all(byte).is_err_and(|error| !blocked(error))
        {
            return false;
        }
        self.stream.read(&mut [0; 1024]).map_or_else(blocked, |read| read > 0)
    }
}

/// What became of one honest tally.
pub struct Sent {
    /// The answer that took it.
    pub status: u16,
    /// How often it was sent.
    pub tries: usize,
    /// How long that took, with all tries.
    pub time: Duration,
}

/// Sends a tally until it is taken. Any answer but 201, 200, and 503 as it must be, fails.
pub fn send(to: SocketAddr, card: &str, number: u64, body: &Value) -> Sent {
    let start = Instant::now();
    for tries in 1..=TRIES {
        match attempt(to, card, number, body) {
            Some(answer) if matches!(answer.status, 200 | 201) => {
                return Sent { status: answer.status, tries, time: start.elapsed() };
            }
            Some(answer) => assert_busy(&answer),
            None => {}
        }
        std::thread::sleep(Duration::from_millis(20 * tries as u64));
    }
    panic!("tally {number} was not taken in {TRIES} tries");
}

/// Honest senders with a card each, one after the other what each has.
pub fn honest(to: SocketAddr, cards: &[String], week: &str, each: u64) -> Vec<Sent> {
    std::thread::scope(|scope| {
        let one = |(n, card): (usize, &String)| {
            let (card, from) = (card.clone(), n as u64 * 1000);
            scope.spawn(move || (from..from + each).map(|n| send(to, &card, n, &tally(week, 1))).collect::<Vec<_>>())
        };
        let all: Vec<_> = cards.iter().enumerate().map(one).collect();
        all.into_iter().flat_map(|sender| sender.join().unwrap()).collect()
    })
}

/// 95 in a hundred were served soon, with all their tries.
pub fn assert_served(what: &str, sent: &[Sent]) {
    let soon = sent.iter().filter(|sent| sent.time < SOON).count();
    let mut times: Vec<_> = sent.iter().map(|sent| sent.time).collect();
    times.sort();
    let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{what}: {soon} of {} honest tallies within {SOON:?}; median {median:.0?}, most {most:.0?}", sent.len());
    assert!(soon * 100 >= sent.len() * 95, "{what}: honest senders were kept out");
}

/// Sends a tally once; nothing where the connection was closed.
pub fn attempt(to: SocketAddr, card: &str, number: u64, body: &Value) -> Option<Answer> {
    let (bearer, path) = (format!("Bearer {card}"), format!("/v1/tallies/{}", receipt(number)));
    let stream = TcpStream::connect_timeout(&to, CONNECT).ok()?;
    let body = body.to_string();
    match try_request(stream, "PUT", &path, &[("Authorization", &bearer)], body.as_bytes()) {
        Ok(answer) => Some(answer),
        Err(error) => {
            assert_ne!(error.kind(), ErrorKind::WouldBlock, "neither an answer nor an end");
            None
        }
    }
}

/// 503 as the contract has it.
pub fn assert_busy(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.text());
    let kinds = ["urn:peertally:problem:busy", "urn:peertally:problem:unavailable"];
    assert!(kinds.iter().any(|kind| answer.json()["type"] == *kind), "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.header("retry-after"), Some("5"));
}

/// A line of the service's own figures, in KiB, such as `VmHWM`.
pub fn memory(process: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
