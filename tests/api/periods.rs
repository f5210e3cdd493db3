//! Days on which two periods are open, under a clock of its own: moves between
//! them, withdrawals, and cards that run out.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use crate::common;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use crate::common::{PROGRAM, receipt, request, tally};
use jiff::civil::date;
use peertally::admin::{Request, Role, execute};
use peertally::clock::MockClock;
use peertally::crypto::pseudonym::{new_card, stub_of};
use peertally::domain::Period;
use peertally::intake::{Accepted, Rejection, body};
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;
use peertally::web::{self, Listener, Site};
use serde_json::Value;

const OLD: &str = "2025-Q1";
const NEW: &str = "2025-Q2";
/// A week of the old period that is still open in the grace days.
const OLD_WEEK: &str = "2025-W13";
/// A week of the new one.
const NEW_WEEK: &str = "2025-W14";

/// A data_dir in the grace days of the first quarter of 2025: two periods are open.
struct Between {
    folder: tempfile::TempDir,
    data_dir: Arc<DataDir>,
    clock: Arc<MockClock>,
}

impl Between {
    fn new() -> Self {
        common::counted_by_the_program();
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(MockClock::new(date(2025, 3, 20)));
        let data = DataPaths::new(&folder.path().join("data"));
        let data_dir = DataDir::create(data, embedded::PROGRAMME, embedded::POLICY, clock.clone()).unwrap();
        assert_eq!(data_dir.tick().opened, [period(OLD)]);
        clock.set(date(2025, 4, 2));
        assert_eq!(data_dir.tick().opened, [period(NEW)]);
        assert_eq!(data_dir.services().open.all().len(), 2);
        Self { folder, data_dir: Arc::new(data_dir), clock }
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// A card that lasts until the end of `until`.
    fn card(&self, until: &str) -> String {
        let card = new_card().unwrap();
        let stubs = vec![stub_of(&card).reveal().to_string()];
        // Given out in the old period, whatever day it is now.
        let today = self.data_dir.today();
        self.clock.set(date(2025, 3, 20));
        let request = Request::AddCards { stubs, until: Some(period(until)) };
        execute(&self.data_dir, Role::Coordinator, request, &|_| {}).unwrap();
        self.clock.set(today);
        card.reveal().to_string()
    }

    fn put(&self, card: &str, receipt: &str, body: &Value) -> Result<Accepted, Rejection> {
        let draft = body::read(body.to_string().as_bytes())?;
        wait(self.data_dir.services().intake.put(Some(card), receipt, draft))
    }

    fn withdraw(&self, card: &str, receipt: &str) -> Result<(), Rejection> {
        wait(self.data_dir.services().intake.withdraw(Some(card), receipt))
    }

    /// Ends the data_dir and closes both periods by the real program, without noise;
    /// answers the totals of contacts.
    fn close(self) -> (Option<i64>, Option<i64>) {
        let Self { folder, data_dir, .. } = self;
        drop(Arc::into_inner(data_dir).unwrap());
        let data = folder.path().join("data");
        (total(&data, OLD), total(&data, NEW))
    }
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn total(data: &Path, period: &str) -> Option<i64> {
    let mut close = Command::new(PROGRAM);
    close.args(["close", period, "--data"]).arg(data).env("PEERTALLY_TEST_ZERO_NOISE", "1");
    let done = close.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let release = std::fs::read(data.join(format!("public/releases/{period}.json"))).unwrap();
    let release: Value = serde_json::from_slice(&release).unwrap();
    let contacts = release["measures"].as_array().unwrap().iter().find(|m| m["id"] == "contacts").unwrap();
    let whole = contacts["breakdowns"].as_array().unwrap().iter().find(|b| b["by"] == serde_json::json!([]));
    // A cell without any tally is not told from one with none in it.
    whole.and_then(|b| b["cells"][0]["estimate"].as_f64()).map(|estimate| estimate.round() as i64)
}

#[test]
fn a_tally_moved_to_the_other_period_is_counted_once() {
    let between = Between::new();
    let card = between.card(NEW);
    // Moved on; moved back; moved on and corrected; and one in each that stays.
    assert_eq!(between.put(&card, &receipt(1), &tally(OLD_WEEK, 11)).unwrap(), Accepted::New);
    assert_eq!(between.put(&card, &receipt(1), &tally(NEW_WEEK, 11)).unwrap(), Accepted::SameOrReplaced);
    assert_eq!(between.put(&card, &receipt(2), &tally(NEW_WEEK, 7)).unwrap(), Accepted::New);
    assert_eq!(between.put(&card, &receipt(2), &tally(OLD_WEEK, 7)).unwrap(), Accepted::SameOrReplaced);
    assert_eq!(between.put(&card, &receipt(3), &tally(OLD_WEEK, 1)).unwrap(), Accepted::New);
    assert_eq!(between.put(&card, &receipt(3), &tally(NEW_WEEK, 2)).unwrap(), Accepted::SameOrReplaced);
    assert_eq!(between.put(&card, &receipt(3), &tally(OLD_WEEK, 3)).unwrap(), Accepted::SameOrReplaced);
    assert_eq!(between.put(&card, &receipt(3), &tally(NEW_WEEK, 20)).unwrap(), Accepted::SameOrReplaced);
    assert_eq!(between.put(&card, &receipt(4), &tally(OLD_WEEK, 30)).unwrap(), Accepted::New);
    assert_eq!(between.put(&card, &receipt(5), &tally(NEW_WEEK, 40)).unwrap(), Accepted::New);
    assert_eq!(between.close(), (Some(7 + 30), Some(11 + 20 + 40)));
}

#[test]
fn a_withdrawn_receipt_is_spent_in_both_periods() {
    let between = Between::new();
    let card = between.card(NEW);
    assert_eq!(between.put(&card, &receipt(9), &tally(OLD_WEEK, 9)).unwrap(), Accepted::New);
    for (number, week) in [(1, OLD_WEEK), (2, NEW_WEEK)] {
        assert_eq!(between.put(&card, &receipt(number), &tally(week, 5)).unwrap(), Accepted::New);
        between.withdraw(&card, &receipt(number)).unwrap();
        for again in [OLD_WEEK, NEW_WEEK] {
            assert!(matches!(between.put(&card, &receipt(number), &tally(again, 5)), Err(Rejection::Withdrawn)));
        }
        assert!(matches!(between.withdraw(&card, &receipt(number)), Err(Rejection::NotFound)));
    }
    // Moved, then withdrawn: gone from both.
    assert_eq!(between.put(&card, &receipt(3), &tally(OLD_WEEK, 6)).unwrap(), Accepted::New);
    assert_eq!(between.put(&card, &receipt(3), &tally(NEW_WEEK, 6)).unwrap(), Accepted::SameOrReplaced);
    between.withdraw(&card, &receipt(3)).unwrap();
    assert!(matches!(between.withdraw(&card, &receipt(3)), Err(Rejection::NotFound)));
    assert_eq!(between.put(&card, &receipt(10), &tally(NEW_WEEK, 8)).unwrap(), Accepted::New);

    // The receipt stays spent in the newer period after the older one has closed.
    between.data_dir.close(period(OLD), true).unwrap();
    for number in 1..=3 {
        assert!(matches!(between.put(&card, &receipt(number), &tally(NEW_WEEK, 5)), Err(Rejection::Withdrawn)));
    }
    assert_eq!(between.close().1, Some(8));
}

#[test]
fn many_moves_at_once_leave_one_row() {
    let between = Between::new();
    let card = between.card(NEW);
    let intake = &between.data_dir.services().intake;
    let send = |n: usize| {
        let draft = body::read(tally([OLD_WEEK, NEW_WEEK][n % 2], 10).to_string().as_bytes()).unwrap();
        let card = card.clone();
        async move { intake.put(Some(&card), &receipt(1), draft).await }
    };
    let answers = wait(futures_util::future::join_all((0..200).map(send)));
    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers.iter().filter(|a| **a == Accepted::New).count(), 1);
    // One withdrawal takes all of it.
    between.withdraw(&card, &receipt(1)).unwrap();
    assert!(matches!(between.withdraw(&card, &receipt(1)), Err(Rejection::NotFound)));

    let send = |n: usize| {
        let draft = body::read(tally([OLD_WEEK, NEW_WEEK][n % 2], 10).to_string().as_bytes()).unwrap();
        let card = card.clone();
        async move { intake.put(Some(&card), &receipt(2), draft).await }
    };
    assert!(wait(futures_util::future::join_all((0..201).map(send))).iter().all(Result::is_ok));
    let (old, new) = between.close();
    assert_eq!((old.unwrap_or(0), new.unwrap_or(0)), (10, 0), "the last move decides, and the tally counts once");
}

#[test]
fn the_rate_is_one_for_all_weeks_and_forgets_after_an_hour() {
    let between = Between::new();
    let card = between.card(NEW);
    let week = |n: u64| if n.is_multiple_of(3) { OLD_WEEK } else { NEW_WEEK };
    for n in 0..30 {
        assert_eq!(between.put(&card, &receipt(n), &tally(week(n), 1)).unwrap(), Accepted::New);
    }
    let full = |from: u64| {
        for week in [OLD_WEEK, NEW_WEEK] {
            let refused = between.put(&card, &receipt(from), &tally(week, 1));
            assert!(matches!(refused, Err(Rejection::RateLimited(30))), "{week}");
        }
    };
    full(30);
    // A move is a correction, and neither it nor a withdrawal makes room.
    assert_eq!(between.put(&card, &receipt(0), &tally(NEW_WEEK, 1)).unwrap(), Accepted::SameOrReplaced);
    between.withdraw(&card, &receipt(1)).unwrap();
    full(30);
    // Nor does another day of the calendar; nor does closing a period.
    between.clock.set(date(2025, 4, 1));
    full(30);
    between.data_dir.close(period(OLD), true).unwrap();
    assert!(matches!(between.put(&card, &receipt(30), &tally(NEW_WEEK, 1)), Err(Rejection::RateLimited(30))));
    between.clock.run(Duration::from_secs(59 * 60 - 1));
    assert!(matches!(between.put(&card, &receipt(30), &tally(NEW_WEEK, 1)), Err(Rejection::RateLimited(30))));
    // An hour later it is as if the card had never sent: whoever has it is answered like the holder of a new one.
    between.clock.run(Duration::from_secs(61));
    let fresh = between.card(NEW);
    let answers = |card: &str, from: u64| -> Vec<bool> {
        (from..from + 35).map(|n| between.put(card, &receipt(n), &tally(NEW_WEEK, 1)).is_ok()).collect()
    };
    let of_old = answers(&card, 100);
    assert_eq!((of_old.iter().filter(|taken| **taken).count(), answers(&fresh, 100)), (30, of_old));
}

#[test]
fn weeks_outside_the_last_three_are_closed_although_their_period_is_open() {
    let between = Between::new();
    let card = between.card(NEW);
    // Two weeks ago the open ones, and one that has not begun.
    for week in ["2025-W11", "2025-W15", "2025-W26", "2024-W52"] {
        let answer = between.put(&card, &receipt(1), &tally(week, 1));
        assert!(matches!(answer, Err(Rejection::WeekClosed(ref open)) if open.len() == 3), "{week}");
    }
    // After the grace days the old period is closed by the calendar.
    assert_eq!(between.put(&card, &receipt(1), &tally(OLD_WEEK, 4)).unwrap(), Accepted::New);
    between.clock.set(date(2025, 4, 13));
    assert!(between.data_dir.tick().closed.is_empty());
    assert_eq!(between.put(&card, &receipt(1), &tally(OLD_WEEK, 5)).unwrap(), Accepted::SameOrReplaced);
    between.clock.set(date(2025, 4, 14));
    assert_eq!(between.data_dir.tick().closed.len(), 1);
    assert!(matches!(between.put(&card, &receipt(1), &tally(OLD_WEEK, 6)), Err(Rejection::WeekClosed(_))));
    assert!(matches!(between.withdraw(&card, &receipt(1)), Err(Rejection::NotFound)));
    assert!(matches!(between.withdraw(&card, &receipt(2)), Err(Rejection::NotFound)));
}

/// Serves a data_dir over HTTP on a thread of its own until the value goes.
struct Served(SocketAddr, tokio::sync::watch::Sender<Option<String>>);

impl Served {
    fn new(data_dir: &Arc<DataDir>) -> Self {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = tcp.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::watch::channel(None);
        let desk = Arc::clone(&data_dir.services().intake);
        let (public, policy) = (data_dir.folder().public(), data_dir.policy().clone());
        let site = Site::new(desk, public, policy, data_dir.log_key().parse().unwrap(), || None);
        std::thread::spawn(move || {
            // It ends with the reason below.
            let _ = web::run(Arc::new(site), Listener::Tcp(tcp), vec![stopped], 1024);
        });
        Self(address, stop)
    }

    fn put(&self, card: &str, body: &Value) -> common::Answer {
        let bearer = format!("Bearer {card}");
        let path = format!("/v1/tallies/{}", receipt(1));
        request(self.0, "PUT", &path, &[("Authorization", &bearer)], body.to_string().as_bytes())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.1.send_replace(Some("the test is over".to_owned()));
    }
}

#[test]
fn a_card_that_has_run_out_is_refused_in_the_words_for_an_unknown_one() {
    let between = Between::new();
    let (short, long) = (between.card(OLD), between.card(NEW));
    let served = Served::new(&between.data_dir);
    let unknown = served.put(&new_card().unwrap().reveal(), &tally(NEW_WEEK, 1));
    assert_eq!(unknown.status, 401);
    // In the grace days it still sends for its own period, and for no later one.
    assert_eq!(served.put(&short, &tally(OLD_WEEK, 1)).status, 201);
    let late = served.put(&short, &tally(NEW_WEEK, 1));
    assert_eq!((late.status, late.text()), (401, unknown.text()));
    assert_eq!(served.put(&long, &tally(NEW_WEEK, 1)).status, 201);
    between.clock.set(date(2025, 4, 14));
    between.data_dir.tick();
    for week in [OLD_WEEK, NEW_WEEK] {
        let late = served.put(&short, &tally(week, 1));
        assert_eq!((late.status, late.text()), (401, unknown.text()), "{week}");
    }
    assert_eq!(served.put(&long, &tally(NEW_WEEK, 2)).status, 200);
    assert_eq!(served.put(&long, &tally(OLD_WEEK, 2)).status, 409);
    assert!(between.data().join("public/releases/2025-Q1.json").is_file());
}
