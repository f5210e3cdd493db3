//! Byte forms: the record before sealing, and the store's keys and values.
//!
//! Guarantee: every record has the same width whatever its content; blank and
//! zero differ. Non-guarantee: indexes are not checked against a programme.

use crate::crypto::seal::PLAIN;
use crate::domain::{MAX_DIMENSIONS, MAX_MEASURES, Period, Pseudonym, Record, RowKey};

/// Format of the record.
pub const RECORD_VERSION: u8 = 1;
/// Mark of a count that was not filled in.
const BLANK: u32 = u32::MAX;
/// Zero bytes at the end of a record.
type Padding = [u8; 3];

/// Kind byte of a sealed row's key.
pub(super) const ROW: u8 = b'r';
/// Kind byte of a tombstone's key.
pub(super) const TOMBSTONE: u8 = b't';
/// Value of a tombstone.
pub(super) const TOMBSTONE_VALUE: [u8; 1] = [1];
/// Bytes of a key in the tree `rows`: kind, period, row key.
pub(super) const KEY: usize = 21;

/// Version, pseudonym, week, categories, counts (little-endian), padding: 72 bytes.
#[must_use]
pub fn encode(record: &Record) -> [u8; PLAIN] {
    let mut out = [0; PLAIN];
    let counts = record.counts.iter().flat_map(|count| count.unwrap_or(BLANK).to_le_bytes());
    let bytes = [RECORD_VERSION].into_iter().chain(record.pseudonym.0).chain([record.week]);
    for (slot, byte) in out.iter_mut().zip(bytes.chain(record.categories).chain(counts).chain(Padding::default())) {
        *slot = byte;
    }
    out
}

/// The reverse of [`encode`]; `None` for any byte string that `encode` does not make.
#[must_use]
pub fn decode(bytes: &[u8; PLAIN]) -> Option<Record> {
    let (version, rest) = bytes.split_first()?;
    let (pseudonym, rest) = rest.split_first_chunk::<16>()?;
    let (week, rest) = rest.split_first()?;
    let (categories, rest) = rest.split_first_chunk::<MAX_DIMENSIONS>()?;
    let (counts, padding) = rest.split_first_chunk::<{ 4 * MAX_MEASURES }>()?;
    if *version != RECORD_VERSION || padding != Padding::default() {
        return None;
    }
    let mut record =
        Record { pseudonym: Pseudonym(*pseudonym), week: *week, categories: *categories, counts: [None; MAX_MEASURES] };
    for (count, bytes) in record.counts.iter_mut().zip(counts.chunks_exact(4)) {
        let value = u32::from_le_bytes(bytes.try_into().ok()?);
        *count = Some(value).filter(|v| *v != BLANK);
    }
    Some(record)
}

/// Key of a row or tombstone.
pub(super) fn key(kind: u8, period: Period, key: &RowKey) -> Vec<u8> {
    [prefix(kind, period).as_slice(), &key.0].concat()
}

/// What all keys of one kind and period start with.
pub(super) fn prefix(kind: u8, period: Period) -> [u8; 5] {
    let [a, b, c, d] = period.to_bytes();
    [kind, a, b, c, d]
}

/// Whether a card's value says that its last period is `last` or earlier.
pub(super) fn is_over(until: &[u8], last: Period) -> bool {
    let until = <[u8; 4]>::try_from(until).ok().and_then(Period::from_bytes);
    until.is_some_and(|until| until.last_day() <= last.last_day())
}

/// The row key at the end of a key.
pub(super) fn row_key(key: &[u8]) -> Option<RowKey> {
    let key: &[u8; KEY] = key.try_into().ok()?;
    key.last_chunk::<16>().copied().map(RowKey)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn records_survive(
            pseudonym: [u8; 16], week: u8, categories: [u8; 3],
            counts in prop::array::uniform12(prop::option::of(0u32..u32::MAX)),
        ) {
            let record = Record { pseudonym: Pseudonym(pseudonym), week, categories, counts };
            prop_assert!(decode(&encode(&record)).is_some_and(|r| r == record));
        }

        #[test]
        fn one_byte_form_only(bytes in prop::collection::vec(any::<u8>(), PLAIN)) {
            let bytes: [u8; PLAIN] = bytes.try_into().unwrap();
            if let Some(record) = decode(&bytes) {
                prop_assert_eq!(encode(&record), bytes);
            }
        }
    }

    #[test]
    fn blank_is_not_zero() {
        let mut record = Record { pseudonym: Pseudonym([0; 16]), week: 0, categories: [0; 3], counts: [None; 12] };
        let blank = encode(&record);
        record.counts[0] = Some(0);
        assert_ne!(encode(&record), blank);
    }
}
