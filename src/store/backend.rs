//! What a store engine must do for the writer thread.

use std::collections::BTreeMap;

use super::StoreError;

/// The trees of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tree {
    /// Sealed rows and tombstones.
    Rows,
    /// Card verifiers.
    Cards,
    /// Format number and check value.
    Meta,
}

impl Tree {
    pub(super) const ALL: [Self; 3] = [Self::Rows, Self::Cards, Self::Meta];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Cards => "cards",
            Self::Meta => "meta",
        }
    }
}

/// Changes of one group commit, in key order: nothing in it shows the order of arrival.
pub(super) type Changes = BTreeMap<(Tree, Vec<u8>), Option<Vec<u8>>>;

/// A key and its value.
pub(super) type Pair = (Vec<u8>, Vec<u8>);
/// What becomes of an entry when a store is written anew: another entry, or nothing.
pub(super) type Rule<'a> = &'a dyn Fn(Tree, &[u8], &[u8]) -> Result<Option<Pair>, StoreError>;

/// An engine: reads, and one durable write.
pub(super) trait Backend: Send + Sync + 'static {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;
    /// Trees that this program never makes, by name; the engine's own one if something is in it.
    fn unknown_trees(&self) -> Result<Vec<String>, StoreError>;
    /// Applies all changes, atomically within each tree, and hands them to the system: a power cut may still lose them.
    fn write(&self, changes: &Changes) -> Result<(), StoreError>;
    /// Returns once all that was written is on the disk.
    fn sync(&self) -> Result<(), StoreError>;
    /// Applies all changes, atomically within each tree, and returns once they are on the disk.
    fn commit(&self, changes: &Changes) -> Result<(), StoreError> {
        self.write(changes)?;
        self.sync()
    }
    /// Writes what `rule` makes of each entry into a fresh file, puts it in the old one's place,
    /// and unlinks that. After an error of `rule` the old one is as it was.
    fn rewrite(&self, rule: Rule<'_>) -> Result<(), StoreError>;
    /// Hands entries whose key starts with `prefix` to `each`, in key order, until it returns false.
    fn each(&self, tree: Tree, prefix: &[u8], each: &mut dyn FnMut(&[u8], &[u8]) -> bool) -> Result<(), StoreError>;
}
