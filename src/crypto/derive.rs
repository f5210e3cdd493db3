//! The one table of context strings, and keyed hashing with unambiguous input.
//!
//! Guarantee: no two purposes share a key, and no two different inputs of one
//! purpose are the same bytes (each part carries its length).
//! Source: BLAKE3 `derive_key` mode.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Card token → stub code.
pub const STUB: &str = "peertally 2026-11 card token to stub code v1";
/// Master key → key of the card verifiers.
pub const CARD_VERIFIER: &str = "peertally 2026-11 master key to card verifier key v1";
/// Master key → key that wraps period secrets.
pub const PERIOD_WRAP: &str = "peertally 2026-11 master key to period wrapping key v1";
/// Master key → key that wraps the keys of the sealed queue.
pub const QUEUE_WRAP: &str = "peertally 2026-11 master key to queue wrapping key v1";
/// Master key → key of the check value that ties a store to it.
pub const STORE_CHECK: &str = "peertally 2026-11 master key to store check key v1";
/// Master key → key of the check value at the end of a dump.
pub const DUMP_CHECK: &str = "peertally 2026-11 master key to dump check key v1";
/// Master key → key of the check value in a backup.
pub const BACKUP_CHECK: &str = "peertally 2026-11 master key to backup check key v1";
/// Period salt → key of pseudonyms made from card tokens.
pub const CARD: &str = "peertally 2026-11 period salt to card pseudonym key v1";
/// Period salt → key of pseudonyms made from import labels.
pub const IMPORT_LABEL: &str = "peertally 2026-11 period salt to import label key v1";
/// Period salt → key of row keys.
pub const ROW_KEY: &str = "peertally 2026-11 period salt to row key key v1";
/// Period salt → key of tombstones.
pub const TOMBSTONE: &str = "peertally 2026-11 period salt to tombstone key v1";
/// Period salt → key of the order in which a unit's cells are filled up to the cap.
pub const CLIPPING_ORDER: &str = "peertally 2026-11 period salt to clipping order key v1";
/// Period salt → pre-shared key of the HPKE seal.
pub const PSK: &str = "peertally 2026-11 period salt to seal pre-shared key v1";
/// Per-process key of the counters of the hourly rate.
pub const RATE: &str = "peertally 2026-11 hourly rate counter key v1";
/// Stretching of a row's random seed.
pub const ROW_RANDOM: &str = "peertally 2026-11 row seal randomness v1";

/// A 32-byte key that wipes itself and cannot be printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key(pub(super) [u8; 32]);

impl Key {
    /// Derives a key for one purpose.
    pub(super) fn derive(context: &'static str, material: &[u8]) -> Self {
        Self(blake3::derive_key(context, material))
    }

    /// Keyed hash over parts, each preceded by its length (8 bytes, little-endian).
    pub(super) fn hash<const N: usize>(&self, parts: &[&[u8]]) -> [u8; N] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let mut out = [0; N];
        hasher.finalize_xof().fill(&mut out);
        hasher.zeroize();
        out
    }
}

/// A hasher in `derive_key` mode.
pub(super) fn hasher(context: &'static str) -> blake3::Hasher {
    blake3::Hasher::new_derive_key(context)
}
