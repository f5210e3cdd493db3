//! The marker test: who sent, with what, from where and how many is in no byte under DATA and in no output.
//!
//! A client with an address of its own sends tallies in every way, right and
//! wrong, through a whole life of a period. How markers are looked for, and
//! what cannot be, is told in `common/markers.rs`.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common::life;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::Command;

use crate::common::markers::{Searcher, neighbours, text};
use crate::common::{Answer, Programme, Service, led, queue, receipt, try_request};
use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};
use peertally::crypto::pseudonym::{new_card, stub_of};
use peertally::domain::CardCode;
use serde_json::{Value, json};

const ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 77, 13, 5);
const AGENT: &str = "WanderingOtter/7.31 (Quillberry; rv:19)";
const FORWARDED: &str = "198.51.100.177";
const REFERER: &str = "https://quillberry.example/marmalade";
const LABELS: [&str; 2] = ["Zephyrine Oaks", "Balthazar-77"];
const COUNTS: [u32; 4] = [137, 41, 1291, 937];
const MEASURES: [&str; 4] = ["contacts", "contacts_new", "syringes_out", "sharps_in"];
const TYPED: &str = "tangerine-lighthouse";

/// A client at [`ADDRESS`], with headers that tell a lot.
struct Client {
    to: SocketAddr,
    card: String,
}

impl Client {
    fn connect(&self) -> TcpStream {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from((ADDRESS, 0)).into()).unwrap();
        socket.connect(&self.to.into()).unwrap();
        socket.into()
    }

    fn send(&self, method: &str, path: &str, card: &str, body: &[u8]) -> Answer {
        let bearer = format!("Bearer {card}");
        let forwarded = format!("for={FORWARDED};proto=https");
        let headers = [
            ("Authorization", bearer.as_str()),
            ("User-Agent", AGENT),
            ("X-Forwarded-For", FORWARDED),
            ("X-Real-IP", FORWARDED),
            ("Forwarded", &forwarded),
            ("Referer", REFERER),
            ("Cookie", TYPED),
        ];
        try_request(self.connect(), method, path, &headers, body).unwrap()
    }

    fn put(&self, n: u64, body: &Value) -> u16 {
        let path = format!("/v1/tallies/{}", receipt(n));
        self.send("PUT", &path, &self.card, body.to_string().as_bytes()).status
    }

    fn form(&self, n: u64, week: &str, area: &str) -> u16 {
        let counts: String = MEASURES.iter().zip(COUNTS).map(|(m, c)| format!("&count.{m}={c}")).collect();
        let (card, receipt) = (&self.card, receipt(n));
        let body = format!("card={card}&receipt={receipt}&week={week}&area={area}&setting=van{counts}");
        let sent = self.send("POST", "/", &self.card, body.as_bytes());
        self.send("GET", &led(&sent), &self.card, b"").status
    }
}

fn tally(week: &str, area: &str) -> Value {
    let counts: serde_json::Map<_, _> = MEASURES.iter().zip(COUNTS).map(|(m, c)| (m.to_string(), json!(c))).collect();
    json!({"week": week, "area": area, "setting": "street", "counts": counts})
}

/// Number of receipts that the client uses.
const RECEIPTS: u64 = 40;
const FIRST: u64 = 404_717_093_000;

fn all_markers(cards: &[String]) -> BTreeMap<String, Vec<u8>> {
    let mut markers = BTreeMap::new();
    let octets = ADDRESS.octets();
    text(&mut markers, "address", &ADDRESS.to_string());
    markers.insert("address, 4 bytes".to_owned(), octets.to_vec());
    markers.insert("address, 4 bytes back".to_owned(), octets.iter().rev().copied().collect());
    markers.insert("address, decimal".to_owned(), u32::from_be_bytes(octets).to_string().into_bytes());
    markers.insert("address, decimal back".to_owned(), u32::from_le_bytes(octets).to_string().into_bytes());
    for (name, value) in [("agent", AGENT), ("forwarded", FORWARDED), ("referer", REFERER), ("typed", TYPED)] {
        text(&mut markers, name, value);
    }
    for label in LABELS {
        text(&mut markers, label, label);
    }
    for (n, card) in cards.iter().enumerate() {
        text(&mut markers, &format!("card {n}"), card);
        text(&mut markers, &format!("card {n}, bare"), &card.replace('-', ""));
        let code = CardCode::parse(card).unwrap();
        markers.insert(format!("card {n}, token"), code.token().to_vec());
        markers.insert(format!("card {n}, packed"), packed(code.token().as_ref()));
        text(&mut markers, &format!("stub {n}"), &stub_of(&code).reveal());
        text(&mut markers, &format!("stub {n}, bare"), &stub_of(&code).reveal().replace('-', ""));
    }
    for n in FIRST..FIRST + RECEIPTS {
        let text = receipt(n);
        let number: u64 = text.parse().unwrap();
        markers.insert(format!("receipt {n}, little"), number.to_le_bytes().to_vec());
        markers.insert(format!("receipt {n}, big"), number.to_be_bytes().to_vec());
        markers.insert(format!("receipt {n}"), text.into_bytes());
    }
    neighbours(&mut markers, &COUNTS);
    for (measure, count) in MEASURES.iter().zip(COUNTS) {
        markers.insert(format!("{measure}, JSON"), format!("\"{measure}\":{count}").into_bytes());
        markers.insert(format!("{measure}, form"), format!("{measure}={count}").into_bytes());
    }
    for separator in [",", ", ", ";", " "] {
        let row = COUNTS.map(|count| count.to_string()).join(separator);
        markers.insert(format!("counts with {separator:?}"), row.into_bytes());
    }
    markers
}

/// Symbols of 5 bits, packed into bytes.
fn packed(symbols: &[u8]) -> Vec<u8> {
    let number = symbols.iter().fold(0_u128, |sum, symbol| sum << 5 | u128::from(*symbol));
    number.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect()
}

/// The searcher finds each marker, in each form, in a file.
fn assert_finds(searcher: &Searcher, markers: &BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().unwrap();
    let mut expected = BTreeMap::new();
    for (name, marker) in markers {
        for before in 0..if marker.len() < 6 { 1 } else { 3 } {
            let noise = [0xa5, 0x3c, 0x96];
            let bytes = [&noise[..before], marker, &noise[..]].concat();
            let mut planted = vec![bytes.clone(), HEXLOWER.encode(&bytes).into(), HEXUPPER.encode(&bytes).into()];
            if marker.len() >= 6 {
                planted.push(BASE64.encode(&bytes).into());
                planted.push(BASE64URL.encode(&bytes).into());
                let units: Vec<u16> = marker.iter().map(|byte| u16::from(*byte)).collect();
                planted.push(units.iter().flat_map(|unit| unit.to_le_bytes()).collect());
                planted.push(units.iter().flat_map(|unit| unit.to_be_bytes()).collect());
            }
            for bytes in planted {
                let file = format!("{:06}", expected.len());
                fs::write(folder.path().join(&file), [b"before ", &bytes[..], b" after"].concat()).unwrap();
                expected.insert(file, name.clone());
            }
        }
    }
    let files = life::files(folder.path());
    for (file, name) in expected {
        let found = searcher.search(&files[&file]);
        assert!(found.iter().any(|hit| hit.starts_with(&name)), "{name} in {file} was not found: {found:?}");
    }
}

/// Everything a client can do, right and wrong.
fn a_busy_day(client: &Client, week: &str, stranger: &str) -> Vec<u16> {
    let mut seen = Vec::new();
    let body = tally(week, "north");
    seen.push(client.put(FIRST, &body));
    seen.push(client.put(FIRST, &body));
    seen.push(client.put(FIRST, &tally(week, "east")));
    seen.push(client.form(FIRST + 1, week, "centre"));
    seen.push(client.form(FIRST + 2, week, TYPED));
    seen.push(client.put(FIRST + 3, &body));
    let path = |n: u64| format!("/v1/tallies/{}", receipt(n));
    let delete = |n: u64| client.send("DELETE", &path(n), &client.card, b"").status;
    seen.extend([delete(FIRST + 3), delete(FIRST + 3), client.put(FIRST + 3, &body)]);
    let raw = |method: &str, path: &str, body: &[u8]| client.send(method, path, &client.card, body).status;
    let whole = body.to_string();
    seen.push(raw("PUT", &path(FIRST + 4), &whole.as_bytes()[..whole.len() - 3]));
    seen.push(raw("PUT", &path(FIRST + 4), format!("{whole}{}", TYPED.repeat(2000)).as_bytes()));
    seen.push(raw("PUT", &format!("/v1/tallies/{}", "4047170930001234"), whole.as_bytes()));
    seen.push(raw("PATCH", &path(FIRST + 4), whole.as_bytes()));
    seen.push(raw("GET", &format!("/{TYPED}?card={}", client.card), b""));
    seen.push(raw("GET", &format!("/?card={}&{TYPED}", client.card), b""));
    seen.push(raw("GET", "/v1/programme", b""));
    seen.push(raw("POST", "/practice", format!("card={}&week={week}&count.contacts=137", client.card).as_bytes()));
    seen.push(raw("PUT", &path(FIRST + 4), json!({TYPED: 1}).to_string().as_bytes()));
    seen.push(client.put(FIRST + 4, &tally(week, TYPED)));
    seen.push(client.put(FIRST + 4, &tally("2001-W02", "north")));
    seen.push(client.send("PUT", &path(FIRST + 4), stranger, whole.as_bytes()).status);
    seen.push(client.send("PUT", &path(FIRST + 4), &format!("{}0", client.card), whole.as_bytes()).status);
    let long = TYPED.repeat(800);
    seen.push(client.send("PUT", &path(FIRST + 4), &long, whole.as_bytes()).status);
    // What a phone sealed: a new one, a late copy, one that is refused and one of another key.
    let key = queue::key_of(&client.send("GET", "/v1/programme", &client.card, b"").json());
    let sealed = |card: &str, n: u64, tally: &Value| queue::sealed(&key, card, &receipt(n), tally);
    for blob in [
        sealed(&client.card, FIRST + 4, &body),
        sealed(&client.card, FIRST + 4, &tally(week, TYPED)),
        sealed(&client.card, FIRST + 3, &body),
        sealed(stranger, FIRST + 4, &body),
        [TYPED.as_bytes(), &sealed(&client.card, FIRST + 4, &body)[TYPED.len()..]].concat(),
    ] {
        seen.push(raw("POST", "/v1/sealed", &blob));
    }
    seen.extend((5..RECEIPTS).map(|n| client.put(FIRST + n, &body)));
    // A connection that breaks off inside the body, and one that speaks no HTTP.
    for half in [
        format!("PUT {} HTTP/1.1\r\nUser-Agent: {AGENT}\r\nContent-Length: 900\r\n\r\n{whole}", path(FIRST)),
        TYPED.repeat(9),
    ] {
        client.connect().write_all(half.as_bytes()).unwrap();
    }
    seen
}

fn stop(mut service: Service) -> Vec<u8> {
    let id = service.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let mut words = Vec::new();
    service.child.stdout.as_mut().unwrap().read_to_end(&mut words).unwrap();
    service.child.stderr.as_mut().unwrap().read_to_end(&mut words).unwrap();
    assert!(service.child.wait().unwrap().success());
    words
}

#[test]
fn nothing_of_who_sent_what_from_where_is_kept() {
    let programme = Programme::new();
    let mut cards = programme.cards(1);
    let stranger = new_card().unwrap().reveal().to_string();
    cards.push(stranger.clone());
    let markers = all_markers(&cards);
    let searcher = Searcher::new(&markers);
    assert_finds(&searcher, &markers);

    let service = programme.serve();
    let (week, to) = (service.week(), service.address);
    let client = Client { to, card: cards[0].clone() };
    let seen = a_busy_day(&client, &week, &stranger);
    for status in [200, 201, 204, 400, 401, 404, 405, 409, 410, 413, 422, 429] {
        assert!(seen.contains(&status), "no answer was {status}: {seen:?}");
    }
    let row = |label: &str, area: &str| format!("{label},{week},{area},van,137,41,1291,937,{TYPED}\n");
    let sheet = ["worker,week,area,setting,contacts,contacts_new,syringes_out,sharps_in,remarks\n".to_owned()];
    let rows = LABELS.iter().map(|label| row(label, "west")).chain([row(LABELS[0], "nowhere")]);
    fs::write(programme.path("paper.csv"), sheet.into_iter().chain(rows).collect::<String>()).unwrap();
    let import = programme.run(&["import", "paper.csv", "--rejects", "rejects.csv"]);
    assert_eq!(import.status.code(), Some(1), "{}", life::stderr(&import));
    let mut outputs = [import.stdout, import.stderr].concat();
    assert!(fs::read_to_string(programme.path("rejects.csv")).unwrap().contains(LABELS[0]));

    assert_eq!(searcher.search_files(&life::files(&programme.data())), Vec::<String>::new(), "while open");
    let period = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
    let close = programme.run(&["close", &period, "--early"]);
    assert!(close.status.success(), "{}", life::stderr(&close));
    outputs.extend([close.stdout, close.stderr].concat());
    assert_eq!(client.put(FIRST, &tally(&week, "north")), 409);
    assert_eq!(client.send("GET", &format!("/reports/{period}"), &client.card, b"").status, 200);
    assert_eq!(searcher.search_files(&life::files(&programme.data())), Vec::<String>::new(), "after the close");

    let words = stop(service);
    assert!(String::from_utf8_lossy(&words).contains("event=\"period.closing\""), "the output was not captured");
    outputs.extend(words);
    assert_eq!(searcher.search(&outputs).into_iter().collect::<Vec<_>>(), Vec::<String>::new(), "in the outputs");
    let mut files = life::files(&programme.data());
    assert_eq!(searcher.search_files(&files), Vec::<String>::new(), "after the end");
    // The same files, with one address planted at the end of the store.
    files.get_mut("store/db").unwrap().extend(ADDRESS.octets());
    assert_eq!(searcher.search_files(&files).len(), 1);
}
