//! A bundle: everything public in one file, with a proof for each release.
//!
//! Guarantee: a ZIP with stored entries in one order, without times, so that
//! the same files give the same bytes; reading rebuilds those bytes and
//! compares, so every byte of the container is bound.
//! Non-guarantee: a copy of one moment; the log goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::error::VerifyError;
use super::files::{MemoryFiles, PublicFiles};
use super::releases::first;
use super::replay::History;
use super::report::{Check, Findings, counted};
use super::tree::LogTree;
use super::{LOG_KEY, proof, proof_file};
use crate::crypto::sign::LogVerifierKey;
use crate::domain::printable::start;
use crate::log::{CHECKPOINT, Event, LogSource, PublicLog};

/// Largest bundle, in bytes.
pub const BUNDLE_LIMIT: u64 = 256 * 1024 * 1024;
/// Most files in it.
pub const MEMBERS_LIMIT: usize = 50_000;
/// Longest name in it.
const MAX_NAME: usize = 300;
const PUBLIC: &str = "public/";
const PROOFS: &str = "proofs/";
const FETCH: &str = "fetch the bundle again, or make one with `peertally audit bundle`";

/// A bundle that was read, or is about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    public: MemoryFiles,
    proofs: BTreeMap<String, Vec<u8>>,
    /// Names that are neither.
    others: Vec<String>,
    canonical: bool,
}

impl Bundle {
    /// Reads a bundle. That its bytes are the canonical ones is a check, not a condition.
    ///
    /// # Errors
    /// If the bytes are no container of stored files, or too large.
    pub fn read(bytes: &[u8]) -> Result<Self, VerifyError> {
        let refuse = |why: String| VerifyError::Bundle(start(&why, 200));
        if bytes.len() as u64 > BUNDLE_LIMIT {
            return Err(VerifyError::Large("the bundle".to_owned(), BUNDLE_LIMIT));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| refuse(e.to_string()))?;
        if archive.len() > MEMBERS_LIMIT {
            return Err(refuse(format!("it holds more than {MEMBERS_LIMIT} files")));
        }
        let mut bundle =
            Self { public: MemoryFiles::default(), proofs: BTreeMap::new(), others: Vec::new(), canonical: false };
        let mut left = bytes.len() as u64;
        for number in 0..archive.len() {
            let mut member = archive.by_index(number).map_err(|e| refuse(e.to_string()))?;
            let name = member.name().map_err(|e| refuse(e.to_string()))?.into_owned();
            if member.compression() != CompressionMethod::Stored || member.is_dir() || name.len() > MAX_NAME {
                return Err(refuse(format!("`{name}` is not a stored file")));
            }
            // Stored files are parts of the bytes, so all together are no longer; entries that overlap could be.
            let mut content = Vec::new();
            member
                .by_ref()
                .take(left.saturating_add(1))
                .read_to_end(&mut content)
                .map_err(|e| refuse(format!("`{name}`: {e}")))?;
            left = left.checked_sub(content.len() as u64).ok_or_else(|| refuse("its files overlap".to_owned()))?;
            if let Some(path) = name.strip_prefix(PUBLIC) {
                bundle.public.0.insert(path.to_owned(), content);
            } else if let Some(path) = name.strip_prefix(PROOFS) {
                bundle.proofs.insert(path.to_owned(), content);
            } else {
                bundle.others.push(name);
            }
        }
        bundle.canonical = bundle.others.is_empty() && bundle.to_bytes().is_ok_and(|own| own == bytes);
        Ok(bundle)
    }

    /// Makes a bundle of public files, which must be one whole and verified state.
    ///
    /// # Errors
    /// If the log in them does not verify with their own key.
    pub fn make(public: MemoryFiles) -> Result<Self, VerifyError> {
        let missing = |name: &str| VerifyError::Moving(format!("`{name}` is missing or no key"));
        let text = public.0.get(LOG_KEY).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let key: Option<LogVerifierKey> = text.and_then(|text| text.strip_suffix('\n')?.parse().ok());
        let log = PublicLog::read(&LogOf(&public), &key.ok_or_else(|| missing(LOG_KEY))?)?;
        let mut proofs = BTreeMap::new();
        for (index, entry) in (0..).zip(log.entries()) {
            let Event::ReleasePublished { period, .. } = entry.event else { continue };
            if !public.0.contains_key(&format!("releases/{period}.json")) {
                return Err(missing(&format!("releases/{period}.json")));
            }
            if let Some(proof) = log.inclusion_proof(index) {
                proofs.insert(format!("{period}.json"), proof_file(period, entry, &proof)?);
            }
        }
        Ok(Self { public, proofs, others: Vec::new(), canonical: true })
    }

    /// The public files.
    #[must_use]
    pub fn files(&self) -> &MemoryFiles {
        &self.public
    }

    /// The file's bytes: the same files always give the same.
    ///
    /// # Errors
    /// If a file is too large for the container.
    pub fn to_bytes(&self) -> Result<Vec<u8>, VerifyError> {
        let failed = |e: &dyn std::fmt::Display| VerifyError::Container(e.to_string());
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default());
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let public = self.public.0.iter().map(|(name, bytes)| (format!("{PUBLIC}{name}"), bytes));
        let proofs = self.proofs.iter().map(|(name, bytes)| (format!("{PROOFS}{name}"), bytes));
        for (name, bytes) in public.chain(proofs) {
            writer.start_file(name, options).map_err(|e| failed(&e))?;
            writer.write_all(bytes).map_err(|e| failed(&e))?;
        }
        Ok(writer.finish().map_err(|e| failed(&e))?.into_inner())
    }

    /// The container and the proofs, against the log in it.
    pub(super) fn check(&self, tree: &LogTree, story: &History, notes: &mut Findings) {
        let mut found = |at: &str, wrong: &str| notes.found(Check::Bundle, at, wrong, FETCH);
        for name in &self.others {
            found(name, "it is neither below public/ nor below proofs/");
        }
        if !self.canonical {
            found(
                "the container",
                "its bytes are not the one form that its files give: something was changed or added",
            );
        }
        let mut expected = BTreeSet::new();
        for (period, published) in first(&story.published) {
            let name = format!("{period}.json");
            let at = tree.entries.binary_search_by_key(&published.entry, |(index, _)| *index).ok();
            let entry = at.and_then(|at| tree.entries.get(at));
            let right = entry.zip(self.proofs.get(&name)).is_some_and(|((index, entry), file)| {
                proof::holds(file, period, entry, *index, tree.checkpoint.size, &tree.checkpoint.root)
            });
            if !right {
                found(&format!("{PROOFS}{name}"), "the proof is missing or does not lead to the root of this log");
            }
            expected.insert(name);
        }
        for name in self.proofs.keys().filter(|name| !expected.contains(*name)) {
            found(&format!("{PROOFS}{name}"), "a proof of a release that the log does not name");
        }
        let (files, proofs) = (self.public.0.len(), self.proofs.len());
        notes.looked(
            Check::Bundle,
            format!("{}, {}", counted(files, "public file", "public files"), counted(proofs, "proof", "proofs")),
        );
    }
}

/// The log inside the public files.
struct LogOf<'a>(&'a MemoryFiles);

impl LogSource for LogOf<'_> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(self.0.0.get(&format!("log/{path}")).cloned())
    }
}

impl MemoryFiles {
    /// Copies everything from a source that can be listed, if its checkpoint stays the same meanwhile.
    ///
    /// # Errors
    /// [`VerifyError::Moving`] if it does not, or if a file cannot be read.
    pub fn copy(files: &dyn PublicFiles) -> Result<Self, VerifyError> {
        let moving = |why: &str| VerifyError::Moving(start(why, 200));
        let head = format!("log/{CHECKPOINT}");
        let before = files.read(&head, BUNDLE_LIMIT).map_err(|e| moving(&e))?;
        let listed = files.list().map_err(|e| moving(&e))?.unwrap_or_default();
        let (mut kept, mut left) = (Self::default(), BUNDLE_LIMIT);
        for path in listed {
            if path.ends_with(".tmp") {
                return Err(moving(&format!("`{path}` is being written, or was left by a write that was cut short")));
            }
            let bytes = files.read(&path, left).map_err(|e| moving(&format!("{path}: {e}")))?;
            let bytes = bytes.ok_or_else(|| moving(&format!("`{path}` went away")))?;
            left = left.saturating_sub(bytes.len() as u64);
            kept.0.insert(path, bytes);
        }
        if before.is_none() || kept.0.get(&head) != before.as_ref() || files.read(&head, BUNDLE_LIMIT) != Ok(before) {
            return Err(moving("the log grew meanwhile"));
        }
        Ok(kept)
    }
}
