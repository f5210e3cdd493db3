//! The same noise seen for other units: the table every release carries.
//!
//! Guarantee: coarser units by group privacy (k²ρ), finer ones by κ; each
//! figure is computed from the accounted costs and rounded up. The derivation
//! of κ is in `kappa`.
//! Non-guarantee: how many units a coarser one holds is a typical limit where
//! only a quota keeps it; `basis` says so in words. ε is added by the caller.

use super::group::group_rho;
use super::rounding::{add_up, mul_up, sum_up};
use crate::domain::PrivacyUnit;

/// What one measure's figures cost.
#[derive(Clone, Copy, Debug)]
pub struct UnitCost {
    /// Most ρ of any change inside one unit.
    pub inside: f64,
    /// Most ρ of one count more in one cell.
    pub per_count: f64,
    /// Clipping bound per unit; of a week, where that is the smaller.
    pub cap: u32,
    /// Most that one encounter adds.
    pub encounter: u32,
}

/// What a whole release costs, and the limits that tie units together.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseCost<'a> {
    /// The protected unit.
    pub unit: PrivacyUnit,
    /// Accounted ρ over all measures.
    pub rho: f64,
    /// The measures.
    pub measures: &'a [UnitCost],
    /// Weeks in the period.
    pub weeks: u32,
    /// New tallies one card may send for one week.
    pub tallies_per_week: u32,
    /// Whether some measure has a weekly cap beside its cap; costs then rest on both.
    pub weekly_caps: bool,
}

/// One row of the table, without ε.
#[derive(Clone, Debug, PartialEq)]
pub struct EquivalentRho {
    /// `worker-period`, `worker-week`, `tally` or `encounter`.
    pub unit: String,
    /// ρ for that unit.
    pub rho: f64,
    /// What the figure rests on, in words.
    pub basis: String,
}

/// The other two units and `encounter`, coarsest first.
#[must_use]
pub fn equivalents(cost: &ReleaseCost<'_>) -> Vec<EquivalentRho> {
    let others = [PrivacyUnit::WorkerPeriod, PrivacyUnit::WorkerWeek, PrivacyUnit::Tally];
    let mut table: Vec<EquivalentRho> =
        others.into_iter().filter(|other| *other != cost.unit).map(|other| row(cost, other)).collect();
    table.push(EquivalentRho {
        unit: "encounter".to_owned(),
        rho: encounter_rho(cost),
        basis: if cost.weekly_caps {
            format!(
                "one encounter inside one {}: Σ y² · (most that one count moved costs) over the measures, y being what one encounter adds at most",
                cost.unit
            )
        } else {
            format!(
                "one encounter inside one {}: Σ κ · (min(x, cap) / cap)² · ρ over the measures, x being what one encounter adds at most",
                cost.unit
            )
        },
    });
    table
}

fn row(cost: &ReleaseCost<'_>, other: PrivacyUnit) -> EquivalentRho {
    let group = |k: u32, basis: String| EquivalentRho { unit: other.to_string(), rho: group_rho(cost.rho, k), basis };
    let quota = cost.tallies_per_week;
    let soft =
        "a typical limit, not a hard one: imported tallies have no quota, and a restart of the service forgives it";
    match (cost.unit, other) {
        (PrivacyUnit::WorkerWeek, PrivacyUnit::WorkerPeriod) => {
            group(cost.weeks, format!("group privacy k²ρ with k = {}, the weeks of the period", cost.weeks))
        }
        // A correction may move a tally to another week, so one week can hold the period's tallies.
        (PrivacyUnit::Tally, _) => {
            let k = quota.saturating_mul(cost.weeks);
            group(k, format!("group privacy k²ρ with k = {k}, the tallies one card may send in the period; {soft}"))
        }
        _ => EquivalentRho {
            unit: other.to_string(),
            rho: inside_rho(cost),
            basis: if cost.weekly_caps {
                format!("any change inside one {}, within its caps for the period and for each week", cost.unit)
            } else {
                format!("any change inside one {}: Σ κρ over the measures", cost.unit)
            },
        },
    }
}

/// ρ of any change inside one unit.
fn inside_rho(cost: &ReleaseCost<'_>) -> f64 {
    sum_up(cost.measures.iter().map(|m| m.inside))
}

/// ρ of one encounter: y² counts' worth, y being min(x, cap).
fn encounter_rho(cost: &ReleaseCost<'_>) -> f64 {
    cost.measures.iter().fold(0.0, |sum, m| {
        let most = f64::from(m.encounter.min(m.cap));
        add_up(sum, mul_up(mul_up(most, most), m.per_count))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(unit: PrivacyUnit, measures: &[UnitCost]) -> ReleaseCost<'_> {
        ReleaseCost { unit, rho: 0.5, measures, weeks: 13, tallies_per_week: 20, weekly_caps: false }
    }

    const MEASURES: [UnitCost; 2] = [
        UnitCost { inside: 0.375, per_count: 0.375 / 1e4, cap: 100, encounter: 10 },
        UnitCost { inside: 0.25, per_count: 0.01, cap: 5, encounter: 50 },
    ];

    fn rho_of(unit: PrivacyUnit, other: &str) -> f64 {
        equivalents(&cost(unit, &MEASURES)).iter().find(|e| e.unit == other).map(|e| e.rho).unwrap()
    }

    #[test]
    fn each_unit_lists_the_others() {
        for unit in [PrivacyUnit::Tally, PrivacyUnit::WorkerWeek, PrivacyUnit::WorkerPeriod] {
            let table = equivalents(&cost(unit, &MEASURES));
            assert_eq!(table.len(), 3);
            assert!(table.iter().all(|e| e.unit != unit.to_string()));
        }
    }

    #[test]
    fn coarser_units_by_group_privacy() {
        assert_eq!(rho_of(PrivacyUnit::WorkerWeek, "worker-period"), 84.5);
        assert_eq!(rho_of(PrivacyUnit::Tally, "worker-week"), 33_800.0);
        assert_eq!(rho_of(PrivacyUnit::Tally, "worker-period"), 33_800.0);
        let table = equivalents(&cost(PrivacyUnit::Tally, &MEASURES));
        assert!(table.iter().take(2).all(|e| e.basis.contains("not a hard one")));
    }

    #[test]
    fn finer_changes_by_kappa() {
        assert_eq!(rho_of(PrivacyUnit::WorkerWeek, "tally"), 0.625);
        assert_eq!(rho_of(PrivacyUnit::WorkerPeriod, "worker-week"), 0.625);
        // An encounter above the cap counts as the cap.
        let expected = 0.01 * 0.375 + 0.25;
        assert!((rho_of(PrivacyUnit::WorkerWeek, "encounter") - expected).abs() < 1e-15);
    }
}
