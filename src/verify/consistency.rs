//! An older checkpoint that the auditor kept.
//!
//! Guarantee: it must be signed by the same key, and its root must be that of
//! the log's first entries: what was shown then is still there, unchanged.

use super::report::{Check, Findings};
use super::tree::LogTree;
use crate::crypto::sign::LogVerifierKey;
use crate::log::Checkpoint;
use crate::log::merkle::root;

const KEEP: &str =
    "keep both checkpoints and the whole source: two signed states that do not fit prove that the log was rewritten";

/// Holds the log against an older checkpoint.
pub(super) fn check(old: &[u8], key: Option<&LogVerifierKey>, tree: Option<&LogTree>, notes: &mut Findings) {
    let Some(key) = key else {
        return notes.skipped(Check::Against, "there is no key to verify the older checkpoint with");
    };
    let old = match Checkpoint::open(old, key) {
        Ok(old) => old,
        Err(error) => {
            notes.looked(Check::Against, "1 older checkpoint");
            let advice = "give the file `checkpoint` as you kept it, and the key that signed it";
            return notes.found(Check::Against, "the older checkpoint", &error.to_string(), advice);
        }
    };
    notes.looked(Check::Against, format!("a checkpoint of {} entries", old.size));
    let Some(tree) = tree else {
        let wrong = "the source has no log that could extend it";
        return notes.found(Check::Against, "log/checkpoint", wrong, KEEP);
    };
    let wrong = if tree.checkpoint.origin != old.origin {
        Some("it belongs to a log of another name".to_owned())
    } else if tree.checkpoint.size < old.size {
        Some(format!("the log had {} entries then and has {} now: some are missing", old.size, tree.checkpoint.size))
    } else {
        match usize::try_from(old.size).ok().and_then(|size| tree.leaves.get(..size)) {
            Some(first) if root(first) == old.root => None,
            Some(_) => Some(format!("the first {} entries are not the ones that were signed then", old.size)),
            None => Some("entries are missing, so it cannot be shown that the log extends it".to_owned()),
        }
    };
    if let Some(wrong) = wrong {
        notes.found(Check::Against, "log/checkpoint", &wrong, KEEP);
    }
}
