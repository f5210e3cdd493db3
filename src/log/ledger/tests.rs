use proptest::prelude::*;

use super::*;
use crate::crypto::digest::sha256;
use crate::log::ids::KeyId;

const DAY: Date = jiff::civil::date(2025, 4, 14);
const KEY: PublicKey = PublicKey([3; 32]);

fn programme() -> Digest {
    sha256(b"programme")
}

/// The whole life of a period, in order.
fn life(period: &str, rho: f64) -> Vec<Event> {
    let period: Period = period.parse().unwrap();
    vec![
        Event::PeriodOpened { period, programme: programme(), public_key: KEY, by: OpenedBy::Calendar },
        Event::PeriodClosing { period },
        Event::BudgetDebited { period, unit: PrivacyUnit::WorkerWeek, rho },
        Event::ReleasePublished { period, sha256: sha256(b"release") },
        Event::KeysDestroyed { period, key_id: KEY.id() },
    ]
}

fn entry(event: Event) -> Entry {
    Entry { date: DAY, event }
}

fn ledger() -> Ledger {
    Ledger::replay(&[entry(Event::ProgrammeAdopted { digest: programme() })]).unwrap()
}

fn after(events: &[Event]) -> Ledger {
    let mut ledger = ledger();
    for event in events {
        ledger.apply(&entry(event.clone())).unwrap();
    }
    ledger
}

#[test]
fn a_period_goes_one_way() {
    let period = "2025-Q1".parse().unwrap();
    let steps = life("2025-Q1", 0.5);
    let names = ["open", "closing", "debited", "released", "shredded"];
    for done in 0..=steps.len() {
        let before = after(&steps[..done]);
        assert_eq!(before.period(period).map(|view| view.state.name()), done.checked_sub(1).map(|n| names[n]));
        for (at, event) in steps.iter().enumerate() {
            let mut ledger = before.clone();
            let applied = ledger.apply(&entry(event.clone()));
            assert_eq!(applied.is_ok(), at == done, "{} after {done} steps", event.name());
            if applied.is_err() {
                assert_eq!(ledger, before);
            }
        }
    }
    let view = after(&steps);
    let view = view.period(period).unwrap();
    assert_eq!(view.state, PeriodState::Shredded { sha256: sha256(b"release") });
    assert_eq!(view.debit, Some((PrivacyUnit::WorkerWeek, 0.5)));
    assert_eq!((view.by, view.opened, view.programme), (OpenedBy::Calendar, DAY, programme()));
}

#[test]
fn impossible_particulars_are_refused() {
    let steps = life("2025-Q1", 0.5);
    let period = "2025-Q1".parse().unwrap();
    let (public_key, by) = (KEY, OpenedBy::Hand);
    let opened = Event::PeriodOpened { period, programme: sha256(b"other"), public_key, by };
    assert!(matches!(ledger().apply(&entry(opened)), Err(LedgerError::UnknownProgramme(..))));
    for rho in [0.0, -0.0, -0.5, f64::NAN, f64::INFINITY] {
        let debited = Event::BudgetDebited { period, unit: PrivacyUnit::Tally, rho };
        assert!(matches!(after(&steps[..2]).apply(&entry(debited)), Err(LedgerError::Rho { .. })), "{rho}");
    }
    let destroyed = Event::KeysDestroyed { period, key_id: KeyId([0; 8]) };
    assert_eq!(after(&steps[..4]).apply(&entry(destroyed)), Err(LedgerError::OtherKey(period)));
    let early = Entry { date: DAY.yesterday().unwrap(), event: steps[0].clone() };
    assert!(matches!(ledger().apply(&early), Err(LedgerError::Date { .. })));
}

#[test]
fn the_budget_is_held() {
    let mut events = life("2025-Q1", 0.5);
    events.extend(life("2025-Q2", 0.5));
    events.truncate(7);
    let ledger = after(&events);
    let (q1, q2, q3) = ("2025-Q1".parse().unwrap(), "2025-Q2".parse().unwrap(), "2025-Q3".parse().unwrap());
    assert_eq!((ledger.spent(q1), ledger.spent(q2), ledger.spent_in_year(2025)), (0.5, 0.0, 0.5));
    assert_eq!(ledger.check_debit(q2, 0.5, 0.5, 1.0), Ok(()));
    assert_eq!(ledger.check_debit(q1, 0.1, 9.0, 9.0), Err(LedgerError::DebitedBefore { period: q1, rho: 0.5 }));
    assert_eq!(ledger.check_debit(q3, 0.1, 9.0, 9.0), Err(LedgerError::NotOpened(q3)));
    assert!(matches!(ledger.check_debit(q2, 0.6, 0.5, 9.0), Err(LedgerError::PeriodCap { .. })));
    let error = ledger.check_debit(q2, 0.5, 0.5, 0.75).unwrap_err();
    assert!(error.to_string().contains("of the 0.75 for 2025 only 0.25 is left (0.5 is spent)"), "{error}");
    for rho in [f64::NAN, f64::INFINITY, 0.0, -1.0] {
        assert!(matches!(ledger.check_debit(q2, rho, 9.0, 9.0), Err(LedgerError::Rho { .. })), "{rho}");
    }
    assert!(ledger.check_debit(q2, 0.5, f64::NAN, 9.0).is_err());
    assert!(ledger.check_debit(q2, 0.5, 9.0, f64::NAN).is_err());
}

#[test]
fn twelve_equal_months_fill_a_year_exactly() {
    let mut ledger = ledger();
    for month in 1..=12 {
        let period = format!("2025-M{month:02}");
        for event in life(&period, 0.1) {
            if let Event::BudgetDebited { period, rho, .. } = event {
                ledger.check_debit(period, rho, 0.1, 1.2).unwrap();
            }
            ledger.apply(&entry(event)).unwrap();
        }
    }
    assert_eq!(ledger.periods().count(), 12);
}

proptest! {
    /// Whatever is tried in whatever order: what was accepted keeps to the caps,
    /// and each period has at most one debit and one release.
    #[test]
    fn caps_hold_in_any_order(tries in prop::collection::vec((1_u8..5, 0_usize..5, 0.01_f64..1.0), 0..80)) {
        let (mut ledger, mut debits, mut releases) = (ledger(), [0_u32; 5], [0_u32; 5]);
        for (quarter, step, rho) in tries {
            let event = life(&format!("2025-Q{quarter}"), rho).swap_remove(step);
            if let Event::BudgetDebited { period, rho, .. } = event
                && ledger.check_debit(period, rho, 0.7, 1.5).is_err()
            {
                continue;
            }
            if ledger.apply(&entry(event)).is_ok() {
                debits[usize::from(quarter)] += u32::from(step == 2);
                releases[usize::from(quarter)] += u32::from(step == 3);
            }
        }
        prop_assert!(ledger.spent_in_year(2025) <= 1.5 * (1.0 + SLACK));
        prop_assert!(ledger.periods().all(|(period, _)| ledger.spent(period) <= 0.7 * (1.0 + SLACK)));
        prop_assert!(debits.iter().chain(&releases).all(|count| *count <= 1));
    }
}
