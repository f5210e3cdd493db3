//! Custody: where a period's private key is, and keys that come from outside.
//!
//! Guarantee: a period with a given public key has no private key on this host;
//! what is given is checked, and cannot change once the period is open. An
//! offline period never closes by itself, not even an empty one: the day of its
//! release must not tell whether there was a row to open.
//! Non-guarantee: whoever holds the private key keeps it, until they destroy it.

use std::sync::PoisonError;

use super::data_dir::{DataDir, DataDirError};
use super::loss::Loss;
use super::secrets::PeriodSecrets;
use super::{Closed, DataPaths, PeriodError};
use crate::crypto::{CountingKeys, KeyFileError, MasterKey, PeriodPublicKey, PrivateKeyFile, key_file};
use crate::domain::{Period, PeriodKind};
use crate::log::{Ledger, PeriodState, PeriodView, PublicKey};

/// Where the private keys of a programme's periods are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Custody {
    /// On the host, wrapped by the master key.
    Host,
    /// Away from the host.
    Offline,
}

impl Custody {
    /// As written in `DATA/custody`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Offline => "offline",
        }
    }
}

/// What became of a key that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyGiven {
    /// The key, by whose id people compare it.
    pub key: PublicKey,
    /// False if it was given before.
    pub new: bool,
    /// True if the period takes tallies now.
    pub open: bool,
}

impl DataDir {
    /// Where the private keys of new periods are.
    #[must_use]
    pub fn custody(&self) -> Custody {
        self.custody
    }

    /// Takes the public key of a period that is not open yet, as the line of its file; opens the current one at once.
    ///
    /// # Errors
    /// [`PeriodError::KeyFile`], [`PeriodError::KeyTooLate`], [`PeriodError::KeyOfAnother`], and as `open_current`.
    pub fn give_key(&self, period: Period, line: &str) -> Result<KeyGiven, DataDirError> {
        let refused = |error: KeyFileError| PeriodError::KeyFile(period, error);
        let key = key_file::read_public(line.as_bytes()).map_err(refused)?;
        let new = self.keep_key(period, &key)?;
        let (ledger, today) = (self.ledger(), self.today());
        if period == self.programme().current_period(today) && ledger.period(period).is_none() {
            self.check_clock(&ledger, today)?;
            self.open_current()?;
        }
        let open = self.ledger().period(period).is_some();
        Ok(KeyGiven { key: PublicKey(key.0), new, open })
    }

    fn keep_key(&self, period: Period, key: &PeriodPublicKey) -> Result<bool, DataDirError> {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        self.check_kind(period)?;
        let ledger = self.ledger();
        let secrets = self.secrets(period);
        let given = secrets.given()?;
        match ledger.period(period) {
            Some(view) if view.public_key.0 == key.0 && given.is_some() => return Ok(false),
            Some(PeriodView { state: PeriodState::Open, .. }) => return Err(PeriodError::KeyTooLate(period).into()),
            Some(_) => return Err(PeriodError::ClosedBefore(period).into()),
            None if given == Some(*key) => return Ok(false),
            None => {}
        }
        if let Some(other) = self.holder(&ledger, key).filter(|other| *other != period) {
            return Err(PeriodError::KeyOfAnother(period, other).into());
        }
        secrets.give(key)?;
        Ok(true)
    }

    /// The period that a public key belongs to, opened or not.
    pub(super) fn holder(&self, ledger: &Ledger, key: &PeriodPublicKey) -> Option<Period> {
        let opened = ledger.periods().find(|(_, view)| view.public_key.0 == key.0).map(|(period, _)| period);
        let given = |period: &Period| self.secrets(*period).given().is_ok_and(|given| given == Some(*key));
        opened.or_else(|| self.folder.given_keys().into_iter().find(given))
    }

    /// Periods whose key was given and that are not open yet, oldest first.
    #[must_use]
    pub fn keys_given(&self) -> Vec<Period> {
        let ledger = self.ledger();
        self.folder.given_keys().into_iter().filter(|period| ledger.period(*period).is_none()).collect()
    }

    /// Whether a period's private key is kept away from this host.
    #[must_use]
    pub fn kept_offline(&self, period: Period) -> bool {
        self.secrets(period).offline()
    }

    pub(super) fn check_kind(&self, period: Period) -> Result<(), PeriodError> {
        let kind = self.programme().period;
        if period.kind() == kind {
            return Ok(());
        }
        let name = if kind == PeriodKind::Month { "month" } else { "quarter" };
        let right = period.weeks().first().map_or(period, |week| Period::of(*week, kind));
        Err(PeriodError::OtherKind(period, name, right))
    }

    /// What an offline period waits for, in words, if it needs its private key to go on.
    pub(super) fn waits_for_key(&self, period: Period, view: &PeriodView) -> Option<String> {
        let begun = match view.state {
            PeriodState::Open => false,
            PeriodState::Closing => true,
            PeriodState::Debited => !self.is_drawn(period),
            _ => return None,
        };
        if matches!(self.loss(period), Ok(Some(_)))
            || !self.kept_offline(period)
            || (view.state == PeriodState::Debited && !begun)
        {
            return None;
        }
        let why = if begun { "was cut short in its close and" } else { "is over and" };
        Some(format!("{period} {why} waits for its private key: `peertally close {period} --private-key FILE`"))
    }

    /// Refuses a private key that is not the one of the period.
    pub(super) fn check_key(&self, period: Period, view: &PeriodView, key: &PrivateKeyFile) -> Result<(), PeriodError> {
        let public = key.key().public()?;
        if public.0 == view.public_key.0 {
            return Ok(());
        }
        let other = self.holder(&self.ledger(), &public);
        let of = other.map_or_else(|| "no period here".to_owned(), |other| other.to_string());
        Err(PeriodError::KeyOther { period, of, wanted: view.public_key.id().to_string() })
    }

    /// What opens a period's rows; nothing where its keys are known to be lost. That a period has no
    /// row makes no difference: whoever closes it must not learn that.
    pub(super) fn opening_keys(
        &self,
        period: Period,
        view: &PeriodView,
        key: Option<&PrivateKeyFile>,
    ) -> Result<Option<CountingKeys>, PeriodError> {
        if self.loss(period)? == Some(Loss::Empty) {
            return match key {
                Some(_) => Err(PeriodError::GivenUp(period)),
                None => Ok(None),
            };
        }
        let salt = self.secrets(period).salt()?;
        Ok(Some(match key {
            Some(file) => CountingKeys::new(salt, file.key()),
            None => CountingKeys::new(salt, &self.key_on_host(period, view)?),
        }))
    }

    fn key_on_host(&self, period: Period, view: &PeriodView) -> Result<crate::crypto::PeriodPrivateKey, PeriodError> {
        let secrets = self.secrets(period);
        if secrets.offline() {
            return Err(PeriodError::KeyNeeded(period, view.public_key.id().to_string()));
        }
        secrets.private_key()
    }

    /// Gives an offline period up whose private key is lost: its tallies are never counted, and it is
    /// released empty, by the same steps and in the same words whether there was a tally or none.
    ///
    /// # Errors
    /// [`PeriodError::NotGivenUp`] where nothing waits for a key, and as [`DataDir::close_with`].
    pub fn close_without_key(&self, period: Period, early: bool) -> Result<Closed, DataDirError> {
        {
            let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
            let view = self.ledger().period(period).cloned().ok_or(PeriodError::NeverOpened(period))?;
            let waits = match view.state {
                PeriodState::Open => true,
                PeriodState::Closing | PeriodState::Debited => !self.is_drawn(period),
                _ => false,
            };
            if !waits || !self.kept_offline(period) || self.loss(period)? == Some(Loss::Stays) {
                return Err(PeriodError::NotGivenUp(period).into());
            }
            if view.state == PeriodState::Open {
                self.may_close(period, &view, early)?;
            }
            self.secrets(period).give_up()?;
            // What would be taken from here on could never be counted.
            self.services.open.remove(period);
            #[cfg(feature = "test-hooks")]
            crate::faults::hit("lost");
        }
        self.close_with(period, early, None)
    }
}

/// The key of a period that is to be opened: the one given, or none where the host may make it.
pub(super) fn key_to_open(
    secrets: &PeriodSecrets<'_>,
    custody: Custody,
    period: Period,
) -> Result<Option<PeriodPublicKey>, PeriodError> {
    match (secrets.given()?, custody) {
        (None, Custody::Offline) => Err(PeriodError::KeyNotGiven(period)),
        (given, _) => Ok(given),
    }
}

/// Whether the secrets on the disk are those that the log names: for `DataDir::open` and `doctor`.
///
/// # Errors
/// What is wrong with them, in a sentence.
pub fn check(folder: &DataPaths, master: &MasterKey, period: Period, public: PublicKey) -> Result<(), PeriodError> {
    let secrets = PeriodSecrets::new(folder, master, period);
    secrets.salt()?;
    secrets.check(&PeriodPublicKey(public.0))
}
