//! One suite of tests over both engines: what every store must do.

use proptest::prelude::*;

use super::*;

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn slot(quarter: &str, n: u8) -> Slot {
    Slot { period: period(quarter), key: RowKey([n; 16]) }
}

/// The row of receipt `n` in `quarter`, sealed bytes all `body`.
fn put(quarter: &str, other: &str, n: u8, body: u8) -> PutRow {
    PutRow {
        at: slot(quarter, n),
        sealed: Box::new([body; SEALED]),
        elsewhere: vec![slot(other, n)],
        tombstones: vec![slot(quarter, n), slot(other, n)],
        new_allowed: true,
    }
}

/// The same receipt from a phone's queue: it must not replace.
fn add_once(quarter: &str, other: &str, n: u8, body: u8) -> AddRow {
    AddRow {
        row: Some((slot(quarter, n), Box::new([body; SEALED]))),
        rows: vec![slot(quarter, n), slot(other, n)],
        tombstones: vec![slot(quarter, n), slot(other, n)],
        new_allowed: true,
    }
}

fn late(n: u8, body: u8) -> AddRow {
    add_once("2026-Q1", "2026-Q2", n, body)
}

fn withdraw(n: u8) -> WithdrawRow {
    let slots = || vec![slot("2026-Q1", n), slot("2026-Q2", n)];
    WithdrawRow { rows: slots(), tombstones: slots() }
}

fn rows(store: &Embedded, quarter: &str) -> Vec<(u8, u8)> {
    let mut found = Vec::new();
    store.drain(period(quarter), &mut |key, sealed| found.push((key.0[0], sealed[0]))).unwrap();
    found
}

fn both(test: impl Fn(&Embedded)) {
    test(&Embedded::in_memory());
    let folder = tempfile::tempdir().unwrap();
    test(&Embedded::create(&folder.path().join("store"), [1; 16]).unwrap());
}

#[test]
fn put_again_is_the_same_and_another_body_replaces() {
    both(|store| {
        assert_eq!(store.put(put("2026-Q1", "2026-Q2", 1, 7)).unwrap().wait().unwrap(), Outcome::Created);
        assert_eq!(store.put(put("2026-Q1", "2026-Q2", 1, 7)).unwrap().wait().unwrap(), Outcome::Replaced);
        assert_eq!(store.put(put("2026-Q1", "2026-Q2", 1, 8)).unwrap().wait().unwrap(), Outcome::Replaced);
        assert_eq!(rows(store, "2026-Q1"), [(1, 8)]);
    });
}

#[test]
fn a_tally_moves_to_the_other_period_in_one_change() {
    both(|store| {
        store.put(put("2026-Q1", "2026-Q2", 1, 7)).unwrap().wait().unwrap();
        assert_eq!(store.put(put("2026-Q2", "2026-Q1", 1, 9)).unwrap().wait().unwrap(), Outcome::Replaced);
        assert_eq!((rows(store, "2026-Q1"), rows(store, "2026-Q2")), (vec![], vec![(1, 9)]));
    });
}

#[test]
fn a_withdrawn_receipt_is_spent_in_both_periods() {
    both(|store| {
        store.put(put("2026-Q1", "2026-Q2", 1, 7)).unwrap().wait().unwrap();
        assert_eq!(store.withdraw(withdraw(1)).unwrap().wait().unwrap(), Outcome::Withdrawn);
        assert_eq!(store.withdraw(withdraw(1)).unwrap().wait().unwrap(), Outcome::NotFound);
        for (here, there) in [("2026-Q1", "2026-Q2"), ("2026-Q2", "2026-Q1")] {
            assert_eq!(store.put(put(here, there, 1, 7)).unwrap().wait().unwrap(), Outcome::Spent);
        }
        assert_eq!(store.withdraw(withdraw(2)).unwrap().wait().unwrap(), Outcome::NotFound);
    });
}

#[test]
fn a_late_copy_changes_nothing_in_any_period() {
    both(|store| {
        let once = |add| store.put_once(add).unwrap().wait().unwrap();
        assert_eq!(once(late(1, 7)), Outcome::Created);
        assert_eq!(once(late(1, 8)), Outcome::Kept);
        // Corrected, and moved to the other period: the old copy still changes nothing.
        store.put(put("2026-Q2", "2026-Q1", 1, 9)).unwrap().wait().unwrap();
        assert_eq!(once(late(1, 7)), Outcome::Kept);
        assert_eq!((rows(store, "2026-Q1"), rows(store, "2026-Q2")), (vec![], vec![(1, 9)]));
        // Withdrawn: it does not come back, in either period.
        store.withdraw(withdraw(1)).unwrap().wait().unwrap();
        assert_eq!(once(late(1, 7)), Outcome::Spent);
        assert_eq!(once(add_once("2026-Q2", "2026-Q1", 1, 7)), Outcome::Spent);
        assert_eq!((rows(store, "2026-Q1"), rows(store, "2026-Q2")), (vec![], vec![]));
        // In one batch, the first one is taken and no other.
        let tickets: Vec<_> = (1..5).map(|body| store.put_once(late(2, body)).unwrap()).collect();
        let outcomes: Vec<_> = tickets.into_iter().map(|ticket| ticket.wait().unwrap()).collect();
        assert_eq!(outcomes, [Outcome::Created, Outcome::Kept, Outcome::Kept, Outcome::Kept]);
        assert_eq!(rows(store, "2026-Q1"), [(2, 1)]);
    });
}

#[test]
fn what_is_only_asked_for_or_not_allowed_writes_nothing() {
    both(|store| {
        let once = |add| store.put_once(add).unwrap().wait().unwrap();
        let ask = |n| AddRow { row: None, ..late(n, 7) };
        assert_eq!(once(ask(1)), Outcome::NotFound);
        assert_eq!(once(AddRow { new_allowed: false, ..late(1, 7) }), Outcome::NewRefused);
        assert_eq!(rows(store, "2026-Q1"), []);
        assert_eq!(once(late(1, 7)), Outcome::Created);
        assert_eq!(once(ask(1)), Outcome::Kept);
        assert_eq!(once(AddRow { new_allowed: false, ..late(1, 8) }), Outcome::Kept);
        // While its period is counted it is still known to be there, and nothing new gets in.
        store.freeze(period("2026-Q1")).unwrap().wait().unwrap();
        assert_eq!(once(ask(1)), Outcome::Kept);
        assert_eq!(once(late(1, 8)), Outcome::Kept);
        assert_eq!(once(late(3, 8)), Outcome::PeriodClosed);
        assert_eq!(rows(store, "2026-Q1"), [(1, 7)]);
    });
}

#[test]
fn a_full_quota_still_lets_rows_be_corrected() {
    both(|store| {
        let strict = |n, body| PutRow { new_allowed: false, ..put("2026-Q1", "2026-Q2", n, body) };
        store.put(put("2026-Q1", "2026-Q2", 1, 7)).unwrap().wait().unwrap();
        assert_eq!(store.put(strict(1, 8)).unwrap().wait().unwrap(), Outcome::Replaced);
        assert_eq!(store.put(strict(2, 8)).unwrap().wait().unwrap(), Outcome::NewRefused);
        assert_eq!(rows(store, "2026-Q1"), [(1, 8)]);
    });
}

#[test]
fn a_sealed_off_period_takes_nothing_and_gives_up_nothing() {
    both(|store| {
        store.put(put("2026-Q1", "2026-Q2", 1, 7)).unwrap().wait().unwrap();
        store.freeze(period("2026-Q1")).unwrap().wait().unwrap();
        let refused = [
            store.put(put("2026-Q1", "2026-Q2", 2, 7)).unwrap().wait().unwrap(),
            store.put(put("2026-Q2", "2026-Q1", 1, 7)).unwrap().wait().unwrap(),
            store.withdraw(withdraw(1)).unwrap().wait().unwrap(),
            store.import(vec![(slot("2026-Q1", 3), Box::new([0; SEALED]))]).unwrap().wait().unwrap(),
        ];
        assert_eq!(refused, [Outcome::PeriodClosed; 4]);
        assert_eq!(store.put(put("2026-Q2", "2026-Q1", 5, 7)).unwrap().wait().unwrap(), Outcome::Created);
        assert_eq!((rows(store, "2026-Q1"), rows(store, "2026-Q2")), (vec![(1, 7)], vec![(5, 7)]));
    });
}

#[test]
fn a_rewrite_leaves_out_rows_and_tombstones_of_one_period() {
    both(|store| {
        for n in 0..10 {
            store.put(put("2026-Q1", "2026-Q2", n, 7)).unwrap().wait().unwrap();
        }
        store.put(put("2026-Q2", "2026-Q1", 99, 7)).unwrap().wait().unwrap();
        store.withdraw(withdraw(0)).unwrap().wait().unwrap();
        assert!(store.any(period("2026-Q1")).unwrap());
        store.compact(period("2026-Q1")).unwrap().wait().unwrap();
        assert!(!store.any(period("2026-Q1")).unwrap());
        assert_eq!((rows(store, "2026-Q1"), rows(store, "2026-Q2")), (vec![], vec![(99, 7)]));
        // The other period's tombstone stays: the withdrawn receipt is still spent there.
        assert_eq!(store.put(put("2026-Q2", "2026-Q1", 0, 7)).unwrap().wait().unwrap(), Outcome::Spent);
    });
}

#[test]
fn after_a_rewrite_nothing_removed_is_left_in_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let store = Embedded::create(&path, [1; 16]).unwrap();
    // Rows of four waves, so that segments are reused; each value is told apart by its bytes.
    for wave in 0..4u8 {
        let tickets: Vec<_> = (0..250)
            .map(|n| store.put(put("2026-Q1", "2026-Q2", n, 0xA0 | wave)).unwrap())
            .chain(
                (0..250u8)
                    .map(|n| store.put(PutRow { elsewhere: vec![], ..put("2026-Q2", "2026-Q1", n, 0x50) }).unwrap()),
            )
            .collect();
        tickets.into_iter().for_each(|ticket| assert!(ticket.wait().is_ok()));
    }
    let left = rows(&store, "2026-Q2");
    let found = |body: u8| {
        let files = ["db", "conf"].map(|name| std::fs::read(path.join(name)).unwrap_or_default());
        files.iter().flat_map(|bytes| bytes.windows(SEALED)).filter(|w| w.iter().all(|b| *b == body)).count()
    };
    assert!((0xA0..0xA4).any(|body| found(body) > 0), "the control: they are there before");
    store.freeze(period("2026-Q1")).unwrap().wait().unwrap();
    assert!(store.needs_compaction().unwrap());
    store.compact(period("2026-Q1")).unwrap().wait().unwrap();
    assert!(!store.needs_compaction().unwrap());
    assert_eq!((0xA0..0xA4).map(found).sum::<usize>(), 0);
    assert_eq!(rows(&store, "2026-Q2"), left);
    assert_eq!(store.put(put("2026-Q2", "2026-Q1", 251, 1)).unwrap().wait().unwrap(), Outcome::Created);
    assert!(matches!(Embedded::open(&path, [1; 16]), Err(StoreError::Locked)));
    drop(store);
    assert_eq!(rows(&Embedded::open(&path, [1; 16]).unwrap(), "2026-Q2").len(), left.len() + 1);
}

#[test]
fn an_import_adds_only_what_is_new() {
    both(|store| {
        let file = |n: u8| (0..n).map(|k| (slot("2026-Q1", k), Box::new([k; SEALED]))).collect::<Vec<_>>();
        assert_eq!(store.import(file(3)).unwrap().wait().unwrap(), Outcome::Done(3));
        assert_eq!(store.import(file(5)).unwrap().wait().unwrap(), Outcome::Done(2));
        assert_eq!(store.import(file(5)).unwrap().wait().unwrap(), Outcome::Done(0));
    });
}

#[test]
fn cards_come_and_go() {
    both(|store| {
        let card = |n: u8| Verifier([n; 32]);
        store.add(vec![(card(1), period("2026-Q1")), (card(2), period("2026-Q2"))]).unwrap().wait().unwrap();
        assert_eq!(store.until(&card(1)).unwrap(), Some(period("2026-Q1")));
        assert_eq!(store.expire(period("2026-Q1")).unwrap().wait().unwrap(), Outcome::Done(1));
        assert_eq!(store.until(&card(1)).unwrap(), None);
        assert_eq!(store.revoke(card(2)).unwrap().wait().unwrap(), Outcome::Done(1));
        assert_eq!(store.revoke(card(2)).unwrap().wait().unwrap(), Outcome::Done(0));
        assert_eq!(store.until(&card(2)).unwrap(), None);
    });
}

#[test]
fn sled_keeps_all_of_it_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let store = Embedded::create(&path, [1; 16]).unwrap();
    let tickets: Vec<_> = (0..200).map(|n| store.put(put("2026-Q1", "2026-Q2", n, n)).unwrap()).collect();
    assert!(tickets.into_iter().all(|t| t.wait().unwrap() == Outcome::Created));
    drop(store);
    assert_eq!(rows(&Embedded::open(&path, [1; 16]).unwrap(), "2026-Q1").len(), 200);
    assert!(matches!(Embedded::open(&path, [2; 16]), Err(StoreError::WrongKey(_))));
}

#[test]
fn a_second_opener_is_told_who_holds_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let _store = Embedded::create(&path, [1; 16]).unwrap();
    assert!(matches!(Embedded::open(&path, [1; 16]), Err(StoreError::Locked)));
}

#[test]
fn damage_is_an_error_and_the_folder_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let store = Embedded::create(&path, [1; 16]).unwrap();
    let tickets: Vec<_> = (0..200).map(|n| store.put(put("2026-Q1", "2026-Q2", n, n)).unwrap()).collect();
    tickets.into_iter().for_each(|t| assert!(t.wait().is_ok()));
    drop(store);
    std::fs::remove_file(path.join("conf")).ok();
    let length = std::fs::metadata(path.join("db")).unwrap().len();
    std::fs::write(path.join("db"), vec![0xA5; usize::try_from(length).unwrap()]).unwrap();
    assert!(matches!(Embedded::open(&path, [1; 16]), Err(StoreError::Damaged(..) | StoreError::Failed(_))));
    assert!(path.join("db").is_file());
    std::fs::remove_file(path.join("db")).unwrap();
    assert!(matches!(Embedded::open(&path, [1; 16]), Err(StoreError::Damaged(..))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is asked in whatever groups, both engines answer and hold the same.
    #[test]
    fn the_twins_agree(steps in prop::collection::vec((0u8..8, 0u8..5, any::<bool>(), any::<bool>()), 1..60)) {
        let folder = tempfile::tempdir().unwrap();
        let twins = [Embedded::in_memory(), Embedded::create(&folder.path().join("store"), [1; 16]).unwrap()];
        let answers = twins.each_ref().map(|store| {
            let mut answers = Vec::new();
            let mut waiting = Vec::new();
            for (kind, n, first, wait) in &steps {
                let (here, there) = if *first { ("2026-Q1", "2026-Q2") } else { ("2026-Q2", "2026-Q1") };
                waiting.push(match kind {
                    0..=2 => store.put(put(here, there, *n, *kind)).unwrap(),
                    3 => store.withdraw(withdraw(*n)).unwrap(),
                    4 => store.import(vec![(slot(here, *n), Box::new([9; SEALED]))]).unwrap(),
                    5 => store.put_once(add_once(here, there, *n, 6)).unwrap(),
                    6 => store.put_once(AddRow { row: None, ..add_once(here, there, *n, 6) }).unwrap(),
                    _ => store.put(PutRow { new_allowed: false, ..put(here, there, *n, 5) }).unwrap(),
                });
                if *wait {
                    answers.extend(waiting.drain(..).map(|t| t.wait().unwrap()));
                }
            }
            answers.extend(waiting.drain(..).map(|t| t.wait().unwrap()));
            (answers, rows(store, "2026-Q1"), rows(store, "2026-Q2"))
        });
        prop_assert_eq!(&answers[0], &answers[1]);
    }
}
