//! What people type where digits belong: digits of other scripts, and marks
//! that come along when text is copied from a page that runs from right to left.

/// Reads 0–9 and the Arabic-Indic (U+0660) and Persian (U+06F0) digits.
#[must_use]
pub fn ascii_digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// White space, and the marks that set the direction of text.
#[must_use]
pub fn is_spacing(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
