//! Tallies of another period or of a pilot, as a measure of what to expect.
//!
//! Guarantee: it holds numbers for workers, never labels; it is dropped with the plan.
//! Non-guarantee: NOTHING here is private. What is computed from it must stay with
//! the coordinator, and must not be the data that will be released.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::accuracy::whole;
use crate::domain::{Counts, MAX_DIMENSIONS, Period, PeriodKind, PrivacyUnit, Week};
use crate::policy::{Attribute, Measure, Programme};

use super::Size;
use super::expected::cells;

/// One tally of the file.
#[derive(Clone)]
pub struct SampleTally {
    /// Number of the worker within the file.
    pub worker: usize,
    /// Its week.
    pub week: Week,
    /// Positions in the programme's lists.
    pub categories: [u8; MAX_DIMENSIONS],
    /// What was counted.
    pub counts: Counts,
}

/// The tallies of a file.
pub struct Sample {
    rows: Vec<SampleTally>,
    weeks: usize,
    size: Size,
    /// A plan asks for the same parts many times over.
    known: RefCell<HashMap<Memo, f64>>,
}

/// What was worked out once.
#[derive(PartialEq, Eq, Hash)]
enum Memo {
    Share(usize, Vec<Attribute>),
    Kept(usize, PrivacyUnit, u32, Option<u32>, PeriodKind),
}

impl Sample {
    /// Takes the rows of a file; `None` where there are none.
    ///
    /// The size is that of an average period of the file: its workers, and the
    /// tallies each sends in a week in which the file has any.
    #[must_use]
    pub fn new(rows: Vec<SampleTally>, kind: PeriodKind) -> Option<Self> {
        let mut periods: BTreeMap<Period, (BTreeSet<usize>, BTreeSet<Week>)> = BTreeMap::new();
        for row in &rows {
            let (workers, weeks) = periods.entry(Period::of(row.week, kind)).or_default();
            workers.insert(row.worker);
            weeks.insert(row.week);
        }
        let worked: usize = periods.values().map(|(workers, weeks)| workers.len() * weeks.len()).sum();
        let workers: usize = periods.values().map(|(workers, _)| workers.len()).sum();
        if worked == 0 {
            return None;
        }
        let workers = u32::try_from((workers + periods.len() / 2) / periods.len()).unwrap_or(u32::MAX).max(1);
        let weeks = periods.values().map(|(_, weeks)| weeks.len()).sum();
        let size = Size { workers, tallies_per_week: whole(rows.len()) / whole(worked) };
        Some(Self { rows, weeks, size, known: RefCell::default() })
    }

    /// Workers and tallies as in the file.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Weeks in which the file has tallies.
    #[must_use]
    pub fn weeks(&self) -> usize {
        self.weeks
    }

    /// Tallies.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Mean count of a tally; blank adds nothing.
    pub(super) fn per_tally(&self, measure: usize) -> f64 {
        self.total(measure) / whole(self.rows.len())
    }

    fn total(&self, measure: usize) -> f64 {
        self.rows.iter().map(|row| count(row, measure)).sum()
    }

    /// The part of the total in the median cell of a table. Empty cells count.
    ///
    /// In a table by week it is made for the planned weeks: the file may have more or fewer.
    pub(super) fn share(&self, file: &Programme, measure: usize, by: &[Attribute]) -> f64 {
        let share = self.once(Memo::Share(measure, by.to_vec()), || self.median_part(file, measure, by));
        let by_week = by.contains(&Attribute::Week);
        if by_week { share * whole(self.weeks) / whole(super::weeks(file.period)) } else { share }
    }

    fn once(&self, part: Memo, make: impl FnOnce() -> f64) -> f64 {
        if let Some(known) = self.known.borrow().get(&part) {
            return *known;
        }
        let made = make();
        self.known.borrow_mut().insert(part, made);
        made
    }

    /// The part of the total in the median cell of a table over the file's own weeks.
    fn median_part(&self, file: &Programme, measure: usize, by: &[Attribute]) -> f64 {
        let mut sums: BTreeMap<Vec<usize>, f64> = BTreeMap::new();
        let weeks: BTreeSet<Week> = self.rows.iter().map(|row| row.week).collect();
        let week_of: BTreeMap<Week, usize> = weeks.into_iter().zip(0..).collect();
        for row in &self.rows {
            let at = |attribute: &Attribute| match attribute {
                Attribute::Dimension(i) => row.categories.get(*i).map_or(0, |c| usize::from(*c)),
                Attribute::Week => week_of.get(&row.week).copied().unwrap_or(0),
            };
            *sums.entry(by.iter().map(at).collect()).or_default() += count(row, measure);
        }
        let dimensions: Vec<Attribute> = by.iter().copied().filter(|a| *a != Attribute::Week).collect();
        let by_week = dimensions.len() < by.len();
        let number = cells(file, &dimensions) * if by_week { self.weeks } else { 1 };
        let mut all: Vec<f64> = sums.into_values().collect();
        all.resize(number.max(all.len()), 0.0);
        all.sort_by(f64::total_cmp);
        let total = self.total(measure);
        if total > 0.0 { median(&all) / total } else { 0.0 }
    }

    /// The part of a measure that this programme's caps leave.
    pub(super) fn kept(&self, programme: &Programme, measure: usize) -> f64 {
        let Some(caps) = programme.measures.get(measure) else { return 1.0 };
        let part = Memo::Kept(measure, programme.privacy.unit, caps.cap, caps.weekly_cap, programme.period);
        self.once(part, || self.part_left(programme, measure, caps))
    }

    fn part_left(&self, programme: &Programme, measure: usize, caps: &Measure) -> f64 {
        let cap = f64::from(caps.cap);
        let total = self.total(measure);
        let left: f64 = match programme.privacy.unit {
            PrivacyUnit::Tally => self.rows.iter().map(|row| count(row, measure).min(cap)).sum(),
            PrivacyUnit::WorkerWeek => self.by_week(measure).into_values().map(|sum| sum.min(cap)).sum(),
            PrivacyUnit::WorkerPeriod => {
                let weekly = caps.weekly_cap.map_or(f64::INFINITY, f64::from);
                let mut periods: BTreeMap<(usize, Period), f64> = BTreeMap::new();
                for ((worker, week), sum) in self.by_week(measure) {
                    *periods.entry((worker, Period::of(week, programme.period))).or_default() += sum.min(weekly);
                }
                periods.into_values().map(|sum| sum.min(cap)).sum()
            }
        };
        if total > 0.0 { left / total } else { 1.0 }
    }

    fn by_week(&self, measure: usize) -> BTreeMap<(usize, Week), f64> {
        let mut sums = BTreeMap::new();
        for row in &self.rows {
            *sums.entry((row.worker, row.week)).or_default() += count(row, measure);
        }
        sums
    }
}

fn count(row: &SampleTally, measure: usize) -> f64 {
    row.counts.get(measure).copied().flatten().map_or(0.0, f64::from)
}

/// The middle of a sorted list.
fn median(sorted: &[f64]) -> f64 {
    let at = |i: usize| sorted.get(i).copied().unwrap_or(0.0);
    let half = sorted.len() / 2;
    if sorted.len().is_multiple_of(2) { f64::midpoint(at(half.saturating_sub(1)), at(half)) } else { at(half) }
}
