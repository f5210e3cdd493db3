//! Brings a store that an earlier program wrote to today's format.
//!
//! Guarantee: the new store is written beside the old one, checked, and put in
//! its place in one swap; whatever ends it before that, the next opening finds
//! the old store and begins again. Rows stay sealed: a step may give an entry
//! another key or width, and never sees what is inside.
//! Non-guarantee: there is no way back. A dump made before, with the program of
//! that time, keeps the earlier form.
//! To change the format: raise [`FORMAT`] and add a [`UpgradeStep`] from the number before.

use std::path::Path;

use super::StoreError;
use super::backend::{Backend, Pair, Tree};
use super::identity::{self, FORMAT, FORMAT_KEY};

/// What one format's entries become in the next.
pub(super) struct UpgradeStep {
    /// The format that it reads; it writes the next.
    pub(super) from: u32,
    /// Makes an entry of the next format; `None` for one that the earlier program never wrote.
    pub(super) entry: fn(Tree, &[u8], &[u8]) -> Option<Pair>,
}

/// Every step there is, oldest first. The first format is still today's.
pub(super) const STEPS: [UpgradeStep; 0] = [];

/// Rewrites a store of an earlier format, where `steps` lead from it to today's.
///
/// # Errors
/// [`StoreError::WrongKey`], before anything is written; [`StoreError::Damaged`] for an entry of an odd
/// form or a format that no step begins at, and the store is as it was; [`StoreError::Failed`] for the disk.
pub(super) fn upgrade<B: Backend>(
    backend: &B,
    folder: &Path,
    check: [u8; 16],
    steps: &[UpgradeStep],
) -> Result<(), StoreError> {
    let Some(found) = identity::format(backend)?.filter(|format| *format < FORMAT) else { return Ok(()) };
    identity::verify_key(backend, folder, check)?;
    let damaged = |what: String| StoreError::Damaged(folder.display().to_string(), what);
    let way: Vec<&UpgradeStep> =
        (found..FORMAT).filter_map(|from| steps.iter().find(|step| step.from == from)).collect();
    if u32::try_from(way.len()) != Ok(FORMAT - found) {
        return Err(damaged(format!("it says that it has format {found}, which no peertally has written")));
    }
    backend.rewrite(&|tree, key, value| {
        if (tree, key) == (Tree::Meta, FORMAT_KEY) {
            return Ok(Some((key.to_vec(), FORMAT.to_le_bytes().to_vec())));
        }
        let mut entry = (key.to_vec(), value.to_vec());
        for step in &way {
            let odd =
                || damaged(format!("the tree `{}` holds an entry that format {} has not", tree.name(), step.from));
            entry = (step.entry)(tree, &entry.0, &entry.1).ok_or_else(odd)?;
        }
        Ok(Some(entry))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::seal::SEALED;
    use crate::store::Embedded;
    use crate::store::backend::Changes;
    use crate::store::codec::{ROW, key};
    use crate::store::sled::Sled;

    /// A made-up earlier format: keys had a byte more at the end, values one less.
    const EARLIER: UpgradeStep = UpgradeStep {
        from: FORMAT - 1,
        entry: |tree, key, value| match tree {
            Tree::Rows => Some((key.strip_suffix(b"!")?.to_vec(), [value, &[7]].concat())),
            _ => Some((key.to_vec(), value.to_vec())),
        },
    };

    fn earlier(folder: &Path, odd: bool) -> Sled {
        let store = Sled::open(folder).unwrap();
        identity::create(&store, folder, [1; 16]).unwrap();
        let period: crate::domain::Period = "2026-Q1".parse().unwrap();
        let mut changes = Changes::new();
        for n in 0..50 {
            let key = [key(ROW, period, &crate::domain::RowKey([n; 16])).as_slice(), b"!"].concat();
            changes.insert((Tree::Rows, key), Some(vec![7; SEALED - 1]));
        }
        changes.insert((Tree::Cards, vec![5; 32]), Some(period.to_bytes().to_vec()));
        if odd {
            changes.insert((Tree::Rows, b"odd".to_vec()), Some(vec![0]));
        }
        let before = (FORMAT - 1).to_le_bytes().to_vec();
        changes.insert((Tree::Meta, FORMAT_KEY.to_vec()), Some(before));
        store.commit(&changes).unwrap();
        store
    }

    #[test]
    fn a_store_of_an_earlier_format_is_brought_up_to_date() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("store");
        drop(earlier(&folder, false));
        // As a program that has the step opens it.
        let store = Sled::open(&folder).unwrap();
        upgrade(&store, &folder, [1; 16], &[EARLIER]).unwrap();
        identity::verify(&store, &folder, [1; 16]).unwrap();
        drop(store);
        let today = Embedded::open(&folder, [1; 16]).unwrap();
        assert_eq!(today.snapshot().unwrap().entries().filter(Result::is_ok).count(), 51);
        drop(today);
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_does_not_fit_is_refused_and_the_store_stays() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("store");
        let store = earlier(&folder, true);
        let damaged = |done| matches!(done, Err(StoreError::Damaged(..)));
        assert!(damaged(upgrade(&store, &folder, [1; 16], &[EARLIER])), "an odd entry");
        assert!(damaged(upgrade(&store, &folder, [1; 16], &[])), "no step");
        assert!(matches!(upgrade(&store, &folder, [2; 16], &[EARLIER]), Err(StoreError::WrongKey(_))));
        // Still the earlier one, also when it is opened again, and with all that it had.
        drop(store);
        assert!(matches!(Embedded::open(&folder, [1; 16]), Err(StoreError::Damaged(..))));
        let store = Sled::open(&folder).unwrap();
        assert_eq!(identity::format(&store).unwrap(), Some(FORMAT - 1));
        let mut rows = 0;
        let mut count = |_: &[u8], _: &[u8]| {
            rows += 1;
            true
        };
        store.each(Tree::Rows, &[], &mut count).unwrap();
        assert_eq!(rows, 51);
    }
}
