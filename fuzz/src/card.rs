//! Card codes, stub codes and receipts, as a person types them.

use peertally::domain::crockford::SYMBOLS;
use peertally::domain::{CardCode, CodeError, Receipt, StubCode};

const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// What the check symbol of a stub differs by.
const STUB: u8 = 0b1_0101;

/// A text is a card or a stub or neither, as a second implementation says, with the same reason; what is accepted
/// has one spelling, which is accepted again.
pub fn check(bytes: &[u8]) {
    if let Some(random) = bytes.first_chunk::<{ SYMBOLS - 1 }>() {
        spelled(&CardCode::from_random(random).reveal(), Ok(0));
        spelled(&StubCode::from_hash(random).reveal(), Ok(STUB));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    spelled(text, difference(text));
    if let Ok(receipt) = text.parse::<Receipt>() {
        assert!(receipt.to_string() == text, "a receipt has one spelling");
        let digits = receipt.to_ascii().map(|digit| digit - b'0');
        let digits = digits.first_chunk().copied().unwrap_or_default();
        assert!(Receipt::from_digits(digits) == receipt, "its check digit follows from the others");
    }
}

/// Holds both parsers to what the second implementation says of a text.
fn spelled(text: &str, difference: Result<u8, CodeError>) {
    let (card, stub) = (CardCode::parse(text), StubCode::parse(text));
    let (as_card, as_stub) = match difference {
        Ok(0) => (None, Some(CodeError::Card)),
        Ok(STUB) => (Some(CodeError::Stub), None),
        Ok(_) => (Some(CodeError::Check), Some(CodeError::Check)),
        Err(error) => (Some(error), Some(error)),
    };
    assert_eq!(card.as_ref().err().copied(), as_card);
    assert_eq!(stub.as_ref().err().copied(), as_stub);
    let (one_form, token) = match (card, stub) {
        (Ok(card), _) => (card.reveal(), card.token()),
        (_, Ok(stub)) => (stub.reveal(), stub.symbols()),
        _ => return,
    };
    let letters: String = one_form.split('-').collect();
    assert!(one_form.len() == SYMBOLS + 3 && one_form.split('-').all(|group| group.len() == 5));
    assert!(letters.as_bytes().starts_with(token.as_slice()));
    if one_form.as_str() != text {
        spelled(&one_form, difference);
    }
}

/// The second implementation: what the check symbol differs by from Σ αⁿ·sₙ, reckoned by powers.
fn difference(text: &str) -> Result<u8, CodeError> {
    let typed: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let values: Option<Vec<u8>> = typed.iter().take(SYMBOLS + 1).map(|c| value(*c)).collect();
    let values = values.ok_or(CodeError::Symbol)?;
    if typed.len() != SYMBOLS {
        return Err(CodeError::Length);
    }
    let weights = (0..SYMBOLS).rev().map(power);
    Ok(weights.zip(values).fold(0, |sum, (weight, value)| sum ^ times(weight, value)))
}

fn value(typed: char) -> Option<u8> {
    let letter = match typed.to_uppercase().to_string().as_str() {
        "O" => '0',
        "I" | "L" => '1',
        _ if typed.is_ascii() => typed.to_ascii_uppercase(),
        _ => return None,
    };
    LETTERS.find(letter).and_then(|at| u8::try_from(at).ok())
}

/// αⁿ in GF(32).
fn power(n: usize) -> u8 {
    (0..n).fold(1, |x, _| times(x, 2))
}

/// Product in GF(32) with x⁵ + x² + 1: the long multiplication, then the long division.
fn times(a: u8, b: u8) -> u8 {
    let long = (0..5).filter(|bit| b >> bit & 1 == 1).fold(0_u16, |sum, bit| sum ^ (u16::from(a) << bit));
    let rest = (5..10).rev().fold(long, |x, bit| if x >> bit & 1 == 1 { x ^ (0b10_0101 << (bit - 5)) } else { x });
    u8::try_from(rest).unwrap_or(u8::MAX)
}
