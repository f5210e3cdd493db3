//! Texts from outside, made safe to repeat in an error: on a terminal, in a
//! rejects file or on a page.
//!
//! Guarantee: what leaves here is short and holds no character that moves the
//! cursor, ends a line, or reorders or hides the text around it.

/// True for control characters, and for those that reorder or hide the text around them.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The character itself, or U+FFFD in place of an unprintable one.
#[must_use]
pub fn clean(c: char) -> char {
    if is_unprintable(c) { '\u{fffd}' } else { c }
}

/// The first `most` characters of a text, all of them printable.
#[must_use]
pub fn start(text: &str, most: usize) -> String {
    text.chars().take(most).map(clean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Identifier, Period, Week};

    #[test]
    fn what_is_repeated_is_short_and_printable() {
        assert_eq!(start("a\u{1b}[31mb\u{202e}c\n", 8), "a\u{fffd}[31mb\u{fffd}");
        assert_eq!(start("á", 8), "á");
    }

    /// Found by fuzzing: a week typed with an escape sequence or a right-to-left mark came back with it.
    #[test]
    fn errors_repeat_nothing_unprintable() {
        for text in ["20\u{202e}25-W03", "\u{1b}[2J-W03", "2-052W03\u{0}\u{0}", "\u{2066}2025-Q1", "Area\r\n"] {
            let errors = [
                text.parse::<Week>().map_err(|e| e.to_string()).err(),
                text.parse::<Period>().map_err(|e| e.to_string()).err(),
                text.parse::<Identifier>().map_err(|e| e.to_string()).err(),
            ];
            for error in errors {
                assert!(error.is_some_and(|error| !error.contains(is_unprintable)), "{text:?}");
            }
        }
    }
}
