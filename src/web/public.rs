//! Serves `DATA/public` byte for byte.
//!
//! Guarantee: only plain files below that folder, by names this program
//! writes; no links are followed; answers carry no time of the file.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::crypto::digest::{Digest, sha256};
use crate::domain::Period;
use crate::log::CHECKPOINT;

/// Largest public file that is served.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The public folder.
pub(super) struct PublicTree(PathBuf);

/// A file that was found.
pub(super) struct PublicFile {
    pub(super) bytes: Vec<u8>,
    pub(super) content_type: &'static str,
    /// Whether it can never change: a full tile, or a file named by its digest.
    pub(super) fixed: bool,
}

impl PublicFile {
    /// Strong entity tag.
    pub(super) fn etag(bytes: &[u8]) -> String {
        format!("\"{}\"", sha256(bytes))
    }
}

impl PublicTree {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// A path below the folder; the caller knows the name.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Reads a file asked for from outside.
    pub(super) fn read(&self, path: &str) -> Option<PublicFile> {
        let mut at = self.0.clone();
        for part in path.split('/') {
            at.push(Some(part).filter(|part| is_name(part))?);
            if std::fs::symlink_metadata(&at).ok()?.file_type().is_symlink() {
                return None;
            }
        }
        let bytes = read_file(&at)?;
        let (content_type, fixed) = kind(path);
        Some(PublicFile { bytes, content_type, fixed })
    }

    /// Changes with the log and with the file of each release.
    pub(super) fn state(&self) -> Digest {
        let mut all: Vec<_> =
            self.releases().filter_map(|entry| Some((entry.file_name(), entry.metadata().ok()?))).collect();
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        let files = all.iter().map(|(name, of)| format!("{name:?} {} {:?}\n", of.len(), of.modified().ok()));
        let checkpoint = self.read(&format!("log/{CHECKPOINT}")).map(|found| found.bytes).unwrap_or_default();
        sha256(&[checkpoint, files.collect::<String>().into_bytes()].concat())
    }

    /// Whether a period has a release here; reading it may still fail.
    pub(super) fn is_released(&self, period: Period) -> bool {
        self.0.join(format!("releases/{period}.json")).is_file()
    }

    fn releases(&self) -> impl Iterator<Item = std::fs::DirEntry> {
        std::fs::read_dir(self.0.join("releases")).into_iter().flatten().flatten()
    }

    /// Names of the released periods' files, without `.json`.
    pub(super) fn released(&self) -> Vec<String> {
        self.releases()
            .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".json")?.to_owned()))
            .collect()
    }
}

fn read_file(path: &Path) -> Option<Vec<u8>> {
    let file = std::fs::File::open(path).ok()?;
    let length = file.metadata().ok().filter(std::fs::Metadata::is_file)?.len();
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes).filter(|_| length <= LARGEST)
}

/// A part of a path that this program would write.
fn is_name(part: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    !part.is_empty() && !part.starts_with('.') && !part.ends_with(".tmp") && part.bytes().all(allowed)
}

fn kind(path: &str) -> (&'static str, bool) {
    let by_digest = path.starts_with("programme/") || path.starts_with("policy/");
    match path {
        _ if path.starts_with("log/tile/") => ("application/octet-stream", !path.contains(".p/")),
        _ if path.starts_with("log/") || path.ends_with(".txt") => ("text/plain; charset=utf-8", false),
        _ if path.ends_with(".json") => ("application/json", false),
        _ if path.ends_with(".toml") => ("application/toml", by_digest),
        _ => ("application/octet-stream", false),
    }
}
