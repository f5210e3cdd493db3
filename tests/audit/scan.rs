//! `audit scan` finds nothing after a whole life of a programme over the real server, and finds
//! each leak by the check that should. The leaks are made from outside: the program has none to switch on.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use crate::common::life;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{Answer, PROGRAM, Programme, Service, led, receipt, repository, try_request};
use peertally::crypto::pseudonym::stub_of;
use peertally::domain::{CardCode, Period, Pseudonym, Record};
use peertally::store::codec;
use serde_json::{Value, json};

const ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 77, 13, 5);
const AGENT: &str = "WanderingOtter/7.31 (Quillberry; rv:19)";
const COUNTS: [u32; 4] = [846_203, 41, 1291, 937];
const MEASURES: [&str; 4] = ["contacts", "contacts_new", "syringes_out", "sharps_in"];
const FIRST: u64 = 404_717_093_000;

/// A programme with a running service, whose words go to a file.
struct World {
    programme: Programme,
    service: Service,
    card: String,
    week: String,
    period: String,
}

impl World {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(more: impl FnOnce(&mut Command)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = fs::read_to_string(repository("config/programme.toml")).unwrap();
        // Wide enough for a number that can be looked for by itself.
        fs::write(folder.path().join("p.toml"), config.replacen("max_per_tally = 150", "max_per_tally = 1000000", 1))
            .unwrap();
        let programme = Programme { folder };
        programme.json(&["init", "--config", "p.toml"]);
        let card = programme.cards(1).remove(0);
        let words = File::create(programme.path("service.log")).unwrap();
        let service = programme.serve_with(&[], |command| {
            command.stderr(Stdio::from(words));
            more(command);
        });
        let week = service.week();
        let period = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
        let world = Self { programme, service, card, week, period };
        world.write_markers();
        world
    }

    fn write_markers(&self) {
        let code = CardCode::parse(&self.card).unwrap();
        let stub = stub_of(&code).reveal().to_string();
        let mut lines = vec![ADDRESS.to_string(), AGENT.to_owned()];
        for code in [&self.card, &stub] {
            lines.extend([code.clone(), code.replace('-', ""), code.to_lowercase()]);
        }
        lines.extend((FIRST..FIRST + 8).map(receipt));
        for (measure, count) in MEASURES.iter().zip(COUNTS) {
            lines.extend([format!("\"{measure}\":{count}"), format!("count.{measure}={count}")]);
        }
        let row = |separator| COUNTS.map(|count| count.to_string()).join(separator);
        // Zeros in front: the number is looked for as an integer; its digits alone stand in some figure by chance.
        lines.extend([row(","), row(", "), row(";"), format!("{:010}", COUNTS[0])]);
        fs::write(self.programme.path("markers.txt"), lines.join("\n")).unwrap();
    }

    fn send(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from((ADDRESS, 0)).into()).unwrap();
        socket.connect(&self.service.address.into()).unwrap();
        let bearer = format!("Bearer {}", self.card);
        let headers = [("Authorization", bearer.as_str()), ("User-Agent", AGENT), ("X-Forwarded-For", "127.77.13.5")];
        try_request(TcpStream::from(socket), method, path, &headers, body).unwrap()
    }

    /// New, changed and withdrawn tallies, the form, and what is refused.
    fn work(&self) {
        let counts: serde_json::Map<_, _> =
            MEASURES.iter().zip(COUNTS).map(|(m, c)| (m.to_string(), json!(c))).collect();
        let tally =
            |area: &str| json!({"week": self.week, "area": area, "setting": "van", "counts": counts}).to_string();
        let path = |n: u64| format!("/v1/tallies/{}", receipt(FIRST + n));
        let put = |n: u64, area: &str| self.send("PUT", &path(n), tally(area).as_bytes()).status;
        let mut seen: Vec<u16> = (0..5).map(|n| put(n, "north")).collect();
        seen.extend([put(0, "east"), put(5, "nowhere")]);
        seen.push(self.send("DELETE", &path(1), b"").status);
        seen.push(put(1, "north"));
        let fields: String = MEASURES.iter().zip(COUNTS).map(|(m, c)| format!("&count.{m}={c}")).collect();
        let (card, week, receipt) = (&self.card, &self.week, receipt(FIRST + 6));
        let form = format!("card={card}&receipt={receipt}&week={week}&area=west&setting=van{fields}");
        let sent = self.send("POST", "/", form.as_bytes());
        seen.push(self.send("GET", &led(&sent), b"").status);
        assert_eq!(seen, [201, 201, 201, 201, 201, 200, 422, 204, 409, 200]);
    }

    fn close(&self) {
        let done = self.programme.run(&["close", &self.period, "--early"]);
        assert!(done.status.success(), "{}", life::stderr(&done));
    }

    fn scan(&self) -> Value {
        scan(
            &self.programme.data(),
            &["--markers", "markers.txt", "--also", "service.log"],
            self.programme.folder.path(),
        )
    }

    fn stop(&mut self) {
        let id = self.service.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(self.service.child.wait().unwrap().success());
    }

    /// Serves again what was stopped.
    fn start(&mut self) {
        let words = OpenOptions::new().append(true).open(self.programme.path("service.log")).unwrap();
        self.service = self.programme.serve_with(&[], |command| {
            command.stderr(Stdio::from(words));
        });
    }

    /// Writes the records themselves into the store, in the place of the sealed rows. It must be stopped.
    fn unseal(&self) {
        let db = open_store(&self.programme.data());
        let rows = db.open_tree("rows").unwrap();
        for entry in rows.iter() {
            let (key, mut value) = entry.map(|(key, value)| (key, value.to_vec())).unwrap();
            if key[0] == b'r' {
                let counts = std::array::from_fn(|i| COUNTS.get(i).copied());
                let pseudonym = Pseudonym(key[5..].try_into().unwrap());
                let plain = codec::encode(&Record { pseudonym, week: 0, categories: [1, 1, 0], counts });
                value[1..=plain.len()].copy_from_slice(&plain);
                rows.insert(key, value).unwrap();
            }
        }
        db.flush().unwrap();
    }
}

/// The store by its engine alone, whatever the program thinks of it.
fn open_store(data: &Path) -> sled::Db {
    sled::Config::new().path(data.join("store")).flush_every_ms(None).open().unwrap()
}

/// What `audit scan` says; its exit status must fit.
fn scan(data: &Path, more: &[&str], inside: &Path) -> Value {
    let mut command = Command::new(PROGRAM);
    command.args(["audit", "scan", "--json", "--data"]).arg(data).args(more).current_dir(inside);
    let done = command.output().unwrap();
    let said: Value = serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{}", life::stderr(&done)));
    let well = said["findings"].as_array().unwrap().is_empty();
    assert_eq!((said["ok"].as_bool(), done.status.code()), (Some(well), Some(i32::from(!well))));
    for check in said["checks"].as_array().unwrap() {
        let found = said["findings"].as_array().unwrap().iter().any(|f| f["check"] == check["name"]);
        assert_eq!(check["state"] == "found", found, "{check}");
    }
    said
}

/// Which check found something where.
fn found(said: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut found: Vec<_> =
        said["findings"].as_array().unwrap().iter().map(|f| (text(&f["check"]), text(&f["at"]))).collect();
    found.sort();
    found.dedup();
    found
}

fn states(said: &Value) -> Vec<&str> {
    said["checks"].as_array().unwrap().iter().map(|check| check["state"].as_str().unwrap()).collect()
}

#[test]
fn a_whole_life_leaves_nothing_that_the_policy_does_not_state() {
    let mut world = World::new();
    world.work();
    for closed in [false, true] {
        if closed {
            world.close();
        }
        let said = world.scan();
        assert_eq!((found(&said), said["service"].as_bool()), (vec![], Some(true)), "closed: {closed}: {said}");
        assert_eq!(states(&said), ["ok"; 7], "{said}");
    }
    world.stop();
    let said = world.scan();
    assert_eq!((found(&said), said["service"].as_bool()), (vec![], Some(false)), "{said}");
    assert_eq!(states(&said), ["ok"; 7]);
    // No number of rows and no marker is told, in words either.
    let words = world.programme.run(&["audit", "scan", "--markers", "markers.txt"]);
    let words = String::from_utf8(words.stdout).unwrap();
    assert!(words.contains("none is opened") && words.contains("every tree, key and value"), "{words}");
    // The control: a value planted in any file is found, at its byte.
    let db = world.programme.data().join("store/db");
    let mut bytes = fs::read(&db).unwrap();
    let at = bytes.len();
    bytes.extend(world.card.as_bytes());
    fs::write(world.programme.path("copy"), &bytes).unwrap();
    let said =
        scan(&world.programme.data(), &["--markers", "markers.txt", "--also", "copy"], world.programme.folder.path());
    assert_eq!(found(&said), [("markers".to_owned(), "copy".to_owned())]);
    assert_eq!(said["findings"][0]["offset"], at);
    assert!(!said.to_string().contains(&world.card), "the value itself is told");
}

fn pair(check: &str, at: &str) -> (String, String) {
    (check.to_owned(), at.to_owned())
}

#[test]
fn a_line_of_the_log_with_a_card_is_found_by_the_markers() {
    let world = World::new();
    world.work();
    assert_eq!(found(&world.scan()), [], "not by itself");
    // As a careless line of the web room would stand there.
    let mut log = OpenOptions::new().append(true).open(world.programme.path("service.log")).unwrap();
    writeln!(log, "event=\"tally\" reason=\"{}\"", world.card).unwrap();
    assert_eq!(found(&world.scan()), [pair("markers", "service.log")]);
}

#[test]
fn a_public_file_with_counts_is_found_by_its_place_and_by_the_markers() {
    let world = World::new();
    world.work();
    world.close();
    assert_eq!(found(&world.scan()), [], "not by itself");
    fs::write(world.programme.data().join("public/totals.txt"), format!("{COUNTS:?}")).unwrap();
    let expected = [pair("markers", "public/totals.txt"), pair("places", "public/totals.txt")];
    assert_eq!(found(&world.scan()), expected);
}

#[test]
fn a_row_that_is_not_sealed_is_found_in_the_store() {
    let mut world = World::new();
    world.work();
    // Only whoever has stopped the service can write there; it opens no row, so it starts over them all the same.
    world.stop();
    world.unseal();
    world.start();
    for running in [true, false] {
        if !running {
            world.stop();
        }
        let said = world.scan();
        let found = found(&said);
        assert_eq!(said["service"], running);
        assert!(found.iter().any(|(check, at)| check == "store" && at.starts_with("store, tree rows, ")), "{said}");
        assert!(found.iter().any(|(check, at)| check == "markers" && at == "store/db"), "{said}");
        assert!(found.iter().all(|(check, _)| check == "store" || check == "markers"), "{said}");
        // Six rows are wrong: that number is nobody's to see.
        let of_store = said["findings"].as_array().unwrap().iter().filter(|f| f["check"] == "store").count();
        assert!(of_store <= 2, "{said}");
    }
}

#[test]
fn a_salt_that_outlives_its_period_is_found() {
    let mut world = World::new();
    world.work();
    assert_eq!(found(&world.scan()), [], "not while the period is open");
    let salt = world.programme.data().join(format!("keys/periods/{}.salt", world.period));
    fs::copy(&salt, world.programme.path("salt")).unwrap();
    world.close();
    // A running service would destroy it again at its next look at the calendar.
    world.stop();
    assert_eq!(found(&world.scan()), [], "not by itself");
    fs::copy(world.programme.path("salt"), &salt).unwrap();
    assert_eq!(found(&world.scan()), [pair("secrets", &format!("keys/periods/{}.salt", world.period))]);
}

#[test]
fn a_service_that_can_be_dumped_is_found() {
    // Whether a process can be dumped is its own to say: from outside nobody could change it.
    let world = World::with(|command| {
        command.env("PEERTALLY_TEST_DUMPABLE", "1");
    });
    assert_eq!(found(&world.scan()), [pair("core dumps", "the running service")]);
}

type Tamper = Box<dyn Fn(&Path)>;

/// Each detector can find: one fault at a time in a copy of a folder that is well.
#[test]
fn every_detector_finds_its_fault() {
    let mut world = World::new();
    world.work();
    let open = fs::read(world.programme.data().join(format!("keys/periods/{}.salt", world.period))).unwrap();
    world.close();
    world.stop();
    let (data, period) = (world.programme.data(), world.period.clone());
    let copies = tempfile::tempdir().unwrap();
    let mode = |path: &'static str, mode: u32| -> Tamper {
        Box::new(move |data| fs::set_permissions(data.join(path), fs::Permissions::from_mode(mode)).unwrap())
    };
    let write =
        |path: String, bytes: Vec<u8>| -> Tamper { Box::new(move |data| fs::write(data.join(&path), &bytes).unwrap()) };
    let in_store = |tree: &'static str, key: Vec<u8>, value: Vec<u8>| -> Tamper {
        Box::new(move |data| {
            let db = open_store(data);
            db.open_tree(tree).unwrap().insert(key.as_slice(), value.as_slice()).unwrap();
            db.flush().unwrap();
        })
    };
    let of: Period = period.parse().unwrap();
    let row_key = [&b"r"[..], &of.to_bytes(), &open[..16]].concat();
    let mut sealed = [&[1_u8][..], &open[..60], &open[..60]].concat();
    sealed[32] &= 0x7f;
    let core = [b"\x7fELF".to_vec(), vec![2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 62, 0]].concat();
    let kept = format!("keys/periods/{period}.salt.kept");
    let faults: Vec<(&str, &str, Tamper)> = vec![
        ("permissions", "DATA", mode("", 0o750)),
        ("permissions", "keys/master.key", mode("keys/master.key", 0o640)),
        ("permissions", "store", mode("store", 0o755)),
        ("permissions", "public/log-key.txt", mode("public/log-key.txt", 0o666)),
        ("permissions", "public/log", mode("public/log", 0o777)),
        (
            "permissions",
            "store/db",
            Box::new(|data| fs::hard_link(data.join("store/db"), data.with_extension("link")).unwrap()),
        ),
        ("places", "letter", write("letter".to_owned(), b"hello".to_vec())),
        ("places", "public/log/notes", write("public/log/notes".to_owned(), b"hello".to_vec())),
        ("places", "public/log/checkpoint.tmp", write("public/log/checkpoint.tmp".to_owned(), vec![])),
        ("places", "store.old", Box::new(|data| fs::DirBuilder::new().create(data.join("store.old")).unwrap())),
        (
            "places",
            "public/log-key.txt",
            Box::new(|data| {
                fs::rename(data.join("public/log-key.txt"), data.with_extension("key")).unwrap();
                symlink(data.with_extension("key"), data.join("public/log-key.txt")).unwrap();
            }),
        ),
        (
            "places",
            "public/releases/2019-Q1.json",
            Box::new(|data| drop(UnixListener::bind(data.join("public/releases/2019-Q1.json")).unwrap())),
        ),
        ("secrets", &kept, write(kept.clone(), open.clone())),
        ("core dumps", "core.1234", write("core.1234".to_owned(), vec![])),
        ("core dumps", "public/photo", write("public/photo".to_owned(), core)),
        ("store", "store, tree rows, ", in_store("rows", row_key.clone(), sealed)),
        ("store", "store, tree rows, a key", in_store("rows", b"w0001".to_vec(), b"12".to_vec())),
        ("store", "store, tree cards, ", in_store("cards", vec![b'w'; 32], of.to_bytes().to_vec())),
        ("store", "store, tree meta", in_store("meta", b"operator".to_vec(), b"Zephyrine".to_vec())),
        ("store", "store, tree with a name of 5 bytes", in_store("notes", b"a".to_vec(), b"b".to_vec())),
        ("store", "store, tree __sled__default", in_store("__sled__default", b"a".to_vec(), b"b".to_vec())),
        ("store", "store", Box::new(|data| fs::remove_file(data.join("store/db")).unwrap())),
        ("log", "public/log", Box::new(|data| fs::write(data.join("public/log/checkpoint"), "no").unwrap())),
    ];
    for (n, (check, at, tamper)) in faults.iter().enumerate() {
        let copy = copies.path().join(format!("data{n}"));
        life::copy(&data, &copy);
        if n == 0 {
            assert_eq!(found(&scan(&copy, &[], copies.path())), [], "the copy is well");
        }
        tamper(&copy);
        let said = scan(&copy, &[], copies.path());
        assert!(found(&said).iter().any(|(c, a)| c == check && a.starts_with(at)), "{check} at {at}: {said}");
    }
    // Another owner: only root can make one.
    if fs::metadata("/proc/self").unwrap().uid() == 0 {
        let copy = copies.path().join("owned");
        life::copy(&data, &copy);
        chown(copy.join("public/log-key.txt"), Some(54_321), None).unwrap();
        assert_eq!(found(&scan(&copy, &[], copies.path())), [pair("permissions", "public/log-key.txt")]);
    }
    // The two key files may be links.
    let copy = copies.path().join("linked");
    life::copy(&data, &copy);
    fs::rename(copy.join("keys/master.key"), copies.path().join("master")).unwrap();
    symlink(copies.path().join("master"), copy.join("keys/master.key")).unwrap();
    assert_eq!(found(&scan(&copy, &[], copies.path())), []);
}

#[test]
fn words_of_no_use_are_refused_without_being_told() {
    let programme = Programme::new();
    fs::write(programme.path("m.txt"), "Zephyrine\nab12\n").unwrap();
    let done = programme.run(&["audit", "scan", "--markers", "m.txt"]);
    let words = life::stderr(&done);
    assert_eq!(done.status.code(), Some(1));
    assert!(words.contains("line 2") && !words.contains("ab12"), "{words}");
    let done = programme.run(&["audit", "scan", "--markers", "missing.txt"]);
    assert!(life::stderr(&done).contains("missing.txt cannot be read"));
}
