//! The table `[cards]` of a programme file: how much one card may send.
//!
//! Guarantee: the limit of sending is one of rate. A limit by the week would tell
//! whoever holds a card how many tallies its holder sent for each week.

use super::ProgrammeError;
use super::programme::CardRules;
use super::reader::Section;
use crate::domain::PrivacyUnit;

const KEYS: &[&str] = &["tallies_per_hour", "tallies_per_week"];
/// Where the file does not say: files of 0.1.0 know no limit by the hour.
const PER_HOUR: u32 = 30;
/// Where the file does not say and nothing depends on it.
const PER_WEEK: u32 = 20;

/// Reads `[cards]`.
pub(super) fn cards(top: &Section<'_>, unit: PrivacyUnit) -> Result<CardRules, ProgrammeError> {
    let cards = top.need("cards", "a table [cards] with tallies_per_hour = 30")?.section("[cards]", KEYS)?;
    let number = |key, unless| cards.find(key).map_or(Ok(unless), |item| item.whole32(1, 1000));
    if unit == PrivacyUnit::Tally {
        cards.need("tallies_per_week", "tallies_per_week = 20: with unit = \"tally\" the guarantee names it")?;
    }
    Ok(CardRules {
        tallies_per_hour: number("tallies_per_hour", PER_HOUR)?,
        tallies_per_week: number("tallies_per_week", PER_WEEK)?,
    })
}
