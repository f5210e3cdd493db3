//! Backups that cannot undo a close: with the real program, old copies of DATA put back, restores with and without
//! a newer public/, restores that are killed, and backups that were changed.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common;
use crate::common::life;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::common::life::{Dice, copy, entries_of, estimate, events, files, log, stderr};
use crate::common::{Programme, receipt, tally};
use peertally::clock::SystemClock;
use peertally::domain::Period;
use peertally::faults::RESTORE;
use peertally::period::backup::{Newest, Secrets, restore};
use peertally::period::{DataDir, DataPaths};
use serde_json::Value;

const PAST: &str = "2025-Q1";
const ZERO_NOISE: (&str, &str) = ("PEERTALLY_TEST_ZERO_NOISE", "1");

fn past() -> Period {
    PAST.parse().unwrap()
}

/// A programme with a key pair, paper tallies of a past period (40 contacts) and five tallies of the current one (15).
struct Prepared {
    programme: Programme,
    cards: Vec<String>,
    current: String,
}

impl Prepared {
    fn new() -> Self {
        let programme = Programme::new();
        let cards = programme.cards(2);
        programme.json(&["keygen", "--private-key", "b.private", "--public-key", "b.public"]);
        let current = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
        let prepared = Self { programme, cards, current };
        prepared.send(0..5);
        prepared
    }

    fn with_paper() -> Self {
        let prepared = Self::new();
        prepared.paper();
        prepared
    }

    fn paper(&self) {
        let rows: String = (1..=4).map(|n| format!("w{n},2025-W0{n},north,street,10\n")).collect();
        fs::write(self.programme.path("paper.csv"), format!("worker,week,area,setting,contacts\n{rows}")).unwrap();
        self.programme.json(&["import", "paper.csv", "--period", PAST]);
    }

    /// Tallies of three contacts each.
    fn send(&self, numbers: std::ops::Range<u64>) {
        let service = self.programme.serve();
        let week = service.week();
        for n in numbers {
            let card = &self.cards[usize::try_from(n % 2).unwrap()];
            assert_eq!(service.put(card, &receipt(n), &tally(&week, 3)).status, 201);
        }
        service.stop();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.programme.run(arguments)
    }

    /// A command that must be refused, in one sentence.
    fn refused(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        let words = stderr(&done);
        assert_eq!((done.status.code(), words.lines().count()), (Some(1), 1), "{arguments:?}: {words}");
        assert!(!words.contains("panic"), "{arguments:?}: {words}");
        words
    }

    fn data(&self) -> PathBuf {
        self.programme.data()
    }

    /// Takes the data folder away; answers where it is now.
    fn set_aside(&self, name: &str) -> PathBuf {
        fs::rename(self.data(), self.programme.path(name)).unwrap();
        self.programme.path(name)
    }

    fn close(&self, period: &str) -> Value {
        let mut command = self.programme.command(&["close", period, "--early", "--json"]);
        let done = command.env(ZERO_NOISE.0, ZERO_NOISE.1).output().unwrap();
        assert!(done.status.success(), "{}", stderr(&done));
        serde_json::from_slice(&done.stdout).unwrap()
    }

    fn contacts(&self, period: &str) -> f64 {
        estimate(&self.programme.release(period), "contacts", None)
    }
}

fn spent(data: &Path) -> f64 {
    log(data).ledger().spent_in_year(2025)
}

/// The sealed bytes of a period's rows, from the store's file.
fn sealed(data: &Path, period: Period) -> Vec<Vec<u8>> {
    use peertally::store::{Embedded, SealedRows};
    let (_folder, store) = life::store_copy(data);
    let store = Embedded::open(&store, life::master(data).store_check()).unwrap();
    let mut rows = Vec::new();
    store.drain(period, &mut |_, sealed| rows.push(sealed.to_vec())).unwrap();
    rows
}

#[test]
fn an_old_copy_and_an_old_backup_are_refused_and_the_safe_way_undoes_no_close() {
    let prepared = Prepared::with_paper();
    let programme = &prepared.programme;
    // A month ago: a backup of the running service, another without keys, and a plain copy.
    let service = programme.serve();
    programme.json(&["backup", "--out", "month.backup", "--to", "b.public"]);
    programme.json(&["backup", "--out", "bare.backup"]);
    service.stop();
    assert!(prepared.refused(&["backup", "--out", "month.backup"]).contains("exists already"));
    copy(&prepared.data(), &programme.path("old"));
    copy(&prepared.data().join("keys"), &programme.path("keys"));
    let (paper, then) = (sealed(&prepared.data(), past()), log(&prepared.data()));
    assert_eq!(paper.len(), 4);

    prepared.send(5..7);
    let closed = prepared.close(PAST);
    assert!((prepared.contacts(PAST) - 40.0).abs() < 1e-9);
    let (release, budget) = (programme.release(PAST), spent(&prepared.data()));
    let published = fs::read(prepared.data().join("public/releases/2025-Q1.json")).unwrap();
    let newest = prepared.set_aside("newest");

    // Put back by plain copying.
    copy(&programme.path("old"), &prepared.data());
    let before = files(&prepared.data());
    for arguments in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["close", PAST],
        &["status"],
        &["cards", "issue", "--count", "1", "--out", "more.html"],
        &["backup", "--out", "more.backup"],
    ] {
        let words = prepared.refused(arguments);
        for part in ["this is an older copy", "nothing was changed", "peertally restore", "--public", "init"] {
            assert!(words.contains(part), "{arguments:?}: no {part:?} in {words}");
        }
    }
    let after = files(&prepared.data());
    assert!(before.iter().filter(|(name, _)| !name.contains("snap.")).all(|(n, b)| after.get(n) == Some(b)));
    fs::remove_dir_all(prepared.data()).unwrap();

    // The backup by itself: refused, also under another name beside it, and nothing is left.
    let keys = ["--keys", "keys"];
    for (backup, secrets) in [("month.backup", ["--private-key", "b.private"]), ("bare.backup", keys)] {
        let words = prepared.refused(&["restore", backup, secrets[0], secrets[1]]);
        assert!(words.contains("this is an older copy"), "{words}");
        let mut elsewhere = programme.command(&["restore", backup, secrets[0], secrets[1]]);
        let done = elsewhere.arg("--data").arg(programme.path("elsewhere")).output();
        // Given twice is wrong usage; the other place is tried by its own command.
        assert_eq!(done.unwrap().status.code(), Some(2));
        let mut elsewhere = std::process::Command::new(common::PROGRAM);
        elsewhere.args(["restore", backup, secrets[0], secrets[1], "--data", "elsewhere"]);
        let done = elsewhere.current_dir(programme.folder.path()).output().unwrap();
        assert!(stderr(&done).contains("this is an older copy"), "{}", stderr(&done));
        for name in ["data", "data.restoring", "elsewhere", "elsewhere.restoring"] {
            assert!(!programme.path(name).exists(), "{name}");
        }
    }
    assert!(prepared.refused(&["restore", "month.backup"]).contains("--private-key"));
    assert!(prepared.refused(&["restore", "bare.backup"]).contains("--keys"));
    let words = prepared.refused(&["restore", "bare.backup", "--private-key", "b.private"]);
    assert!(words.contains("not sealed"), "{words}");

    // So is the plain copy, taken as a backup.
    assert!(prepared.refused(&["restore", "old"]).contains("this is an older copy"));
    assert!(!prepared.data().exists());

    // The safe way, with the newest public/.
    for (backup, secrets) in
        [("bare.backup", keys), ("old", ["--keys", "old/keys"]), ("month.backup", ["--private-key", "b.private"])]
    {
        if prepared.data().exists() {
            fs::remove_dir_all(prepared.data()).unwrap();
        }
        let done = programme.json(&["restore", backup, secrets[0], secrets[1], "--public", "newest/public"]);
        assert_eq!(done["closed_since"], serde_json::json!([PAST]));
        assert_eq!(done["kept"], serde_json::json!([prepared.current]));
        assert_eq!((&done["lost"], &done["vouched"]), (&serde_json::json!([]), &serde_json::json!(true)));
        assert_eq!(entries_of(&prepared.data(), past()), 0);
        assert_eq!(life::names(&prepared.data().join("keys/periods"), PAST), Vec::<String>::new());
        let all = files(&prepared.data());
        for row in &paper {
            assert!(!all.values().any(|bytes| bytes.windows(row.len()).any(|w| w == row)), "a closed row is there");
        }
        assert_eq!(files(&prepared.data().join("public")), files(&newest.join("public")));
        assert!((spent(&prepared.data()) - budget).abs() < f64::EPSILON);
        let size = log(&prepared.data()).size();
        let again = prepared.close(PAST);
        assert_eq!((&again["before"], &again["sha256"]), (&serde_json::json!(true), &closed["sha256"]));
        assert_eq!(log(&prepared.data()).size(), size, "something was drawn or logged");
        assert!(programme.release(PAST) == release);
        assert_eq!(fs::read(prepared.data().join("public/releases/2025-Q1.json")).unwrap(), published);
        log(&prepared.data()).check_extends(then.checkpoint()).unwrap();
    }
    // What the backup had of the open period is there, what came after it is not, and life goes on.
    let service = programme.serve();
    let week = service.week();
    for n in 0..7 {
        let card = &prepared.cards[usize::try_from(n % 2).unwrap()];
        let expected = if n < 5 { 200 } else { 201 };
        assert_eq!(service.put(card, &receipt(n), &tally(&week, 4)).status, expected, "{n}");
    }
    service.stop();
    prepared.close(&prepared.current);
    assert!((prepared.contacts(&prepared.current) - 28.0).abs() < 1e-9);
    log(&prepared.data()).check_extends(log(&newest).checkpoint()).unwrap();
    life::assert_closed_once(&prepared.data(), past());
}

#[test]
fn a_period_opened_after_the_backup_is_lost_takes_nothing_and_is_released_empty() {
    let prepared = Prepared::new();
    let programme = &prepared.programme;
    programme.json(&["backup", "--out", "early.backup", "--to", "b.public"]);
    prepared.paper();
    // The newest public files come as a bundle here, elsewhere as a folder.
    programme.json(&["audit", "bundle", "--out", "newest.zip"]);
    let newest = prepared.set_aside("newest");
    let arguments = ["restore", "early.backup", "--private-key", "b.private", "--public", "newest.zip"];
    let done = programme.json(&arguments);
    assert_eq!(done["lost"], serde_json::json!([PAST]));
    let mark = prepared.data().join("keys/periods/2025-Q1.lost");
    assert!(mark.is_file());
    let status = programme.json(&["status"]);
    assert!(status["periods"][0]["note"].as_str().unwrap().contains("takes no tallies"), "{status}");
    let words = prepared.refused(&["import", "paper.csv", "--period", PAST]);
    assert!(words.contains("takes no tallies"), "{words}");
    let service = programme.serve();
    assert_eq!(service.get("/readyz").status, 200);
    service.stop();
    let doctor = String::from_utf8(prepared.run(&["doctor"]).stdout).unwrap();
    assert!(doctor.contains("2025-Q1: its keys are lost") && doctor.contains("witness"), "{doctor}");
    // Also a backup of this one restores, with the mark.
    programme.json(&["backup", "--out", "again.backup", "--to", "b.public"]);
    prepared.set_aside("first");
    programme.json(&["restore", "again.backup", "--private-key", "b.private"]);
    prepared.close(PAST);
    assert!(prepared.contacts(PAST).abs() < 1e-9);
    assert!(!mark.exists());
    life::assert_closed_once(&prepared.data(), past());
    log(&prepared.data()).check_extends(log(&newest).checkpoint()).unwrap();
}

#[test]
fn a_period_that_was_debited_on_the_lost_disk_is_never_drawn() {
    for point in ["debited", "drafted"] {
        let prepared = Prepared::with_paper();
        let programme = &prepared.programme;
        programme.json(&["backup", "--out", "month.backup", "--to", "b.public"]);
        let crash = programme.command(&["close", PAST]).env("PEERTALLY_FAILPOINT", point).output().unwrap();
        assert!(!crash.status.success());
        // In the middle of a close no backup is made.
        assert!(prepared.refused(&["backup", "--out", "half.backup"]).contains("is being closed"));
        assert!(!programme.path("half.backup").exists());
        let newest = prepared.set_aside("newest");
        let (budget, size) = (spent(&newest), log(&newest).size());
        assert!(budget > 0.0);
        let arguments = ["restore", "month.backup", "--private-key", "b.private", "--public", "newest/public"];
        let done = programme.json(&arguments);
        assert_eq!(done["unpublished"], serde_json::json!([PAST]));
        assert_eq!(entries_of(&prepared.data(), past()), 0);
        let words = prepared.refused(&["close", PAST]);
        assert!(words.contains("never drawn again"), "{words}");
        let service = programme.serve();
        let told = service.stop();
        assert!(!told.contains("ERROR"), "the calendar leaves it alone: {told}");
        assert_eq!(log(&prepared.data()).size(), size);
        assert!((spent(&prepared.data()) - budget).abs() < f64::EPSILON);
        assert_eq!(events(&log(&prepared.data()), past()), ["period.opened", "period.closing", "budget.debited"]);
        programme.json(&["backup", "--out", "after.backup"]);
        prepared.close(&prepared.current);
        assert!((prepared.contacts(&prepared.current) - 15.0).abs() < 1e-9);
    }
}

#[test]
fn a_restore_that_is_killed_leaves_nothing_that_opens_and_can_be_repeated() {
    let prepared = Prepared::with_paper();
    let programme = &prepared.programme;
    programme.json(&["backup", "--out", "month.backup", "--to", "b.public"]);
    prepared.set_aside("old");
    let arguments = ["restore", "month.backup", "--private-key", "b.private"];
    for point in RESTORE {
        let crash = programme.command(&arguments).env("PEERTALLY_FAILPOINT", point).output().unwrap();
        assert!(!crash.status.success(), "{point}");
        if point == "restore-named" {
            break;
        }
        assert!(!prepared.data().exists(), "{point}");
        let half = programme.path("data.restoring");
        let mut status = std::process::Command::new(common::PROGRAM);
        let done = status.args(["status", "--data"]).arg(&half).output().unwrap();
        // Once its mark is there it is whole.
        assert_eq!(done.status.success(), point == "restore-marked", "{point}: {}", stderr(&done));
    }
    assert!(!programme.path("data.restoring").exists());
    assert_eq!(prepared.run(&["status"]).status.code(), Some(0));
    fs::remove_dir_all(prepared.data()).unwrap();
    fs::create_dir(prepared.data()).unwrap();
    programme.json(&arguments);
    assert!(prepared.refused(&arguments).contains("is not empty"));
    prepared.close(PAST);
    assert!((prepared.contacts(PAST) - 40.0).abs() < 1e-9);
}

#[test]
fn a_backup_that_was_cut_or_changed_anywhere_is_refused() {
    common::counted_by_the_program();
    let prepared = Prepared::with_paper();
    let programme = &prepared.programme;
    programme.json(&["backup", "--out", "sealed.backup", "--to", "b.public"]);
    programme.json(&["backup", "--out", "bare.backup"]);
    let keys = prepared.data().join("keys");
    let private = fs::read(programme.path("b.private")).unwrap();
    let secrets = |name: &str| match name {
        "sealed.backup" => Secrets::Sealed(peertally::crypto::PrivateKeyFile::parse(&private).unwrap()),
        _ => Secrets::Folder(keys.clone()),
    };
    let place = tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap());
    let to = DataPaths::new(&place.path().join("data"));
    let mut dice = Dice::new("backup");
    for name in ["sealed.backup", "bare.backup"] {
        let whole = fs::read(programme.path(name)).unwrap();
        assert!(!whole.windows(32).any(|w| keys_of(&keys).iter().any(|key| w == key)), "a key in the clear");
        let tries = if std::env::var_os("PEERTALLY_DEEP").is_some() { 3000 } else { 250 };
        for n in 0..tries {
            let at = usize::try_from(dice.below(whole.len() as u64)).unwrap();
            let mut bytes = whole.clone();
            let what = match n % 4 {
                0 => {
                    bytes.truncate(at);
                    "cut"
                }
                1 => {
                    bytes.remove(at);
                    "removed"
                }
                2 => {
                    bytes.insert(at, b'\n');
                    "inserted"
                }
                _ => {
                    bytes[at] ^= 1 << dice.below(8);
                    "changed"
                }
            };
            let done = restore(&to, &mut bytes.as_slice(), secrets(name), Newest::None, &SystemClock);
            assert!(done.is_err(), "{name}: byte {at} {what}, and it was restored");
            assert!(!to.path().exists() && !place.path().join("data.restoring").exists());
        }
        let longer = [whole.as_slice(), b"\n"].concat();
        assert!(restore(&to, &mut longer.as_slice(), secrets(name), Newest::None, &SystemClock).is_err());
        // The store of another moment of the same programme does not fit either.
        restore(&to, &mut whole.as_slice(), secrets(name), Newest::None, &SystemClock).unwrap();
        drop(DataDir::open(to.clone(), std::sync::Arc::new(SystemClock)).unwrap());
        fs::remove_dir_all(to.path()).unwrap();
    }
    let first = fs::read_to_string(programme.path("bare.backup")).unwrap();
    prepared.send(5..6);
    programme.json(&["backup", "--out", "later.backup"]);
    let later = fs::read_to_string(programme.path("later.backup")).unwrap();
    let (head, _) = first.split_once("{\"dump\"").unwrap();
    let (_, dump) = later.split_once("{\"dump\"").unwrap();
    let mixed = format!("{head}{{\"dump\"{dump}");
    let error = restore(&to, &mut mixed.as_bytes(), secrets("bare.backup"), Newest::None, &SystemClock).unwrap_err();
    assert!(error.to_string().contains("its rows are not the ones"), "{error}");
    let stranger = Secrets::Sealed(peertally::crypto::PrivateKeyFile::new(
        peertally::crypto::PeriodPrivateKey::generate().unwrap().0,
    ));
    let sealed = fs::read(programme.path("sealed.backup")).unwrap();
    let error = restore(&to, &mut sealed.as_slice(), stranger, Newest::None, &SystemClock).unwrap_err();
    assert!(error.to_string().contains("key given"), "{error}");
}

fn keys_of(folder: &Path) -> Vec<Vec<u8>> {
    ["master.key", "log.key"].map(|name| fs::read(folder.join(name)).unwrap()).to_vec()
}

#[test]
fn an_offline_period_is_backed_up_without_its_private_key_and_closed_with_it() {
    let programme = Programme::with(&["--custody", "offline"]);
    for name in ["b", "q"] {
        let files = [format!("{name}.private"), format!("{name}.public")];
        programme.json(&["keygen", "--private-key", &files[0], "--public-key", &files[1]]);
    }
    let current = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
    programme.json(&["period", "key", &current, "--public-key", "q.public"]);
    let prepared = Prepared { cards: programme.cards(2), programme, current };
    prepared.send(0..5);
    let programme = &prepared.programme;
    // A key given ahead of its period comes along too.
    programme.json(&["keygen", "--private-key", "p.private", "--public-key", "p.public"]);
    programme.json(&["period", "key", PAST, "--public-key", "p.public"]);
    programme.json(&["backup", "--out", "month.backup", "--to", "b.public"]);
    programme.json(&["backup", "--out", "bare.backup"]);
    copy(&prepared.data().join("keys"), &programme.path("keys"));
    prepared.set_aside("lost");
    for (backup, secrets) in [("bare.backup", ["--keys", "keys"]), ("month.backup", ["--private-key", "b.private"])] {
        if prepared.data().exists() {
            fs::remove_dir_all(prepared.data()).unwrap();
        }
        let done = programme.json(&["restore", backup, secrets[0], secrets[1]]);
        assert_eq!(done["kept"], serde_json::json!([prepared.current]));
        let status = programme.json(&["status"]);
        assert_eq!(status["custody"], "offline");
        assert_eq!(status["periods"][1]["state"], "key given", "{status}");
        assert_eq!(fs::read(prepared.data().join("custody")).unwrap(), b"offline\n");
    }
    assert!(prepared.refused(&["close", &prepared.current, "--early"]).contains("kept off this host"));
    let mut close = programme.command(&["close", &prepared.current, "--early", "--private-key", "q.private"]);
    let done = close.env(ZERO_NOISE.0, ZERO_NOISE.1).output().unwrap();
    assert!(done.status.success(), "{}", stderr(&done));
    assert!((prepared.contacts(&prepared.current) - 15.0).abs() < 1e-9);
}
