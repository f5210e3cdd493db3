//! The best split of ρ over the residuals of a set of tables.
//!
//! Every table (marginal) S is a sum of parts that have nothing in common: one
//! residual for each A ⊆ S. Each residual gets noise of its own, once, and every
//! table that contains it is built from the same noisy residual. So tables agree
//! with each other, and no part is paid for twice.
//!
//! With noise N(0, σ_A²) projected on residual A:
//! - Var_S = Σ_{A⊆S} σ_A² · ∏_{i∈A}(1 − 1/nᵢ) · ∏_{i∈S∖A} 1/nᵢ² in every cell of S;
//! - cost ρ = Σ_A b_A / 2σ_A², with b_A from `unit_cost`;
//! - Σ_S w_S·Var_S = Σ_A c_A σ_A² is least, at this cost, for
//!   σ_A² = √(b_A / c_A) · Σ_B √(c_B·b_B) / 2ρ (Lagrange; the problem is convex).
//!
//! Source: Xiao, He, Zhang, Kifer, "An Optimal and Scalable Matrix Mechanism for
//! Noisy Marginals under Convex Loss Functions", NeurIPS 2023; `docs/privacy.md`
//! has every step. Guarantee: the formulas. Non-guarantee: rounding; the accounted
//! scales are a hair wider (`release::mechanism`).

use super::attributes::AttributeSet;
use super::unit_cost::UnitBound;

/// A table to publish: its attributes, and its weight w_S.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Without those of one category.
    pub set: AttributeSet,
    /// Above 0.
    pub weight: f64,
}

/// Every A ⊆ S of any wanted S, each once, in a fixed order.
#[must_use]
pub fn closure(wanted: &[Wanted]) -> Vec<AttributeSet> {
    let mut sets: Vec<AttributeSet> = wanted.iter().flat_map(|table| table.set.subsets()).collect();
    sets.sort_unstable();
    sets.dedup();
    sets
}

/// What σ_A² = 1 of residual A adds to the variance of each cell of table S; 0 unless A ⊆ S.
#[must_use]
pub fn influence(table: AttributeSet, residual: AttributeSet, sizes: &[usize]) -> f64 {
    if !residual.is_subset(table) {
        return 0.0;
    }
    let spread = table.cells(sizes) / residual.cells(sizes);
    residual.residual_share(sizes) / (spread * spread)
}

/// σ_A of each residual of [`closure`], least weighted variance at cost ρ.
#[must_use]
pub fn optimum(wanted: &[Wanted], bound: &UnitBound, sizes: &[usize], rho: f64) -> Vec<(AttributeSet, f64)> {
    let parts: Vec<(AttributeSet, f64, f64)> = closure(wanted)
        .into_iter()
        .map(|set| {
            let gain: f64 = wanted.iter().map(|table| table.weight * influence(table.set, set, sizes)).sum();
            (set, bound.squared(set, sizes), gain)
        })
        .collect();
    let all: f64 = parts.iter().map(|(_, b, c)| (b * c).sqrt()).sum();
    parts.into_iter().map(|(set, b, c)| (set, ((b / c).sqrt() * all / (2.0 * rho)).sqrt())).collect()
}

/// Standard deviation of each cell of a table, from the σ_A of its residuals.
#[must_use]
pub fn stdev(table: AttributeSet, sigmas: &[(AttributeSet, f64)], sizes: &[usize]) -> f64 {
    sigmas.iter().map(|(set, sigma)| sigma * sigma * influence(table, *set, sizes)).sum::<f64>().sqrt()
}

/// ρ of all residuals together.
#[must_use]
pub fn cost(sigmas: &[(AttributeSet, f64)], bound: &UnitBound, sizes: &[usize]) -> f64 {
    sigmas.iter().map(|(set, sigma)| bound.squared(*set, sizes) / (2.0 * sigma * sigma)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::kappa::kappa;
    use super::*;
    use proptest::prelude::*;

    const PLAIN: UnitBound = UnitBound { cap: 1, weekly: None };

    fn wanted(tables: &[&[usize]], sizes: &[usize]) -> Vec<Wanted> {
        tables.iter().map(|axes| Wanted { set: AttributeSet::of(axes, sizes), weight: 1.0 }).collect()
    }

    fn stdevs(tables: &[&[usize]], sizes: &[usize], rho: f64) -> Vec<f64> {
        let wanted = wanted(tables, sizes);
        let sigmas = optimum(&wanted, &PLAIN, sizes, rho);
        wanted.iter().map(|table| stdev(table.set, &sigmas, sizes)).collect()
    }

    fn inside(tables: &[&[usize]], sizes: &[usize]) -> f64 {
        let sigmas = optimum(&wanted(tables, sizes), &PLAIN, sizes, 0.1);
        kappa(&sigmas.iter().map(|(set, sigma)| (*set, 1.0 / (sigma * sigma))).collect::<Vec<_>>(), sizes)
    }

    /// Figures computed elsewhere, to three digits.
    #[test]
    fn known_programmes() {
        let large: [&[usize]; 5] = [&[], &[0], &[1], &[2], &[0, 1]];
        for (found, known) in stdevs(&large, &[6, 5, 13], 0.0625).iter().zip([5.75, 5.38, 5.33, 5.64, 4.98]) {
            assert!((found - known).abs() < 0.005, "{found} {known}");
        }
        let default: [&[usize]; 3] = [&[], &[0], &[1]];
        for (found, known) in stdevs(&default, &[6, 5, 13], 0.1).iter().zip([3.59, 3.39, 3.34]) {
            assert!((found - known).abs() < 0.005, "{found} {known}");
        }
        assert!((inside(&default, &[6, 5, 13]) - 1.50).abs() < 0.005);
        assert!((inside(&large, &[6, 5, 13]) - 1.71).abs() < 0.005);
    }

    #[test]
    fn one_table_alone_is_plain_noise_or_better() {
        // The whole table in one cell's variance: 1/2ρ for every cell.
        let one = stdevs(&[&[]], &[6, 5], 0.5);
        assert!((one[0] - 1.0).abs() < 1e-12);
        // A single marginal is at most its equal-split noise.
        assert!(stdevs(&[&[0, 1]], &[6, 5], 0.5)[0] <= 1.0 + 1e-12);
    }

    prop_compose! {
        fn programme()(
            sizes in prop::collection::vec(1usize..6, 3),
            tables in prop::collection::vec((0u16..8, 0.1f64..10.0), 1..6),
        ) -> (Vec<usize>, Vec<Wanted>) {
            let axes = |mask: u16| (0..3).filter(|i| mask & (1 << i) != 0).collect::<Vec<usize>>();
            let wanted = tables
                .iter()
                .map(|(mask, weight)| Wanted { set: AttributeSet::of(&axes(*mask), &sizes), weight: *weight })
                .collect();
            (sizes, wanted)
        }
    }

    proptest! {
        #[test]
        fn spends_the_budget_and_nothing_near_it_is_better(
            (sizes, wanted) in programme(), rho in 0.001f64..5.0, weekly in prop::option::of(1u32..9), at: prop::sample::Index, by in 0.9f64..1.1,
        ) {
            let bound = UnitBound { cap: 8, weekly: weekly.map(|c| (c, 2)) };
            let sigmas = optimum(&wanted, &bound, &sizes, rho);
            prop_assert!((cost(&sigmas, &bound, &sizes) / rho - 1.0).abs() < 1e-9);
            let loss = |sigmas: &[(AttributeSet, f64)]| -> f64 {
                wanted.iter().map(|t| t.weight * stdev(t.set, sigmas, &sizes).powi(2)).sum()
            };
            // Another split of the same ρ: one σ changed, all of them scaled back to the budget.
            let mut other = sigmas.clone();
            other[at.index(sigmas.len())].1 *= by;
            let back = (cost(&other, &bound, &sizes) / rho).sqrt();
            other.iter_mut().for_each(|(_, sigma)| *sigma *= back);
            prop_assert!(loss(&other) >= loss(&sigmas) * (1.0 - 1e-9));
        }

        /// Corner units and random ones: none costs more than the formula says.
        #[test]
        fn no_unit_costs_more(
            (sizes, wanted) in programme(), weekly in prop::option::of(1u32..9),
            counts in prop::collection::vec((0usize..125, 0u32..9), 1..6),
        ) {
            let bound = UnitBound { cap: 8, weekly: weekly.map(|c| (c, 2)) };
            let sigmas = optimum(&wanted, &bound, &sizes, 0.5);
            let cells: usize = sizes.iter().product();
            let mut unit = vec![0.0; cells];
            let (mut left, mut weeks) = (8, vec![weekly.unwrap_or(8); sizes[2]]);
            for (cell, count) in counts {
                let (cell, week) = (cell % cells, cell % cells % sizes[2]);
                let count = count.min(left).min(weeks[week]);
                left -= count;
                weeks[week] -= count;
                unit[cell] += f64::from(count);
            }
            let spent: f64 = sigmas.iter().map(|(set, sigma)| length(&unit, *set, &sizes) / (2.0 * sigma * sigma)).sum();
            prop_assert!(spent <= 0.5 * (1.0 + 1e-9), "{spent}");
        }
    }

    /// ‖R_A v‖² by definition: marginal on A, then the mean taken out along each attribute of A.
    fn length(unit: &[f64], set: AttributeSet, sizes: &[usize]) -> f64 {
        let mut values = unit.to_vec();
        let mut stride = 1;
        for (axis, n) in sizes.iter().enumerate().rev() {
            let mut next = values.clone();
            for (index, value) in next.iter_mut().enumerate() {
                let start = index - index / stride % n * stride;
                let sum: f64 = (0..*n).map(|k| values[start + k * stride]).sum();
                let mean = sum / super::super::whole(*n);
                // Outside A the sum stands in every cell; divided out again below.
                *value = if set.contains(axis) { *value - mean } else { sum };
            }
            values = next;
            stride *= n;
        }
        let repeats: usize = sizes.iter().enumerate().filter(|(i, _)| !set.contains(*i)).map(|(_, n)| n).product();
        values.iter().map(|v| v * v).sum::<f64>() / super::super::whole(repeats)
    }
}
