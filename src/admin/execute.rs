//! Runs a request on an opened data folder.

use crate::domain::{Period, StubCode, Week};
use crate::intake::sheet::{self, Scope};
use crate::log::{OpenedBy, PeriodState};
use crate::period::{Custody, DataDir, KeyGiven};
use crate::sandbox;
use crate::scan::{self, ScanFinding};
use crate::store::{Cards, Outcome, StoreError};

use super::protocol::{Answer, ImportRequest, PeriodStatus, Refusal, Request, Role};

/// Rows of a sheet in one group commit.
const ROWS: usize = 4096;
/// Most cards in one deck.
const DECK: usize = 10_000;

fn refuse(error: impl std::fmt::Display) -> Refusal {
    Refusal(error.to_string())
}

/// Runs a request.
///
/// # Errors
/// A sentence that says what is wrong and what to do.
pub fn execute(
    data_dir: &DataDir,
    role: Role,
    request: Request,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Answer, Refusal> {
    if !role.may(&request) {
        return Err(refuse("this role may not do that: ask a coordinator"));
    }
    match request {
        Request::AddCards { stubs, until } => add_cards(data_dir, &stubs, until),
        Request::RevokeCard { stub } => revoke(data_dir, &stub),
        Request::OpenPeriod { period } => {
            Ok(Answer::Opened { period, new: data_dir.open_by_hand(period).map_err(refuse)? })
        }
        Request::Import(request) => import(data_dir, &request, progress),
        Request::Close { period, early, key_lost: true, private_key: None } => {
            data_dir.close_without_key(period, early).map(Answer::Closed).map_err(refuse)
        }
        Request::Close { period, early, private_key, .. } => {
            data_dir.close_with(period, early, private_key.as_ref()).map(Answer::Closed).map_err(refuse)
        }
        Request::PeriodKey { period, public_key } => {
            let KeyGiven { key, new, open } = data_dir.give_key(period, &public_key).map_err(refuse)?;
            Ok(Answer::KeyGiven { period, key_id: key.id().to_string(), new, open })
        }
        Request::Status => Ok(status(data_dir)),
        Request::Scan => {
            let findings = data_dir.while_still(|| scan(data_dir)).map_err(refuse)?;
            Ok(Answer::Scanned { findings, dumps: sandbox::may_dump() })
        }
        Request::Dump | Request::Backup { .. } => {
            Err(refuse("a copy is handed over in pieces: ask for it by `dump` or `backup`"))
        }
    }
}

/// Hands a dump or a backup to `sink`.
///
/// # Errors
/// A sentence that says what is wrong and what to do.
pub fn copy(
    data_dir: &DataDir,
    role: Role,
    request: &Request,
    sink: &mut dyn FnMut(&str) -> std::io::Result<()>,
) -> Result<Answer, Refusal> {
    if !role.may(request) {
        return Err(refuse("this role may not do that: ask a coordinator"));
    }
    let digest = match request {
        Request::Backup { to } => data_dir.backup(to.as_deref(), sink).map_err(refuse)?,
        _ => data_dir.dump(sink).map_err(refuse)?,
    };
    Ok(Answer::Dumped { sha256: digest.to_string() })
}

/// Every entry of the store against the policy. What it counts it does not tell.
fn scan(data_dir: &DataDir) -> Result<Vec<ScanFinding>, StoreError> {
    let ledger = data_dir.ledger();
    let periods = scan::Periods::of(&ledger, 0);
    let mut looker = scan::StoreScanner::new(&periods);
    data_dir.services().store.structure(&mut |part| looker.look(part))?;
    Ok(looker.findings())
}

fn add_cards(data_dir: &DataDir, stubs: &[String], until: Option<Period>) -> Result<Answer, Refusal> {
    if stubs.is_empty() || stubs.len() > DECK {
        return Err(Refusal(format!("a deck has 1 to {DECK} cards: ask for a number in between")));
    }
    let current = Period::of(Week::of(data_dir.today()), data_dir.programme().period);
    let until = until.unwrap_or(current);
    if until.last_day() < current.last_day() {
        return Err(Refusal(format!("cards until {until} would be out of date: name {current} or a later period")));
    }
    let key = data_dir.verifier_key();
    let cards = stubs.iter().map(|stub| Ok((key.verifier(&StubCode::parse(stub)?), until)));
    let cards = cards.collect::<Result<Vec<_>, crate::domain::CodeError>>().map_err(refuse)?;
    data_dir.services().store.add(cards).and_then(|ticket| ticket.wait()).map_err(refuse)?;
    Ok(Answer::CardsAdded { until })
}

fn revoke(data_dir: &DataDir, stub: &str) -> Result<Answer, Refusal> {
    let verifier = data_dir.verifier_key().verifier(&StubCode::parse(stub).map_err(refuse)?);
    let outcome = data_dir.services().store.revoke(verifier).and_then(|ticket| ticket.wait()).map_err(refuse)?;
    Ok(Answer::Revoked { known: outcome == Outcome::Done(1) })
}

fn import(data_dir: &DataDir, request: &ImportRequest, progress: &(dyn Fn(u64) + Sync)) -> Result<Answer, Refusal> {
    if let Some(period) = request.period {
        data_dir.open_by_hand(period).map_err(refuse)?;
    }
    let intake = &data_dir.services().intake;
    let open = intake.open_periods();
    let bound = request.period.and_then(|period| open.iter().find(|open| open.period == period));
    let programme = bound.map_or_else(|| intake.programme(), |open| open.programme.clone());
    let this_week = Week::of(data_dir.today());
    let scope = Scope { open: &open, only: request.period, this_week, programme: &programme, any_week: false };
    let sheet = sheet::read(request.csv.as_bytes(), &request.worker_column, &scope).map_err(refuse)?;
    let rows = (sheet.rows.len() + sheet.refused.len()) as u64;
    let mut added = 0;
    for part in sheet.rows.chunks(ROWS) {
        added += intake.import(part).map_err(refuse)?;
        progress(part.len() as u64);
    }
    Ok(Answer::Imported { rows, added, refused: sheet.refused, ignored: sheet.ignored })
}

fn status(data_dir: &DataDir) -> Answer {
    let programme = data_dir.programme();
    let ledger = data_dir.ledger();
    let line = |(period, view): (Period, &crate::log::PeriodView)| {
        let by_calendar = view.state == PeriodState::Open && view.by == OpenedBy::Calendar;
        let day = by_calendar.then(|| programme.closing_day(period).to_string());
        let (needs_key, closes) = if data_dir.kept_offline(period) { (day, None) } else { (None, day) };
        let note = match data_dir.loss(period) {
            Ok(loss) => loss.map(|loss| loss.words().to_owned()),
            Err(error) => Some(error.to_string()),
        };
        PeriodStatus { period, state: view.state.name().to_owned(), closes, needs_key, note }
    };
    let mut periods: Vec<_> = ledger.periods().map(line).collect();
    let given = data_dir.keys_given();
    let current = programme.current_period(data_dir.today());
    let keyless =
        data_dir.custody() == Custody::Offline && ledger.period(current).is_none() && !given.contains(&current);
    let unopened = |period: Period, state: &str| PeriodStatus {
        period,
        state: state.to_owned(),
        closes: None,
        needs_key: None,
        note: None,
    };
    periods.extend(keyless.then(|| unopened(current, "no key")));
    periods.extend(given.into_iter().map(|period| unopened(period, "key given")));
    Answer::Status { periods, custody: data_dir.custody().name().to_owned() }
}
