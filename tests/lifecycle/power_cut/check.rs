//! Opens what a cut has left, as the program does, and holds it against what was acknowledged.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "a part of one test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use futures_util::future::join_all;
use peertally::crypto::pseudonym::stub_of;
use peertally::crypto::sign::LogKey;
use peertally::crypto::{PeriodKeys, PeriodPrivateKey, PeriodSalt};
use peertally::domain::{Period, Record, RowKey, Week};
use peertally::intake::{Accepted, Rejection};
use peertally::log::{Entry, Event, Log, PeriodState};
use peertally::period::{DataDir, DataPaths};
use peertally::store::{Cards, SealedRows, codec};

use super::driver::{clock, link_witness};
use super::notes::{Fate, Notes, card, card_of, draft, receipt, sheet};
use crate::common::life::master;

/// The opened rows of one period that still has its keys.
struct Opened {
    open: bool,
    keys: PeriodKeys,
    rows: BTreeMap<RowKey, Record>,
}

/// What is wrong with an image; a panic is wrong as well. `whole` is the log as it was in the end.
pub fn check(data: &Path, notes: &Notes, whole: &[Entry]) -> Vec<String> {
    let mut wrong = Vec::new();
    match catch_unwind(AssertUnwindSafe(|| look(data, notes, whole, &mut wrong))) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => wrong.push(error),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            wrong.push(format!("a panic: {}", text.unwrap_or_default()));
        }
    }
    wrong
}

fn look(data: &Path, notes: &Notes, whole: &[Entry], wrong: &mut Vec<String>) -> Result<(), String> {
    crate::common::counted_by_the_program();
    let entries = log(data, notes, whole)?;
    // The witness was cut at the same moment: ahead of the log it would lock the owner out.
    link_witness(data);
    let data_dir = DataDir::open(DataPaths::new(data), clock()).map_err(|e| format!("it does not open: {e}"))?;
    let periods = opened(&data_dir, data)?;
    tallies(notes, &periods, wrong);
    imports(notes, &periods, wrong);
    cards(&data_dir, notes, wrong);
    again(&data_dir, notes, &periods, wrong);
    closes(&data_dir, data, notes, &entries, wrong);
    Ok(())
}

/// The log verifies, has every entry whose append returned, and no other entries than the real one.
fn log(data: &Path, notes: &Notes, whole: &[Entry]) -> Result<Vec<Entry>, String> {
    let seed = fs::read(data.join("keys/log.key")).map_err(|e| format!("log.key: {e}"))?;
    let key = LogKey::from_seed(&seed).map_err(|e| format!("log.key: {e}"))?;
    let log = Log::open(&data.join("public/log"), key).map_err(|e| format!("the log does not open: {e}"))?;
    let entries = log.public().entries().to_vec();
    if log.public().size() < notes.logged {
        return Err(format!("the log has {} entries, {} were appended", log.public().size(), notes.logged));
    }
    let bytes = |entry: &Entry| entry.encode().unwrap();
    if entries.len() > whole.len() || entries.iter().zip(whole).any(|(one, other)| bytes(one) != bytes(other)) {
        return Err("the log is not a beginning of the real one".to_owned());
    }
    Ok(entries)
}

fn opened(data_dir: &DataDir, data: &Path) -> Result<BTreeMap<Period, Opened>, String> {
    let (master, folder) = (master(data), data_dir.folder());
    let mut all = BTreeMap::new();
    for (period, view) in data_dir.ledger().periods() {
        if !matches!(view.state, PeriodState::Open | PeriodState::Closing | PeriodState::Debited) {
            continue;
        }
        let read = |what| fs::read(folder.secret(period, what)).map_err(|e| format!("the {what} of {period}: {e}"));
        let salt = PeriodSalt::unwrap(&read("salt")?, &master, period).map_err(|e| format!("salt of {period}: {e}"))?;
        let private = PeriodPrivateKey::unwrap(&read("private")?, &master, period);
        let opener = salt.opener(period, &private.map_err(|e| format!("private key of {period}: {e}"))?);
        let (mut rows, mut damaged) = (BTreeMap::new(), 0);
        let drained = data_dir.services().store.drain(period, &mut |key, sealed| match opener
            .open(&key, sealed)
            .ok()
            .and_then(|plain| codec::decode(&plain))
        {
            Some(record) => drop(rows.insert(key, record)),
            None => damaged += 1,
        });
        drained.map_err(|e| e.to_string())?;
        if damaged > 0 {
            return Err(format!("{damaged} rows of {period} do not open"));
        }
        all.insert(period, Opened { open: view.state == PeriodState::Open, keys: salt.keys(), rows });
    }
    Ok(all)
}

fn period_of(week: &str, periods: &BTreeMap<Period, Opened>) -> Option<Period> {
    let week: Week = week.parse().unwrap();
    periods.keys().find(|period| period.index_of(week).is_some()).copied()
}

/// Every receipt stands where it was acknowledged or asked to be, in its version, and nowhere else.
fn tallies(notes: &Notes, periods: &BTreeMap<Period, Opened>, wrong: &mut Vec<String>) {
    let mut explained: BTreeSet<RowKey> = BTreeSet::new();
    for (number, state) in &notes.receipts {
        let found: Vec<(Period, Week, u32)> = periods
            .iter()
            .filter_map(|(period, opened)| {
                let key = opened.keys.row(&opened.keys.of_card(&card(card_of(*number))), &receipt(*number));
                let row = opened.rows.get(&key)?;
                explained.insert(key);
                Some((*period, period.weeks()[usize::from(row.week)], row.counts[0].unwrap_or(0)))
            })
            .collect();
        let fits = |fate: &Fate| match fate {
            Fate::Tally { week, version } => {
                // A period whose keys are gone, as the log says, shows no rows any more.
                let there = period_of(week, periods).is_none_or(|period| {
                    let row = (period, week.parse().unwrap(), *version);
                    found.contains(&row)
                });
                let stray = found.iter().any(|(at, ..)| periods[at].open && Some(*at) != period_of(week, periods));
                there && !stray
            }
            Fate::Nothing | Fate::Withdrawn => !found.iter().any(|(at, ..)| periods[at].open),
        };
        if !state.all().any(fits) {
            let found: Vec<_> = found.iter().map(|(_, week, version)| format!("{week} {version}")).collect();
            wrong.push(format!("receipt {number}: {state:?}, found {found:?}"));
        }
    }
    for (period, opened) in periods {
        let labels: BTreeSet<_> = notes
            .imports
            .keys()
            .flat_map(|(of, batch)| sheet(*batch, *of))
            .map(|row| opened.keys.of_label(&row.label))
            .collect();
        let strays = opened.rows.iter().filter(|(k, row)| !explained.contains(k) && !labels.contains(&row.pseudonym));
        let strays = strays.count();
        if strays > 0 {
            wrong.push(format!("{strays} rows of {period} that nobody sent"));
        }
    }
}

/// A sheet is there whole or not at all; one that was acknowledged is there.
fn imports(notes: &Notes, periods: &BTreeMap<Period, Opened>, wrong: &mut Vec<String>) {
    for ((period, batch), state) in &notes.imports {
        let Some(opened) = periods.get(period) else { continue };
        let rows = sheet(*batch, *period);
        let there = rows.iter().filter(|row| {
            let pseudonym = opened.keys.of_label(&row.label);
            let week = period.index_of(row.tally.week).unwrap();
            let record = Record { pseudonym, week, categories: row.tally.categories, counts: row.tally.counts };
            opened.rows.contains_key(&opened.keys.imported_row(&pseudonym, &codec::encode(&record), row.nth))
        });
        let there = there.count();
        if !state.all().any(|whole| there == if *whole { rows.len() } else { 0 }) {
            wrong.push(format!("import {batch} of {period}: {there} of {} rows are there", rows.len()));
        }
    }
}

fn cards(data_dir: &DataDir, notes: &Notes, wrong: &mut Vec<String>) {
    for (number, state) in &notes.cards {
        let verifier = data_dir.verifier_key().verifier(&stub_of(&card(*number)));
        let known = data_dir.services().store.until(&verifier).map(|until| until.is_some());
        if !known.as_ref().is_ok_and(|known| state.all().any(|allowed| allowed == known)) {
            wrong.push(format!("card {number}: {state:?}, found {known:?}"));
        }
    }
}

/// The same PUT again is the same tally; a withdrawn receipt is spent.
fn again(data_dir: &DataDir, notes: &Notes, periods: &BTreeMap<Period, Opened>, wrong: &mut Vec<String>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let desk = &data_dir.services().intake;
    let open = |week: &str| period_of(week, periods).is_some_and(|period| periods[&period].open);
    let newest = desk.open_weeks()[0].to_string();
    let asked = notes.receipts.iter().filter(|(_, state)| state.maybe.is_empty()).filter_map(|(number, state)| {
        let (week, version) = match &state.now {
            Fate::Tally { week, version } if open(week) => (week.clone(), *version),
            Fate::Withdrawn => (newest.clone(), 1),
            _ => return None,
        };
        Some(async move {
            let code = card(card_of(*number)).reveal();
            let answer = desk.put(Some(code.as_str()), &receipt(*number).to_string(), draft(&week, version)).await;
            let right = matches!(
                (&state.now, &answer),
                (Fate::Withdrawn, Err(Rejection::Withdrawn)) | (Fate::Tally { .. }, Ok(Accepted::SameOrReplaced))
            );
            (!right).then(|| {
                format!("receipt {number} sent again: {state:?}, answered {:?}", answer.map_err(|e| e.to_string()))
            })
        })
    });
    wrong.extend(runtime.block_on(join_all(asked)).into_iter().flatten());
}

/// A close that was acknowledged is done; one that was begun goes on, with the release that the log names.
fn closes(data_dir: &DataDir, data: &Path, notes: &Notes, entries: &[Entry], wrong: &mut Vec<String>) {
    let named = |period| {
        entries.iter().find_map(|entry| match entry.event {
            Event::ReleasePublished { period: of, sha256 } if of == period => Some(sha256.to_string()),
            _ => None,
        })
    };
    for entry in fs::read_dir(data.join("public/releases")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let period = name.strip_suffix(".json").and_then(|name| name.parse().ok());
        if period.and_then(named).is_none() {
            wrong.push(format!("public/releases/{name} is there, and the log does not name it"));
        }
    }
    let ledger = data_dir.ledger();
    for (period, view) in ledger.periods().filter(|(_, view)| view.state != PeriodState::Open) {
        match data_dir.close(period, true) {
            Ok(closed) if named(period).is_none_or(|sha256| sha256 == closed.sha256) => {}
            Ok(_) => wrong.push(format!("{period} was released as something else than the log names")),
            Err(error) => wrong.push(format!("{period} ({}) does not close: {error}", view.state.name())),
        }
    }
    for (period, sha256) in &notes.closed {
        let done = ledger.period(*period).is_some_and(|view| matches!(view.state, PeriodState::Shredded { .. }));
        if !done || named(*period).as_ref() != Some(sha256) {
            wrong.push(format!("{period} was closed, and is not"));
        }
    }
}
