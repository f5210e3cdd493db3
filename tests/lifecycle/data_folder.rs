//! Care of the data folder: doctor, dump and load, wipe; with a service and without one.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use crate::common;
use crate::common::life;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Output;

use crate::common::life::{files, stderr};
use crate::common::{Programme, receipt, tally};
use peertally::faults::WIPE;
use serde_json::{Value, json};

const ZERO_NOISE: (&str, &str) = ("PEERTALLY_TEST_ZERO_NOISE", "1");

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// A programme with five tallies, one of them moved and corrected, one withdrawn; answers its period and cards.
fn filled() -> (Programme, String, Vec<String>) {
    let programme = Programme::new();
    let cards = programme.cards(2);
    let service = programme.serve();
    let week = service.week();
    for n in 0..6 {
        let card = &cards[usize::try_from(n % 2).unwrap()];
        assert_eq!(service.put(card, &receipt(n), &tally(&week, 3)).status, 201);
    }
    assert_eq!(service.put(&cards[1], &receipt(1), &tally(&week, 10)).status, 200);
    assert_eq!(service.delete(&cards[0], &receipt(0)).status, 204);
    service.kill();
    let period = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
    (programme, period, cards)
}

/// The same folder once more.
fn copy_of(other: &Programme) -> Programme {
    let programme = Programme { folder: tempfile::tempdir().unwrap() };
    life::copy(&other.data(), &programme.data());
    programme
}

/// Closes without noise; answers the release's measures.
fn totals(programme: &Programme, period: &str) -> Value {
    let mut close = programme.command(&["close", period, "--early"]);
    let done = close.env(ZERO_NOISE.0, ZERO_NOISE.1).output().unwrap();
    assert!(done.status.success(), "{}", stderr(&done));
    programme.release(period)["measures"].clone()
}

#[test]
fn a_loaded_dump_takes_tallies_and_closes_to_the_same_totals() {
    let (programme, period, cards) = filled();
    programme.json(&["dump", "--out", "still.dump"]);
    let service = programme.serve();
    let said = programme.json(&["dump", "--out", "live.dump"]);
    let (still, live) =
        (fs::read(programme.path("still.dump")).unwrap(), fs::read(programme.path("live.dump")).unwrap());
    assert_eq!(still, live, "a running service gives the same dump");
    assert_eq!(said["sha256"], peertally::crypto::digest::sha256(&live).to_string());
    assert_eq!(mode(&programme.path("live.dump")), 0o600);
    service.kill();

    let other = copy_of(&programme);
    fs::remove_dir_all(other.data().join("store")).unwrap();
    fs::write(other.path("live.dump"), &live).unwrap();
    assert_eq!(other.json(&["load", "live.dump"]), json!({"loaded": true, "left_out": []}));
    let service = other.serve();
    let week = service.week();
    assert_eq!(service.put(&cards[0], &receipt(0), &tally(&week, 1)).status, 409, "withdrawn stays withdrawn");
    assert_eq!(service.put(&cards[0], &receipt(2), &tally(&week, 3)).status, 200, "a row is there");
    assert_eq!(service.put("00000-00000-00000-00000", &receipt(7), &tally(&week, 3)).status, 401);
    service.kill();
    let total = totals(&programme, &period);
    assert_eq!(totals(&other, &period), total);
    let contacts = total[0]["breakdowns"][0]["cells"][0]["estimate"].as_f64().unwrap();
    assert!((contacts - 22.0).abs() < 1e-6, "{contacts}");

    // The dump is older than the close now: its rows stay out, its cards come back.
    fs::remove_dir_all(other.data().join("store")).unwrap();
    assert_eq!(other.json(&["load", "live.dump"])["left_out"], json!([period]));
    assert_eq!(life::entries_of(&other.data(), period.parse().unwrap()), 0);
}

#[test]
fn a_dump_goes_into_an_empty_store_of_its_own_programme_only() {
    let (programme, _, _) = filled();
    programme.json(&["dump", "--out", "a.dump"]);
    let words = |done: Output| {
        assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stdout));
        stderr(&done)
    };
    let before = files(&programme.data());
    assert!(words(programme.run(&["load", "a.dump"])).contains("holds tallies or cards already"));
    assert!(words(programme.run(&["load", "none.dump"])).contains("cannot be read"));
    // Opening a store may rewrite its files; what it holds is the same.
    assert_eq!(before.keys().collect::<Vec<_>>(), files(&programme.data()).keys().collect::<Vec<_>>());
    programme.json(&["dump", "--out", "b.dump"]);
    assert_eq!(fs::read(programme.path("a.dump")).unwrap(), fs::read(programme.path("b.dump")).unwrap());

    let other = Programme::new();
    let whole = fs::read(programme.path("a.dump")).unwrap();
    fs::write(other.path("a.dump"), &whole).unwrap();
    assert!(words(other.run(&["load", "a.dump"])).contains("another master.key"));
    let service = other.serve();
    assert!(words(other.run(&["load", "a.dump"])).contains("stop it first"));
    service.kill();

    let own = copy_of(&programme);
    fs::remove_dir_all(own.data().join("store")).unwrap();
    fs::write(own.path("cut.dump"), &whole[..whole.len() / 2]).unwrap();
    assert!(words(own.run(&["load", "cut.dump"])).contains("cut off"));
    let mut changed = whole.clone();
    let at = changed.iter().rposition(|byte| *byte == b'A').unwrap();
    changed[at] = b'B';
    fs::write(own.path("changed.dump"), &changed).unwrap();
    words(own.run(&["load", "changed.dump"]));
    fs::write(own.path("a.dump"), &whole).unwrap();
    assert!(own.run(&["load", "a.dump"]).status.success());
    assert_eq!(own.json(&["status"])["periods"][0]["state"], "open");
}

#[test]
fn a_dump_that_fails_leaves_the_older_one() {
    let (programme, _, _) = filled();
    fs::write(programme.path("x.dump"), "older").unwrap();
    fs::create_dir(programme.path("x.dump.tmp")).unwrap();
    assert_eq!(programme.run(&["dump", "--out", "x.dump"]).status.code(), Some(1));
    assert_eq!(fs::read(programme.path("x.dump")).unwrap(), b"older");
}

fn doctor(programme: &Programme, arguments: &[&str]) -> (Option<i32>, Value) {
    let done = programme.run(&[&["doctor", "--json"], arguments].concat());
    let value: Value = serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{}", stderr(&done)));
    let stops = value["findings"].as_array().unwrap().iter().filter(|f| f["level"] == "stop").count();
    assert_eq!((value["stop"].as_u64(), done.status.code()), (Some(stops as u64), Some(i32::from(stops > 0))));
    for finding in value["findings"].as_array().unwrap() {
        assert_eq!(finding["level"] == "ok", finding.get("do").is_none(), "{finding}");
    }
    (done.status.code(), value)
}

/// What is found, leaving out what the machine of the test is to blame for.
fn stops(value: &Value) -> Vec<String> {
    let machine = ["file system", "disk space", "durability", "sandbox", "swap", "core dumps"];
    let findings = value["findings"].as_array().unwrap().iter();
    let own = findings.filter(|f| f["level"] == "stop" && !machine.iter().any(|check| f["check"] == *check));
    own.map(|f| f["found"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_doctor_changes_nothing_and_answers_the_same_beside_a_service() {
    let (programme, period, _) = filled();
    let before = files(&programme.data());
    let (_, alone) = doctor(&programme, &[]);
    assert!(files(&programme.data()) == before, "something was changed");
    assert_eq!((stops(&alone), &alone["service"]), (Vec::new(), &json!(false)));
    let service = programme.serve();
    let (_, beside) = doctor(&programme, &[]);
    assert_eq!((stops(&beside), &beside["service"]), (Vec::new(), &json!(true)));
    assert_eq!(service.get("/readyz").status, 200);
    let text = String::from_utf8(programme.run(&["doctor"]).stdout).unwrap();
    for word in ["custody", "same disk", &period, "closes by itself", "shipped default", "time zone", "MiB free"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    let same = common::repository("config/programme.toml");
    assert_eq!(stops(&doctor(&programme, &["--config", same.to_str().unwrap()]).1), Vec::<String>::new());
    fs::write(programme.path("bad.toml"), "name = ").unwrap();
    assert_eq!(stops(&doctor(&programme, &["--config", "bad.toml"]).1).len(), 1);
}

#[test]
fn the_doctor_finds_each_fault() {
    let (programme, period, _) = filled();
    type Fault<'a> = (&'a str, &'a dyn Fn(&Path));
    let private = format!("keys/periods/{period}.private");
    let faults: [Fault<'_>; 10] = [
        ("keys can be opened", &|data| {
            fs::set_permissions(data.join("keys"), fs::Permissions::from_mode(0o755)).unwrap()
        }),
        ("keys/master.key can be opened", &|data| {
            fs::set_permissions(data.join("keys/master.key"), fs::Permissions::from_mode(0o644)).unwrap();
        }),
        ("keys/log.key is missing", &|data| fs::remove_file(data.join("keys/log.key")).unwrap()),
        ("does not open with keys/master.key", &|data| fs::write(data.join("keys/master.key"), [1; 32]).unwrap()),
        ("if it is kept offline) is missing", &|data| fs::remove_file(data.join(&private)).unwrap()),
        ("store/db is missing", &|data| fs::remove_dir_all(data.join("store")).unwrap()),
        ("is not the key that public/log-key.txt names", &|data| {
            fs::write(data.join("keys/log.key"), [1; 32]).unwrap()
        }),
        ("is no secret of a period", &|data| fs::write(data.join("keys/periods/2020-Q1.salt"), "x").unwrap()),
        ("is missing or was changed", &|data| {
            let file = fs::read_dir(data.join("public/programme")).unwrap().next().unwrap().unwrap().path();
            fs::write(file, "changed").unwrap();
        }),
        ("checkpoint", &|data| fs::remove_file(data.join("public/log/checkpoint")).unwrap()),
    ];
    for (words, fault) in faults {
        let ill = copy_of(&programme);
        fault(&ill.data());
        let (code, value) = doctor(&ill, &[]);
        let found = stops(&value);
        assert_eq!(code, Some(1), "{words}");
        assert!(found.iter().any(|found| found.contains(words)), "{words}: {found:?}");
    }
}

#[test]
fn a_wipe_asks_and_keeps_the_public_record() {
    let (programme, _, _) = filled();
    let before = files(&programme.data());
    let refused = programme.run(&["wipe"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("--yes-destroy-everything"));
    let service = programme.serve();
    let running = programme.run(&["wipe", "--yes-destroy-everything"]);
    assert!(running.status.code() == Some(1) && stderr(&running).contains("stop it first"));
    assert_eq!(service.get("/readyz").status, 200);
    service.kill();
    // A second name of each secret shows what became of its bytes.
    let witness = programme.path("witness");
    fs::create_dir(&witness).unwrap();
    let secrets: Vec<_> = before.keys().filter(|name| name.starts_with("keys/")).collect();
    // Two keys, salt and private key of the period, and the queue key of the week.
    assert_eq!(secrets.len(), 5);
    for name in &secrets {
        fs::hard_link(programme.data().join(name), witness.join(name.replace('/', "-"))).unwrap();
    }
    let said = programme.run(&["wipe", "--yes-destroy-everything"]);
    assert!(said.status.success(), "{}", stderr(&said));
    for limit in ["flash", "snapshots", "backups"] {
        assert!(String::from_utf8_lossy(&said.stdout).contains(limit));
    }
    assert!(files(&witness).values().all(|bytes| !bytes.is_empty() && bytes.iter().all(|byte| *byte == 0)));
    let public: Vec<_> = before.iter().filter(|(name, _)| name.starts_with("public/")).collect();
    let after = files(&programme.data());
    assert_eq!(after.iter().collect::<Vec<_>>(), public);
    assert_eq!(life::names(&programme.data(), ""), ["public"]);
    assert_eq!(programme.run(&["wipe", "--yes-destroy-everything"]).status.code(), Some(1), "no data folder any more");
}

#[test]
fn a_wipe_that_was_cut_short_can_be_run_again_and_follows_no_link() {
    let (programme, _, _) = filled();
    for point in WIPE {
        let folder = copy_of(&programme);
        let elsewhere = folder.path("elsewhere");
        fs::rename(folder.data().join("keys/master.key"), &elsewhere).unwrap();
        symlink(&elsewhere, folder.data().join("keys/master.key")).unwrap();
        fs::create_dir_all(folder.data().join("store.loading")).unwrap();
        // Others can open it: a reason more.
        fs::set_permissions(folder.data(), fs::Permissions::from_mode(0o755)).unwrap();
        let arguments = ["wipe", "--yes-destroy-everything", "--public-too"];
        let cut = folder.command(&arguments).env("PEERTALLY_FAILPOINT", point).output().unwrap();
        assert_eq!(cut.status.signal(), Some(6), "{point}");
        let left = files(&folder.data());
        assert!(!left.keys().any(|name| name.starts_with("keys/periods/")), "secrets go first");
        assert_eq!(left.keys().any(|name| name.starts_with("keys/")), point == "wiped-period");
        let done = folder.run(&arguments);
        assert!(done.status.success(), "{point}: {}", stderr(&done));
        assert!(!folder.data().exists(), "{point}");
        assert!(elsewhere.exists(), "what a link leads to is told, not destroyed");
    }
}

#[test]
fn a_folder_of_somebody_else_is_not_wiped() {
    let programme = Programme { folder: tempfile::tempdir().unwrap() };
    fs::create_dir(programme.data()).unwrap();
    fs::write(programme.data().join("letter"), "kept").unwrap();
    assert_eq!(programme.run(&["wipe", "--yes-destroy-everything", "--public-too"]).status.code(), Some(1));
    assert_eq!(fs::read(programme.data().join("letter")).unwrap(), b"kept");
}

#[test]
fn a_dump_under_load_has_every_tally_acknowledged_before_it() {
    let programme = Programme::new();
    let cards = programme.cards(30);
    let service = programme.serve();
    let week = service.week();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let sent = std::sync::atomic::AtomicU64::new(0);
    let mut before = 0;
    std::thread::scope(|threads| {
        threads.spawn(|| {
            for n in 0..500_u64 {
                let card = &cards[usize::try_from(n % 30).unwrap()];
                if stop.load(std::sync::atomic::Ordering::SeqCst) {
                    break;
                }
                assert_eq!(service.put(card, &receipt(n), &tally(&week, 3)).status, 201);
                sent.store(n + 1, std::sync::atomic::Ordering::SeqCst);
            }
        });
        while sent.load(std::sync::atomic::Ordering::SeqCst) < 20 {
            std::thread::yield_now();
        }
        before = sent.load(std::sync::atomic::Ordering::SeqCst);
        programme.json(&["dump", "--out", "live.dump"]);
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
    });
    service.kill();
    let other = copy_of(&programme);
    fs::remove_dir_all(other.data().join("store")).unwrap();
    fs::copy(programme.path("live.dump"), other.path("live.dump")).unwrap();
    other.json(&["load", "live.dump"]);
    let service = other.serve();
    for n in 0..before {
        let card = &cards[usize::try_from(n % 30).unwrap()];
        assert_eq!(service.put(card, &receipt(n), &tally(&week, 3)).status, 200, "row {n} of {before} is missing");
    }
}
