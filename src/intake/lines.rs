//! Line numbers of a sheet's rows, as an editor shows them.
//!
//! Guarantee: a row is named by the line it begins on, whatever the line ends
//! (LF, CRLF, CR), with empty lines and quoted line breaks counted. The csv
//! reader's own numbers are behind where lines end in CRLF.

/// Counts lines up to byte offsets that never go back.
pub struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    /// Begins at the first line of a text.
    #[must_use]
    pub fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// Line of the first row at or after a byte offset; offsets must not go back.
    pub fn of(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(sign) = self.text.get(self.at) {
            let ends = *sign == b'\n' || (*sign == b'\r' && self.text.get(self.at + 1) != Some(&b'\n'));
            if self.at >= byte && !matches!(*sign, b'\n' | b'\r') {
                break;
            }
            self.line += u64::from(ends);
            self.at += 1;
        }
        self.line
    }
}

/// Without the byte order mark that spreadsheets put first.
#[must_use]
pub fn without_mark(file: &[u8]) -> &[u8] {
    file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_ends_count_once() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a", "b", "", "\"c", "d\"", "e"].join(end);
            let mut lines = LineCounter::new(text.as_bytes());
            let at = |what: &str| text.find(what).unwrap() as u64;
            assert_eq!(["a", "b", "\"c", "e"].map(|what| lines.of(at(what))), [1, 2, 4, 6], "{end:?}");
        }
    }

    #[test]
    fn an_offset_within_the_line_end_before_means_the_row_after() {
        let mut lines = LineCounter::new(b"a\r\n\r\nb");
        assert_eq!((lines.of(0), lines.of(2), lines.of(99)), (1, 3, 3));
    }
}
