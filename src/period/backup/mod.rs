//! One file from which a programme can be restored, and the way back.
//!
//! Guarantee: a backup is one moment: log, store and keys fit together, and no draft is in it, since
//! none is made during a close. Without a public key to seal it to, it holds no key at all. What is
//! restored extends every log that was seen here; nothing of a period that the newest log calls
//! closing or closed is written, so it can neither be opened nor drawn from again.
//! Non-guarantee: tallies sent after the backup are lost; cards revoked since come back. Whoever has
//! the public key can seal a false backup, of another log: compare its checkpoint.

mod head;
mod line;
mod public;
mod restore;
mod sealed;

use std::io;
use std::sync::PoisonError;

use zeroize::Zeroizing;

use super::PeriodError;
use super::custody::Custody;
use super::data_dir::DataDir;
use super::dump::{DumpError, DumpWriter};
use super::loss::Loss;
use super::paths::FolderError;
use super::wipe::WipeError;
use crate::crypto::digest::{Digest, Hasher};
use crate::crypto::{CryptoError, KeyFileError, MasterKey, key_file};
use crate::domain::Period;
use crate::durable::DurableError;
use crate::log::{LogError, PeriodState, WitnessError};
use crate::policy::FileError;
use crate::store::{Embedded, Snapshot, StoreError};
use head::Keys;
use public::Public;

pub use restore::{Newest, Restored, Secrets, restore};

/// Format number of a backup.
pub const FORMAT: u32 = 1;

/// Why a backup is not made or not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A close is half done.
    #[error(
        "{0} is being closed, and a copy made now could draw its noise a second time: finish it with `peertally close {0}` (with its private key, or --key-lost, if it is kept offline), then make the backup"
    )]
    Closing(Period),
    /// Nothing shows that it is the newest state.
    #[error(
        "nothing here shows that this backup (a log of {0} entries) is the newest state of the programme: if a period was closed since, going on could release it a second time. Bring the newest copy of public/ and name it with --public (old disk, mirror, bundle, or the files at the service's address). If there is none anywhere: --nothing-newer. Nothing was restored"
    )]
    Unvouched(u64),
    /// Not ours.
    #[error("this is not a backup of peertally: its first line is another one. Nothing was restored")]
    Foreign,
    /// Written by a newer program.
    #[error(
        "the backup has format {0}, and this program knows formats up to {FORMAT}: use a newer peertally. Nothing was restored"
    )]
    Newer(u32),
    /// It is sealed.
    #[error("the backup is sealed to a key: give its private key file with --private-key. Nothing was restored")]
    Sealed,
    /// It is not sealed.
    #[error(
        "the backup is not sealed, so it holds no keys: give a copy of DATA/keys with --keys instead of a private key. Nothing was restored"
    )]
    NotSealed,
    /// Its keys lie elsewhere.
    #[error(
        "the backup holds no keys: give the folder with your copy of DATA/keys with --keys (master.key and log.key at least). Nothing was restored"
    )]
    NeedsKeys,
    /// It ends too early.
    #[error("the backup is cut off: copy the file again, or take another backup. Nothing was restored")]
    Cut,
    /// It is not what was written, or sealed to another key.
    #[error(
        "the backup was changed, or does not belong to the key given ({0}): copy the file again, or take another backup or key. Nothing was restored"
    )]
    Changed(&'static str),
    /// The place is taken.
    #[error("{0} is not empty: name a new or an empty folder with --data. Nothing was changed")]
    NotEmpty(String),
    /// One key, one purpose.
    #[error(
        "this is the key of {0}: its private half with this backup would open that period's tallies, and is destroyed after its close. Make another pair with `peertally keygen`"
    )]
    KeyOfPeriod(Period),
    /// A folder is made beside its place.
    #[error(
        "{0} is a disk of its own, and a restore makes the folder beside its place first: name a folder on that disk that is not there yet, such as {0}/data. Nothing was changed"
    )]
    OtherDisk(String),
    /// A file of public/ is not what the log says.
    #[error("{0} {1}: take another copy of public/. Nothing was restored")]
    Public(String, &'static str),
    /// The copy of public/ is older than the backup.
    #[error("the copy of public/ does not go on from the backup's log: {0}. Nothing was restored")]
    OtherPublic(LogError),
    /// A secret does not fit.
    #[error("the secrets of {0} do not fit: {1}. Take the keys/ that belong to this backup. Nothing was restored")]
    Secret(Period, String),
    /// The log is older than what was seen.
    #[error(transparent)]
    Witness(#[from] WitnessError),
    /// The file or the connection.
    #[error("the backup could not be read or written ({0}): check the file and the disk, then run the command again")]
    Io(io::Error),
    /// The sealed rows.
    #[error(transparent)]
    Dump(DumpError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The data folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A period.
    #[error(transparent)]
    Period(#[from] PeriodError),
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The programme file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The disk.
    #[error(transparent)]
    Durable(#[from] DurableError),
    /// What an earlier attempt left.
    #[error(transparent)]
    Left(#[from] WipeError),
    /// The public key file.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// A key.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

impl From<io::Error> for BackupError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Cut,
            io::ErrorKind::InvalidData => Self::Changed("a piece does not open"),
            _ => Self::Io(error),
        }
    }
}

impl From<DumpError> for BackupError {
    fn from(error: DumpError) -> Self {
        match error {
            DumpError::Io(error) => error.into(),
            DumpError::Cut(_) => Self::Cut,
            error => Self::Dump(error),
        }
    }
}

/// What is copied, at one moment.
struct Moment {
    custody: Custody,
    public: Public,
    keys: Keys,
    store: Snapshot,
}

impl DataDir {
    /// Hands a backup to `sink`, in pieces; answers the SHA-256 of all of it. With the line of a
    /// public key file it holds keys too, and is sealed to that key as a whole. It waits for a close
    /// that is under way.
    ///
    /// # Errors
    /// [`BackupError::Closing`] after a close that was cut short; the disk; `sink`.
    pub fn backup(
        &self,
        to: Option<&str>,
        sink: &mut dyn FnMut(&str) -> io::Result<()>,
    ) -> Result<Digest, BackupError> {
        let to = to.map(|line| key_file::read_public(line.as_bytes())).transpose()?;
        let of = to.as_ref().and_then(|key| self.holder(&self.ledger(), key));
        if let Some(period) = of {
            return Err(BackupError::KeyOfPeriod(period));
        }
        // Closes go on while the copy is written out.
        let moment = self.moment(to.is_some())?;
        let mut hasher = Hasher::default();
        let mut out = |piece: &str| {
            hasher.update(piece.as_bytes());
            sink(piece)
        };
        match to {
            None => write_out(&self.master, &moment, &mut out)?,
            Some(key) => {
                let mut sealing = sealed::Sealing::begin(&key, &mut out)?;
                write_out(&self.master, &moment, &mut |piece| sealing.take(piece))?;
                sealing.end()?;
            }
        }
        Ok(hasher.finish())
    }

    fn moment(&self, with_keys: bool) -> Result<Moment, BackupError> {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        self.log().ready()?;
        let ledger = self.ledger();
        for (period, view) in ledger.periods() {
            let half = matches!(view.state, PeriodState::Closing | PeriodState::Debited | PeriodState::Released { .. });
            if half && self.loss(period)? != Some(Loss::Stays) {
                return Err(BackupError::Closing(period));
            }
        }
        let key = self.folder.log_key()?;
        let public = Public::read(&crate::log::DirSource(self.folder.public()), &key)?;
        let mut keys = Keys::default();
        if with_keys {
            let ended = |period: Period| ledger.period(period).is_some_and(|view| view.state != PeriodState::Open);
            keys = Keys::read(&self.folder.path().join("keys"))?;
            keys.retain(|period, what| !ended(period) && (what == "public" || ledger.period(period).is_some()));
        }
        Ok(Moment { custody: self.custody, public, keys, store: self.services.store.snapshot()? })
    }
}

/// The backup, without keys in it, that an old copy of a whole data folder amounts to. Its store is opened,
/// and its log is not held against the witness: whatever is made of it is, by [`restore()`].
///
/// # Errors
/// What does not fit in the copy.
pub fn of_copy(copy: &super::DataPaths, sink: &mut dyn FnMut(&str) -> io::Result<()>) -> Result<(), BackupError> {
    copy.check()?;
    let (master, key) = (copy.master()?, copy.log_key()?);
    let store = Embedded::open(&copy.store(), master.store_check())?.snapshot()?;
    let public = Public::read(&crate::log::DirSource(copy.public()), &key)?;
    write_out(&master, &Moment { custody: copy.custody()?, public, keys: Keys::default(), store }, sink)
}

fn write_out(
    master: &MasterKey,
    moment: &Moment,
    sink: &mut dyn FnMut(&str) -> io::Result<()>,
) -> Result<(), BackupError> {
    let store = dumped(master, &moment.store, &mut |_| Ok(()))?;
    let mut head = line::BackupWriter::begin(!moment.keys.is_empty(), sink)?;
    if moment.custody == Custody::Offline {
        head.custody(&format!("{}\n", Custody::Offline.name()))?;
    }
    for (path, bytes) in &moment.public.files {
        head.public(path, bytes)?;
    }
    for (name, bytes) in moment.keys.files() {
        head.key(&name, bytes)?;
    }
    head.end(master, &store)?;
    dumped(master, &moment.store, sink)?;
    Ok(())
}

/// The sealed rows in the form of a dump; the same snapshot gives the same bytes.
fn dumped(
    master: &MasterKey,
    store: &Snapshot,
    sink: &mut dyn FnMut(&str) -> io::Result<()>,
) -> Result<Digest, DumpError> {
    let mut writer = DumpWriter::begin(master, sink)?;
    for entry in store.entries() {
        writer.entry(&entry?)?;
    }
    writer.end()
}

/// Bytes that may be secret.
type Secret = Zeroizing<Vec<u8>>;
