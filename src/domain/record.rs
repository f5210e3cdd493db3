//! A tally as it is sealed: indexes and counts only, no names, no time.

use zeroize::Zeroize;

/// Most measures a programme may have.
pub const MAX_MEASURES: usize = 12;
/// Most dimensions a programme may have.
pub const MAX_DIMENSIONS: usize = 3;

/// Counts in the order of the programme's measures; `None` is blank, which is not zero.
pub type Counts = [Option<u32>; MAX_MEASURES];

/// Keyed hash of a token (or import label), valid in one period only.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Zeroize)]
pub struct Pseudonym(pub [u8; 16]);

/// Where a row lies in the store: a keyed hash that says nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowKey(pub [u8; 16]);

/// One tally, in the form in which it is sealed and later opened.
///
/// It has no `Debug`: its content must not reach a log.
#[derive(Clone, PartialEq, Eq, Zeroize)]
pub struct Record {
    /// Who, within this period only.
    pub pseudonym: Pseudonym,
    /// Position of the ISO week in the period, from 0.
    pub week: u8,
    /// Position of the category in each dimension, in the programme's order; 0 where there is no such dimension.
    pub categories: [u8; MAX_DIMENSIONS],
    /// What was counted.
    pub counts: Counts,
}
