//! Inclusion proofs as files: `proofs/<period>.json` of a bundle.
//!
//! Guarantee: canonical JSON; the entry's own bytes stand in it as text, so that
//! any RFC 6962 software can follow the proof without this program.
//! Callers: `bundle`.

use serde_json::json;

use super::error::VerifyError;
use crate::crypto::digest::Digest;
use crate::domain::Period;
use crate::log::Entry;
use crate::log::merkle::{inclusion_proof, leaf_hash};

/// The proof that the entry at `index`, of `period`, is under `root`; `None` if there is no such leaf.
///
/// # Errors
/// If the entry has no byte form.
pub fn proof_file(
    period: Period,
    entry: &Entry,
    index: u64,
    leaves: &[Digest],
    root: &Digest,
) -> Result<Option<Vec<u8>>, VerifyError> {
    let Some(proof) = usize::try_from(index).ok().and_then(|at| inclusion_proof(leaves, at)) else { return Ok(None) };
    let bytes = entry.encode()?;
    let path: Vec<String> = proof.iter().map(ToString::to_string).collect();
    let value = json!({
        "schema": "peertally/inclusion/1", "period": period.to_string(), "index": index, "size": leaves.len(),
        "entry": String::from_utf8_lossy(&bytes), "leaf": leaf_hash(&bytes).to_string(),
        "path": path, "root": root.to_string(),
    });
    let bytes = serde_json_canonicalizer::to_vec(&value).map_err(|e| VerifyError::Container(e.to_string()))?;
    Ok(Some(bytes))
}
