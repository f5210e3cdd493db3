//! What a programme file says about names and codes in files for others.
//!
//! Guarantee: public words only; it stands in the published programme file.
//! Non-guarantee: an entry may be missing (a release read without its programme
//! file has none at all). Whoever writes a file falls back to ids, and says so.

use std::collections::BTreeMap;

use super::Identifier;

/// Words and codes by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codebook {
    /// Label of each measure, in one language.
    pub measures: BTreeMap<Identifier, String>,
    /// Each dimension in the programme's order.
    pub dimensions: Vec<DimensionWords>,
    /// Codes for DHIS2.
    pub dhis2: Dhis2Codes,
    /// For the registry of deployments.
    pub registry: RegistryWords,
}

/// The words of one dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DimensionWords {
    /// Such as `area`.
    pub id: Identifier,
    /// Its label.
    pub label: String,
    /// Each category's id and label, in the programme's order.
    pub categories: Vec<(Identifier, String)>,
}

/// Codes that a DHIS2 instance knows; where there is none, the id stands for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dhis2Codes {
    /// The organisation unit that reports.
    pub org_unit: Option<String>,
    /// The data set that the values belong to.
    pub data_set: Option<String>,
    /// Code of each measure.
    pub measures: BTreeMap<Identifier, String>,
    /// Word for each dimension and `week`, added to a measure's code.
    pub dimensions: BTreeMap<Identifier, String>,
    /// Code of each category, by dimension.
    pub categories: BTreeMap<Identifier, BTreeMap<Identifier, String>>,
}

impl Dhis2Codes {
    /// The data element of a table: the measure's code, then one word for each dimension, joined by `_`.
    #[must_use]
    pub fn data_element(&self, measure: &Identifier, by: &[Identifier]) -> String {
        let mut code = self.measures.get(measure).map_or_else(|| measure.to_string(), String::clone);
        for dimension in by {
            code.push('_');
            code.push_str(self.dimensions.get(dimension).map_or(dimension.as_str(), String::as_str));
        }
        code
    }

    /// The code of one category.
    #[must_use]
    pub fn category<'c>(&'c self, dimension: &str, category: &'c str) -> &'c str {
        self.categories.get(dimension).and_then(|codes| codes.get(category)).map_or(category, String::as_str)
    }
}

/// What the registry of deployments asks for and a release does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegistryWords {
    /// Name of the entry in addresses.
    pub slug: Option<Identifier>,
    /// Who publishes.
    pub curators: Vec<String>,
    /// Where the figures are about.
    pub region: Option<String>,
    /// What the figures are for.
    pub intended_use: Option<String>,
    /// Who wrote the entry.
    pub authors: Vec<String>,
    /// Where to read more.
    pub sources: Option<String>,
}
