//! The same programme file for another unit: which caps it would have.
//!
//! Guarantee: the work that counts stays the same as far as caps can say it; a
//! wider unit gets the caps of all that it holds, a narrower one never more than
//! the file's. A plan prints the caps that were used.
//! Non-guarantee: a programme that really changed its unit would choose caps anew.

use crate::domain::PrivacyUnit;
use crate::policy::{Measure, Programme};

use super::{Size, weeks};

/// The file with another unit, its caps scaled.
pub(super) fn with_unit(file: &Programme, unit: PrivacyUnit, size: Size) -> Programme {
    let mut programme = file.clone();
    if unit == file.privacy.unit {
        return programme;
    }
    let weeks = u32::try_from(weeks(file.period)).unwrap_or(u32::MAX);
    programme.privacy.unit = unit;
    for measure in &mut programme.measures {
        let week = week_cap(measure, file.privacy.unit, size);
        (measure.cap, measure.weekly_cap) = match unit {
            PrivacyUnit::WorkerPeriod => (week.saturating_mul(weeks), Some(week)),
            PrivacyUnit::WorkerWeek => (week, None),
            PrivacyUnit::Tally => (week.min(measure.max_per_tally), None),
        };
    }
    programme
}

/// The cap of a week of one card.
fn week_cap(measure: &Measure, unit: PrivacyUnit, size: Size) -> u32 {
    match unit {
        PrivacyUnit::WorkerWeek => measure.cap,
        PrivacyUnit::WorkerPeriod => measure.weekly_cap.unwrap_or(measure.cap),
        PrivacyUnit::Tally => measure.cap.saturating_mul(tallies(size)),
    }
}

/// Tallies of a week, as a whole number, at least 1.
fn tallies(size: Size) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped just before")]
    let tallies = size.tallies_per_week.ceil().clamp(1.0, 1000.0) as u32;
    tallies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::embedded;

    const SIZE: Size = Size { workers: 40, tallies_per_week: 2.5 };

    fn caps(from: &Programme, unit: PrivacyUnit) -> (u32, Option<u32>) {
        let first = with_unit(from, unit, SIZE).measures.remove(0);
        (first.cap, first.weekly_cap)
    }

    #[test]
    fn caps_follow_the_unit() {
        use PrivacyUnit::{Tally, WorkerPeriod, WorkerWeek};
        let week = embedded::programme().unwrap();
        assert_eq!(caps(&week, WorkerPeriod), (120 * 13, Some(120)));
        assert_eq!((caps(&week, WorkerWeek), caps(&week, Tally)), ((120, None), (120, None)));
        let mut small = week.clone();
        small.measures[0].max_per_tally = 50;
        assert_eq!(caps(&small, Tally), (50, None), "never more than a tally may hold");
        let mut period = week.clone();
        period.privacy.unit = WorkerPeriod;
        (period.measures[0].cap, period.measures[0].weekly_cap) = (800, Some(90));
        assert_eq!((caps(&period, WorkerWeek), caps(&period, Tally)), ((90, None), (90, None)));
        assert_eq!(caps(&period, WorkerPeriod), (800, Some(90)), "the file's own stay");
        period.measures[0].weekly_cap = None;
        assert_eq!((caps(&period, WorkerWeek), caps(&period, Tally)), ((800, None), (150, None)));
        let mut tally = week;
        tally.privacy.unit = Tally;
        assert_eq!((caps(&tally, WorkerWeek), caps(&tally, WorkerPeriod)), ((360, None), (360 * 13, Some(360))));
    }
}
