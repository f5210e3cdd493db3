//! Opened rows and sums are in the counting process alone: after a close the memory of every surviving process of
//! the program is searched, as root, for what was counted.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use aho_corasick::AhoCorasick;
use peertally::crypto::{PeriodPrivateKey, PeriodSalt};
use peertally::domain::Period;
use peertally::store::codec;

use crate::common::life::Dice;
use crate::common::{PROGRAM, Programme, Service, attacker, find_period, life, receipt, tally};

/// Rows of one period; more than once through a list that would have to grow.
const SIZES: [usize; 4] = [1, 40, 500, 2000];

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

/// A sheet with so many rows of random counts, of a quarter as many workers.
fn sheet(programme: &Programme, week: &str, rows: usize, dice: &mut Dice) {
    let mut csv = "worker,week,area,setting,contacts,syringes_out\n".to_owned();
    for row in 0..rows {
        csv += &format!("worker {},{week},north,van,{},{}\n", row / 4, dice.below(150), dice.below(1500));
    }
    fs::write(programme.path("sheet.csv"), csv).unwrap();
}

/// What must not be found: each worker's pseudonym (the counting process has them all), and each record as it was
/// sealed.
fn opened(data: &Path, period: Period) -> (Vec<[u8; 16]>, Vec<Vec<u8>>) {
    let files = life::files(data);
    let master = life::master(data);
    let secret = |kind: &str| files[&format!("keys/periods/{period}.{kind}")].clone();
    let salt = PeriodSalt::unwrap(&secret("salt"), &master, period).unwrap();
    let private = PeriodPrivateKey::unwrap(&secret("private"), &master, period).unwrap();
    let opener = salt.opener(period, &private);
    let (mut pseudonyms, mut records) = (Vec::new(), Vec::new());
    for (row, sealed) in attacker::stored_rows(&files, &master, period) {
        let plain = opener.open(&row, &sealed).unwrap();
        pseudonyms.push(codec::decode(&plain).unwrap().pseudonym.0);
        records.push(plain.to_vec());
    }
    pseudonyms.sort_unstable();
    pseudonyms.dedup();
    (pseudonyms, records)
}

/// Processes that run the program under test.
fn survivors() -> Vec<u32> {
    let program = fs::canonicalize(PROGRAM).unwrap();
    let numbers = fs::read_dir("/proc").unwrap().flatten().filter_map(|e| e.file_name().to_str()?.parse().ok());
    numbers.filter(|id: &u32| fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| exe == program)).collect()
}

/// Those of them that a process has started.
fn children(of: u32) -> Vec<u32> {
    let is_child = |id: &u32| {
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        status.lines().any(|line| line == format!("PPid:\t{of}"))
    };
    survivors().into_iter().filter(is_child).collect()
}

/// How many of the patterns stand in the memory of a process.
fn in_memory(id: u32, patterns: &AhoCorasick) -> usize {
    let (Ok(maps), Ok(mut memory)) =
        (fs::read_to_string(format!("/proc/{id}/maps")), fs::File::open(format!("/proc/{id}/mem")))
    else {
        return 0;
    };
    let mut seen = std::collections::BTreeSet::new();
    for line in maps.lines().filter(|line| !line.contains("[v")) {
        let mut words = line.split_whitespace();
        let (range, rights) = (words.next().unwrap(), words.next().unwrap());
        let (from, to) = range.split_once('-').unwrap();
        let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        if rights.starts_with('r')
            && memory.seek(SeekFrom::Start(from)).is_ok()
            && memory.read_exact(&mut bytes).is_ok()
        {
            seen.extend(patterns.find_overlapping_iter(&bytes).map(|found| found.pattern()));
        }
    }
    seen.len()
}

/// The counting process of a service, once it has opened every row.
fn held(service: &Service, patterns: &AhoCorasick) -> usize {
    let (start, own) = (Instant::now(), service.child.id());
    let mut most = 0;
    while start.elapsed() < Duration::from_secs(60) && most < patterns.patterns_len() {
        most = most.max(children(own).into_iter().map(|id| in_memory(id, patterns)).max().unwrap_or(0));
        std::thread::sleep(Duration::from_millis(20));
    }
    most
}

/// Closes a period of so many rows through the service; how many patterns the counting process held,
/// and how many of them are left anywhere.
fn close(rows: usize, dice: &mut Dice) -> (usize, usize, usize) {
    let programme = Programme::new();
    let period = find_period(&programme);
    let service = programme.serve_with(&[], |command| {
        command.env("PEERTALLY_TEST_HOLD_COUNTING", "4000").stderr(Stdio::null());
    });
    sheet(&programme, &service.week(), rows, dice);
    assert!(programme.run(&["import", "sheet.csv"]).status.success());
    // And by phone: new, corrected, withdrawn.
    let cards = programme.cards(4);
    for n in 0..rows.min(40) as u64 {
        let card = &cards[usize::try_from(n % 4).unwrap()];
        let body = tally(&service.week(), u32::try_from(dice.below(120)).unwrap());
        assert_eq!(service.put(card, &receipt(n), &body).status, 201);
        assert_eq!(service.put(card, &receipt(n), &tally(&service.week(), 7)).status, 200);
        if n % 5 == 4 {
            assert_eq!(service.delete(card, &receipt(n)).status, 204);
        }
    }
    let (pseudonyms, records) = opened(&programme.data(), period.parse().unwrap());
    let before = in_memory(service.child.id(), &AhoCorasick::new(&records).unwrap());
    assert_eq!(before, 0, "records of an import are left in the service's memory");
    let patterns = AhoCorasick::new(&pseudonyms).unwrap();
    let mut command = programme.command(&["close", &period, "--early"]);
    let mut closing = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let held = held(&service, &patterns);
    assert!(closing.wait().unwrap().success());
    assert!(!programme.data().join(format!("keys/periods/{period}.salt")).exists());
    // The service alone, and whatever of this data folder has not ended.
    let left =
        in_memory(service.child.id(), &patterns) + in_memory(service.child.id(), &AhoCorasick::new(&records).unwrap());
    (patterns.patterns_len(), held, left)
}

#[test]
fn after_a_close_no_process_holds_what_was_counted() {
    if !is_root() {
        println!("not run: only root may read the memory of a process that cannot be dumped");
        return;
    }
    let mut dice = Dice::new("memory");
    for rows in SIZES {
        let (all, held, left) = close(rows, &mut dice);
        println!("{rows} rows: {all} pseudonyms, {held} in the counting process, {left} left in the service");
        assert_eq!(held, all, "the control: the search does not find what is there");
        assert_eq!(left, 0, "opened rows are left in the service's memory");
    }
}

#[test]
fn a_counting_process_that_dies_costs_nothing() {
    let programme = Programme::new();
    let period = find_period(&programme);
    let service = programme.serve();
    sheet(&programme, &service.week(), 40, &mut Dice::new("memory"));
    service.stop();
    assert!(programme.run(&["import", "sheet.csv"]).status.success());
    let mut command = programme.command(&["close", &period, "--early"]);
    command.env("PEERTALLY_TEST_HOLD_COUNTING", "60000").stdout(Stdio::null()).stderr(Stdio::piped());
    let mut closing = command.spawn().unwrap();
    let child = loop {
        if let Some(child) = children(closing.id()).first() {
            break *child;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(Command::new("kill").args(["-KILL", &child.to_string()]).status().unwrap().success());
    let mut words = String::new();
    closing.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    assert_eq!(closing.wait().unwrap().code(), Some(1));
    assert!(words.contains("counting process ended") && words.contains("run `close` again"), "{words}");
    assert!(!programme.data().join(format!("public/releases/{period}.json")).exists());
    assert!(programme.run(&["close", &period, "--early"]).status.success());
    life::assert_closed_once(&programme.data(), period.parse().unwrap());
}
