//! The programme: what is counted, where, by which rules.
//!
//! Guarantee: a `Programme` has passed every check of `programme_file`;
//! lists are non-empty and within the limits of `domain`.
//! Non-guarantee: caps and targets are the programme's judgement.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::domain::codebook::{Codebook, Dhis2Codes, DimensionWords, RegistryWords};
use crate::domain::{Identifier, PeriodKind, PrivacyUnit};

/// A whole programme file, checked.
#[derive(Clone, Debug)]
pub struct Programme {
    /// Name of the programme, shown on reports.
    pub name: String,
    /// Neutral title of the form's page.
    pub page_title: String,
    /// Neutral short name, for a phone's home screen.
    pub short_name: String,
    /// Month or quarter.
    pub period: PeriodKind,
    /// Days after a period's last day in which tallies are still taken; it closes on the day after.
    pub grace_days: u16,
    /// Decides which day, and so which week, it is.
    pub timezone: TimeZone,
    /// Where "leave this page" goes.
    pub exit: String,
    /// Whom to tell of a weakness (`mailto:` or `https:`), for `security.txt`.
    pub security_contact: Option<String>,
    /// Languages, the first one the default.
    pub locales: Vec<Identifier>,
    /// At most three.
    pub dimensions: Vec<Dimension>,
    /// At most twelve.
    pub measures: Vec<Measure>,
    /// The guarantee.
    pub privacy: Privacy,
    /// Card rules.
    pub cards: CardRules,
    /// Retention.
    pub retention: Retention,
    /// Codes for DHIS2; none unless stated.
    pub dhis2: Dhis2Codes,
    /// For the registry of deployments; nothing unless stated.
    pub registry: RegistryWords,
    /// What stands above in one language only, in others.
    pub translated: BTreeMap<Identifier, Translated>,
}

/// Texts of the programme file in one more language; what is left out is shown in the first.
#[derive(Clone, Debug, Default)]
pub struct Translated {
    /// Neutral title of the form's page.
    pub page_title: Option<String>,
    /// Measure → why it is asked.
    pub why: BTreeMap<Identifier, String>,
    /// Measure → who asks for it.
    pub asked_by: BTreeMap<Identifier, String>,
}

/// One dimension with its closed list of categories.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Such as `area`; never `week`.
    pub id: Identifier,
    /// Label per locale.
    pub label: BTreeMap<Identifier, String>,
    /// Categories in the order shown; 1 to 200.
    pub categories: Vec<Category>,
}

/// One category of a dimension.
#[derive(Clone, Debug)]
pub struct Category {
    /// Such as `north`.
    pub id: Identifier,
    /// Label per locale.
    pub label: BTreeMap<Identifier, String>,
}

/// What is counted.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Such as `contacts`.
    pub id: Identifier,
    /// Label per locale.
    pub label: BTreeMap<Identifier, String>,
    /// What one count is, such as `contact`.
    pub unit: String,
    /// Typing guard: largest count in one tally.
    pub max_per_tally: u32,
    /// Clipping bound per privacy unit; at least 1.
    pub cap: u32,
    /// Clipping bound per week of a unit that spans the period; at most `cap`.
    pub weekly_cap: Option<u32>,
    /// Why it is asked.
    pub why: String,
    /// Who asks for it.
    pub asked_by: String,
    /// Standard indicators it relates to, such as `WHO HIV.PRV.DE16 (exact)`.
    pub standards: Vec<String>,
    /// Target for a period's total.
    pub target: Option<u64>,
    /// Weight of this measure in the split of ρ; 1 unless stated.
    pub share: f64,
    /// Most of this measure that one encounter adds, for the table of equivalents; at least 1.
    pub encounter: u32,
}

/// The guarantee the programme asks for.
#[derive(Clone, Debug)]
pub struct Privacy {
    /// What is protected as a whole.
    pub unit: PrivacyUnit,
    /// zCDP ρ per period, over all measures.
    pub rho: f64,
    /// Most ρ over the periods of one calendar year.
    pub rho_per_year: f64,
    /// δ at which ε is stated.
    pub delta: f64,
    /// What is published, in order.
    pub breakdowns: Vec<Breakdown>,
}

/// One table to publish.
#[derive(Clone, Debug)]
pub struct Breakdown {
    /// Attributes in the programme's order (`week` last); empty for the total.
    pub by: Vec<Attribute>,
    /// Weight in the optimum; 1 unless stated.
    pub weight: f64,
}

/// A column of the contingency table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Attribute {
    /// Position in [`Programme::dimensions`].
    Dimension(usize),
    /// The ISO week.
    Week,
}

/// Rules for cards.
#[derive(Clone, Debug)]
pub struct CardRules {
    /// New tallies one card may send within an hour.
    pub tallies_per_hour: u32,
    /// Tallies of one card for one week that the guarantee counts on, for the unit `tally` alone. No limit of sending.
    pub tallies_per_week: u32,
}

/// How long things stay.
#[derive(Clone, Debug)]
pub struct Retention {
    /// Most days from a period's end (or its opening, if later) to the destruction of its keys.
    pub keys_days: u16,
}

impl Programme {
    /// Position of the measure with this id.
    #[must_use]
    pub fn measure_index(&self, id: &str) -> Option<usize> {
        self.measures.iter().position(|m| m.id.as_str() == id)
    }

    /// Id of an attribute: the dimension's, or `week`.
    #[must_use]
    pub fn attribute_id(&self, attribute: Attribute) -> &str {
        match attribute {
            Attribute::Dimension(i) => self.dimensions.get(i).map_or("", |d| d.id.as_str()),
            Attribute::Week => "week",
        }
    }

    /// ρ granted to the measure at `index`: its share of the period's ρ.
    #[must_use]
    pub fn measure_rho(&self, index: usize) -> f64 {
        let total: f64 = self.measures.iter().map(|m| m.share).sum();
        self.measures.get(index).map_or(0.0, |m| self.privacy.rho * (m.share / total))
    }
}

impl Programme {
    /// The words that files for others take from here, in the first language.
    #[must_use]
    pub fn codebook(&self) -> Codebook {
        self.codebook_in("")
    }

    /// The same in a language; where a label has none in it, in the first.
    #[must_use]
    pub fn codebook_in(&self, locale: &str) -> Codebook {
        let word = |label: &BTreeMap<Identifier, String>| {
            let first = || self.locales.first().and_then(|locale| label.get(locale));
            label.get(locale).or_else(first).cloned().unwrap_or_default()
        };
        let dimension = |d: &Dimension| DimensionWords {
            id: d.id.clone(),
            label: word(&d.label),
            categories: d.categories.iter().map(|c| (c.id.clone(), word(&c.label))).collect(),
        };
        Codebook {
            measures: self.measures.iter().map(|m| (m.id.clone(), word(&m.label))).collect(),
            dimensions: self.dimensions.iter().map(dimension).collect(),
            dhis2: self.dhis2.clone(),
            registry: self.registry.clone(),
        }
    }
}

impl Dimension {
    /// Position of the category with this id.
    #[must_use]
    pub fn category_index(&self, id: &str) -> Option<usize> {
        self.categories.iter().position(|c| c.id.as_str() == id)
    }
}
