//! Whole-number residuals of a table, and tables out of noisy residuals.
//!
//! H_A = ⊗_{i∈A} (nᵢ·I − 11ᵀ), applied to the marginal on A, is γ_A = ∏ nᵢ times
//! the projection R_A, in whole numbers. H_A·H_A = γ_A·H_A, so applied again to
//! the noisy answer it takes out what cannot be signal. A table S is
//! Σ_{A⊆S} H_A·z_A / γ_A², spread evenly over S∖A: over the denominator
//! ∏_{i∈S} nᵢ² that is whole, so tables agree with each other to the last unit.
//!
//! Guarantee: exact; with sums up to 2^53 and noise within `mechanism`'s limit
//! nothing exceeds 2^86.

use zeroize::Zeroizing;

use super::contingency::{ContingencyTable, Marginal};

/// Clamp of a query's answer: OpenDP would saturate silently near the ends of `i64`.
/// Clamping each answer by itself brings two inputs no further apart.
const CLAMP: i128 = 1 << 60;

/// H_A of a marginal on A, for its layout.
pub(super) fn query(marginal: &[i64], layout: &Marginal, shape: &ContingencyTable) -> Vec<i64> {
    let answers = Zeroizing::new(apply(marginal, layout, shape));
    answers.iter().map(|answer| i64::try_from((*answer).clamp(-CLAMP, CLAMP)).unwrap_or(0)).collect()
}

/// H along every axis of the layout.
fn apply(values: &[i64], layout: &Marginal, shape: &ContingencyTable) -> Vec<i128> {
    let mut values: Vec<i128> = values.iter().map(|value| i128::from(*value)).collect();
    let mut stride = 1;
    for n in layout.axes.iter().rev().map(|axis| shape.size(*axis)) {
        for block in values.chunks_mut(stride * n) {
            for offset in 0..stride {
                let sum: i128 = block.iter().skip(offset).step_by(stride).sum();
                for value in block.iter_mut().skip(offset).step_by(stride) {
                    *value = *value * n as i128 - sum;
                }
            }
        }
        stride *= n;
    }
    values
}

/// A table as whole numbers over one denominator.
pub(super) struct Exact {
    /// One for each cell.
    pub(super) numerators: Vec<i128>,
    /// Above 0.
    pub(super) denominator: i128,
}

impl Exact {
    /// The cells as floating-point numbers.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the nearest figure is meant; the remainder is below the denominator"
    )]
    pub(super) fn estimates(&self) -> impl Iterator<Item = f64> {
        let per = self.denominator;
        self.numerators.iter().map(move |n| n.div_euclid(per) as f64 + n.rem_euclid(per) as f64 / per as f64)
    }
}

/// The noisy answers of one measure, projected, ready to be put together.
pub(super) struct Residuals<'a> {
    shape: &'a ContingencyTable,
    parts: Vec<(&'a Marginal, Vec<i128>)>,
}

impl<'a> Residuals<'a> {
    /// From the noisy answer of each residual.
    pub(super) fn new(
        shape: &'a ContingencyTable,
        answers: impl IntoIterator<Item = (&'a Marginal, Vec<i64>)>,
    ) -> Self {
        let parts = answers.into_iter().map(|(layout, noisy)| (layout, apply(&noisy, layout, shape))).collect();
        Self { shape, parts }
    }

    /// One published table.
    pub(super) fn table(&self, layout: &Marginal) -> Exact {
        let sizes = |axes: &[usize]| axes.iter().map(|axis| self.shape.size(*axis) as i128).product::<i128>();
        let all = sizes(&layout.axes);
        let mut numerators = vec![0_i128; layout.length];
        for (part, projected) in &self.parts {
            if !part.axes.iter().all(|axis| layout.axes.contains(axis)) {
                continue;
            }
            // ∏ nᵢ² over S, divided by ∏ nᵢ² over A and by ∏ nᵢ over S∖A.
            let spread = all / sizes(&part.axes);
            for (index, numerator) in numerators.iter_mut().enumerate() {
                let at = self.shape.within(layout, index, part);
                *numerator += projected.get(at).copied().unwrap_or(0) * spread;
            }
        }
        Exact { numerators, denominator: all * all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accuracy::AttributeSet;
    use crate::policy::Attribute;
    use crate::release::tests::fixtures::programme;
    use proptest::prelude::*;

    fn shape(sizes: [usize; 2], weeks: usize) -> ContingencyTable {
        ContingencyTable::of(&programme(&[("a", sizes[0]), ("b", sizes[1])], &[10], &[&[Attribute::Week]]), weeks)
            .unwrap()
    }

    /// Marginals of a full table, for every set of attributes.
    fn marginal(full: &[i64], all: &Marginal, part: &Marginal, shape: &ContingencyTable) -> Vec<i64> {
        let mut sums = vec![0; part.length];
        full.iter().enumerate().for_each(|(index, value)| sums[shape.within(all, index, part)] += value);
        sums
    }

    fn sets(shape: &ContingencyTable) -> Vec<Marginal> {
        let all = AttributeSet::of(&[0, 1, 3], &shape.sizes());
        all.subsets().map(|set| shape.table(&set.axes().collect::<Vec<_>>())).collect()
    }

    proptest! {
        /// Without noise the tables are the marginals; with any noise they add up to each other exactly.
        #[test]
        fn tables_are_whole_and_agree(
            sizes in prop::array::uniform2(1usize..5), weeks in 1usize..4,
            counts in prop::collection::vec(0i64..1 << 53, 64), noise in prop::collection::vec(-1_000_000_000i64..1_000_000_000, 64),
        ) {
            let shape = shape(sizes, weeks);
            let all = shape.table(&[0, 1, 3]);
            let full: Vec<i64> = (0..all.length).map(|i| counts[i % 64] >> 6).collect();
            let layouts = sets(&shape);
            let exact: Vec<Vec<i64>> = layouts.iter().map(|part| query(&marginal(&full, &all, part, &shape), part, &shape)).collect();
            let noisy: Vec<Vec<i64>> = exact
                .iter()
                .enumerate()
                .map(|(k, answers)| answers.iter().enumerate().map(|(i, z)| z + noise[(i + 7 * k) % 64]).collect())
                .collect();
            let without = Residuals::new(&shape, layouts.iter().zip(exact));
            for axes in [&[][..], &[0], &[1], &[3], &[0, 1], &[1, 3], &[0, 1, 3]] {
                let layout = shape.table(axes);
                let table = without.table(&layout);
                let truth = marginal(&full, &all, &layout, &shape);
                prop_assert!(table.numerators.iter().zip(&truth).all(|(n, t)| *n == i128::from(*t) * table.denominator));
                prop_assert!(table.estimates().zip(&truth).all(|(e, t)| e == *t as f64));
            }
            let with = Residuals::new(&shape, layouts.iter().zip(noisy));
            let big = with.table(&all);
            for axes in [&[][..], &[0], &[1], &[3], &[0, 1], &[0, 3]] {
                let layout = shape.table(axes);
                let small = with.table(&layout);
                let mut sums = vec![0_i128; layout.length];
                big.numerators.iter().enumerate().for_each(|(i, n)| sums[shape.within(&all, i, &layout)] += n);
                let agree = sums.iter().zip(&small.numerators).all(|(b, s)| b * small.denominator == s * big.denominator);
                prop_assert!(agree, "{axes:?}");
            }
        }
    }

    /// A cell at the clamp of sums, 2^53, comes back whole; also beside small ones.
    #[test]
    fn sums_at_the_limit_come_back() {
        let shape = shape([6, 5], 1);
        let all = shape.table(&[0, 1]);
        let mut full = vec![0; 30];
        full[7] = (1 << 53) - 3;
        full[8] = 3;
        let layouts: Vec<Marginal> = [&[][..], &[0], &[1], &[0, 1]].map(|axes| shape.table(axes)).into();
        let exact = layouts.iter().map(|part| query(&marginal(&full, &all, part, &shape), part, &shape));
        let residuals = Residuals::new(&shape, layouts.iter().zip(exact.collect::<Vec<_>>()));
        let back: Vec<f64> = residuals.table(&all).estimates().collect();
        assert!(back.iter().zip(&full).all(|(estimate, count)| *estimate == *count as f64), "{back:?}");
        assert_eq!(residuals.table(&layouts[0]).estimates().collect::<Vec<f64>>(), [2f64.powi(53)]);
    }

    #[test]
    fn what_is_too_large_is_clamped_and_not_refused() {
        let shape = shape([4, 4], 1);
        let layout = shape.table(&[0, 1]);
        let mut huge = vec![0; 16];
        huge[3] = i64::MAX;
        let answers = query(&huge, &layout, &shape);
        assert_eq!(answers[3], 1 << 60);
        assert_eq!(answers[4], 1 << 60);
        assert_eq!(answers[2], -(1 << 60));
    }
}
