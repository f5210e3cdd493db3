//! The words of a programme file: locales and labels.
//!
//! Guarantee: each label exists in every language listed, and in no other.
//! Non-guarantee: whether the pages' own texts exist in a language is checked
//! where those texts live.

use std::collections::BTreeMap;

use super::ProgrammeError;
use super::file_error::instead;
use super::reader::{Item, LABEL, Section};
use crate::domain::Identifier;

/// The list of languages, the first one the default.
pub(super) fn locales(item: &Item<'_>) -> Result<Vec<Identifier>, ProgrammeError> {
    let mut locales: Vec<Identifier> = Vec::new();
    for item in item.list(1, 20, "each language needs all texts")? {
        let id = item.identifier()?;
        // A language, then perhaps a script or region: `en`, `pt-br`.
        let parts: Vec<usize> = id.as_str().split('-').map(str::len).collect();
        if !matches!(parts.as_slice(), [2..=3] | [2..=3, 2..=4]) || id.as_str().contains('_') {
            return Err(item.error(format!("`{id}` is not a language code: write such as \"en\" or \"pt-br\"")));
        }
        if locales.contains(&id) {
            return Err(item.error(format!("`{id}` is listed twice: remove one")));
        }
        locales.push(id);
    }
    Ok(locales)
}

/// The table `label`, one text for each language; `words` is the most words a label may have.
pub(super) fn label(
    section: &Section<'_>,
    locales: &[Identifier],
    words: usize,
) -> Result<BTreeMap<Identifier, String>, ProgrammeError> {
    let item = section.need("label", "label.en = \"…\", one for each of `locales`")?;
    let mut label = BTreeMap::new();
    for entry in item.entries()? {
        let Some(locale) = locales.iter().find(|l| l.as_str() == entry.key()) else {
            let known: Vec<&str> = locales.iter().map(Identifier::as_str).collect();
            return Err(entry.error(format!("this language is not in `locales`: {}", instead(entry.key(), &known))));
        };
        let text = entry.text(LABEL)?;
        let count = text.split_whitespace().count();
        if count > words {
            return Err(
                entry.error(format!("this label has {count} words: write at most {words}, and the rest in `why`"))
            );
        }
        label.insert(locale.clone(), text);
    }
    if let Some(missing) = locales.iter().find(|l| !label.contains_key(*l)) {
        return Err(item.error(format!("the text in `{missing}` is missing: add label.{missing} = \"…\"")));
    }
    Ok(label)
}
