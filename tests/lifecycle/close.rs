//! Closing, cut off at every failpoint: one debit, one release, one destruction, ever.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common::life;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{ExitStatus, Output};

use crate::common::life::{assert_closed_once, stderr};
use crate::common::{Programme, receipt, tally};
use peertally::domain::Period;
use peertally::faults::CLOSE;

const FAILPOINT: &str = "PEERTALLY_FAILPOINT";
const ABORTED: i32 = 6;

/// A programme with tallies of two cards and a withdrawn one in its open period.
fn prepared() -> (Programme, Period) {
    let programme = Programme::new();
    let cards = programme.cards(2);
    let service = programme.serve();
    let week = service.week();
    for n in 0..6 {
        let card = &cards[usize::try_from(n % 2).unwrap()];
        assert_eq!(service.put(card, &receipt(n), &tally(&week, 3)).status, 201);
    }
    assert_eq!(service.delete(&cards[0], &receipt(0)).status, 204);
    service.kill();
    let status = programme.json(&["status"]);
    let period = status["periods"][0]["period"].as_str().unwrap().parse().unwrap();
    assert_eq!((life::rows(&programme.data(), period), life::entries_of(&programme.data(), period) > 5), (5, true));
    (programme, period)
}

/// The same folder once more.
fn copy_of(other: &Programme) -> Programme {
    let programme = Programme { folder: tempfile::tempdir().unwrap() };
    life::copy(&other.data(), &programme.data());
    programme
}

fn close(programme: &Programme, period: Period, failpoint: Option<&str>) -> Output {
    let mut command = programme.command(&["close", &period.to_string(), "--early"]);
    command.envs(failpoint.map(|name| (FAILPOINT, name)));
    command.output().unwrap()
}

fn aborted(status: ExitStatus) -> bool {
    status.signal() == Some(ABORTED)
}

fn closes(programme: &Programme, period: Period) -> String {
    let done = close(programme, period, None);
    assert!(done.status.success(), "{}", stderr(&done));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

fn draft(programme: &Programme, period: Period) -> PathBuf {
    programme.data().join(format!("keys/periods/{period}.draft"))
}

fn published(programme: &Programme, period: Period) -> PathBuf {
    programme.data().join(format!("public/releases/{period}.json"))
}

/// What a reader has or will have: the release, or the draft that is to become it.
fn fixed(programme: &Programme, period: Period) -> Option<Vec<u8>> {
    let drawing = || fs::read(draft(programme, period).with_extension("drawing"));
    let kept =
        fs::read(published(programme, period)).or_else(|_| fs::read(draft(programme, period))).or_else(|_| drawing());
    // The room taken for a draft is all zeros before the draw.
    kept.ok().filter(|bytes| bytes.first() == Some(&b'{'))
}

fn assert_well_closed(programme: &Programme, period: Period, fixed: Option<Vec<u8>>) {
    assert_closed_once(&programme.data(), period);
    let release = fs::read(published(programme, period)).unwrap();
    if let Some(fixed) = fixed {
        assert!(fixed == release, "noise was drawn twice");
    }
    assert!(closes(programme, period).contains("closed before"));
    assert!(fs::read(published(programme, period)).unwrap() == release);
    assert_closed_once(&programme.data(), period);
}

#[test]
fn a_close_goes_on_from_every_failpoint() {
    let (base, period) = prepared();
    for name in CLOSE {
        println!("{name}");
        let programme = copy_of(&base);
        assert!(aborted(close(&programme, period, Some(name)).status), "{name} was not passed");
        let fixed = fixed(&programme, period);
        assert_eq!(fixed.is_some(), !["closing", "debited", "reserved"].contains(&name));
        closes(&programme, period);
        assert_well_closed(&programme, period, fixed);
    }
}

#[test]
fn two_crashes_in_a_row_are_no_worse_than_one() {
    let (base, period) = prepared();
    for (i, first) in CLOSE.iter().enumerate() {
        for (j, second) in CLOSE.iter().enumerate() {
            // A third of the pairs; all of them with `tests/run --deep`.
            if std::env::var_os("PEERTALLY_DEEP").is_none() && (i + 2 * j) % 3 != 0 {
                continue;
            }
            println!("{first}, {second}");
            let programme = copy_of(&base);
            assert!(aborted(close(&programme, period, Some(first)).status));
            let once = fixed(&programme, period);
            // A place that was passed for good is not passed again.
            let again = close(&programme, period, Some(second)).status;
            assert!(aborted(again) || (again.success() && j <= i), "{first}, then {second}: {again}");
            let twice = fixed(&programme, period);
            assert!(once.is_none() || once == twice, "noise was drawn twice");
            closes(&programme, period);
            assert_closed_once(&programme.data(), period);
            assert!(twice.is_none_or(|fixed| fixed == fs::read(published(&programme, period)).unwrap()));
        }
    }
}

#[test]
fn a_restarted_service_finishes_the_close_by_itself() {
    let (base, period) = prepared();
    for name in CLOSE {
        println!("{name}");
        let programme = copy_of(&base);
        let mut service = programme.serve_with(&[], |command| {
            command.env(FAILPOINT, name);
        });
        let asked = close(&programme, period, None);
        assert_eq!(asked.status.code(), Some(1));
        assert!(stderr(&asked).contains("safe to repeat"), "{}", stderr(&asked));
        assert!(aborted(service.child.wait().unwrap()), "{name} was not passed");
        let fixed = fixed(&programme, period);
        let service = programme.serve();
        assert_eq!(service.get(&format!("/v1/releases/{period}")).status, 200);
        service.stop();
        assert_well_closed(&programme, period, fixed);
    }
}

#[test]
fn a_damaged_draft_is_refused_and_never_drawn_again() {
    let (base, period) = prepared();
    assert!(aborted(close(&base, period, Some("drafted")).status));
    let whole = fs::read(draft(&base, period)).unwrap();
    let text = String::from_utf8(whole.clone()).unwrap();
    let damages = [
        Vec::new(),
        whole[..whole.len() / 2].to_vec(),
        [&whole[..], b"\n"].concat(),
        vec![0; whole.len()],
        text.replace(&period.to_string(), &period.next().to_string()).into_bytes(),
    ];
    for damaged in damages {
        let programme = copy_of(&base);
        fs::write(draft(&programme, period), &damaged).unwrap();
        let before = life::files(&programme.data().join("public"));
        for _ in 0..2 {
            let refused = close(&programme, period, None);
            assert_eq!(refused.status.code(), Some(1));
            let words = stderr(&refused);
            assert!(words.contains("draft") && words.contains("is damaged") && words.contains("copy"), "{words}");
        }
        assert!(fs::read(draft(&programme, period)).unwrap() == damaged, "the damaged draft is evidence");
        assert!(life::files(&programme.data().join("public")) == before);
        fs::write(draft(&programme, period), &whole).unwrap();
        closes(&programme, period);
        assert_well_closed(&programme, period, Some(whole.clone()));
    }
}

#[test]
fn a_half_written_draft_is_swept_away() {
    let (programme, period) = prepared();
    assert!(aborted(close(&programme, period, Some("debited")).status));
    fs::write(draft(&programme, period).with_extension("draft.tmp"), b"{\"budget").unwrap();
    closes(&programme, period);
    assert_well_closed(&programme, period, None);
}

#[test]
fn a_lost_release_is_refused_and_never_drawn_again() {
    let (base, period) = prepared();
    for name in ["published", "renamed", "shredded", "destroyed"] {
        println!("{name}");
        let programme = copy_of(&base);
        assert!(aborted(close(&programme, period, Some(name)).status));
        let whole = fixed(&programme, period).unwrap();
        let lost = if name == "published" { draft(&programme, period) } else { published(&programme, period) };
        for damage in [None, Some(&whole[1..])] {
            match damage {
                None => fs::remove_file(&lost).unwrap(),
                Some(bytes) => fs::write(&lost, bytes).unwrap(),
            }
            let refused = close(&programme, period, None);
            let words = stderr(&refused);
            assert_eq!(refused.status.code(), Some(1), "{name}: {words}");
            assert!(words.contains("put public/releases/") && words.contains("copy"), "{words}");
        }
        fs::write(published(&programme, period), &whole).unwrap();
        closes(&programme, period);
        assert_well_closed(&programme, period, Some(whole));
    }
}

#[test]
fn what_is_asked_wrongly_is_told_in_words() {
    let (programme, period) = prepared();
    let refused = programme.run(&["close", "2001-Q1", "--early"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("2001-Q1 was never opened"), "{}", stderr(&refused));

    let before = life::files(&programme.data().join("public"));
    let refused = programme.run(&["close", &period.to_string()]);
    assert_eq!(refused.status.code(), Some(1));
    let day = programme.json(&["status"])["periods"][0]["closes"].as_str().unwrap().parse::<jiff::civil::Date>();
    let last = day.unwrap().yesterday().unwrap();
    let words = stderr(&refused);
    assert!(words.contains(&last.to_string()) && words.contains("--early"), "{words}");
    assert!(life::files(&programme.data().join("public")) == before);
    assert_eq!(life::rows(&programme.data(), period), 5);

    closes(&programme, period);
    let again = programme.json(&["close", &period.to_string()]);
    assert_eq!(again["before"], true);
}
