//! The tamper matrix: each change of public files that nobody signed is found by `audit verify` with the key pinned.
//! Sampled densely; every byte with `PEERTALLY_DEEP`.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common::audited;
use std::sync::OnceLock;

use crate::common::audited::{Audited, lived};
use crate::common::life::Dice;
use peertally::verify::{MemoryFiles, PublicFolder};

/// Places tried in each file, at least.
const PLACES: usize = 200;

fn honest() -> &'static Audited {
    static LIVED: OnceLock<Audited> = OnceLock::new();
    LIVED.get_or_init(|| lived(&tempfile::tempdir().unwrap().path().join("data")))
}

/// Every position of a short file; a spread of a long one, with both ends.
fn places(length: usize, most: usize, dice: &mut Dice) -> Vec<usize> {
    if length <= most || std::env::var_os("PEERTALLY_DEEP").is_some() {
        return (0..length).collect();
    }
    let step = length / most;
    let within = |n: usize, dice: &mut Dice| n * step + usize::try_from(dice.below(step as u64)).unwrap();
    let mut all: Vec<usize> = (0..most).map(|n| within(n, dice)).collect();
    all.extend([0, 1, length - 2, length - 1]);
    all
}

#[track_caller]
fn is_found(files: &MemoryFiles, what: &str) {
    let report = honest().ask(files);
    assert!(!report.clean && !report.findings.is_empty(), "{what} was not found");
}

#[test]
fn every_changed_byte_is_found() {
    let (honest, mut dice) = (honest(), Dice::new("every_changed_byte_is_found"));
    assert!(honest.check().clean);
    let mut tried = 0;
    for (path, bytes) in &honest.files.0 {
        let mut files = honest.files.clone();
        for at in places(bytes.len(), PLACES, &mut dice) {
            let by = u8::try_from(1 + dice.below(255)).unwrap();
            let changed = files.0.get_mut(path).unwrap();
            changed[at] ^= by;
            is_found(&files, &format!("{path}, byte {at} changed by {by}"));
            files.0.get_mut(path).unwrap()[at] ^= by;
            tried += 1;
        }
        for at in places(bytes.len(), 10, &mut dice) {
            let bytes = &honest.files.0[path];
            files.0.insert(path.clone(), bytes[..at].to_vec());
            is_found(&files, &format!("{path} cut at {at}"));
            files.0.insert(path.clone(), [&bytes[..at], b"\n", &bytes[at..]].concat());
            is_found(&files, &format!("{path} longer at {at}"));
            files.0.insert(path.clone(), bytes.clone());
            tried += 2;
        }
        files.0.insert(path.clone(), [bytes.as_slice(), b"\n"].concat());
        is_found(&files, &format!("{path} longer at its end"));
    }
    println!("{tried} changes in {} files", honest.files.0.len());
}

#[test]
fn every_missing_swapped_and_added_file_is_found() {
    let honest = honest();
    let paths: Vec<&String> = honest.files.0.keys().collect();
    for (number, path) in paths.iter().enumerate() {
        let mut files = honest.files.clone();
        let taken = files.0.remove(*path).unwrap();
        is_found(&files, &format!("{path} missing"));
        files.0.insert(format!("{path}.tmp"), taken.clone());
        is_found(&files, &format!("{path} renamed"));
        for other in &paths[number + 1..] {
            let mut files = honest.files.clone();
            let second = files.0.insert((*other).clone(), taken.clone()).unwrap();
            let same = second == taken;
            files.0.insert((*path).clone(), second);
            if !same {
                is_found(&files, &format!("{path} and {other} swapped"));
            }
        }
    }
}

/// The same through a real folder, where links and special files are found as well.
#[test]
fn a_folder_is_read_as_it_lies() {
    let (honest, base) = (honest(), tempfile::tempdir().unwrap());
    for (path, bytes) in &honest.files.0 {
        let path = base.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let folder = PublicFolder(base.path().to_owned());
    let ask = || peertally::verify::verify(&folder, &honest.question());
    assert!(ask().clean);
    let (key, elsewhere) = (base.path().join("log-key.txt"), base.path().with_extension("elsewhere"));
    std::fs::rename(&key, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &key).unwrap();
    assert!(ask().findings.iter().any(|f| f.wrong.contains("not a plain file")));
    std::fs::remove_file(&key).unwrap();
    std::fs::rename(&elsewhere, &key).unwrap();
    let checkpoint = base.path().join("log/checkpoint");
    std::fs::remove_file(&checkpoint).unwrap();
    // A pipe that nobody writes to would be waited for without end.
    assert!(std::process::Command::new("mkfifo").arg(&checkpoint).status().unwrap().success());
    assert!(ask().findings.iter().any(|f| f.wrong.contains("not a plain file")));
}

#[test]
fn every_changed_byte_of_a_bundle_is_found() {
    let (honest, mut dice) = (honest(), Dice::new("every_changed_byte_of_a_bundle_is_found"));
    let bytes = honest.bundle();
    let found = |bytes: &[u8]| honest.ask_bundle(bytes).is_none_or(|report| !report.clean);
    assert!(!found(&bytes));
    let mut changed = bytes.clone();
    // The directory at the end is short and all of it is tried.
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let tried: Vec<usize> =
        places(directory, 2 * PLACES, &mut dice).into_iter().chain(directory..bytes.len()).collect();
    for at in &tried {
        let by = u8::try_from(1 + dice.below(255)).unwrap();
        changed[*at] ^= by;
        assert!(found(&changed), "byte {at} changed by {by} was not found");
        changed[*at] ^= by;
    }
    for at in places(bytes.len(), 40, &mut dice) {
        assert!(found(&bytes[..at]), "cut at {at}");
        assert!(found(&[&bytes[..at], b"x", &bytes[at..]].concat()), "longer at {at}");
    }
    assert!(found(&[bytes.as_slice(), b"x"].concat()));
    println!("{} of {} bytes", tried.len(), bytes.len());
}

/// Full tiles, which no real programme has for decades: a log of adopted policies, signed as a real one.
#[test]
fn full_tiles_are_held_to_the_entries() {
    use peertally::crypto::digest::sha256;
    use peertally::crypto::sign::LogKey;
    use peertally::log::{Entry, Event};
    let key = LogKey::from_seed(&[3; 32]).unwrap().verifier("example.org/log").unwrap();
    let policy = peertally::policy::embedded::POLICY;
    let entry = Entry {
        date: jiff::civil::date(2025, 1, 1),
        event: Event::PolicyAdopted { digest: sha256(policy.as_bytes()) },
    };
    let entries = vec![entry; 600];
    let mut files = MemoryFiles::default();
    files.0.extend(audited::signed(&[3; 32], key.name(), &entries));
    files.0.insert("log-key.txt".to_owned(), format!("{key}\n").into_bytes());
    files.0.insert(format!("policy/{}.toml", sha256(policy.as_bytes())), policy.as_bytes().to_vec());
    let honest = Audited { files: files.clone(), entries, seed: [3; 32], key, today: jiff::civil::date(2025, 1, 2) };
    assert!(honest.check().clean);
    let mut dice = Dice::new("full_tiles_are_held_to_the_entries");
    for (path, bytes) in honest.files.0.iter().filter(|(path, _)| path.starts_with("log/")) {
        for at in places(bytes.len(), PLACES / 4, &mut dice) {
            files.0.get_mut(path).unwrap()[at] ^= 1;
            assert!(!honest.ask(&files).clean, "{path}, byte {at}");
            files.0.get_mut(path).unwrap()[at] ^= 1;
        }
    }
}
