//! The table `[dhis2]` of a programme file: codes that a DHIS2 instance knows.
//!
//! Guarantee: every code stands for something that the programme has; no two
//! tables get the same data element and no two cells of a table the same
//! category option combination, also where ids fill in; none is over 50 characters.
//! Non-guarantee: whether the receiver has these codes.

use std::collections::{BTreeMap, BTreeSet};

use super::file_error::instead;
use super::reader::Item;
use super::{Attribute, Breakdown, Dimension, Programme, ProgrammeError};
use crate::domain::Identifier;
use crate::domain::codebook::Dhis2Codes;

/// Longest code in DHIS2.
const LONGEST: usize = 50;

const KEYS: &[&str] = &["org_unit", "data_set", "measure", "dimension", "category"];

/// Reads `[dhis2]`, after the rest of the programme.
pub(super) fn dhis2(item: &Item<'_>, programme: &Programme) -> Result<Dhis2Codes, ProgrammeError> {
    let section = item.section("[dhis2]", KEYS)?;
    let org_unit = code(&section.need("org_unit", "org_unit = \"…\", the code of the organisation unit")?)?;
    let data_set = section.find("data_set").map(|item| code(&item)).transpose()?;
    let measures: Vec<&Identifier> = programme.measures.iter().map(|m| &m.id).collect();
    let dimensions: Vec<&Identifier> = programme.dimensions.iter().map(|d| &d.id).collect();
    let mut codes = Dhis2Codes { org_unit: Some(org_unit), data_set, ..Dhis2Codes::default() };
    if let Some(item) = section.find("measure") {
        codes.measures = entries(&item, "measure", &measures)?;
    }
    if let Some(item) = section.find("dimension") {
        let week: Option<Identifier> = "week".parse().ok();
        let known: Vec<&Identifier> = dimensions.iter().copied().chain(&week).collect();
        codes.dimensions = entries(&item, "dimension", &known)?;
    }
    if let Some(item) = section.find("category") {
        for entry in item.entries()? {
            let dimension = known(&entry, "dimension", &dimensions)?;
            let categories = programme.dimensions.iter().filter(|d| d.id == *dimension).flat_map(|d| &d.categories);
            let categories: Vec<&Identifier> = categories.map(|c| &c.id).collect();
            codes.categories.insert(dimension.clone(), entries(&entry, "category", &categories)?);
        }
    }
    data_elements(item, &codes, programme)?;
    programme.privacy.breakdowns.iter().try_for_each(|table| option_combos(item, &codes, programme, table))?;
    Ok(codes)
}

fn code(item: &Item<'_>) -> Result<String, ProgrammeError> {
    let text = item.text(LONGEST)?;
    if text.chars().all(|c| c.is_ascii_graphic()) {
        Ok(text)
    } else {
        Err(item.error("this is not a code: write letters a-z, digits and signs such as _ without spaces"))
    }
}

/// A table of codes by id.
fn entries(item: &Item<'_>, what: &str, ids: &[&Identifier]) -> Result<BTreeMap<Identifier, String>, ProgrammeError> {
    let mut codes = BTreeMap::new();
    for entry in item.entries()? {
        codes.insert(known(&entry, what, ids)?.clone(), code(&entry)?);
    }
    Ok(codes)
}

/// The id that an entry's key names.
fn known<'i>(entry: &Item<'_>, what: &str, ids: &[&'i Identifier]) -> Result<&'i Identifier, ProgrammeError> {
    ids.iter().find(|id| id.as_str() == entry.key()).copied().ok_or_else(|| {
        let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
        entry.error(format!("there is no such {what}: {}", instead(entry.key(), &ids)))
    })
}

/// Each table of each measure has a data element of its own.
fn data_elements(item: &Item<'_>, codes: &Dhis2Codes, programme: &Programme) -> Result<(), ProgrammeError> {
    let by = |table: &Breakdown| -> Vec<Identifier> {
        table.by.iter().filter_map(|a| programme.attribute_id(*a).parse().ok()).collect()
    };
    let mut seen = BTreeSet::new();
    for measure in &programme.measures {
        for table in &programme.privacy.breakdowns {
            unique(item, "data element", codes.data_element(&measure.id, &by(table)), &mut seen)?;
        }
    }
    Ok(())
}

/// Each cell of a table has a combination of its own.
fn option_combos(
    item: &Item<'_>,
    codes: &Dhis2Codes,
    programme: &Programme,
    table: &Breakdown,
) -> Result<(), ProgrammeError> {
    let dimension = |a: &Attribute| match a {
        Attribute::Dimension(n) => programme.dimensions.get(*n),
        Attribute::Week => None,
    };
    let mut combos: Vec<Vec<&str>> = vec![Vec::new()];
    for d in table.by.iter().filter_map(dimension) {
        combos = combos.iter().flat_map(|combo| extended(combo, d, codes)).collect();
    }
    let mut seen = BTreeSet::new();
    combos.iter().try_for_each(|combo| unique(item, "category option combination", combo.join("_"), &mut seen))
}

fn extended<'c>(combo: &[&'c str], dimension: &'c Dimension, codes: &'c Dhis2Codes) -> Vec<Vec<&'c str>> {
    let with = |code| combo.iter().copied().chain([code]).collect();
    dimension.categories.iter().map(|c| with(codes.category(dimension.id.as_str(), c.id.as_str()))).collect()
}

fn unique(item: &Item<'_>, what: &str, code: String, seen: &mut BTreeSet<String>) -> Result<(), ProgrammeError> {
    let count = code.chars().count();
    if count > LONGEST {
        let message =
            format!("the {what} `{code}` has {count} characters, and DHIS2 takes {LONGEST}: shorten the codes");
        return Err(item.error(message));
    }
    if seen.contains(&code) {
        let message = format!("two figures would have the {what} `{code}`: change one of the codes");
        return Err(item.error(message));
    }
    seen.insert(code);
    Ok(())
}
