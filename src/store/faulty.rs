//! An engine over another one that can break its promises, for tests that must notice.
//!
//! Guarantee: exists only with the feature `test-hooks`. With no fault planted every call goes to the engine
//! below as it came; a planted one shows in `commit` alone.

use super::StoreError;
use super::backend::{Backend, Changes, Rule, Tree};
use super::codec::{ROW, TOMBSTONE};
use crate::faults::{self, EngineFault};

/// An engine, and what is wrong with it.
pub(super) struct Faulty<B> {
    engine: B,
    fault: Option<EngineFault>,
}

impl<B> Faulty<B> {
    /// The engine with the fault that the test has planted, if it has.
    pub(super) fn over(engine: B) -> Self {
        Self { engine, fault: faults::planted() }
    }
}

impl<B: Backend> Backend for Faulty<B> {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.engine.get(tree, key)
    }

    fn unknown_trees(&self) -> Result<Vec<String>, StoreError> {
        self.engine.unknown_trees()
    }

    fn write(&self, changes: &Changes) -> Result<(), StoreError> {
        self.engine.write(changes)
    }

    fn sync(&self) -> Result<(), StoreError> {
        self.engine.sync()
    }

    fn commit(&self, changes: &Changes) -> Result<(), StoreError> {
        match self.fault {
            None => self.engine.commit(changes),
            Some(EngineFault::KeepsMovedRows) => self.engine.commit(&with_moved_rows(changes)),
            Some(EngineFault::AnswersBeforeSync) => {
                self.engine.sync()?;
                self.engine.write(changes)
            }
        }
    }

    fn rewrite(&self, rule: Rule<'_>) -> Result<(), StoreError> {
        self.engine.rewrite(rule)
    }

    fn each(&self, tree: Tree, prefix: &[u8], each: &mut dyn FnMut(&[u8], &[u8]) -> bool) -> Result<(), StoreError> {
        self.engine.each(tree, prefix, each)
    }
}

/// The changes without the removal of rows that were moved. A withdrawal leaves a tombstone, a move none: a
/// commit with both is left as it is, since nothing shows which of the two a removed row belongs to.
fn with_moved_rows(changes: &Changes) -> Changes {
    let is = |kind: u8, (tree, key): &(Tree, Vec<u8>)| *tree == Tree::Rows && key.first() == Some(&kind);
    let mut kept = changes.clone();
    if !changes.keys().any(|at| is(TOMBSTONE, at)) {
        kept.retain(|at, change| change.is_some() || !is(ROW, at));
    }
    kept
}
