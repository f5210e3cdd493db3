//! What the store is made of, entry by entry, for whoever holds it against the policy.
//!
//! Guarantee: every tree and every entry is handed over, also trees and forms
//! that this program never writes; nothing is opened and nothing is changed.
//! A store that no process has open is read from a copy, under its lock.
//! Non-guarantee: of a store in use, entries are read one after the other and
//! not at one moment. What the engine's file holds beside its live entries is
//! not seen: search the file's bytes for that.

use std::path::Path;

use super::backend::{Backend, Tree};
use super::folder_copy::FolderCopy;
use super::sled::{Sled, lock};
use super::writer::Embedded;
use super::{StoreError, codec, identity};

/// A part of a store.
#[derive(Clone, Copy)]
pub enum StorePart<'a> {
    /// A tree that this program never makes, by its name, or the engine's own one where it is not empty.
    Tree(&'a str),
    /// An entry of the tree `rows`.
    Row(&'a [u8], &'a [u8]),
    /// An entry of the tree `cards`.
    Card(&'a [u8], &'a [u8]),
    /// An entry of the tree `meta`.
    Meta(&'a [u8], &'a [u8]),
}

/// Kind byte of a sealed row's key.
pub const ROW: u8 = codec::ROW;
/// Kind byte of a tombstone's key.
pub const TOMBSTONE: u8 = codec::TOMBSTONE;
/// Value of a tombstone.
pub const TOMBSTONE_VALUE: [u8; 1] = codec::TOMBSTONE_VALUE;
/// Bytes of a key in the tree `rows`.
pub const KEY: usize = codec::KEY;
/// Keys of the tree `meta`, with the width of their values.
pub const META: [(&[u8], usize); 3] = [(identity::FORMAT_KEY, 4), (identity::CHECK_KEY, 16), (identity::STALE_KEY, 1)];

impl Embedded {
    /// Hands over every part of this store.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Failed`].
    pub fn structure(&self, each: &mut dyn FnMut(StorePart<'_>)) -> Result<(), StoreError> {
        walk(self.backend(), each)
    }
}

/// Hands over every part of the store in `folder`, which no process may have open.
///
/// # Errors
/// [`StoreError::Locked`], [`StoreError::Damaged`], [`StoreError::Failed`].
pub fn structure_of(folder: &Path, each: &mut dyn FnMut(StorePart<'_>)) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| StoreError::Failed(error.to_string());
    if !folder.join("db").is_file() {
        return Err(StoreError::Damaged(folder.display().to_string(), "its file `db` is missing".to_owned()));
    }
    let _hold = lock(folder)?;
    // The engine mends what it takes for torn writes while it opens: the copy may be mended, not the store.
    let copy = FolderCopy::of(folder).map_err(failed)?;
    let walked = Sled::open_copy(copy.path()).and_then(|store| walk(&store, each));
    copy.forget().map_err(failed)?;
    walked
}

fn walk<B: Backend + ?Sized>(backend: &B, each: &mut dyn FnMut(StorePart<'_>)) -> Result<(), StoreError> {
    for name in backend.unknown_trees()? {
        each(StorePart::Tree(&name));
    }
    for tree in Tree::ALL {
        backend.each(tree, &[], &mut |key, value| {
            each(match tree {
                Tree::Rows => StorePart::Row(key, value),
                Tree::Cards => StorePart::Card(key, value),
                Tree::Meta => StorePart::Meta(key, value),
            });
            true
        })?;
    }
    Ok(())
}
