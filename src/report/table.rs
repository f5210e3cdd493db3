//! The release as rows of one tidy table, for every form that is a table.
//!
//! Columns: `period,measure,by,<dimensions>,week,estimate,stdev,low95,high95,reported,quality,unit`.
//! The dimensions are those of any breakdown, in order of first appearance;
//! `week` is always there. `by` joins a breakdown's dimensions with `+` and is
//! empty for the total; a dimension that a row does not break down is empty.

use crate::domain::Identifier;
use crate::domain::release::{BreakdownRelease, CellRelease, Quality, Release};

/// One measure's tables: id, unit, breakdowns.
type Measure<'r> = (&'r Identifier, &'r str, &'r [BreakdownRelease]);

/// The columns and the measures of a table.
pub(super) struct TidyTable<'r> {
    period: String,
    measures: Vec<Measure<'r>>,
    dimensions: Vec<&'r str>,
}

/// One row, its parts in the order of the columns.
pub(super) struct TidyRow<'r> {
    /// Period, measure, `by`, each dimension, week.
    pub(super) texts: Vec<String>,
    /// Estimate, stdev, low95, high95.
    pub(super) numbers: [f64; 4],
    pub(super) reported: u64,
    pub(super) quality: &'static str,
    pub(super) unit: &'r str,
}

impl<'r> TidyTable<'r> {
    pub(super) fn new(release: &'r Release) -> Self {
        let measures = release.measures.iter().map(|m| (&m.id, m.unit.as_str(), m.breakdowns.as_slice()));
        Self::of(release.period.to_string(), measures)
    }

    /// The table of some measures, with what stands in its column `period`.
    pub(super) fn of(period: String, measures: impl Iterator<Item = Measure<'r>>) -> Self {
        let measures: Vec<Measure<'r>> = measures.collect();
        let mut dimensions: Vec<&str> = Vec::new();
        for id in measures.iter().flat_map(|(_, _, breakdowns)| *breakdowns).flat_map(|b| &b.by) {
            if id.as_str() != "week" && !dimensions.contains(&id.as_str()) {
                dimensions.push(id.as_str());
            }
        }
        dimensions.push("week");
        Self { period, measures, dimensions }
    }

    /// The names of the columns, in order.
    pub(super) fn header(&self) -> Vec<&'r str> {
        let mut header = vec!["period", "measure", "by"];
        header.extend(&self.dimensions);
        header.extend(["estimate", "stdev", "low95", "high95", "reported", "quality", "unit"]);
        header
    }

    /// All rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = TidyRow<'r>> {
        let tables = self.measures.iter().flat_map(|measure| measure.2.iter().map(move |b| (measure, b)));
        tables.flat_map(move |(measure, b)| b.cells.iter().map(move |cell| self.row(measure, b, cell)))
    }

    fn row(&self, (id, unit, _): &Measure<'r>, breakdown: &BreakdownRelease, cell: &CellRelease) -> TidyRow<'r> {
        let mut texts = vec![self.period.clone(), id.to_string(), by(breakdown)];
        texts.extend(self.dimensions.iter().map(|d| cell.at.get(*d).cloned().unwrap_or_default()));
        TidyRow {
            texts,
            numbers: [cell.estimate, breakdown.stdev, cell.low, cell.high],
            reported: cell.reported,
            quality: quality_name(cell.quality),
            unit,
        }
    }
}

/// A breakdown's dimensions, joined by `+`.
pub(super) fn by(breakdown: &BreakdownRelease) -> String {
    breakdown.by.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
}

/// The mark as it is written in files.
pub(super) fn quality_name(quality: Quality) -> &'static str {
    match quality {
        Quality::Good => "good",
        Quality::Caution => "caution",
        Quality::TooUncertain => "too-uncertain",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_is_named_as_in_the_release_file() {
        for quality in [Quality::Good, Quality::Caution, Quality::TooUncertain] {
            assert_eq!(serde_json::to_value(quality).unwrap(), quality_name(quality));
        }
    }
}
