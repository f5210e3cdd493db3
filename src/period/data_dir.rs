//! One data folder, opened: log, store, keys, and the periods that take tallies.
//!
//! Guarantee: it opens only if folder, keys, log, policy, programme and store
//! fit together, and says in one sentence what does not.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use jiff::civil::Date;
use tokio::sync::watch;
use zeroize::Zeroizing;

use super::PeriodError;
use super::custody::Custody;
use super::paths::{DataPaths, FolderError};
use super::queue;
use super::secrets::PeriodSecrets;
use super::witness::{self, Kept};
use crate::clock::Clock;
use crate::crypto::digest::{Digest, sha256};
use crate::crypto::sign::LogKey;
use crate::crypto::{MasterKey, PeriodPublicKey, PeriodSalt, random};
use crate::domain::Period;
use crate::durable::DurableError;
use crate::intake::{Intake, OpenPeriod, OpenPeriods};
use crate::log::{Event, Ledger, Log, LogError, PeriodState, origin_name};
use crate::policy::{FileError, Policy, PolicyError, Programme, compare, embedded, is_superseded};
use crate::store::{Embedded, StoreError};

/// Why a data folder cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    /// The folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A period.
    #[error(transparent)]
    Period(#[from] PeriodError),
    /// The programme or policy file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The policy and the program differ.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// The log says nothing of a programme or policy.
    #[error("the log names no {0}: this data folder was not finished by `init`. Remove it and run `init` again")]
    Unfinished(&'static str),
}

macro_rules! through_period {
    ($($error:ty),*) => {$(
        impl From<$error> for DataDirError {
            fn from(error: $error) -> Self {
                Self::Period(error.into())
            }
        }
    )*};
}
through_period!(LogError, StoreError, DurableError, crate::crypto::CryptoError);

/// What the service and the command line share.
#[derive(Clone)]
pub struct Services {
    /// Where tallies are taken.
    pub intake: Arc<Intake<Embedded>>,
    /// The store.
    pub store: Arc<Embedded>,
    /// The periods that take tallies.
    pub open: Arc<OpenPeriods>,
}

/// One data folder, opened.
pub struct DataDir {
    pub(super) folder: DataPaths,
    pub(super) master: MasterKey,
    pub(super) log: Mutex<Log>,
    pub(super) services: Services,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) programme: RwLock<(Digest, Arc<Programme>)>,
    /// Digest of the policy that the log names.
    pub(super) policy_digest: RwLock<Digest>,
    policy: Policy,
    pub(super) custody: Custody,
    /// One close or opening at a time.
    pub(super) one_at_a_time: Mutex<()>,
    /// A release that was drawn and could not be written: never drawn again while we live.
    pub(super) drawn: Mutex<BTreeMap<Period, Zeroizing<Vec<u8>>>>,
    /// Periods whose close failed, and how many looks at the calendar to wait.
    pub(super) waits: Mutex<BTreeMap<Period, (u32, u32)>>,
    pub(super) trust_clock: AtomicBool,
    pub(super) witness: Mutex<Kept>,
    failure: watch::Sender<Option<String>>,
}

impl DataDir {
    /// Makes a new data folder and opens it; the current period is not opened yet.
    ///
    /// # Errors
    /// What does not fit, in one sentence; nothing is left half made that could be opened.
    pub fn create(
        folder: DataPaths,
        programme: &str,
        policy: &str,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, DataDirError> {
        Self::create_under(Custody::Host, folder, programme, policy, clock)
    }

    /// As [`DataDir::create`], and says where the private keys of periods will be.
    ///
    /// # Errors
    /// As there.
    pub fn create_under(
        custody: Custody,
        folder: DataPaths,
        programme: &str,
        policy: &str,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, DataDirError> {
        let parsed = Programme::parse(programme, "programme.toml")?;
        compare(&Policy::parse(policy, "policy.toml")?)?;
        folder.create()?;
        folder.write_custody(custody)?;
        let master = MasterKey::generate()?;
        folder.write_master(&master)?;
        let log_key = LogKey::generate().map_err(LogError::from)?;
        folder.write_log_key(&log_key)?;
        let name = origin_name(*random::bytes::<4>()?);
        let mut log = Log::create(&folder.log(), log_key, &name)?;
        let today = clock.today(&parsed.timezone);
        log.append(today, Event::ProgrammeAdopted { digest: folder.adopt("programme", programme)? })?;
        log.append(today, Event::PolicyAdopted { digest: folder.adopt("policy", policy)? })?;
        folder.write_log_verifier(&log.verifier().to_string())?;
        drop(log);
        drop(Embedded::create(&folder.store(), master.store_check())?);
        folder.mark()?;
        Self::open(folder, clock)
    }

    /// Opens a data folder.
    ///
    /// # Errors
    /// What does not fit, in one sentence; nothing is changed.
    pub fn open(folder: DataPaths, clock: Arc<dyn Clock>) -> Result<Self, DataDirError> {
        folder.check()?;
        let custody = folder.custody()?;
        let master = folder.master()?;
        // The store's lock comes first: what is read after it cannot change behind our back.
        let store = Arc::new(Embedded::open(&folder.store(), master.store_check())?);
        let log = Log::open(&folder.log(), folder.log_key()?)?;
        let seen = witness::look(&folder, &log)?;
        let policy_digest = log.ledger().policy().ok_or(DataDirError::Unfinished("policy"))?;
        let policy = read_policy(&folder, &policy_digest)?;
        let digest = log.ledger().programme().ok_or(DataDirError::Unfinished("programme"))?;
        let programme = Arc::new(read_programme(&folder, &digest)?);
        let open = Arc::new(OpenPeriods::default());
        for (period, view) in log.ledger().periods().filter(|(_, view)| view.state == PeriodState::Open) {
            let secrets = PeriodSecrets::new(&folder, &master, period);
            if secrets.loss()?.is_some() {
                continue;
            }
            let public = PeriodPublicKey(view.public_key.0);
            secrets.check(&public)?;
            let bound = Arc::new(read_programme(&folder, &view.programme)?);
            open.add(taking(period, bound, &secrets.salt()?, public));
        }
        let (taken, verifiers) = (Arc::clone(&programme), master.verifier_key());
        let intake =
            Arc::new(Intake::new(Arc::clone(&store), Arc::clone(&open), verifiers, Arc::clone(&clock), taken)?);
        queue::load(&folder, &master, intake.queue())?;
        let witness = witness::keep(&folder, seen, &log, clock.today(&programme.timezone))?;
        Ok(Self {
            folder,
            master,
            log: Mutex::new(log),
            services: Services { intake, store, open },
            clock,
            programme: RwLock::new((digest, programme)),
            policy_digest: RwLock::new(policy_digest),
            policy,
            custody,
            one_at_a_time: Mutex::new(()),
            drawn: Mutex::default(),
            waits: Mutex::default(),
            trust_clock: AtomicBool::new(false),
            witness: Mutex::new(witness),
            failure: watch::Sender::new(None),
        })
    }

    /// Takes another programme file from the next period on; the same file again changes nothing.
    ///
    /// # Errors
    /// [`DataDirError::File`] where the file does not hold.
    pub fn adopt_programme(&self, text: &str, name: &str) -> Result<bool, DataDirError> {
        let parsed = Programme::parse(text, name)?;
        let mut current = self.programme.write().unwrap_or_else(PoisonError::into_inner);
        if sha256(text.as_bytes()) == current.0 {
            return Ok(false);
        }
        let digest = self.folder.adopt("programme", text)?;
        self.append(self.clock.today(&parsed.timezone), Event::ProgrammeAdopted { digest })?;
        *current = (digest, Arc::new(parsed));
        Ok(true)
    }

    /// Puts the shipped policy in the place of the one that an earlier version shipped.
    pub(super) fn adopt_shipped_policy(&self, today: Date) -> Result<(), PeriodError> {
        let mut current = self.policy_digest.write().unwrap_or_else(PoisonError::into_inner);
        if is_superseded(&current.to_string()) {
            let digest = self.folder.adopt("policy", embedded::POLICY)?;
            self.append(today, Event::PolicyAdopted { digest })?;
            *current = digest;
        }
        Ok(())
    }

    /// What the service needs.
    #[must_use]
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &DataPaths {
        &self.folder
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The programme of the next period to be opened.
    #[must_use]
    pub fn programme(&self) -> Arc<Programme> {
        Arc::clone(&self.programme.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// Key of the card verifiers.
    #[must_use]
    pub fn verifier_key(&self) -> crate::crypto::pseudonym::CardVerifierKey {
        self.master.verifier_key()
    }

    /// The log's verifier key in C2SP form.
    #[must_use]
    pub fn log_key(&self) -> String {
        self.log().verifier().to_string()
    }

    /// What the log says, at this moment.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.log().ledger().clone()
    }

    /// Today, in the programme's time zone.
    #[must_use]
    pub fn today(&self) -> Date {
        self.clock.today(&self.programme().timezone)
    }

    /// Does something while no period is opened or closed.
    pub fn while_still<T>(&self, work: impl FnOnce() -> T) -> T {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        work()
    }

    pub(super) fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends an event; a day before the last entry's counts as that day.
    pub(super) fn append(&self, today: Date, event: Event) -> Result<(), PeriodError> {
        let (name, period) = (event.name(), event.period());
        if let Err(error) = self.log().append(today, event) {
            if matches!(error, LogError::Durable(DurableError::NotConfirmed { .. }) | LogError::Unsettled) {
                self.fail(&error);
            }
            return Err(error.into());
        }
        tracing::info!(event = name, period = period.map(tracing::field::display));
        self.remember_if_possible();
        Ok(())
    }

    /// Tells the service to end: what this process believes may not be what the disk holds.
    pub fn fail(&self, reason: &dyn std::fmt::Display) {
        self.failure.send_replace(Some(reason.to_string()));
    }

    /// Resolves to the reason once the service must end.
    #[must_use]
    pub fn failure(&self) -> watch::Receiver<Option<String>> {
        self.failure.subscribe()
    }

    /// Takes the clock's date although it is far ahead of the log.
    pub fn trust_clock(&self) {
        self.trust_clock.store(true, Ordering::Relaxed);
    }

    pub(super) fn secrets(&self, period: Period) -> PeriodSecrets<'_> {
        PeriodSecrets::new(&self.folder, &self.master, period)
    }

    /// The programme a period was opened with, and its digest.
    pub(super) fn bound_programme(&self, digest: &Digest) -> Result<Programme, DataDirError> {
        read_programme(&self.folder, digest)
    }
}

pub(super) fn taking(period: Period, programme: Arc<Programme>, salt: &PeriodSalt, key: PeriodPublicKey) -> OpenPeriod {
    OpenPeriod { period, programme, keys: salt.keys(), sealer: salt.sealer(period, key) }
}

/// The policy in force. Of one that an earlier version shipped, what it says now: the log names it once the calendar
/// was looked at, and until then nothing is stored that the earlier one does not state.
fn read_policy(folder: &DataPaths, digest: &Digest) -> Result<Policy, DataDirError> {
    let text = folder.read_adopted("policy", digest)?;
    if is_superseded(&digest.to_string()) {
        return Ok(embedded::policy()?);
    }
    let policy = Policy::parse(&text, "policy.toml")?;
    compare(&policy)?;
    Ok(policy)
}

fn read_programme(folder: &DataPaths, digest: &Digest) -> Result<Programme, DataDirError> {
    Ok(Programme::parse(&folder.read_adopted("programme", digest)?, "programme.toml")?)
}
