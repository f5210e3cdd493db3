//! The lines of a dump, and their writer.
//!
//! One JSON value a line, in one byte form: a head, then rows, tombstones and
//! cards, each in order of key, then the manifest. Bytes are base64url without
//! padding. The manifest's digest is over all lines before it; its check value
//! is keyed by the master key.
//!
//! ```text
//! {"dump":{"check":"…","format":1}}
//! {"row":["2026-Q4","key, 16 bytes","sealed, fixed width"]}
//! {"tombstone":["2026-Q4","key, 16 bytes"]}
//! {"card":["verifier, 32 bytes","2027-Q1"]}
//! {"end":{"cards":1,"check":"…","rows":1,"sha256":"…","tombstones":1}}
//! ```

use std::io;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::{DumpError, FORMAT};
use crate::crypto::MasterKey;
use crate::crypto::digest::{Digest, Hasher};
use crate::domain::Period;
use crate::store::StoreEntry;

/// Text that is handed on at once, at least.
const PIECE: usize = 64 * 1024;

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum DumpLine {
    Dump(DumpHead),
    Row(Period, String, String),
    Tombstone(Period, String),
    Card(String, Period),
    End(Manifest),
}

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DumpHead {
    /// The store's check value: says whose dump it is.
    pub(super) check: String,
    pub(super) format: u32,
}

/// The last line.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) cards: u64,
    pub(super) check: String,
    pub(super) rows: u64,
    pub(super) sha256: String,
    pub(super) tombstones: u64,
}

impl Manifest {
    pub(super) fn count(&mut self, entry: &StoreEntry) {
        match entry {
            StoreEntry::Row(..) => self.rows += 1,
            StoreEntry::Tombstone(_) => self.tombstones += 1,
            StoreEntry::Card(..) => self.cards += 1,
        }
    }

    /// Completes the counts by what follows from the lines before.
    pub(super) fn seal(&mut self, master: &MasterKey, digest: &Digest) {
        self.sha256 = digest.to_string();
        self.check = text(&master.dump_check(digest));
    }
}

pub(super) fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// Writes a dump.
pub(in crate::period) struct DumpWriter<'a> {
    master: &'a MasterKey,
    sink: &'a mut dyn FnMut(&str) -> io::Result<()>,
    piece: String,
    manifest: Manifest,
    before: Hasher,
    all: Hasher,
}

impl<'a> DumpWriter<'a> {
    pub(in crate::period) fn begin(
        master: &'a MasterKey,
        sink: &'a mut dyn FnMut(&str) -> io::Result<()>,
    ) -> Result<Self, DumpError> {
        let (manifest, before, all) = (Manifest::default(), Hasher::default(), Hasher::default());
        let mut writer = Self { master, sink, piece: String::new(), manifest, before, all };
        writer.line(&DumpLine::Dump(DumpHead { check: text(&master.store_check()), format: FORMAT }))?;
        Ok(writer)
    }

    pub(in crate::period) fn entry(&mut self, entry: &StoreEntry) -> Result<(), DumpError> {
        self.manifest.count(entry);
        self.line(&match entry {
            StoreEntry::Row(slot, sealed) => DumpLine::Row(slot.period, text(&slot.key.0), text(sealed.as_slice())),
            StoreEntry::Tombstone(slot) => DumpLine::Tombstone(slot.period, text(&slot.key.0)),
            StoreEntry::Card(verifier, until) => DumpLine::Card(text(&verifier.0), *until),
        })
    }

    pub(in crate::period) fn end(mut self) -> Result<Digest, DumpError> {
        self.hand_on()?;
        let digest = std::mem::take(&mut self.before).finish();
        let mut manifest = std::mem::take(&mut self.manifest);
        manifest.seal(self.master, &digest);
        self.line(&DumpLine::End(manifest))?;
        self.hand_on()?;
        Ok(self.all.finish())
    }

    fn line(&mut self, line: &DumpLine) -> Result<(), DumpError> {
        self.piece += &serde_json::to_string(line).map_err(io::Error::other)?;
        self.piece.push('\n');
        if self.piece.len() >= PIECE { self.hand_on() } else { Ok(()) }
    }

    fn hand_on(&mut self) -> Result<(), DumpError> {
        self.before.update(self.piece.as_bytes());
        self.all.update(self.piece.as_bytes());
        (self.sink)(&self.piece)?;
        self.piece.clear();
        Ok(())
    }
}
