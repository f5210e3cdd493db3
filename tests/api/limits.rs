//! Limits of size and time, and what every answer carries, errors included.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::process::Stdio;
use std::time::Duration;

use crate::common::{self, Answer, Programme, Service, receipt, request, tally};

/// Far longer than any limit of the service: a read that runs into it has found no limit.
const NEVER: Duration = Duration::from_secs(60);

fn connect(service: &Service) -> TcpStream {
    let stream = TcpStream::connect(service.address).unwrap();
    stream.set_read_timeout(Some(NEVER)).unwrap();
    stream
}

/// What the service says until it closes the connection; fails if it keeps it open.
fn until_closed(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "it was not closed");
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn assert_bare(answer: &Answer, what: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{what}: {name}");
    }
    let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{what}"));
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{what}: {policy}");
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{what}");
    assert!(answer.header("cache-control").is_some(), "{what}");
    for name in ["set-cookie", "last-modified", "server", "x-powered-by", "via", "age", "server-timing", "expires"] {
        assert_eq!(answer.header(name), None, "{what}: {name}");
    }
    let body = answer.text();
    assert!(!body.contains("panicked") && !body.contains("src/") && !body.contains("actix"), "{what}: {body}");
}

#[test]
fn every_answer_carries_the_same_protection() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    let number = receipt(1);
    let path = format!("/v1/tallies/{number}");
    let large = " ".repeat(17 * 1024);
    let long = [("X-Long", "x".repeat(9 * 1024))].map(|(n, v)| (n, v));
    let etag = service.get("/style.css").header("etag").unwrap().to_owned();
    let plain = |method: &str, path: &str, body: &str| request(service.address, method, path, &[], body.as_bytes());
    let cases = [
        (201, service.put(&card, &number, &tally(&week, 1))),
        (200, service.put(&card, &number, &tally(&week, 1))),
        (409, service.put(&card, &number, &tally("2019-W01", 1))),
        (422, service.put(&card, "1", &tally(&week, 1))),
        (204, service.delete(&card, &number)),
        (404, service.delete(&card, &number)),
        (401, plain("DELETE", &path, "")),
        (400, plain("PUT", &path, "{")),
        (413, plain("PUT", &path, &large)),
        (405, plain("GET", &path, "")),
        (405, plain("TRACE", "/", "")),
        (404, plain("GET", "/nothing/here", "")),
        (404, plain("PUT", "/nothing", "x")),
        (404, plain("GET", "/public/nothing", "")),
        (404, plain("GET", "/reports/2025-Q1", "")),
        (303, plain("POST", "/", "card=x")),
        (422, service.get(&common::led(&plain("POST", "/", "card=x")))),
        (404, service.get("/sent/n1-0")),
        (405, plain("HEAD", "/sent/n1-0", "")),
        (413, plain("POST", "/", &large)),
        (431, request(service.address, "GET", "/", &[(long[0].0, &long[0].1)], b"")),
        (303, plain("GET", "/exit", "")),
        (304, request(service.address, "GET", "/style.css", &[("If-None-Match", &etag)], b"")),
    ];
    for (n, (status, answer)) in cases.iter().enumerate() {
        assert_eq!(answer.status, *status, "case {n}: {}", answer.text());
        assert_bare(answer, &format!("case {n} ({status})"));
    }
    let pages = [
        "/",
        "/practice",
        "/reports",
        "/policy",
        "/audit",
        "/help",
        "/correct",
        "/withdraw",
        "/paper",
        "/?lang=ar",
        "/style.css",
        "/form.js",
        "/healthz",
        "/readyz",
        "/v1/programme",
        "/v1/policy",
        "/v1/releases",
        "/v1/log/checkpoint",
        "/.well-known/security.txt",
    ];
    for path in pages {
        let answer = service.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_bare(&answer, path);
        // Nothing inline, which the policy would not run anyway.
        let text = answer.text();
        assert!(!text.contains("<script>") && !text.contains(" style=") && !text.contains("onclick"), "{path}");
        assert!(path == "/form.js" || !text.contains("http://"), "{path}");
    }
    // A forwarding header, an origin, a language change nothing.
    let headers = [
        ("X-Forwarded-For", "203.0.113.9"),
        ("Forwarded", "for=203.0.113.9"),
        ("Origin", "https://evil.example"),
        ("Cookie", "a=b"),
    ];
    let answer = request(service.address, "GET", "/v1/programme", &headers, b"");
    assert_eq!(answer.header("access-control-allow-origin"), None);
    assert_eq!(answer.body, service.get("/v1/programme").body);
}

#[test]
fn a_card_does_not_tell_in_which_weeks_its_holder_sent() {
    let programme = Programme::new();
    let cards = programme.cards(3);
    let service = programme.serve();
    let weeks: Vec<String> = service.get("/v1/programme").json()["open_weeks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|week| week.as_str().unwrap().to_owned())
        .collect();
    // Three holders who sent as much as each other, in other weeks.
    for (card, sent) in cards.iter().zip([[7, 0, 3], [0, 10, 0], [0, 0, 10]]) {
        let all = weeks.iter().zip(sent).flat_map(|(week, number)| (0..number).map(move |_| week));
        for (n, week) in (0..).zip(all) {
            assert_eq!(service.put(card, &receipt(n), &tally(week, 1)).status, 201);
        }
    }
    // Whoever finds one of the cards tries every week in turn, and afterwards takes all of it away again.
    let probe = |card: &str| -> Vec<(u16, Option<String>, Vec<u8>)> {
        let number = |n: u64| receipt(1000 + n);
        let try_all = (0..).zip(weeks.iter().cycle()).take(30);
        let sent: Vec<_> = try_all.map(|(n, week)| service.put(card, &number(n), &tally(week, 0))).collect();
        let gone = (0..30).map(|n| service.delete(card, &number(n)));
        let told = |answer: Answer| (answer.status, answer.header("retry-after").map(str::to_owned), answer.body);
        sent.into_iter().chain(gone).map(told).collect()
    };
    let answers: Vec<_> = cards.iter().map(|card| probe(card)).collect();
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "the answers tell who worked in which week");
    let of = |status: u16| answers[0].iter().filter(|(found, ..)| *found == status).count();
    assert_eq!((of(201), of(429), of(204), of(404)), (20, 10, 20, 10));
    // From the first refusal on every week is refused, for as long as an hour may be: not for as long as it is.
    let refused = answers[0].iter().filter(|(status, ..)| *status == 429);
    assert!(refused.clone().all(|(_, after, _)| after.as_deref() == Some("3600")));
    assert_eq!(answers[0][..30].iter().position(|(status, ..)| *status == 429), Some(20));
}

#[test]
fn a_header_over_8_kib_is_refused() {
    let programme = Programme::new();
    let service = programme.serve();
    let ask = |size: usize| request(service.address, "GET", "/healthz", &[("X-Long", &"x".repeat(size))], b"");
    assert_eq!(ask(7 * 1024).status, 200);
    let answer = ask(8 * 1024);
    assert_eq!((answer.status, answer.header("connection")), (431, Some("close")));
    assert_eq!(answer.json()["type"], "urn:peertally:problem:header-too-large");
    assert_eq!(service.get(&format!("/?{}", "x".repeat(9 * 1024))).status, 431, "an address counts too");
    let names: Vec<_> = (0..300).map(|n| (format!("X-Header-Number-{n}"), "0123456789".to_owned())).collect();
    let many: Vec<_> = names.iter().take(90).map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(request(service.address, "GET", "/healthz", &many, b"").status, 200);
    let many: Vec<_> = names.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert!(matches!(request(service.address, "GET", "/healthz", &many, b"").status, 400 | 431));

    // A header without an end is cut off as well, long before it fills the memory.
    let mut stream = connect(&service);
    let mut sent = 0;
    let _ = stream.write_all(b"GET / HTTP/1.1\r\nX-Long: ");
    while sent < 64 << 20 && stream.write_all(&[b'x'; 64 * 1024]).is_ok() {
        sent += 64 * 1024;
    }
    assert!(sent < 64 << 20, "it took {sent} bytes of a header");
    assert_eq!(service.get("/healthz").status, 200);
}

#[test]
fn who_trickles_is_cut_off_and_holds_nobody_up() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    let path = format!("/v1/tallies/{}", receipt(1));
    // Opened and silent; half a request line; half a header; a header and half a body.
    let silent: Vec<_> = (0..60).map(|_| connect(&service)).collect();
    let half = |bytes: &str| {
        let mut stream = connect(&service);
        stream.write_all(bytes.as_bytes()).unwrap();
        stream
    };
    let lines: Vec<_> = (0..20).map(|_| half("GET / HT")).collect();
    let headers: Vec<_> = (0..20).map(|_| half("GET / HTTP/1.1\r\nHost: x\r\n")).collect();
    let head = format!("PUT {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {card}\r\n");
    let started: Vec<_> = (0..20).map(|_| half(&format!("{head}Content-Length: 1000\r\n\r\n{{\"week\":"))).collect();
    let chunks = half(&format!("{head}Transfer-Encoding: chunked\r\n\r\n5\r\n{{\"wee"));
    // One that goes on sending, a byte at a time.
    let mut trickling = half(&format!("{head}Content-Length: 1000\r\n\r\n"));
    let mut writer = trickling.try_clone().unwrap();
    let trickle = std::thread::spawn(move || {
        for _ in 0..250 {
            std::thread::sleep(Duration::from_millis(200));
            if writer.write_all(b" ").is_err() {
                break;
            }
        }
    });

    // Meanwhile everybody else is served.
    for n in 10..20 {
        assert_eq!(service.put(&card, &receipt(n), &tally(&week, 1)).status, 201);
    }
    assert_eq!(service.get("/reports").status, 200);

    // A body that takes too long is answered, then the connection is closed.
    let mut start = [0; 12];
    trickling.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 408");
    drop(trickling);
    for stream in started.into_iter().chain([chunks]) {
        let answer = until_closed(stream);
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(answer.contains("urn:peertally:problem:too-slow"), "{answer}");
    }
    for stream in silent.into_iter().chain(lines).chain(headers) {
        let answer = until_closed(stream);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
    trickle.join().unwrap();
    // Nothing of them was stored.
    assert_eq!(service.delete(&card, &receipt(1)).status, 404);
}

#[test]
fn what_is_no_http_harms_nobody() {
    let programme = Programme::new();
    let service = programme.serve();
    let noise: Vec<u8> = (0..=255).cycle().take(4000).collect();
    let broken: [&[u8]; 9] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET\r\n\r\n",
        b"\r\n\r\n\r\n\r\n",
        b"PUT / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"PUT / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        &noise,
    ];
    for bytes in broken {
        let mut stream = connect(&service);
        // It may refuse before it has read all of it.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let answer = until_closed(stream);
        assert!(!answer.starts_with("HTTP/1.1 2") && !answer.starts_with("HTTP/1.1 5"), "{answer}");
    }
    assert_eq!(service.get("/healthz").status, 200);
    let words = service.stop();
    assert!(!words.contains("panic"), "{words}");
}

#[test]
fn it_serves_on_a_unix_socket() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let socket = programme.path("web.sock");
    // One that was left over is replaced.
    drop(std::os::unix::net::UnixListener::bind(&socket).unwrap());
    let listen = format!("unix:{}", socket.display());
    let mut command = programme.command(&["serve", "--listen", &listen]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line.trim(), format!("listening on {listen}"));

    let ask = |head: &str, body: &str| {
        let mut stream = UnixStream::connect(&socket).unwrap();
        stream.set_read_timeout(Some(NEVER)).unwrap();
        let text = format!("{head}\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(text.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let programme_of = ask("GET /v1/programme HTTP/1.1", "");
    assert!(programme_of.starts_with("HTTP/1.1 200"), "{programme_of}");
    let (_, json) = programme_of.split_once("\r\n\r\n").unwrap();
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    let week = json["open_weeks"][0].as_str().unwrap();
    let head = format!("PUT /v1/tallies/{} HTTP/1.1\r\nAuthorization: Bearer {card}", receipt(1));
    let answer = ask(&head, &tally(week, 1).to_string());
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(answer.contains("content-security-policy: default-src 'none'"), "{answer}");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_connection_does_not_wait_for_a_body_that_nobody_reads() {
    let programme = Programme::new();
    let service = programme.serve();
    let path = format!("/v1/tallies/{}", receipt(1));
    let long = format!("X-Long: {}\r\n", "x".repeat(9 * 1024));
    let much = format!("5000\r\n{}", "x".repeat(0x5000));
    let cases = [
        ("GET", "/", "", "5\r\n{\"we", "200"),
        ("DELETE", path.as_str(), "", "5\r\n{\"we", "401"),
        ("PUT", "/nothing", "", "5\r\n{\"we", "404"),
        ("POST", "/reports", "", "5\r\n{\"we", "405"),
        ("PUT", path.as_str(), "", much.as_str(), "413"),
        ("POST", "/", long.as_str(), "5\r\n{\"we", "431"),
    ];
    // All of them at once, so that their waits do not add up. None ends its body.
    let open = cases.map(|(method, path, header, body, status)| {
        let mut stream = connect(&service);
        let head = format!("{method} {path} HTTP/1.1\r\nHost: x\r\n{header}Transfer-Encoding: chunked\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let _ = stream.write_all(body.as_bytes());
        (stream, status)
    });
    for (stream, status) in open {
        let answer = until_closed(stream);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        assert!(answer.to_lowercase().contains("connection: close"), "{answer}");
    }
    // One request a connection: half a header after the first answer holds nothing open.
    let mut stream = connect(&service);
    let whole =
        "PUT /v1/tallies/1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nGET /hea";
    stream.write_all(whole.as_bytes()).unwrap();
    let answer = until_closed(stream);
    assert!(answer.starts_with("HTTP/1.1 422") && answer.matches("HTTP/1.1").count() == 1, "{answer}");
}
