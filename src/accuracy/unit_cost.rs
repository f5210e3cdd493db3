//! How far one privacy unit can move the residuals: the bound b_A.
//!
//! A unit adds a vector v ≥ 0 of counts over the cells of the table, with
//! ‖v‖₁ ≤ C (its cap). R_A is the projection on residual A.
//!
//! - ‖R_A v‖² is convex in v, so over {v ≥ 0, ‖v‖₁ ≤ C} it is largest at a corner
//!   C·e_c, where it is C²·P_A for every cell c. So b_A = C²·P_A.
//! - Where a unit spans several weeks and has ‖v_t‖₁ ≤ c in each week t, and A
//!   holds the week: R_A is R_{A∖week} for each week, then a projection over the
//!   weeks, which lengthens nothing. So ‖R_A v‖² ≤ Σ_t ‖R_{A∖week} v_t‖²
//!   ≤ P_{A∖week} · Σ_t ‖v_t‖₁² ≤ P_{A∖week} · c · C.
//!   Both bounds hold, and the smaller is taken.
//!
//! c·C·P_A would be too little: two weeks in cells that differ in another
//! attribute too reach more than that (`docs/privacy.md` has the example).
//!
//! Guarantee: an upper bound for every such unit.

use super::attributes::AttributeSet;
use super::rounding::mul_up;

/// What bounding leaves of one unit in one measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitBound {
    /// Most counts of the whole unit (C).
    pub cap: u32,
    /// Most counts of one week (c), and the position of the week among the attributes.
    pub weekly: Option<(u32, usize)>,
}

impl UnitBound {
    /// b_A: most that one unit changes the squared length of residual A.
    #[must_use]
    pub fn squared(&self, set: AttributeSet, sizes: &[usize]) -> f64 {
        self.scaled(set, |set| set.residual_share(sizes))
    }

    /// γ_A²·b_A: the same for the whole-number query of that residual, rounded up.
    #[must_use]
    pub fn query_squared(&self, set: AttributeSet, sizes: &[usize]) -> f64 {
        let whole = |set: AttributeSet| set.product(sizes, |n| n * (n - 1.0));
        let plain = mul_up(self.square(), whole(set));
        let Some((c, week)) = self.weekly.filter(|(_, week)| set.contains(*week)) else { return plain };
        let n = set.cells(sizes) / set.without(week).cells(sizes);
        let weekly = mul_up(self.product(c), mul_up(whole(set.without(week)), n * n));
        plain.min(weekly)
    }

    /// The least of C²·f(A) and c·C·f(A ∖ week).
    fn scaled(&self, set: AttributeSet, f: impl Fn(AttributeSet) -> f64) -> f64 {
        let plain = self.square() * f(set);
        match self.weekly.filter(|(_, week)| set.contains(*week)) {
            Some((c, week)) => plain.min(self.product(c) * f(set.without(week))),
            None => plain,
        }
    }

    /// Most that any change inside one unit moves residual A, squared.
    ///
    /// Let u, u′ be the unit before and after, and v = u′ − u. Without weekly caps v lies in the
    /// hull of ±C·e_c and C·(e_c − e_d). With them, and the week in A, v_t lies in max(‖u_t‖, ‖u′_t‖)
    /// times such a hull, and Σ_t max(‖u_t‖, ‖u′_t‖)² ≤ c·(C + C).
    #[must_use]
    pub fn inside_squared(&self, set: AttributeSet, sizes: &[usize]) -> f64 {
        let most = |set: AttributeSet| super::kappa::most_moved(set, sizes);
        let plain = self.square() * most(set);
        match self.weekly.filter(|(_, week)| set.contains(*week)) {
            Some((c, week)) => plain.min(2.0 * self.product(c) * most(set.without(week))),
            None => plain,
        }
    }

    fn square(&self) -> f64 {
        self.product(self.cap)
    }

    fn product(&self, other: u32) -> f64 {
        mul_up(f64::from(self.cap), f64::from(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [usize; 3] = [3, 2, 4];

    fn set(axes: &[usize]) -> AttributeSet {
        AttributeSet::of(axes, &SIZES)
    }

    #[test]
    fn known_bounds() {
        let plain = UnitBound { cap: 10, weekly: None };
        assert!((plain.squared(set(&[0, 1]), &SIZES) - 100.0 / 3.0).abs() < 1e-12);
        assert_eq!(plain.query_squared(set(&[0, 1]), &SIZES), 100.0 * 6.0 * 2.0);
        let weekly = UnitBound { cap: 10, weekly: Some((2, 2)) };
        assert_eq!(weekly.squared(set(&[0]), &SIZES), plain.squared(set(&[0]), &SIZES), "no week in it");
        assert!((weekly.squared(set(&[0, 2]), &SIZES) - 20.0 * 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(weekly.query_squared(set(&[0, 2]), &SIZES), 20.0 * 6.0 * 16.0);
        let idle = UnitBound { cap: 10, weekly: Some((10, 2)) };
        assert_eq!(idle.squared(set(&[0, 2]), &SIZES), plain.squared(set(&[0, 2]), &SIZES), "the cap alone is less");
    }

    /// Two weeks in different areas reach more than c·C·P_A, and no more than the bound.
    #[test]
    fn the_tempting_bound_is_too_small() {
        let sizes = [2, 2];
        let both = AttributeSet::of(&[0, 1], &sizes);
        // One count in week 0 and area 0, one in week 1 and area 1.
        let length = |v: [[f64; 2]; 2]| {
            let residual = (v[0][0] - v[0][1] - v[1][0] + v[1][1]) / 4.0;
            4.0 * residual * residual
        };
        let found = length([[1.0, 0.0], [0.0, 1.0]]);
        let tempting = 1.0 * 2.0 * both.residual_share(&sizes);
        let bound = UnitBound { cap: 2, weekly: Some((1, 1)) }.squared(both, &sizes);
        assert!(found > tempting && found <= bound, "{found} {tempting} {bound}");
    }
}
