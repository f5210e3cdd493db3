//! The guarantee a programme asks for, and the tables it publishes.
//!
//! Guarantee: 0 < ρ ≤ ρ per year, 0 < δ < 0.001; every breakdown names known
//! dimensions once, stands in the programme's order and is listed once.
//! Non-guarantee: whether the figures will be of use at that ρ; `plan` says so.

use super::ProgrammeError;
use super::file_error::instead;
use super::programme::{Attribute, Breakdown, Dimension, Privacy};
use super::reader::{Item, Section};
use crate::domain::{PeriodKind, PrivacyUnit};

/// Least ρ: below it, noise leaves the range of exact integers.
const MIN_RHO: f64 = 0.000_001;
/// Most ρ a period: beyond it (ε above 33 at δ = 10⁻⁶) nobody is protected by it.
const MAX_RHO: f64 = 10.0;
/// Most cells of one table.
const MAX_CELLS: usize = 20_000;

const UNITS: &[(&str, PrivacyUnit)] = &[
    ("tally", PrivacyUnit::Tally),
    ("worker-week", PrivacyUnit::WorkerWeek),
    ("worker-period", PrivacyUnit::WorkerPeriod),
];

/// Reads `[privacy]` with its `[[privacy.breakdown]]` tables.
pub(super) fn privacy(
    top: &Section<'_>,
    dimensions: &[Dimension],
    period: PeriodKind,
) -> Result<Privacy, ProgrammeError> {
    let item = top.need("privacy", "a table [privacy] with unit, rho, rho_per_year, delta and its breakdowns")?;
    let section = item.section("[privacy]", &["unit", "rho", "rho_per_year", "delta", "breakdown"])?;
    let unit = section.need("unit", "unit = \"worker-week\"")?.choice(UNITS)?;
    let rho_item = section.need("rho", "rho = 0.5")?;
    let rho = rho_item.number(MIN_RHO, MAX_RHO)?;
    let rho_per_year = section.need("rho_per_year", "rho_per_year = 2.0")?.number(MIN_RHO, 12.0 * MAX_RHO)?;
    if rho > rho_per_year {
        return Err(rho_item.error(format!(
            "one period would spend {rho}, more than a whole year may ({rho_per_year}): \
             lower rho, or raise rho_per_year"
        )));
    }
    let delta_item = section.need("delta", "delta = 1e-6")?;
    let delta = delta_item.number(1e-15, 1e-3)?;
    if delta >= 1e-3 {
        return Err(delta_item.error("delta must be below 0.001, far less than one in all units: write delta = 1e-6"));
    }
    let list = section.need("breakdown", "at least one [[privacy.breakdown]], such as by = [] for the total")?;
    let mut breakdowns: Vec<Breakdown> = Vec::new();
    for item in list.list(1, 16, "more tables cost accuracy")? {
        let breakdown = breakdown(&item, dimensions, period)?;
        if breakdowns.iter().any(|b| b.by == breakdown.by) {
            return Err(item.error("this table is already listed: remove one (the order of names makes no difference)"));
        }
        breakdowns.push(breakdown);
    }
    Ok(Privacy { unit, rho, rho_per_year, delta, breakdowns })
}

fn breakdown(item: &Item<'_>, dimensions: &[Dimension], period: PeriodKind) -> Result<Breakdown, ProgrammeError> {
    let section = item.section("a [[privacy.breakdown]]", &["by", "weight"])?;
    let by_item = section.need("by", "by = [] for the total, or by = [\"area\"]")?;
    let mut by = Vec::new();
    for name in by_item.list(0, dimensions.len() + 1, "each dimension and `week` once")? {
        let attribute = attribute(&name, dimensions)?;
        if by.contains(&attribute) {
            return Err(name.error("this name stands here twice: remove one"));
        }
        by.push(attribute);
    }
    by.sort_unstable();
    let size = |a: &Attribute| match a {
        Attribute::Dimension(i) => dimensions.get(*i).map_or(1, |d| d.categories.len()),
        Attribute::Week if period == PeriodKind::Month => 5,
        Attribute::Week => 14,
    };
    let cells: usize = by.iter().map(size).product();
    if cells > MAX_CELLS {
        return Err(by_item.error(format!(
            "this table would have {cells} cells: use fewer or coarser categories, at most {MAX_CELLS} cells \
             (small cells drown in noise)"
        )));
    }
    let weight = section.find("weight").map_or(Ok(1.0), |w| w.number(0.001, 1000.0))?;
    Ok(Breakdown { by, weight })
}

fn attribute(item: &Item<'_>, dimensions: &[Dimension]) -> Result<Attribute, ProgrammeError> {
    let name = item.text(40)?;
    if name == "week" {
        return Ok(Attribute::Week);
    }
    let found = dimensions.iter().position(|d| d.id.as_str() == name).map(Attribute::Dimension);
    found.ok_or_else(|| {
        let mut known: Vec<&str> = dimensions.iter().map(|d| d.id.as_str()).collect();
        known.push("week");
        item.error(format!("\"{}\" is not a dimension: {}", super::file_error::quoted(&name), instead(&name, &known)))
    })
}
