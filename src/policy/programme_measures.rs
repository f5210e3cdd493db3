//! The measures of a programme file, and what one encounter may add to them.
//!
//! Guarantee: 1 to 12 measures with ids of their own; every cap, typing guard
//! and encounter bound is at least 1 and within its limits.
//! Non-guarantee: caps come from public knowledge, never from the data; that
//! cannot be checked here.

use super::ProgrammeError;
use super::file_error::instead;
use super::programme::{Dimension, Measure};
use super::reader::{Item, LABEL, PROSE, Section};
use crate::domain::{Identifier, MAX_MEASURES, PrivacyUnit};

/// Largest cap and typing guard.
const MAX_COUNT: u32 = 1_000_000;
/// Most words of a measure's label: it is read standing, on a phone.
const LABEL_WORDS: usize = 8;

const KEYS: &[&str] =
    &["id", "label", "unit", "max_per_tally", "cap", "weekly_cap", "why", "asked_by", "standards", "target", "share"];

/// Reads all `[[measure]]` tables and `[encounter]`.
pub(super) fn measures(
    top: &Section<'_>,
    locales: &[Identifier],
    dimensions: &[Dimension],
) -> Result<Vec<Measure>, ProgrammeError> {
    let list = top.need("measure", "at least one [[measure]]")?;
    let reason = "a long form is not filled in, and each measure takes a share of the budget from the others";
    let mut measures: Vec<Measure> = Vec::new();
    for item in list.list(1, MAX_MEASURES, reason)? {
        let section = item.section("a [[measure]]", KEYS)?;
        let id_item = section.need("id", "id = \"contacts\"")?;
        let id = id_item.identifier()?;
        if measures.iter().any(|m| m.id == id) {
            return Err(id_item.error(format!("there is already a measure `{id}`: give each its own id")));
        }
        if dimensions.iter().any(|d| d.id == id) || matches!(id.as_str(), "week" | "worker") {
            return Err(id_item.error(format!("`{id}` is already a column of a paper tally: choose another id")));
        }
        measures.push(measure(id, &section, locales)?);
    }
    if let Some(item) = top.find("encounter") {
        encounters(&item, &mut measures)?;
    }
    Ok(measures)
}

/// Refuses a weekly cap where no unit spans several weeks.
pub(super) fn check_weekly(top: &Section<'_>, measures: &[Measure], unit: PrivacyUnit) -> Result<(), ProgrammeError> {
    let found = measures.iter().find(|measure| measure.weekly_cap.is_some() && unit != PrivacyUnit::WorkerPeriod);
    let Some(measure) = found else { return Ok(()) };
    Err(top.need("privacy", "a table [privacy]")?.error(format!(
        "`{}` has a weekly_cap, but unit = \"{unit}\" never spans two weeks: remove weekly_cap, or write \
         unit = \"worker-period\"",
        measure.id
    )))
}

fn measure(id: Identifier, section: &Section<'_>, locales: &[Identifier]) -> Result<Measure, ProgrammeError> {
    let label = super::programme_words::label(section, locales, LABEL_WORDS)?;
    let unit = section.need("unit", "unit = \"contact\", what one count is")?.text(40)?;
    let max_per_tally = section.need("max_per_tally", "max_per_tally = 150, a guard against typing errors")?;
    let max_per_tally = max_per_tally.whole32(1, MAX_COUNT)?;
    let cap = section.need("cap", "cap = 120, the most that counts per unit of privacy")?.whole32(1, MAX_COUNT)?;
    let weekly_cap = section.find("weekly_cap").map(|c| c.whole32(1, cap)).transpose()?;
    let why = section.need("why", "why = \"…\", why it is asked; nothing is asked without a reason")?.text(PROSE)?;
    let asked_by = section.need("asked_by", "asked_by = \"…\", who asks for it")?.text(PROSE)?;
    let target = section.find("target").map(|t| t.whole(1, 1_000_000_000)).transpose()?;
    let share = section.find("share").map_or(Ok(1.0), |s| s.number(0.001, 1000.0))?;
    let mut standards = Vec::new();
    if let Some(item) = section.find("standards") {
        for standard in item.list(0, 20, "name the ones a reader will look for")? {
            standards.push(standard.text(LABEL)?);
        }
    }
    let encounter = max_per_tally.min(cap);
    Ok(Measure { id, label, unit, max_per_tally, cap, weekly_cap, why, asked_by, standards, target, share, encounter })
}

fn encounters(item: &Item<'_>, measures: &mut [Measure]) -> Result<(), ProgrammeError> {
    for entry in item.entries()? {
        let Some(measure) = measures.iter_mut().find(|m| m.id.as_str() == entry.key()) else {
            let ids: Vec<&str> = measures.iter().map(|m| m.id.as_str()).collect();
            return Err(entry.error(format!("there is no such measure: {}", instead(entry.key(), &ids))));
        };
        measure.encounter = entry.whole32(1, measure.max_per_tally)?;
    }
    Ok(())
}
