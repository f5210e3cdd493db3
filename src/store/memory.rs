//! The twin of sled in memory: the same contract without a disk.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::StoreError;
use super::backend::{Backend, Changes, Rule, Tree};

/// An engine over ordered maps.
#[derive(Default)]
pub(super) struct Memory(Mutex<Entries>);

type Entries = BTreeMap<(Tree, Vec<u8>), Vec<u8>>;

impl Backend for Memory {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(entries.get(&(tree, key.to_vec())).cloned())
    }

    fn unknown_trees(&self) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }

    fn write(&self, changes: &Changes) -> Result<(), StoreError> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, change) in changes {
            match change {
                Some(value) => entries.insert(key.clone(), value.clone()),
                None => entries.remove(key),
            };
        }
        Ok(())
    }

    fn sync(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn rewrite(&self, rule: Rule<'_>) -> Result<(), StoreError> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new = Entries::new();
        for ((tree, key), value) in &*entries {
            new.extend(rule(*tree, key, value)?.map(|(key, value)| ((*tree, key), value)));
        }
        *entries = new;
        Ok(())
    }

    fn each(&self, tree: Tree, prefix: &[u8], each: &mut dyn FnMut(&[u8], &[u8]) -> bool) -> Result<(), StoreError> {
        // A copy, so that `each` may use the store.
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for ((at, key), value) in entries.range((tree, prefix.to_vec())..) {
            if *at != tree || !key.starts_with(prefix) || !each(key, value) {
                break;
            }
        }
        Ok(())
    }
}
