//! The keys of the sealed queue on the disk: made week by week, destroyed in time, in no backup.
//!
//! Guarantee: a key is durable before a phone is told of it. It is kept while a tally sealed to it
//! could still be taken, then overwritten, unlinked and its folder synced. No single reading of
//! the clock destroys one.
//! Non-guarantee: a copy of the folder keeps what it keeps; a clock that is wrong for days
//! destroys too early, and what waits on phones must then be typed again.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::PoisonError;

use jiff::civil::Date;

use super::PeriodError;
use super::data_dir::DataDir;
use super::paths::{DataPaths, FolderError};
use crate::crypto::MasterKey;
use crate::crypto::queue::QueueKey;
use crate::domain::Week;
use crate::durable::{self, DurableError};
use crate::intake::QueueKeys;

const PRIVATE: &str = "private";
/// Days on which a key was seen to be over, one a line.
const OVER: &str = "over";

/// A key is used in its week, and a tally of that week is taken in the two weeks after it.
const WEEKS_AFTER: u8 = 2;
/// Different days on which a key must have been seen to be over.
const DAYS: usize = 3;
/// The same for the key of a week to come. A clock that went ahead made it, and it was offered meanwhile: it stays as
/// long as one of its own time, a day longer than three weeks.
const DAYS_AHEAD: usize = 22;

/// On how many different days the key of `week` must have been seen to be over, if it is in the week `now`.
fn days_to_end(week: Week, now: Week) -> Option<usize> {
    match week {
        week if week > now.next() => Some(DAYS_AHEAD),
        week if week < now.back(WEEKS_AFTER) => Some(DAYS),
        _ => None,
    }
}

/// The days noted of a key with today among them. A day later than today was read from a wrong clock: all of them are
/// doubted, and it begins anew.
fn with_today(mut noted: BTreeSet<Date>, today: Date) -> BTreeSet<Date> {
    if noted.last().is_some_and(|last| *last > today) {
        noted.clear();
    }
    noted.insert(today);
    noted
}

/// The files of one week's key.
struct QueueFiles<'a> {
    folder: &'a DataPaths,
    week: Week,
}

impl QueueFiles<'_> {
    fn path(&self, what: &str) -> PathBuf {
        self.folder.queue().join(format!("{}.{what}", self.week))
    }

    fn create(&self, master: &MasterKey) -> Result<QueueKey, PeriodError> {
        let key = QueueKey::generate()?;
        durable::replace(&self.path(PRIVATE), &key.wrap(master, self.week)?, durable::PRIVATE)?;
        Ok(key)
    }

    /// The key; `None` where an ending was cut short between overwriting and unlinking.
    fn read(&self, master: &MasterKey) -> Result<Option<QueueKey>, PeriodError> {
        let name = || self.path(PRIVATE).display().to_string();
        let wrapped =
            fs::read(self.path(PRIVATE)).map_err(|error| FolderError::Unreadable(name(), error.to_string()))?;
        if !wrapped.is_empty() && wrapped.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        QueueKey::unwrap(&wrapped, master, self.week).map(Some).map_err(|_| PeriodError::QueueKey(name()))
    }

    fn noted(&self) -> BTreeSet<Date> {
        let text = fs::read_to_string(self.path(OVER)).unwrap_or_default();
        // What cannot be read counts as no day: a key that stays too long is the lesser fault.
        text.lines().map(str::parse).collect::<Result<_, _>>().unwrap_or_default()
    }

    /// Whether the key may be destroyed now; today is noted.
    fn is_over(&self, days: usize, today: Date) -> Result<bool, DurableError> {
        let before = self.noted();
        let noted = with_today(before.clone(), today);
        if noted != before {
            let text: String = noted.iter().map(|day| format!("{day}\n")).collect();
            durable::replace(&self.path(OVER), text.as_bytes(), durable::PRIVATE)?;
        }
        Ok(noted.len() >= days)
    }

    fn destroy(&self) -> Result<(), DurableError> {
        durable::overwrite_and_remove(&self.path(PRIVATE))?;
        durable::overwrite_and_remove(&self.path(OVER))
    }
}

/// Weeks of which the folder holds anything, also what was left half written.
fn weeks(folder: &DataPaths) -> Result<BTreeSet<Week>, FolderError> {
    let unreadable =
        |error: std::io::Error| FolderError::Unreadable(folder.queue().display().to_string(), error.to_string());
    let entries = match fs::read_dir(folder.queue()) {
        // A folder of version 0.1.0 has none yet.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        entries => entries.map_err(unreadable)?,
    };
    let mut found = BTreeSet::new();
    for entry in entries {
        let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        found.extend(name.split_once('.').and_then(|(week, _)| week.parse::<Week>().ok()));
    }
    Ok(found)
}

/// Takes the keys that are there into use.
pub(super) fn load(folder: &DataPaths, master: &MasterKey, keys: &QueueKeys) -> Result<(), PeriodError> {
    for week in weeks(folder)? {
        let files = QueueFiles { folder, week };
        if files.path(PRIVATE).exists()
            && let Some(key) = files.read(master)?
        {
            keys.add(week, key);
        }
    }
    Ok(())
}

impl DataDir {
    /// Makes this week's key if there is none, and destroys those that are over.
    ///
    /// # Errors
    /// The disk; what could be done is done.
    pub(super) fn tend_queue(&self, today: Date) -> Result<(), PeriodError> {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let (folder, keys, now) = (&self.folder, self.services.intake.queue(), Week::of(today));
        let made = if keys.has(now) { Ok(()) } else { self.make_queue_key(now) };
        for week in weeks(folder)? {
            let files = QueueFiles { folder, week };
            match days_to_end(week, now) {
                // Seen in use again: the days before were read from a wrong clock.
                None if files.path(OVER).exists() => durable::remove(&files.path(OVER))?,
                None => {}
                Some(days) if !files.path(PRIVATE).exists() || files.is_over(days, today)? => {
                    keys.remove(week);
                    files.destroy()?;
                }
                Some(_) => {}
            }
        }
        made
    }

    fn make_queue_key(&self, week: Week) -> Result<(), PeriodError> {
        if !self.folder.queue().is_dir() {
            durable::create_private_dir(&self.folder.queue())?;
        }
        let key = QueueFiles { folder: &self.folder, week }.create(&self.master)?;
        self.services.intake.queue().add(week, key);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_key_is_over_after_its_weeks_and_long_before_them() {
        let now: Week = "2026-W47".parse().unwrap();
        let days = |week: &str| days_to_end(week.parse().unwrap(), now);
        assert_eq!(["2026-W45", "2026-W46", "2026-W47", "2026-W48"].map(days), [None; 4]);
        assert_eq!(["2026-W44", "2025-W52"].map(days), [Some(DAYS); 2]);
        assert_eq!(["2026-W49", "2099-W01"].map(days), [Some(DAYS_AHEAD); 2]);
    }

    #[test]
    fn a_day_counts_once_and_a_day_to_come_counts_for_none() {
        let mut noted = BTreeSet::new();
        for (day, expected) in [(1, 1), (1, 1), (2, 2), (9, 3)] {
            noted = with_today(noted, date(2026, 12, day));
            assert_eq!(noted.len(), expected);
        }
        assert_eq!(with_today(noted, date(2026, 12, 8)).len(), 1);
    }
}
