//! The only room that names ring, blake3 and hpke.
//!
//! Guarantee: secrets are wiped when dropped, and no type here prints one.
//! Non-guarantee: libraries below may leave copies in memory; see SECURITY.md.
//! Callers: `store`, `log`, `intake`, `period`, `cli`.

pub mod digest;
pub mod sign;
