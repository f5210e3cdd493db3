//! A full disk: nothing acknowledged is lost, and everything goes on once there is room.
//!
//! The disk is a small tmpfs. Where one may not be mounted (not root, or no
//! permission), the tests say so and check nothing.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common::life;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::common::life::{assert_closed_once, estimate};
use crate::common::{Programme, receipt, tally, try_request};

const RECEIPTS: u64 = 10;

/// A data folder on a disk of its own.
struct Disk {
    programme: Programme,
}

impl Disk {
    fn new() -> Option<Self> {
        let programme = Programme { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(programme.data()).unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]).arg(programme.data()).output();
        if !mounted.is_ok_and(|done| done.status.success()) {
            println!("SKIPPED: a tmpfs cannot be mounted here, so a full disk was not tested");
            return None;
        }
        let disk = Self { programme };
        let init = disk.programme.run(&["init"]);
        assert!(init.status.success(), "{}", life::stderr(&init));
        Some(disk)
    }

    fn filler(&self) -> PathBuf {
        self.programme.data().join("filler")
    }

    /// Fills the disk up to `room` bytes.
    fn fill(&self, room: u64) {
        let mut file = OpenOptions::new().create(true).append(true).open(self.filler()).unwrap();
        while file.write_all(&[1; 4096]).is_ok() {}
        let length = file.metadata().unwrap().len();
        file.set_len(length.saturating_sub(room)).unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(self.filler()).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let done = Command::new("umount").arg("-l").arg(self.programme.data()).status();
        assert!(done.is_ok_and(|status| status.success()), "the tmpfs was not unmounted");
    }
}

#[test]
fn a_service_on_a_full_disk_acknowledges_nothing_that_is_lost() {
    let Some(disk) = Disk::new() else { return };
    let programme = &disk.programme;
    let card = programme.cards(1).remove(0);
    let mut service = programme.serve();
    let (week, to) = (service.week(), service.address);
    let send = |n: u64, contacts: u32| -> Option<u16> {
        let (path, bearer) = (format!("/v1/tallies/{}", receipt(n)), format!("Bearer {card}"));
        let body = tally(&week, contacts).to_string();
        let stream = TcpStream::connect(to).ok()?;
        try_request(stream, "PUT", &path, &[("Authorization", &bearer)], body.as_bytes()).ok().map(|a| a.status)
    };
    disk.fill(96 * 1024);
    // The same tallies are corrected again and again, until the disk is full.
    let mut acknowledged = [0; RECEIPTS as usize];
    let (mut n, mut contacts) = (0, 1);
    let refused = loop {
        match send(n, contacts) {
            Some(200 | 201) => acknowledged[usize::try_from(n).unwrap()] = contacts,
            other => break other,
        }
        n = (n + 1) % RECEIPTS;
        contacts = contacts % 7 + 1;
    };
    assert_eq!(refused, Some(503));
    // It ends by itself, and not well; until then nothing is acknowledged.
    let patience = Instant::now() + Duration::from_secs(20);
    let ended = loop {
        assert!(!matches!(send(n, contacts), Some(200 | 201)));
        match service.child.try_wait().unwrap() {
            Some(status) => break status,
            None => assert!(Instant::now() < patience, "the service goes on without a store"),
        }
    };
    assert_eq!(ended.code(), Some(1));

    disk.make_room();
    let service = programme.serve();
    for (n, contacts) in (0..).zip(acknowledged).filter(|(_, contacts)| *contacts > 0) {
        assert_eq!(service.put(&card, &receipt(n), &tally(&week, contacts)).status, 200);
    }
    let period = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
    service.stop();
    let mut close = programme.command(&["close", &period, "--early"]);
    assert!(close.env("PEERTALLY_TEST_ZERO_NOISE", "1").status().unwrap().success());
    let found = estimate(&programme.release(&period), "contacts", None);
    let sum: u32 = acknowledged.iter().sum();
    let whole = acknowledged.iter().all(|contacts| *contacts > 0);
    assert!(whole && (found - f64::from(sum)).abs() < 1e-9, "{found} released, {sum} acknowledged");
}

#[test]
fn a_close_on_a_full_disk_finishes_once_there_is_room() {
    let Some(disk) = Disk::new() else { return };
    let programme = &disk.programme;
    let period = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
    let mut failures = 0;
    for room in [0, 4096, 8192, 16384, 24576, 32768, 65536] {
        disk.fill(room);
        let done = programme.run(&["close", &period, "--early"]);
        let words = life::stderr(&done);
        assert!(!words.contains("panic"), "{words}");
        disk.make_room();
        if !done.status.success() {
            failures += 1;
            assert_eq!((done.status.code(), words.lines().count()), (Some(1), 1), "{words}");
            assert!(words.to_lowercase().contains("space") || words.contains("disk"), "{words}");
        }
    }
    assert!(failures > 0, "the disk was never full");
    let done = programme.run(&["close", &period, "--early"]);
    assert!(done.status.success(), "{}", life::stderr(&done));
    assert!(File::open(disk.filler()).is_err());
    assert_closed_once(&programme.data(), period.parse().unwrap());
}
