//! Sets of attributes, and the numbers that depend on a set alone.
//!
//! A contingency table has attributes 0, 1, …; attribute i has nᵢ categories.
//! Guarantee: exact for products below 2^53. Attributes of one category are
//! left out of every set, since nothing differs along them.

/// A set of at most 16 attributes, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttributeSet(u16);

impl AttributeSet {
    /// The attributes at these positions that have two categories or more.
    #[must_use]
    pub fn of(axes: &[usize], sizes: &[usize]) -> Self {
        let bit = |axis: &usize| sizes.get(*axis).filter(|n| **n >= 2).map_or(0, |_| 1 << axis);
        Self(axes.iter().map(bit).fold(0, |set, bit: u16| set | bit))
    }

    /// Positions, lowest first.
    pub fn axes(self) -> impl Iterator<Item = usize> {
        (0..16).filter(move |axis| self.contains(*axis))
    }

    /// Whether the attribute is in it.
    #[must_use]
    pub fn contains(self, axis: usize) -> bool {
        axis < 16 && self.0 & (1 << axis) != 0
    }

    /// Whether all of it is in `other`.
    #[must_use]
    pub fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// This set without one attribute.
    #[must_use]
    pub fn without(self, axis: usize) -> Self {
        Self(if axis < 16 { self.0 & !(1 << axis) } else { self.0 })
    }

    /// Every subset, the empty one first.
    pub fn subsets(self) -> impl Iterator<Item = Self> {
        (0..=self.0).map(Self).filter(move |set| set.is_subset(self))
    }

    /// ∏ f(nᵢ) over its attributes.
    #[must_use]
    pub fn product(self, sizes: &[usize], f: impl Fn(f64) -> f64) -> f64 {
        self.axes().filter_map(|axis| sizes.get(axis)).map(|n| f(super::whole(*n))).product()
    }

    /// P = ∏ (1 − 1/nᵢ): the squared length of one cell's residual.
    #[must_use]
    pub fn residual_share(self, sizes: &[usize]) -> f64 {
        self.product(sizes, |n| (n - 1.0) / n)
    }

    /// γ = ∏ nᵢ: what residuals are multiplied by to be whole numbers.
    #[must_use]
    pub fn cells(self, sizes: &[usize]) -> f64 {
        self.product(sizes, |n| n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_category_is_no_attribute() {
        let sizes = [6, 1, 5];
        let all = AttributeSet::of(&[0, 1, 2], &sizes);
        assert_eq!(all.axes().collect::<Vec<_>>(), [0, 2]);
        assert_eq!(all.subsets().count(), 4);
        assert_eq!(all.subsets().next(), Some(AttributeSet::default()));
        assert!(AttributeSet::of(&[2], &sizes).is_subset(all));
        assert!(!all.is_subset(AttributeSet::of(&[2], &sizes)));
        assert_eq!(all.without(0), AttributeSet::of(&[2], &sizes));
    }

    #[test]
    fn products() {
        let sizes = [6, 1, 5];
        let all = AttributeSet::of(&[0, 1, 2], &sizes);
        assert_eq!(all.cells(&sizes), 30.0);
        assert!((all.residual_share(&sizes) - 5.0 / 6.0 * 4.0 / 5.0).abs() < 1e-15);
        assert_eq!(AttributeSet::default().residual_share(&sizes), 1.0);
    }
}
