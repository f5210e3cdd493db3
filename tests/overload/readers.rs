//! Readers that do not read, and connections that are closed in half.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};

use crate::common::{Programme, Service, receipt, tally};
use crate::crowd::memory;

/// A public file that fits into no buffer on the way.
const LARGE: usize = 4 * 1024 * 1024;
/// Readers that ask for it and do not take it: held whole for each, it would be 600 MiB.
const READERS: usize = 150;
/// Most resident memory of the service meanwhile, in KiB.
const RESIDENT: u64 = 192 * 1024;
/// Far longer than the service waits.
const NEVER: Duration = Duration::from_secs(90);

/// Connects with little room for what comes, so that the service has to keep it.
fn reader(to: SocketAddr) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.connect_timeout(&to.into(), NEVER).unwrap();
    let stream = TcpStream::from(socket);
    stream.set_read_timeout(Some(NEVER)).unwrap();
    stream
}

fn ask(mut stream: &TcpStream, path: &str) {
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).unwrap();
}

fn large(programme: &Programme) -> Service {
    let service = programme.serve();
    let folder = programme.data().join("public/releases");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("large.json"), vec![b'x'; LARGE]).unwrap();
    service
}

/// Waits until the service has ended all of them, without reading anything.
fn all_ended(readers: &[TcpStream], limit: Duration) -> bool {
    let start = Instant::now();
    let mut standing: Vec<_> = readers.iter().collect();
    while start.elapsed() < limit {
        standing.retain(|stream| stream.take_error().unwrap().is_none());
        if standing.is_empty() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    println!("{} of {} still stand", standing.len(), readers.len());
    false
}

#[test]
fn who_does_not_read_is_ended_and_costs_little() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = large(&programme);
    let week = service.week();
    let whole = service.get("/public/releases/large.json");
    assert!(whole.status == 200 && whole.body.len() == LARGE && whole.body.iter().all(|byte| *byte == b'x'));

    let readers: Vec<_> = (0..READERS).map(|_| reader(service.address)).collect();
    readers.iter().for_each(|stream| ask(stream, "/public/releases/large.json"));
    // One takes a little now and then: the time is for the whole of the answer.
    let mut slow = reader(service.address);
    ask(&slow, "/public/releases/large.json");
    let slow = std::thread::spawn(move || {
        let start = Instant::now();
        while start.elapsed() < NEVER {
            match slow.read(&mut [0; 512]) {
                Ok(0) => return true,
                Ok(_) => std::thread::sleep(Duration::from_millis(100)),
                Err(error) => return error.kind() != ErrorKind::WouldBlock,
            }
        }
        false
    });
    for number in 0..10 {
        assert_eq!(service.put(&card, &receipt(number), &tally(&week, 1)).status, 201);
    }
    assert_eq!(service.get("/public/releases/large.json").body.len(), LARGE, "another reader is kept out");
    assert!(all_ended(&readers, NEVER), "who does not read keeps the connection");
    assert!(slow.join().unwrap(), "who reads a little keeps the connection");
    let peak = memory(service.child.id(), "VmHWM");
    println!("{READERS} readers of {} MiB: service {} MiB", LARGE >> 20, peak / 1024);
    assert!(peak < RESIDENT, "memory grew to {peak} KiB");
    assert_eq!(service.put(&card, &receipt(0), &tally(&week, 1)).status, 200);
}

#[test]
fn what_is_closed_in_half_harms_nobody() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = large(&programme);
    let body = tally(&service.week(), 1).to_string();
    let whole = |number: u64| {
        let receipt = receipt(number);
        format!(
            "PUT /v1/tallies/{receipt} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {card}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let send = |bytes: &[u8]| {
        let mut stream = reader(service.address);
        stream.write_all(bytes).unwrap();
        stream
    };
    // It says that it will send no more, and still gets its answer.
    let mut stream = send(whole(1).as_bytes());
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    for round in 0..100 {
        let request = whole(2);
        let half = &request.as_bytes()[..request.len() / 2];
        for bytes in [b"".as_slice(), &b"GET / HT"[..], half, b"GET /public/releases/large.json HTTP/1.1\r\n\r\n"] {
            let stream = send(bytes);
            match round % 3 {
                // Reset, as a phone that has gone: nothing is left to send or to take.
                0 => socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap(),
                1 => stream.shutdown(Shutdown::Write).unwrap(),
                _ => stream.shutdown(Shutdown::Read).unwrap(),
            }
        }
    }
    // One that never takes its answer has sent its tally all the same.
    drop(send(whole(3).as_bytes()));
    let start = Instant::now();
    let stored = |number| service.put(&card, &receipt(number), &serde_json::from_str(&body).unwrap()).status == 200;
    while !stored(3) {
        assert!(start.elapsed() < NEVER);
    }
    assert_eq!(service.delete(&card, &receipt(2)).status, 404, "half a tally was stored");
    let words = service.stop();
    assert!(!words.contains("panic"), "{words}");
}
