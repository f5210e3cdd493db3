//! A period's secrets on the disk: made when it opens, destroyed at its end.
//!
//! Guarantee: wrapped by the master key; destroying overwrites, unlinks and
//! syncs the folder. Non-guarantee: flash storage and file systems that copy
//! may keep overwritten blocks; a copy taken before stays a copy.

use std::fs;

use super::PeriodError;
use super::loss::LOST;
use super::paths::{DataPaths, PUBLIC};
use crate::crypto::{MasterKey, PeriodPrivateKey, PeriodPublicKey, PeriodSalt, key_file};
use crate::domain::Period;
use crate::durable;

pub(super) const SALT: &str = "salt";
const PRIVATE: &str = "private";
const DRAFT: &str = "draft";
const DRAWING: &str = "drawing";
/// Everything that a period may have, in the order in which it is destroyed.
const ALL: [&str; 6] = [PRIVATE, SALT, DRAFT, DRAWING, PUBLIC, LOST];

/// The files of one period's secrets.
pub(super) struct PeriodSecrets<'a> {
    pub(super) folder: &'a DataPaths,
    master: &'a MasterKey,
    pub(super) period: Period,
}

impl<'a> PeriodSecrets<'a> {
    pub(super) fn new(folder: &'a DataPaths, master: &'a MasterKey, period: Period) -> Self {
        Self { folder, master, period }
    }

    /// Makes the salt and, unless the public key was given, the key pair. Files of an opening that was cut short are replaced:
    /// the log names no period without its opening entry, so nothing was sealed to them.
    pub(super) fn create(&self, given: Option<PeriodPublicKey>) -> Result<(PeriodSalt, PeriodPublicKey), PeriodError> {
        let salt = PeriodSalt::generate()?;
        if let Some(public) = given {
            durable::overwrite_and_remove(&self.folder.secret(self.period, PRIVATE))?;
            self.write(SALT, &salt.wrap(self.master, self.period)?)?;
            return Ok((salt, public));
        }
        let (private, public) = PeriodPrivateKey::generate()?;
        self.write(SALT, &salt.wrap(self.master, self.period)?)?;
        self.write(PRIVATE, &private.wrap(self.master, self.period)?)?;
        Ok((salt, public))
    }

    pub(super) fn salt(&self) -> Result<PeriodSalt, PeriodError> {
        let unreadable = |_| PeriodError::SecretUnreadable(self.period, self.name(SALT));
        PeriodSalt::unwrap(&self.read(SALT)?, self.master, self.period).map_err(unreadable)
    }

    pub(super) fn private_key(&self) -> Result<PeriodPrivateKey, PeriodError> {
        let unreadable = |_| PeriodError::SecretUnreadable(self.period, self.name(PRIVATE));
        PeriodPrivateKey::unwrap(&self.read(PRIVATE)?, self.master, self.period).map_err(unreadable)
    }

    /// The public key that was given for this period, if one was.
    pub(super) fn given(&self) -> Result<Option<PeriodPublicKey>, PeriodError> {
        match self.read(PUBLIC) {
            Ok(line) => {
                let damaged = |error| PeriodError::KeyDamaged(self.period, self.name(PUBLIC), error);
                key_file::read_public(&line).map(Some).map_err(damaged)
            }
            Err(PeriodError::SecretMissing(..)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Keeps a public key for this period.
    pub(super) fn give(&self, key: &PeriodPublicKey) -> Result<(), PeriodError> {
        self.write(PUBLIC, key_file::public_line(key).as_bytes())
    }

    /// Whether the private key is kept elsewhere: a public one was given, and no private one made.
    pub(super) fn offline(&self) -> bool {
        let there = |what| self.folder.secret(self.period, what).exists();
        there(PUBLIC) && !there(PRIVATE)
    }

    /// Whether the private key, or under offline custody the public one that was given, is the
    /// one that the log names.
    pub(super) fn check(&self, public: &PeriodPublicKey) -> Result<(), PeriodError> {
        if self.offline() {
            return match self.given()? {
                Some(given) if given == *public => Ok(()),
                _ => Err(PeriodError::SecretOther(self.period, self.name(PUBLIC))),
            };
        }
        let private = self.private_key().map_err(|error| match error {
            PeriodError::SecretMissing(period, name) => {
                let given = self.name(PUBLIC);
                PeriodError::SecretMissing(
                    period,
                    format!("{name} (or {given}, the public key file, if it is kept offline)"),
                )
            }
            other => other,
        })?;
        match private.public() {
            Ok(half) if half == *public => Ok(()),
            _ => Err(PeriodError::SecretOther(self.period, self.name(PRIVATE))),
        }
    }

    /// Takes the room that a draft needs, before any noise is drawn: a full disk
    /// must not be the reason for a second draw.
    pub(super) fn reserve_draft(&self, bytes: usize) -> Result<(), PeriodError> {
        let path = self.folder.secret(self.period, DRAWING);
        durable::overwrite_and_remove(&path)?;
        durable::reserve(&path, bytes)?;
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("reserved");
        Ok(())
    }

    /// Keeps the finished release, in the room taken before, until it is published.
    pub(super) fn write_draft(&self, release: &[u8]) -> Result<(), PeriodError> {
        let path = self.folder.secret(self.period, DRAWING);
        durable::fill(&path, release)?;
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("drawn");
        Ok(durable::rename(&path, &self.folder.secret(self.period, DRAFT))?)
    }

    /// The draft, if one was finished.
    pub(super) fn draft(&self) -> Result<Option<Vec<u8>>, PeriodError> {
        self.read_file(DRAFT)
    }

    /// A draft that was written whole but not renamed, if there is one.
    pub(super) fn drawing(&self) -> Result<Option<Vec<u8>>, PeriodError> {
        self.read_file(DRAWING)
    }

    fn read_file(&self, what: &str) -> Result<Option<Vec<u8>>, PeriodError> {
        match fs::read(self.folder.secret(self.period, what)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(_) => Err(PeriodError::DraftDamaged(self.period)),
        }
    }

    /// Makes the draft the public file.
    pub(super) fn publish_draft(&self) -> Result<(), PeriodError> {
        let (from, to) = (self.folder.secret(self.period, DRAFT), self.folder.release(self.period));
        Ok(durable::publish(&from, &to)?)
    }

    /// Whether any of the period's secrets is left.
    pub(super) fn any(&self) -> bool {
        ALL.iter().any(|what| self.folder.secret(self.period, what).exists())
    }

    /// Destroys whatever of the period's secrets is left.
    pub(super) fn destroy(&self) -> Result<(), PeriodError> {
        for what in ALL {
            durable::overwrite_and_remove(&self.folder.secret(self.period, what))?;
        }
        Ok(())
    }

    fn write(&self, what: &str, bytes: &[u8]) -> Result<(), PeriodError> {
        Ok(durable::replace(&self.folder.secret(self.period, what), bytes, durable::PRIVATE)?)
    }

    fn read(&self, what: &str) -> Result<Vec<u8>, PeriodError> {
        fs::read(self.folder.secret(self.period, what)).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => PeriodError::SecretMissing(self.period, self.name(what)),
            _ => PeriodError::SecretUnreadable(self.period, self.name(what)),
        })
    }

    fn name(&self, what: &str) -> String {
        self.folder.secret(self.period, what).display().to_string()
    }
}
