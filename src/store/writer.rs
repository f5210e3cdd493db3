//! The one thread that writes, and the store that callers see.
//!
//! Guarantee: many callers share one commit and one sync; a ticket is answered
//! after the sync; after a failed commit nothing is answered with success, no
//! later write is tried, and `failure` tells the program to end.
//! Non-guarantee: an operation answered with an error may still be on the
//! disk; the sender repeats it, and the receipt makes that harmless.

use std::collections::BTreeSet;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{oneshot, watch};

use super::backend::{Backend, Tree};
use super::codec::{ROW, TOMBSTONE, is_over, prefix, row_key};
use super::commit::{Batch, Operation};
#[cfg(feature = "test-hooks")]
use super::faulty::Faulty;
use super::identity::STALE_KEY;
use super::memory::Memory;
use super::portable::Snapshot;
use super::sled::Sled;
use super::{
    AddRow, Cards, Outcome, PutRow, Rows, SealedRows, Slot, Store, StoreError, WithdrawRow, identity, upgrade,
};
use crate::crypto::pseudonym::Verifier;
use crate::crypto::seal::SEALED;
use crate::domain::{Period, RowKey};

/// Operations that may wait; more are answered with [`StoreError::Busy`].
const QUEUE: usize = 8192;
/// Operations in one group commit.
const GROUP: usize = 2048;
/// Operations in a group from which on more senders are awaited for the next one.
const CROWD: usize = 8;
/// How long more are awaited: each commit costs some fifty switches between threads.
const GATHER: Duration = Duration::from_millis(2);

type Answer = Result<Outcome, StoreError>;
type Job = (Operation, oneshot::Sender<Answer>);

/// The promise of an answer, given after the change is on the disk.
pub struct Ticket(oneshot::Receiver<Answer>);

impl Ticket {
    /// Waits, on a thread that may block.
    ///
    /// # Errors
    /// [`StoreError::Failed`] where the commit failed.
    pub fn wait(self) -> Answer {
        self.0.blocking_recv().unwrap_or_else(|_| Err(ended()))
    }
}

impl Future for Ticket {
    type Output = Answer;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer> {
        Pin::new(&mut self.0).poll(context).map(|answer| answer.unwrap_or_else(|_| Err(ended())))
    }
}

fn ended() -> StoreError {
    StoreError::Failed("the writer has ended".to_owned())
}

/// A store with its writer thread. Dropping it lets the writer finish what is queued.
pub struct Embedded {
    backend: Arc<dyn Backend>,
    queue: Option<SyncSender<Job>>,
    failure: watch::Receiver<Option<String>>,
    writer: Option<JoinHandle<()>>,
}

impl Embedded {
    /// Makes a new store in `folder`, tied to a master key by `check`.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if something is there already; [`StoreError::Failed`] for the disk.
    pub fn create(folder: &Path, check: [u8; 16]) -> Result<Self, StoreError> {
        let backend = Sled::open(folder)?;
        identity::create(&backend, folder, check)?;
        Ok(Self::start(backend))
    }

    /// Opens the store in `folder` after checking all of it; one of an older format is upgraded.
    ///
    /// # Errors
    /// [`StoreError::Locked`], [`StoreError::Damaged`], [`StoreError::WrongKey`], [`StoreError::Newer`].
    pub fn open(folder: &Path, check: [u8; 16]) -> Result<Self, StoreError> {
        if !folder.join("db").is_file() && !folder.with_extension("old").join("db").is_file() {
            return Err(StoreError::Damaged(folder.display().to_string(), "its file `db` is missing".to_owned()));
        }
        let backend = Sled::open(folder)?;
        upgrade::upgrade(&backend, folder, check, &upgrade::STEPS)?;
        identity::verify(&backend, folder, check)?;
        Ok(Self::start(backend))
    }

    /// Refuses a store that another process has open.
    ///
    /// # Errors
    /// [`StoreError::Locked`]; [`StoreError::Failed`] for the disk.
    pub fn check_free(folder: &Path) -> Result<(), StoreError> {
        if folder.is_dir() { Sled::check_free(folder) } else { Ok(()) }
    }

    /// All of the store at one moment; writes wait meanwhile.
    ///
    /// # Errors
    /// As [`Rows::put`]; [`StoreError::Damaged`] for an entry that this program never writes.
    pub fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let (to, taken) = oneshot::channel();
        self.submit(Operation::Snapshot(to))?.wait()?;
        taken.blocking_recv().unwrap_or_else(|_| Err(ended()))
    }

    /// A store in memory, for tests: the same writer over another engine.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::start(Memory::default())
    }

    pub(super) fn start<B: Backend>(backend: B) -> Self {
        let length = QUEUE;
        #[cfg(feature = "test-hooks")]
        let (backend, length) = (Faulty::over(backend), crate::faults::queue_length(length));
        let backend = Arc::new(backend);
        let (queue, jobs) = sync_channel(length);
        let (failed, failure) = watch::channel(None);
        let engine = Arc::clone(&backend);
        let writer = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || write(engine.as_ref(), &jobs, &failed))
            .ok();
        Self { backend, queue: Some(queue), failure, writer }
    }

    pub(super) fn backend(&self) -> &dyn Backend {
        self.backend.as_ref()
    }

    fn submit(&self, operation: Operation) -> Result<Ticket, StoreError> {
        if let Some(reason) = self.failure.borrow().clone() {
            return Err(StoreError::Failed(reason));
        }
        let (answer, ticket) = oneshot::channel();
        match self.queue.as_ref().map(|queue| queue.try_send((operation, answer))) {
            Some(Ok(())) => Ok(Ticket(ticket)),
            Some(Err(TrySendError::Full(_))) => Err(StoreError::Busy),
            Some(Err(TrySendError::Disconnected(_))) | None => Err(ended()),
        }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(writer) = self.writer.take() {
            // A panic of the writer has been answered to those who waited.
            let _ = writer.join();
        }
    }
}

fn write<B: Backend>(backend: &B, jobs: &Receiver<Job>, failed: &watch::Sender<Option<String>>) {
    let mut closed = BTreeSet::new();
    let mut last = 0;
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        gather(jobs, &mut group, last);
        last = group.len();
        let (operations, answers): (Vec<_>, Vec<_>) = group.into_iter().unzip();
        // sled may panic on a damaged file: to those who wait that is a failed write.
        let done = catch_unwind(AssertUnwindSafe(|| commit(backend, &mut closed, operations)));
        match done.unwrap_or_else(|_| Err(StoreError::Failed("the storage engine stopped".to_owned()))) {
            Ok(outcomes) => {
                for (answer, outcome) in answers.into_iter().zip(outcomes) {
                    // Whoever no longer waits has lost the connection; the row is stored all the same.
                    let _ = answer.send(Ok(outcome));
                }
            }
            Err(error) => {
                for answer in answers {
                    let _ = answer.send(Err(error.clone()));
                }
                failed.send_replace(Some(error.to_string()));
                return;
            }
        }
    }
}

/// Takes what waits; where the last group shows a crowd, after a pause in which more come.
fn gather(jobs: &Receiver<Job>, group: &mut Vec<Job>, last: usize) {
    if last >= CROWD {
        std::thread::sleep(GATHER);
    }
    while group.len() < GROUP {
        let Ok(job) = jobs.try_recv() else { return };
        group.push(job);
    }
}

fn commit<B: Backend>(
    backend: &B,
    closed: &mut BTreeSet<Period>,
    operations: Vec<Operation>,
) -> Result<Vec<Outcome>, StoreError> {
    let gone: Vec<Period> = operations.iter().filter_map(Operation::rewrites).collect();
    let mut batch = Batch::new(backend, closed);
    let outcomes = operations.into_iter().map(|op| batch.apply(op)).collect::<Result<Vec<_>, _>>()?;
    let changes = batch.into_changes();
    if !changes.is_empty() {
        backend.commit(&changes)?;
    }
    for period in gone {
        backend.rewrite(&|tree, key, value| {
            Ok(identity::stays(tree, key, period).then(|| (key.to_vec(), value.to_vec())))
        })?;
    }
    Ok(outcomes)
}

impl Rows for Embedded {
    fn put(&self, row: PutRow) -> Result<Ticket, StoreError> {
        self.submit(Operation::Put(row))
    }
    fn put_once(&self, row: AddRow) -> Result<Ticket, StoreError> {
        self.submit(Operation::PutOnce(row))
    }
    fn withdraw(&self, row: WithdrawRow) -> Result<Ticket, StoreError> {
        self.submit(Operation::Withdraw(row))
    }
    fn import(&self, rows: Vec<(Slot, Box<[u8; SEALED]>)>) -> Result<Ticket, StoreError> {
        self.submit(Operation::Import(rows))
    }
}

impl Cards for Embedded {
    fn until(&self, verifier: &Verifier) -> Result<Option<Period>, StoreError> {
        let value = self.backend.get(Tree::Cards, &verifier.0)?;
        Ok(value.and_then(|v| <[u8; 4]>::try_from(v).ok()).and_then(Period::from_bytes))
    }
    fn add(&self, cards: Vec<(Verifier, Period)>) -> Result<Ticket, StoreError> {
        self.submit(Operation::AddCards(cards))
    }
    fn revoke(&self, verifier: Verifier) -> Result<Ticket, StoreError> {
        self.submit(Operation::Revoke(verifier))
    }
    fn any_until(&self, last: Period) -> Result<bool, StoreError> {
        let mut any = false;
        self.backend.each(Tree::Cards, &[], &mut |_, until| {
            any = is_over(until, last);
            !any
        })?;
        Ok(any)
    }
    fn expire(&self, last: Period) -> Result<Ticket, StoreError> {
        self.submit(Operation::Expire(last))
    }
}

impl SealedRows for Embedded {
    fn freeze(&self, period: Period) -> Result<Ticket, StoreError> {
        self.submit(Operation::SealOff(period))
    }
    fn drain(&self, period: Period, each: &mut dyn FnMut(RowKey, &[u8])) -> Result<(), StoreError> {
        let mut sound = true;
        self.backend.each(Tree::Rows, &prefix(ROW, period), &mut |key, sealed| {
            let row = row_key(key);
            if let Some(row) = row {
                each(row, sealed);
            }
            sound = row.is_some();
            sound
        })?;
        let what = || StoreError::Damaged("store".to_owned(), "a row's key has the wrong width".to_owned());
        if sound { Ok(()) } else { Err(what()) }
    }
    fn any(&self, period: Period) -> Result<bool, StoreError> {
        let mut any = false;
        for kind in [ROW, TOMBSTONE] {
            self.backend.each(Tree::Rows, &prefix(kind, period), &mut |_, _| {
                any = true;
                false
            })?;
        }
        Ok(any)
    }
    fn needs_compaction(&self) -> Result<bool, StoreError> {
        self.backend.get(Tree::Meta, STALE_KEY).map(|mark| mark.is_some())
    }
    fn compact(&self, gone: Period) -> Result<Ticket, StoreError> {
        self.submit(Operation::Rewrite(gone))
    }
}

impl Store for Embedded {
    fn failure(&self) -> watch::Receiver<Option<String>> {
        self.failure.clone()
    }
}
