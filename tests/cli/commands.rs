//! The command line: words, exit statuses and files; with a service and without one.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use crate::common;
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;

use crate::common::{PROGRAM, Programme, receipt, tally};
use peertally::domain::{CardCode, StubCode};
use serde_json::{Value, json};

/// Words and exit statuses stand in tests/cli; `TRYCMD=overwrite` writes them anew.
#[test]
fn words_are_as_written_down() {
    let cases = trycmd::TestCases::new();
    cases.register_bin("peertally", Path::new(PROGRAM)).env("COLUMNS", "100").case("tests/cli/*.trycmd");
}

#[test]
fn every_help_fits_a_screen_and_has_an_example() {
    let text = std::fs::read_to_string(common::repository("tests/cli/help.trycmd")).unwrap();
    let blocks: Vec<&str> = text.split("\n```\n").filter(|block| block.contains("$ peertally")).collect();
    assert_eq!(blocks.len(), 21);
    for block in blocks {
        // The help itself, without the words around it in the file; a screen has 25 lines.
        let help = block.lines().skip_while(|line| !line.starts_with("$ peertally")).skip(1);
        assert!(help.count() < 25, "{block}");
        assert!(block.lines().all(|line| line.chars().count() <= 100), "{block}");
        assert!(block.contains("\nExample: peertally ") || block.contains("Begin with `peertally demo`"), "{block}");
    }
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn error(done: &Output) -> String {
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stdout));
    assert!(done.stdout.is_empty(), "a refusal prints nothing on standard output");
    let value: Value = serde_json::from_slice(&done.stderr).unwrap();
    value["error"].as_str().unwrap().to_owned()
}

/// Card and stub codes on a sheet.
fn codes(sheet: &str) -> (Vec<String>, Vec<String>) {
    let is_code = |word: &str| word.len() == 23 && word.matches('-').count() == 3;
    let words: Vec<&str> = sheet.split(['<', '>']).filter(|word| is_code(word)).collect();
    let cards = words.iter().filter(|word| CardCode::parse(word).is_ok()).map(|w| (*w).to_owned()).collect();
    let stubs = words.iter().filter(|word| StubCode::parse(word).is_ok()).map(|w| (*w).to_owned()).collect();
    (cards, stubs)
}

#[test]
fn init_answers_the_logs_key_and_is_refused_twice() {
    let programme = Programme { folder: tempfile::tempdir().unwrap() };
    let said = programme.json(&["init"]);
    let key: peertally::crypto::sign::LogVerifierKey = said["log_key"].as_str().unwrap().parse().unwrap();
    let checkpoint = std::fs::read(programme.data().join("public/log/checkpoint")).unwrap();
    assert!(peertally::log::Checkpoint::open(&checkpoint, &key).is_ok(), "the key printed is the log's");
    let keys = programme.data().join("keys");
    assert_eq!((mode(&keys), mode(&keys.join("master.key")), mode(&keys.join("log.key"))), (0o700, 0o600, 0o600));
    let before = std::fs::read(keys.join("master.key")).unwrap();
    let words = error(&programme.run(&["init", "--json"]));
    assert!(words.contains("data"), "{words}");
    assert_eq!(std::fs::read(keys.join("master.key")).unwrap(), before, "nothing is changed");
    assert_eq!(std::fs::read(programme.data().join("public/log/checkpoint")).unwrap(), checkpoint);
}

#[test]
fn init_keeps_its_hands_off_a_foreign_folder() {
    let programme = Programme { folder: tempfile::tempdir().unwrap() };
    std::fs::create_dir(programme.data()).unwrap();
    std::fs::write(programme.data().join("letter"), "kept").unwrap();
    error(&programme.run(&["init", "--json"]));
    error(&programme.run(&["status", "--json"]));
    let names: Vec<_> = std::fs::read_dir(programme.data()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["letter"]);
}

#[test]
fn a_deck_has_different_cards_and_nothing_that_orders_them() {
    let programme = Programme::new();
    let (sheet, list) = (programme.path("deck.html"), programme.path("deck.codes"));
    let arguments = ["cards", "issue", "--count", "12", "--out", "deck.html", "--codes", "deck.codes"];
    std::fs::write(&sheet, "cards in use").unwrap();
    let refused = programme.run(&arguments);
    assert_eq!((refused.status.code(), std::fs::read_to_string(&sheet).unwrap().as_str()), (Some(1), "cards in use"));
    assert!(!list.exists());
    std::fs::remove_file(&sheet).unwrap();
    let said = programme.json(&[&arguments[..], &["--url", "https://notes.example.org/"]].concat());
    assert_eq!((&said["count"], said["warnings"].as_array().unwrap().len()), (&12.into(), 0));
    assert_eq!((mode(&sheet), mode(&list)), (0o600, 0o600));
    let (text, list) = (std::fs::read_to_string(&sheet).unwrap(), std::fs::read_to_string(&list).unwrap());
    let (cards, stubs) = codes(&text);
    assert_eq!(cards, list.lines().collect::<Vec<_>>());
    assert_eq!(cards.iter().chain(&stubs).collect::<BTreeSet<_>>().len(), 24);
    // Apart from its two codes each card is the same: the square holds the address alone.
    let sections: Vec<&str> = text.split("<section").skip(1).map(|s| s.split("</section>").next().unwrap()).collect();
    let mut squares = BTreeSet::new();
    let plain: BTreeSet<String> = sections
        .iter()
        .zip(cards.iter().zip(&stubs))
        .map(|(section, (card, stub))| {
            let (from, to) = (section.find("<svg").unwrap(), section.find("</svg>").unwrap());
            squares.insert(&section[from..to]);
            section.replace(&section[from..to], "").replace(card, "").replace(stub, "")
        })
        .collect();
    assert_eq!((sections.len(), plain.len(), squares.len()), (12, 1, 1));
    assert!(!text.contains("example.org/#"), "no address with a code in plain text");
}

#[test]
fn a_code_in_the_link_and_a_missing_address_are_said() {
    let programme = Programme::new();
    let mut issued = 0;
    let mut issue = |more: &[&str]| {
        issued += 1;
        let file = format!("deck-{issued}.html");
        let said = programme.json(&[&["cards", "issue", "--count", "3", "--out", &file], more].concat());
        let warnings: Vec<String> =
            said["warnings"].as_array().unwrap().iter().map(|w| w.as_str().unwrap().to_owned()).collect();
        (std::fs::read_to_string(programme.path(&file)).unwrap(), warnings)
    };
    let squares = |text: &str| {
        let squares = text.split("<svg").skip(1).map(|s| s.split("</svg>").next().unwrap().to_owned());
        squares.collect::<BTreeSet<_>>().len()
    };
    let (text, warnings) = issue(&[]);
    assert!(warnings[0].contains("no address") && !text.contains("127.0.0.1"), "{warnings:?}");
    assert_eq!((squares(&text), text.matches("class=\"line\"").count()), (0, 3));
    let (text, warnings) = issue(&["--url", "https://notes.example.org/", "--code-in-link"]);
    assert!(warnings[0].contains("history"), "{warnings:?}");
    assert_eq!((squares(&text), text.matches("class=\"line\"").count()), (3, 0));
    for (url, word) in [
        ("http://127.0.0.1:8080/", "itself"),
        ("http://localhost:8080/", "itself"),
        ("https://[::1]/", "itself"),
        ("http://notes.example.org/", "not encrypted"),
    ] {
        let (_, warnings) = issue(&["--url", url]);
        assert!(warnings.len() == 1 && warnings[0].contains(word), "{url}: {warnings:?}");
    }
    let refused = programme.run(&["cards", "issue", "--count", "3", "--url", "https://x.example.org/#a", "--json"]);
    assert!(error(&refused).contains("nothing behind it"));
    assert_eq!(programme.run(&["cards", "issue", "--count", "3", "--code-in-link"]).status.code(), Some(2));
}

#[test]
fn cards_until_the_past_are_refused_and_leave_no_file() {
    let programme = Programme::new();
    let arguments = ["cards", "issue", "--count", "2", "--until", "2020-Q1", "--codes", "x.codes", "--json"];
    let words = error(&programme.run(&arguments));
    assert!(words.contains("2020-Q1 would be out of date"), "{words}");
    assert!(!programme.path("cards.html").exists() && !programme.path("x.codes").exists());
}

#[test]
fn a_stub_revokes_and_a_card_does_not() {
    for with_service in [false, true] {
        let programme = Programme::new();
        let cards = programme.cards(2);
        let (_, stubs) = codes(&std::fs::read_to_string(programme.path("cards.html")).unwrap());
        let mut service = with_service.then(|| programme.serve());
        let words = error(&programme.run(&["cards", "revoke", &cards[0], "--json"]));
        assert!(words.contains("the code of a card") && !words.contains(&cards[0]), "{words}");
        let typed = stubs[0].to_lowercase().replace('-', "");
        assert_eq!(programme.json(&["cards", "revoke", &typed]), json!({"revoked": true}));
        let again = programme.run(&["cards", "revoke", &stubs[0], "--json"]);
        assert_eq!((again.status.code(), again.stdout.as_slice()), (Some(1), &b"{\"revoked\":false}\n"[..]));
        let service = service.take().unwrap_or_else(|| programme.serve());
        let week = service.week();
        assert_eq!(service.put(&cards[0], &receipt(1), &tally(&week, 1)).status, 401);
        assert_eq!(service.put(&cards[1], &receipt(2), &tally(&week, 1)).status, 201);
    }
}

/// One life of a paper period; answers what each command said.
fn life(with_service: bool) -> Vec<(i32, Value)> {
    let programme = Programme::new();
    let service = with_service.then(|| programme.serve());
    let sheet = "worker,week,area,setting,contacts,age\na,2025-W03,north,street,5,1\nb,2025-W30,north,street,5,1\n";
    std::fs::write(programme.path("sheet.csv"), sheet).unwrap();
    let commands = [
        "cards issue --count 3 --codes x.codes",
        "cards issue --count 3 --until 2020-Q1",
        "cards revoke 00000-00000-00000-0000N",
        "period open 2025-Q1",
        "period open 2025-Q1",
        "period open 2190-Q1",
        "period open 2025-M01",
        "import sheet.csv",
        "import sheet.csv --period 2025-Q1 --rejects r.csv",
        "import sheet.csv --period 2025-Q1 --worker-column who",
        "status",
        "report 2025-Q1",
        "close 2024-Q1",
        "close 2025-Q1",
        "close 2025-Q1 --early",
        "period open 2025-Q1",
        "status",
        "report 2025-Q1 --out r.json",
        "report 2025-Q1 --format csv --out r.csv",
        "report 2025-Q1 --format html --out r.html",
        "report 2025-Q1 --format datapackage --out r.datapackage",
        "report 2025-Q1 --format xlsx --out r.xlsx",
        "report 2025-Q1 --format dhis2 --out r.dhis2.json",
        "report 2025-Q1 --format registry --out r.yaml",
    ];
    let mut said = Vec::new();
    for command in commands {
        let arguments: Vec<&str> = command.split(' ').chain(["--json"]).collect();
        let done = programme.run(&arguments);
        let text = if done.stdout.is_empty() { &done.stderr } else { &done.stdout };
        let mut value: Value = serde_json::from_slice(text).unwrap_or_else(|_| panic!("{command}: {done:?}"));
        if let Some(digest) = value.get_mut("sha256") {
            // Noise makes each release another one.
            let file = std::fs::read(programme.data().join("public/releases/2025-Q1.json")).unwrap();
            assert_eq!(*digest, peertally::crypto::digest::sha256(&file).to_string());
            *digest = json!("right");
        }
        said.push((done.status.code().unwrap(), value));
    }
    let release = std::fs::read(programme.data().join("public/releases/2025-Q1.json")).unwrap();
    assert_eq!(std::fs::read(programme.path("r.json")).unwrap(), release);
    assert_eq!(programme.run(&["report", "2025-Q1"]).stdout, release);
    let csv = std::fs::read_to_string(programme.path("r.csv")).unwrap();
    assert!(csv.starts_with("period,measure,by,area,setting,week,estimate,stdev,low95,high95,reported,quality,unit"));
    drop(service);
    said
}

#[test]
fn a_running_service_changes_no_answer() {
    let (alone, over_socket) = (life(false), life(true));
    assert_eq!(alone, over_socket);
    let codes: Vec<i32> = alone.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, [0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], "{alone:#?}");
    let (opened, again) = (&alone[3].1, &alone[4].1);
    assert_eq!((&opened["opened"], &again["opened"]), (&json!(true), &json!(false)));
    assert_eq!((&alone[7].1["added"], &alone[7].1["ignored"]), (&json!(1), &json!(["age"])));
    assert_eq!((&alone[8].1["added"], &alone[8].1["same"]), (&json!(0), &json!(1)));
    assert_eq!((&alone[13].1["before"], &alone[14].1["before"]), (&json!(false), &json!(true)));
    assert_eq!(alone[10].1["periods"][0], json!({"period": "2025-Q1", "state": "open", "closes": null}));
    assert_eq!(alone[16].1["periods"][0]["state"], "shredded");
}

#[test]
fn a_csv_gets_its_description_beside_it_and_nobody_elses_file_is_written_over() {
    let programme = Programme::new();
    programme.json(&["period", "open", "2025-Q1"]);
    programme.json(&["close", "2025-Q1"]);
    let path = programme.path("datapackage.json");
    for name in ["r.csv", "s.csv"] {
        let said = programme.json(&["report", "2025-Q1", "--format", "csv", "--out", name]);
        assert_eq!(said, json!({"written": name, "described": "datapackage.json"}));
        let package: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(package["resources"][0]["path"], name);
    }
    std::fs::write(&path, r#"{"name": "mine"}"#).unwrap();
    let said = programme.run(&["report", "2025-Q1", "--format", "csv", "--out", "r.csv"]);
    let words = String::from_utf8(said.stdout).unwrap();
    assert!(words.contains("datapackage.json is not of this program and stays as it is"), "{words}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), r#"{"name": "mine"}"#);
}

#[test]
fn a_form_says_what_the_programme_file_left_open() {
    let (bare, told) = (Programme::new(), {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("programme.toml");
        let codes = |id: &str| format!("{id} = \"PEER_{id}\"");
        let ids = ["contacts", "contacts_new", "syringes_out", "sharps_in", "naloxone_out"].map(codes).join(", ");
        let words = format!(
            "[dhis2]\norg_unit = \"OU\"\nmeasure = {{ {ids} }}\n\
             [registry]\ncurators = [\"A\"]\nregion = \"B\"\nauthors = [\"C\"]\n"
        );
        let shipped = std::fs::read_to_string(common::repository("config/programme.toml")).unwrap();
        std::fs::write(&config, shipped + &words).unwrap();
        Programme::with(&["--config", config.to_str().unwrap()])
    });
    for (programme, is_told) in [(&bare, false), (&told, true)] {
        programme.json(&["period", "open", "2025-Q1"]);
        programme.json(&["close", "2025-Q1"]);
        for format in ["dhis2", "registry"] {
            let said = programme.json(&["report", "2025-Q1", "--format", format, "--out", "r"]);
            assert_eq!(said["note"].is_null(), is_told, "{said}");
            let printed = programme.run(&["report", "2025-Q1", "--format", format]);
            assert_eq!(printed.stderr.is_empty(), is_told);
            assert_eq!(printed.stdout, std::fs::read(programme.path("r")).unwrap());
        }
        let printed = programme.run(&["report", "2025-Q1", "--format", "dhis2"]).stdout;
        let set: Value = serde_json::from_slice(&printed).unwrap();
        let (unit, element) = if is_told { ("OU", "PEER_contacts_area") } else { ("programme", "contacts_area") };
        assert_eq!((&set["orgUnit"], &set["dataValues"][1]["dataElement"]), (&json!(unit), &json!(element)));
    }
}

#[test]
fn a_period_that_is_open_by_the_calendar_closes_early_only_when_asked() {
    let programme = Programme::new();
    let current = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
    let words = error(&programme.run(&["close", &current, "--json"]));
    assert!(words.contains("--early"), "{words}");
    assert_eq!(programme.json(&["close", &current, "--early"])["before"], false);
    assert_eq!(programme.release(&current)["period"], *current);
}

#[test]
fn two_services_do_not_share_a_folder() {
    let programme = Programme::new();
    let service = programme.serve();
    let second = programme.run(&["serve", "--listen", "127.0.0.1:0", "--json"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(service.get("/healthz").status == 200);
    assert_eq!(mode(&programme.data().join("admin.sock")), 0o600);
    assert_eq!(mode(&programme.data()), 0o700);
}
