//! What several releases promise together.
//!
//! A tally, a card's week, a card's period and an encounter each lie in one
//! period. So for such a unit the releases compose in parallel: the largest of
//! the periods' ρ holds. Whoever has one such unit in every period is exposed
//! to the sum of the ρ; for who works all through that is the row
//! `worker-period`.

use serde::Serialize;

use super::super::incomparable::Caveat;
use crate::accuracy::epsilon_bound;
use crate::accuracy::rounding::sum_up;
use crate::domain::PrivacyUnit;
use crate::domain::release::Release;

/// The units a release may speak of.
const UNITS: [&str; 4] = ["worker-week", "worker-period", "tally", "encounter"];

/// What the releases promise together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SumGuarantee {
    /// The protected unit; none if the programme changed it.
    pub unit: Option<PrivacyUnit>,
    /// Always `add-remove`.
    pub neighbours: &'static str,
    /// Always `zCDP`.
    pub measure: &'static str,
    /// The largest δ of the releases.
    pub delta: f64,
    /// One row per unit that all releases speak of; the protected one first.
    pub units: Vec<UnitExposure>,
}

/// What the releases together say about one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitExposure {
    /// `tally`, `worker-week`, `worker-period` or `encounter`.
    pub unit: String,
    /// ρ for one such unit, in any one period: the largest of the periods' ρ.
    pub rho: f64,
    /// ε of that at the guarantee's δ.
    pub epsilon: f64,
    /// ρ for one such unit in every period: the sum of the periods' ρ.
    pub rho_in_every_period: f64,
    /// An upper bound of ε of that: ρ + 2·√(ρ·ln(1/δ)).
    pub epsilon_in_every_period: f64,
}

/// The releases' guarantees, composed.
pub(super) fn together(releases: &[&Release]) -> SumGuarantee {
    let first = releases.first().map(|r| r.guarantee.unit);
    let unit = first.filter(|unit| releases.iter().all(|r| r.guarantee.unit == *unit));
    let delta = releases.iter().map(|r| r.guarantee.delta).fold(0.0, f64::max);
    let mut units: Vec<UnitExposure> = UNITS.iter().filter_map(|unit| exposure(releases, unit, delta)).collect();
    units.sort_by_key(|row| Some(row.unit.as_str()) != unit.map(|u| u.to_string()).as_deref());
    SumGuarantee { unit, neighbours: "add-remove", measure: "zCDP", delta, units }
}

fn exposure(releases: &[&Release], unit: &str, delta: f64) -> Option<UnitExposure> {
    let costs = releases.iter().map(|release| cost(release, unit)).collect::<Option<Vec<_>>>()?;
    let every = sum_up(costs.iter().map(|(rho, _)| *rho));
    Some(UnitExposure {
        unit: unit.to_owned(),
        rho: costs.iter().map(|(rho, _)| *rho).fold(0.0, f64::max),
        epsilon: costs.iter().map(|(_, epsilon)| *epsilon).fold(0.0, f64::max),
        rho_in_every_period: every,
        epsilon_in_every_period: epsilon_bound(every, delta),
    })
}

/// ρ and ε that a release states for a unit.
fn cost(release: &Release, unit: &str) -> Option<(f64, f64)> {
    let guarantee = &release.guarantee;
    if guarantee.unit.to_string() == unit {
        return Some((guarantee.rho, guarantee.epsilon));
    }
    guarantee.equivalents.iter().find(|e| e.unit == unit).map(|e| (e.rho, e.epsilon))
}

/// Said if the programme changed its privacy unit.
pub(super) fn changed_unit(releases: &[&Release]) -> Option<Caveat> {
    let changed = releases.windows(2).find_map(|pair| match pair {
        [a, b] if a.guarantee.unit != b.guarantee.unit => Some((a, b)),
        _ => None,
    });
    changed.map(|(a, b)| Caveat::Unit((a.guarantee.unit, a.period), (b.guarantee.unit, b.period)))
}
