//! Where public files come from.
//!
//! Guarantee: reading changes nothing; a file longer than its limit is refused,
//! not cut; links and special files are never opened. Paths are given by the
//! checks, or come from a listing.
//! Non-guarantee: a folder that changes while it is read may show a mixture;
//! `run` notices that by the checkpoint.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::PathBuf;

/// Most files that are listed.
const MAX_FILES: usize = 200_000;

/// Public files, by their path below `public/`.
pub trait PublicFiles {
    /// The bytes of a file of at most `most` bytes; `None` if there is none.
    ///
    /// # Errors
    /// What the system or the transport said.
    fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, String>;

    /// Every path there is; `None` where the source cannot be listed.
    ///
    /// # Errors
    /// What the system said.
    fn list(&self) -> Result<Option<Vec<String>>, String>;
}

/// A folder, such as `DATA/public`.
#[derive(Clone, Debug)]
pub struct PublicFolder(pub PathBuf);

impl PublicFiles for PublicFolder {
    fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, String> {
        let path = self.0.join(path);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() => {}
            Ok(_) => return Err("it is not a plain file".to_owned()),
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
            Err(e) => return Err(e.to_string()),
        }
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(|e| e.to_string())?;
        let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
        if read as u64 > most { Err(too_long(most)) } else { Ok(Some(bytes)) }
    }

    fn list(&self) -> Result<Option<Vec<String>>, String> {
        let (mut all, mut folders) = (Vec::new(), vec![String::new()]);
        while let Some(inside) = folders.pop() {
            for item in fs::read_dir(self.0.join(&inside)).map_err(|e| e.to_string())? {
                let item = item.map_err(|e| e.to_string())?;
                let name = item.file_name().to_string_lossy().into_owned();
                let path = if inside.is_empty() { name } else { format!("{inside}/{name}") };
                let folder = item.file_type().map_err(|e| e.to_string())?.is_dir();
                if folder { folders.push(path) } else { all.push(path) }
            }
            if all.len() + folders.len() > MAX_FILES {
                return Err(format!("it holds more than {MAX_FILES} files, the limit"));
            }
        }
        all.sort();
        Ok(Some(all))
    }
}

/// Files kept in memory: of a bundle, or copied from a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryFiles(pub BTreeMap<String, Vec<u8>>);

impl PublicFiles for MemoryFiles {
    fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, String> {
        match self.0.get(path) {
            Some(bytes) if bytes.len() as u64 > most => Err(too_long(most)),
            found => Ok(found.cloned()),
        }
    }

    fn list(&self) -> Result<Option<Vec<String>>, String> {
        Ok(Some(self.0.keys().cloned().collect()))
    }
}

/// The refusal of a long file.
pub(super) fn too_long(most: u64) -> String {
    format!("it is longer than {most} bytes, the limit")
}
