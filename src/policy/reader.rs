//! A strict reader of TOML tables that knows where everything stands.
//!
//! Guarantee: nothing in a file goes unread. A table is taken with the list of
//! its known keys, and any other key is an error with its own place and the
//! nearest known key. Every value is asked for with its type and limits.
//! Never panics, whatever the text.
//! Why not serde: its errors name no limits and, for checks that come after
//! reading (a cap, a duplicate), no place.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file_error::{FileError, instead, quoted};
use crate::domain::Identifier;
use crate::domain::printable::is_unprintable;

/// Longest configuration file, in bytes.
const MAX_FILE: usize = 256 * 1024;

/// Longest label or name, in characters.
pub(super) const LABEL: usize = 120;

/// Longest explaining text, in characters.
pub(super) const PROSE: usize = 400;

/// The text being read, for places in errors.
#[derive(Clone, Copy)]
pub(super) struct TomlSource<'d> {
    file: &'d str,
    text: &'d str,
}

/// A table whose keys were all checked to be known.
pub(super) struct Section<'d> {
    source: TomlSource<'d>,
    name: Cow<'static, str>,
    at: usize,
    table: &'d DeTable<'d>,
}

/// One value with its key.
#[derive(Clone)]
pub(super) struct Item<'d> {
    source: TomlSource<'d>,
    key: Cow<'d, str>,
    at: usize,
    value: &'d DeValue<'d>,
}

/// Parses `text` and gives the top table to `read`; `known` are its keys.
pub(super) fn read<T>(
    file: &str,
    text: &str,
    known: &[&str],
    read: impl FnOnce(&Section<'_>) -> Result<T, FileError>,
) -> Result<T, FileError> {
    if text.len() > MAX_FILE {
        let message = format!("the file has {} bytes; at most {MAX_FILE} are read: shorten it", text.len());
        return Err(FileError::at(file, "", 0, message));
    }
    let root = DeTable::parse(text).map_err(|e| {
        let at = e.span().map_or(0, |s| s.start);
        let why = quoted(e.message());
        let how = "write `key = value`, each key once, texts in \"quotes\", tables in [brackets]";
        FileError::at(file, text, at, format!("this is not TOML ({why}): {how}"))
    })?;
    let source = TomlSource { file, text };
    let section = Section::new(source, "the file".into(), 0, root.get_ref(), known)?;
    read(&section)
}

impl<'d> Section<'d> {
    fn new(
        source: TomlSource<'d>,
        name: Cow<'static, str>,
        at: usize,
        table: &'d DeTable<'d>,
        known: &[&str],
    ) -> Result<Self, FileError> {
        let strangers = table.iter().map(|(k, _)| k).filter(|k| !known.contains(&k.get_ref().as_ref()));
        if let Some(key) = strangers.min_by_key(|k| k.span().start) {
            let word = key.get_ref();
            let message = format!("`{}` is not a key of {name}: {}", quoted(word), instead(word, known));
            return Err(FileError::at(source.file, source.text, key.span().start, message));
        }
        Ok(Self { source, name, at, table })
    }

    /// The value of `key`, which must be there; `example` shows how to write it.
    pub(super) fn need(&self, key: &'static str, example: &str) -> Result<Item<'d>, FileError> {
        self.find(key).ok_or_else(|| self.error(format!("`{key}` is missing in {}: add {example}", self.name)))
    }

    /// The value of `key`, if it is there.
    pub(super) fn find(&self, key: &'static str) -> Option<Item<'d>> {
        let (spanned, value) = self.table.iter().find(|(k, _)| k.get_ref() == key)?;
        // A table's span is its header; a value's place says more than its key's.
        let at = if value.get_ref().is_table() { spanned.span().start } else { value.span().start };
        Some(Item { source: self.source, key: Cow::Borrowed(key), at, value: value.get_ref() })
    }

    /// A fault of the table as a whole.
    pub(super) fn error(&self, message: impl Into<String>) -> FileError {
        FileError::at(self.source.file, self.source.text, self.at, message)
    }
}

impl<'d> Item<'d> {
    /// A fault of this value.
    pub(super) fn error(&self, message: impl AsRef<str>) -> FileError {
        let message = format!("`{}`: {}", quoted(&self.key), message.as_ref());
        FileError::at(self.source.file, self.source.text, self.at, message)
    }

    /// The key, as written.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// A text of 1 to `most` characters, without control characters.
    pub(super) fn text(&self, most: usize) -> Result<String, FileError> {
        let DeValue::String(text) = self.value else { return Err(self.wrong_type("a text in \"quotes\"")) };
        let count = text.chars().count();
        if count > most {
            return Err(self.error(format!("this text has {count} characters; write at most {most}")));
        }
        if text.trim().is_empty() {
            return Err(self.error("this text is empty: write something, or remove the key where it may be left out"));
        }
        if text.chars().any(is_unprintable) {
            return Err(self.error("this text has a line break or control character: write plain text on one line"));
        }
        Ok(text.trim().to_owned())
    }

    /// An identifier.
    pub(super) fn identifier(&self) -> Result<Identifier, FileError> {
        let text = self.text(PROSE)?;
        text.parse().map_err(|e: crate::domain::identifier::IdentifierError| self.error(e.to_string()))
    }

    /// A whole number from `low` to `high`.
    pub(super) fn whole(&self, low: u64, high: u64) -> Result<u64, FileError> {
        let wanted = format!("a whole number from {low} to {high}, without quotes");
        let DeValue::Integer(number) = self.value else { return Err(self.wrong_type(&wanted)) };
        let parsed = i128::from_str_radix(number.as_str(), number.radix()).ok();
        let fits = parsed.and_then(|n| u64::try_from(n).ok()).filter(|n| (low..=high).contains(n));
        fits.ok_or_else(|| self.error(format!("{} is outside the limits: write {wanted}", quoted(number.as_str()))))
    }

    /// As [`Item::whole`], for 32 bits.
    pub(super) fn whole32(&self, low: u32, high: u32) -> Result<u32, FileError> {
        let number = self.whole(low.into(), high.into())?;
        u32::try_from(number).map_err(|_| self.error(format!("write at most {high}")))
    }

    /// As [`Item::whole`], for 16 bits.
    pub(super) fn whole16(&self, low: u16, high: u16) -> Result<u16, FileError> {
        let number = self.whole(low.into(), high.into())?;
        u16::try_from(number).map_err(|_| self.error(format!("write at most {high}")))
    }

    /// A number from `low` to `high`, both allowed; whole numbers count as numbers.
    pub(super) fn number(&self, low: f64, high: f64) -> Result<f64, FileError> {
        let wanted = format!("a number from {low} to {high}, without quotes");
        let (text, parsed) = match self.value {
            DeValue::Float(f) => (f.as_str(), f.as_str().parse::<f64>().ok()),
            DeValue::Integer(i) if i.radix() == 10 => (i.as_str(), i.as_str().parse::<f64>().ok()),
            _ => return Err(self.wrong_type(&wanted)),
        };
        // A NaN is in no range, so it is refused here as well.
        let fits = parsed.filter(|n| (low..=high).contains(n));
        fits.ok_or_else(|| self.error(format!("{} is outside the limits: write {wanted}", quoted(text))))
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&self, choices: &[(&str, T)]) -> Result<T, FileError> {
        let text = self.text(PROSE)?;
        let words: Vec<&str> = choices.iter().map(|(w, _)| *w).collect();
        let found = choices.iter().find(|(w, _)| *w == text).map(|(_, t)| *t);
        found.ok_or_else(|| self.error(format!("\"{}\" is not known: {}", quoted(&text), instead(&text, &words))))
    }

    /// A table with these keys and no others.
    pub(super) fn section(&self, name: impl Into<Cow<'static, str>>, known: &[&str]) -> Result<Section<'d>, FileError> {
        Section::new(self.source, name.into(), self.at, self.table()?, known)
    }

    /// The entries of a table whose keys are free, in the order of the file.
    pub(super) fn entries(&self) -> Result<Vec<Item<'d>>, FileError> {
        let mut entries: Vec<_> = self.table()?.iter().collect();
        entries.sort_by_key(|(k, _)| k.span().start);
        let item = |(key, value): (&'d Spanned<Cow<'d, str>>, &'d Spanned<DeValue<'d>>)| Item {
            source: self.source,
            key: Cow::Borrowed(key.get_ref().as_ref()),
            at: key.span().start,
            value: value.get_ref(),
        };
        Ok(entries.into_iter().map(item).collect())
    }

    /// The items of a list of `least` to `most`; `reason` says why no more.
    pub(super) fn list(&self, least: usize, most: usize, reason: &str) -> Result<Vec<Item<'d>>, FileError> {
        let DeValue::Array(array) = self.value else {
            return Err(self.wrong_type(&format!("a list: [ … ] or one [[{}]] for each entry", quoted(&self.key))));
        };
        let count = array.iter().count();
        if count < least {
            return Err(self.error(format!("this list has {count} entries: give at least {least}")));
        }
        // The place of the first entry too many is where to cut.
        if let Some(extra) = array.get(most) {
            let at = Item { at: extra.span().start, ..self.clone() };
            return Err(at.error(format!("this list has {count} entries: keep at most {most} ({reason})")));
        }
        let item = |value: &'d Spanned<DeValue<'d>>| Item {
            source: self.source,
            key: self.key.clone(),
            at: value.span().start,
            value: value.get_ref(),
        };
        Ok(array.iter().map(item).collect())
    }

    fn table(&self) -> Result<&'d DeTable<'d>, FileError> {
        match self.value {
            DeValue::Table(table) => Ok(table),
            _ => Err(self.wrong_type("a table: [name] on its own line, or { key = value }")),
        }
    }

    fn wrong_type(&self, wanted: &str) -> FileError {
        let found = match self.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a point",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.error(format!("here stands {found}: write {wanted}"))
    }
}
