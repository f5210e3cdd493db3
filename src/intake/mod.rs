//! From bytes to an accepted tally: parse, minimise, authorise, seal, store.
//!
//! Guarantee: nothing of a request but card, receipt and tally gets in here;
//! the card leaves as a pseudonym, the tally as a sealed row; an answer of
//! success means that the row is on the disk.
//! Non-guarantee: that a tally is true, or one person per card.

pub mod body;
pub mod check;
pub mod draft;
pub mod form;
pub mod lines;
pub mod open;
pub mod problem;
pub mod queue;
pub mod rate;
pub mod sealed;
pub mod sheet;
pub mod unrepeated;

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

pub use check::Tally;
pub use open::{OpenPeriod, OpenPeriods};
pub use problem::{Fault, FieldProblem, Rejection, waits_for_key};
pub use queue::QueueKeys;
pub use sealed::{Delivered, SealedRejection};

use crate::clock::Clock;
use crate::crypto::pseudonym::{CardVerifierKey, stub_of};
use crate::crypto::scrub::scrubbed;
use crate::crypto::seal::SEALED;
use crate::domain::{CardCode, Period, Pseudonym, Receipt, Record, Week};
use crate::policy::Programme;
use crate::store::{Cards, Outcome, PutRow, Rows, Slot, StoreError, WithdrawRow, codec};

use draft::Draft;
use rate::HourlyRate;

/// An imported row on its way to the store.
type SealedRow = (Slot, Box<[u8; SEALED]>);

/// What became of a tally that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// It is new.
    New,
    /// It was there: the same again, or replaced.
    SameOrReplaced,
}

/// The desk where tallies are taken. It cannot read a row.
pub struct Intake<S> {
    store: Arc<S>,
    open: Arc<OpenPeriods>,
    verifiers: CardVerifierKey,
    rate: HourlyRate,
    queue: QueueKeys,
    clock: Arc<dyn Clock>,
    fallback: Arc<Programme>,
}

impl<S: Rows + Cards> Intake<S> {
    /// A desk over a store. `fallback` is shown while no period is open.
    ///
    /// # Errors
    /// [`crate::crypto::CryptoError::Randomness`].
    pub fn new(
        store: Arc<S>,
        open: Arc<OpenPeriods>,
        verifiers: CardVerifierKey,
        clock: Arc<dyn Clock>,
        fallback: Arc<Programme>,
    ) -> Result<Self, crate::crypto::CryptoError> {
        let rate = HourlyRate::new()?;
        Ok(Self { store, open, verifiers, rate, queue: QueueKeys::default(), clock, fallback })
    }

    /// The programme of the newest open period: what the form shows.
    #[must_use]
    pub fn programme(&self) -> Arc<Programme> {
        self.open.all().last().map_or_else(|| Arc::clone(&self.fallback), |open| Arc::clone(&open.programme))
    }

    /// The weeks that tallies are taken for today, newest first.
    #[must_use]
    pub fn open_weeks(&self) -> Vec<Week> {
        let programme = self.programme();
        let weeks = programme.open_weeks(self.today(&programme));
        weeks.into_iter().filter(|week| self.open.of_week(*week).is_some()).collect()
    }

    /// Takes a tally, or the correction of one.
    ///
    /// # Errors
    /// The first [`Rejection`] in the order of its variants.
    pub async fn put(&self, card: Option<&str>, receipt: &str, draft: Draft) -> Result<Accepted, Rejection> {
        // One look at the open periods for the whole request: a period that opens or closes
        // meanwhile cannot lend its programme to another's tally.
        let all = self.open.all();
        let (card, receipt, tally) = self.read(&all, card, receipt, draft)?;
        self.store_tally(&all, &card, &receipt, &tally).await
    }

    /// Checks a tally as [`Intake::put`] does before it looks at the card, and stores nothing.
    ///
    /// # Errors
    /// [`Rejection::Invalid`]; a missing card is no error here.
    pub fn dry_run(&self, card: Option<&str>, receipt: &str, draft: Draft) -> Result<(), Rejection> {
        match self.read(&self.open.all(), card, receipt, draft) {
            Ok(_) | Err(Rejection::CardRefused) => Ok(()),
            Err(rejection) => Err(rejection),
        }
    }

    async fn store_tally(
        &self,
        all: &[Arc<OpenPeriod>],
        card: &CardCode,
        receipt: &Receipt,
        tally: &Tally,
    ) -> Result<Accepted, Rejection> {
        let open = all.iter().find(|open| open.period.index_of(tally.week).is_some());
        let today = self.today(&self.programme());
        let period = open.map_or_else(|| self.calendar_period(today), |open| open.period);
        self.authorize(card, period)?;
        let weeks = self.open_weeks();
        let open = open.filter(|_| weeks.contains(&tally.week)).ok_or_else(|| self.closed(tally.week, weeks))?;
        let week = open.period.index_of(tally.week).ok_or_else(|| Rejection::WeekClosed(self.open_weeks()))?;

        // What names the worker, and the record, are known inside this call alone.
        let mut put = scrubbed(|| {
            let pseudonym = open.keys.of_card(card);
            seal(open, pseudonym, week, tally, open.keys.row(&pseudonym, receipt))
        })?;
        (put.elsewhere, put.tombstones) = scrubbed(|| {
            let elsewhere = rows(all, card, receipt).filter(|slot| slot.period != period).collect();
            (elsewhere, tombstones(all, card, receipt))
        });

        // The newest programme's limit, whatever the week: one card, one rate.
        let limit = self.programme().cards.tallies_per_hour;
        let submit = |granted| {
            put.new_allowed = granted;
            self.store.put(put)
        };
        match self.counted(card, limit, submit).await? {
            Outcome::Created => Ok(Accepted::New),
            Outcome::Replaced => Ok(Accepted::SameOrReplaced),
            Outcome::Spent => Err(Rejection::Withdrawn),
            Outcome::NewRefused => Err(Rejection::RateLimited(limit)),
            Outcome::PeriodClosed => Err(Rejection::PeriodClosed(self.open_weeks())),
            // Answers to other operations: the store is not what it should be.
            Outcome::Kept | Outcome::Withdrawn | Outcome::NotFound | Outcome::Done(_) => Err(Rejection::Unavailable),
        }
    }

    /// Hands a write to the store, with whether it may add a tally; the card's limit counts what was added.
    async fn counted<T: Future<Output = Result<Outcome, StoreError>>>(
        &self,
        card: &CardCode,
        limit: u32,
        submit: impl FnOnce(bool) -> Result<T, StoreError>,
    ) -> Result<Outcome, Rejection> {
        let counter = self.rate.counter(card, self.running());
        let (reserved, ticket) = self.rate.reserve(counter, limit, submit);
        let outcome = match ticket {
            Ok(ticket) => ticket.await,
            Err(error) => Err(error),
        };
        if reserved && !matches!(outcome, Ok(Outcome::Created)) {
            self.rate.give_back(counter);
        }
        Ok(outcome?)
    }

    /// Why no tally of this week is taken.
    fn closed(&self, week: Week, weeks: Vec<Week>) -> Rejection {
        match self.awaiting_key().filter(|period| period.index_of(week).is_some()) {
            Some(period) => Rejection::NoKey(period, weeks),
            None => Rejection::WeekClosed(weeks),
        }
    }

    /// The current period, where it takes no tallies because its key was not given.
    #[must_use]
    pub fn awaiting_key(&self) -> Option<Period> {
        self.open.keyless()
    }

    /// Withdraws a tally.
    ///
    /// # Errors
    /// [`Rejection::NotFound`] also for somebody else's.
    pub async fn withdraw(&self, card: Option<&str>, receipt: &str) -> Result<(), Rejection> {
        let mut problems = Vec::new();
        let receipt = read_receipt(receipt, &mut problems);
        let card = read_card(card, &mut problems);
        let (Some(receipt), true) = (receipt, problems.is_empty()) else { return Err(Rejection::Invalid(problems)) };
        let card = card.ok_or(Rejection::CardRefused)?;
        let today = self.today(&self.programme());
        let all = self.open.all();
        let oldest = all.first().map_or_else(|| self.calendar_period(today), |open| open.period);
        self.authorize(&card, oldest)?;
        let (rows, tombstones) =
            scrubbed(|| (rows(&all, &card, &receipt).collect(), tombstones(&all, &card, &receipt)));
        match self.store.withdraw(WithdrawRow { rows, tombstones })?.await? {
            Outcome::Withdrawn => Ok(()),
            // A tally that is being counted is no longer in an open period.
            Outcome::NotFound | Outcome::PeriodClosed => Err(Rejection::NotFound),
            Outcome::Created
            | Outcome::Replaced
            | Outcome::Kept
            | Outcome::Spent
            | Outcome::NewRefused
            | Outcome::Done(_) => Err(Rejection::Unavailable),
        }
    }

    /// A period takes no more tallies. No counter is of a period; those that are over an hour old go.
    pub fn forget(&self, _period: Period) {
        self.look();
    }

    /// To be called now and then: forgets which cards sent new tallies more than an hour ago.
    pub fn look(&self) {
        self.rate.look(self.running());
    }

    /// Seals the rows of a sheet, on all cores, and adds those that are new; answers how many were.
    ///
    /// # Errors
    /// [`Rejection::WeekClosed`] and [`Rejection::PeriodClosed`] where a row's period takes no more, [`Rejection::Busy`],
    /// [`Rejection::Unavailable`].
    pub fn import(&self, rows: &[sheet::SheetRow]) -> Result<u64, Rejection> {
        let all = self.open.all();
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let share = rows.len().div_ceil(cores).max(1);
        let parts = std::thread::scope(|scope| {
            let all = &all;
            let workers: Vec<_> =
                rows.chunks(share).map(|part| scope.spawn(move || scrubbed(|| self.seal_rows(all, part)))).collect();
            workers.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
        });
        let mut sealed = Vec::with_capacity(rows.len());
        for part in parts {
            sealed.append(&mut part.unwrap_or(Err(Rejection::Unavailable))?);
        }
        match self.store.import(sealed)?.wait()? {
            Outcome::Done(added) => Ok(added),
            Outcome::PeriodClosed => Err(Rejection::PeriodClosed(self.open_weeks())),
            Outcome::Created
            | Outcome::Replaced
            | Outcome::Kept
            | Outcome::Spent
            | Outcome::NewRefused
            | Outcome::Withdrawn
            | Outcome::NotFound => Err(Rejection::Unavailable),
        }
    }

    /// Seals some rows of a sheet, each to the period of its week.
    fn seal_rows(&self, all: &[Arc<OpenPeriod>], rows: &[sheet::SheetRow]) -> Result<Vec<SealedRow>, Rejection> {
        let mut sealed = Vec::with_capacity(rows.len());
        for row in rows {
            let place = all.iter().find_map(|open| Some((open, open.period.index_of(row.tally.week)?)));
            let (open, week) = place.ok_or_else(|| Rejection::WeekClosed(self.open_weeks()))?;
            let pseudonym = open.keys.of_label(&row.label);
            let content = zeroize::Zeroizing::new(codec::encode(&record(pseudonym, week, &row.tally)));
            let key = open.keys.imported_row(&pseudonym, content.as_ref(), row.nth);
            sealed.push((Slot { period: open.period, key }, Box::new(open.sealer.seal(&key, &content)?)));
        }
        Ok(sealed)
    }

    /// The open periods, for the reader of sheets.
    #[must_use]
    pub fn open_periods(&self) -> Vec<Arc<OpenPeriod>> {
        self.open.all()
    }

    /// Today in the programme's time zone.
    #[must_use]
    pub fn today(&self, programme: &Programme) -> Date {
        self.clock.today(&programme.timezone)
    }

    /// How long the program has been running, by the desk's own clock.
    #[must_use]
    pub fn running(&self) -> Duration {
        self.clock.running()
    }

    /// All checks that need no secret: 422 comes before 401.
    fn read(
        &self,
        all: &[Arc<OpenPeriod>],
        card: Option<&str>,
        receipt: &str,
        draft: Draft,
    ) -> Result<(CardCode, Receipt, Tally), Rejection> {
        let mut problems = Vec::new();
        let receipt = read_receipt(receipt, &mut problems);
        let card = read_card(card, &mut problems);
        match (self.check(all, draft), receipt) {
            (Ok(tally), Some(receipt)) if problems.is_empty() => {
                Ok((card.ok_or(Rejection::CardRefused)?, receipt, tally))
            }
            (checked, _) => {
                problems.extend(checked.err().into_iter().flatten());
                Err(Rejection::Invalid(problems))
            }
        }
    }

    /// Holds a draft against the programme of its week's period, or else of the newest one.
    fn check(&self, all: &[Arc<OpenPeriod>], draft: Draft) -> Result<Tally, Vec<FieldProblem>> {
        let week = check::week(&draft).ok();
        let open = week.and_then(|week| all.iter().find(|open| open.period.index_of(week).is_some()));
        let newest = || all.last().map_or(&self.fallback, |open| &open.programme);
        check::check(draft, open.map_or_else(newest, |open| &open.programme))
    }

    /// One path for unknown, expired and revoked cards.
    fn authorize(&self, card: &CardCode, period: Period) -> Result<(), Rejection> {
        let until = self.store.until(&self.verifiers.verifier(&stub_of(card)))?;
        match until.is_some_and(|until| until.last_day() >= period.last_day()) {
            true => Ok(()),
            false => Err(Rejection::CardRefused),
        }
    }

    fn calendar_period(&self, today: Date) -> Period {
        Period::of(Week::of(today), self.programme().period)
    }
}

fn seal(
    open: &OpenPeriod,
    pseudonym: Pseudonym,
    week: u8,
    tally: &Tally,
    key: crate::domain::RowKey,
) -> Result<PutRow, Rejection> {
    let plain = zeroize::Zeroizing::new(codec::encode(&record(pseudonym, week, tally)));
    let sealed = Box::new(open.sealer.seal(&key, &plain)?);
    let at = Slot { period: open.period, key };
    Ok(PutRow { at, sealed, elsewhere: Vec::new(), tombstones: Vec::new(), new_allowed: false })
}

/// Where this receipt's row would lie in each open period.
fn rows(open: &[Arc<OpenPeriod>], card: &CardCode, receipt: &Receipt) -> impl Iterator<Item = Slot> {
    open.iter().map(|open| Slot { period: open.period, key: open.keys.row(&open.keys.of_card(card), receipt) })
}

/// Where its tombstone would lie in each open period.
fn tombstones(open: &[Arc<OpenPeriod>], card: &CardCode, receipt: &Receipt) -> Vec<Slot> {
    let tombstone = |open: &OpenPeriod| open.keys.tombstone(&open.keys.of_card(card), receipt);
    open.iter().map(|open| Slot { period: open.period, key: tombstone(open) }).collect()
}

fn record(pseudonym: Pseudonym, week: u8, tally: &Tally) -> Record {
    Record { pseudonym, week, categories: tally.categories, counts: tally.counts }
}

fn read_receipt(text: &str, problems: &mut Vec<FieldProblem>) -> Option<Receipt> {
    let note = |error| problems.push(FieldProblem { field: "receipt".to_owned(), problem: Fault::Receipt(error) });
    text.parse().map_err(note).ok()
}

/// A card that is not there is not a mistyped one: it is refused later, as 401.
fn read_card(text: Option<&str>, problems: &mut Vec<FieldProblem>) -> Option<CardCode> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    let note = |error| problems.push(FieldProblem { field: "card".to_owned(), problem: Fault::Card(error) });
    CardCode::parse(text).map_err(note).ok()
}
