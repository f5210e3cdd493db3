//! κ: how much more a change *inside* one unit can cost than its removal.
//!
//! Let u, u′ ≥ 0 be one unit's bounded cells before and after, each of L1 norm
//! at most the cap C. The cost f(v) = Σ_A ‖R_A v‖² / 2σ_A² of v = u′ − u is
//! convex. v lies in P − P, P being the convex hull of 0 and all C·e_c, so f is
//! largest at an extreme point: at C·e_c, where it is C²/2 · Σ_A P_A/σ_A² = ρ_m
//! for every c, or at C·(e_c − e_d). R_A is a projection whose entry for (c, d)
//! is ∏_{i∈A} ([cᵢ = dᵢ] − 1/nᵢ), so ‖R_A(e_c − e_d)‖² is 2(P_A − that entry):
//! it depends only on the attributes in which c and d differ. So any change
//! inside one unit costs at most κ·ρ_m per measure, with
//! κ = max(1, max over c ≠ d of Σ_A ‖R_A(e_c − e_d)‖²/σ_A² ÷ Σ_A P_A/σ_A²).
//!
//! One encounter adds x to one cell. Bounding (`release::bound`) makes of it
//! y·e_c − w with w ≥ 0 and ‖w‖₁ ≤ y ≤ min(x, C): y times a point of the hull of
//! e_c and all e_c − e_d. So it costs at most y²/2 · κ · Σ_A P_A/σ_A².
//!
//! Guarantee: an upper bound for every unit. Non-guarantee: not the least one;
//! where a unit lies in one week, pairs across weeks are counted although they
//! cannot occur.

use super::attributes::AttributeSet;

/// ‖R_A(e_c − e_d)‖² for two cells that differ in exactly these attributes.
#[must_use]
pub fn moved(set: AttributeSet, differ: AttributeSet, sizes: &[usize]) -> f64 {
    let entry: f64 = set
        .axes()
        .filter_map(|axis| sizes.get(axis).map(|n| (axis, 1.0 / super::whole(*n))))
        .map(|(axis, part)| if differ.contains(axis) { -part } else { 1.0 - part })
        .product();
    2.0 * (set.residual_share(sizes) - entry)
}

/// The largest of P_A and ‖R_A(e_c − e_d)‖² over all pairs of cells.
#[must_use]
pub fn most_moved(set: AttributeSet, sizes: &[usize]) -> f64 {
    set.subsets().map(|differ| moved(set, differ, sizes)).fold(set.residual_share(sizes), f64::max)
}

/// κ for residuals with these weights 1/σ_A².
#[must_use]
pub fn kappa(residuals: &[(AttributeSet, f64)], sizes: &[usize]) -> f64 {
    let all: Vec<usize> = (0..sizes.len()).collect();
    let sum = |f: &dyn Fn(AttributeSet) -> f64| residuals.iter().map(|(set, weight)| f(*set) * weight).sum::<f64>();
    let removal = sum(&|set| set.residual_share(sizes));
    let inside = AttributeSet::of(&all, sizes)
        .subsets()
        .map(|differ| sum(&|set| moved(set, differ, sizes)))
        .fold(removal, f64::max);
    if removal > 0.0 { inside / removal } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::super::whole;
    use super::*;

    fn set(axes: &[usize], sizes: &[usize]) -> AttributeSet {
        AttributeSet::of(axes, sizes)
    }

    #[test]
    fn a_total_alone_hides_every_move() {
        let sizes = [6, 5];
        assert_eq!(kappa(&[(set(&[], &sizes), 1.0)], &sizes), 1.0);
        assert_eq!(kappa(&[], &sizes), 1.0);
    }

    #[test]
    fn one_attribute_alone() {
        // ‖R(e_c − e_d)‖² = 2 against P = 5/6.
        let sizes = [6];
        assert!((moved(set(&[0], &sizes), set(&[0], &sizes), &sizes) - 2.0).abs() < 1e-15);
        assert!((kappa(&[(set(&[0], &sizes), 4.0)], &sizes) - 2.4).abs() < 1e-12);
    }

    /// The projection itself, applied to e_c − e_d, over every pair of cells of a small table.
    #[test]
    fn equals_the_search_over_all_pairs_of_cells() {
        let sizes = [3, 1, 2, 2];
        let weights = [0.3, 1.1, 0.7, 2.0, 0.1, 0.9, 1.3, 0.4];
        let all = set(&[0, 1, 2, 3], &sizes);
        let residuals: Vec<_> = all.subsets().zip(weights).collect();
        let cells: Vec<[usize; 4]> = (0..12).map(|n| [n % 3, 0, n / 3 % 2, n / 6]).collect();
        let entry = |a: AttributeSet, c: &[usize; 4], d: &[usize; 4]| -> f64 {
            a.axes().map(|i| f64::from(u8::from(c[i] == d[i])) - 1.0 / whole(sizes[i])).product()
        };
        let removal: f64 = residuals.iter().map(|(a, w)| w * entry(*a, &cells[0], &cells[0])).sum();
        let mut worst: f64 = 1.0;
        for c in &cells {
            for d in &cells {
                let cost: f64 = residuals
                    .iter()
                    .map(|(a, w)| {
                        // ‖R v‖² = Σ over cells e of (R_ec − R_ed)², divided by the cells that A adds up.
                        let each = |e: &[usize; 4]| (entry(*a, e, c) - entry(*a, e, d)).powi(2);
                        let repeats: usize = (0..4).filter(|i| !a.contains(*i)).map(|i| sizes[i]).product();
                        w * cells.iter().map(each).sum::<f64>() / whole(repeats)
                    })
                    .sum();
                worst = worst.max(cost / removal);
            }
        }
        assert!((kappa(&residuals, &sizes) - worst).abs() < 1e-12, "{worst}");
    }
}
