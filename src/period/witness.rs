//! The witness of an opened data folder: checked before anything is believed, written before
//! anything rests on it.
//!
//! Why it is never ahead of the log: it is written after an append was confirmed, and at an opening
//! only after [`crate::log::Log::settle`]. Why it is never too far behind: [`House::remember`] must
//! have succeeded after `budget.debited` and before a row is opened or noise drawn, and after
//! `release.published` and before the release is public. So an older log that could still lead to a
//! draw is shorter than what was seen, and is refused.
//! Non-guarantee: where no witness can be kept, the service goes on and says so.
//! Callers: `house`, `close`, `backup`, cli (`prepare`).

use std::path::PathBuf;
use std::sync::PoisonError;

use jiff::civil::Date;

use super::PeriodError;
use super::folder::Folder;
use super::house::{House, HouseError};
use crate::log::{Log, Witness};

/// The witness, or why there is none.
pub(super) type Kept = Result<Witness, String>;

/// Makes sure that there is a file to write to, and answers it: a sandbox that is then put up
/// must leave it open. `None` where none can be made.
#[must_use]
pub fn prepare(folder: &Folder) -> Option<PathBuf> {
    let path = folder.witness();
    if !path.exists() {
        // The opening tells why, where it matters.
        Witness::create(&path).ok()?;
    }
    Some(path)
}

/// What was seen before, if it leads to this log.
pub(super) fn look(folder: &Folder, log: &Log) -> Result<Option<Witness>, HouseError> {
    let seen = Witness::read(&folder.witness()).map_err(PeriodError::from)?;
    if let Some(seen) = &seen {
        seen.check(log.public(), log.verifier()).map_err(PeriodError::from)?;
    }
    Ok(seen)
}

/// Keeps what is seen now; a missing witness is made.
pub(super) fn keep(folder: &Folder, seen: Option<Witness>, log: &Log, today: Date) -> Result<Kept, HouseError> {
    let mut witness = match seen.map_or_else(|| Witness::create(&folder.witness()), Ok) {
        Ok(witness) => witness,
        Err(error) => return Ok(Err(error.to_string())),
    };
    if witness.is_behind(log.public()) {
        log.settle()?;
        witness.remember(log.public(), today).map_err(PeriodError::from)?;
    }
    Ok(Ok(witness))
}

impl House {
    /// Has the witness hold all that the log holds. Where there is none, nothing is asked of it.
    pub(super) fn remember(&self) -> Result<(), PeriodError> {
        let log = self.log();
        if let Ok(witness) = self.witness.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            // After an unconfirmed write only the disk knows what the log is.
            log.ready()?;
            // It was seen at the opening, so this is not its first day.
            let day = log.ledger().last_date().unwrap_or_default();
            witness.remember(log.public(), day)?;
        }
        Ok(())
    }

    /// The same after each entry. What rests on an entry asks for the witness itself, so this only warns.
    pub(super) fn remember_if_possible(&self) {
        if let Err(error) = self.remember() {
            tracing::warn!(event = "witness", reason = %error);
        }
    }

    /// Why no witness is kept, if none is.
    #[must_use]
    pub fn unwitnessed(&self) -> Option<String> {
        self.witness.lock().unwrap_or_else(PoisonError::into_inner).as_ref().err().cloned()
    }
}
