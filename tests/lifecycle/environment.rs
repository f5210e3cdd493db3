//! A world that is not as it should be: one clear sentence with the next step, exit status 1, nothing changed.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common::life;
use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use crate::common::{PROGRAM, Programme, receipt, tally};
use peertally::policy::embedded;

/// A finished programme with a card and some tallies; its open period.
fn prepared() -> (Programme, String) {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    for n in 0..5 {
        assert_eq!(service.put(&card, &receipt(n), &tally(&week, 3)).status, 201);
    }
    service.stop();
    let period = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
    (programme, period)
}

/// What must not change: every file. sled writes an index of its own when it
/// is opened, `snap.…`, made from `db` and from nothing else.
fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = if folder.is_dir() { life::files(folder) } else { BTreeMap::new() };
    files.retain(|name, _| !name.contains("store/snap."));
    files
}

/// Runs a command that must be refused, in one sentence, and change nothing.
fn refused(programme: &Programme, arguments: &[&str]) -> String {
    let before = everything(programme.folder.path());
    let done = run_to_an_end(programme, arguments);
    let words = life::stderr(&done);
    assert_eq!(done.status.code(), Some(1), "{arguments:?}: {words}");
    assert!(done.stdout.is_empty(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stdout));
    assert_eq!(words.lines().count(), 1, "{arguments:?}: {words}");
    assert!(words.starts_with("peertally: ") && words.len() < 600, "{arguments:?}: {words}");
    for bad in ["panic", "RUST_BACKTRACE", "thread '", "src/", "Err("] {
        assert!(!words.contains(bad), "{arguments:?}: {words}");
    }
    let after = everything(programme.folder.path());
    let changed: Vec<_> = after.iter().filter(|(name, bytes)| before.get(*name) != Some(bytes)).map(|f| f.0).collect();
    assert_eq!(changed, Vec::<&String>::new(), "{arguments:?} changed files: {words}");
    assert_eq!(before.len(), after.len(), "{arguments:?} removed files: {words}");
    words
}

/// A service that starts although it should not is ended, so that the test does.
fn run_to_an_end(programme: &Programme, arguments: &[&str]) -> Output {
    let mut command = programme.command(arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let patience = Instant::now() + Duration::from_secs(20);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > patience {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

/// Every command that opens the folder is refused with words that contain all of `expected`.
fn all_refused(programme: &Programme, period: &str, expected: &[&str]) {
    let service = ["serve", "--listen", "127.0.0.1:0"];
    let close = ["close", period, "--early"];
    let issue = ["cards", "issue", "--count", "1", "--out", "more.html"];
    for arguments in [&service[..], &close, &issue, &["status"]] {
        let words = refused(programme, arguments);
        for part in expected {
            assert!(words.contains(part), "{arguments:?}: no {part:?} in: {words}");
        }
    }
}

/// A copy in which `change` has been made is refused.
fn changed(base: &(Programme, String), expected: &[&str], change: impl Fn(&Path)) {
    let programme = Programme { folder: tempfile::tempdir().unwrap() };
    life::copy(&base.0.data(), &programme.data());
    // A witness that is missing is made before the service shuts itself in.
    fs::copy(base.0.path("data.witness"), programme.path("data.witness")).unwrap();
    change(&programme.data());
    all_refused(&programme, &base.1, expected);
}

fn only_file(folder: &Path) -> std::path::PathBuf {
    let names = life::names(folder, "");
    assert_eq!(names.len(), 1);
    folder.join(&names[0])
}

#[test]
fn keys_that_are_missing_damaged_or_others() {
    let base = prepared();
    for key in ["master.key", "log.key"] {
        changed(&base, &[key, "is missing", "put it back"], |data| {
            fs::remove_file(data.join("keys").join(key)).unwrap()
        });
        for bytes in [&[][..], &[7; 31], &[7; 33]] {
            changed(&base, &[key, "not a key of 32 bytes", "put the right file back"], |data| {
                fs::write(data.join("keys").join(key), bytes).unwrap();
            });
        }
    }
    changed(&base, &["another master.key", "put the right key back"], |data| {
        fs::write(data.join("keys/master.key"), [7; 32]).unwrap();
    });
    changed(&base, &["log", "key"], |data| fs::write(data.join("keys/log.key"), [7; 32]).unwrap());
}

#[test]
fn secrets_of_an_open_period_that_are_missing_or_damaged() {
    let base = prepared();
    for secret in ["salt", "private"] {
        let name = format!("{}.{secret}", base.1);
        let path = |data: &Path| data.join("keys/periods").join(&name);
        changed(&base, &[&name, "missing", "copy of keys/"], |data| fs::remove_file(path(data)).unwrap());
        changed(&base, &[&name, "do not open"], |data| {
            let bytes = fs::read(path(data)).unwrap();
            fs::write(path(data), &bytes[..40]).unwrap();
        });
        changed(&base, &[&name, "do not open"], |data| {
            let mut bytes = fs::read(path(data)).unwrap();
            bytes[20] ^= 1;
            fs::write(path(data), bytes).unwrap();
        });
    }
}

#[test]
fn a_folder_that_is_none_of_ours() {
    let programme = Programme { folder: tempfile::tempdir().unwrap() };
    all_refused(&programme, "2025-Q1", &["there is no programme", "peertally init"]);
    assert!(!programme.data().exists());
    fs::create_dir(programme.data()).unwrap();
    all_refused(&programme, "2025-Q1", &["there is no programme", "peertally init"]);
    fs::create_dir(programme.data().join("store")).unwrap();
    fs::write(programme.data().join("thesis.txt"), "years of work").unwrap();
    all_refused(&programme, "2025-Q1", &["is not a data folder", "--data", "Nothing was changed"]);
    let words = refused(&programme, &["init"]);
    assert!(words.contains("is not empty"), "{words}");
    fs::remove_dir_all(programme.data()).unwrap();
    fs::write(programme.data(), "a file").unwrap();
    for arguments in [&["status"][..], &["init"]] {
        refused(&programme, arguments);
    }
}

#[test]
fn a_folder_or_store_of_a_newer_program() {
    let base = prepared();
    changed(&base, &["format 2", "use a newer peertally", "Nothing was changed"], |data| {
        fs::write(data.join("format"), "2\n").unwrap();
    });
    changed(&base, &["is not a data folder"], |data| fs::write(data.join("format"), "many\n").unwrap());
    changed(&base, &["format 2", "use a newer peertally", "Nothing was changed"], |data| {
        // Written to a copy that nobody locks, then put in its place.
        let (_folder, store) = life::store_copy(data);
        let db = sled::Config::new().path(&store).flush_every_ms(None).open().unwrap();
        db.open_tree("meta").unwrap().insert("format", &2_u32.to_le_bytes()).unwrap();
        db.flush().unwrap();
        drop(db);
        fs::remove_dir_all(data.join("store")).unwrap();
        life::copy(&store, &data.join("store"));
    });
}

#[test]
fn public_files_that_were_changed() {
    let base = prepared();
    for kind in ["programme", "policy"] {
        changed(&base, &[kind, "was changed", "put it back"], |data| {
            let path = only_file(&data.join("public").join(kind));
            let text = fs::read_to_string(&path).unwrap();
            fs::write(path, text + "\n").unwrap();
        });
        changed(&base, &[kind, "is missing", "put it back"], |data| {
            fs::remove_file(only_file(&data.join("public").join(kind))).unwrap();
        });
    }
    changed(&base, &["checkpoint"], |data| fs::remove_file(data.join("public/log/checkpoint")).unwrap());
    changed(&base, &["log"], |data| {
        let path = only_file(&data.join("public/log/tile/entries/000.p"));
        let mut bytes = fs::read(&path).unwrap();
        bytes[30] ^= 1;
        fs::write(path, bytes).unwrap();
    });
}

#[test]
fn a_broken_programme_file_is_named_with_its_line() {
    let (programme, _) = prepared();
    let broken = embedded::PROGRAMME.replace("grace_days = 14", "grace_days = \"a fortnight\"");
    let line = broken.lines().position(|line| line.starts_with("grace_days")).unwrap() + 1;
    fs::write(programme.path("broken.toml"), broken).unwrap();
    let empty = Programme { folder: tempfile::tempdir().unwrap() };
    let file = programme.path("broken.toml").display().to_string();
    let config = ["--config", &file];
    let init = refused(&empty, &[&["init"], &config[..]].concat());
    let serve = refused(&programme, &[&["serve", "--listen", "127.0.0.1:0"], &config[..]].concat());
    for words in [init, serve] {
        assert!(
            words.contains(&format!("broken.toml, line {line}, column")) && words.contains("grace_days"),
            "{words}"
        );
    }
    assert!(!empty.data().exists());
    let words = refused(&empty, &["init", "--config", "nowhere.toml"]);
    assert!(words.contains("nowhere.toml cannot be read"), "{words}");
}

#[test]
fn a_policy_that_is_not_what_the_program_does_names_the_field() {
    let field = embedded::POLICY.lines().find(|line| line.contains("name = \"encapsulated-key\"")).unwrap();
    let more = field.replace("encapsulated-key", "telephone");
    let policies = [
        (embedded::POLICY.replace(&format!("{field}\n"), ""), "`row-value.encapsulated-key`"),
        (embedded::POLICY.replace(field, &format!("{field}\n{more}")), "`row-value.telephone`"),
        (embedded::POLICY.replace(field, &field.replace("32 bytes", "33 bytes")), "`row-value.encapsulated-key`"),
    ];
    for (policy, name) in policies {
        assert!(policy != embedded::POLICY);
        let programme = Programme { folder: tempfile::tempdir().unwrap() };
        fs::write(programme.path("policy.toml"), policy).unwrap();
        let words = refused(&programme, &["init", "--policy", "policy.toml"]);
        assert!(words.contains(name), "{words}");
        assert!(!programme.data().exists());
    }
}

#[test]
fn a_folder_or_a_port_that_is_taken() {
    let (programme, period) = prepared();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let words = refused(&programme, &["serve", "--listen", &address]);
    assert!(words.contains(&address) && words.contains("name another address"), "{words}");
    for nonsense in ["nonsense", "127.0.0.1", "unix:/nowhere/at/all.sock"] {
        let words = refused(&programme, &["serve", "--listen", nonsense]);
        assert!(words.contains(nonsense), "{words}");
    }

    let service = programme.serve();
    let words = refused(&programme, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(words.contains("another peertally has this data folder open"), "{words}");
    // The socket cannot be reached: the commands do not go round the service.
    let socket = programme.data().join("admin.sock");
    fs::rename(&socket, programme.data().join("aside.sock")).unwrap();
    all_refused(&programme, &period, &["another peertally has this data folder open", "stop it first"]);
    fs::rename(programme.data().join("aside.sock"), socket).unwrap();
    assert_eq!(programme.run(&["status"]).status.code(), Some(0));
    assert_eq!(service.get("/readyz").status, 200);
}

#[test]
fn wrong_usage_is_status_2() {
    let done = std::process::Command::new(PROGRAM).args(["close", "yesterday"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(!life::stderr(&done).contains("panic"));
}

/// Ways in which the store's file may be damaged.
fn damages() -> [fn(&Path); 4] {
    [
        |db| fs::remove_file(db).unwrap(),
        |db| fs::write(db, b"").unwrap(),
        |db| fs::write(db, vec![0xa5; 600_000]).unwrap(),
        |db| {
            let mut bytes = fs::read(db).unwrap();
            bytes.iter_mut().step_by(64).for_each(|byte| *byte ^= 0x10);
            fs::write(db, bytes).unwrap();
        },
    ]
}

#[test]
fn a_damaged_store_is_told_at_the_first_look() {
    let base = prepared();
    for damage in damages() {
        for arguments in [&["serve", "--listen", "127.0.0.1:0"][..], &["close", &base.1, "--early"], &["status"]] {
            let programme = Programme { folder: tempfile::tempdir().unwrap() };
            life::copy(&base.0.data(), &programme.data());
            damage(&programme.data().join("store/db"));
            let before = life::files(&programme.data().join("public"));
            let done = run_to_an_end(&programme, arguments);
            let words = life::stderr(&done);
            assert_eq!((done.status.code(), words.lines().count()), (Some(1), 1), "{words}");
            assert!(words.contains("is damaged") && words.contains("Copy the whole folder"), "{words}");
            assert!(!words.contains("panic"), "{words}");
            assert!(life::files(&programme.data().join("public")) == before);
        }
    }
}

#[test]
fn a_damaged_store_is_kept_byte_for_byte() {
    let base = prepared();
    for damage in damages() {
        let damage = |data: &Path| damage(&data.join("store/db"));
        changed(&base, &["the store in", "is damaged", "Copy the whole folder"], damage);
    }
}
