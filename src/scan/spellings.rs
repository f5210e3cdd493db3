//! Whether bytes look as sealed or hashed ones do.
//!
//! Guarantee: of rows whose bytes were drawn at random the tests here refuse
//! less than 4e-10, all tests together; the arithmetic stands beside each.
//! Non-guarantee: bytes that pass may still hold something: a secret can be
//! written so that it looks random.

/// Equal bytes in a row: 115 places, 256^-5 each, 1.1e-10.
const RUN: usize = 6;
/// How often one value may stand among 120 bytes: 256 · C(120,12) / 256^12, 3.4e-11.
const SAME: usize = 12;
/// Fewest different values among 120 random bytes: 96 are expected; 2.3e-18.
const VALUES: usize = 64;
/// Printable bytes among 120: 45 are expected; 8.7e-22.
const PRINTABLE: usize = 96;

/// What gives a sealed row's body away, if something does.
pub(super) fn odd_body(body: &[u8]) -> Option<&'static str> {
    let mut times = [0_usize; 256];
    for byte in body {
        if let Some(slot) = times.get_mut(usize::from(*byte)) {
            *slot += 1;
        }
    }
    if has_run(body) {
        Some("it has six equal bytes in a row")
    } else if times.iter().any(|n| *n >= SAME) {
        Some("one byte value stands in it twelve times or more")
    } else if times.iter().filter(|n| **n > 0).count() < VALUES {
        Some("it has too few different byte values")
    } else if body.iter().filter(|b| (0x20..0x7f).contains(*b)).count() >= PRINTABLE {
        Some("it reads like text")
    } else {
        None
    }
}

/// What gives a keyed hash away: 16 bytes, or 32.
pub(super) fn odd_hash(hash: &[u8]) -> Option<&'static str> {
    // 63 of 256 values: (63/256)^16 is 1.8e-10 and counts for keys of rows; the run, 11 places, 1e-11.
    if hash.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') {
        Some("it reads like text")
    } else if has_run(hash) {
        Some("it has six equal bytes in a row")
    } else {
        None
    }
}

/// Whether 32 bytes are an X25519 public key as the library writes it: below 2^255 - 19.
pub(super) fn is_public_key(bytes: &[u8]) -> bool {
    let Some((last, rest)) = bytes.split_last() else { return false };
    let Some((first, middle)) = rest.split_first() else { return false };
    let above = *last == 0x7f && middle.iter().all(|b| *b == 0xff) && *first >= 0xed;
    *last < 0x80 && !above
}

fn has_run(bytes: &[u8]) -> bool {
    bytes.windows(RUN).any(|window| window.iter().all(|b| Some(b) == window.first()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Pseudonym, Record};
    use crate::store::codec;

    /// Every record, however full, is told from sealed bytes: even with a random pseudonym, encapsulated key and tag.
    #[test]
    fn a_record_in_the_place_of_ciphertext_is_found_and_random_bytes_are_not() {
        let mut dice = 0x2545_f491_4f6c_dd1d_u64;
        let mut byte = || {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            dice.to_be_bytes()[3]
        };
        for n in 0..2000_u32 {
            let random: Vec<u8> = (0..120).map(|_| byte()).collect();
            assert_eq!(odd_body(&random), None, "{random:?}");
            assert_eq!(odd_hash(&random[..16]), None);
            let pseudonym = Pseudonym(std::array::from_fn(|_| byte()));
            let counts = std::array::from_fn(|i| {
                let count = u32::from(byte()) + 256 * (n % 3);
                (i < n as usize % 13).then_some(count)
            });
            let plain = codec::encode(&Record { pseudonym, week: byte() % 13, categories: [1, 2, 0], counts });
            let mut body: Vec<u8> = (0..32).map(|_| byte()).collect();
            body.extend(plain);
            body.extend((0..16).map(|_| byte()));
            assert!(odd_body(&body).is_some(), "{n}");
        }
        let text = "Zephyrine Oaks met 137 people on Tuesday at the north harbour; 41 were new, 1291 syringes out, 937 in, all well, more soon!";
        assert!(odd_body(&text.as_bytes()[..120]).is_some());
        assert!(odd_hash(b"4047170930001234").is_some());
        assert!(odd_hash(b"0XKR3-7YQ2M-A9").is_some());
    }

    #[test]
    fn public_keys_are_below_the_prime() {
        assert!(is_public_key(&[9; 32]));
        let mut high = [0xff; 32];
        assert!(!is_public_key(&high));
        high[31] = 0x7f;
        assert!(!is_public_key(&high));
        high[0] = 0xec;
        assert!(is_public_key(&high) && !is_public_key(&[]));
    }
}
