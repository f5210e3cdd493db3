//! A new store beside an empty one, put in its place only when it is whole.
//!
//! Guarantee: whatever ends it before [`Rebuild::finish`], the old store is as
//! it was; entries must come in strict order of place, so none comes twice.
//! A crash inside `finish` leaves no store or the new one: then load again.
//! Non-guarantee: what the entries mean is the caller's matter.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::backend::{Backend, Changes, Tree};
use super::portable::StoreEntry;
use super::sled::{Sled, lock};
use super::{StoreError, identity};

/// Entries in one durable write.
const GROUP: usize = 4096;

/// A store being built.
pub struct Rebuild {
    store: PathBuf,
    check: [u8; 16],
    backend: Sled,
    changes: Changes,
    last: Option<(Tree, Vec<u8>)>,
    entries: u64,
    _hold: File,
}

/// Keeps everybody else from opening the store in `folder`, as long as the value lives.
///
/// # Errors
/// [`StoreError::Locked`].
pub fn hold(folder: &Path) -> Result<File, StoreError> {
    lock(folder)
}

impl Rebuild {
    /// Begins beside `store`, which is held from now on.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`], [`StoreError::Locked`], or why the store does not open.
    pub fn begin(store: &Path, check: [u8; 16]) -> Result<Self, StoreError> {
        check_empty(store, check)?;
        let hold = lock(store)?;
        let new = loading(store);
        remove(&new)?;
        let backend = Sled::open(&new)?;
        identity::create(&backend, &new, check)?;
        Ok(Self {
            store: store.to_owned(),
            check,
            backend,
            changes: Changes::new(),
            last: None,
            entries: 0,
            _hold: hold,
        })
    }

    /// Adds an entry; `false` if it does not come after the one before.
    ///
    /// # Errors
    /// [`StoreError::Failed`] for the disk.
    pub fn add(&mut self, entry: &StoreEntry) -> Result<bool, StoreError> {
        let place = entry.place();
        if self.last.as_ref().is_some_and(|last| *last >= place) {
            return Ok(false);
        }
        self.changes.insert(place.clone(), Some(entry.value()));
        self.last = Some(place);
        self.entries += 1;
        if self.changes.len() >= GROUP {
            self.backend.commit(&self.changes)?;
            self.changes.clear();
        }
        Ok(true)
    }

    /// Gives up: what was built is removed.
    pub fn forget(self) {
        let new = loading(&self.store);
        drop(self.backend);
        // What stays behind is removed by the next attempt, and read by nobody.
        let _ = fs::remove_dir_all(new);
    }

    /// Reads the new store again, counts it, and puts it in the old one's place.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if not everything is there; [`StoreError::Failed`] for the disk.
    pub fn finish(self) -> Result<(), StoreError> {
        let new = loading(&self.store);
        // A half-built store is of no use to anybody; the next attempt would remove it too.
        self.put_in_place().inspect_err(|_| drop(fs::remove_dir_all(new)))
    }

    fn put_in_place(self) -> Result<(), StoreError> {
        let Self { store, check, backend, changes, entries, _hold, .. } = self;
        backend.commit(&changes)?;
        drop(backend);
        let new = loading(&store);
        let again = Sled::open(&new)?;
        identity::verify(&again, &new, check)?;
        let mut found = 0;
        for tree in [Tree::Rows, Tree::Cards] {
            again.each(tree, &[], &mut |_, _| {
                found += 1;
                true
            })?;
        }
        drop(again);
        if found != entries {
            let what = "it does not hold what was just written".to_owned();
            return Err(StoreError::Damaged(new.display().to_string(), what));
        }
        swap(&store, &new).map_err(|e| StoreError::Failed(e.to_string()))
    }
}

fn loading(store: &Path) -> PathBuf {
    store.with_extension("loading")
}

/// A folder without files, or a store of this key without an entry.
fn check_empty(store: &Path, check: [u8; 16]) -> Result<(), StoreError> {
    let name = || store.display().to_string();
    if !store.join("db").is_file() {
        let files = fs::read_dir(store).is_ok_and(|mut entries| entries.next().is_some());
        let what = "it has files, and its file `db` is missing".to_owned();
        return if files { Err(StoreError::Damaged(name(), what)) } else { Ok(()) };
    }
    let old = Sled::open(store)?;
    identity::verify_key(&old, store, check)?;
    let mut empty = true;
    for tree in [Tree::Rows, Tree::Cards] {
        old.each(tree, &[], &mut |_, _| {
            empty = false;
            false
        })?;
    }
    if empty { Ok(()) } else { Err(StoreError::NotEmpty(name())) }
}

fn swap(store: &Path, new: &Path) -> io::Result<()> {
    for entry in fs::read_dir(new)? {
        File::open(entry?.path())?.sync_all()?;
    }
    File::open(new)?.sync_all()?;
    let before = store.with_extension("before");
    remove(&before).map_err(io::Error::other)?;
    fs::rename(store, &before)?;
    if let Err(error) = fs::rename(new, store) {
        fs::rename(&before, store)?;
        return Err(error);
    }
    if let Some(above) = store.parent().filter(|above| !above.as_os_str().is_empty()) {
        File::open(above)?.sync_all()?;
    }
    fs::remove_dir_all(before)
}

fn remove(folder: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::Failed(error.to_string())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::pseudonym::Verifier;
    use crate::crypto::seal::SEALED;
    use crate::domain::RowKey;
    use crate::store::{Cards, Embedded, Rows, Slot};

    fn entries() -> Vec<StoreEntry> {
        let slot = |n| Slot { period: "2026-Q1".parse().unwrap(), key: RowKey([n; 16]) };
        let card = StoreEntry::Card(Verifier([3; 32]), "2026-Q4".parse().unwrap());
        vec![
            StoreEntry::Row(slot(1), Box::new([7; SEALED])),
            StoreEntry::Row(slot(2), Box::new([8; SEALED])),
            StoreEntry::Tombstone(slot(1)),
            card,
        ]
    }

    fn all(store: &Embedded) -> Vec<StoreEntry> {
        store.snapshot().unwrap().entries().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn what_was_added_is_in_the_new_store() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("store");
        drop(Embedded::create(&store, [1; 16]).unwrap());
        let mut new = Rebuild::begin(&store, [1; 16]).unwrap();
        assert!(matches!(Embedded::open(&store, [1; 16]), Err(StoreError::Locked)));
        for entry in entries() {
            assert!(new.add(&entry).unwrap());
            assert!(!new.add(&entry).unwrap(), "twice");
        }
        assert!(!new.add(&entries()[0]).unwrap(), "out of order");
        new.finish().unwrap();
        let opened = Embedded::open(&store, [1; 16]).unwrap();
        assert!(all(&opened) == entries());
        drop(opened);
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["store"]);
        assert!(matches!(Rebuild::begin(&store, [1; 16]), Err(StoreError::NotEmpty(_))));
        assert!(matches!(Rebuild::begin(&store, [2; 16]), Err(StoreError::WrongKey(_))));
    }

    #[test]
    fn giving_up_leaves_the_old_store_and_a_missing_one_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("store");
        drop(Embedded::create(&store, [1; 16]).unwrap());
        let mut new = Rebuild::begin(&store, [1; 16]).unwrap();
        new.add(&entries()[0]).unwrap();
        new.forget();
        assert!(all(&Embedded::open(&store, [1; 16]).unwrap()).is_empty());
        assert!(!loading(&store).exists());
        fs::remove_dir_all(&store).unwrap();
        Rebuild::begin(&store, [1; 16]).unwrap().finish().unwrap();
        assert!(all(&Embedded::open(&store, [1; 16]).unwrap()).is_empty());
    }

    #[test]
    fn a_snapshot_is_the_state_of_the_last_commit() {
        let store = Embedded::in_memory();
        let period = "2026-Q1".parse().unwrap();
        let slot = Slot { period, key: RowKey([1; 16]) };
        store.import(vec![(slot, Box::new([7; SEALED]))]).unwrap().wait().unwrap();
        store.add(vec![(Verifier([3; 32]), period)]).unwrap().wait().unwrap();
        assert_eq!(all(&store).len(), 2);
    }
}
