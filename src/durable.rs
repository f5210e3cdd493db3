//! Files that are on the disk when a call returns.
//!
//! Guarantee: a file written here is either the old one or the new one, whole,
//! whatever happens; after `Ok` it survives a power cut, as far as the disk
//! keeps what it confirmed. Steps: temporary file beside it, mode, write,
//! fsync, rename, fsync of the folder.
//! Non-guarantee: one writer per path is assumed. Overwriting does not reach
//! old blocks that flash storage or a copying file system keeps.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Mode of files with secrets or with anything of the host.
pub const PRIVATE: u32 = 0o600;
/// Mode of files that are meant for everybody.
pub const PUBLIC: u32 = 0o644;
/// Suffix of the temporary file beside the one being written. A file of this
/// name is what an interruption left; the next write replaces it.
pub const TEMPORARY: &str = ".tmp";

/// Why something is not on the disk.
#[derive(Debug, thiserror::Error)]
pub enum DurableError {
    /// No room.
    #[error("the disk is full: {} was not written and nothing was lost; free some space, then do the same again", .0.display())]
    DiskFull(PathBuf),
    /// [`write_new`] found a file.
    #[error("{} exists already and is kept as it is; move it away if it is not needed, then do the same again", .0.display())]
    Exists(PathBuf),
    /// The disk did not confirm. Not to be tried again in this process: the
    /// kernel may have dropped the data it could not write.
    #[error("the disk did not confirm {}: {source}; what was written last may be lost, so stop the service, check the disk, then start again", .path.display())]
    NotConfirmed {
        /// What was to be confirmed.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// Anything else.
    #[error("could not {doing} {}: {source}; check that it is on a working disk and that this user may write there, then do the same again", .path.display())]
    Failed {
        /// The step, as a verb.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
}

/// Writes a file that must not exist yet.
///
/// # Errors
/// [`DurableError::Exists`] if it does; else as [`replace`].
pub fn write_new(path: &Path, bytes: &[u8], mode: u32) -> Result<(), DurableError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(DurableError::Exists(path.to_owned())),
        Err(e) if e.kind() == ErrorKind::NotFound => replace(path, bytes, mode),
        Err(e) => Err(failed("look for", path, e)),
    }
}

/// Writes a file, in place of an older one if there is one.
///
/// # Errors
/// Names the path, the step and what to do. The old file is whole after every
/// error except [`DurableError::NotConfirmed`], where either may be found.
pub fn replace(path: &Path, bytes: &[u8], mode: u32) -> Result<(), DurableError> {
    let temporary = temporary_path(path);
    unlink(&temporary)?;
    let written = write_temporary(&temporary, bytes, mode);
    if written.is_err() {
        // Best effort: the error to tell is the first one.
        let _ = fs::remove_file(&temporary);
    }
    written?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("temporary written");
    fs::rename(&temporary, path).map_err(|e| failed("rename a new file to", path, e))?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("replaced");
    sync_dir(parent(path))
}

/// As [`replace`], for what is too long for memory: `fill` writes the file's content.
///
/// # Errors
/// As [`replace`], or what `fill` gives; the old file is then whole.
pub fn replace_with<T, E: From<DurableError>>(
    path: &Path,
    mode: u32,
    fill: impl FnOnce(&mut File) -> Result<T, E>,
) -> Result<T, E> {
    let temporary = temporary_path(path);
    unlink(&temporary)?;
    let written = create_temporary(&temporary, mode).map_err(E::from).and_then(|mut file| {
        let value = fill(&mut file)?;
        file.sync_all().map_err(|e| not_confirmed(&temporary, e))?;
        Ok(value)
    });
    if written.is_err() {
        // Best effort: the error to tell is the first one.
        let _ = fs::remove_file(&temporary);
    }
    let value = written?;
    rename(&temporary, path)?;
    Ok(value)
}

/// Makes the data of an open file durable (`fdatasync`).
///
/// # Errors
/// [`DurableError::NotConfirmed`]; the caller must not go on.
pub fn sync_file(file: &File, path: &Path) -> Result<(), DurableError> {
    file.sync_data().map_err(|source| DurableError::NotConfirmed { path: path.to_owned(), source })
}

/// Makes the names in a folder durable.
///
/// # Errors
/// [`DurableError::NotConfirmed`]; the caller must not go on.
pub fn sync_dir(path: &Path) -> Result<(), DurableError> {
    let synced = File::open(path).and_then(|folder| folder.sync_all());
    synced.map_err(|source| DurableError::NotConfirmed { path: path.to_owned(), source })
}

/// Takes room on the disk: a private file of `bytes` zeros.
///
/// # Errors
/// [`DurableError::DiskFull`]: what was begun is removed again.
pub fn reserve(path: &Path, bytes: usize) -> Result<(), DurableError> {
    replace(path, &vec![0; bytes], PRIVATE)
}

/// Writes a private file's new content over the old one in place, so that no new room
/// is needed, and cuts it to length. Not atomic: for files that count only once renamed.
///
/// # Errors
/// [`DurableError::Failed`], [`DurableError::NotConfirmed`].
pub fn fill(path: &Path, bytes: &[u8]) -> Result<(), DurableError> {
    let mut file = OpenOptions::new().write(true).open(path).map_err(|e| failed("open", path, e))?;
    file.write_all(bytes).map_err(|e| failed("write", path, e))?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("filled in part");
    file.set_len(bytes.len() as u64).map_err(|e| failed("write", path, e))?;
    file.sync_all().map_err(|source| DurableError::NotConfirmed { path: path.to_owned(), source })
}

/// Writes bytes at a place of a file that is there, durably. Not atomic: for files with two slots.
///
/// # Errors
/// [`DurableError::Failed`], [`DurableError::NotConfirmed`].
pub fn write_at(path: &Path, at: u64, bytes: &[u8]) -> Result<(), DurableError> {
    let file = OpenOptions::new().write(true).open(path).map_err(|e| failed("open", path, e))?;
    let (first, second) = bytes.split_at(bytes.len() / 2);
    file.write_all_at(first, at).map_err(|e| failed("write", path, e))?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("slot written by half");
    file.write_all_at(second, at + first.len() as u64).map_err(|e| failed("write", path, e))?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("slot written");
    sync_file(&file, path)
}

/// Renames a file within its folder, durably.
///
/// # Errors
/// [`DurableError::Failed`], [`DurableError::NotConfirmed`].
pub fn rename(from: &Path, to: &Path) -> Result<(), DurableError> {
    fs::rename(from, to).map_err(|e| failed("rename", from, e))?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("renamed in its folder");
    sync_dir(parent(to))
}

/// Moves a private file to where everybody may read it: mode, rename, fsync of both folders.
///
/// # Errors
/// [`DurableError::Failed`], [`DurableError::NotConfirmed`].
pub fn publish(from: &Path, to: &Path) -> Result<(), DurableError> {
    fs::set_permissions(from, Permissions::from_mode(PUBLIC)).map_err(|e| failed("set the mode of", from, e))?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("made readable");
    fs::rename(from, to).map_err(|e| failed("publish", from, e))?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("moved to the public folder");
    sync_dir(parent(to))?;
    sync_dir(parent(from))
}

/// Removes a file, durably. A file that is not there is no error.
///
/// # Errors
/// Names the path and what to do.
pub fn remove(path: &Path) -> Result<(), DurableError> {
    unlink(path)?;
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("removed");
    sync_dir(parent(path))
}

/// Overwrites a file with zeros and removes it, durably; also what an
/// interrupted write left beside it. A file that is not there is no error, so
/// that an interrupted call can be made again.
///
/// Flash storage writes zeros elsewhere and may keep the old blocks, as may
/// snapshots and copying file systems: see SECURITY.md.
///
/// # Errors
/// Names the path and what to do; the file may then hold zeros or its old bytes.
pub fn overwrite_and_remove(path: &Path) -> Result<(), DurableError> {
    for path in [path, &temporary_path(path)] {
        match OpenOptions::new().write(true).open(path) {
            Ok(file) => {
                overwrite(file, path)?;
                #[cfg(feature = "test-hooks")]
                crate::faults::hit("overwritten");
            }
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            Err(e) => return Err(failed("overwrite", path, e)),
        }
        unlink(path)?;
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("unlinked");
    }
    sync_dir(parent(path))
}

/// Makes a folder that only this user may enter (0700); one that exists gets
/// that mode. Its parent must exist.
///
/// # Errors
/// Names the path and what to do.
pub fn create_private_dir(path: &Path) -> Result<(), DurableError> {
    make_dir(path, 0o700)?;
    fs::set_permissions(path, Permissions::from_mode(0o700)).map_err(|e| failed("set the mode of", path, e))?;
    sync_dir(parent(path))
}

/// Makes a folder that all may read (0755), and its missing parents.
///
/// # Errors
/// Names the path and what to do.
pub fn create_public_dir(path: &Path) -> Result<(), DurableError> {
    if path.is_dir() {
        return Ok(());
    }
    let above = parent(path);
    create_public_dir(above)?;
    make_dir(path, 0o755)?;
    sync_dir(above)
}

/// Removes a folder if it is empty, durably. One that is not there, or not
/// empty, is no error.
///
/// # Errors
/// Names the path and what to do.
pub fn remove_empty_dir(path: &Path) -> Result<(), DurableError> {
    match fs::remove_dir(path) {
        Ok(()) => sync_dir(parent(path)),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty) => Ok(()),
        Err(e) => Err(failed("remove", path, e)),
    }
}

/// The temporary file that belongs to `path`.
#[must_use]
pub fn temporary_path(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(TEMPORARY);
    PathBuf::from(name)
}

fn write_temporary(path: &Path, bytes: &[u8], mode: u32) -> Result<(), DurableError> {
    let mut file = create_temporary(path, mode)?;
    file.write_all(bytes).map_err(|e| failed("write", path, e))?;
    file.sync_all().map_err(|e| not_confirmed(path, e))
}

fn create_temporary(path: &Path, mode: u32) -> Result<File, DurableError> {
    // `create_new` follows no link, and the mode holds from the first byte on.
    let file =
        OpenOptions::new().write(true).create_new(true).mode(mode).open(path).map_err(|e| failed("create", path, e))?;
    file.set_permissions(Permissions::from_mode(mode)).map_err(|e| failed("set the mode of", path, e))?;
    Ok(file)
}

fn overwrite(mut file: File, path: &Path) -> Result<(), DurableError> {
    let mut left = file.metadata().map_err(|e| failed("measure", path, e))?.len();
    let zeros = [0_u8; 4096];
    while left > 0 {
        let length = usize::try_from(left).unwrap_or(zeros.len()).min(zeros.len());
        file.write_all(zeros.get(..length).unwrap_or(&zeros)).map_err(|e| failed("overwrite", path, e))?;
        left -= length as u64;
    }
    file.sync_all().map_err(|e| not_confirmed(path, e))
}

fn unlink(path: &Path) -> Result<(), DurableError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(failed("remove", path, e)),
        _ => Ok(()),
    }
}

fn make_dir(path: &Path, mode: u32) -> Result<(), DurableError> {
    match DirBuilder::new().mode(mode).create(path) {
        Err(e) if !(e.kind() == ErrorKind::AlreadyExists && path.is_dir()) => Err(failed("create the folder", path, e)),
        _ => Ok(()),
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// A write that fails at fsync for want of room is told as want of room.
fn not_confirmed(path: &Path, source: io::Error) -> DurableError {
    if is_full(&source) {
        return DurableError::DiskFull(path.to_owned());
    }
    DurableError::NotConfirmed { path: path.to_owned(), source }
}

fn failed(doing: &'static str, path: &Path, source: io::Error) -> DurableError {
    if is_full(&source) {
        return DurableError::DiskFull(path.to_owned());
    }
    DurableError::Failed { doing, path: path.to_owned(), source }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn files_get_their_bytes_and_their_mode() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write_new(&path, b"one", PRIVATE).unwrap();
        assert_eq!((fs::read(&path).unwrap(), mode(&path)), (b"one".to_vec(), 0o600));
        assert!(matches!(write_new(&path, b"two", PRIVATE), Err(DurableError::Exists(_))));
        replace(&path, b"three", PUBLIC).unwrap();
        assert_eq!((fs::read(&path).unwrap(), mode(&path)), (b"three".to_vec(), 0o644));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_stale_temporary_file_neither_blocks_nor_lends_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        fs::write(temporary_path(&path), "half of something longer").unwrap();
        fs::set_permissions(temporary_path(&path), Permissions::from_mode(0o666)).unwrap();
        replace(&path, b"secret", PRIVATE).unwrap();
        assert_eq!((fs::read(&path).unwrap(), mode(&path)), (b"secret".to_vec(), 0o600));
        assert!(!temporary_path(&path).exists());
    }

    #[test]
    fn a_link_in_place_of_the_temporary_file_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("key"), folder.path().join("other"));
        fs::write(&other, "theirs").unwrap();
        std::os::unix::fs::symlink(&other, temporary_path(&path)).unwrap();
        replace(&path, b"secret", PRIVATE).unwrap();
        assert_eq!(fs::read(&other).unwrap(), b"theirs");
    }

    #[test]
    fn overwriting_reaches_the_bytes_before_the_name_goes() {
        let folder = tempfile::tempdir().unwrap();
        let (path, witness) = (folder.path().join("salt"), folder.path().join("witness"));
        for name in [path.clone(), temporary_path(&path)] {
            fs::write(&name, vec![7; 5000]).unwrap();
            // A second name of the same file shows what became of its bytes.
            fs::hard_link(&name, &witness).unwrap();
            overwrite_and_remove(&path).unwrap();
            assert_eq!(fs::read(&witness).unwrap(), vec![0; 5000]);
            assert!(!name.exists());
            fs::remove_file(&witness).unwrap();
        }
        overwrite_and_remove(&path).unwrap();
        remove(&path).unwrap();
    }

    #[test]
    fn folders_get_their_modes() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        fs::create_dir(&keys).unwrap();
        create_private_dir(&keys).unwrap();
        assert_eq!(mode(&keys), 0o700);
        let deep = folder.path().join("public/log/tile");
        create_public_dir(&deep).unwrap();
        create_public_dir(&deep).unwrap();
        remove_empty_dir(deep.parent().unwrap()).unwrap();
        assert!(deep.is_dir());
        remove_empty_dir(&deep).unwrap();
        assert!(!deep.exists());
    }

    #[test]
    fn errors_name_the_path_and_the_next_step() {
        let error = replace(Path::new("/nowhere/at/all"), b"", PUBLIC).unwrap_err().to_string();
        assert!(error.contains("/nowhere/at/all") && error.contains("then do the same again"), "{error}");
        let full = failed("write", Path::new("/data/x"), io::Error::from(ErrorKind::StorageFull)).to_string();
        assert!(full.starts_with("the disk is full: /data/x"), "{full}");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_told_as_such() {
        // Linux gives a file on which every write finds the disk full.
        let mut file = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let error = failed("write", Path::new("/dev/full"), file.write_all(b"x").unwrap_err());
        assert!(matches!(error, DurableError::DiskFull(_)));
    }
}
