//! The keys of the sealed queue: made by the week, kept while they can be needed, destroyed, and in no copy.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod memory;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use peertally::clock::MockClock;
use peertally::crypto::pseudonym::{new_card, stub_of};
use peertally::crypto::queue::QueuePublicKey;
use peertally::intake::{Delivered, SealedRejection};
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;
use serde_json::json;

use crate::common::life::{self, names};
use crate::common::{Programme, queue, receipt, tally};

/// Monday of 2025-W06.
const MONDAY: Date = date(2025, 2, 3);

/// A data folder under a clock of its own.
struct Host {
    folder: tempfile::TempDir,
    clock: Arc<MockClock>,
    data_dir: DataDir,
}

impl Host {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(MockClock::new(MONDAY));
        let data = DataPaths::new(&folder.path().join("data"));
        let data_dir = DataDir::create(data, embedded::PROGRAMME, embedded::POLICY, clock.clone()).unwrap();
        let host = Self { folder, clock, data_dir };
        host.on(MONDAY);
        host
    }

    fn on(&self, day: Date) {
        self.clock.set(day);
        assert_eq!(self.data_dir.tick().problems, Vec::<String>::new());
    }

    /// A look at the calendar on each of so many days from `first` on.
    fn days(&self, first: Date, number: i64) {
        for day in 0..number {
            self.on(first + day.days());
        }
    }

    fn files(&self) -> Vec<String> {
        let mut files = names(&self.folder.path().join("data/keys/queue"), "");
        files.sort();
        files
    }

    fn key(&self) -> QueuePublicKey {
        self.data_dir.services().intake.queue_key().unwrap()
    }

    fn card(&self) -> String {
        let card = new_card().unwrap();
        let until = "2025-Q4".parse().unwrap();
        let verifier = self.data_dir.verifier_key().verifier(&stub_of(&card));
        peertally::store::Cards::add(&*self.data_dir.services().store, vec![(verifier, until)])
            .unwrap()
            .wait()
            .unwrap();
        card.reveal().to_string()
    }

    fn send(&self, blob: &[u8]) -> Result<Delivered, SealedRejection> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(self.data_dir.services().intake.put_sealed(blob))
    }
}

#[test]
fn a_key_serves_its_week_opens_for_two_more_and_ends_on_the_third_day_after() {
    let host = Host::new();
    let (first, card) = (host.key(), host.card());
    assert_eq!(host.files(), ["2025-W06.private"]);
    let waiting = queue::sealed(&first, &card, &receipt(1), &tally("2025-W06", 4));
    host.days(MONDAY, 7);
    assert_eq!(host.key(), first, "one key a week");
    host.on(date(2025, 2, 10));
    let second = host.key();
    assert_ne!(second, first);
    // The last day of the second week after it: its own week is still taken, and it still opens.
    host.days(date(2025, 2, 11), 13);
    assert_eq!(host.files(), ["2025-W06.private", "2025-W07.private", "2025-W08.private"]);
    assert_eq!(host.send(&waiting).unwrap(), Delivered::Now);
    // Two looks on one day are one day, and so is a start of the service between them.
    host.on(date(2025, 2, 24));
    host.on(date(2025, 2, 24));
    let Host { folder, clock, data_dir } = host;
    drop(data_dir);
    let data_dir = DataDir::open(DataPaths::new(&folder.path().join("data")), clock.clone()).unwrap();
    let host = Host { folder, clock, data_dir };
    host.on(date(2025, 2, 25));
    assert!(host.files().contains(&"2025-W06.private".to_owned()));
    assert_eq!(host.send(&waiting).unwrap(), Delivered::Before, "not destroyed yet, so it still opens");
    host.on(date(2025, 2, 26));
    assert_eq!(host.files(), ["2025-W07.private", "2025-W08.private", "2025-W09.private"]);
    assert!(matches!(host.send(&waiting), Err(SealedRejection::KeyGone)));
}

#[test]
fn one_wrong_reading_of_the_clock_destroys_no_key() {
    let host = Host::new();
    let (first, card) = (host.key(), host.card());
    let waiting = queue::sealed(&first, &card, &receipt(1), &tally("2025-W06", 4));
    // Two days far ahead, read as often as may be, and back again: it begins anew each time.
    for _ in 0..4 {
        for day in [date(2025, 3, 29), date(2025, 3, 30), date(2025, 3, 30)] {
            // Days of the log never go back; that a period is due at the wrong time is another rule's business.
            host.clock.set(day);
            host.data_dir.tick();
        }
        host.clock.set(date(2025, 2, 4));
        host.data_dir.tick();
        assert!(host.files().contains(&"2025-W06.private".to_owned()), "{:?}", host.files());
        assert!(!host.files().contains(&"2025-W06.over".to_owned()), "{:?}", host.files());
    }
    assert_eq!(host.key(), first);
    assert_eq!(host.send(&waiting).unwrap(), Delivered::Now);
    // The key of the week that was read wrongly was offered meanwhile: it stays as long as one of its own time.
    let ahead = "2025-W13.private".to_owned();
    host.days(date(2025, 2, 5), 20);
    assert!(host.files().contains(&ahead), "{:?}", host.files());
    host.days(date(2025, 2, 25), 2);
    assert!(!host.files().contains(&ahead), "{:?}", host.files());
}

#[test]
fn what_cannot_be_a_key_is_named_and_what_an_interruption_left_goes_with_its_week() {
    let host = Host::new();
    let Host { folder, clock, data_dir } = host;
    drop(data_dir);
    let data = folder.path().join("data");
    let (file, open) =
        (data.join("keys/queue/2025-W06.private"), || DataDir::open(DataPaths::new(&data), clock.clone()));
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..59]).unwrap();
    let words = open().err().unwrap().to_string();
    assert!(words.contains("2025-W06.private") && words.contains("typed again"), "{words}");
    // A key under the name of another week is none either.
    fs::write(&file, &whole).unwrap();
    fs::rename(&file, data.join("keys/queue/2025-W07.private")).unwrap();
    assert!(open().is_err());
    fs::remove_file(data.join("keys/queue/2025-W07.private")).unwrap();
    // Overwritten and not unlinked any more: it is gone, and no reason not to open. Its note stays for the next look.
    fs::write(data.join("keys/queue/2025-W02.private"), [0; 60]).unwrap();
    fs::write(data.join("keys/queue/2025-W02.over"), "2025-01-27\n2025-01-28\n2025-01-29\n").unwrap();
    for left in ["2025-W03.private.tmp", "2025-W01.over", "2025-W06.over"] {
        fs::write(data.join("keys/queue").join(left), "2025-01-27\n").unwrap();
    }
    let data_dir = open().unwrap();
    data_dir.tick();
    assert_eq!(names(&data.join("keys/queue"), ""), ["2025-W06.private"]);
}

/// Whether bytes stand somewhere, as they are or written in letters.
fn stands(all: &[u8], bytes: &[u8]) -> bool {
    let forms = [
        bytes.to_vec(),
        HEXLOWER.encode(bytes).into(),
        BASE64.encode(bytes).into(),
        BASE64URL_NOPAD.encode(bytes).into(),
    ];
    // Base64 of a longer text has the same letters only at every third byte.
    let shifted = (1..3).map(|n| BASE64URL_NOPAD.encode(&bytes[n..bytes.len() - 3]).into_bytes()).map(|mut text| {
        text.truncate(text.len() - 4);
        text
    });
    forms.into_iter().chain(shifted).any(|form| all.windows(form.len()).any(|window| window == form))
}

fn only_key(data: &Path) -> (String, Vec<u8>) {
    let all = names(&data.join("keys/queue"), "");
    assert_eq!(all.len(), 1, "{all:?}");
    (all[0].clone(), fs::read(data.join("keys/queue").join(&all[0])).unwrap())
}

#[test]
fn no_copy_holds_a_queue_key_and_a_restore_begins_with_fresh_ones() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let blob = queue::sealed(&queue::queue_key(&service), &card, &receipt(1), &tally(&service.week(), 3));
    service.stop();
    let (name, key) = only_key(&programme.data());
    assert_eq!(key.len(), 60);
    programme.json(&["keygen", "--private-key", "b.private", "--public-key", "b.public"]);
    programme.json(&["backup", "--out", "plain.backup"]);
    programme.json(&["backup", "--out", "sealed.backup", "--to", "b.public"]);
    programme.json(&["dump", "--out", "store.dump"]);
    let salts = names(&programme.data().join("keys/periods"), "");
    let salt =
        fs::read(programme.data().join("keys/periods").join(salts.iter().find(|n| n.ends_with("salt")).unwrap()))
            .unwrap();
    for copy in ["plain.backup", "sealed.backup", "store.dump"] {
        assert!(!stands(&fs::read(programme.path(copy)).unwrap(), &key), "{copy}");
    }
    // What is inside the sealed one shows in what comes out of it: the secrets of the period, and no queue key.
    fs::rename(programme.data(), programme.path("lost")).unwrap();
    programme.json(&["restore", "sealed.backup", "--private-key", "b.private"]);
    let restored = life::files(&programme.data());
    assert!(restored.values().any(|bytes| stands(bytes, &salt)), "the control: a period's salt is in it");
    assert!(!restored.values().any(|bytes| stands(bytes, &key)));
    assert!(names(&programme.data().join("keys/queue"), "").is_empty());
    // Nor by a copy of all of keys/.
    fs::remove_dir_all(programme.data()).unwrap();
    let keys = programme.path("lost/keys");
    programme.json(&["restore", "plain.backup", "--keys", keys.to_str().unwrap()]);
    assert!(names(&programme.data().join("keys/queue"), "").is_empty());
    let service = programme.serve();
    assert_eq!(queue::post(service.address, &blob).status, 410);
    let (again, fresh) = only_key(&programme.data());
    assert!(again == name && fresh != key);
}

#[test]
fn wipe_destroys_the_queue_keys_and_scan_knows_them() {
    let programme = Programme::new();
    let service = programme.serve();
    let folder = programme.data().join("keys/queue");
    let (name, _) = only_key(&programme.data());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&folder.join(&name))), (0o700, 0o600));
    let note = folder.join(name.replace("private", "over"));
    fs::write(&note, "2025-02-24\n").unwrap();
    fs::set_permissions(&note, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(programme.run(&["audit", "scan"]).status.code(), Some(0));
    fs::write(folder.join(name.replace("private", "copy")), "x").unwrap();
    let found = programme.run(&["audit", "scan"]);
    let words = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(found.status.code() == Some(1) && words.contains("keys/queue/"), "the control: {words}");
    service.stop();
    // A second name shows what became of the bytes.
    fs::hard_link(folder.join(&name), programme.path("second-name")).unwrap();
    programme.json(&["wipe", "--yes-destroy-everything"]);
    assert!(!folder.exists());
    assert_eq!(fs::read(programme.path("second-name")).unwrap(), [0; 60]);
}

#[test]
fn the_key_of_a_week_is_offered_in_the_grace_of_another_period_too() {
    let host = Host::new();
    let card = host.card();
    host.days(date(2025, 3, 27), 7);
    let key = host.key();
    let blob = queue::sealed(&key, &card, &receipt(1), &tally("2025-W13", 4));
    let other = queue::sealed(&key, &card, &receipt(1), &tally("2025-W14", 9));
    assert_eq!(host.send(&blob).unwrap(), Delivered::Now);
    assert_eq!(host.send(&other).unwrap(), Delivered::Before, "its receipt is in another open period");
    let bad = queue::sealed(&key, &card, &receipt(1), &json!({"week": "2001-W01"}));
    assert_eq!(host.send(&bad).unwrap(), Delivered::Before, "and it is there whatever this copy says");
}
