//! What the integration tests share: a data folder, the real program, a raw HTTP client.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests may fail loudly")]

pub mod attacker;
pub mod audited;
pub mod life;
pub mod markers;
pub mod queue;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

/// The program under test, built with the features of the tests.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_peertally");

/// What this process closes is counted by the program under test: a test is a program of its own.
pub fn counted_by_the_program() {
    peertally::period::counting::use_program(Path::new(PROGRAM)).unwrap();
}

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A programme in a folder of its own, removed at the end.
pub struct Programme {
    pub folder: tempfile::TempDir,
}

impl Programme {
    /// `init` with the shipped default.
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// `init` with more arguments.
    pub fn with(arguments: &[&str]) -> Self {
        let programme = Self { folder: tempfile::tempdir().unwrap() };
        let done = programme.run(&[&["init"], arguments].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        programme
    }

    /// `init` with the large programme.
    pub fn large() -> Self {
        Self::with(&["--config", repository("config/programme.large.toml").to_str().unwrap()])
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Another file beside the data folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).arg("--data").arg(self.data()).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs a subcommand to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a subcommand that must succeed, with `--json`.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let done = self.run(&[arguments, &["--json"]].concat());
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        serde_json::from_slice(&done.stdout).unwrap()
    }

    /// Cards in use; answers their codes.
    pub fn cards(&self, count: u32) -> Vec<String> {
        let codes = self.path("cards.codes");
        for earlier in [&codes, &self.path("cards.html")] {
            // A sheet is never written over; nobody holds the cards of this one.
            let _ = std::fs::remove_file(earlier);
        }
        let arguments = ["cards", "issue", "--count", &count.to_string(), "--out", "cards.html", "--codes"];
        self.json(&[&arguments[..], &[codes.to_str().unwrap()]].concat());
        std::fs::read_to_string(codes).unwrap().lines().map(str::to_owned).collect()
    }

    /// Starts the service on a free port.
    pub fn serve(&self) -> Service {
        self.serve_with(&[], |_| {})
    }

    pub fn serve_with(&self, arguments: &[&str], more: impl FnOnce(&mut Command)) -> Service {
        let mut command = self.command(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        more(&mut command);
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let Some(address) = line.trim().strip_prefix("listening on http://") else {
            let mut words = String::new();
            child.stderr.as_mut().unwrap().read_to_string(&mut words).unwrap();
            panic!("the service did not start: {line} {words}");
        };
        Service { address: address.parse().unwrap(), child }
    }

    /// The release of a period, parsed.
    pub fn release(&self, period: &str) -> Value {
        let path = self.data().join("public/releases").join(format!("{period}.json"));
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    }
}

/// A running service; ended with the value.
pub struct Service {
    pub address: SocketAddr,
    pub child: Child,
}

impl Service {
    /// Ends it at once, as a power cut of the process would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and answers what it wrote to standard error.
    pub fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let mut words = String::new();
        self.child.stderr.as_mut().unwrap().read_to_string(&mut words).unwrap();
        self.child.wait().unwrap();
        words
    }

    pub fn get(&self, path: &str) -> Answer {
        request(self.address, "GET", path, &[], b"")
    }

    /// `PUT /v1/tallies/{receipt}`.
    pub fn put(&self, card: &str, receipt: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {card}");
        let path = format!("/v1/tallies/{receipt}");
        request(self.address, "PUT", &path, &[("Authorization", &bearer)], body.to_string().as_bytes())
    }

    pub fn delete(&self, card: &str, receipt: &str) -> Answer {
        let bearer = format!("Bearer {card}");
        request(self.address, "DELETE", &format!("/v1/tallies/{receipt}"), &[("Authorization", &bearer)], b"")
    }

    /// Newest week that tallies are taken for.
    pub fn week(&self) -> String {
        self.get("/v1/programme").json()["open_weeks"][0].as_str().unwrap().to_owned()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Ended already, or ended now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer over HTTP.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }
}

/// One request on a connection of its own.
pub fn request(to: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    try_request(TcpStream::connect(to).unwrap(), method, path, headers, body).unwrap()
}

/// The body of a form, as a browser sends it.
pub fn form_body(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}

/// The answer to a form: whatever it came to, a redirect that says nothing.
pub fn post(to: SocketAddr, path: &str, fields: &[(&str, &str)]) -> Answer {
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let sent = request(to, "POST", path, &headers, form_body(fields).as_bytes());
    assert_eq!((sent.status, sent.body.len()), (303, 0), "{}", sent.text());
    assert_eq!(sent.header("cache-control"), Some("no-store"));
    sent
}

/// Where it leads to.
pub fn led(sent: &Answer) -> String {
    let location = sent.header("location").unwrap();
    let handle = location.strip_prefix("sent/n1-").unwrap_or_else(|| panic!("{location}"));
    let (handle, query) = handle.split_once('?').unwrap_or((handle, ""));
    assert!(handle.len() == 32 && handle.bytes().all(|b| b.is_ascii_hexdigit()), "{location}");
    assert!(query.is_empty() || query.starts_with("lang="), "{location}");
    format!("/{location}")
}

/// Sends a form and reads what it leads to, as a browser does.
pub fn post_and_read(to: SocketAddr, path: &str, fields: &[(&str, &str)]) -> Answer {
    request(to, "GET", &led(&post(to, path, fields)), &[], b"")
}

/// A receipt as pages show it.
pub fn groups(receipt: &str) -> String {
    receipt.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part)).collect::<Vec<_>>().join(" ")
}

/// One request on a given connection; an error where the service went away.
pub fn try_request(
    mut stream: TcpStream,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> std::io::Result<Answer> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("Content-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    // The service may answer and close before it has read a body that is too large.
    let _ = stream.write_all(body);
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    parse(&bytes).ok_or_else(|| read.err().unwrap_or_else(|| std::io::ErrorKind::UnexpectedEof.into()))
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> =
        lines.filter_map(|l| l.split_once(": ")).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    let mut body = bytes[end + 4..].to_vec();
    if headers.iter().any(|(n, v)| n.eq_ignore_ascii_case("transfer-encoding") && v == "chunked") {
        body = unchunk(&body)?;
    }
    Some(Answer { status, headers, body })
}

fn unchunk(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = bytes.windows(2).position(|w| w == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&bytes[..end]).ok()?.trim(), 16).ok()?;
        bytes = &bytes[end + 2..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(bytes.get(..size)?);
        bytes = &bytes[size + 2..];
    }
}

/// A receipt with a right check digit, different for each `n`.
pub fn receipt(n: u64) -> String {
    let mut digits = [0; 15];
    for (slot, digit) in digits.iter_mut().rev().zip(format!("{n:015}").bytes().rev()) {
        *slot = digit - b'0';
    }
    peertally::domain::Receipt::from_digits(digits).to_string()
}

/// A tally of the shipped programmes.
pub fn tally(week: &str, contacts: u32) -> Value {
    serde_json::json!({"week": week, "area": "north", "setting": "street", "counts": {"contacts": contacts}})
}

/// The first period of a programme.
pub fn find_period(programme: &Programme) -> String {
    programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned()
}
