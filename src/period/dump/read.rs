//! The reader of a dump.
//!
//! Guarantee: it gives an entry only from a line that the writer makes byte
//! for byte; that all of them belong together is known at the end only, so
//! the caller keeps nothing before [`Reader::next`] answers `None`.

use std::io::{BufRead, Read};

use data_encoding::BASE64URL_NOPAD;

use super::line::{DumpLine, Manifest, text};
use super::{DumpError, FORMAT};
use crate::crypto::MasterKey;
use crate::crypto::digest::Hasher;
use crate::crypto::pseudonym::Verifier;
use crate::domain::RowKey;
use crate::store::{Slot, StoreEntry};

/// No line is longer.
const LONGEST: u64 = 1024;

/// Reads a dump.
pub(in crate::period) struct Reader<'a> {
    dump: &'a mut dyn BufRead,
    master: &'a MasterKey,
    /// Of all lines before the last one read.
    hasher: Hasher,
    last: Vec<u8>,
    found: Manifest,
    number: u64,
}

impl<'a> Reader<'a> {
    /// Reads the first line.
    pub(in crate::period) fn begin(dump: &'a mut dyn BufRead, master: &'a MasterKey) -> Result<Self, DumpError> {
        let mut reader =
            Self { dump, master, hasher: Hasher::default(), last: Vec::new(), found: Manifest::default(), number: 0 };
        match reader.line() {
            Ok(DumpLine::Dump(head)) if head.format > FORMAT => Err(DumpError::Newer(head.format)),
            Ok(DumpLine::Dump(head)) if head.format != FORMAT => Err(DumpError::Foreign),
            Ok(DumpLine::Dump(head)) if head.check != text(&master.store_check()) => Err(DumpError::OtherKey),
            Ok(DumpLine::Dump(_)) => Ok(reader),
            Err(DumpError::Io(error)) if error.kind() != std::io::ErrorKind::InvalidData => Err(error.into()),
            _ => Err(DumpError::Foreign),
        }
    }

    /// The next entry; `None` at a good end.
    pub(in crate::period) fn next(&mut self) -> Result<Option<StoreEntry>, DumpError> {
        let odd = "has bytes of another width than peertally writes";
        let entry = match self.line()? {
            DumpLine::Dump(_) => return Err(self.changed("is a second head")),
            DumpLine::End(manifest) => {
                let before = std::mem::take(&mut self.hasher).finish();
                self.found.seal(self.master, &before);
                return self.end(&manifest).map(|()| None);
            }
            DumpLine::Row(period, key, sealed) => {
                let key = bytes(&key).ok_or_else(|| self.changed(odd))?;
                let sealed = bytes(&sealed).ok_or_else(|| self.changed(odd))?;
                StoreEntry::Row(Slot { period, key: RowKey(key) }, Box::new(sealed))
            }
            DumpLine::Tombstone(period, key) => {
                let key = bytes(&key).ok_or_else(|| self.changed(odd))?;
                StoreEntry::Tombstone(Slot { period, key: RowKey(key) })
            }
            DumpLine::Card(verifier, until) => {
                StoreEntry::Card(Verifier(bytes(&verifier).ok_or_else(|| self.changed(odd))?), until)
            }
        };
        self.found.count(&entry);
        Ok(Some(entry))
    }

    /// Names the line that was read last.
    pub(in crate::period) fn changed(&self, what: &'static str) -> DumpError {
        DumpError::Changed(self.number, what)
    }

    fn end(&mut self, manifest: &Manifest) -> Result<(), DumpError> {
        let (found, said) = (&self.found, manifest);
        if (found.rows, found.tombstones, found.cards) != (said.rows, said.tombstones, said.cards) {
            return Err(self.changed("names other numbers than there are lines"));
        }
        if found.sha256 != said.sha256 {
            return Err(self.changed("has another digest than the lines before it"));
        }
        if found.check != said.check {
            return Err(self.changed("has another check value than this master.key gives"));
        }
        if !self.dump.fill_buf()?.is_empty() {
            return Err(self.changed("should be the last one, and more follows"));
        }
        Ok(())
    }

    fn line(&mut self) -> Result<DumpLine, DumpError> {
        let mut bytes = Vec::new();
        (&mut *self.dump).take(LONGEST).read_until(b'\n', &mut bytes)?;
        if bytes.len() as u64 == LONGEST {
            return Err(DumpError::Changed(self.number + 1, "is longer than any that peertally writes"));
        }
        let Some(line) = bytes.strip_suffix(b"\n") else {
            return Err(DumpError::Cut(self.number));
        };
        self.number += 1;
        self.hasher.update(&self.last);
        let parsed: DumpLine = serde_json::from_slice(line).map_err(|_| self.changed("is not one of a dump"))?;
        if serde_json::to_vec(&parsed).ok().as_deref() != Some(line) {
            return Err(self.changed("is not in the form that peertally writes"));
        }
        self.last = bytes;
        Ok(parsed)
    }
}

/// Exactly `N` bytes, in their one text form.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok()
}
