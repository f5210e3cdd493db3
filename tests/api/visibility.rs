//! Who may see what, tried: every address, every command and every admin request, as every role.
//!
//! Guarantee: a new address, command, admin request or viewer without a row
//! here fails. In no answer stands an exact count, a pseudonym, a card, a stub,
//! a verifier or a receipt, beyond what the asker sent in that very request.
//! Non-guarantee: what answers tell by their time or size.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod answers;
mod secrets;

use crate::common::life;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::process::Stdio;
use std::sync::Arc;

use crate::common::{Programme, Service, led, post, receipt, repository, request};
use peertally::admin::{ImportRequest, Request, Role, execute};
use peertally::clock::SystemClock;
use peertally::crypto::pseudonym::{new_card, stub_of};
use peertally::domain::CardCode;
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;
use secrets::{COUNTS, LABEL, Secrets};
use serde_json::{Value, json};

const FIRST: u64 = 404_717_093_000;

struct World {
    programme: Programme,
    service: Service,
    /// Two workers' cards, and one that nobody issued.
    cards: [String; 3],
    week: String,
    period: String,
    secrets: Secrets,
}

fn tally(week: &str, count: u32) -> Value {
    json!({"week": week, "area": "north", "setting": "street", "counts": {"contacts": count, "syringes_out": 913}})
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = fs::read_to_string(repository("config/programme.toml")).unwrap();
        fs::write(folder.path().join("p.toml"), config.replacen("max_per_tally = 150", "max_per_tally = 1000000", 1))
            .unwrap();
        let programme = Programme { folder };
        programme.json(&["init", "--config", "p.toml"]);
        let issued = programme.cards(2);
        let cards = [issued[0].clone(), issued[1].clone(), new_card().unwrap().reveal().to_string()];
        let words = File::create(programme.path("service.log")).unwrap();
        let service = programme.serve_with(&[], |command| {
            command.stderr(Stdio::from(words));
        });
        let week = service.week();
        let period = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
        for (n, count) in COUNTS.iter().enumerate() {
            let answer = service.put(&cards[n % 2], &receipt(FIRST + n as u64), &tally(&week, *count));
            assert_eq!(answer.status, 201);
        }
        let paper = format!("worker,week,area,setting,contacts\n{LABEL},{week},south,van,{}\n", COUNTS[0]);
        fs::write(programme.path("paper.csv"), paper).unwrap();
        let receipts: Vec<String> = (0..COUNTS.len() as u64).map(|n| receipt(FIRST + n)).collect();
        let secrets = Secrets::new(&programme.data(), period.parse().unwrap(), &cards, &receipts);
        Self { programme, service, cards, week, period, secrets }
    }

    fn close(&self) {
        self.programme.json(&["close", &self.period, "--early"]);
    }
}

/// What an address gives.
#[derive(Clone, Copy, PartialEq)]
enum Gives {
    /// The same bytes for everybody.
    Same,
    /// Nothing of anybody; a fresh receipt may differ.
    Form,
    /// What became of the asker's own request.
    Own,
}

/// Every address of `src/web/routes.rs`. Paths are tried as they stand; `{…}` are filled in by the test.
const ROUTES: &[(&str, &[&str], Gives)] = &[
    ("/v1/tallies/{receipt}", &["/v1/tallies/{receipt}"], Gives::Own),
    ("/v1/sealed", &["/v1/sealed"], Gives::Same),
    ("/", &["/"], Gives::Form),
    ("/practice", &["/practice"], Gives::Form),
    ("/v1/programme", &["/v1/programme"], Gives::Same),
    ("/v1/policy", &["/v1/policy"], Gives::Same),
    ("/v1/releases", &["/v1/releases"], Gives::Same),
    (
        "/v1/releases/{name}",
        &[
            "/v1/releases/{period}",
            "/v1/releases/{period}.json",
            "/v1/releases/{period}.csv",
            "/v1/releases/{period}.xlsx",
            "/v1/releases/{period}.dhis2.json",
            "/v1/releases/{period}.registry.yaml",
        ],
        Gives::Same,
    ),
    ("/v1/log/{path:.*}", &["/v1/log/{log}", "/v1/log/../../keys/master.key"], Gives::Same),
    (
        "/public/{path:.*}",
        &["/public/{file}", "/public/../store/db", "/public/%2e%2e/format", "/public/..%2fkeys%2fmaster.key"],
        Gives::Same,
    ),
    ("/reports", &["/reports"], Gives::Same),
    ("/reports/over-time", &["/reports/over-time"], Gives::Same),
    ("/reports/{period}", &["/reports/{period}", "/reports/2001-Q1"], Gives::Same),
    ("/policy", &["/policy"], Gives::Same),
    ("/policy/notice", &["/policy/notice"], Gives::Same),
    ("/policy/legal-request", &["/policy/legal-request"], Gives::Same),
    ("/audit", &["/audit"], Gives::Same),
    ("/correct", &["/correct"], Gives::Same),
    ("/withdraw", &["/withdraw"], Gives::Same),
    ("/sent/{handle}", &["/sent/n1-0", "/sent/{receipt}", "/sent/..%2f..%2fhelp"], Gives::Same),
    ("/paper", &["/paper", "/paper?lang=ar"], Gives::Same),
    ("/help", &["/help"], Gives::Same),
    ("/api", &["/api"], Gives::Same),
    ("/openapi.json", &["/openapi.json"], Gives::Same),
    ("/v1/log/checkpoint", &["/v1/log/checkpoint"], Gives::Same),
    ("/exit", &["/exit"], Gives::Same),
    ("/style.css", &["/style.css"], Gives::Same),
    ("/report.css", &["/report.css"], Gives::Same),
    ("/form.js", &["/form.js"], Gives::Same),
    ("/healthz", &["/healthz"], Gives::Same),
    ("/readyz", &["/readyz"], Gives::Same),
    ("/.well-known/security.txt", &["/.well-known/security.txt"], Gives::Same),
];

/// Addresses in the router's source.
fn routed(source: &str) -> BTreeSet<String> {
    let after = |mark: &str| -> Vec<String> {
        source.split(mark).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
    };
    after("web::resource(\"").into_iter().chain(after("get(\"")).collect()
}

#[test]
fn every_address_has_a_row() {
    let source = fs::read_to_string(repository("src/web/routes.rs")).unwrap();
    let rows: BTreeSet<String> = ROUTES.iter().map(|(pattern, ..)| (*pattern).to_owned()).collect();
    assert_eq!(routed(&source), rows, "an address of src/web/routes.rs has no row in ROUTES, or the other way round");
    let more = source.replace(".service(get(\"/help\"", ".service(get(\"/who\", pages::who))\n.service(get(\"/help\"");
    assert!(routed(&more).contains("/who"), "a new address would not be seen");
}

/// The paths of one row, filled in.
fn paths(world: &World, row: &[&str]) -> Vec<String> {
    let files = life::files(&world.programme.data().join("public"));
    let mut paths = Vec::new();
    for path in row {
        if path.contains("{file}") {
            paths.extend(files.keys().map(|file| path.replace("{file}", file)));
        } else if path.contains("{log}") {
            paths.extend(files.keys().filter_map(|f| f.strip_prefix("log/")).map(|f| path.replace("{log}", f)));
        } else if path.contains("{receipt}") {
            paths.extend([0, 1, 7].map(|n| path.replace("{receipt}", &receipt(FIRST + n))));
        } else {
            paths.push(path.replace("{period}", &world.period));
        }
    }
    paths
}

fn try_all(world: &World, stage: &str) {
    let askers: [Option<&str>; 4] = [None, Some(&world.cards[0]), Some(&world.cards[1]), Some(&world.cards[2])];
    for (pattern, row, gives) in ROUTES {
        for path in paths(world, row) {
            for method in ["GET", "HEAD", "POST", "PATCH", "OPTIONS", "PUT", "DELETE"] {
                // Writing to one's own receipts comes last and elsewhere.
                if *gives == Gives::Own && ["PUT", "DELETE"].contains(&method) {
                    continue;
                }
                let mut bodies = Vec::new();
                for card in askers {
                    let bearer = format!("Bearer {}", card.unwrap_or_default());
                    let headers: &[(&str, &str)] = if card.is_some() { &[("Authorization", &bearer)] } else { &[] };
                    let answer = request(world.service.address, method, &path, headers, b"");
                    let what = format!("{stage}: {method} {path} as {card:?}");
                    assert_eq!(world.secrets.seen(&secrets::bytes(&answer)), Vec::<String>::new(), "{what}");
                    assert!(answer.status < 500, "{what}: {}", answer.status);
                    bodies.push((answer.status, answer.body));
                }
                if *gives == Gives::Same {
                    assert!(
                        bodies.windows(2).all(|pair| pair[0] == pair[1]),
                        "{pattern}: who asks changes {method} {path}"
                    );
                }
            }
        }
    }
}

/// What a holder writes is answered without a word of it, and another's receipt is as good as none.
fn write_as_everybody(world: &World) {
    let (mine, other, unknown) = (&world.cards[0], &world.cards[1], &world.cards[2]);
    let send = |method: &str, card: &str, n: u64, body: &Value| {
        let (bearer, path) = (format!("Bearer {card}"), format!("/v1/tallies/{}", receipt(FIRST + n)));
        request(world.service.address, method, &path, &[("Authorization", &bearer)], body.to_string().as_bytes())
    };
    let body = tally(&world.week, COUNTS[0]);
    let put: Vec<_> = [mine, other, unknown].iter().map(|card| send("PUT", card, 0, &body)).collect();
    assert_eq!(put.iter().map(|a| a.status).collect::<Vec<_>>(), [200, 201, 401]);
    // Withdrawing another's tally is told in the same bytes as withdrawing none.
    let [others, nobodys] = [2, 7777].map(|n| send("DELETE", other, n, &json!({})));
    assert_eq!((others.status, &others.body, others.headers.len()), (404, &nobodys.body, nobodys.headers.len()));
    let refused =
        send("PUT", mine, 0, &json!({"week": world.week, "area": "nowhere", "counts": {"contacts": COUNTS[0]}}));
    for answer in put.iter().chain([&others, &nobodys, &refused, &send("DELETE", mine, 2, &json!({}))]) {
        assert_eq!(world.secrets.seen(&secrets::bytes(answer)), Vec::<String>::new(), "{}", answer.text());
    }
    // A form gives back what was typed while it is refused, and receipt and counts once it is sent: to whoever
    // reads the page first, and to nobody after that. No card, count or receipt stands in the redirect.
    let tries = [("/", "nowhere", 422, true), ("/", "north", 200, false), ("/practice", "north", 200, false)];
    for (path, area, status, refused) in tries {
        let number = receipt(FIRST + 9);
        let count = COUNTS[0].to_string();
        let form = [("card", mine.as_str()), ("receipt", &number), ("week", &world.week), ("area", area)];
        let sent =
            post(world.service.address, path, &[&form[..], &[("setting", "van"), ("count.contacts", &count)]].concat());
        assert_eq!(world.secrets.seen(&secrets::bytes(&sent)), Vec::<String>::new());
        let answer = world.service.get(&led(&sent));
        assert_eq!(answer.status, status);
        let seen: Vec<String> = world.secrets.seen(&secrets::bytes(&answer));
        let own = ["card 0", "card 0 bare", &format!("count {}", COUNTS[0])];
        assert!(seen.iter().all(|name| refused && own.contains(&name.as_str())), "{area}: {seen:?}");
        assert_eq!(answer.text().contains(mine.as_str()), refused, "the control: what was typed is there");
        let again = world.service.get(&led(&sent));
        assert_eq!((again.status, world.secrets.seen(&secrets::bytes(&again))), (404, Vec::new()));
    }
}

#[test]
fn every_address_as_everybody() {
    let world = World::new();
    world.secrets.assert_finds();
    try_all(&world, "open");
    write_as_everybody(&world);
    world.close();
    try_all(&world, "closed");
    let words = fs::read(world.programme.path("service.log")).unwrap();
    assert_eq!(world.secrets.seen(&words), Vec::<String>::new(), "the service's own words");
    assert!(!words.is_empty());
}

/// Every command: its arguments, its exit status (`None`: not of this test's concern), and what its files may hold.
fn command(name: &str, world: &World) -> (Vec<String>, Option<i32>, &'static [&'static str]) {
    let (period, url) = (world.period.clone(), format!("http://{}", world.service.address));
    let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    const NOTHING: &[&str] = &[];
    match name {
        "status" => (words("status"), Some(0), NOTHING),
        "init" => (words("init"), Some(1), NOTHING),
        "serve" => (words("serve --listen 127.0.0.1:0"), Some(1), NOTHING),
        "cards issue" => (words("cards issue --count 1 --out new.html --codes new.codes"), Some(0), NOTHING),
        "cards revoke" => (words("cards revoke 00000-00000-00000-00000"), None, NOTHING),
        "period key" => (words("period key 2030-Q1 --public-key a.public"), None, NOTHING),
        "period open" => (words("period open 2019-Q1"), Some(0), NOTHING),
        // Refused rows go back to the coordinator whose sheet they are from, in a file; never in an answer.
        "import" => (words("import paper.csv --rejects rejects.csv"), None, &["label", "count 846203"]),
        "close" => (words(&format!("close {period}")), None, NOTHING),
        "report" => (words(&format!("report {period} --format csv --out report.csv")), None, NOTHING),
        "plan" => (words("plan --out plan.html"), Some(0), NOTHING),
        "doctor" => (words("doctor"), None, NOTHING),
        "simulate" => {
            let line = format!("simulate --url {url} --codes cards.codes --weeks {} --tallies 5", world.week);
            (words(&line), None, NOTHING)
        }
        "audit verify" => (words("audit verify data/public"), None, NOTHING),
        "audit scan" => (words("audit scan"), Some(0), NOTHING),
        "audit bundle" => (words("audit bundle --out bundle.zip"), None, NOTHING),
        "audit policy" => (words("audit policy legal-request --out sheet.html"), Some(0), NOTHING),
        "backup" => (words("backup --out programme.backup"), None, &["verifier", "row key"]),
        "restore" => (words("restore nothing.backup"), None, NOTHING),
        "keygen" => (words("keygen --private-key a.private --public-key a.public"), None, NOTHING),
        // Sealed rows under keyed hashes, and verifiers: what the policy says lies in the store.
        "dump" => (words("dump --out store.dump"), Some(0), &["verifier", "row key"]),
        "load" => (words("load nothing.dump"), Some(1), NOTHING),
        "wipe" => (words("wipe --yes-destroy-everything"), Some(1), NOTHING),
        "demo" => (words("demo --once --workers 2"), Some(0), NOTHING),
        other => panic!("the command `{other}` has no row: say what it may show"),
    }
}

#[test]
fn every_command_while_open_and_after_the_close() {
    let world = World::new();
    for closed in [false, true] {
        if closed {
            world.close();
        }
        for name in peertally::cli::commands() {
            if closed && ["demo", "plan", "simulate", "keygen"].contains(&name.as_str()) {
                continue;
            }
            let (arguments, status, may_hold) = command(&name, &world);
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let before = life::files(world.programme.folder.path());
            for json in [false, true] {
                for made in ["new.html", "new.codes", "store.dump", "programme.backup", "bundle.zip"] {
                    // Never written over.
                    let _ = fs::remove_file(world.programme.path(made));
                }
                let more: &[&str] = if json { &["--json"] } else { &[] };
                let done = world.programme.run(&[&arguments[..], more].concat());
                let what = format!("{name}, closed: {closed}, json: {json}: {}", life::stderr(&done));
                assert_ne!(done.status.code(), Some(2), "its row does not fit its arguments: {what}");
                assert!(status.is_none_or(|status| done.status.code() == Some(status)), "{what}");
                let said = [done.stdout, done.stderr].concat();
                assert_eq!(world.secrets.seen(&said), Vec::<String>::new(), "{what}");
            }
            for (file, bytes) in life::files(world.programme.folder.path()) {
                let ours = file.starts_with("data/") || file.starts_with("demo-data/");
                if ours || before.get(&file) == Some(&bytes) {
                    continue;
                }
                let mut seen = world.secrets.seen(&bytes);
                seen.retain(|secret| !may_hold.iter().any(|kind| secret.starts_with(kind)));
                assert_eq!(seen, Vec::<String>::new(), "{name} wrote {file}");
            }
        }
    }
}

/// Who may ask it. A new kind of request does not compile without a line here.
fn observer_may(request: &Request) -> bool {
    match request {
        Request::Status => true,
        Request::AddCards { .. }
        | Request::RevokeCard { .. }
        | Request::OpenPeriod { .. }
        | Request::Import(_)
        | Request::Close { .. }
        | Request::PeriodKey { .. }
        | Request::Backup { .. }
        | Request::Scan
        | Request::Dump => false,
    }
}

/// Numbers that an answer may hold: of the coordinator's own sheet, and the budget, which is public.
const NUMBERS: [&str; 4] = ["rows", "added", "rho", "line"];

fn numbers(value: &Value, key: &str, found: &mut BTreeMap<String, f64>) {
    match value {
        Value::Number(number) => drop(found.insert(key.to_owned(), number.as_f64().unwrap())),
        Value::Array(list) => list.iter().for_each(|one| numbers(one, key, found)),
        Value::Object(object) => object.iter().for_each(|(key, one)| numbers(one, key, found)),
        _ => {}
    }
}

#[test]
fn every_admin_request_as_every_role() {
    crate::common::counted_by_the_program();
    let World { programme, service, cards, week, period, secrets } = World::new();
    service.kill();
    let data_dir = DataDir::open(DataPaths::new(&programme.data()), Arc::new(SystemClock)).unwrap();
    let period = period.parse().unwrap();
    let stub = stub_of(&CardCode::parse(&cards[2]).unwrap()).reveal().to_string();
    let csv = format!(
        "worker,week,area,setting,contacts\n{LABEL},{week},west,van,{}\nw2,{week},nowhere,van,{}\n",
        COUNTS[1], COUNTS[2]
    );
    let requests = [
        Request::Status,
        Request::AddCards { stubs: vec![stub.clone()], until: None },
        Request::RevokeCard { stub },
        Request::OpenPeriod { period: "2019-Q1".parse().unwrap() },
        Request::Import(ImportRequest { csv, worker_column: "worker".to_owned(), period: None }),
        Request::Scan,
        Request::Dump,
        Request::PeriodKey { period: "2030-Q1".parse().unwrap(), public_key: "no key".to_owned() },
        Request::Backup { to: None },
        Request::Close { period, early: true, key_lost: false, private_key: None },
        Request::Status,
        Request::Scan,
    ];
    for request in requests {
        let observer = execute(&data_dir, Role::Observer, request.clone(), &|_| {});
        assert_eq!(observer.is_ok(), observer_may(&request), "an observer");
        assert!(!matches!(&observer, Err(refusal) if !refusal.0.contains("may not do that")));
        let coordinator = execute(&data_dir, Role::Coordinator, request.clone(), &|_| {});
        for answer in [observer, coordinator] {
            let told = match &answer {
                Ok(answer) => serde_json::to_value(answer).unwrap(),
                Err(refusal) => json!(refusal.0),
            };
            assert_eq!(secrets.seen(told.to_string().as_bytes()), Vec::<String>::new(), "{told}");
            let mut found = BTreeMap::new();
            numbers(&told, "", &mut found);
            assert!(
                found.keys().all(|key| NUMBERS.contains(&key.as_str())),
                "a number that is nobody's to see: {told}"
            );
        }
    }
}

/// Everyone in the policy's matrix, with how this test asks in their place.
const VIEWERS: &[(&str, &str)] = &[
    ("peer worker", "HTTP with a valid card"),
    ("another peer, or another user of the same phone", "HTTP with another valid card"),
    ("coordinator (operator)", "every command, the admin socket as coordinator"),
    ("the agency that runs or hosts the programme", "the admin socket as observer"),
    ("evaluator, funder", "HTTP without a card: every release in every form"),
    ("the community and the public", "HTTP without a card"),
    ("auditor", "every file below /public, and `audit scan`"),
    ("authority with a court order", "what everyone sees; a seized disk is tests/lifecycle/attribution.rs"),
];

#[test]
fn every_viewer_of_the_policy_has_a_row() {
    let policy = embedded::policy().unwrap();
    let stated: Vec<&str> = policy.visibility.iter().map(|viewer| viewer.who.as_str()).collect();
    assert_eq!(stated, VIEWERS.iter().map(|(who, _)| *who).collect::<Vec<_>>());
    assert!(policy.visibility.iter().all(|viewer| !viewer.may_never_see.is_empty()));
}
