//! Releases made by hand, for the tests of sums and series.

use super::csv::tests::sample;
use super::sum::PublishedRelease;
use crate::accuracy::{interval, quality, reported};
use crate::domain::release::{BreakdownRelease, CellRelease, MeasureRelease, Target, TargetResult};

/// A release of `period` with these measures; its digest is its period's name.
pub(super) fn published(period: &str, measures: Vec<MeasureRelease>) -> PublishedRelease {
    let mut release = sample();
    release.period = period.parse().unwrap();
    release.weeks = release.period.weeks();
    release.measures = measures;
    PublishedRelease { release, sha256: period.to_owned() }
}

/// A measure with a total and a table by area, both with noise of this stdev.
pub(super) fn measure(id: &str, total: f64, stdev: f64, areas: &[(&str, f64)]) -> MeasureRelease {
    let area = areas.iter().map(|(area, estimate)| cell(&[("area", area)], *estimate, stdev)).collect();
    let mut breakdowns = vec![table(&[], stdev, vec![cell(&[], total, stdev)])];
    if !areas.is_empty() {
        breakdowns.push(table(&["area"], stdev, area));
    }
    MeasureRelease { id: id.parse().unwrap(), unit: "contact".into(), cap: 120, rho: 0.1, target: None, breakdowns }
}

/// The same with a target, as yet unjudged.
pub(super) fn with_target(mut measure: MeasureRelease, value: u64) -> MeasureRelease {
    measure.target = Some(Target { value, result: TargetResult::CannotTell });
    measure
}

pub(super) fn table(by: &[&str], stdev: f64, cells: Vec<CellRelease>) -> BreakdownRelease {
    BreakdownRelease { by: by.iter().map(|id| id.parse().unwrap()).collect(), stdev, cells }
}

pub(super) fn cell(at: &[(&str, &str)], estimate: f64, stdev: f64) -> CellRelease {
    let between = interval(estimate, stdev);
    CellRelease {
        at: at.iter().map(|(dimension, category)| (dimension.parse().unwrap(), (*category).to_owned())).collect(),
        estimate,
        low: between.low,
        high: between.high,
        reported: reported(estimate),
        quality: quality(estimate, stdev),
    }
}
