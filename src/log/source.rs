//! Where a log's files come from, and which files lie in its folder.
//!
//! Guarantee: reading never changes anything; a file that the checkpoint does
//! not ask for is named, either as a leftover of this program or as unknown.
//! Non-guarantee: contents are checked in `read`, not here.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::durable::TEMPORARY;

use super::CHECKPOINT;
use super::error::LogError;
use super::tile::{MAX_ENTRY, TILE_WIDTH, Tile};

/// Longest file that is read, in bytes: a full bundle of the longest entries.
const MAX_FILE: u64 = TILE_WIDTH * (MAX_ENTRY as u64 + 2);

/// Something that holds a log's files: a folder, a bundle, a web address.
pub trait LogSource {
    /// The bytes of a file, by its path inside the log; `None` if there is no such file.
    ///
    /// # Errors
    /// What the system or the transport said.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String>;
}

/// A log's folder, such as `DATA/public/log`.
#[derive(Clone, Debug)]
pub struct DirSource(pub PathBuf);

impl LogSource for DirSource {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let file = match File::open(self.0.join(path)) {
            Ok(file) => file,
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
            Err(e) => return Err(e.to_string()),
        };
        let mut bytes = Vec::new();
        let read = file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
        if read as u64 > MAX_FILE { Err(format!("it is longer than {MAX_FILE} bytes")) } else { Ok(Some(bytes)) }
    }
}

/// Files in a log's folder that its checkpoint does not ask for; paths inside the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogSurvey {
    /// What an interrupted append leaves: temporary files, and tiles of another size.
    pub leftover: Vec<String>,
    /// Empty folders of superseded tiles.
    pub empty: Vec<String>,
    /// Everything else. A finding: nothing of this program has such a name.
    pub unknown: Vec<String>,
}

/// Looks for files that a log of `size` entries does not ask for.
///
/// # Errors
/// [`LogError::Unreadable`].
pub fn survey(folder: &Path, size: u64) -> Result<LogSurvey, LogError> {
    let expected: BTreeSet<String> = Tile::all(size).iter().map(Tile::path).collect();
    let mut found = LogSurvey::default();
    let mut folders = vec![String::new()];
    while let Some(inside) = folders.pop() {
        let unreadable = |e: io::Error| LogError::Unreadable { path: inside.clone(), reason: e.to_string() };
        let mut empty = true;
        for item in fs::read_dir(folder.join(&inside)).map_err(unreadable)? {
            let item = item.map_err(unreadable)?;
            empty = false;
            // A name that is not text cannot be ours; its replacement does not parse either.
            let name = item.file_name().to_string_lossy().into_owned();
            let path = if inside.is_empty() { name } else { format!("{inside}/{name}") };
            if item.file_type().map_err(unreadable)?.is_dir() {
                folders.push(path);
            } else if path == CHECKPOINT || expected.contains(&path) {
            } else if is_ours(&path) {
                found.leftover.push(path);
            } else {
                found.unknown.push(path);
            }
        }
        if empty && inside.ends_with(".p") {
            found.empty.push(inside);
        }
    }
    found.leftover.sort();
    found.unknown.sort();
    Ok(found)
}

fn is_ours(path: &str) -> bool {
    match path.strip_suffix(TEMPORARY) {
        Some(path) => path == CHECKPOINT || Tile::parse(path).is_some(),
        None => Tile::parse(path).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strange_files_are_told_from_leftovers() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "checkpoint",
            "checkpoint.tmp",
            "notes.txt",
            "tile/0/000.p/5",
            "tile/0/000.p/4",
            "tile/0/000.p/6.tmp",
            "tile/0/000.p/05",
            "tile/entries/000.p/5",
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        fs::create_dir_all(folder.path().join("tile/0/001.p")).unwrap();
        let found = survey(folder.path(), 5).unwrap();
        assert_eq!(found.leftover, ["checkpoint.tmp", "tile/0/000.p/4", "tile/0/000.p/6.tmp"]);
        assert_eq!(found.unknown, ["notes.txt", "tile/0/000.p/05"]);
        assert_eq!(found.empty, ["tile/0/001.p"]);
    }

    #[test]
    fn a_missing_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("tile"), "").unwrap();
        let source = DirSource(folder.path().to_owned());
        assert_eq!(source.read("checkpoint"), Ok(None));
        assert_eq!(source.read("tile/0/000"), Ok(None));
        assert!(DirSource(folder.path().to_owned()).read("").is_err());
    }
}
