//! Offline custody, walked to the end with the real program: keys made elsewhere and given ahead, a quarter of tallies
//! over HTTP under a mock clock, the folder seized, nothing opened, then closed with the key that was brought.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

mod host;

use crate::common::life;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Output;

use crate::common::attacker::{Found, Knowledge, attack};
use crate::common::life::{Dice, assert_closed_once, estimate, stderr};
use crate::common::{Programme, receipt, tally};
use host::{Host, key_pair, private_key};
use jiff::civil::date;
use peertally::domain::{CardCode, Period};
use peertally::faults::CLOSE;
use peertally::log::Event;
use serde_json::{Value, json};

const ZERO_NOISE: (&str, &str) = ("PEERTALLY_TEST_ZERO_NOISE", "1");

fn refused(done: &Output, words: &[&str]) {
    let told = stderr(done);
    assert_eq!(done.status.code(), Some(1), "{told}");
    for word in words {
        assert!(told.contains(word), "`{word}` is not in: {told}");
    }
}

/// `close PERIOD`, with what else is asked.
fn close(programme: &Programme, period: Period, more: &[&str], envs: &[(&str, &str)]) -> Output {
    let mut command = programme.command(&["close", &period.to_string()]);
    command.args(more).envs(envs.iter().copied()).output().unwrap()
}

/// A quarter of one worker's and others' tallies: what is counted at its end, by receipt, and whose it is.
fn live_a_quarter(host: &Host, cards: &[String]) -> BTreeMap<u64, (usize, u32)> {
    let mut dice = Dice::new("a quarter");
    let mut kept = BTreeMap::new();
    let quarter: Period = "2025-Q2".parse().unwrap();
    let mut next = 0;
    for week in quarter.weeks() {
        host.clock.set(week.sunday());
        assert!(host.data_dir.tick().problems.is_empty());
        let week = week.to_string();
        for (who, card) in cards.iter().enumerate() {
            let contacts = 1 + u32::try_from(dice.below(9)).unwrap();
            assert_eq!(host.put(card, &receipt(next), &tally(&week, contacts)).status, 201);
            kept.insert(next, (who, contacts));
            match dice.below(4) {
                0 => {
                    assert_eq!(host.put(card, &receipt(next), &tally(&week, contacts + 1)).status, 200);
                    kept.insert(next, (who, contacts + 1));
                }
                1 => {
                    assert_eq!(host.delete(card, &receipt(next)).status, 204);
                    kept.remove(&next);
                }
                _ => {}
            }
            next += 1;
        }
    }
    kept
}

#[test]
fn a_quarter_under_offline_custody_from_its_key_to_its_release() {
    let host = Host::new(date(2025, 3, 10));
    let (public, private) = key_pair(host.folder.path(), "2025-Q2");

    // Without a key the current quarter takes nothing, and says why; the calendar is calm.
    let tick = host.data_dir.tick();
    assert_eq!((tick.opened.len(), tick.problems.len(), tick.waiting.len()), (0, 0, 1));
    assert!(tick.waiting[0].contains("2025-Q1 takes no tallies") && tick.waiting[0].contains("period key 2025-Q1"));
    let cards: Vec<String> = (0..3).map(|_| host.card("2025-Q2")).collect();
    let no = host.put(&cards[0], &receipt(1), &tally("2025-W11", 3));
    let problem = no.json();
    assert_eq!((no.status, problem["type"].as_str()), (409, Some("urn:peertally:problem:waits-for-key")));
    assert!(problem["detail"].as_str().unwrap().contains("the key that they would be sealed to was not given"));
    let programme = host.get("/v1/programme").json();
    assert_eq!((&programme["waits_for_key"]["period"], &programme["open_weeks"]), (&json!("2025-Q1"), &json!([])));
    assert!(host.get("/").text().contains("2025-Q1 takes no tallies yet"));

    // The next quarter's key is given ahead, over the socket of the running service; again is no harm.
    for new in [true, false] {
        let given = host.program.json(&["period", "key", "2025-Q2", "--public-key", &public]);
        assert_eq!((&given["new"], &given["open"]), (&json!(new), &json!(false)));
    }
    let status = host.program.json(&["status"]);
    assert_eq!(status["custody"], "offline");
    let states: Vec<_> = status["periods"].as_array().unwrap().iter().map(|p| (&p["period"], &p["state"])).collect();
    assert_eq!(states, [(&json!("2025-Q1"), &json!("no key")), (&json!("2025-Q2"), &json!("key given"))]);

    // The calendar opens it on its first day, and the log names that key.
    host.clock.set(date(2025, 3, 30));
    assert!(host.data_dir.tick().opened.is_empty());
    host.clock.set(date(2025, 3, 31));
    let period: Period = "2025-Q2".parse().unwrap();
    assert_eq!(host.data_dir.tick().opened, [period]);
    assert!(host.get("/v1/programme").json().get("waits_for_key").is_none());
    let files = life::names(&host.data().join("keys/periods"), "2025-Q2.");
    assert!(files.len() == 2 && !files.contains(&"2025-Q2.private".to_owned()), "{files:?}");
    let view = host.data_dir.ledger().period(period).unwrap().public_key;
    assert_eq!(view.0, private_key(&private).key().public().unwrap().0);

    let kept = live_a_quarter(&host, &cards);

    // Its closing day comes: it waits, and that is no fault. Nor is anything else held up.
    host.clock.set(date(2025, 7, 14));
    let tick = host.data_dir.tick();
    assert_eq!((tick.closed.len(), tick.problems.len()), (0, 0), "{:?}", tick.problems);
    assert!(tick.waiting.iter().any(|w| w.contains("2025-Q2 is over and waits for its private key")));

    // Seized: everything, with the master key, and a card with all its receipts.
    let seized = host.seized();
    let files = life::files(&seized.data());
    let mine: Vec<u64> = kept.iter().filter(|(_, (who, _))| *who == 0).map(|(n, _)| *n).collect();
    let mut receipts: Vec<_> = mine.iter().map(|n| receipt(*n).parse().unwrap()).collect();
    receipts.push(receipt(999).parse().unwrap());
    let card = CardCode::parse(&cards[0]).unwrap();
    let mut known = Knowledge { period, card, receipts, label: "Robin", keys: Vec::new() };
    // By trying receipts the number of the card's tallies can be told: SECURITY.md says so.
    let only_their_number = Found { secrets: 1, by_receipt: mine.len(), ..Found::default() };
    assert_eq!(attack(&files, &known), only_their_number);
    // Another pair's private key is of no use.
    let (_, other) = key_pair(host.folder.path(), "other");
    known.keys = vec![private_key(&other)];
    assert_eq!(attack(&files, &known), only_their_number);
    // The control: the same attacker with the right key opens them all. Otherwise the above proves nothing.
    known.keys = vec![private_key(&private)];
    let mut of_card: Vec<u32> = mine.iter().map(|n| kept[n].1).collect();
    of_card.sort_unstable();
    let all = attack(&files, &known);
    assert_eq!((all.opened, all.of_card, all.raw), (kept.len(), of_card, mine.len()));

    // Closed with the key that is brought, to the exact figures where no noise is drawn.
    refused(&close(&seized, period, &[], &[]), &["its private key is kept off this host", "--private-key FILE"]);
    let done = close(&seized, period, &["--private-key", &private], &[ZERO_NOISE]);
    assert!(done.status.success(), "{}", stderr(&done));
    let words = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(words.contains("destroy the private key file and every copy") && words.contains("salt"), "{words}");
    assert_closed_once(&seized.data(), period);
    let expected: u32 = kept.values().map(|(_, contacts)| contacts).sum();
    assert!((estimate(&seized.release("2025-Q2"), "contacts", None) - f64::from(expected)).abs() < 1e-6);
    // From then on the private key opens nothing either: not the folder, not with the old store put back.
    let mut after = life::files(&seized.data());
    assert_eq!(attack(&after, &known), Found::default());
    after.retain(|name, _| !name.starts_with("store/"));
    after.extend(files.into_iter().filter(|(name, _)| name.starts_with("store/")));
    assert_eq!(attack(&after, &known), Found::default());

    // The running service closes it too, over its socket.
    let closed = host.program.json(&["close", "2025-Q2", "--private-key", &private]);
    assert_eq!((&closed["before"], &closed["destroy_private_key"]), (&json!(false), &json!(true)));
    let bytes = fs::read(&private).unwrap();
    let key = bytes.trim_ascii_end();
    for (name, bytes) in life::files(&host.data()) {
        assert!(!bytes.windows(key.len()).any(|w| w == key), "the private key's text is in {name}");
        let raw = data_encoding::HEXLOWER.decode(&key[key.len() - 72..key.len() - 8]).unwrap();
        assert!(!bytes.windows(raw.len()).any(|w| w == raw), "the private key is in {name}");
    }
}

/// Made by the real program today: the current period is open to a key from outside, with six tallies.
fn prepared() -> (Programme, Period, String) {
    let programme = Programme::with(&["--custody", "offline"]);
    let status = programme.json(&["status"]);
    assert_eq!(status["periods"][0]["state"], "no key");
    let period: Period = status["periods"][0]["period"].as_str().unwrap().parse().unwrap();
    let (public, private) = key_pair(programme.folder.path(), "now");
    let given = programme.json(&["period", "key", &period.to_string(), "--public-key", &public]);
    assert_eq!((&given["new"], &given["open"]), (&json!(true), &json!(true)));
    let cards = programme.cards(2);
    let service = programme.serve();
    let week = service.week();
    for n in 0..6 {
        assert_eq!(service.put(&cards[usize::try_from(n % 2).unwrap()], &receipt(n), &tally(&week, 3)).status, 201);
    }
    let reports = service.get("/reports").text();
    assert!(reports.contains("not before") && reports.contains("private key"), "{reports}");
    service.stop();
    (programme, period, private)
}

fn copy_of(other: &Programme) -> Programme {
    let programme = Programme { folder: tempfile::tempdir().unwrap() };
    life::copy(&other.data(), &programme.data());
    programme
}

fn opened_with_its_key(data: &Path, period: Period) -> bool {
    let log = life::log(data);
    log.entries().iter().any(|entry| matches!(entry.event, Event::PeriodOpened { period: of, .. } if of == period))
}

#[test]
fn a_close_that_is_cut_short_asks_for_the_key_until_the_release_is_drawn() {
    let (base, period, private) = prepared();
    assert!(opened_with_its_key(&base.data(), period));
    for name in CLOSE {
        println!("{name}");
        let programme = copy_of(&base);
        let with_key = ["--early", "--private-key", private.as_str()];
        let cut = close(&programme, period, &with_key, &[("PEERTALLY_FAILPOINT", name)]);
        assert_eq!(cut.status.signal(), Some(6), "{name} was not passed: {}", stderr(&cut));
        let before = life::files(&programme.data().join("public"));
        let again = close(&programme, period, &[], &[]);
        if ["closing", "debited", "reserved"].contains(&name) {
            refused(&again, &["its private key is kept off this host"]);
            assert!(life::files(&programme.data().join("public")) == before, "{name}");
            // A service that starts meanwhile waits as calmly, tells it once, and closes once the key comes.
            let service = programme.serve();
            assert_eq!(service.get(&format!("/v1/releases/{period}")).status, 404);
            let closed = programme.json(&["close", &period.to_string(), "--private-key", &private]);
            assert_eq!(closed["destroy_private_key"], true);
            let told = service.stop();
            assert_eq!(told.matches("cut short in its close").count(), 1, "{told}");
        } else {
            assert!(again.status.success(), "{name}: {}", stderr(&again));
        }
        assert_closed_once(&programme.data(), period);
        let last = close(&programme, period, &[], &[]);
        assert!(String::from_utf8_lossy(&last.stdout).contains("closed before"), "{name}");
    }
}

#[test]
fn a_wrong_file_is_refused_and_nothing_is_changed() {
    let (programme, period, private) = prepared();
    let folder = programme.folder.path().to_owned();
    let (other_public, other) = key_pair(&folder, "other");
    let cut = folder.join("cut.private");
    fs::write(&cut, &fs::read(&private).unwrap()[..60]).unwrap();
    let before = life::files(&programme.data().join("public"));
    for running in [false, true] {
        let service = running.then(|| programme.serve());
        for (file, words) in [
            (other.as_str(), "this is not the private key of"),
            (other_public.as_str(), "this is the public key file"),
            (cut.to_str().unwrap(), "cut off or was changed"),
            ("/nowhere", "cannot be read"),
        ] {
            refused(&close(&programme, period, &["--early", "--private-key", file], &[]), &[words]);
        }
        refused(&close(&programme, period, &["--early"], &[]), &["--private-key FILE", "key id"]);
        let key = |period: &str, file: &str| programme.run(&["period", "key", period, "--public-key", file]);
        let (now, next) = (period.to_string(), period.next().to_string());
        let public = folder.join("now.public").display().to_string();
        refused(&key(&now, &other_public), &["sealed to another key"]);
        refused(&key(&next, &public), &["each period needs a pair of its own"]);
        refused(&key(&next, &private), &["this is the private key file"]);
        refused(&key("2030-M01", &other_public), &["write it as 2030-Q1"]);
        assert!(key(&now, &public).status.success(), "the same again is no harm");
        drop(service);
    }
    // Before the period opens another key takes the place of one.
    let next = period.next().to_string();
    let (third, _) = key_pair(&folder, "third");
    for file in [&other_public, &third, &third] {
        assert!(programme.run(&["period", "key", &next, "--public-key", file]).status.success());
    }
    let kept = fs::read(programme.data().join(format!("keys/periods/{next}.public"))).unwrap();
    assert!(kept == fs::read(&third).unwrap());
    assert!(life::files(&programme.data().join("public")) == before, "nothing was logged");
    assert_eq!(life::rows(&programme.data(), period), 6);
    // With another public file in its place the folder does not open, and says so; without one neither.
    let given = programme.data().join(format!("keys/periods/{period}.public"));
    let right = fs::read(&given).unwrap();
    fs::write(&given, fs::read(&other_public).unwrap()).unwrap();
    refused(&programme.run(&["status"]), &["is not the one the log says it was opened with"]);
    fs::remove_file(&given).unwrap();
    refused(&programme.run(&["status"]), &[".public, the public key file, if it is kept offline"]);
    fs::write(&given, right).unwrap();
    assert!(close(&programme, period, &["--early", "--private-key", &private], &[]).status.success());
    refused(&programme.run(&["period", "key", &period.to_string(), "--public-key", &other_public]), &["closed before"]);
}

#[test]
fn paper_tallies_and_empty_periods() {
    let (programme, _, _) = prepared();
    let past: Period = "2025-Q1".parse().unwrap();
    fs::write(programme.path("paper.csv"), "worker,week,area,setting,contacts\nKim,2025-W05,north,van,4\n").unwrap();
    refused(
        &programme.run(&["import", "paper.csv", "--period", "2025-Q1"]),
        &["takes no tallies", "period key 2025-Q1"],
    );
    let (public, private) = key_pair(programme.folder.path(), "paper");
    let given = programme.json(&["period", "key", "2025-Q1", "--public-key", &public]);
    assert_eq!(given["open"], false, "a past one is opened by hand");
    assert_eq!(programme.json(&["import", "paper.csv", "--period", "2025-Q1"])["added"], 1);
    refused(&close(&programme, past, &[], &[]), &["--private-key FILE"]);
    assert!(close(&programme, past, &["--private-key", &private], &[]).status.success());
    assert_closed_once(&programme.data(), past);
}

/// A lost key is given up in the same words and with the same release, whether there was a tally or none;
/// nothing short of that closes an offline period, so a close tells nobody that it is empty.
#[test]
fn a_lost_key_is_given_up_and_tells_nothing() {
    let (programme, current, _) = prepared();
    fs::write(programme.path("paper.csv"), "worker,week,area,setting,contacts\nKim,2025-W20,north,van,4\n").unwrap();
    let lost = ["--key-lost", "--yes-its-tallies-are-lost"];
    let mut said = Vec::new();
    for (name, with_a_row) in [("2025-Q1", false), ("2025-Q2", true)] {
        let period: Period = name.parse().unwrap();
        let (public, private) = key_pair(programme.folder.path(), name);
        programme.json(&["period", "key", name, "--public-key", &public]);
        programme.json(&["period", "open", name]);
        let found = format!("{private}.found");
        fs::rename(private, &found).unwrap();
        if with_a_row {
            assert_eq!(programme.json(&["import", "paper.csv"])["added"], 1);
        }
        let plain = close(&programme, period, &[], &[]);
        let unsure = close(&programme, period, &["--key-lost"], &[]);
        refused(&plain, &["--private-key FILE", "--key-lost"]);
        refused(&unsure, &["never counted", "--yes-its-tallies-are-lost"]);
        // Cut short at each step, it goes on by itself.
        for (number, step) in ["lost", "closing", "debited", "reserved", "drafted", "published"].into_iter().enumerate()
        {
            // Given up once, it goes on with or without the flag.
            let more: &[&str] = if number == 0 { &lost } else { &[] };
            let done = close(&programme, period, more, &[("PEERTALLY_FAILPOINT", step), ZERO_NOISE]);
            assert_eq!(done.status.signal(), Some(6), "{name}: {step}: {}", stderr(&done));
            assert!(!programme.data().join(format!("keys/periods/{name}.salt")).exists(), "{name}: {step}");
            if number == 0 {
                // A key that turns up after all is told that it comes too late.
                refused(&close(&programme, period, &["--private-key", &found], &[]), &["given up as lost"]);
            }
        }
        let done = close(&programme, period, &[], &[ZERO_NOISE]);
        assert!(done.status.success(), "{}", stderr(&done));
        let words = String::from_utf8_lossy(&done.stdout).replace(name, "P");
        assert!(words.contains("looks like one of a period without work"), "{words}");
        assert_closed_once(&programme.data(), period);
        assert!(estimate(&programme.release(name), "contacts", None).abs() < 1e-6);
        said.push((
            stderr(&plain).replace(name, "P").split("key id").next().unwrap().to_owned(),
            stderr(&unsure).replace(name, "P"),
        ));
    }
    assert_eq!(said[0], said[1], "the words tell which of them had a tally");
    refused(&close(&programme, "2025-Q1".parse().unwrap(), &lost, &[]), &["does not wait for a private key"]);
    refused(&close(&programme, current, &lost, &[]), &["takes tallies until"]);
    assert!(programme.run(&["backup", "--out", "after.backup"]).status.success());
}

#[test]
fn the_calendar_closes_no_offline_period_not_even_an_empty_one() {
    let host = Host::new(date(2025, 2, 3));
    let (public, _) = key_pair(host.folder.path(), "2025-Q1");
    let given = host.program.json(&["period", "key", "2025-Q1", "--public-key", &public]);
    assert_eq!(given["open"], true, "given late, it opens at once");
    // Past its closing day, and past the day by which its keys must be gone: the day of a release tells nothing.
    for day in [date(2025, 4, 14), date(2025, 5, 14), date(2025, 6, 1)] {
        host.clock.set(day);
        let tick = host.data_dir.tick();
        assert_eq!((tick.closed.len(), tick.problems.len()), (0, 0), "{day}: {:?}", tick.problems);
        let told: Vec<_> = tick.waiting.iter().filter(|words| words.contains("2025-Q1 is over and waits")).collect();
        assert_eq!(told.len(), 1, "{day}: {:?}", tick.waiting);
    }
    // By hand neither, unless its key is given up.
    refused(&host.program.run(&["close", "2025-Q1"]), &["--private-key FILE"]);
    let closed = host.program.json(&["close", "2025-Q1", "--key-lost", "--yes-its-tallies-are-lost"]);
    assert_eq!(closed["before"], false);
    assert!(host.data_dir.tick().waiting.iter().all(|words| !words.contains("2025-Q1")));
}

#[test]
fn under_host_custody_one_period_may_be_kept_offline() {
    let programme = Programme::new();
    let (public, private) = key_pair(programme.folder.path(), "one");
    programme.json(&["period", "key", "2025-Q1", "--public-key", &public]);
    programme.json(&["period", "open", "2025-Q1"]);
    programme.json(&["period", "open", "2025-Q2"]);
    let here = |period: &str| programme.data().join(format!("keys/periods/{period}.private")).exists();
    assert_eq!((here("2025-Q1"), here("2025-Q2")), (false, true));
    assert!(close(&programme, "2025-Q2".parse().unwrap(), &[], &[]).status.success());
    assert!(close(&programme, "2025-Q1".parse().unwrap(), &["--private-key", &private], &[]).status.success());
}

#[test]
fn the_doctor_asks_for_keys_and_the_other_commands_know_the_files() {
    let programme = Programme::with(&["--custody", "offline"]);
    let doctor = || -> Value {
        let done = programme.run(&["doctor", "--json"]);
        serde_json::from_slice(&done.stdout).unwrap()
    };
    let found = |told: &Value, words: &str| -> String {
        let all = told["findings"].as_array().unwrap();
        let one = all.iter().find(|f| f["found"].as_str().unwrap().contains(words));
        one.unwrap_or_else(|| panic!("`{words}` is not in {told:#}"))["level"].as_str().unwrap().to_owned()
    };
    let told = doctor();
    assert_eq!(found(&told, "has begun and its key was not given"), "stop");
    assert_eq!(found(&told, "offline: this host makes no private key"), "ok");
    let period: Period = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().parse().unwrap();
    for (name, period) in [("now", period), ("next", period.next())] {
        let (public, _) = key_pair(programme.folder.path(), name);
        programme.json(&["period", "key", &period.to_string(), "--public-key", &public]);
    }
    let told = doctor();
    assert_eq!(found(&told, "its private key is kept offline and must be gone by"), "ok");
    assert_eq!(found(&told, &format!("the key of {} was given", period.next())), "ok");
    assert_eq!(told["stop"], 0, "{told:#}");

    // A damaged word in `custody` must not make private keys on the host.
    fs::write(programme.data().join("custody"), "offlin").unwrap();
    refused(&programme.run(&["status"]), &["does not say `offline`"]);
    assert_eq!(found(&doctor(), "does not say `offline`"), "stop");
    fs::write(programme.data().join("custody"), "offline\n").unwrap();

    programme.json(&["dump", "--out", "store.dump"]);
    assert!(programme.run(&["wipe", "--yes-destroy-everything", "--public-too"]).status.success());
    assert!(!programme.data().exists());
}
