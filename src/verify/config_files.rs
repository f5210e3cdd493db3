//! The programme and policy files that the log names.
//!
//! Guarantee: each is there, has the digest that is its name, and is a valid
//! file for this version of the program.
//! Non-guarantee: a file of another version may be refused here and yet have
//! been right then; the finding says which version reads it.

use std::collections::BTreeMap;

use super::files::PublicFiles;
use super::report::{Changed, Check, Findings, counted};
use super::tree::need;
use crate::crypto::digest::{Digest, sha256};
use crate::domain::printable::start;
use crate::log::{Entry, Event};
use crate::policy::{Policy, Programme};

/// Longest programme or policy file.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// The programme files that could be read.
#[derive(Default)]
pub(super) struct Adopted {
    programmes: BTreeMap<Digest, Programme>,
}

impl Adopted {
    /// A programme by its digest.
    pub(super) fn programme(&self, digest: &Digest) -> Option<&Programme> {
        self.programmes.get(digest)
    }
}

/// Reads every file that an entry names.
pub(super) fn read(files: &dyn PublicFiles, entries: &[(u64, Entry)], notes: &mut Findings) -> Adopted {
    let mut adopted = Adopted::default();
    let mut seen: BTreeMap<(&'static str, Digest), ()> = BTreeMap::new();
    for (index, entry) in entries {
        let (what, digest) = match &entry.event {
            Event::ProgrammeAdopted { digest } => ("programme", *digest),
            Event::PolicyAdopted { digest } => ("policy", *digest),
            _ => continue,
        };
        let change = Changed { entry: *index, date: entry.date.to_string(), what, digest: digest.to_string() };
        notes.changes.push(change);
        if seen.insert((what, digest), ()).is_none() {
            one(files, what, digest, &mut adopted, notes);
        }
    }
    notes.looked(Check::Adopted, counted(seen.len(), "file", "files"));
    adopted
}

fn one(files: &dyn PublicFiles, what: &'static str, digest: Digest, adopted: &mut Adopted, notes: &mut Findings) {
    let path = format!("{what}/{digest}.toml");
    let Some(bytes) = need(files, Check::Adopted, &path, MAX_FILE, notes) else { return };
    if sha256(&bytes) != digest {
        let advice = "fetch it again; if it stays so, ask the operator for the file with this digest";
        return notes.found(Check::Adopted, &path, "its SHA-256 is not its name: it was changed", advice);
    }
    let text = String::from_utf8_lossy(&bytes);
    let read = match what {
        "programme" => Programme::parse(&text, &path).map(|programme| {
            adopted.programmes.insert(digest, programme);
        }),
        _ => Policy::parse(&text, &path).map(|_| ()),
    };
    if let Err(error) = read {
        let wrong = format!("it was logged and is not a valid {what} file: {}", start(&error.to_string(), 300));
        let advice = "if another version of peertally wrote it, check with that version; else ask the operator";
        notes.found(Check::Adopted, &path, &wrong, advice);
    }
}
