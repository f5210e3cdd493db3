//! After its end, nothing of a queue key is left in the memory of the process that used it.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::FileExt;
use std::process::{Command, Stdio};

use jiff::civil::date;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

use super::Host;
use crate::common::{queue, receipt, tally};

/// Not by itself: the process whose memory is searched. It says where it stands, and goes on when it is told.
#[test]
#[ignore = "run by the other test of this file"]
fn process() {
    let host = Host::new();
    let (key, card) = (host.key(), host.card());
    for n in 0..50 {
        host.send(&queue::sealed(&key, &card, &receipt(n % 15), &tally("2025-W06", 4))).unwrap();
        let _ = host.send(&queue::sealed(&key, "no card", &receipt(n), &tally("2025-W06", 4)));
    }
    let mut line = String::new();
    println!("\nheld {}", host.folder.path().display());
    std::io::stdin().read_line(&mut line).unwrap();
    for day in [3, 10, 17, 24] {
        host.days(date(2025, 2, day), 7);
    }
    assert!(!host.files().contains(&"2025-W06.private".to_owned()));
    // A service goes on with its work: the next key opens tallies.
    let key = host.key();
    for n in 20..30 {
        host.send(&queue::sealed(&key, &card, &receipt(n), &tally("2025-W09", 4))).unwrap();
    }
    println!("\nended");
    std::io::stdin().read_line(&mut line).unwrap();
}

/// By a second implementation: tests/vectors/README.md.
fn private_key(data: &std::path::Path) -> [u8; 32] {
    let master = fs::read(data.join("keys/master.key")).unwrap();
    let mut wrapped = fs::read(data.join("keys/queue/2025-W06.private")).unwrap();
    let key = blake3::derive_key("peertally 2026-11 master key to queue wrapping key v1", &master);
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).unwrap());
    let nonce = Nonce::try_assume_unique_for_key(&wrapped[..12]).unwrap();
    let bound = Aad::from("peertally/wrapped/1/queue/2025-W06");
    key.open_in_place(nonce, bound, &mut wrapped[12..]).unwrap().try_into().unwrap()
}

/// How often bytes stand in the writable memory of a process, in either order of bytes.
fn found(process: u32, key: &[u8; 32]) -> usize {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let turned: Vec<u8> = key.iter().rev().copied().collect();
    let mut hits = 0;
    for line in maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|rights| rights.starts_with("rw"))) {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let [from, to] = [from, to].map(|text| u64::from_str_radix(text, 16).unwrap());
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        if memory.read_exact_at(&mut bytes, from).is_ok() {
            hits += bytes.windows(32).filter(|window| *window == key || *window == turned).count();
        }
    }
    hits
}

#[test]
fn nothing_of_a_key_that_ended_is_left_in_memory() {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "queue::memory::process", "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let held = said.find(|line| line.starts_with("held ")).unwrap();
    let key = private_key(&std::path::Path::new(&held[5..]).join("data"));
    let before = found(child.id(), &key);
    assert!(before > 0, "the control: while it is in use it is found");
    writeln!(child.stdin.as_mut().unwrap(), "go on").unwrap();
    said.find(|line| line == "ended").unwrap();
    let after = found(child.id(), &key);
    writeln!(child.stdin.as_mut().unwrap(), "end").unwrap();
    assert!(child.wait().unwrap().success());
    println!("{before} before, {after} after");
    assert_eq!(after, 0, "{before} before");
}
