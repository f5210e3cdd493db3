//! The words of a page: texts of its language, labels of the programme files.
//!
//! Guarantee: pure; a measure or category without a label is shown by its id.

use crate::domain::release::{CellRelease, MeasureRelease, Quality, Release, Target, TargetResult};
use crate::domain::{Codebook, Identifier, PrivacyUnit};
use crate::locale::{Lang, Text};

/// What a page is written with.
#[derive(Clone, Debug)]
pub struct Labels {
    /// Texts of the page's language.
    pub(super) text: Text,
    books: Vec<Codebook>,
    /// What links to other pages carry, such as `?lang=fr`.
    pub(super) query: String,
}

/// A quality mark: a sign and words, so that neither colour nor shape is needed to read it.
pub(super) struct Mark {
    pub(super) sign: &'static str,
    pub(super) words: String,
}

impl Labels {
    /// Texts, and the labels of programme files, the one that goes first in front.
    #[must_use]
    pub fn new(text: Text, books: Vec<Codebook>) -> Self {
        Self { text, books, query: String::new() }
    }

    /// The same for pages whose links carry this query, such as `?lang=fr`.
    #[must_use]
    pub fn linking(self, query: String) -> Self {
        Self { query, ..self }
    }

    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.text.lang()
    }

    /// English, and ids for labels: what files for programs say.
    #[must_use]
    pub fn plain() -> Self {
        Self::new(Text::new(Lang::En), Vec::new())
    }

    /// A measure's label.
    pub(super) fn measure(&self, id: &Identifier) -> String {
        let label = self.books.iter().find_map(|book| book.measures.get(id)).filter(|label| !label.is_empty());
        label.map_or_else(|| capital(&spaced(id.as_str())), String::clone)
    }

    /// A dimension's label.
    pub(super) fn dimension(&self, id: &Identifier) -> String {
        if id.as_str() == "week" {
            return self.text.report_week();
        }
        let found = self.books.iter().flat_map(|book| &book.dimensions).find(|d| d.id == *id);
        found.map(|d| d.label.clone()).filter(|label| !label.is_empty()).unwrap_or_else(|| id.to_string())
    }

    /// A category's label.
    fn category(&self, dimension: &Identifier, id: &str) -> String {
        let dimensions = self.books.iter().flat_map(|book| &book.dimensions).filter(|d| d.id == *dimension);
        let found = dimensions.flat_map(|d| &d.categories).find(|(category, _)| category.as_str() == id);
        found.map(|(_, label)| label.clone()).filter(|label| !label.is_empty()).unwrap_or_else(|| id.to_owned())
    }

    /// Where a cell stands, one label for each of these dimensions.
    pub(super) fn at(&self, by: &[Identifier], at: &super::comparability::Place) -> Vec<String> {
        by.iter().map(|id| at.get(id).map_or_else(String::new, |category| self.category(id, category))).collect()
    }

    /// The dimensions of a table, as words.
    pub(super) fn by(&self, by: &[Identifier]) -> String {
        let names = by.iter().map(|id| self.dimension(id));
        names.reduce(|all, next| self.text.report_and(all, next)).unwrap_or_default()
    }

    /// A privacy unit, by its name in a release.
    pub(super) fn unit(&self, name: &str) -> String {
        match name {
            "tally" => self.text.unit_tally(),
            "worker-week" => self.text.unit_worker_week(),
            "worker-period" => self.text.unit_worker_period(),
            "encounter" => self.text.unit_encounter(),
            other => spaced(other),
        }
    }

    /// The protected unit.
    pub(super) fn protected(&self, unit: PrivacyUnit) -> String {
        self.unit(&unit.to_string())
    }

    /// The figure to print.
    pub(super) fn figure(&self, cell: &CellRelease) -> String {
        self.text.whole(cell.estimate.max(0.0))
    }

    /// Both ends of an interval, rounded outward to a step that its width makes sensible.
    pub(super) fn ends(&self, cell: &CellRelease) -> (String, String) {
        let (low, high) = outward(cell.low, cell.high);
        (self.text.whole(low), self.text.whole(high))
    }

    /// The interval as `low – high`.
    pub(super) fn range(&self, cell: &CellRelease) -> String {
        let (low, high) = self.ends(cell);
        format!("{low} – {high}")
    }

    /// The interval as a sentence.
    pub(super) fn between(&self, cell: &CellRelease) -> String {
        let (low, high) = self.ends(cell);
        self.text.report_between(high, low)
    }

    /// The quality mark.
    pub(super) fn quality(&self, quality: Quality) -> Mark {
        match quality {
            Quality::Good => Mark { sign: "●", words: self.text.report_good() },
            Quality::Caution => Mark { sign: "◐", words: self.text.report_caution() },
            Quality::TooUncertain => Mark { sign: "○", words: self.text.report_uncertain() },
        }
    }

    /// What became of a target, with a sign.
    pub(super) fn target(&self, target: &Target) -> Mark {
        let (t, value) = (self.text, target.value);
        match target.result {
            TargetResult::Reached => Mark { sign: "✓", words: t.report_target_reached(value) },
            TargetResult::NotReached => Mark { sign: "✗", words: t.report_target_not(value) },
            TargetResult::CannotTell => Mark { sign: "?", words: t.report_target_unknown(value) },
        }
    }

    /// ρ or ε: three figures.
    pub(super) fn cost(&self, value: f64) -> String {
        match value {
            large if large >= 100.0 => self.text.whole(large),
            small if small < 0.01 => self.text.decimal(small, 6),
            other => self.text.decimal(other, 3),
        }
    }
}

/// A release's first total in a line.
#[derive(Clone, Debug)]
pub struct Headline {
    /// The measure's label.
    pub name: String,
    /// The figure.
    pub figure: String,
    /// Its interval, as a sentence.
    pub between: String,
}

impl Headline {
    /// The first measure that has a total.
    #[must_use]
    pub fn of(release: &Release, words: &Labels) -> Option<Self> {
        let total = |m: &MeasureRelease| m.breakdowns.iter().find(|b| b.by.is_empty())?.cells.first().cloned();
        let (measure, cell) = release.measures.iter().find_map(|m| Some((m, total(m)?)))?;
        let (figure, between) = (words.figure(&cell), words.between(&cell));
        Some(Self { name: words.measure(&measure.id), figure, between })
    }
}

/// Both ends moved outward to whole steps: a tenth of the width, rounded down to 1, 10, 100, ….
pub(super) fn outward(low: f64, high: f64) -> (f64, f64) {
    let width = (high - low).max(0.0);
    let step = 10.0_f64.powf((width / 10.0).max(1.0).log10().floor());
    // What lies on a step but for the last bit stays there.
    let (low, high) = ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step);
    (low.max(0.0), high.max(0.0))
}

/// A machine name as words.
pub(super) fn spaced(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::codebook::DimensionWords;
    use crate::report::fixtures::cell;

    #[test]
    fn intervals_are_rounded_outward() {
        for ((low, high), rounded) in [
            ((10_912.3, 12_087.0), (10_900.0, 12_100.0)),
            ((10_900.0, 12_100.0), (10_900.0, 12_100.0)),
            ((0.0, 8.2), (0.0, 9.0)),
            ((3.4, 3.4), (3.0, 4.0)),
            ((772.4, 1_007.6), (770.0, 1_010.0)),
            ((0.0, 0.0), (0.0, 0.0)),
        ] {
            assert_eq!(outward(low, high), rounded, "{low} to {high}");
        }
        for n in 0..2_000_u32 {
            let low = f64::from(n * 7_919 % 104_729) / 3.0;
            let high = low + f64::from(n) * 1.7;
            let (a, b) = outward(low, high);
            assert!(a <= low + 1e-6 && b >= high - 1e-6 && b - a <= (high - low) * 1.2 + 2.0, "{low} {high}: {a} {b}");
        }
        let (a, b) = outward(f64::NAN, f64::INFINITY);
        assert!(!a.is_nan() && !b.is_nan());
    }

    #[test]
    fn labels_stand_in_for_ids_where_there_are_any() {
        let id = |text: &str| -> Identifier { text.parse().unwrap() };
        let area =
            DimensionWords { id: id("area"), label: "Zone".into(), categories: vec![(id("north"), "Nord".into())] };
        let newest = Codebook { dimensions: vec![area], ..Codebook::default() };
        let older =
            Codebook { measures: [(id("contacts"), "Contacts établis".to_owned())].into(), ..Codebook::default() };
        let words = Labels::new(Text::new(Lang::Fr), vec![newest, older]);
        assert_eq!(words.measure(&id("contacts")), "Contacts établis");
        assert_eq!(words.measure(&id("syringes_out")), "Syringes out");
        assert_eq!((words.dimension(&id("area")), words.dimension(&id("setting"))), ("Zone".into(), "setting".into()));
        let by = [id("area"), id("week")];
        let place = cell(&[("area", "north"), ("week", "2025-W01")], 1.0, 1.0).at;
        assert_eq!(words.at(&by, &place), ["Nord", "2025-W01"]);
        assert!(words.by(&by).starts_with("Zone ") && words.by(&by).to_lowercase().ends_with("semaine"));
        assert_eq!(words.by(&[]), "");
    }
}
