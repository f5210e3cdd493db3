//! sled 0.34.7 behind the engine's contract: the only file that names it.
//!
//! Guarantee: `commit` returns after sled's flush *and* our own fdatasync of
//! `db`, since sled's flush alone leaves data in the page cache; damage at open
//! gives an error, not a panic, and the folder stays as it is.
//! Non-guarantee: removed values stay in the file until their segment is
//! reused. Values stay under 8 KiB, so that no blob files come to be.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::DirBuilderExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::backend::{Backend, Changes, Tree};
use super::kept::Kept;
use super::{StoreError, identity};

/// Bytes of sled's page cache.
const CACHE: u64 = 32 * 1024 * 1024;

pub(super) struct Sled {
    folder: PathBuf,
    trees: [sled::Tree; 3],
    /// Kept open from before the first write, so that no error of the kernel is missed.
    file: File,
    db: sled::Db,
    /// Held as long as the store is open. sled has a lock of its own, taken later.
    _lock: File,
}

impl Sled {
    /// Opens or makes the store in `folder` and walks through all of it.
    ///
    /// sled mends what it takes for torn writes while it opens, so a damaged store would
    /// be changed before anybody could look at it: a copy made first is put back.
    pub(super) fn open(folder: &Path) -> Result<Self, StoreError> {
        let lock = lock(folder)?;
        let kept = Kept::of(folder).map_err(|e| failed(&e))?;
        let opened = catch_unwind(AssertUnwindSafe(|| Self::open_checked(folder, lock)));
        match opened.unwrap_or_else(|_| Err(damaged(folder, "the storage engine could not read it"))) {
            Err(error @ StoreError::Damaged(..)) => {
                kept.put_back(folder).map_err(|e| failed(&e))?;
                Err(error)
            }
            other => {
                kept.forget().map_err(|e| failed(&e))?;
                other
            }
        }
    }

    fn open_checked(folder: &Path, lock: File) -> Result<Self, StoreError> {
        let config = sled::Config::new().path(folder).cache_capacity(CACHE).flush_every_ms(None);
        let db = config.open().map_err(|error| at_open(folder, &error))?;
        let file = OpenOptions::new().write(true).open(folder.join("db")).map_err(|e| failed(&e))?;
        file.sync_all().map_err(|e| failed(&e))?;
        // sled syncs `db` and its snapshots, and never `conf`, without which it opens nothing.
        File::open(folder.join("conf")).and_then(|conf| conf.sync_all()).map_err(|e| failed(&e))?;
        File::open(folder).and_then(|dir| dir.sync_all()).map_err(|e| failed(&e))?;
        let tree = |tree: Tree| db.open_tree(tree.name()).map_err(|error| at_open(folder, &error));
        let trees = [tree(Tree::Rows)?, tree(Tree::Cards)?, tree(Tree::Meta)?];
        let store = Self { folder: folder.to_owned(), trees, file, db, _lock: lock };
        store.db.flush().map_err(|e| at_open(folder, &e))?;
        store.file.sync_data().map_err(|e| failed(&e))?;
        identity::check_widths(&store, folder)?;
        Ok(store)
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

impl Backend for Sled {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.tree(tree).get(key).map(|value| value.map(|v| v.to_vec())).map_err(|e| self.fault(&e))
    }

    fn commit(&self, changes: &Changes) -> Result<(), StoreError> {
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
        self.file.sync_data().map_err(|e| failed(&e))
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
}

/// Makes the folder if need be, and locks it.
fn lock(folder: &Path) -> Result<File, StoreError> {
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
