//! The data folder: where everything lies, and whether it is one of ours.
//!
//! Guarantee: a folder that is not a data folder, or of a newer format, is
//! refused before anything in it is touched.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::custody::Custody;
use crate::crypto::MasterKey;
use crate::crypto::digest::{Digest, sha256};
use crate::crypto::sign::LogKey;
use crate::domain::Period;
use crate::domain::printable::start;
use crate::durable::{self, DurableError};

/// Format number of the data folder.
pub const FORMAT: u32 = 1;
/// The ending of a given public key's file.
pub(super) const PUBLIC: &str = "public";
const OFFLINE: &[u8] = b"offline\n";

/// Why a folder is not used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Nothing there.
    #[error(
        "there is no programme in {0}: make one with `peertally init --data {0}`, or name the right folder with --data"
    )]
    Nothing(String),
    /// Something else.
    #[error(
        "{0} is not a data folder of peertally (it has no `format` file): name another with --data. Nothing was changed"
    )]
    Foreign(String),
    /// `init` needs an empty place.
    #[error("{0} is not empty: `init` needs a new or an empty folder. Nothing was changed")]
    NotEmpty(String),
    /// Written by a newer program.
    #[error("{0} has format {1}, and this program knows formats up to {2}: use a newer peertally. Nothing was changed")]
    Newer(String, String, u32),
    /// Others can get in.
    #[error(
        "{0} can be opened by other users: run `chmod 700 {0}`, and think about who may have looked. Nothing was changed"
    )]
    TooOpen(String),
    /// `custody` says something else.
    #[error(
        "{0} does not say `offline`: put the right file back. Without it private keys would be made on this host, so nothing was done"
    )]
    Custody(String),
    /// A key file is not there.
    #[error("{0} is missing: put it back from your copy. Without it the programme cannot go on; nothing was changed")]
    KeyMissing(String),
    /// A key file is no key.
    #[error("{0} is not a key of 32 bytes: put the right file back from your copy; nothing was changed")]
    KeyDamaged(String),
    /// A file that the log names is not there or not the same.
    #[error(
        "{0} is missing or was changed (its SHA-256 is not its name): put it back from a copy of public/; nothing was changed"
    )]
    Changed(String),
    /// Cannot be read.
    #[error("{0} cannot be read ({1}): check that it exists and belongs to this user")]
    Unreadable(String, String),
    /// The disk.
    #[error(transparent)]
    Durable(#[from] DurableError),
}

/// Paths of one data folder.
#[derive(Clone, Debug)]
pub struct DataPaths(PathBuf);

impl DataPaths {
    /// Names a folder; nothing is read yet.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        // Without a slash at its end.
        Self(path.components().collect())
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// sled's folder.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.0.join("store")
    }

    /// Plain files for everybody.
    #[must_use]
    pub fn public(&self) -> PathBuf {
        self.0.join("public")
    }

    /// The log's files.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.public().join("log")
    }

    /// The released file of a period.
    #[must_use]
    pub fn release(&self, period: Period) -> PathBuf {
        self.public().join("releases").join(format!("{period}.json"))
    }

    /// The witness: beside the folder, so that an old copy put back does not bring an old one.
    #[must_use]
    pub fn witness(&self) -> PathBuf {
        self.beside(".witness")
    }

    /// Where a restore builds the folder.
    #[must_use]
    pub fn restoring(&self) -> PathBuf {
        self.beside(".restoring")
    }

    /// A path beside the folder: its own with an ending.
    fn beside(&self, ending: &str) -> PathBuf {
        // A path such as `.` has no name of its own to put something beside; a link has another one than its folder.
        let own = self.0.file_name().is_some() && !self.0.is_symlink();
        let named = if own { Ok(self.0.clone()) } else { fs::canonicalize(&self.0) };
        let mut path = named.unwrap_or_else(|_| self.0.clone()).into_os_string();
        path.push(ending);
        PathBuf::from(path)
    }

    /// The admin socket.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.0.join("admin.sock")
    }

    /// A file of a period in `keys/periods`: `salt`, `private`, `public`, `drawing`, `draft` or `lost`.
    #[must_use]
    pub fn secret(&self, period: Period, what: &str) -> PathBuf {
        self.0.join("keys").join("periods").join(format!("{period}.{what}"))
    }

    /// The keys of the sealed queue.
    #[must_use]
    pub fn queue(&self) -> PathBuf {
        self.0.join("keys").join("queue")
    }

    /// Periods of which `keys/periods` holds a given public key, oldest first.
    #[must_use]
    pub fn given_keys(&self) -> Vec<Period> {
        let entries = fs::read_dir(self.0.join("keys").join("periods")).into_iter().flatten().flatten();
        let name = |entry: fs::DirEntry| entry.file_name().into_string().ok();
        let mut periods: Vec<Period> =
            entries.filter_map(name).filter_map(|n| n.strip_suffix(PUBLIC)?.strip_suffix('.')?.parse().ok()).collect();
        periods.sort_unstable();
        periods
    }

    /// Where the private keys of periods are: on this host, unless `DATA/custody` says otherwise.
    ///
    /// # Errors
    /// [`FolderError::Custody`] where the file says anything else.
    pub fn custody(&self) -> Result<Custody, FolderError> {
        match fs::read(self.custody_path()) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Custody::Host),
            Ok(bytes) if bytes == OFFLINE => Ok(Custody::Offline),
            _ => Err(FolderError::Custody(self.custody_path().display().to_string())),
        }
    }

    /// Writes `DATA/custody`, where it must say something.
    ///
    /// # Errors
    /// The disk.
    pub fn write_custody(&self, custody: Custody) -> Result<(), FolderError> {
        match custody {
            Custody::Host => Ok(()),
            Custody::Offline => Ok(durable::replace(&self.custody_path(), OFFLINE, durable::PRIVATE)?),
        }
    }

    fn custody_path(&self) -> PathBuf {
        self.0.join("custody")
    }

    /// A copy of a programme or policy file, by its digest.
    #[must_use]
    pub fn adopted(&self, kind: &str, digest: &Digest) -> PathBuf {
        self.public().join(kind).join(format!("{digest}.toml"))
    }

    /// Makes the folders of a new programme in an empty place.
    ///
    /// # Errors
    /// [`FolderError::NotEmpty`], or the disk.
    pub fn create(&self) -> Result<(), FolderError> {
        if fs::read_dir(&self.0).is_ok_and(|mut entries| entries.next().is_some()) || self.0.is_file() {
            return Err(FolderError::NotEmpty(self.name()));
        }
        let there = self.0.is_dir();
        match durable::create_private_dir(&self.0) {
            // It was there, and what lies above it may not be opened (the sandbox of the demonstration).
            Err(DurableError::NotConfirmed { source, .. }) if there && source.kind() == ErrorKind::PermissionDenied => {
            }
            made => made?,
        }
        for private in ["keys", "keys/periods", "keys/queue", "store", "public"] {
            durable::create_private_dir(&self.0.join(private))?;
        }
        for public in ["releases", "programme", "policy"] {
            durable::create_private_dir(&self.public().join(public))?;
        }
        Ok(())
    }

    /// The two key files, which may be links to a place outside.
    #[must_use]
    pub fn key_files(&self) -> [PathBuf; 2] {
        ["master.key", "log.key"].map(|name| self.key_path(name))
    }

    /// Marks the folder as a finished data folder: the last step of making one.
    ///
    /// # Errors
    /// The disk.
    pub fn mark(&self) -> Result<(), FolderError> {
        Ok(durable::replace(&self.0.join("format"), format!("{FORMAT}\n").as_bytes(), durable::PRIVATE)?)
    }

    /// Refuses a folder that is not ours or newer than this program.
    ///
    /// # Errors
    /// [`FolderError::Nothing`], [`FolderError::Foreign`], [`FolderError::Newer`].
    pub fn check(&self) -> Result<(), FolderError> {
        let empty = match fs::read_dir(&self.0) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == ErrorKind::NotFound => true,
            Err(error) => return Err(FolderError::Unreadable(self.name(), error.to_string())),
        };
        if empty {
            return Err(FolderError::Nothing(self.name()));
        }
        let text = fs::read_to_string(self.0.join("format")).map_err(|_| FolderError::Foreign(self.name()))?;
        match text.trim().parse::<u32>() {
            Ok(FORMAT) => self.check_private(),
            Ok(0) | Err(_) => Err(FolderError::Foreign(self.name())),
            Ok(_) => Err(FolderError::Newer(self.name(), start(text.trim(), 10), FORMAT)),
        }
    }

    /// The socket and the keys rest on nobody else getting into these folders.
    fn check_private(&self) -> Result<(), FolderError> {
        for path in [self.0.clone(), self.0.join("keys")] {
            let mode = fs::metadata(&path).map(|m| m.permissions().mode());
            if mode.is_ok_and(|mode| mode & 0o077 != 0) {
                return Err(FolderError::TooOpen(path.display().to_string()));
            }
        }
        Ok(())
    }

    /// Writes `master.key`.
    ///
    /// # Errors
    /// The disk.
    pub fn write_master(&self, key: &MasterKey) -> Result<(), FolderError> {
        Ok(durable::write_new(&self.key_path("master.key"), key.expose(), durable::PRIVATE)?)
    }

    /// Reads `master.key`.
    ///
    /// # Errors
    /// [`FolderError::KeyMissing`], [`FolderError::KeyDamaged`].
    pub fn master(&self) -> Result<MasterKey, FolderError> {
        let bytes = self.key_file("master.key")?;
        MasterKey::from_bytes(&bytes).map_err(|_| FolderError::KeyDamaged(self.key_name("master.key")))
    }

    /// Writes `log.key`.
    ///
    /// # Errors
    /// The disk.
    pub fn write_log_key(&self, key: &LogKey) -> Result<(), FolderError> {
        Ok(durable::write_new(&self.key_path("log.key"), key.seed(), durable::PRIVATE)?)
    }

    /// Puts the log's verifier key where everybody finds it.
    ///
    /// # Errors
    /// The disk.
    pub fn write_log_verifier(&self, key: &str) -> Result<(), FolderError> {
        let path = self.public().join("log-key.txt");
        Ok(durable::replace(&path, format!("{key}\n").as_bytes(), durable::PUBLIC)?)
    }

    /// Reads `log.key`.
    ///
    /// # Errors
    /// [`FolderError::KeyMissing`], [`FolderError::KeyDamaged`].
    pub fn log_key(&self) -> Result<LogKey, FolderError> {
        let bytes = self.key_file("log.key")?;
        LogKey::from_seed(&bytes).map_err(|_| FolderError::KeyDamaged(self.key_name("log.key")))
    }

    /// Puts a copy of a programme or policy file into `public/`.
    ///
    /// # Errors
    /// The disk.
    pub fn adopt(&self, kind: &str, text: &str) -> Result<Digest, FolderError> {
        let digest = sha256(text.as_bytes());
        durable::replace(&self.adopted(kind, &digest), text.as_bytes(), durable::PUBLIC)?;
        Ok(digest)
    }

    /// Reads such a copy back and holds it against its name.
    ///
    /// # Errors
    /// [`FolderError::Changed`].
    pub fn read_adopted(&self, kind: &str, digest: &Digest) -> Result<String, FolderError> {
        let path = self.adopted(kind, digest);
        let text = fs::read_to_string(&path).ok().filter(|text| sha256(text.as_bytes()) == *digest);
        text.ok_or_else(|| FolderError::Changed(path.display().to_string()))
    }

    fn key_file(&self, name: &str) -> Result<zeroize::Zeroizing<Vec<u8>>, FolderError> {
        fs::read(self.key_path(name)).map(zeroize::Zeroizing::new).map_err(|error| match error.kind() {
            ErrorKind::NotFound => FolderError::KeyMissing(self.key_name(name)),
            _ => FolderError::Unreadable(self.key_name(name), error.to_string()),
        })
    }

    fn key_path(&self, name: &str) -> PathBuf {
        self.0.join("keys").join(name)
    }

    fn key_name(&self, name: &str) -> String {
        self.key_path(name).display().to_string()
    }

    fn name(&self) -> String {
        self.0.display().to_string()
    }
}
