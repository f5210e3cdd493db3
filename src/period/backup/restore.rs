//! From a backup to a data folder that is safe to serve.
//!
//! Guarantee: all or nothing. Everything is checked before a key is written; the folder is made
//! beside its place, without the mark that makes it openable, and named into place at the end.
//! Rows and secrets of periods that the newest log calls closing or closed, and cards that ended,
//! are not written at all, so expiry needs no second look.
//! Non-guarantee: on a machine that never saw the log, and without a newer copy of public/,
//! nothing tells that the backup is old ([`Restored::vouched`] is then false).

use std::io::{self, BufRead, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::BackupError;
use super::head::{self, BackupHead, Keys};
use super::public::{MemorySource, Public};
use super::sealed::{self, Opened};
use crate::clock::Clock;
use crate::crypto::digest::{Digest, Hasher};
use crate::crypto::sign::LogKey;
use crate::crypto::{MasterKey, PeriodPrivateKey, PeriodSalt, PrivateKeyFile};
use crate::domain::Period;
use crate::durable;
use crate::log::{self, LogSource, PeriodState, PeriodView, PublicLog, Witness};
use crate::period::dump::{DumpError, Reader};
use crate::period::loss::{LOST, Loss};
use crate::period::paths::{DataPaths, FolderError};
use crate::period::wipe;
use crate::period::witness::siblings;
use crate::policy::Programme;
use crate::store::{Rebuild, StoreEntry};

/// What opens a backup.
pub enum Secrets {
    /// Nothing was given.
    None,
    /// The private key that it is sealed to.
    Sealed(PrivateKeyFile),
    /// A copy of `DATA/keys`.
    Folder(PathBuf),
}

/// What was restored.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Open periods that are there with their tallies.
    pub kept: Vec<Period>,
    /// Periods whose secrets are lost, released empty at their close.
    pub lost: Vec<Period>,
    /// Periods that were debited: they stay unpublished.
    pub stay: Vec<Period>,
    /// Periods closed since the backup: their rows and secrets were left out.
    pub ended: Vec<Period>,
    /// Releases that the log names and that were not in the copy.
    pub missing: Vec<Period>,
    /// Whether a newer copy of public/, or what this machine has seen, says how far the log went.
    pub vouched: bool,
}

/// What becomes of a period.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Lost(Loss),
    Over,
}

/// Everything that is decided before a byte is written.
struct RestorePlan {
    master: MasterKey,
    log_key: LogKey,
    keys: Keys,
    custody: Option<String>,
    public: Public,
    fates: Vec<(Period, Fate)>,
    /// Cards of decks that ended by this day are left out.
    decks_until: Option<Date>,
    store: Digest,
}

/// Restores `file` into `data`, which must be missing or empty.
///
/// # Errors
/// What does not fit; there is then no new data folder.
pub fn restore(
    data: &DataPaths,
    file: &mut dyn BufRead,
    secrets: Secrets,
    newest: Newest<'_>,
    clock: &dyn Clock,
) -> Result<Restored, BackupError> {
    check_place(data)?;
    let first =
        head::next(file).map_err(|error| if let BackupError::Cut = error { BackupError::Foreign } else { error })?;
    match (sealed::is_sealed(&first), secrets) {
        (true, Secrets::Sealed(key)) => {
            let mut inside = io::BufReader::new(Opened::begin(&first, file, key.key())?);
            let first = head::next(&mut inside)?;
            read(data, &first, &mut inside, None, newest, clock)
        }
        (true, _) => Err(BackupError::Sealed),
        (false, Secrets::Folder(keys)) => read(data, &first, file, Some(Keys::read(&keys)?), newest, clock),
        (false, Secrets::Sealed(_)) => Err(BackupError::NotSealed),
        // What it is comes before what is missing.
        (false, Secrets::None) => Err(BackupHead::read(&first, file).err().unwrap_or(BackupError::NeedsKeys)),
    }
}

fn check_place(data: &DataPaths) -> Result<(), BackupError> {
    let path = data.path();
    let taken = path.is_file() || std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        return Err(BackupError::NotEmpty(path.display().to_string()));
    }
    // What is built beside it could not be named into its place.
    let disk = |path: &Path| std::fs::metadata(path).map(|seen| seen.dev()).ok();
    let beside = data.restoring();
    let parent = beside.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match disk(path) {
        Some(own) if disk(parent) != Some(own) => Err(BackupError::OtherDisk(path.display().to_string())),
        _ => Ok(()),
    }
}

fn read(
    data: &DataPaths,
    first: &[u8],
    file: &mut dyn BufRead,
    keys: Option<Keys>,
    newest: Newest<'_>,
    clock: &dyn Clock,
) -> Result<Restored, BackupError> {
    let head = BackupHead::read(first, file)?;
    let (plan, restored) = RestorePlan::make(data, head, keys, newest, clock)?;
    let staging = DataPaths::new(&data.restoring());
    wipe::clear(staging.path())?;
    // A link stays, and the folder that it leads to is made.
    let to = std::fs::canonicalize(data.path()).unwrap_or_else(|_| data.path().to_owned());
    let built = plan.build(&staging, file).and_then(|()| Ok(durable::rename(staging.path(), &to)?));
    if let Err(error) = built {
        // No key stays behind; the error to tell is the first one.
        let _ = wipe::clear(staging.path());
        return Err(error);
    }
    #[cfg(feature = "test-hooks")]
    crate::faults::hit("restore-named");
    Ok(restored)
}

impl RestorePlan {
    fn make(
        data: &DataPaths,
        head: BackupHead,
        keys: Option<Keys>,
        newest: Newest<'_>,
        clock: &dyn Clock,
    ) -> Result<(Self, Restored), BackupError> {
        let mut head = head;
        let keys = keys.unwrap_or_else(|| std::mem::take(&mut head.keys));
        let (Some(master), Some(log_key)) = (&keys.master, &keys.log) else { return Err(BackupError::NeedsKeys) };
        let bad = |_| BackupError::NeedsKeys;
        let master = MasterKey::from_bytes(master).map_err(bad)?;
        let log_key = LogKey::from_seed(log_key).map_err(|_| BackupError::NeedsKeys)?;
        let store = head.check(&master)?;
        let custody = head.custody.take();
        let own = Public::read(&MemorySource(&head.public), &log_key)?;
        let open_then: Vec<Period> = own
            .log
            .ledger()
            .periods()
            .filter(|(_, view)| view.state == PeriodState::Open)
            .map(|(period, _)| period)
            .collect();
        if own.files.len() != head.public.len() {
            return Err(BackupError::Changed("it has public files that its log does not name"));
        }
        let given = match newest {
            Newest::Given(source) => Some(Public::read(source, &log_key)?),
            Newest::Unknown | Newest::None => None,
        };
        let vouched = given.is_some();
        let public = match given {
            Some(mut given) => {
                given.log.check_extends(own.log.checkpoint()).map_err(BackupError::OtherPublic)?;
                given.complete(&own);
                given
            }
            None => own,
        };
        let seen = check_witnesses(data, &public.log, &log_key)?;
        if !vouched && !seen && matches!(newest, Newest::Unknown) {
            return Err(BackupError::Unvouched(public.log.size()));
        }
        let mut fates = Vec::new();
        for (period, view) in public.log.ledger().periods() {
            let missing = public.missing.contains(&period);
            fates.push((period, fate(period, view, missing, &keys, &master)?));
        }
        let of = |fate: Fate| fates.iter().filter(|(_, f)| *f == fate).map(|(p, _)| *p).collect::<Vec<_>>();
        let restored = Restored {
            kept: of(Fate::Kept),
            lost: of(Fate::Lost(Loss::Empty)),
            stay: of(Fate::Lost(Loss::Stays)),
            ended: of(Fate::Over).into_iter().filter(|period| open_then.contains(period)).collect(),
            missing: public.missing.clone(),
            vouched: vouched || seen,
        };
        let decks_until = decks_until(&public, &fates, clock)?;
        Ok((Self { master, log_key, keys, custody, public, fates, decks_until, store }, restored))
    }

    /// Makes the whole folder in an empty place.
    fn build(&self, to: &DataPaths, file: &mut dyn BufRead) -> Result<(), BackupError> {
        to.create()?;
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("restore-begun");
        self.fill_store(to, file)?;
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("restore-stored");
        // From here on all of the backup has been read and was right.
        for (path, bytes) in &self.public.files {
            let path = to.public().join(path);
            if let Some(folder) = path.parent() {
                durable::create_public_dir(folder)?;
            }
            durable::replace(&path, bytes, durable::PUBLIC)?;
        }
        to.write_log_verifier(&self.verifier()?)?;
        if let Some(text) = &self.custody {
            durable::replace(&to.path().join(head::CUSTODY), text.as_bytes(), durable::PRIVATE)?;
        }
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("restore-public");
        to.write_master(&self.master)?;
        to.write_log_key(&self.log_key)?;
        for (period, what, bytes) in self.keys.periods().filter(|(period, what, _)| self.writes(*period, what)) {
            durable::write_new(&to.secret(period, what), bytes, durable::PRIVATE)?;
        }
        for (period, fate) in &self.fates {
            if let Fate::Lost(loss) = fate {
                durable::write_new(&to.secret(*period, LOST), loss.mark().as_bytes(), durable::PRIVATE)?;
            }
        }
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("restore-keys");
        to.mark()?;
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("restore-marked");
        Ok(())
    }

    /// The sealed rows of periods that are kept, and the cards that are not over.
    fn fill_store(&self, to: &DataPaths, file: &mut dyn BufRead) -> Result<(), BackupError> {
        let mut file = Hashing { from: file, hasher: Hasher::default() };
        let mut store = Rebuild::begin(&to.store(), self.master.store_check())?;
        let filled = self.fill(&mut store, &mut file);
        if filled.is_ok() && file.hasher.finish() != self.store {
            store.forget();
            return Err(BackupError::Changed("its rows are not the ones it was made with"));
        }
        match filled {
            Ok(()) => Ok(store.finish()?),
            Err(error) => {
                store.forget();
                Err(error)
            }
        }
    }

    fn fill(&self, store: &mut Rebuild, file: &mut dyn BufRead) -> Result<(), BackupError> {
        let mut reader = Reader::begin(file, &self.master)?;
        while let Some(entry) = reader.next()? {
            let stays = match &entry {
                StoreEntry::Card(_, until) => self.decks_until.is_none_or(|day| until.last_day() > day),
                StoreEntry::Row(slot, _) | StoreEntry::Tombstone(slot) => {
                    self.fate(slot.period).ok_or(DumpError::UnknownPeriod(slot.period))? == Fate::Kept
                }
            };
            if stays && !store.add(&entry)? {
                return Err(reader.changed("is not in order").into());
            }
        }
        Ok(())
    }

    fn fate(&self, period: Period) -> Option<Fate> {
        self.fates.iter().find(|(of, _)| *of == period).map(|(_, fate)| *fate)
    }

    /// Whether a secret is written: of a kept period, or a public key given ahead of its period.
    fn writes(&self, period: Period, what: &str) -> bool {
        self.fate(period).map_or(what == "public", |fate| fate == Fate::Kept)
    }

    fn verifier(&self) -> Result<String, BackupError> {
        let key = self.log_key.verifier(&self.public.log.checkpoint().origin).map_err(log::LogError::from)?;
        Ok(key.to_string())
    }
}

fn fate(
    period: Period,
    view: &PeriodView,
    missing: bool,
    keys: &Keys,
    master: &MasterKey,
) -> Result<Fate, BackupError> {
    match view.state {
        // Its draft may have died with the old disk, before anybody could read it.
        PeriodState::Released { .. } if missing => return Ok(Fate::Lost(Loss::Stays)),
        PeriodState::Released { .. } | PeriodState::Shredded { .. } => return Ok(Fate::Over),
        // Noise may have been drawn on the old machine.
        PeriodState::Debited => return Ok(Fate::Lost(Loss::Stays)),
        // A log that ends here was copied in the middle of a close, and may have gone on.
        PeriodState::Closing => return Ok(Fate::Lost(Loss::Empty)),
        PeriodState::Open => {}
    }
    let part = |what: &str| keys.get(period, what).map(|bytes| bytes.as_slice());
    let wrong = |what: &str| BackupError::Secret(period, what.to_owned());
    let Some(salt) = part("salt") else { return Ok(Fate::Lost(Loss::Empty)) };
    PeriodSalt::unwrap(salt, master, period).map_err(|_| wrong("the salt does not open with master.key"))?;
    match (part("private"), part("public")) {
        (Some(private), _) => {
            let half = PeriodPrivateKey::unwrap(private, master, period).and_then(|key| key.public());
            let half = half.map_err(|_| wrong("the private key does not open with master.key"))?;
            let same = half.0 == view.public_key.0;
            if same { Ok(Fate::Kept) } else { Err(wrong("the private key is not the one that the log names")) }
        }
        // Under offline custody the private key is not here; the opening looks at the public one.
        (None, Some(_)) => Ok(Fate::Kept),
        (None, None) => Err(wrong("the salt is there, and the private key is missing")),
    }
}

/// What is known of public files newer than those of the backup.
#[derive(Clone, Copy)]
pub enum Newest<'a> {
    /// These.
    Given(&'a dyn LogSource),
    /// Nothing was said.
    Unknown,
    /// There are none: the operator says so.
    None,
}

/// The log must go on from whatever this machine has seen of it: the witness of the new folder, and those
/// beside it. Answers whether any has seen it.
fn check_witnesses(data: &DataPaths, log: &PublicLog, key: &LogKey) -> Result<bool, BackupError> {
    let own = data.witness();
    let mut witnesses: Vec<Witness> = Witness::read(&own)?.into_iter().collect();
    witnesses.extend(siblings(&own));
    let origin = &log.checkpoint().origin;
    let key = key.verifier(origin).map_err(log::LogError::from)?;
    witnesses.iter().try_for_each(|witness| witness.check(log, &key))?;
    // One that saw less than this log saw a drill, or another machine's past: it says nothing of the end.
    Ok(witnesses.iter().filter_map(|witness| witness.seen(origin)).any(|seen| seen.size() >= log.size()))
}

/// The last day of the last closed period that is past: decks that ended by then are over.
fn decks_until(public: &Public, fates: &[(Period, Fate)], clock: &dyn Clock) -> Result<Option<Date>, BackupError> {
    let ledger = public.log.ledger();
    let digest = ledger.programme().ok_or(FolderError::Nothing("the log".to_owned()))?;
    let text = public.files.get(&format!("programme/{digest}.toml")).map(|bytes| String::from_utf8_lossy(bytes));
    let programme = Programme::parse(&text.unwrap_or_default(), "programme.toml")?;
    let today = clock.today(&programme.timezone);
    let over = fates.iter().filter(|(_, fate)| *fate == Fate::Over).map(|(period, _)| period.last_day());
    Ok(over.filter(|day| *day < today).max())
}

/// Hashes what is read through it.
struct Hashing<'a> {
    from: &'a mut dyn BufRead,
    hasher: Hasher,
}

impl Read for Hashing<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let number = self.from.read(to)?;
        self.hasher.update(to.get(..number).unwrap_or_default());
        Ok(number)
    }
}

impl BufRead for Hashing<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.from.fill_buf()
    }

    fn consume(&mut self, number: usize) {
        // What is consumed was filled before, so this reads nothing anew.
        if let Ok(bytes) = self.from.fill_buf() {
            self.hasher.update(bytes.get(..number).unwrap_or_default());
        }
        self.from.consume(number);
    }
}
