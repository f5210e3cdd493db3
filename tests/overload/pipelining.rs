//! Requests behind one another on one connection: the first is answered, and no other is read.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::common::{Programme, Service, receipt, tally};
use crate::crowd::{Ends, TURN, assert_served, honest, memory};
use crate::deep;

/// Connections that pipeline and never read.
const CONNECTIONS: usize = 200;
/// Most resident memory of the service meanwhile, in KiB. With every request kept it was 1.6 GiB.
const RESIDENT: u64 = 128 * 1024;

/// Sends all that the kernel takes, again and again, and reads nothing; opens anew what was ended.
fn pipeline(to: SocketAddr, first: &[u8], over: &AtomicBool) {
    let many = [first, &b"GET /help HTTP/1.1\r\nHost: x\r\n\r\n".repeat(2000)].concat();
    let mut all: Vec<(TcpStream, usize)> = Vec::new();
    while !over.load(Ordering::Relaxed) {
        all.retain_mut(|(stream, sent)| match stream.write(&many[*sent..]) {
            // Once the first is through, it goes on with the others.
            Ok(n) => {
                *sent = if *sent + n < many.len() { *sent + n } else { first.len() };
                true
            }
            Err(error) => error.kind() == ErrorKind::WouldBlock,
        });
        while all.len() < CONNECTIONS / 4
            && let Ok(stream) = TcpStream::connect_timeout(&to, Duration::from_millis(500))
            && stream.set_nonblocking(true).is_ok()
        {
            all.push((stream, 0));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// All answers on a connection on which all of this was sent.
fn answers(service: &Service, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(service.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(bytes).unwrap();
    let mut text = Vec::new();
    // What was not read may reset the connection once the answer is there.
    let ended = stream.read_to_end(&mut text);
    assert!(ended.is_ok() || !text.is_empty(), "no answer");
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn the_first_request_of_a_connection_is_answered_and_no_other() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let body = tally(&service.week(), 1).to_string();
    let head =
        |number| format!("PUT /v1/tallies/{} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {card}\r\n", receipt(number));
    let sized = |number| format!("{}Content-Length: {}\r\n\r\n{body}", head(number), body.len());
    // An empty line inside a chunk, and a trailer.
    let chunks = format!(
        "{}Transfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n{:x}\r\n{body}\r\n0\r\nA: b\r\n\r\n",
        head(3),
        body.len()
    );
    let get = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n";
    let bare = "GET /healthz HTTP/1.1\nHost: x\n\n";
    let firsts = [
        (get.to_owned(), "200"),
        (bare.to_owned(), "200"),
        (format!("\r\n\r\n{get}"), "200"),
        (sized(1), "201"),
        (chunks, "201"),
        ("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(), "404"),
        ("PUT /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc".to_owned(), "404"),
        ("GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n".to_owned(), "200"),
    ];
    for (first, status) in firsts {
        for second in ["", get, &sized(2), &get.repeat(100), "\r\n", "no HTTP at all"] {
            let text = answers(&service, format!("{first}{second}").as_bytes());
            let text = text.strip_prefix("HTTP/1.1 100 Continue\r\n\r\n").unwrap_or(&text);
            let sent_before = status == "201" && text.starts_with("HTTP/1.1 200");
            assert!(sent_before || text.starts_with(&format!("HTTP/1.1 {status}")), "{first}: {text}");
            assert_eq!(text.matches("HTTP/1.1 ").count(), 1, "{first}{second}: {text}");
        }
        if status == "201" {
            // Each was sent again with each second: taken once.
            let number = if first.contains("chunked") { 3 } else { 1 };
            assert_eq!(service.delete(&card, &receipt(number)).status, 204);
        }
    }
    assert_eq!(service.delete(&card, &receipt(2)).status, 404, "a second request was taken");
}

#[test]
fn who_pipelines_and_never_reads_costs_little_and_keeps_nobody_out() {
    let programme = Programme::new();
    let cards = programme.cards(8);
    let service = programme.serve();
    // An answer that fits into no buffer on the way stays in work until it is given up.
    let folder = programme.data().join("public/releases");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("large.json"), vec![b'x'; 4 << 20]).unwrap();
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let (to, week, over) = (service.address, service.week(), AtomicBool::new(false));
    let before = memory(service.child.id(), "VmRSS");
    let firsts = [
        "GET /help HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /public/releases/large.json HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /public/releases/large.json HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "PUT /v1/tallies/1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ];
    let sent = std::thread::scope(|scope| {
        let _ends = Ends(&over);
        for first in firsts {
            let over = &over;
            scope.spawn(move || pipeline(to, first.as_bytes(), over));
        }
        std::thread::sleep(Duration::from_secs(if deep() { 20 } else { 4 }));
        honest(to, &cards, &week, 8)
    });
    let peak = memory(service.child.id(), "VmHWM");
    assert_eq!(service.get("/healthz").status, 200);
    let after = memory(service.child.id(), "VmRSS");
    println!("before {} MiB, peak {} MiB, after {} MiB", before / 1024, peak / 1024, after / 1024);
    assert!(peak < RESIDENT, "memory grew to {peak} KiB");
    assert_served("beside 200 that pipeline", &sent);
}
