//! The contingency table dimensions × week, and where a record falls in it.
//!
//! Guarantee: every index is checked against the table's sizes; a position is
//! below the number of cells it belongs to.
//! Non-guarantee: none of privacy; nothing here sees a count.

use crate::domain::{MAX_DIMENSIONS, Record};
use crate::policy::{Attribute, Breakdown, Programme};

use super::ReleaseError;

/// Number of attributes: each dimension, then the week. A missing dimension has one category.
const ATTRIBUTES: usize = MAX_DIMENSIONS + 1;

/// Position of the week.
pub(crate) const WEEK: usize = MAX_DIMENSIONS;

/// Longest period, in weeks.
pub(crate) const MAX_WEEKS: usize = 14;

/// Names that a release's cells or its table already use.
const RESERVED: [&str; 13] = [
    "estimate", "low", "high", "reported", "quality", "week", "period", "measure", "by", "stdev", "low95", "high95",
    "unit",
];

/// Sizes of the contingency table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContingencyTable {
    sizes: [u32; ATTRIBUTES],
    dimensions: usize,
}

/// One breakdown's table: which attributes it keeps, row-major, the last one fastest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marginal {
    /// Positions of its attributes, in the breakdown's order.
    pub(crate) axes: Vec<usize>,
    strides: [u32; ATTRIBUTES],
    /// Number of its cells.
    pub(crate) length: usize,
}

impl ContingencyTable {
    /// The table of a programme over a period of `weeks` weeks.
    pub(crate) fn of(programme: &Programme, weeks: usize) -> Result<Self, ReleaseError> {
        if weeks == 0 || weeks > MAX_WEEKS {
            return Err(number("the number of weeks", &weeks, "from 1 to 14"));
        }
        if programme.dimensions.len() > MAX_DIMENSIONS {
            return Err(number("the number of dimensions", &programme.dimensions.len(), "at most 3"));
        }
        let mut sizes = [1; ATTRIBUTES];
        for (size, dimension) in sizes.iter_mut().zip(&programme.dimensions) {
            if RESERVED.contains(&dimension.id.as_str()) {
                return Err(ReleaseError::Reserved(dimension.id.to_string()));
            }
            let n = dimension.categories.len();
            // A record holds the position of a category in one byte.
            *size = u32::try_from(n).ok().filter(|n| (1..=256).contains(n)).ok_or_else(|| {
                number(&format!("the number of categories of `{}`", dimension.id), &n, "from 1 to 256")
            })?;
        }
        sizes[MAX_DIMENSIONS] = u32::try_from(weeks).unwrap_or(1);
        Ok(Self { sizes, dimensions: programme.dimensions.len() })
    }

    /// Number of categories of each attribute.
    pub(crate) fn sizes(&self) -> [usize; ATTRIBUTES] {
        self.sizes.map(|n| n as usize)
    }

    /// Number of categories of one attribute.
    pub(crate) fn size(&self, axis: usize) -> usize {
        self.sizes.get(axis).map_or(1, |n| *n as usize)
    }

    /// The week's position of a cell of the whole table.
    pub(crate) fn week(&self, cell: u32) -> u32 {
        cell % self.sizes[WEEK].max(1)
    }

    /// Position of a record's cell; below 256³ · 14, so it fits.
    pub(crate) fn cell(&self, record: &Record) -> Result<u32, ReleaseError> {
        let [a, b, c] = record.categories.map(u32::from);
        let at = [a, b, c, u32::from(record.week)];
        if at[MAX_DIMENSIONS] >= self.sizes[MAX_DIMENSIONS] {
            return Err(ReleaseError::Record("week"));
        }
        if at.iter().zip(self.sizes).any(|(i, n)| *i >= n) {
            return Err(ReleaseError::Record("category"));
        }
        Ok(at.iter().zip(self.sizes).fold(0, |cell, (i, n)| cell * n + i))
    }

    /// The table of one breakdown; `number` is its position in the file, from 1.
    pub(crate) fn layout(&self, number: usize, breakdown: &Breakdown) -> Result<Marginal, ReleaseError> {
        let mut axes = Vec::with_capacity(breakdown.by.len());
        for attribute in &breakdown.by {
            let axis = match attribute {
                Attribute::Dimension(i) => Some(*i).filter(|i| *i < self.dimensions),
                Attribute::Week => Some(MAX_DIMENSIONS),
            };
            let axis = axis.filter(|axis| !axes.contains(axis)).ok_or(ReleaseError::Breakdown(number))?;
            axes.push(axis);
        }
        Ok(self.table(&axes))
    }

    /// The table of some attributes, which must be distinct and exist.
    pub(crate) fn table(&self, axes: &[usize]) -> Marginal {
        let mut strides = [0; ATTRIBUTES];
        let mut length = 1;
        for axis in axes.iter().rev() {
            if let (Some(stride), Some(size)) = (strides.get_mut(*axis), self.sizes.get(*axis)) {
                *stride = length;
                length *= size;
            }
        }
        Marginal { axes: axes.to_vec(), strides, length: length as usize }
    }

    /// Position in a coarser table of the cell at `index` of a table.
    pub(crate) fn within(&self, layout: &Marginal, index: usize, coarser: &Marginal) -> usize {
        let mut rest = index;
        let mut at = 0;
        for axis in layout.axes.iter().rev() {
            let n = self.size(*axis);
            at += rest % n * coarser.strides.get(*axis).map_or(0, |stride| *stride as usize);
            rest /= n;
        }
        at
    }

    /// Position in a breakdown's table of a cell of the whole table.
    pub(crate) fn project(&self, layout: &Marginal, mut cell: u32) -> usize {
        let mut index = 0;
        for (n, stride) in self.sizes.iter().zip(layout.strides).rev() {
            index += (cell % n) * stride;
            cell /= n;
        }
        index as usize
    }

    /// Category positions of the cell at `index` of a breakdown's table, in the order of its axes.
    pub(crate) fn coordinates(&self, layout: &Marginal, index: usize) -> Vec<usize> {
        let sizes = self.sizes();
        let mut rest = index;
        let mut at: Vec<usize> = layout
            .axes
            .iter()
            .rev()
            .map(|axis| {
                let n = sizes.get(*axis).copied().unwrap_or(1);
                let position = rest % n;
                rest /= n;
                position
            })
            .collect();
        at.reverse();
        at
    }
}

/// The refusal of a number in the programme.
pub(crate) fn number(what: &str, value: &dyn std::fmt::Display, limit: &'static str) -> ReleaseError {
    ReleaseError::Number { what: what.to_owned(), value: value.to_string(), limit }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::tests::fixtures::{programme, record};

    fn shape() -> ContingencyTable {
        ContingencyTable::of(&programme(&[("area", 3), ("setting", 2)], &[10], &[&[]]), 13).unwrap()
    }

    fn layout(by: &[Attribute]) -> Result<Marginal, ReleaseError> {
        shape().layout(1, &Breakdown { by: by.to_vec(), weight: 1.0 })
    }

    #[test]
    fn every_cell_has_its_own_place() {
        let shape = shape();
        let all = layout(&[Attribute::Dimension(0), Attribute::Dimension(1), Attribute::Week]).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for area in 0..3 {
            for setting in 0..2 {
                for week in 0..13 {
                    let cell = shape.cell(&record(1, week, [area, setting, 0], &[1])).unwrap();
                    assert!(seen.insert(cell));
                    let index = shape.project(&all, cell);
                    assert!(index < all.length);
                    assert_eq!(shape.coordinates(&all, index), [area as usize, setting as usize, week as usize]);
                }
            }
        }
        assert_eq!(seen.len(), 78);
    }

    #[test]
    fn marginals_keep_their_own_attributes_only() {
        let shape = shape();
        let area = layout(&[Attribute::Dimension(0)]).unwrap();
        let total = layout(&[]).unwrap();
        assert_eq!((area.length, total.length), (3, 1));
        let cell = shape.cell(&record(1, 12, [2, 1, 0], &[1])).unwrap();
        assert_eq!(shape.project(&area, cell), 2);
        assert_eq!(shape.project(&total, cell), 0);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let shape = shape();
        assert_eq!(shape.cell(&record(1, 13, [0, 0, 0], &[1])), Err(ReleaseError::Record("week")));
        assert_eq!(shape.cell(&record(1, 0, [3, 0, 0], &[1])), Err(ReleaseError::Record("category")));
        assert_eq!(shape.cell(&record(1, 0, [0, 0, 1], &[1])), Err(ReleaseError::Record("category")));
        assert_eq!(layout(&[Attribute::Dimension(2)]), Err(ReleaseError::Breakdown(1)));
        assert_eq!(layout(&[Attribute::Week, Attribute::Week]), Err(ReleaseError::Breakdown(1)));
        let clash = programme(&[("quality", 2)], &[10], &[&[]]);
        assert!(matches!(ContingencyTable::of(&clash, 13), Err(ReleaseError::Reserved(_))));
        assert!(ContingencyTable::of(&programme(&[], &[10], &[&[]]), 0).is_err());
    }
}
