use jiff::civil::date;

use super::*;
use crate::crypto::sign::LogKey;
use crate::log::{Event, Log};

/// A log of two entries; its key can be made again.
fn log(folder: &Path, seed: u8, origin: &str) -> Log {
    let mut log = Log::create(folder, LogKey::from_seed(&[seed; 32]).unwrap(), origin).unwrap();
    for n in 0..2 {
        adopt(&mut log, n);
    }
    log
}

fn adopt(log: &mut Log, n: u8) {
    let digest = crate::crypto::digest::sha256(&[n]);
    log.append(date(2026, 1, 1 + i8::try_from(n).unwrap()), Event::ProgrammeAdopted { digest }).unwrap();
}

fn today() -> Date {
    date(2026, 2, 3)
}

#[test]
fn an_older_log_is_refused_and_a_longer_one_is_not() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("data.witness");
    assert_eq!(Witness::read(&path).unwrap(), None);
    let mut witness = Witness::create(&path).unwrap();
    let mut log = log(&place.path().join("log"), 1, "one");
    let old = log.public().clone();
    adopt(&mut log, 5);
    witness.check(&old, log.verifier()).unwrap();
    witness.remember(log.public(), today()).unwrap();
    let witness = Witness::read(&path).unwrap().unwrap();
    witness.check(log.public(), log.verifier()).unwrap();
    let error = witness.check(&old, log.verifier()).unwrap_err();
    let words = error.to_string();
    assert!(matches!(error, WitnessError::Older { found: 2, seen: 3, .. }), "{words}");
    assert!(words.contains("2026-01-02") && words.contains("2026-01-06") && words.contains("restore"), "{words}");
    adopt(&mut log, 6);
    witness.check(log.public(), log.verifier()).unwrap();
    assert_eq!(witness.seen("one").map(|seen| (seen.since, seen.size())), Some((today(), 3)));
}

#[test]
fn another_history_of_the_same_length_is_refused_and_so_is_another_key() {
    let place = tempfile::tempdir().unwrap();
    let mut witness = Witness::create(&place.path().join("w")).unwrap();
    let mut one = log(&place.path().join("one"), 1, "one");
    let mut two = log(&place.path().join("two"), 1, "one");
    adopt(&mut one, 5);
    adopt(&mut two, 6);
    witness.remember(one.public(), today()).unwrap();
    assert!(matches!(witness.check(two.public(), two.verifier()), Err(WitnessError::Forked { seen: 3, .. })));
    adopt(&mut two, 7);
    assert!(matches!(witness.check(two.public(), two.verifier()), Err(WitnessError::Forked { .. })));
    let other = log(&place.path().join("other"), 2, "one");
    assert!(matches!(witness.check(other.public(), other.verifier()), Err(WitnessError::Forked { .. })));
}

#[test]
fn each_log_has_its_own_line_and_the_oldest_one_goes() {
    let place = tempfile::tempdir().unwrap();
    let mut witness = Witness::create(&place.path().join("w")).unwrap();
    let logs: Vec<Log> =
        (0..12).map(|n| log(&place.path().join(n.to_string()), n, &format!("peertally.invalid/log-{n:0>8}"))).collect();
    for log in &logs {
        witness.remember(log.public(), today()).unwrap();
        witness.check(log.public(), log.verifier()).unwrap();
    }
    let read = Witness::read(&place.path().join("w")).unwrap().unwrap();
    assert_eq!(read, witness);
    let known = logs.iter().filter(|log| read.seen(&log.public().checkpoint().origin).is_some()).count();
    assert_eq!(known, LOGS);
    assert!(read.seen(&logs[11].public().checkpoint().origin).is_some());
    assert_eq!(fs::metadata(place.path().join("w")).unwrap().len(), 2 * SLOT as u64);
}

/// Whatever a torn write leaves of the slot being written, the other one is read.
#[test]
fn a_torn_write_leaves_what_was_seen_before_or_after_it() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("w");
    let mut witness = Witness::create(&path).unwrap();
    let mut log = log(&place.path().join("log"), 1, "one");
    for n in 3..6 {
        let before = (witness.clone(), fs::read(&path).unwrap());
        adopt(&mut log, n);
        witness.remember(log.public(), today()).unwrap();
        let after = fs::read(&path).unwrap();
        for cut in (0..=after.len()).step_by(397).chain([after.len()]) {
            // New up to here, old from here on; then the other way round; then only as far as it was grown.
            let old = |at: usize| before.1.get(at).copied().unwrap_or(0);
            let front: Vec<u8> = (0..after.len()).map(|at| if at < cut { after[at] } else { old(at) }).collect();
            let back: Vec<u8> = (0..after.len()).map(|at| if at < cut { old(at) } else { after[at] }).collect();
            let short = after[..cut.max(before.1.len())].to_vec();
            for torn in [front, back, short] {
                fs::write(&path, torn).unwrap();
                let read = Witness::read(&path).unwrap().unwrap();
                assert!(read == before.0 || read == witness, "cut at {cut}");
            }
        }
        fs::write(&path, after).unwrap();
        assert_eq!(Witness::read(&path).unwrap().unwrap(), witness);
    }
}

#[test]
fn what_no_crash_leaves_is_damage() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("w");
    for bytes in [&b"peertally/witness/2 x\n[]\n"[..], &[0; 2 * SLOT], b"\xff"] {
        fs::write(&path, bytes).unwrap();
        let error = Witness::read(&path).unwrap_err();
        assert!(matches!(error, WitnessError::Damaged(_)) && error.to_string().contains("move that file away"));
    }
    fs::write(&path, "").unwrap();
    assert!(Witness::read(&path).unwrap().unwrap().logs.is_empty());
    fs::remove_file(&path).unwrap();
    Witness::create(&path).unwrap();
    let whole = fs::read(&path).unwrap();
    for at in (0..200).chain((200..whole.len()).step_by(61)) {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(&path, changed).unwrap();
        assert!(Witness::read(&path).is_err(), "byte {at}");
    }
}
