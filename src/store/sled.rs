//! sled 0.34.7 behind the engine's contract: the only file that names it.
//!
//! Guarantee: `commit` returns after sled's flush *and* our own fdatasync of
//! `db`, since sled's flush alone leaves data in the page cache; damage at open
//! gives an error, not a panic, and the folder stays as it is.
//! Non-guarantee: removed values stay in the file until `rewrite`. Values stay under 8 KiB, so that no blob files come to be.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::DirBuilderExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use super::backend::{Backend, Changes, Rule, Tree};
use super::folder_copy::FolderCopy;
use super::{StoreError, identity, swap};

/// Bytes of sled's page cache.
const CACHE: u64 = 32 * 1024 * 1024;
/// How often, and with what pause, a lock is tried.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);
/// Why there is no open folder.
const AWAY: &str = "the store could not be opened again";
/// Name of sled's own tree.
const DEFAULT: &str = "__sled__default";
/// Entries copied in one commit of a rewrite.
const COPY: usize = 4096;

/// A store that can be swapped for a fresh one while it is in use.
pub(super) struct Sled {
    folder: PathBuf,
    /// `None` only while it is being swapped, and after a swap that failed.
    open: RwLock<Option<OpenFolder>>,
}

/// An open folder of sled's.
struct OpenFolder {
    folder: PathBuf,
    trees: [sled::Tree; 3],
    /// Kept open from before the first write, so that no error of the kernel is missed.
    file: File,
    db: sled::Db,
    /// Held as long as the store is open. sled has a lock of its own, taken later.
    lock: File,
}

impl Sled {
    /// Opens or makes the store in `folder` and walks through all of it.
    ///
    /// sled mends what it takes for torn writes while it opens, so a damaged store would
    /// be changed before anybody could look at it: a copy made first is put back.
    pub(super) fn open(folder: &Path) -> Result<Self, StoreError> {
        patiently(|| Self::open_once(folder))
    }

    fn open_once(folder: &Path) -> Result<Self, StoreError> {
        // Whoever holds the lock may be in the middle of a swap: it is theirs to finish.
        let held = if folder.exists() { Some(lock(folder)?) } else { None };
        swap::recover(folder).map_err(|e| failed(&e))?;
        let lock = held.map_or_else(|| lock(folder), Ok)?;
        let kept = FolderCopy::of(folder).map_err(|e| failed(&e))?;
        let opened = catch_unwind(AssertUnwindSafe(|| OpenFolder::checked(folder, lock)));
        match opened.unwrap_or_else(|_| Err(damaged(folder, "the storage engine could not read it"))) {
            Err(error @ StoreError::Damaged(..)) => {
                kept.put_back(folder).map_err(|e| failed(&e))?;
                Err(error)
            }
            other => {
                kept.forget().map_err(|e| failed(&e))?;
                Ok(Self { folder: folder.to_owned(), open: RwLock::new(Some(other?)) })
            }
        }
    }

    /// Opens a copy that nobody else has, whatever its entries look like.
    pub(super) fn open_copy(folder: &Path) -> Result<Self, StoreError> {
        let opened = catch_unwind(AssertUnwindSafe(|| OpenFolder::unchecked(folder, lock(folder)?)));
        let open = opened.unwrap_or_else(|_| Err(damaged(folder, "the storage engine could not read it")))?;
        Ok(Self { folder: folder.to_owned(), open: RwLock::new(Some(open)) })
    }

    /// Takes the lock for a moment.
    pub(super) fn check_free(folder: &Path) -> Result<(), StoreError> {
        patiently(|| lock(folder).map(drop))
    }

    fn with<T>(&self, work: impl FnOnce(&OpenFolder) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        work(open.as_ref().ok_or_else(|| failed(&AWAY))?)
    }
}

impl Backend for Sled {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.with(|open| open.get(tree, key))
    }

    fn unknown_trees(&self) -> Result<Vec<String>, StoreError> {
        self.with(OpenFolder::unknown_trees)
    }

    fn write(&self, changes: &Changes) -> Result<(), StoreError> {
        self.with(|open| open.write(changes))
    }

    fn sync(&self) -> Result<(), StoreError> {
        self.with(OpenFolder::sync)
    }

    fn each(&self, tree: Tree, prefix: &[u8], each: &mut dyn FnMut(&[u8], &[u8]) -> bool) -> Result<(), StoreError> {
        self.with(|open| open.each(tree, prefix, each))
    }

    fn rewrite(&self, rule: Rule<'_>) -> Result<(), StoreError> {
        let mut slot = self.open.write().unwrap_or_else(PoisonError::into_inner);
        let fresh = swap::fresh(&self.folder).map_err(|e| failed(&e))?;
        let new = OpenFolder::checked(&fresh, lock(&fresh)?)?;
        slot.as_ref().ok_or_else(|| failed(&AWAY))?.copy_to(&new, rule)?;
        let Some(old) = slot.take() else { return Err(failed(&AWAY)) };
        let (old_lock, new_lock) = (old.close()?, new.close()?);
        // Both folders stay locked over the swap: nobody else opens one in between.
        swap::swap(&self.folder).map_err(|e| failed(&e))?;
        // sled gives its own lock back a moment after its last part is dropped.
        let lock = || new_lock.try_clone().map_err(|e| failed(&e));
        *slot = Some(patiently(|| OpenFolder::checked(&self.folder, lock()?))?);
        drop(old_lock);
        Ok(())
    }
}

impl OpenFolder {
    fn checked(folder: &Path, lock: File) -> Result<Self, StoreError> {
        let store = Self::unchecked(folder, lock)?;
        // An older format has other widths: its upgrade checks them.
        if !identity::is_older(&store)? {
            identity::check_widths(&store, folder)?;
        }
        Ok(store)
    }

    fn unchecked(folder: &Path, lock: File) -> Result<Self, StoreError> {
        let config = sled::Config::new().path(folder).cache_capacity(CACHE).flush_every_ms(None);
        let db = config.open().map_err(|error| at_open(folder, &error))?;
        let file = OpenOptions::new().write(true).open(folder.join("db")).map_err(|e| failed(&e))?;
        file.sync_all().map_err(|e| failed(&e))?;
        // sled syncs `db` and its snapshots, and never `conf`, without which it opens nothing.
        File::open(folder.join("conf")).and_then(|conf| conf.sync_all()).map_err(|e| failed(&e))?;
        File::open(folder).and_then(|dir| dir.sync_all()).map_err(|e| failed(&e))?;
        let tree = |tree: Tree| db.open_tree(tree.name()).map_err(|error| at_open(folder, &error));
        let trees = [tree(Tree::Rows)?, tree(Tree::Cards)?, tree(Tree::Meta)?];
        let store = Self { folder: folder.to_owned(), trees, file, db, lock };
        store.db.flush().map_err(|e| at_open(folder, &e))?;
        store.file.sync_data().map_err(|e| failed(&e))?;
        Ok(store)
    }

    /// Copies what `rule` makes of each entry, in key order.
    fn copy_to(&self, new: &Self, rule: Rule<'_>) -> Result<(), StoreError> {
        for tree in Tree::ALL {
            let mut changes = Changes::new();
            for entry in self.tree(tree).iter() {
                let (key, value) = entry.map_err(|e| self.fault(&e))?;
                changes.extend(rule(tree, &key, &value)?.map(|(key, value)| ((tree, key), Some(value))));
                if changes.len() >= COPY {
                    new.commit(&std::mem::take(&mut changes))?;
                }
            }
            new.commit(&changes)?;
        }
        Ok(())
    }

    /// Closes the folder, all of it on the disk, and hands on its lock.
    fn close(self) -> Result<File, StoreError> {
        let Self { trees, file, db, lock, .. } = self;
        db.flush().map_err(|e| failed(&e))?;
        drop(trees);
        drop(db);
        file.sync_all().map_err(|e| failed(&e))?;
        Ok(lock)
    }

    fn fault(&self, error: &sled::Error) -> StoreError {
        match error {
            sled::Error::Corruption { .. } => damaged(&self.folder, "a checksum does not fit"),
            other => failed(other),
        }
    }

    fn tree(&self, tree: Tree) -> &sled::Tree {
        let [rows, cards, meta] = &self.trees;
        match tree {
            Tree::Rows => rows,
            Tree::Cards => cards,
            Tree::Meta => meta,
        }
    }
}

impl Backend for OpenFolder {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.tree(tree).get(key).map(|value| value.map(|v| v.to_vec())).map_err(|e| self.fault(&e))
    }

    fn unknown_trees(&self) -> Result<Vec<String>, StoreError> {
        let mut names: Vec<String> =
            self.db.tree_names().iter().map(|n| String::from_utf8_lossy(n).into_owned()).collect();
        names.retain(|name| Tree::ALL.iter().all(|tree| tree.name() != name));
        // The engine always has a tree of its own, which stays empty.
        names.retain(|name| name != DEFAULT || !self.db.is_empty());
        names.sort();
        Ok(names)
    }

    fn write(&self, changes: &Changes) -> Result<(), StoreError> {
        for tree in Tree::ALL {
            let mut batch = sled::Batch::default();
            let mut any = false;
            for ((at, key), change) in changes {
                if *at == tree {
                    any = true;
                    match change {
                        Some(value) => batch.insert(key.as_slice(), value.as_slice()),
                        None => batch.remove(key.as_slice()),
                    }
                }
            }
            if any {
                self.tree(tree).apply_batch(batch).map_err(|e| self.fault(&e))?;
            }
        }
        self.db.flush().map_err(|e| self.fault(&e))?;
        Ok(())
    }

    fn sync(&self) -> Result<(), StoreError> {
        self.file.sync_data().map_err(|e| failed(&e))?;
        #[cfg(feature = "test-hooks")]
        crate::faults::synced(&self.folder.join("db"));
        Ok(())
    }

    fn each(&self, tree: Tree, prefix: &[u8], each: &mut dyn FnMut(&[u8], &[u8]) -> bool) -> Result<(), StoreError> {
        for entry in self.tree(tree).scan_prefix(prefix) {
            let (key, value) = entry.map_err(|e| self.fault(&e))?;
            if !each(&key, &value) {
                break;
            }
        }
        Ok(())
    }

    fn rewrite(&self, _rule: Rule<'_>) -> Result<(), StoreError> {
        Err(failed(&"an open folder is swapped by its owner"))
    }
}

/// Tries again for a moment where the store is locked: a process that has just ended may
/// leave its locks to a child for the instant until that runs its own program.
fn patiently<T>(mut work: impl FnMut() -> Result<T, StoreError>) -> Result<T, StoreError> {
    for _ in 0..TRIES {
        match work() {
            Err(StoreError::Locked) => std::thread::sleep(PAUSE),
            other => return other,
        }
    }
    work()
}

/// Makes the folder if need be, and locks it.
pub(super) fn lock(folder: &Path) -> Result<File, StoreError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|e| failed(&e))?;
    let lock = File::open(folder).map_err(|e| failed(&e))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked),
        Err(TryLockError::Error(error)) => Err(failed(&error)),
    }
}

fn failed(error: &impl std::fmt::Display) -> StoreError {
    StoreError::Failed(error.to_string())
}

fn damaged(folder: &Path, what: &str) -> StoreError {
    StoreError::Damaged(folder.display().to_string(), what.to_owned())
}

/// sled reports a held lock as an I/O error that says so in its text.
fn at_open(folder: &Path, error: &sled::Error) -> StoreError {
    match error {
        sled::Error::Io(io) if io.to_string().contains("lock") => StoreError::Locked,
        sled::Error::Io(io) => failed(io),
        sled::Error::Corruption { .. } => damaged(folder, "a checksum does not fit"),
        other => damaged(folder, &other.to_string()),
    }
}
