//! Puts a freshly written store in the place of the old one.
//!
//! Guarantee: whenever the power goes, the next opening finds one whole store:
//! the old one until the swap is begun, and from then on one of two with the
//! same entries. Nothing is written to either in between.
//! Non-guarantee: flash storage may keep the unlinked file's blocks.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

fn beside(folder: &Path, what: &str) -> PathBuf {
    folder.with_extension(what)
}

/// An empty folder beside the store, for the new one.
pub(super) fn fresh(folder: &Path) -> io::Result<PathBuf> {
    let fresh = beside(folder, "fresh");
    remove(&fresh)?;
    fs::DirBuilder::new().mode(0o700).create(&fresh)?;
    Ok(fresh)
}

/// Swaps the closed stores and unlinks the old one.
pub(super) fn swap(folder: &Path) -> io::Result<()> {
    let (fresh, old) = (beside(folder, "fresh"), beside(folder, "old"));
    sync(&fresh)?;
    remove(&old)?;
    fs::rename(folder, &old)?;
    fs::rename(&fresh, folder)?;
    sync(parent(folder))?;
    remove(&old)?;
    sync(parent(folder))
}

/// Finishes or undoes a swap that was cut short.
pub(super) fn recover(folder: &Path) -> io::Result<()> {
    let (fresh, old) = (beside(folder, "fresh"), beside(folder, "old"));
    if !folder.exists() && old.exists() {
        fs::rename(&old, folder)?;
        sync(parent(folder))?;
    }
    remove(&fresh)?;
    remove(&old)
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn parent(folder: &Path) -> &Path {
    folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A crash after each step of a swap leaves a store of the same entries in its place.
    #[test]
    fn a_swap_cut_short_is_undone_or_finished() {
        for steps in 0..4 {
            let place = tempfile::tempdir().unwrap();
            let folder = place.path().join("store");
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("db"), "old").unwrap();
            fs::write(fresh(&folder).unwrap().join("db"), "new").unwrap();
            if steps > 0 {
                fs::rename(&folder, beside(&folder, "old")).unwrap();
            }
            if steps > 1 {
                fs::rename(beside(&folder, "fresh"), &folder).unwrap();
            }
            if steps > 2 {
                remove(&beside(&folder, "old")).unwrap();
            }
            recover(&folder).unwrap();
            let found = fs::read_to_string(folder.join("db")).unwrap();
            assert_eq!(found, if steps > 1 { "new" } else { "old" }, "{steps}");
            assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
        }
    }
}
