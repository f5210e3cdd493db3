//! Crockford's base 32 and a check symbol over GF(32).
//!
//! Guarantee: a wrong single symbol and a swap of two neighbours are always
//! caught. Non-guarantee: this is against slips of the hand, not against
//! forgery.
//! Source: D. Crockford, "Base 32"; the check is a Reed–Solomon parity symbol.

use super::typed::ascii_digit;

/// Symbols of a code, the last one the check symbol.
pub const SYMBOLS: usize = 20;

/// Values 0–31 in Crockford's order.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letter for a value below 32 (the low five bits are taken).
#[must_use]
pub fn letter(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

/// Value of a typed letter; `O` reads 0, `I` and `L` read 1, case is ignored,
/// and Arabic-Indic and Persian digits are digits.
#[must_use]
pub fn value(letter: char) -> Option<u8> {
    let letter = match ascii_digit(letter).unwrap_or(letter).to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|a| char::from(*a) == letter).and_then(|i| u8::try_from(i).ok())
}

/// Multiplies by the generator in GF(32), polynomial x⁵ + x² + 1.
fn double(x: u8) -> u8 {
    let shifted = x << 1;
    if shifted & 32 == 0 { shifted } else { (shifted ^ 0b10_0101) & 31 }
}

/// The check symbol: Σ αⁱ·sᵢ over the 19 symbols, the last one weighted α¹.
///
/// Every weight differs from the next and none is 0, so one wrong symbol, or
/// two neighbours swapped (the check symbol included, of weight 1), changes the sum.
#[must_use]
pub fn check(symbols: &[u8; SYMBOLS - 1]) -> u8 {
    symbols.iter().fold(0, |sum, symbol| double(sum ^ (symbol & 31)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_has_order_31() {
        let mut x = 1;
        let order = (1..=31).find(|_| {
            x = double(x);
            x == 1
        });
        assert_eq!(order, Some(31));
    }

    #[test]
    fn letters_and_values_agree() {
        for v in 0..32 {
            assert_eq!(value(letter(v)), Some(v));
            assert_eq!(value(letter(v).to_ascii_lowercase()), Some(v));
        }
        assert_eq!((value('o'), value('I'), value('l'), value('U')), (Some(0), Some(1), Some(1), None));
    }
}
