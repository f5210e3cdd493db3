//! The record before sealing, and the period in a row's key.

use peertally::crypto::seal::PLAIN;
use peertally::domain::{MAX_DIMENSIONS, MAX_MEASURES, Period, Pseudonym, Record};
use peertally::store::codec;

/// Bytes that decode are encoded to the same bytes, and they are the ones with version 1 and empty padding; every
/// record comes back from its bytes; so does every period from its four.
pub fn check(bytes: &[u8]) {
    let bytes = super::texts::raw(bytes);
    if let Some(plain) = bytes.first_chunk::<PLAIN>() {
        let decoded = codec::decode(plain);
        assert_eq!(decoded.is_some(), plain.starts_with(&[codec::RECORD_VERSION]) && plain.ends_with(&[0; 3]));
        if let Some(record) = decoded {
            assert_eq!(codec::encode(&record), *plain);
        }
    }
    let record = any_record(&bytes);
    assert!(codec::decode(&codec::encode(&record)).is_some_and(|decoded| decoded == record), "a record is lost");
    if let Some(four) = bytes.first_chunk::<4>() {
        period(*four);
    }
}

/// A record whose fields are the bytes, as far as they go.
fn any_record(bytes: &[u8]) -> Record {
    let mut bytes = bytes.iter().copied().chain(std::iter::repeat(0));
    let mut next = || bytes.next().unwrap_or_default();
    let pseudonym = Pseudonym(std::array::from_fn(|_| next()));
    let (week, categories) = (next(), std::array::from_fn::<u8, MAX_DIMENSIONS, _>(|_| next()));
    let counts = std::array::from_fn::<_, MAX_MEASURES, _>(|_| {
        let count = u32::from_be_bytes(std::array::from_fn(|_| next()));
        Some(count).filter(|count| *count != u32::MAX)
    });
    Record { pseudonym, week, categories, counts }
}

fn period(four: [u8; 4]) {
    let Some(period) = Period::from_bytes(four) else { return };
    assert_eq!(period.to_bytes(), four);
    assert_eq!(period.to_string().parse(), Ok(period));
    let weeks = period.weeks();
    assert!((4..=5).contains(&weeks.len()) || (12..=14).contains(&weeks.len()), "{period} has {} weeks", weeks.len());
    for (week, index) in weeks.iter().zip(0..) {
        assert_eq!((period.index_of(*week), Period::of(*week, period.kind())), (Some(index), period));
        assert_eq!(week.to_string().parse(), Ok(*week));
    }
    assert_eq!((period.next().previous(), period.previous().next()), (period, period));
}
