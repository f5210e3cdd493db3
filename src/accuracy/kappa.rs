//! κ: how much more a change *inside* one unit can cost than its removal.
//!
//! Let u, u′ ≥ 0 be one unit's bounded cells before and after, each of L1 norm
//! at most the cap. The cost f(v) = Σ_S ‖M_S v‖² / 2σ_S² of v = u′ − u is convex
//! (M_S adds cells up to marginal S). v lies in P − P, P being the convex hull
//! of 0 and all cap·e_c, so f is largest at an extreme point: at cap·e_c, where
//! it is ρ_m = cap²/2 · Σ_S 1/σ_S² for every c, or at cap·(e_c − e_d). There
//! ‖M_S(e_c − e_d)‖² is 2 if c and d fall in different cells of S, else 0.
//! So any change inside one unit costs at most κ·ρ_m per measure, with
//! κ = max(1, max over c ≠ d of Σ_S ‖M_S(e_c − e_d)‖²/σ_S² ÷ Σ_S 1/σ_S²).
//!
//! One encounter adds x_m to one cell. Bounding (`release::bound`) makes of it
//! y·e_c − w with w ≥ 0 and ‖w‖₁ ≤ y ≤ min(x_m, cap_m): y times a point of the
//! convex hull of e_c and all e_c − e_d. So it costs at most
//! κ · Σ_m (min(x_m, cap_m) / cap_m)² · ρ_m.
//!
//! Guarantee: an upper bound for every unit. Non-guarantee: not the least one;
//! where a unit lies in one week, pairs across weeks are counted although they cannot occur.
//! Callers: release, and later plan and verify.

/// One table with its own independent noise.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// Positions of its attributes in the list of sizes.
    pub attributes: &'a [usize],
    /// Scale of its noise, above 0.
    pub sigma: f64,
}

/// κ for tables with independent noise; `sizes` are the attributes' numbers of categories.
///
/// The sum grows with every attribute in which c and d differ, so the largest is
/// at a pair that differs in all attributes that have two categories or more.
#[must_use]
pub fn kappa(tables: &[Table<'_>], sizes: &[usize]) -> f64 {
    let weight = |table: &Table<'_>| 1.0 / (table.sigma * table.sigma);
    let differs = |table: &&Table<'_>| table.attributes.iter().any(|a| sizes.get(*a).is_some_and(|n| *n >= 2));
    let all: f64 = tables.iter().map(weight).sum();
    let moved: f64 = tables.iter().filter(differs).map(|table| 2.0 * weight(table)).sum();
    if all > 0.0 { (moved / all).max(1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables<'a>(by: &'a [&'a [usize]], sigma: f64) -> Vec<Table<'a>> {
        by.iter().map(|attributes| Table { attributes, sigma }).collect()
    }

    #[test]
    fn known_programmes() {
        let default = tables(&[&[], &[0], &[1]], 4.0);
        assert!((kappa(&default, &[6, 5, 13]) - 4.0 / 3.0).abs() < 1e-12);
        let large = tables(&[&[], &[0], &[1], &[2], &[0, 1]], 4.0);
        assert!((kappa(&large, &[6, 5, 13]) - 8.0 / 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_total_alone_hides_every_move() {
        assert_eq!(kappa(&tables(&[&[]], 4.0), &[6, 5]), 1.0);
        assert_eq!(kappa(&tables(&[&[0]], 4.0), &[1, 5]), 1.0, "one category cannot differ");
        assert_eq!(kappa(&[], &[]), 1.0);
    }

    /// Every cell of a small table, as category indexes.
    fn cells(sizes: &[usize]) -> Vec<Vec<usize>> {
        let mut cells = vec![vec![]];
        for n in sizes {
            cells = cells.iter().flat_map(|c| (0..*n).map(move |i| [c.as_slice(), &[i]].concat())).collect();
        }
        cells
    }

    #[test]
    fn equals_the_search_over_all_pairs_of_cells() {
        let sizes = [3, 1, 2];
        let by: [&[usize]; 5] = [&[], &[0], &[1], &[0, 2], &[1, 2]];
        let tables: Vec<Table<'_>> =
            by.iter().zip([1.0, 2.0, 0.5, 3.0, 1.5]).map(|(attributes, sigma)| Table { attributes, sigma }).collect();
        let weight: f64 = tables.iter().map(|t| 1.0 / (t.sigma * t.sigma)).sum();
        let mut worst: f64 = 1.0;
        for c in cells(&sizes) {
            for d in cells(&sizes) {
                let moved: f64 = tables
                    .iter()
                    .map(|t| {
                        let differ = t.attributes.iter().any(|a| c[*a] != d[*a]);
                        if differ { 2.0 / (t.sigma * t.sigma) } else { 0.0 }
                    })
                    .sum();
                worst = worst.max(moved / weight);
            }
        }
        assert!((kappa(&tables, &sizes) - worst).abs() < 1e-12, "{worst}");
    }
}
