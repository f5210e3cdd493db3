//! What a programme file says in one language, in the others: `[translated.fr]`.
//!
//! Guarantee: only languages of `locales`, only measures that there are, within
//! the limits of the originals. Each text may be left out: then the original is
//! shown, marked with its language.

use std::collections::BTreeMap;

use super::ProgrammeError;
use super::file_error::instead;
use super::programme::{Measure, Translated};
use super::reader::{Item, PROSE, Section};
use crate::domain::Identifier;

/// Longest page title, in characters, in every language.
pub(super) const TITLE: usize = 60;

/// The table `translated`, if it is there.
pub(super) fn translated(
    top: &Section<'_>,
    locales: &[Identifier],
    measures: &[Measure],
) -> Result<BTreeMap<Identifier, Translated>, ProgrammeError> {
    let mut all = BTreeMap::new();
    let Some(item) = top.find("translated") else { return Ok(all) };
    for entry in item.entries()? {
        let Some(locale) = locales.iter().find(|locale| locale.as_str() == entry.key()) else {
            let known: Vec<&str> = locales.iter().map(Identifier::as_str).collect();
            return Err(entry.error(format!("this language is not in `locales`: {}", instead(entry.key(), &known))));
        };
        let section = entry.section("a table [translated.…]", &["page_title", "why", "asked_by"])?;
        let page_title = section.find("page_title").map(|title| title.text(TITLE)).transpose()?;
        let texts = |key| section.find(key).map_or_else(|| Ok(BTreeMap::new()), |item| of_measures(&item, measures));
        all.insert(locale.clone(), Translated { page_title, why: texts("why")?, asked_by: texts("asked_by")? });
    }
    Ok(all)
}

/// A table with a text for some of the measures.
fn of_measures(item: &Item<'_>, measures: &[Measure]) -> Result<BTreeMap<Identifier, String>, ProgrammeError> {
    let mut texts = BTreeMap::new();
    for entry in item.entries()? {
        let Some(measure) = measures.iter().find(|m| m.id.as_str() == entry.key()) else {
            let ids: Vec<&str> = measures.iter().map(|m| m.id.as_str()).collect();
            return Err(entry.error(format!("there is no such measure: {}", instead(entry.key(), &ids))));
        };
        texts.insert(measure.id.clone(), entry.text(PROSE)?);
    }
    Ok(texts)
}
