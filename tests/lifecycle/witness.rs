//! The witness: never ahead of the log, never too far behind it, and in nobody's way.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common;
use crate::common::life;
use std::fs;
use std::os::unix::fs::symlink;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::common::Programme;
use crate::common::life::{copy, log, stderr};
use peertally::admin::{ImportRequest, Request, Role, execute};
use peertally::clock::MockClock;
use peertally::domain::Period;
use peertally::faults;
use peertally::log::Witness;
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;

const PAST: &str = "2025-Q1";

/// A folder with its witness, somewhere else.
fn with_witness(from: &Path, to: &Path) {
    copy(from, to);
    fs::copy(from.with_extension("witness"), to.with_extension("witness")).unwrap();
}

fn seen(data: &Path) -> u64 {
    let log = log(data);
    let witness = Witness::read(&data.with_extension("witness")).unwrap().unwrap();
    witness.seen(&log.checkpoint().origin).map_or(0, peertally::log::witness::LastSeen::size)
}

/// A close is stopped at every durable step. What is left goes on, so the witness was not ahead; and where noise may
/// have been drawn, a copy from before the close is refused, so the witness was not behind.
#[test]
fn a_close_that_dies_anywhere_can_go_on_and_an_older_copy_cannot_draw_again() {
    common::counted_by_the_program();
    let home = tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap());
    let period: Period = PAST.parse().unwrap();
    let clock = Arc::new(MockClock::new(period.last_day()));
    let base = home.path().join("base");
    let data_dir =
        DataDir::create(DataPaths::new(&base), embedded::PROGRAMME, embedded::POLICY, clock.clone()).unwrap();
    data_dir.open_current().unwrap();
    let csv = "worker,week,area,setting,contacts\nw1,2025-W13,north,street,10\n".to_owned();
    let import = ImportRequest { csv, worker_column: "worker".to_owned(), period: None };
    execute(&data_dir, Role::Coordinator, Request::Import(import), &|_| {}).unwrap();
    clock.set(data_dir.programme().closing_day(period));
    drop(data_dir);

    let (mut before, mut after) = (0, 0);
    for step in 0.. {
        let here = home.path().join(format!("at-{step}"));
        fs::create_dir(&here).unwrap();
        let (data, dead) = (here.join("data"), here.join("dead"));
        with_witness(&base, &data);
        let data_dir = DataDir::open(DataPaths::new(&data), clock.clone()).unwrap();
        let (from, to) = (data.clone(), dead.clone());
        faults::crash_at(step, Box::new(move || with_witness(&from, &to)));
        let done = catch_unwind(AssertUnwindSafe(|| data_dir.close(period, false)));
        faults::disarm();
        drop(data_dir);
        if let Ok(done) = done {
            done.unwrap();
            println!("{step} steps: an old copy is taken at {before}, where nothing was drawn, and refused at {after}");
            assert!(after > 20, "the close has fewer steps than it should");
            return;
        }
        assert!(seen(&dead) <= log(&dead).size(), "step {step}: the witness is ahead");
        // From the moment on that room is taken for a draft.
        let drawn = ["drawing", "draft"].iter().any(|what| dead.join(format!("keys/periods/{PAST}.{what}")).exists())
            || dead.join(format!("public/releases/{PAST}.json")).exists();
        let old = here.join("old");
        copy(&base, &old);
        fs::copy(dead.with_extension("witness"), old.with_extension("witness")).unwrap();
        match DataDir::open(DataPaths::new(&old), clock.clone()) {
            Ok(_) => {
                assert!(!drawn, "step {step}: an older copy opens although noise may have been drawn");
                before += 1;
            }
            Err(error) => {
                assert!(error.to_string().contains("older copy"), "step {step}: {error}");
                after += 1;
            }
        }
        let data_dir =
            DataDir::open(DataPaths::new(&dead), clock.clone()).unwrap_or_else(|e| panic!("step {step}: {e}"));
        data_dir.close(period, false).unwrap_or_else(|e| panic!("step {step}: {e}"));
        drop(data_dir);
        assert_eq!(seen(&dead), log(&dead).size());
        fs::remove_dir_all(here).unwrap();
    }
}

/// The control of the test above: it is the witness that refuses.
#[test]
fn without_its_witness_an_older_copy_draws_again() {
    let programme = Programme::new();
    programme.json(&["period", "open", PAST]);
    copy(&programme.data(), &programme.path("old"));
    let first = programme.json(&["close", PAST]);
    fs::rename(programme.data(), programme.path("newest")).unwrap();
    copy(&programme.path("old"), &programme.data());
    let done = programme.run(&["close", PAST]);
    assert!(stderr(&done).contains("older copy"), "{}", stderr(&done));
    fs::remove_file(programme.path("data.witness")).unwrap();
    let second = programme.json(&["close", PAST]);
    assert!(first["sha256"] != second["sha256"] && second["before"] == false);
}

/// An old DATA under the newest public/, put together by hand: what was closed is destroyed again at the first look.
#[test]
fn old_keys_under_the_newest_log_are_destroyed_again() {
    let programme = Programme::new();
    programme.json(&["period", "open", PAST]);
    copy(&programme.data(), &programme.path("old"));
    let closed = programme.json(&["close", PAST]);
    fs::rename(programme.data(), programme.path("newest")).unwrap();
    copy(&programme.path("old"), &programme.data());
    fs::remove_dir_all(programme.data().join("public")).unwrap();
    copy(&programme.path("newest/public"), &programme.data().join("public"));
    let keys = || life::names(&programme.data().join("keys/periods"), PAST).len();
    assert_eq!(keys(), 2);
    programme.serve().stop();
    assert_eq!(keys(), 0);
    let again = programme.json(&["close", PAST]);
    assert_eq!((&again["before"], &again["sha256"]), (&serde_json::json!(true), &closed["sha256"]));
}

#[test]
fn two_histories_of_one_log_are_told_apart() {
    let programme = Programme::new();
    // Another machine: beside the first one it would be refused at once.
    let other = tempfile::tempdir().unwrap();
    copy(&programme.data(), &other.path().join("data"));
    programme.json(&["period", "open", PAST]);
    let mut command = std::process::Command::new(common::PROGRAM);
    assert!(command.args(["period", "open", "2025-Q2"]).current_dir(other.path()).status().unwrap().success());
    fs::rename(programme.data(), programme.path("newest")).unwrap();
    copy(&other.path().join("data"), &programme.data());
    for arguments in [&["status"][..], &["serve", "--listen", "127.0.0.1:0"], &["close", PAST]] {
        let done = programme.run(arguments);
        let words = stderr(&done);
        assert_eq!((done.status.code(), words.lines().count()), (Some(1), 1), "{words}");
        assert!(words.contains("different histories") && words.contains("audit verify --against"), "{words}");
    }
}

#[test]
fn the_service_keeps_the_witness_from_inside_its_sandbox() {
    let programme = Programme::new();
    fs::remove_file(programme.path("data.witness")).unwrap();
    let service = programme.serve();
    assert_eq!(seen(&programme.data()), log(&programme.data()).size());
    programme.json(&["period", "open", PAST]);
    programme.json(&["close", PAST]);
    let told = service.stop();
    assert!(!told.contains("event=\"witness\""), "{told}");
    assert_eq!(seen(&programme.data()), log(&programme.data()).size());
}

fn doctor(programme: &Programme) -> String {
    String::from_utf8(programme.run(&["doctor"]).stdout).unwrap()
}

#[test]
fn where_none_can_be_made_the_service_goes_on_and_says_so() {
    let programme = Programme::new();
    let witness: PathBuf = programme.path("data.witness");
    assert!(doctor(&programme).contains("has seen this log since"));
    fs::remove_file(&witness).unwrap();
    assert!(doctor(&programme).contains("an old copy of DATA would not be noticed"));
    // A name that is taken and leads nowhere.
    symlink("/nowhere/at/all", &witness).unwrap();
    let service = programme.serve();
    programme.json(&["period", "open", PAST]);
    programme.json(&["close", PAST]);
    let told = service.stop();
    assert!(told.contains("event=\"witness\""), "{told}");
    // A link to an empty file elsewhere, as the doctor advises.
    fs::remove_file(&witness).unwrap();
    fs::write(programme.path("elsewhere"), "").unwrap();
    symlink(programme.path("elsewhere"), &witness).unwrap();
    let service = programme.serve();
    let told = service.stop();
    assert!(!told.contains("event=\"witness\""), "{told}");
    assert_eq!(seen(&programme.data()), log(&programme.data()).size());
}

#[test]
fn one_torn_slot_is_in_nobodys_way_and_two_are_told() {
    let programme = Programme::new();
    let witness = programme.path("data.witness");
    let whole = fs::read(&witness).unwrap();
    for slot in 0..2 {
        let mut torn = whole.clone();
        torn.resize(2 * 8192, 0);
        torn[slot * 8192 + 100..slot * 8192 + 4000].fill(0);
        fs::write(&witness, torn).unwrap();
        assert_eq!(programme.run(&["status"]).status.code(), Some(0));
    }
    fs::write(&witness, vec![0; 2 * 8192]).unwrap();
    let words = stderr(&programme.run(&["status"]));
    assert!(words.contains("is damaged") && words.contains("move that file away"), "{words}");
    assert!(doctor(&programme).contains("is damaged"));
    fs::remove_file(&witness).unwrap();
    assert_eq!(programme.run(&["status"]).status.code(), Some(0));
}

#[test]
fn a_new_programme_gets_on_with_an_old_witness_and_wipe_leaves_it_with_public() {
    let programme = Programme::new();
    copy(&programme.data(), &programme.path("old"));
    programme.json(&["period", "open", PAST]);
    programme.json(&["wipe", "--yes-destroy-everything"]);
    assert!(programme.path("data.witness").exists());
    fs::remove_dir_all(programme.data()).unwrap();
    programme.json(&["init"]);
    programme.json(&["status"]);
    // The first programme is not forgotten over the second.
    fs::rename(programme.data(), programme.path("second")).unwrap();
    fs::rename(programme.path("old"), programme.data()).unwrap();
    assert!(stderr(&programme.run(&["status"])).contains("older copy"));
    fs::rename(programme.data(), programme.path("old")).unwrap();
    fs::rename(programme.path("second"), programme.data()).unwrap();
    programme.json(&["wipe", "--yes-destroy-everything", "--public-too"]);
    assert!(!programme.path("data.witness").exists());
}
