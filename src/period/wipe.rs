//! The end of a data folder: secrets first, then the store, then the rest.
//!
//! Guarantee: keys are overwritten, unlinked and synced before anything else
//! goes; the file `format` goes last, so an interrupted wipe can be run again;
//! links are removed and not followed.
//! Non-guarantee: flash storage, copying file systems, snapshots and backups
//! keep what they keep. The log ends without a word about it.

use std::fs;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use super::paths::{DataPaths, FolderError};
use crate::durable::{self, DurableError};
use crate::store::{StoreError, hold};

/// Why a folder is not wiped, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum WipeError {
    /// It is in use.
    #[error("a service is running on {0}: stop it first. Nothing was changed")]
    Running(String),
    /// It is not ours.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// Another process has the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key could not be destroyed.
    #[error("not everything is destroyed: {0}. Then run `wipe` again")]
    Durable(#[from] DurableError),
    /// Something else could not be removed.
    #[error("{0} could not be removed ({1}): remove the cause, then run `wipe` again")]
    Left(String, std::io::Error),
}

/// Whether this is a data folder that may be wiped now. One that others can open may, all the more.
///
/// # Errors
/// [`WipeError::Folder`], [`WipeError::Running`].
pub fn check(folder: &DataPaths) -> Result<(), WipeError> {
    match folder.check() {
        Ok(()) | Err(FolderError::TooOpen(_)) => {}
        Err(error) => return Err(error.into()),
    }
    if UnixStream::connect(folder.socket()).is_ok() {
        return Err(WipeError::Running(folder.path().display().to_string()));
    }
    Ok(())
}

/// Wipes; answers the links that were removed.
///
/// # Errors
/// What could not be destroyed or removed. Run it again once the cause is gone.
pub fn wipe(folder: &DataPaths, public_too: bool) -> Result<Vec<String>, WipeError> {
    check(folder)?;
    let store = folder.store();
    let _hold = if store.is_dir() { Some(hold(&store)?) } else { None };
    let mut links = Vec::new();
    // A restore that was cut short may have left keys beside it.
    clear(&folder.restoring())?;
    let keys = folder.path().join("keys");
    destroy(&keys.join("periods"), &mut links)?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("wiped-period");
    destroy(&keys, &mut links)?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("wiped-secrets");
    for part in ["store", "store.opening", "store.loading", "store.before"] {
        remove(&folder.path().join(part))?;
    }
    durable::sync_dir(folder.path())?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("wiped-store");
    for (name, path) in entries(folder.path())? {
        if name != "format" && (name != "public" || public_too) {
            remove(&path)?;
        }
    }
    if public_too {
        // Until then it holds off an old copy; it says nothing that public/ does not.
        durable::remove(&folder.witness())?;
    }
    durable::sync_dir(folder.path())?;
    durable::remove(&folder.path().join("format"))?;
    Ok(durable::remove_empty_dir(folder.path()).map(|()| links)?)
}

/// Removes what a restore that was cut short has left: keys first, as in a wipe.
pub(super) fn clear(folder: &Path) -> Result<(), WipeError> {
    let keys = folder.join("keys");
    destroy(&keys.join("periods"), &mut Vec::new())?;
    destroy(&keys, &mut Vec::new())?;
    remove(folder)
}

/// Overwrites and removes every file in a folder of secrets, then the folder. Folders in it must be empty.
fn destroy(folder: &Path, links: &mut Vec<String>) -> Result<(), WipeError> {
    for (name, path) in entries(folder)? {
        let kind = fs::symlink_metadata(&path).map_err(|error| left(&path, error))?.file_type();
        if kind.is_symlink() {
            links.push(path.display().to_string());
            durable::remove(&path)?;
        } else if kind.is_dir() {
            if name != "periods" {
                destroy(&path, links)?;
            }
        } else {
            durable::overwrite_and_remove(&path)?;
        }
    }
    durable::remove_empty_dir(folder)?;
    Ok(())
}

/// Names and paths in a folder, in order; none where there is no folder.
fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>, WipeError> {
    let found = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        found => found.and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|error| left(folder, error))?,
    };
    let mut found: Vec<_> =
        found.into_iter().map(|e| (e.file_name().to_string_lossy().into_owned(), e.path())).collect();
    found.sort();
    Ok(found)
}

fn remove(path: &Path) -> Result<(), WipeError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(seen) if seen.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(left(path, error)),
        _ => Ok(()),
    }
}

fn left(path: &Path, error: std::io::Error) -> WipeError {
    WipeError::Left(path.display().to_string(), error)
}
