//! One whole life of a programme, drawn from a seed: four months of tallies, with the process dying now and then.
//!
//! A death is what SIGKILL leaves: the folder is copied at that very moment, between two durable steps or
//! between two requests, and life goes on in the copy. What was answered before must be in it. In a power
//! cut the store's file is what it was at its last sync (torn and reordered pages: `tests/lifecycle/power_cut.rs`).
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::future::join_all;
use jiff::ToSpan;
use jiff::civil::Date;
use peertally::admin::{Answer, ImportRequest, Request, Role, execute};
use peertally::clock::MockClock;
use peertally::crypto::pseudonym::stub_of;
use peertally::crypto::{PeriodPrivateKey, PrivateKeyFile, key_file};
use peertally::domain::{CardCode, Period, Week};
use peertally::faults;
use peertally::intake::draft::{Draft, RawCount};
use peertally::intake::{Accepted, Rejection};
use peertally::period::{Custody, DataDir, DataPaths, ScheduleRun};
use peertally::policy::embedded;

use super::model::{AREAS, End, Key, Model, SETTINGS, Tally};
use super::promises;
use crate::common::life::{Dice, copy};
use crate::common::receipt;

#[path = "fault.rs"]
mod fault;
pub use fault::Fault;

const PERIODS: [&str; 4] = ["2025-M05", "2025-M06", "2025-M07", "2025-M08"];
/// Tallies of one card for one week: for three open weeks on one day, fewer than the hourly rate.
const PER_WEEK: u32 = 8;
/// A death falls on one of so many durable steps: a whole close has about sixty, the rest of one few.
const STEPS: [u64; 3] = [6, 20, 70];

#[derive(Clone, Debug)]
enum Ask {
    Put(Key, Tally),
    Withdraw(Key),
}

pub struct World {
    pub dice: Dice,
    pub model: Model,
    clock: Arc<MockClock>,
    home: tempfile::TempDir,
    lives: u32,
    data_dir: Option<DataDir>,
    runtime: tokio::runtime::Runtime,
    cards: Vec<CardCode>,
    used: Vec<u64>,
    today: Date,
    sheet: Vec<(String, Tally)>,
    /// Under offline custody the keys of all periods, away from the host; none under host custody.
    keys: BTreeMap<Period, PrivateKeyFile>,
    /// Drafts and releases that a death has left: what is published must be these bytes.
    fixed: BTreeMap<Period, Vec<u8>>,
    /// What goes wrong in this life.
    fault: Option<Fault>,
    /// The folder as it was before the close that is under way, where a fault needs it.
    aside: Option<tempfile::TempDir>,
    /// Deaths by what had just been done.
    pub deaths: BTreeMap<&'static str, u32>,
    pub asked: u64,
}

fn programme() -> String {
    let text = embedded::PROGRAMME.replace("period = \"quarter\"", "period = \"month\"");
    text + "\n[[privacy.breakdown]]\nby = [\"week\"]\n"
}

fn key() -> PrivateKeyFile {
    PrivateKeyFile::new(PeriodPrivateKey::generate().unwrap().0)
}

/// Gives a period its key, if it is one of those that have one.
fn give(data_dir: &DataDir, keys: &BTreeMap<Period, PrivateKeyFile>, period: Period) {
    let unopened = data_dir.ledger().period(period).is_none();
    if let Some(key) = keys.get(&period).filter(|_| unopened) {
        data_dir.give_key(period, &key_file::public_line(&key.key().public().unwrap())).unwrap();
    }
}

/// In memory where there is such a folder: deaths of the process are tried here, not of the machine.
fn home() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

impl World {
    pub fn new(seed: u64, fault: Option<Fault>) -> Self {
        crate::common::counted_by_the_program();
        let mut dice = Dice::of(seed);
        let first: Period = PERIODS[0].parse().unwrap();
        let (home, clock) = (home(), Arc::new(MockClock::new(first.first_day())));
        let folder = DataPaths::new(&home.path().join("0"));
        faults::plant(fault.and_then(Fault::of_engine));
        // Noise that is drawn again needs the private key: under offline custody its want would already
        // show in the refusal of the calendar, and not in the promise that is broken.
        let custody = if dice.below(2) == 0 && fault.is_none() { Custody::Offline } else { Custody::Host };
        let data_dir = DataDir::create_under(custody, folder, &programme(), embedded::POLICY, clock.clone()).unwrap();
        let pairs = PERIODS.iter().filter(|_| custody == Custody::Offline);
        let keys: BTreeMap<Period, PrivateKeyFile> = pairs.map(|period| (period.parse().unwrap(), key())).collect();
        let cards: Vec<_> = (0..3 + dice.below(6))
            .map(|_| CardCode::from_random(&std::array::from_fn(|_| u8::try_from(dice.below(32)).unwrap())))
            .collect();
        give(&data_dir, &keys, first);
        data_dir.open_current().unwrap();
        let stubs = cards.iter().map(|card| stub_of(card).reveal().to_string()).collect();
        let until = Some("2026-M12".parse().unwrap());
        execute(&data_dir, Role::Coordinator, Request::AddCards { stubs, until }, &|_| {}).unwrap();
        let model = Model { open: BTreeSet::from([first]), ..Model::default() };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (used, today) = (vec![0; cards.len()], first.first_day());
        Self {
            dice,
            model,
            clock,
            home,
            lives: 0,
            data_dir: Some(data_dir),
            runtime,
            cards,
            used,
            today,
            sheet: Vec::new(),
            keys,
            fixed: BTreeMap::new(),
            fault,
            aside: None,
            deaths: BTreeMap::new(),
            asked: 0,
        }
    }

    /// From the first day to the release of the fourth period.
    pub fn live(&mut self) {
        let programme = self.data_dir().programme();
        let end = programme.closing_day(PERIODS[3].parse().unwrap());
        loop {
            self.calendar();
            if self.model.open.is_empty() && self.today >= end {
                break;
            }
            let asks = self.choose();
            self.send(asks);
            match self.dice.below(20) {
                0..3 => self.import(),
                3 => self.revoke(),
                _ => {}
            }
            self.today = self.today.saturating_add((1 + i64::try_from(self.dice.below(4)).unwrap()).days());
        }
        self.die("the end");
        promises::kept(self.data_dir(), &self.data(), 4);
        assert!(self.model.live.is_empty() && self.model.paper.is_empty());
    }

    /// Whether any private key lies on the host.
    fn on_host(&self) -> bool {
        let entries = std::fs::read_dir(self.data().join("keys/periods")).unwrap();
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().ends_with(".private"))
    }

    fn data_dir(&self) -> &DataDir {
        self.data_dir.as_ref().unwrap()
    }

    fn data(&self) -> PathBuf {
        self.home.path().join(self.lives.to_string())
    }

    /// One look at the calendar, however many deaths it takes.
    fn calendar(&mut self) {
        self.set_aside();
        for death in 0.. {
            self.clock.set(self.today);
            let due = self.due();
            let chance = if due.is_empty() { 12 } else { 85 };
            if death < 8 && self.dice.below(100) < chance {
                let (from, to) = (self.data(), self.home.path().join((self.lives + 1).to_string()));
                let steps = self.pick(&STEPS).unwrap();
                faults::crash_at(self.dice.below(steps), Box::new(move || copy(&from, &to)));
            }
            let looked = catch_unwind(AssertUnwindSafe(|| self.look(&due)));
            faults::disarm();
            match looked {
                Ok(tick) => {
                    self.looked(&tick.problems, due);
                    return;
                }
                Err(stopped) => match stopped.downcast::<faults::Stopped>() {
                    Ok(stopped) => self.reborn(stopped.0),
                    Err(other) => resume_unwind(other),
                },
            }
            // Another day, another date in what would be drawn again.
            self.today = self.today.saturating_add(i64::try_from(self.dice.below(2)).unwrap().days());
        }
    }

    /// One look at the calendar; under offline custody the coordinator gives the coming period its key
    /// and closes what is due, with the key that they bring.
    fn look(&self, due: &[Period]) -> ScheduleRun {
        let data_dir = self.data_dir();
        let current = data_dir.programme().current_period(self.today);
        for period in [current, current.next()] {
            give(data_dir, &self.keys, period);
        }
        let mut tick = data_dir.tick();
        for period in due {
            let Some(key) = self.keys.get(period) else { continue };
            // What the calendar could go on with alone, it did; nothing that needed the key.
            let closed = data_dir.close_with(*period, false, Some(key));
            tick.problems.extend(closed.err().map(|error| error.to_string()));
        }
        tick
    }

    fn due(&self) -> Vec<Period> {
        let programme = self.data_dir().programme();
        self.model.open.iter().copied().filter(|p| programme.closing_day(*p) <= self.today).collect()
    }

    fn looked(&mut self, problems: &[String], due: Vec<Period>) {
        assert!(self.keys.is_empty() || !self.on_host(), "a private key was made on the host");
        let current = self.data_dir().programme().current_period(self.today);
        if PERIODS.contains(&current.to_string().as_str()) {
            assert!(problems.is_empty(), "calendar: {problems:?}");
            self.model.open.insert(current);
        } else {
            // The year's budget is used up: the fifth period may not open.
            assert!(matches!(problems, [one] if one.contains("nothing was lost")), "calendar: {problems:?}");
        }
        for period in due {
            let tallies = self.model.close(period);
            self.redraw_release(period);
            promises::closed(self.data_dir(), &self.data(), period, &tallies, self.fixed.get(&period));
        }
        let open: BTreeSet<_> = self.data_dir().services().open.all().iter().map(|open| open.period).collect();
        assert_eq!(open, self.model.open, "periods that take tallies");
    }

    /// Requests of one moment, each receipt at most once, but for the same PUT sent twice.
    fn choose(&mut self) -> Vec<Ask> {
        let weeks = self.weeks();
        let (mut asks, mut taken) = (Vec::new(), BTreeSet::new());
        for _ in 0..self.dice.below(10) {
            let ask = match self.dice.below(20) {
                0..11 => self.new_tally(&weeks),
                11..14 => self.one_of(|m| m.live.keys().copied().collect()).and_then(|key| {
                    let week = self.pick(&weeks)?;
                    Some(Ask::Put(key, self.tally(week)))
                }),
                14..16 => self.one_of(|m| m.live.keys().copied().collect()).map(Ask::Withdraw),
                16 => {
                    self.one_of(|m| m.live.keys().copied().collect()).map(|k| Ask::Put(k, self.model.live[&k].clone()))
                }
                17 => self.one_of(|m| m.spent.keys().filter(|k| m.is_spent(k)).copied().collect()).and_then(|key| {
                    let week = self.pick(&weeks)?;
                    Some(Ask::Put(key, self.tally(week)))
                }),
                18 => self.one_of(|m| m.spent.keys().filter(|k| m.is_spent(k)).copied().collect()).map(Ask::Withdraw),
                // A late retry, or a change of mind, after the period has closed.
                _ => self.one_of(|m| m.counted.keys().copied().collect()).map(|key| match self.dice.below(2) {
                    0 => Ask::Put(key, self.model.counted[&key].clone()),
                    _ => Ask::Withdraw(key),
                }),
            };
            let Some(ask) = ask else { continue };
            let (Ask::Put(key, _) | Ask::Withdraw(key)) = &ask;
            if taken.insert(*key) {
                if matches!(ask, Ask::Put(..)) && self.dice.below(8) == 0 {
                    asks.push(ask.clone());
                }
                asks.push(ask);
            }
        }
        asks
    }

    fn weeks(&self) -> Vec<String> {
        self.model.open_weeks(Week::of(self.today))
    }

    fn pick<T: Clone>(&mut self, list: &[T]) -> Option<T> {
        (!list.is_empty()).then(|| list[usize::try_from(self.dice.below(list.len() as u64)).unwrap()].clone())
    }

    fn one_of(&mut self, keys: impl Fn(&Model) -> Vec<Key>) -> Option<Key> {
        let keys = keys(&self.model);
        self.pick(&keys)
    }

    fn new_tally(&mut self, weeks: &[String]) -> Option<Ask> {
        let week = self.pick(weeks)?;
        let card = usize::try_from(self.dice.below(self.cards.len() as u64)).unwrap();
        let used = self.model.used.entry((card, week.clone())).or_default();
        if *used == PER_WEEK {
            return None;
        }
        *used += 1;
        self.used[card] += 1;
        let key = (card, self.used[card]);
        Some(Ask::Put(key, self.tally(week)))
    }

    fn tally(&mut self, week: String) -> Tally {
        let syringes = (self.dice.below(4) > 0).then(|| self.dice.below(30));
        Tally {
            week,
            area: usize::try_from(self.dice.below(AREAS.len() as u64)).unwrap(),
            setting: usize::try_from(self.dice.below(SETTINGS.len() as u64)).unwrap(),
            contacts: self.dice.below(5),
            syringes,
        }
    }

    /// Sends what was chosen, all at once; now and then the process dies under it, or the power goes.
    fn send(&mut self, asks: Vec<Ask>) {
        let dies = self.dice.below(8) == 0;
        let answered = if dies { self.dice.below(asks.len() as u64 + 1) } else { asks.len() as u64 };
        let (answered, cut_off) = asks.split_at(usize::try_from(answered).unwrap());
        let power = dies && self.dice.below(2) == 0;
        let (db, synced) = (self.data().join("store/db"), self.home.path().join("synced"));
        if power {
            std::fs::copy(&db, &synced).unwrap();
            faults::keep_synced(Some((db, synced.clone())));
        }
        self.expect(answered, false);
        faults::keep_synced(None);
        if power {
            // All that was synced is there, and of the store nothing else.
            self.die_with("the power", |data| assert!(std::fs::copy(&synced, data.join("store/db")).is_ok()));
            self.expect(cut_off, false);
        } else if dies {
            // Of those that were cut off some had arrived, and nobody knows which.
            let arrived: Vec<Ask> = cut_off.iter().filter(|_| self.dice.below(2) == 0).cloned().collect();
            self.answers(&arrived);
            self.die("a request");
            self.expect(cut_off, true);
        }
    }

    /// Sends, and compares with the model. `repeated`: it may have happened before.
    fn expect(&mut self, asks: &[Ask], repeated: bool) {
        let weeks = self.weeks();
        for (ask, end) in asks.iter().zip(self.answers(asks)) {
            let expected = match ask {
                Ask::Put(key, tally) => self.model.put(*key, tally, &weeks),
                Ask::Withdraw(key) => self.model.withdraw(*key),
            };
            let before = match expected {
                End::New => End::Same,
                End::Withdrawn => End::Unknown,
                other => other,
            };
            let fits = end == expected || repeated && end == before;
            assert!(fits, "answers: {ask:?} on {} got {end:?}, not {expected:?}", self.today);
        }
    }

    fn answers(&mut self, asks: &[Ask]) -> Vec<End> {
        self.asked += asks.len() as u64;
        let intake = &self.data_dir().services().intake;
        let cards = &self.cards;
        let one = |ask: Ask| async move {
            let (Ask::Put((card, n), _) | Ask::Withdraw((card, n))) = &ask;
            let (card, receipt) = (cards[*card].reveal(), receipt(*n));
            match &ask {
                Ask::Put(_, tally) => match intake.put(Some(&card), &receipt, draft(tally)).await {
                    Ok(Accepted::New) => End::New,
                    Ok(Accepted::SameOrReplaced) => End::Same,
                    Err(rejection) => refusal(&rejection),
                },
                Ask::Withdraw(_) => match intake.withdraw(Some(&card), &receipt).await {
                    Ok(()) => End::Withdrawn,
                    Err(rejection) => refusal(&rejection),
                },
            }
        };
        self.runtime.block_on(join_all(asks.iter().cloned().map(one)))
    }

    /// A sheet of paper tallies; often the one before, with a row more.
    fn import(&mut self) {
        let mut weeks: Vec<String> = self.model.open.iter().flat_map(|p| p.weeks()).map(|w| w.to_string()).collect();
        weeks.retain(|week| *week <= Week::of(self.today).to_string());
        self.sheet.retain(|(_, tally)| weeks.contains(&tally.week));
        if self.dice.below(3) == 0 || self.sheet.len() > 12 {
            self.sheet.clear();
        }
        for _ in 0..self.dice.below(5) {
            let Some(week) = self.pick(&weeks) else { return };
            let label = ["ana", "bo", "cy"][usize::try_from(self.dice.below(3)).unwrap()].to_owned();
            let row = (label, self.tally(week));
            self.sheet.push(row.clone());
            if self.dice.below(4) == 0 {
                self.sheet.push(row);
            }
        }
        let mut csv = "worker,week,area,setting,contacts,syringes_out\n".to_owned();
        for (label, t) in &self.sheet {
            let syringes = t.syringes.map_or_else(String::new, |n| n.to_string());
            csv += &format!("{label},{},{},{},{},{syringes}\n", t.week, AREAS[t.area], SETTINGS[t.setting], t.contacts);
        }
        if self.dice.below(4) == 0 {
            self.paper(&csv);
            self.die("an import");
            self.model.import(&self.sheet.clone());
        }
        let added = self.paper(&csv);
        assert_eq!(added, self.model.import(&self.sheet.clone()), "rows that were new");
    }

    fn paper(&self, csv: &str) -> u64 {
        let request = ImportRequest { csv: csv.to_owned(), worker_column: "worker".to_owned(), period: None };
        let answer = execute(self.data_dir(), Role::Coordinator, Request::Import(request), &|_| {}).unwrap();
        let Answer::Imported { added, refused, .. } = answer else { panic!("{answer:?}") };
        assert_eq!(refused.iter().map(|r| &r.reason).collect::<Vec<_>>(), [""; 0], "refused rows");
        added
    }

    fn revoke(&mut self) {
        if self.model.revoked.len() + 2 < self.cards.len() {
            let card = usize::try_from(self.dice.below(self.cards.len() as u64)).unwrap();
            let stub = stub_of(&self.cards[card]).reveal().to_string();
            execute(self.data_dir(), Role::Coordinator, Request::RevokeCard { stub }, &|_| {}).unwrap();
            self.model.revoked.insert(card);
        }
    }

    /// The process dies between two requests: everything that it wrote is there, nothing is closed.
    fn die(&mut self, at: &'static str) {
        self.die_with(at, |_| {});
    }

    fn die_with(&mut self, at: &'static str, loss: impl FnOnce(&Path)) {
        let next = self.home.path().join((self.lives + 1).to_string());
        copy(&self.data(), &next);
        loss(&next);
        self.reborn(at);
    }

    /// Goes on in the copy.
    fn reborn(&mut self, at: &'static str) {
        crate::common::counted_by_the_program();
        *self.deaths.entry(at).or_default() += 1;
        let old = self.data();
        self.data_dir = None;
        std::fs::remove_dir_all(old).unwrap();
        self.lives += 1;
        promises::fixed(&self.data(), &mut self.fixed);
        let data_dir = DataDir::open(DataPaths::new(&self.data()), self.clock.clone());
        self.data_dir = Some(data_dir.unwrap_or_else(|error| panic!("after a death at {at}: {error}")));
        self.redraw_draft();
    }
}

fn draft(tally: &Tally) -> Draft {
    let text = |id: &str, value: &str| (id.to_owned(), value.to_owned());
    let mut draft = Draft { week: tally.week.clone(), ..Draft::default() };
    draft.categories.extend([text("area", AREAS[tally.area]), text("setting", SETTINGS[tally.setting])]);
    draft.counts.insert("contacts".to_owned(), RawCount::Whole(tally.contacts));
    draft.counts.extend(tally.syringes.map(|n| ("syringes_out".to_owned(), RawCount::Whole(n))));
    draft
}

fn refusal(rejection: &Rejection) -> End {
    match rejection {
        Rejection::Withdrawn => End::Spent,
        Rejection::NotFound => End::Unknown,
        Rejection::WeekClosed(_) | Rejection::PeriodClosed(_) => End::WeekClosed,
        Rejection::CardRefused => End::CardRefused,
        other => panic!("answers: {other}"),
    }
}
