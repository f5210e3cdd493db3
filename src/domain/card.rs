//! Card codes and stub codes: what is printed on paper.
//!
//! Guarantee: a parsed code has a right check symbol, wipes itself, and cannot
//! be printed by accident (no `Debug`, no `Display`).
//! Non-guarantee: a right check symbol does not mean that the card is known.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::crockford::{SYMBOLS, check, letter, value};
use super::typed::is_spacing;

/// Random symbols of a code: 95 bits.
pub const RANDOM_SYMBOLS: usize = SYMBOLS - 1;

/// Added to a stub's check symbol, so that a stub typed as a card is told apart.
const STUB_MARK: u8 = 0b1_0101;

/// Why a text is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not twenty symbols.
    #[error("a code has 20 letters and digits, in four groups of five")]
    Length,
    /// A symbol outside the alphabet.
    #[error("a code has only digits and letters, and never the letter U")]
    Symbol,
    /// The check symbol does not fit.
    #[error("the code has a slip of the hand: compare it with the paper, letter by letter")]
    Check,
    /// A stub code where a card code is needed.
    #[error("this is the code of the tear-off stub, which can only revoke: type the code of the card itself")]
    Stub,
    /// A card code where a stub code is needed.
    #[error("this is the code of a card, which nobody but its holder should type: use the code on the tear-off stub")]
    Card,
}

/// The secret of a card. Whoever has it can send as that card.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct CardCode([u8; RANDOM_SYMBOLS]);

/// The code of the tear-off stub: it revokes the card and cannot send.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct StubCode([u8; RANDOM_SYMBOLS]);

impl CardCode {
    /// A code from 19 random bytes, of each of which five bits are used.
    #[must_use]
    pub fn from_random(bytes: &[u8; RANDOM_SYMBOLS]) -> Self {
        Self(bytes.map(|b| b & 31))
    }

    /// Parses what a person typed or a link carried.
    ///
    /// # Errors
    /// Says which slip it was; the text itself is never repeated.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        match split(text)? {
            (symbols, 0) => Ok(Self(symbols)),
            (mut symbols, mark) => {
                symbols.zeroize();
                Err(if mark == STUB_MARK { CodeError::Stub } else { CodeError::Check })
            }
        }
    }

    /// The 19 random symbols as upper-case ASCII: the token that keys are made from.
    #[must_use]
    pub fn token(&self) -> zeroize::Zeroizing<[u8; RANDOM_SYMBOLS]> {
        zeroize::Zeroizing::new(ascii(&self.0))
    }

    /// The whole code in groups of five, for the printed sheet and the codes file only.
    #[must_use]
    pub fn reveal(&self) -> zeroize::Zeroizing<String> {
        spell(&self.0, 0)
    }
}

impl StubCode {
    /// A code from 19 pseudo-random bytes, of each of which five bits are used.
    #[must_use]
    pub fn from_hash(bytes: &[u8; RANDOM_SYMBOLS]) -> Self {
        Self(bytes.map(|b| b & 31))
    }

    /// Parses what a coordinator typed.
    ///
    /// # Errors
    /// As [`CardCode::parse`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        match split(text)? {
            (symbols, STUB_MARK) => Ok(Self(symbols)),
            (mut symbols, mark) => {
                symbols.zeroize();
                Err(if mark == 0 { CodeError::Card } else { CodeError::Check })
            }
        }
    }

    /// The 19 symbols as upper-case ASCII, from which the stored verifier is made.
    #[must_use]
    pub fn symbols(&self) -> zeroize::Zeroizing<[u8; RANDOM_SYMBOLS]> {
        zeroize::Zeroizing::new(ascii(&self.0))
    }

    /// The whole code in groups of five, for the printed stub.
    #[must_use]
    pub fn reveal(&self) -> zeroize::Zeroizing<String> {
        spell(&self.0, STUB_MARK)
    }
}

impl fmt::Debug for CardCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardCode(secret)")
    }
}

impl fmt::Debug for StubCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StubCode(secret)")
    }
}

fn ascii(symbols: &[u8; RANDOM_SYMBOLS]) -> [u8; RANDOM_SYMBOLS] {
    symbols.map(|s| u8::try_from(letter(s)).unwrap_or(b'0'))
}

fn spell(symbols: &[u8; RANDOM_SYMBOLS], mark: u8) -> zeroize::Zeroizing<String> {
    let mut text = String::with_capacity(SYMBOLS + 3);
    for (i, symbol) in symbols.iter().copied().chain([check(symbols) ^ mark]).enumerate() {
        if i > 0 && i % 5 == 0 {
            text.push('-');
        }
        text.push(letter(symbol));
    }
    zeroize::Zeroizing::new(text)
}

/// The symbols, and what the check symbol differs by (0 for a right card code).
fn split(text: &str) -> Result<([u8; RANDOM_SYMBOLS], u8), CodeError> {
    let mut symbols = [0; SYMBOLS];
    let mut n = 0;
    for letter in text.chars().filter(|c| !is_spacing(*c) && *c != '-') {
        *symbols.get_mut(n).ok_or(CodeError::Length)? = value(letter).ok_or(CodeError::Symbol)?;
        n += 1;
    }
    if n != SYMBOLS {
        return Err(CodeError::Length);
    }
    let mut random = [0; RANDOM_SYMBOLS];
    random.copy_from_slice(&symbols[..RANDOM_SYMBOLS]);
    let difference = check(&random) ^ symbols[RANDOM_SYMBOLS];
    symbols.zeroize();
    Ok((random, difference))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(code: &[u8]) -> Result<CardCode, CodeError> {
        CardCode::parse(&code.iter().map(|s| letter(*s)).collect::<String>())
    }

    fn symbols(random: [u8; RANDOM_SYMBOLS]) -> Vec<u8> {
        let random = random.map(|r| r & 31);
        random.into_iter().chain([check(&random)]).collect()
    }

    proptest! {
        #[test]
        fn every_one_symbol_error_is_caught(random in prop::array::uniform19(0u8..32)) {
            let right = symbols(random);
            prop_assert!(typed(&right).is_ok());
            for at in 0..SYMBOLS {
                for other in (0..32).filter(|o| *o != right[at]) {
                    let mut wrong = right.clone();
                    wrong[at] = other;
                    prop_assert!(typed(&wrong).is_err());
                }
            }
        }

        #[test]
        fn every_swap_of_neighbours_is_caught(random in prop::array::uniform19(0u8..32)) {
            let right = symbols(random);
            for at in 0..SYMBOLS - 1 {
                if right[at] != right[at + 1] {
                    let mut wrong = right.clone();
                    wrong.swap(at, at + 1);
                    prop_assert!(typed(&wrong).is_err());
                }
            }
        }

        #[test]
        fn stub_and_card_are_told_apart(random in prop::array::uniform19(any::<u8>())) {
            let (card, stub) = (CardCode::from_random(&random), StubCode::from_hash(&random));
            prop_assert_eq!(CardCode::parse(&stub.reveal()).err(), Some(CodeError::Stub));
            prop_assert_eq!(StubCode::parse(&card.reveal()).err(), Some(CodeError::Card));
            prop_assert!(StubCode::parse(&stub.reveal()).is_ok_and(|s| s == stub));
        }

        #[test]
        fn spelling_is_forgiven(random in prop::array::uniform19(any::<u8>())) {
            let card = CardCode::from_random(&random);
            let text = card.reveal().to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
            prop_assert!(CardCode::parse(&text).is_ok_and(|c| c == card));
            for zero in ['\u{660}', '\u{6F0}'] {
                let script = |c: char| c.to_digit(10).and_then(|d| char::from_u32(u32::from(zero) + d)).unwrap_or(c);
                let text: String = card.reveal().chars().map(script).chain(['\u{200f}']).collect();
                prop_assert!(CardCode::parse(&text).is_ok_and(|c| c == card));
            }
        }
    }
}
