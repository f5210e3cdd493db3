//! The table `[registry]` of a programme file: what the registry of deployments asks for.
//!
//! Guarantee: texts within their limits; nothing is needed.

use super::ProgrammeError;
use super::reader::{Item, LABEL, PROSE, Section};
use crate::domain::codebook::RegistryWords;

const KEYS: &[&str] = &["slug", "curators", "region", "intended_use", "authors", "sources"];
/// Most names of curators or authors.
const NAMES: usize = 10;

/// Reads `[registry]`, if it is there.
pub(super) fn registry(top: &Section<'_>) -> Result<RegistryWords, ProgrammeError> {
    let Some(item) = top.find("registry") else { return Ok(RegistryWords::default()) };
    let section = item.section("[registry]", KEYS)?;
    let text = |key, most| section.find(key).map(|item: Item<'_>| item.text(most)).transpose();
    let names = |key| -> Result<Vec<String>, ProgrammeError> {
        let items = section.find(key).map(|item| item.list(1, NAMES, "name those who answer for it"));
        items.transpose()?.unwrap_or_default().iter().map(|item| item.text(LABEL)).collect()
    };
    Ok(RegistryWords {
        slug: section.find("slug").map(|item| item.identifier()).transpose()?,
        curators: names("curators")?,
        region: text("region", LABEL)?,
        intended_use: text("intended_use", PROSE)?,
        authors: names("authors")?,
        sources: text("sources", PROSE)?,
    })
}
