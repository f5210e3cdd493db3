//! One sheet, written row by row.

use std::borrow::Cow;
use std::io::{Result, Write};

/// How a cell looks; the place in `styles.xml` of `package`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain = 0,
    Head = 1,
    /// A text that begins like a formula: stays a text also when it is edited.
    Quoted = 2,
    /// One figure behind the point.
    Tenths = 3,
    Whole = 4,
    /// Long text, broken into lines.
    Wrapped = 5,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SheetCell {
    Text(String, Style),
    Number(f64, Style),
    Whole(u64),
}

impl SheetCell {
    /// A text; never a formula.
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let style = if text.starts_with(['=', '+', '-', '@']) { Style::Quoted } else { Style::Plain };
        Self::Text(text, style)
    }

    pub(super) fn head(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Style::Head)
    }

    pub(super) fn wrapped(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Style::Wrapped)
    }
}

/// A sheet that is being written.
pub(super) struct SheetWriter<W: Write> {
    to: W,
    row: u32,
}

impl<W: Write> SheetWriter<W> {
    /// Begins a sheet with these column widths, in characters; the first `frozen` rows stay in view.
    pub(super) fn begin(mut to: W, widths: &[u8], frozen: u32) -> Result<Self> {
        to.write_all(br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#)?;
        to.write_all(br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#)?;
        if frozen > 0 {
            let below = frozen + 1;
            write!(to, r#"<sheetViews><sheetView tabSelected="1" workbookViewId="0">"#)?;
            write!(to, r#"<pane ySplit="{frozen}" topLeftCell="A{below}" activePane="bottomLeft" state="frozen"/>"#)?;
            write!(to, r"</sheetView></sheetViews>")?;
        }
        write!(to, r"<cols>")?;
        for (width, n) in widths.iter().zip(1..) {
            write!(to, r#"<col min="{n}" max="{n}" width="{width}" customWidth="1"/>"#)?;
        }
        write!(to, r"</cols><sheetData>")?;
        Ok(Self { to, row: 0 })
    }

    /// The next row; empty texts are left out.
    pub(super) fn row(&mut self, cells: &[SheetCell]) -> Result<()> {
        self.row += 1;
        write!(self.to, r#"<row r="{}">"#, self.row)?;
        for (n, cell) in cells.iter().enumerate() {
            let at = format!("{}{}", column(n), self.row);
            match cell {
                SheetCell::Text(text, _) if text.is_empty() => {}
                SheetCell::Text(text, style) => {
                    let (style, text) = (*style as u8, escaped(text));
                    write!(
                        self.to,
                        r#"<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#
                    )?;
                }
                SheetCell::Number(number, style) => {
                    write!(self.to, r#"<c r="{at}" s="{}"><v>{number}</v></c>"#, *style as u8)?;
                }
                SheetCell::Whole(number) => {
                    write!(self.to, r#"<c r="{at}" s="{}"><v>{number}</v></c>"#, Style::Whole as u8)?;
                }
            }
        }
        write!(self.to, "</row>")
    }

    pub(super) fn end(mut self) -> Result<()> {
        self.to.write_all(b"</sheetData></worksheet>")
    }
}

/// `A` to `Z`, then `AA` and so on.
fn column(n: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
    let before = if n < 26 { String::new() } else { column(n / 26 - 1) };
    before + &letter.to_string()
}

/// Text as XML takes it; what XML has no way to write becomes U+FFFD.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !matches!(c, '&' | '<' | '>' | '"' | '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if plain(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered() {
        let letters: Vec<String> = [0, 1, 25, 26, 51, 52, 701, 702].map(column).into();
        assert_eq!(letters, ["A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn text_is_escaped_and_what_xml_lacks_is_replaced() {
        assert_eq!(escaped("a < b & \"c\" > d"), "a &lt; b &amp; &quot;c&quot; &gt; d");
        assert_eq!(escaped("a\u{1b}b\0\u{ffff}\n"), "a\u{fffd}b\u{fffd}\u{fffd}\n");
        assert_eq!(escaped("hafen–süd"), "hafen–süd");
    }
}
