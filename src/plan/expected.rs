//! What a programme can expect to count: assumed from its file, or as in a sample.
//!
//! Guarantee: without a sample only public numbers go in (the programme file, the
//! size, means that the coordinator states), and `in_words` names all of them.
//! Non-guarantee: the typical part of a cap is a rule of thumb. It is that of the
//! made-up crowd and of the example data, give or take a quarter.

use crate::accuracy::whole;
use crate::domain::PrivacyUnit;
use crate::policy::{Attribute, Measure, Programme};

use super::words::{capital, counted, list, number};
use super::{Sample, Size, weeks};

/// A typical tally counts one part in so many of a week's cap: a cap is made for a busy week.
pub const TYPICAL_PART: u32 = 20;

/// Where expected counts come from.
pub enum ExpectedCounts {
    /// A typical part of the cap; per measure the mean count of a tally where the coordinator stated one.
    Assumed(Vec<Option<f64>>),
    /// Tallies of another period, or of a pilot.
    Like(Sample),
}

impl ExpectedCounts {
    /// Mean count of one tally in a measure, before bounding.
    pub(super) fn per_tally(&self, file: &Programme, measure: usize) -> f64 {
        match self {
            Self::Assumed(stated) => {
                let own = stated.get(measure).copied().flatten();
                own.unwrap_or_else(|| file.measures.get(measure).map_or(0.0, |m| typical(file, m)))
            }
            Self::Like(sample) => sample.per_tally(measure),
        }
    }

    /// The part of a measure's total that lies in a typical cell of a table.
    pub(super) fn share(&self, file: &Programme, measure: usize, by: &[Attribute]) -> f64 {
        match self {
            Self::Assumed(_) => 1.0 / whole(cells(file, by)),
            Self::Like(sample) => sample.share(file, measure, by),
        }
    }

    /// The part of a measure that the caps leave; 1 where nothing is known.
    pub(super) fn kept(&self, programme: &Programme, measure: usize) -> f64 {
        match self {
            Self::Assumed(_) => 1.0,
            Self::Like(sample) => sample.kept(programme, measure),
        }
    }

    /// Whether it was read from tallies.
    pub(super) fn is_sample(&self) -> bool {
        matches!(self, Self::Like(_))
    }

    /// What was assumed, one sentence each.
    pub(super) fn in_words(&self, file: &Programme, size: Size) -> Vec<String> {
        let kind = match file.period {
            crate::domain::PeriodKind::Month => "month has 4 weeks here (some have 5)",
            crate::domain::PeriodKind::Quarter => "quarter has 13 weeks here (some have 12 or 14)",
        };
        let sent = counted(size.tallies_per_week, "tally", "tallies");
        let mut words = vec![format!(
            "{} send {sent} each, every week. A {kind}.",
            capital(&counted(f64::from(size.workers), "worker", "workers"))
        )];
        let means = |stated: bool| -> Vec<String> {
            let mean = |(i, m): (usize, &Measure)| {
                let own = matches!(self, Self::Assumed(means) if means.get(i).copied().flatten().is_some());
                (own == stated).then(|| format!("{} {}", m.id, number(self.per_tally(file, i))))
            };
            file.measures.iter().enumerate().filter_map(mean).collect()
        };
        let (assumed, stated) = (means(false), means(true));
        if self.is_sample() {
            words.push(format!("A tally counts as many as in the file, on average: {}.", list(&assumed)));
            words.push(
                "A table's typical cell is the file's median cell; what the caps cut off is left out.".to_owned(),
            );
            return words;
        }
        if !assumed.is_empty() {
            words.push(format!("A tally counts 1/{TYPICAL_PART} of the cap of a week: {}.", list(&assumed)));
        }
        if !stated.is_empty() {
            words.push(format!("A tally counts, as you say: {}.", list(&stated)));
        }
        words.push("A table's typical cell is the total divided by the number of cells.".to_owned());
        words
    }
}

/// The typical count of a tally.
fn typical(file: &Programme, measure: &Measure) -> f64 {
    let week = match (file.privacy.unit, measure.weekly_cap) {
        (PrivacyUnit::WorkerPeriod, None) => f64::from(measure.cap) / whole(weeks(file.period)),
        (PrivacyUnit::WorkerPeriod, Some(weekly)) => f64::from(weekly),
        _ => f64::from(measure.cap),
    };
    (week / f64::from(TYPICAL_PART)).min(f64::from(measure.max_per_tally))
}

/// Number of cells of a table.
pub(super) fn cells(file: &Programme, by: &[Attribute]) -> usize {
    by.iter()
        .map(|attribute| match attribute {
            Attribute::Dimension(i) => file.dimensions.get(*i).map_or(1, |d| d.categories.len()),
            Attribute::Week => weeks(file.period),
        })
        .product()
}
