//! Receipts: the sixteen digits by which a tally can be corrected or withdrawn.

use std::fmt;
use std::str::FromStr;

/// Digits of a receipt, the last one a check digit.
pub const RECEIPT_DIGITS: usize = 16;

/// Weakly totally anti-symmetric quasigroup of order 10 (H. M. Damm, 2004).
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// A receipt with a right check digit. It has no `Debug` and no `Serialize`:
/// together with a card it opens a tally to correction.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Receipt([u8; RECEIPT_DIGITS]);

/// Why a text is not a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not sixteen digits.
    #[error("a receipt is 16 digits")]
    Length,
    /// The last digit does not fit the others.
    #[error("the receipt's check digit is wrong: compare it with what you wrote down, digit by digit")]
    Check,
}

impl Receipt {
    /// Makes a receipt from fifteen random digits (each 0–9; larger bytes are reduced).
    #[must_use]
    pub fn from_digits(digits: [u8; RECEIPT_DIGITS - 1]) -> Self {
        let mut all = [0; RECEIPT_DIGITS];
        for (slot, digit) in all.iter_mut().zip(digits) {
            *slot = digit % 10;
        }
        all[RECEIPT_DIGITS - 1] = interim(&all[..RECEIPT_DIGITS - 1]);
        Self(all)
    }

    /// The digits as ASCII, as they enter the row key.
    #[must_use]
    pub fn to_ascii(self) -> [u8; RECEIPT_DIGITS] {
        self.0.map(|d| d + b'0')
    }
}

/// State of Damm's automaton after `digits`; 0 after a whole valid number.
fn interim(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |state, digit| DAMM[usize::from(state)][usize::from(*digit)])
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|d| write!(f, "{d}"))
    }
}

impl FromStr for Receipt {
    type Err = ReceiptError;

    fn from_str(text: &str) -> Result<Self, ReceiptError> {
        let bytes: [u8; RECEIPT_DIGITS] = text.as_bytes().try_into().map_err(|_| ReceiptError::Length)?;
        if !bytes.iter().all(u8::is_ascii_digit) {
            return Err(ReceiptError::Length);
        }
        let digits = bytes.map(|b| b - b'0');
        if interim(&digits) == 0 { Ok(Self(digits)) } else { Err(ReceiptError::Check) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_published_example_holds() {
        // 572 has check digit 4 (Damm's example).
        assert_eq!(interim(&[5, 7, 2]), 4);
    }

    proptest! {
        #[test]
        fn every_wrong_digit_and_every_swap_of_neighbours_is_caught(
            digits in prop::array::uniform15(0u8..10), at in 0usize..16, other in 0u8..10,
        ) {
            let receipt = Receipt::from_digits(digits);
            let text = receipt.to_string();
            prop_assert!(text.parse::<Receipt>().is_ok());
            let mut wrong = text.clone().into_bytes();
            if wrong[at] != other + b'0' {
                wrong[at] = other + b'0';
                prop_assert_eq!(String::from_utf8(wrong).unwrap().parse::<Receipt>().err(), Some(ReceiptError::Check));
            }
            let mut swapped = text.into_bytes();
            let next = (at + 1) % 16;
            if next > 0 && swapped[at] != swapped[next] {
                swapped.swap(at, next);
                prop_assert_eq!(String::from_utf8(swapped).unwrap().parse::<Receipt>().err(), Some(ReceiptError::Check));
            }
        }
    }
}
