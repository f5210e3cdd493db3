//! Where a configuration file is wrong, and what to write instead.
//!
//! Guarantee: every fault has the file's name, a line, a column (both from 1,
//! counted in characters) and a sentence that ends in what to do. What the file
//! says is quoted short and without control characters.
//! Non-guarantee: only the first fault is reported.

use crate::domain::printable::{clean, start};

/// A fault in a programme or policy file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}, column {column}: {message}")]
pub struct FileError {
    /// The file's name, as given by the caller.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl FileError {
    /// A fault at byte `offset` of `text`.
    pub(super) fn at(file: &str, text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let column = before.get(line_start..).map_or(0, |t| t.chars().count()) + 1;
        Self { file: file.chars().map(clean).collect(), line, column, message: message.into() }
    }
}

/// At most 60 characters of `text`, control characters replaced: safe to print.
pub(super) fn quoted(text: &str) -> String {
    let mut out = start(text, 60);
    if text.chars().nth(60).is_some() {
        out.push('…');
    }
    out
}

/// The candidate closest to `word`, if it is close enough to be a slip of the pen.
pub(super) fn nearest<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let short: String = word.chars().take(60).collect();
    let limit = (short.chars().count() / 3).clamp(1, 3);
    let scored = candidates.iter().map(|c| (distance(&short, c), *c));
    // Two swapped letters are two steps, and still one slip.
    let swapped = |d: usize, c: &str| d == 2 && sorted(&short) == sorted(c);
    scored.filter(|(d, c)| *d <= limit || swapped(*d, c)).min_by_key(|(d, _)| *d).map(|(_, c)| c)
}

/// "Did you mean `x`? " or nothing, then the whole list.
pub(super) fn instead(word: &str, candidates: &[&str]) -> String {
    let list: Vec<String> = candidates.iter().take(40).map(|c| format!("`{c}`")).collect();
    let rest = if candidates.len() > 40 { ", …" } else { "" };
    let meant = nearest(word, candidates).map_or(String::new(), |c| format!("did you mean `{c}`? "));
    format!("{meant}write one of {}{rest}", list.join(", "))
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut left = i + 1;
        next.push(left);
        for ((y, above), diagonal) in b.iter().zip(row.iter().skip(1)).zip(&row) {
            left = (left + 1).min(above + 1).min(diagonal + usize::from(x != *y));
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let text = "a = 1\n\u{fc}\u{fc} = x\n";
        let error = FileError::at("f.toml", text, text.find('x').unwrap(), "no");
        assert_eq!(error.to_string(), "f.toml, line 2, column 6: no");
        assert_eq!(FileError::at("f", "", 99, "no").line, 1);
        // In the middle of a character: still no panic.
        assert_eq!(FileError::at("f", text, 7, "no").line, 3);
    }

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        assert_eq!(nearest("grace_day", &["period", "grace_days"]), Some("grace_days"));
        assert_eq!(nearest("max_per_tallly", &["cap", "max_per_tally"]), Some("max_per_tally"));
        assert_eq!(nearest("aera", &["setting", "area"]), Some("area"));
        assert_eq!(nearest("colour", &["cap", "unit"]), None);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn quotes_are_short_and_printable() {
        assert_eq!(quoted("a\u{1b}[31mb\u{202e}"), "a\u{fffd}[31mb\u{fffd}");
        assert_eq!(quoted(&"x".repeat(500)).chars().count(), 61);
    }
}
