//! Faults found in review: each test states what should hold.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at once"
)]

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Output};

use crate::common::life::{copy, log, stderr};
use crate::common::{PROGRAM, Programme, receipt, tally};

const PAST: &str = "2025-Q1";

fn paper() -> Programme {
    let programme = Programme::new();
    programme.json(&["keygen", "--private-key", "b.private", "--public-key", "b.public"]);
    let rows: String = (1..=4).map(|n| format!("w{n},2025-W0{n},north,street,10\n")).collect();
    fs::write(programme.path("paper.csv"), format!("worker,week,area,setting,contacts\n{rows}")).unwrap();
    programme.json(&["import", "paper.csv", "--period", PAST]);
    programme
}

fn at(programme: &Programme, data: &str, arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).args(["--data", data]).current_dir(programme.folder.path()).output().unwrap()
}

#[test]
fn an_old_copy_under_another_name_does_not_draw_again() {
    let programme = paper();
    copy(&programme.data(), &programme.path("data.old"));
    programme.json(&["close", PAST]);
    let first = fs::read(programme.data().join("public/releases/2025-Q1.json")).unwrap();
    let done = at(&programme, "data.old", &["close", PAST]);
    println!("{}{}", String::from_utf8_lossy(&done.stdout), stderr(&done));
    let second = fs::read(programme.path("data.old/public/releases/2025-Q1.json"));
    assert!(second.is_err(), "a second release, the same bytes: {}", second.unwrap() == first);
}

#[test]
fn a_copy_that_was_opened_before_the_close_is_not_known_as_old() {
    let programme = paper();
    copy(&programme.data(), &programme.path("data.old"));
    assert!(at(&programme, "data.old", &["status"]).status.success());
    programme.json(&["close", PAST]);
    // The limit that SECURITY.md states: such a copy has a witness of its own, which saw nothing newer.
    let done = at(&programme, "data.old", &["close", PAST]);
    assert!(done.status.success(), "if this is refused now, SECURITY.md says too little: {}", stderr(&done));
}

#[test]
fn nor_does_it_serve() {
    let programme = paper();
    copy(&programme.data(), &programme.path("data.old"));
    programme.json(&["close", PAST]);
    let done = at(&programme, "data.old", &["serve", "--listen", "127.0.0.1:0"]);
    assert!(stderr(&done).contains("this is an older copy"), "{}", stderr(&done));
    assert!(!programme.path("data.old.witness").exists());
}

#[test]
fn an_old_copy_behind_a_link_does_not_draw_again() {
    let programme = paper();
    symlink(programme.data(), programme.path("link")).unwrap();
    copy(&programme.data(), &programme.path("data.old"));
    programme.json(&["close", PAST]);
    fs::remove_dir_all(programme.data()).unwrap();
    copy(&programme.path("data.old"), &programme.data());
    let done = at(&programme, "link", &["close", PAST]);
    assert!(!done.status.success(), "drawn again: {}", String::from_utf8_lossy(&done.stdout));
}

#[test]
fn a_release_that_died_with_its_draft_does_not_stop_all_backups() {
    let programme = paper();
    programme.json(&["backup", "--out", "month.backup", "--to", "b.public"]);
    let crash = programme.command(&["close", PAST]).env("PEERTALLY_FAILPOINT", "published").output().unwrap();
    assert!(!crash.status.success());
    fs::rename(programme.data(), programme.path("lost")).unwrap();
    let done = programme.json(&["restore", "month.backup", "--private-key", "b.private", "--public", "lost/public"]);
    println!("{done}");
    println!("close: {}", stderr(&programme.run(&["close", PAST])));
    let service = programme.serve();
    println!("serve: {}", service.stop());
    let done = programme.run(&["backup", "--out", "next.backup"]);
    assert!(done.status.success(), "backup: {}", stderr(&done));
}

#[test]
fn an_interrupted_offline_close_whose_key_is_lost_has_a_way_forward() {
    let programme = Programme::with(&["--custody", "offline"]);
    programme.json(&["keygen", "--private-key", "q.private", "--public-key", "q.public"]);
    let current = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
    programme.json(&["period", "key", &current, "--public-key", "q.public"]);
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    assert_eq!(service.put(&card, &receipt(1), &tally(&week, 3)).status, 201);
    service.stop();
    let mut close = programme.command(&["close", &current, "--early", "--private-key", "q.private"]);
    assert!(!close.env("PEERTALLY_FAILPOINT", "closing").output().unwrap().status.success());
    fs::remove_file(programme.path("q.private")).unwrap();
    assert!(!programme.run(&["close", &current, "--early"]).status.success(), "not without its key");
    programme.json(&["close", &current, "--key-lost", "--yes-its-tallies-are-lost"]);
    let done = programme.run(&["backup", "--out", "next.backup"]);
    assert!(done.status.success(), "backup: {}", stderr(&done));
}

#[test]
fn a_restore_that_fails_at_the_end_leaves_no_key() {
    let programme = paper();
    programme.json(&["backup", "--out", "month.backup", "--to", "b.public"]);
    fs::rename(programme.data(), programme.path("lost")).unwrap();
    fs::create_dir(programme.path("disk")).unwrap();
    symlink(programme.path("disk"), programme.data()).unwrap();
    let done = programme.run(&["restore", "month.backup", "--private-key", "b.private"]);
    println!("{}", stderr(&done));
    if !done.status.success() {
        assert!(!programme.path("data.restoring/keys/master.key").exists(), "master.key was left in data.restoring");
    }
}

#[test]
fn wipe_reaches_what_a_restore_left() {
    let programme = paper();
    programme.json(&["backup", "--out", "month.backup", "--to", "b.public"]);
    fs::rename(programme.data(), programme.path("lost")).unwrap();
    let restore = ["restore", "month.backup", "--private-key", "b.private"];
    let crash = programme.command(&restore).env("PEERTALLY_FAILPOINT", "restore-keys").output().unwrap();
    assert!(!crash.status.success());
    println!("as doctor says: {}", stderr(&at(&programme, "data.restoring", &["wipe", "--yes-destroy-everything"])));
    fs::rename(programme.path("lost"), programme.data()).unwrap();
    let done = programme.run(&["wipe", "--yes-destroy-everything"]);
    assert!(done.status.success());
    assert!(!programme.path("data.restoring/keys/master.key").exists(), "master.key is left after the wipe");
    assert!(!programme.path("data.restoring/keys/periods/2025-Q1.private").exists());
}

#[test]
fn a_release_that_is_in_the_backup_is_restored() {
    let programme = paper();
    programme.json(&["close", PAST]);
    programme.json(&["backup", "--out", "month.backup", "--to", "b.public"]);
    fs::rename(programme.data(), programme.path("lost")).unwrap();
    fs::remove_file(programme.path("lost/public/releases/2025-Q1.json")).unwrap();
    let done = programme.json(&["restore", "month.backup", "--private-key", "b.private", "--public", "lost/public"]);
    assert_eq!(done["releases_missing"], serde_json::json!([]));
}

#[test]
fn a_machine_that_saw_less_than_the_backup_vouches_for_nothing() {
    let programme = paper();
    programme.json(&["backup", "--out", "drill.backup", "--to", "b.public"]);
    let other = tempfile::tempdir().unwrap();
    let restore = |backup: &str| {
        let mut command = Command::new(PROGRAM);
        command.arg("restore").arg(programme.path(backup)).arg("--private-key").arg(programme.path("b.private"));
        command.args(["--data", "drill", "--json"]).current_dir(other.path());
        assert!(!command.output().unwrap().status.success(), "refused until somebody says that there is nothing newer");
        let done = command.arg("--nothing-newer").output().unwrap();
        assert!(done.status.success(), "{}", stderr(&done));
        serde_json::from_slice::<serde_json::Value>(&done.stdout).unwrap()["vouched"].clone()
    };
    assert_eq!(restore("drill.backup"), false);
    let wipe = Command::new(PROGRAM)
        .args(["wipe", "--yes-destroy-everything", "--data", "drill"])
        .current_dir(other.path())
        .output()
        .unwrap();
    assert!(wipe.status.success());
    fs::remove_dir_all(other.path().join("drill")).unwrap();
    programme.json(&["close", PAST]);
    programme.json(&["backup", "--out", "later.backup", "--to", "b.public"]);
    // The host goes on and dies; the drill machine knows of last year's drill only.
    assert_eq!(restore("later.backup"), false, "last year's drill vouches for a log it never saw the end of");
}

#[test]
fn a_power_cut_in_the_first_write_to_a_linked_witness_is_no_damage() {
    let programme = paper();
    let witness = programme.path("data.witness");
    fs::remove_file(&witness).unwrap();
    // `install /dev/null` and a link, as the manual says; the first write goes to the second slot and is torn.
    fs::write(programme.path("elsewhere.file"), vec![0; 8192 + 4096]).unwrap();
    symlink(programme.path("elsewhere.file"), &witness).unwrap();
    let done = programme.run(&["status"]);
    assert!(done.status.success(), "{}", stderr(&done));
}

#[test]
fn a_backup_is_not_sealed_to_the_key_of_a_period() {
    let programme = Programme::with(&["--custody", "offline"]);
    programme.json(&["keygen", "--private-key", "q.private", "--public-key", "q.public"]);
    let current = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
    programme.json(&["period", "key", &current, "--public-key", "q.public"]);
    let done = programme.run(&["backup", "--out", "one.backup", "--to", "q.public"]);
    assert!(!done.status.success(), "one private key now opens the backup, its salt, and its rows");
}

#[test]
fn a_withdrawn_tally_that_a_restore_brings_back_is_told() {
    let programme = Programme::new();
    programme.json(&["keygen", "--private-key", "b.private", "--public-key", "b.public"]);
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    assert_eq!(service.put(&card, &receipt(1), &tally(&week, 3)).status, 201);
    programme.json(&["backup", "--out", "b.backup", "--to", "b.public"]);
    assert_eq!(service.delete(&card, &receipt(1)).status, 204);
    service.stop();
    fs::rename(programme.data(), programme.path("lost")).unwrap();
    let done = programme.run(&["restore", "b.backup", "--private-key", "b.private", "--public", "lost/public"]);
    let words = String::from_utf8_lossy(&done.stdout).into_owned();
    let service = programme.serve();
    println!("PUT after restore: {}", service.put(&card, &receipt(1), &tally(&week, 3)).status);
    service.stop();
    assert!(words.contains("withdrawn"), "{words}");
}

#[test]
fn a_custody_file_that_went_missing_does_not_make_a_backup_of_host_custody() {
    let programme = Programme::with(&["--custody", "offline"]);
    programme.json(&["keygen", "--private-key", "b.private", "--public-key", "b.public"]);
    let service = programme.serve();
    fs::remove_file(programme.data().join("custody")).unwrap();
    programme.json(&["backup", "--out", "b.backup", "--to", "b.public"]);
    service.stop();
    fs::rename(programme.data(), programme.path("lost")).unwrap();
    programme.json(&["restore", "b.backup", "--private-key", "b.private", "--public", "lost/public"]);
    assert_eq!(programme.json(&["status"])["custody"], "offline");
    let _ = log;
}
