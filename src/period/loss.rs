//! The mark of a period whose secrets a restore could not bring back, or whose private key was
//! given up as lost: `<period>.lost`.
//!
//! Guarantee: such a period takes no tallies. Either nothing of it was drawn before, and it is
//! released empty at its close; or its budget was debited already, so that noise may have been
//! drawn, and then it stays unpublished: it is never drawn again.

use std::fs;
use std::io::ErrorKind;

use super::PeriodError;
use super::data_dir::DataDir;
use super::paths::DataPaths;
use super::secrets::{PeriodSecrets, SALT};
use crate::domain::Period;
use crate::durable;
use crate::log::{PeriodState, PeriodView};

/// Suffix of the mark.
pub(super) const LOST: &str = "lost";

/// What becomes of a period whose secrets are lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// It is released empty at its close.
    Empty,
    /// It was debited: nothing more is drawn, and it stays unpublished.
    Stays,
}

impl Loss {
    /// What stands in the file.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Empty => "empty\n",
            Self::Stays => "debited\n",
        }
    }

    /// For people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Empty => "its keys are lost: it takes no tallies, and is released empty at its close",
            Self::Stays => {
                "it was debited before its keys were lost, so its noise may have been drawn: it stays unpublished, and its budget spent"
            }
        }
    }

    /// The mark of a period, if it has one.
    ///
    /// # Errors
    /// [`PeriodError::SecretUnreadable`].
    pub fn of(folder: &DataPaths, period: Period) -> Result<Option<Self>, PeriodError> {
        let path = folder.secret(period, LOST);
        match fs::read_to_string(&path) {
            Ok(text) if text == Self::Empty.mark() => Ok(Some(Self::Empty)),
            Ok(text) if text == Self::Stays.mark() => Ok(Some(Self::Stays)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            _ => Err(PeriodError::SecretUnreadable(period, path.display().to_string())),
        }
    }
}

impl PeriodSecrets<'_> {
    /// Marks the period as one whose private key is lost, for good: the salt goes with it, so that
    /// a key that turns up after all opens nothing.
    pub(super) fn give_up(&self) -> Result<(), PeriodError> {
        let path = self.folder.secret(self.period, LOST);
        durable::replace(&path, Loss::Empty.mark().as_bytes(), durable::PRIVATE)?;
        Ok(durable::overwrite_and_remove(&self.folder.secret(self.period, SALT))?)
    }

    /// Whether the period's secrets are lost, and what follows.
    pub(super) fn loss(&self) -> Result<Option<Loss>, PeriodError> {
        Loss::of(self.folder, self.period)
    }
}

impl DataDir {
    /// Whether the secrets of a period are lost, and what follows.
    ///
    /// # Errors
    /// [`PeriodError::SecretUnreadable`].
    pub fn loss(&self, period: Period) -> Result<Option<Loss>, PeriodError> {
        self.secrets(period).loss()
    }

    /// Whether nothing more can become of a period. A mark that cannot be read is told by the close. A release
    /// that is put back from a copy after all ends it.
    pub(super) fn stays(&self, period: Period, view: &PeriodView) -> bool {
        let unpublished = match view.state {
            PeriodState::Debited => true,
            PeriodState::Released { sha256 } => !self.is_published(period, sha256),
            _ => false,
        };
        unpublished && matches!(self.loss(period), Ok(Some(Loss::Stays)))
    }
}
