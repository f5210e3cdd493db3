//! Bounding: how much one privacy unit may add to one measure.
//!
//! Guarantee: per unit and measure, the unit's cells are filled in a fixed order
//! that does not depend on its counts, until the cap is reached; where a week has
//! a cap of its own, also until that is. The result has L1 norm ≤ cap (and each
//! week ≤ the weekly cap), is cellwise ≤ the input, and adding x to one cell
//! changes it by y·e_c − w with w ≥ 0 and ‖w‖₁ ≤ y ≤ x: caps on the whole and on
//! weeks make a laminar family, filling in order is the greedy basis of that
//! matroid, and one element more exchanges at most one other (`docs/privacy.md`).
//! Nothing outside the unit changes.
//! Integers only; sums saturate, so nothing overflows and nothing is refused.
//! Non-guarantee: secrecy of the order is the caller's; the guarantee above holds
//! without it, but a known order could be gamed.

use zeroize::{Zeroize, Zeroizing};

use crate::domain::{MAX_MEASURES, PrivacyUnit, Pseudonym, Record};

use super::ReleaseError;
use super::contingency::{ContingencyTable, MAX_WEEKS};

/// Names one privacy unit within a period. It has no `Debug`: it holds a pseudonym.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UnitKey {
    /// Who, within this period only.
    pub pseudonym: Pseudonym,
    /// The week, where the unit is a week's tallies; `None` where it is the whole period's.
    pub week: Option<u8>,
}

impl UnitKey {
    /// The key of the unit that a record belongs to.
    ///
    /// For the unit `tally` it is the week's, and never used: a tally lies in
    /// one cell, so there is no order to choose.
    #[must_use]
    pub fn of(unit: PrivacyUnit, record: &Record) -> Self {
        let week = match unit {
            PrivacyUnit::Tally | PrivacyUnit::WorkerWeek => Some(record.week),
            PrivacyUnit::WorkerPeriod => None,
        };
        Self { pseudonym: record.pseudonym, week }
    }

    /// 18 bytes, one form per key: pseudonym, 1 and the week or 0 and 0. For keyed hashing.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 18] {
        let mut bytes = [0; 18];
        bytes[..16].copy_from_slice(&self.pseudonym.0);
        if let Some(week) = self.week {
            bytes[16] = 1;
            bytes[17] = week;
        }
        bytes
    }
}

/// The order in which a unit's cells are filled: lower ranks first, then lower cells.
///
/// Implement it as a keyed hash of the unit and the cell under the period's
/// clipping key. It must not depend on counts, and must give the same rank each time.
pub trait ClipOrder {
    /// Rank of `cell` (its position in the table dimensions × week) for this unit.
    fn rank(&self, unit: &UnitKey, cell: u32) -> u64;
}

/// How much of one measure one unit may add.
#[derive(Clone, Copy)]
pub(crate) struct ContributionBounds {
    /// Over all its cells.
    pub(crate) all: u32,
    /// Over the cells of one week; `None` where there is no such limit.
    pub(crate) weekly: Option<u32>,
}

/// Counts of one unit in one cell, per measure; blank and zero alike add nothing.
#[derive(Clone, Copy, Zeroize)]
pub(crate) struct UnitCell {
    pub(crate) cell: u32,
    pub(crate) counts: [u64; MAX_MEASURES],
}

/// Sorts the records by unit, bounds each unit, and hands its cells to `take`.
///
/// `caps` are in the order of the programme's measures. Takes time in n·log n
/// for n records, and memory for one unit beside them.
pub(crate) fn each_bounded_unit(
    records: &mut [Record],
    unit: PrivacyUnit,
    shape: &ContingencyTable,
    caps: &[ContributionBounds],
    order: &dyn ClipOrder,
    mut take: impl FnMut(&[UnitCell]),
) -> Result<(), ReleaseError> {
    if unit != PrivacyUnit::Tally {
        records.sort_unstable_by_key(|r| (r.pseudonym, r.week, r.categories));
    }
    let mut cells: Zeroizing<Vec<UnitCell>> = Zeroizing::new(Vec::new());
    for group in records.chunk_by(|a, b| unit != PrivacyUnit::Tally && UnitKey::of(unit, a) == UnitKey::of(unit, b)) {
        let Some(first) = group.first() else { continue };
        cells.clear();
        for record in group {
            let cell = shape.cell(record)?;
            if cells.last().is_none_or(|last| last.cell != cell) {
                cells.push(UnitCell { cell, counts: [0; MAX_MEASURES] });
            }
            let Some(last) = cells.last_mut() else { continue };
            for (sum, count) in last.counts.iter_mut().zip(record.counts) {
                *sum = sum.saturating_add(u64::from(count.unwrap_or(0)));
            }
        }
        bound_unit(&UnitKey::of(unit, first), &mut cells, caps, shape, order);
        take(&cells);
    }
    Ok(())
}

/// Reduces each measure's cells to its caps. Cells must be distinct.
fn bound_unit(
    key: &UnitKey,
    cells: &mut [UnitCell],
    caps: &[ContributionBounds],
    shape: &ContingencyTable,
    order: &dyn ClipOrder,
) {
    let mut sequence: Option<Vec<usize>> = None;
    for (m, cap) in caps.iter().enumerate() {
        let counts = |c: &UnitCell| c.counts.get(m).copied().unwrap_or(0);
        let total = cells.iter().map(counts).fold(0u64, u64::saturating_add);
        // Within the smaller of both caps nothing can be cut.
        if total <= u64::from(cap.weekly.map_or(cap.all, |weekly| weekly.min(cap.all))) {
            continue;
        }
        let sequence = sequence.get_or_insert_with(|| {
            let mut ranked: Vec<(u64, u32, usize)> =
                cells.iter().enumerate().map(|(i, c)| (order.rank(key, c.cell), c.cell, i)).collect();
            ranked.sort_unstable();
            ranked.into_iter().map(|(_, _, i)| i).collect()
        });
        let mut left = u64::from(cap.all);
        let mut weeks = [u64::from(cap.weekly.unwrap_or(u32::MAX)); MAX_WEEKS];
        for i in sequence.iter() {
            let Some(cell) = cells.get_mut(*i) else { continue };
            let mut none = 0;
            // A week that does not exist may add nothing.
            let week = weeks.get_mut(shape.week(cell.cell) as usize).unwrap_or(&mut none);
            if let Some(count) = cell.counts.get_mut(m) {
                let limit = if cap.weekly.is_some() { left.min(*week) } else { left };
                *count = (*count).min(limit);
                left -= *count;
                *week = week.saturating_sub(*count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::tests::fixtures::programme;
    use proptest::prelude::*;

    /// A stand-in for a keyed hash.
    struct Mixed(u64);

    impl ClipOrder for Mixed {
        fn rank(&self, unit: &UnitKey, cell: u32) -> u64 {
            let mut x = self.0 ^ u64::from(cell).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            for byte in unit.to_bytes() {
                x = (x ^ u64::from(byte)).wrapping_mul(0xff51_afd7_ed55_8ccd);
                x ^= x >> 29;
            }
            // Few ranks, so that ties are tested too.
            x % 4
        }
    }

    fn key() -> UnitKey {
        UnitKey { pseudonym: Pseudonym([7; 16]), week: Some(3) }
    }

    /// Cells 0, 1, …, which lie in weeks 0 to 3 by turns.
    fn bounded(counts: &[u64], cap: u32, weekly: Option<u32>, seed: u64) -> Vec<u64> {
        let shape = ContingencyTable::of(&programme(&[("area", 30)], &[10], &[&[]]), 4).unwrap();
        let mut cells: Vec<UnitCell> = (0u32..)
            .zip(counts)
            .map(|(cell, count)| {
                let mut counts = [0; MAX_MEASURES];
                counts[0] = *count;
                UnitCell { cell, counts }
            })
            .collect();
        bound_unit(&key(), &mut cells, &[ContributionBounds { all: cap, weekly }], &shape, &Mixed(seed));
        cells.iter().map(|c| c.counts[0]).collect()
    }

    proptest! {
        #[test]
        fn at_most_the_cap_and_at_most_the_input(
            counts in prop::collection::vec(0u64..2_000, 0..30), cap in 1u32..3_000,
            weekly in prop::option::of(1u32..2_000), seed: u64,
        ) {
            let result = bounded(&counts, cap, weekly, seed);
            let week = |counts: &[u64], week: usize| counts.iter().skip(week).step_by(4).sum::<u64>();
            let limit = |n: u64| weekly.map_or(n, |weekly| n.min(u64::from(weekly)));
            let most: u64 = (0..4).map(|w| limit(week(&counts, w))).sum();
            prop_assert_eq!(result.iter().sum::<u64>(), most.min(u64::from(cap)), "nothing is cut that need not be");
            prop_assert!((0..4).all(|w| week(&result, w) <= limit(week(&counts, w))));
            prop_assert!(result.iter().zip(&counts).all(|(r, c)| r <= c));
        }

        #[test]
        fn one_more_count_moves_little(
            counts in prop::collection::vec(0u64..200, 1..20), cap in 1u32..600,
            weekly in prop::option::of(1u32..300), seed: u64, at: prop::sample::Index, x in 1u64..300,
        ) {
            let at = at.index(counts.len());
            let mut more = counts.clone();
            more[at] += x;
            let (before, after) = (bounded(&counts, cap, weekly, seed), bounded(&more, cap, weekly, seed));
            prop_assert!(after[at] >= before[at]);
            let y = after[at] - before[at];
            prop_assert!(y <= x);
            let mut lost = 0;
            for i in (0..counts.len()).filter(|i| *i != at) {
                prop_assert!(after[i] <= before[i], "w >= 0");
                lost += before[i] - after[i];
            }
            prop_assert!(lost <= y);
        }

        #[test]
        fn the_order_does_not_depend_on_the_counts(
            counts in prop::collection::vec(1u64..50, 2..12), seed: u64,
        ) {
            // With cap 1 exactly the first cell of the order is kept, whatever the counts.
            let first = bounded(&counts, 1, None, seed).iter().position(|c| *c == 1);
            let ones = vec![1; counts.len()];
            prop_assert_eq!(first, bounded(&ones, 1, None, seed).iter().position(|c| *c == 1));
        }
    }

    #[test]
    fn huge_sums_saturate() {
        assert_eq!(bounded(&[u64::MAX, u64::MAX], u32::MAX, None, 1).iter().sum::<u64>(), u64::from(u32::MAX));
    }
}
