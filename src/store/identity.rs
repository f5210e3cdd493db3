//! What kind of store this is, whose it is, and whether it is whole.
//!
//! Guarantee: every key and value in it has a width this program writes; a
//! store of another master key or of a newer format is refused.
//! Non-guarantee: that no acknowledged row was lost by damage which leaves the
//! widths intact; sealed rows are checked one by one at the close.

use std::path::Path;

use super::StoreError;
use super::backend::{Backend, Changes, Tree};
use super::codec::{KEY, ROW, TOMBSTONE, TOMBSTONE_VALUE, prefix};
use crate::crypto::seal::SEALED;
use crate::domain::Period;

/// Format number of the store.
pub const FORMAT: u32 = 1;

pub(super) const FORMAT_KEY: &[u8] = b"format";
/// Stands in the store while removed rows may still lie in its file.
pub(super) const STALE_KEY: &[u8] = b"stale";
pub(super) const CHECK_KEY: &[u8] = b"check";

/// Marks a new store.
pub(super) fn create<B: Backend>(backend: &B, folder: &Path, check: [u8; 16]) -> Result<(), StoreError> {
    if backend.get(Tree::Meta, CHECK_KEY)?.is_some() {
        return Err(StoreError::Damaged(folder.display().to_string(), "there is a store already".to_owned()));
    }
    let mut marks = Changes::new();
    marks.insert((Tree::Meta, FORMAT_KEY.to_vec()), Some(FORMAT.to_le_bytes().to_vec()));
    marks.insert((Tree::Meta, CHECK_KEY.to_vec()), Some(check.to_vec()));
    backend.commit(&marks)
}

/// Refuses a store that is not of this program, format or master key.
pub(super) fn verify<B: Backend>(backend: &B, folder: &Path, check: [u8; 16]) -> Result<(), StoreError> {
    let name = || folder.display().to_string();
    let damaged = |what: &str| StoreError::Damaged(name(), what.to_owned());
    match format(backend)? {
        Some(format) if format > FORMAT => return Err(StoreError::Newer(name(), format, FORMAT)),
        Some(FORMAT) => {}
        _ => return Err(damaged("its format number is missing, so its contents may be lost")),
    }
    verify_key(backend, folder, check)
}

/// Refuses a store of another master key.
pub(super) fn verify_key<B: Backend>(backend: &B, folder: &Path, check: [u8; 16]) -> Result<(), StoreError> {
    let name = || folder.display().to_string();
    let damaged = |what: &str| StoreError::Damaged(name(), what.to_owned());
    match backend.get(Tree::Meta, CHECK_KEY)? {
        Some(value) if value == check => Ok(()),
        Some(_) => Err(StoreError::WrongKey(name())),
        None => Err(damaged("its check value is missing, so its contents may be lost")),
    }
}

/// The format that the store says it has.
pub(super) fn format<B: Backend>(backend: &B) -> Result<Option<u32>, StoreError> {
    let value = backend.get(Tree::Meta, FORMAT_KEY)?;
    Ok(value.and_then(|value| value.try_into().ok()).map(u32::from_le_bytes))
}

/// Whether a program before this one wrote it.
pub(super) fn is_older<B: Backend>(backend: &B) -> Result<bool, StoreError> {
    Ok(format(backend)?.is_some_and(|format| format < FORMAT))
}

/// Whether an entry is still there after a rewrite that leaves out a shredded period.
pub(super) fn stays(tree: Tree, key: &[u8], gone: Period) -> bool {
    match tree {
        Tree::Rows => ![ROW, TOMBSTONE].iter().any(|kind| key.starts_with(&prefix(*kind, gone))),
        Tree::Cards => true,
        Tree::Meta => key != STALE_KEY,
    }
}

/// Walks through every tree: each entry must have a width that this program writes.
pub(super) fn check_widths<B: Backend>(backend: &B, folder: &Path) -> Result<(), StoreError> {
    for tree in Tree::ALL {
        let mut sound = true;
        backend.each(tree, &[], &mut |key, value| {
            sound = match tree {
                Tree::Rows => match key.first() {
                    Some(&ROW) => key.len() == KEY && value.len() == SEALED,
                    Some(&TOMBSTONE) => key.len() == KEY && value == TOMBSTONE_VALUE,
                    _ => false,
                },
                Tree::Cards => key.len() == 32 && value.len() == 4,
                Tree::Meta => {
                    (key, value.len()) == (FORMAT_KEY, 4)
                        || (key, value.len()) == (CHECK_KEY, 16)
                        || (key, value.len()) == (STALE_KEY, 1)
                }
            };
            sound
        })?;
        if !sound {
            let what = format!("the tree `{}` holds an entry of a form that peertally never writes", tree.name());
            return Err(StoreError::Damaged(folder.display().to_string(), what));
        }
    }
    Ok(())
}
