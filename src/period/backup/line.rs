//! The lines of a backup before its dump, and their writer.
//!
//! One JSON value a line, in one byte form. Bytes are base64url without padding; a long file
//! takes several lines, one after the other. The check value is keyed by the master key and binds
//! these lines and the dump that follows.
//!
//! ```text
//! {"backup":{"format":1,"keys":false}}
//! {"custody":"offline\n"}                          only where DATA/custody is there
//! {"public":["log/checkpoint","…"]}                all that the log names, in order of path
//! {"key":["periods/2026-Q4.salt","…"]}             only in a sealed backup
//! {"store":{"check":"…","head":"…","store":"…"}}   then the dump: src/period/dump/line.rs
//! ```

use std::io;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use super::FORMAT;
use crate::crypto::MasterKey;
use crate::crypto::digest::{Digest, Hasher};

/// Bytes of a file in one line, at most.
pub(super) const PIECE: usize = 48 * 1024;
/// No line is longer.
pub(super) const LONGEST: u64 = 128 * 1024;

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum BackupLine {
    Backup(FirstLine),
    Custody(String),
    Public(String, String),
    Key(String, Hidden),
    Store(HeadCheck),
}

/// Text that wipes itself.
pub(super) struct Hidden(pub(super) Zeroizing<String>);

impl Serialize for Hidden {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|text| Self(Zeroizing::new(text)))
    }
}

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FirstLine {
    pub(super) format: u32,
    /// Whether keys are in it.
    pub(super) keys: bool,
}

/// The last line before the dump.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadCheck {
    /// Keyed by the master key, over the two digests.
    pub(super) check: String,
    /// Of all lines before.
    pub(super) head: Digest,
    /// Of the dump.
    pub(super) store: Digest,
}

/// The check value as text.
pub(super) fn check(master: &MasterKey, head: &Digest, store: &Digest) -> String {
    BASE64URL_NOPAD.encode(&master.backup_check(head, store))
}

/// Writes the lines before the dump.
pub(super) struct BackupWriter<'a> {
    sink: &'a mut dyn FnMut(&str) -> io::Result<()>,
    hasher: Hasher,
}

impl<'a> BackupWriter<'a> {
    pub(super) fn begin(keys: bool, sink: &'a mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<Self> {
        let mut writer = Self { sink, hasher: Hasher::default() };
        writer.line(&BackupLine::Backup(FirstLine { format: FORMAT, keys }))?;
        Ok(writer)
    }

    pub(super) fn custody(&mut self, text: &str) -> io::Result<()> {
        self.line(&BackupLine::Custody(text.to_owned()))
    }

    pub(super) fn public(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        pieces(bytes)
            .try_for_each(|piece| self.line(&BackupLine::Public(path.to_owned(), BASE64URL_NOPAD.encode(piece))))
    }

    pub(super) fn key(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.line(&BackupLine::Key(name.to_owned(), Hidden(Zeroizing::new(BASE64URL_NOPAD.encode(bytes)))))
    }

    pub(super) fn end(mut self, master: &MasterKey, store: &Digest) -> io::Result<()> {
        let head = std::mem::take(&mut self.hasher).finish();
        self.line(&BackupLine::Store(HeadCheck { check: check(master, &head, store), head, store: *store }))
    }

    fn line(&mut self, line: &BackupLine) -> io::Result<()> {
        let mut text = Zeroizing::new(serde_json::to_string(line).map_err(io::Error::other)?);
        text.push('\n');
        self.hasher.update(text.as_bytes());
        (self.sink)(&text)
    }
}

/// An empty file is one empty piece.
fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let empty = bytes.is_empty().then_some(bytes);
    empty.into_iter().chain(bytes.chunks(PIECE))
}
