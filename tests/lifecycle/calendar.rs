//! Periods over a year under a mock clock: opening and closing by the calendar, by hand, and the year's budget.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common::life;
use std::path::PathBuf;
use std::sync::Arc;

use crate::common::life::{assert_closed_once, estimate};
use jiff::civil::{Date, date};
use peertally::admin::{Answer, ImportRequest, Request, Role, execute};
use peertally::clock::MockClock;
use peertally::domain::Period;
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;

struct World {
    folder: tempfile::TempDir,
    clock: Arc<MockClock>,
}

impl World {
    fn new(today: Date, programme: &str) -> (Self, DataDir) {
        crate::common::counted_by_the_program();
        let world = Self { folder: tempfile::tempdir().unwrap(), clock: Arc::new(MockClock::new(today)) };
        let clock = Arc::clone(&world.clock);
        let data_dir = DataDir::create(DataPaths::new(&world.data()), programme, embedded::POLICY, clock).unwrap();
        (world, data_dir)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn state(data_dir: &DataDir, text: &str) -> &'static str {
    data_dir.ledger().period(period(text)).map_or("unopened", |view| view.state.name())
}

fn close(data_dir: &DataDir, text: &str, early: bool) -> Result<(), String> {
    data_dir.close(period(text), early).map(|_| ()).map_err(|error| error.to_string())
}

/// A paper tally of 7 contacts.
fn import(data_dir: &DataDir, week: &str) {
    let csv = format!("worker,week,area,setting,contacts\nA,{week},north,street,7\n");
    let request = ImportRequest { csv, worker_column: "worker".to_owned(), period: None };
    let Ok(Answer::Imported { added: 1, .. }) = execute(data_dir, Role::Coordinator, Request::Import(request), &|_| {})
    else {
        panic!("not imported")
    };
}

#[test]
fn periods_open_and_close_by_the_calendar() {
    let (world, data_dir) = World::new(date(2025, 2, 3), embedded::PROGRAMME);
    let tick = data_dir.tick();
    assert_eq!((tick.opened, tick.closed.len(), tick.problems), (vec![period("2025-Q1")], 0, vec![]));
    import(&data_dir, "2025-W05");

    // The new quarter begins on 31 March; the old one takes tallies until 13 April.
    world.clock.set(date(2025, 3, 30));
    assert!(data_dir.tick().opened.is_empty());
    world.clock.set(date(2025, 3, 31));
    assert_eq!(data_dir.tick().opened, [period("2025-Q2")]);
    world.clock.set(date(2025, 4, 13));
    assert!(data_dir.tick().closed.is_empty());
    import(&data_dir, "2025-W13");
    let words = close(&data_dir, "2025-Q1", false).unwrap_err();
    assert!(words.contains("2025-04-13") && words.contains("--early"), "{words}");

    world.clock.set(date(2025, 4, 14));
    let tick = data_dir.tick();
    assert_eq!((tick.closed.len(), tick.problems), (1, vec![]));
    assert!(tick.closed[0].period == period("2025-Q1") && !tick.closed[0].before);
    let again = data_dir.tick();
    assert_eq!((again.opened.len(), again.closed.len(), again.problems.len()), (0, 0, 0));
    drop(data_dir);
    assert_closed_once(&world.data(), period("2025-Q1"));
}

#[test]
fn what_was_missed_while_nothing_ran_is_caught_up_with() {
    crate::common::counted_by_the_program();
    let (world, data_dir) = World::new(date(2025, 2, 3), embedded::PROGRAMME);
    data_dir.tick();
    drop(data_dir);
    world.clock.set(date(2025, 9, 1));
    let clock = Arc::clone(&world.clock);
    let data_dir = DataDir::open(DataPaths::new(&world.data()), clock).unwrap();
    let tick = data_dir.tick();
    assert_eq!((tick.opened, tick.closed.len(), tick.problems), (vec![period("2025-Q3")], 1, vec![]));
    assert_eq!((state(&data_dir, "2025-Q1"), state(&data_dir, "2025-Q2")), ("shredded", "unopened"));
}

#[test]
fn a_past_period_closes_by_hand_until_its_keys_must_be_gone() {
    let (world, data_dir) = World::new(date(2025, 8, 4), embedded::PROGRAMME);
    data_dir.tick();
    assert!(data_dir.open_by_hand(period("2025-Q1")).unwrap());
    assert!(!data_dir.open_by_hand(period("2025-Q1")).unwrap());
    import(&data_dir, "2025-W05");
    for day in [date(2025, 8, 5), date(2025, 9, 17)] {
        world.clock.set(day);
        let tick = data_dir.tick();
        assert!(tick.closed.iter().all(|closed| closed.period != period("2025-Q1")), "{day}");
        assert_eq!(state(&data_dir, "2025-Q1"), "open");
    }
    // 45 days after the opening its keys may no longer exist: a forgotten import is not kept for ever.
    world.clock.set(date(2025, 9, 18));
    assert!(data_dir.tick().closed.iter().any(|closed| closed.period == period("2025-Q1")));
    assert!(data_dir.open_by_hand(period("2024-Q4")).unwrap());
    close(&data_dir, "2024-Q4", false).unwrap();
    let words = data_dir.open_by_hand(period("2025-Q1")).unwrap_err().to_string();
    assert!(words.contains("closed before"), "{words}");
    drop(data_dir);
    assert_closed_once(&world.data(), period("2025-Q1"));
}

#[test]
fn only_past_periods_of_the_programme_open_by_hand() {
    let (_world, data_dir) = World::new(date(2025, 8, 4), embedded::PROGRAMME);
    data_dir.tick();
    assert!(data_dir.open_by_hand(period("2025-Q3")).is_ok_and(|new| !new), "the current one is open already");
    for (asked, expected) in [("2025-Q4", "not over yet"), ("2025-M03", "write it as 2025-Q1")] {
        let words = data_dir.open_by_hand(period(asked)).unwrap_err().to_string();
        assert!(words.contains(expected), "{words}");
        assert_eq!(state(&data_dir, asked), "unopened");
    }
}

#[test]
fn an_empty_period_is_released_too() {
    let (world, data_dir) = World::new(date(2025, 2, 3), embedded::PROGRAMME);
    data_dir.tick();
    close(&data_dir, "2025-Q1", true).unwrap();
    drop(data_dir);
    assert_closed_once(&world.data(), period("2025-Q1"));
    let bytes = std::fs::read(world.data().join("public/releases/2025-Q1.json")).unwrap();
    let release: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let measures = release["measures"].as_array().unwrap();
    assert_eq!(measures.len(), 5);
    // Noise is drawn for it as for any other: that all ten agree with zero happens less than once in 10^9.
    let cells = ["contacts", "contacts_new", "syringes_out", "sharps_in", "naloxone_out"]
        .map(|id| [estimate(&release, id, None), estimate(&release, id, Some(("area", "north")))]);
    assert!(cells.concat().iter().any(|estimate| estimate.abs() > 0.5));
}

/// The shipped programme with another budget.
fn budget(rho: &str, year: &str) -> String {
    let text = embedded::PROGRAMME.replace("\nrho = 0.5\n", &format!("\nrho = {rho}\n"));
    let text = text.replace("\nrho_per_year = 2.0\n", &format!("\nrho_per_year = {year}\n"));
    assert!(text.contains(&format!("\nrho = {rho}\n")) && text.contains(&format!("\nrho_per_year = {year}\n")));
    text
}

#[test]
fn a_used_up_year_opens_no_further_period() {
    let (world, data_dir) = World::new(date(2025, 2, 3), &budget("0.5", "0.9"));
    data_dir.tick();
    world.clock.set(date(2025, 5, 1));
    let tick = data_dir.tick();
    assert_eq!((tick.opened.len(), tick.closed.len()), (0, 1), "the one that was due is closed all the same");
    assert_eq!(tick.problems.len(), 1, "{:?}", tick.problems);
    let words = data_dir.tick().problems.concat();
    assert!(words.contains("2025-Q2") && words.contains("0.4") && words.contains("nothing was lost"), "{words}");
    // A raised budget opens it; the next year opens by itself.
    data_dir.adopt_programme(&budget("0.5", "1.4"), "programme.toml").unwrap();
    assert_eq!(data_dir.tick().opened, [period("2025-Q2")]);
    world.clock.set(date(2026, 2, 1));
    assert_eq!(data_dir.tick().opened, [period("2026-Q1")]);
}

#[test]
fn a_close_beyond_the_year_is_refused_and_loses_nothing() {
    let (world, data_dir) = World::new(date(2025, 2, 3), &budget("0.5", "0.9"));
    data_dir.tick();
    import(&data_dir, "2025-W05");
    // Another programme spends more on the next period, and the year's budget is lowered again.
    data_dir.adopt_programme(&budget("0.8", "1.4"), "programme.toml").unwrap();
    world.clock.set(date(2025, 4, 1));
    assert_eq!(data_dir.tick().opened, [period("2025-Q2")]);
    close(&data_dir, "2025-Q2", true).unwrap();
    data_dir.adopt_programme(&budget("0.4", "0.9"), "programme.toml").unwrap();

    let before = life::files(&world.data().join("public"));
    for _ in 0..2 {
        let words = close(&data_dir, "2025-Q1", true).unwrap_err();
        assert!(words.contains("only 0.1") && words.contains("nothing was lost"), "{words}");
    }
    assert_eq!(state(&data_dir, "2025-Q1"), "open");
    assert!(life::files(&world.data().join("public")) == before);
    // It takes tallies as before, and a raised budget publishes it, with everything.
    import(&data_dir, "2025-W06");
    data_dir.adopt_programme(&budget("0.4", "1.4"), "programme.toml").unwrap();
    close(&data_dir, "2025-Q1", true).unwrap();
    drop(data_dir);
    assert_closed_once(&world.data(), period("2025-Q1"));
}

#[test]
fn a_clock_that_is_plainly_wrong_opens_and_closes_nothing() {
    let (world, data_dir) = World::new(date(2025, 2, 3), embedded::PROGRAMME);
    data_dir.tick();
    for day in [date(1970, 1, 1), date(2025, 2, 2), date(2038, 1, 19)] {
        world.clock.set(day);
        let tick = data_dir.tick();
        assert_eq!((tick.opened.len(), tick.closed.len(), tick.problems.len()), (0, 0, 1), "{day}");
        assert_eq!(state(&data_dir, "2025-Q1"), "open");
    }
    data_dir.trust_clock();
    let tick = data_dir.tick();
    assert_eq!((tick.opened.len(), tick.closed.len()), (1, 1), "{:?}", tick.problems);
}
