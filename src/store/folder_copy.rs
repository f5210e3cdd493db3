//! A copy of the store's files while it is opened, so that damage can be looked at.
//!
//! Guarantee: after a failed opening the folder holds the bytes it held before.
//! After a good one the copy is gone before anything is written, and a copy
//! that a crash left behind is never put back: rows may have come since.
//! The store's folder is locked by the caller, so nobody else is here.
//! Non-guarantee: the copy needs as much room as the store, for a moment.

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Copies of the files of a store's folder, beside it.
pub(super) struct FolderCopy(PathBuf);

impl FolderCopy {
    /// Copies them.
    pub(super) fn of(folder: &Path) -> io::Result<Self> {
        let kept = Self(folder.with_extension("opening"));
        kept.remove()?;
        fs::DirBuilder::new().mode(0o700).create(&kept.0)?;
        for (name, path) in files(folder)? {
            if let Err(error) = fs::copy(path, kept.0.join(name)) {
                kept.remove()?;
                return Err(error);
            }
        }
        Ok(kept)
    }

    /// Puts them back, in place of what is there.
    pub(super) fn put_back(&self, folder: &Path) -> io::Result<()> {
        let kept = files(&self.0)?;
        for (_, path) in files(folder)? {
            fs::remove_file(path)?;
        }
        for (name, path) in kept {
            fs::rename(path, folder.join(name))?;
        }
        self.remove()
    }

    /// Where they lie.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Removes them.
    pub(super) fn forget(&self) -> io::Result<()> {
        self.remove()
    }

    fn remove(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Names and paths of the plain files in a folder; none where there is no folder.
fn files(folder: &Path) -> io::Result<Vec<(std::ffi::OsString, PathBuf)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            files.push((entry.file_name(), entry.path()));
        }
    }
    Ok(files)
}
