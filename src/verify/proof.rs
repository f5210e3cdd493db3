//! Inclusion proofs as files: `proofs/<period>.json` of a bundle.
//!
//! Guarantee: canonical JSON; the entry's own bytes stand in it as text, so that
//! any RFC 6962 software can follow the proof without this program. Checking
//! one costs as many hashes as the tree has levels.

use serde_json::{Value, json};

use super::error::VerifyError;
use crate::crypto::digest::Digest;
use crate::domain::Period;
use crate::log::merkle::{leaf_hash, verify_inclusion};
use crate::log::{Entry, Inclusion};

/// Most steps of a proof: a tree has no more levels.
const MAX_PATH: usize = 64;

/// The file with the proof that this entry, about `period`, is in the log.
///
/// # Errors
/// If the entry has no byte form.
pub fn proof_file(period: Period, entry: &Entry, proof: &Inclusion) -> Result<Vec<u8>, VerifyError> {
    let bytes = entry.encode()?;
    let path: Vec<String> = proof.proof.iter().map(ToString::to_string).collect();
    let value = json!({
        "schema": "peertally/inclusion/1", "period": period.to_string(), "index": proof.index, "size": proof.size,
        "entry": String::from_utf8_lossy(&bytes), "leaf": proof.leaf.to_string(),
        "path": path, "root": proof.root.to_string(),
    });
    serde_json_canonicalizer::to_vec(&value).map_err(|e| VerifyError::Container(e.to_string()))
}

/// Whether a file is the one with the proof that `entry` is at `index` under `root`.
pub(super) fn holds(file: &[u8], period: Period, entry: &Entry, index: u64, size: u64, root: &Digest) -> bool {
    let Some(proof) = path(file) else { return false };
    let Ok(leaf) = entry.encode().map(|bytes| leaf_hash(&bytes)) else { return false };
    let proven = verify_inclusion(&leaf, index, size, &proof, root);
    let own = Inclusion { index, size, leaf, root: *root, proof };
    proven && proof_file(period, entry, &own).is_ok_and(|own| own == file)
}

fn path(file: &[u8]) -> Option<Vec<Digest>> {
    let value: Value = serde_json::from_slice(file).ok()?;
    let path = value.get("path")?.as_array().filter(|path| path.len() <= MAX_PATH)?;
    path.iter().map(|hash| hash.as_str()?.parse().ok()).collect()
}
