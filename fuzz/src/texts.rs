//! What several properties ask of texts.

/// The bytes of a seed written as hex, so that seeds of binary forms are text files; other bytes as they are.
pub(crate) fn raw(bytes: &[u8]) -> Vec<u8> {
    let text = bytes.trim_ascii();
    data_encoding::HEXLOWER.decode(text).ok().filter(|_| !text.is_empty()).unwrap_or_else(|| bytes.to_vec())
}

/// Words for a person: printable on a terminal, not empty, not endless.
pub(crate) fn for_people(text: &str, most: usize) {
    assert!(!text.is_empty(), "no words");
    assert!(text.len() <= most, "{} bytes of words: {text:?}", text.len());
    let odd = |c: char| {
        c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(odd), "not printable: {text:?}");
}
