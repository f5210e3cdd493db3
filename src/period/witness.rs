//! The witness of an opened data folder: checked before anything is believed, written before
//! anything rests on it.
//!
//! Why it is never ahead of the log: it is written after an append was confirmed, and at an opening
//! only after [`crate::log::Log::settle`]. Why it is never too far behind: [`DataDir::remember`] must
//! have succeeded after `budget.debited` and before a row is opened or noise drawn, and after
//! `release.published` and before the release is public. So an older log that could still lead to a
//! draw is shorter than what was seen, and is refused.
//! Non-guarantee: where no witness can be kept, the service goes on and says so.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use jiff::civil::Date;

use super::PeriodError;
use super::data_dir::{DataDir, DataDirError};
use super::paths::DataPaths;
use crate::crypto::sign::LogVerifierKey;
use crate::log::{self, Log, LogError, PublicLog, Witness, WitnessError};

/// The witness, or why there is none.
pub(super) type Kept = Result<Witness, String>;

/// Makes sure that there is a file to write to, and answers it: a sandbox that is then put up
/// must leave it open. `None` where none can be made.
#[must_use]
pub fn prepare(folder: &DataPaths) -> Option<PathBuf> {
    let path = folder.witness();
    if !path.exists() {
        // The opening tells why, where it matters.
        Witness::create(&path).ok()?;
    }
    Some(path)
}

/// What was seen before, if it leads to this log.
pub(super) fn look(folder: &DataPaths, log: &Log) -> Result<Option<Witness>, DataDirError> {
    let seen = Witness::read(&folder.witness()).map_err(PeriodError::from)?;
    if let Some(seen) = &seen {
        seen.check(log.public(), log.verifier()).map_err(PeriodError::from)?;
    }
    ask(folder, seen.as_ref(), log.public(), log.verifier()).map_err(PeriodError::from)?;
    Ok(seen)
}

/// The same for a folder that is about to be shut in: from inside, nothing around it can be read.
///
/// # Errors
/// [`WitnessError::Older`], [`WitnessError::Forked`]; a log that does not hold.
pub fn check_siblings(folder: &DataPaths) -> Result<(), DataDirError> {
    let own = Witness::read(&folder.witness()).map_err(PeriodError::from)?;
    let source = log::DirSource(folder.log());
    let path = log::CHECKPOINT.to_owned();
    let origin = std::fs::read(folder.log().join(&path)).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => LogError::Missing(path),
        _ => LogError::Unreadable { path, reason: error.to_string() },
    })?;
    let origin = log::checkpoint::claimed_origin(&origin)?;
    let key = folder.log_key()?.verifier(&origin).map_err(LogError::from)?;
    Ok(ask(folder, own.as_ref(), &PublicLog::read(&source, &key)?, &key).map_err(PeriodError::from)?)
}

/// A folder whose own witness has not seen its log may be an old copy under a new name: those beside it are asked.
fn ask(folder: &DataPaths, own: Option<&Witness>, log: &PublicLog, key: &LogVerifierKey) -> Result<(), WitnessError> {
    if own.is_some_and(|own| own.seen(&log.checkpoint().origin).is_some()) {
        return Ok(());
    }
    siblings(&folder.witness()).iter().try_for_each(|witness| witness.check(log, key))
}

/// The other witnesses in the folder around one. A damaged one is that programme's own matter.
pub(super) fn siblings(own: &Path) -> Vec<Witness> {
    let parent = own.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let paths = std::fs::read_dir(parent).into_iter().flatten().flatten().map(|entry| entry.path());
    let others = paths.filter(|p| p.extension().is_some_and(|e| e == "witness") && p.file_name() != own.file_name());
    others.filter(|path| path.is_file()).filter_map(|path| Witness::read(&path).ok().flatten()).collect()
}

/// Keeps what is seen now; a missing witness is made.
pub(super) fn keep(folder: &DataPaths, seen: Option<Witness>, log: &Log, today: Date) -> Result<Kept, DataDirError> {
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

impl DataDir {
    /// Has the witness hold all that the log holds. Where there is none, nothing is asked of it.
    pub(super) fn record_checkpoint(&self) -> Result<(), PeriodError> {
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
        if let Err(error) = self.record_checkpoint() {
            tracing::warn!(event = "witness", reason = %error);
        }
    }

    /// Why no witness is kept, if none is.
    #[must_use]
    pub fn unwitnessed(&self) -> Option<String> {
        self.witness.lock().unwrap_or_else(PoisonError::into_inner).as_ref().err().cloned()
    }
}
