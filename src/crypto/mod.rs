//! The only room that names ring, blake3 and hpke.
//!
//! Guarantee: secrets are newtypes that wipe themselves and cannot be
//! printed; every derived key has its own context string (`derive`).
//! Non-guarantee: memory can be read by whoever controls the host.
//! Source: docs/decisions and SECURITY.md; vectors in tests/vectors.

pub mod derive;
pub mod digest;
pub mod envelope;
pub mod handover;
pub mod key_file;
pub mod keyring;
pub mod pseudonym;
pub mod queue;
pub mod random;
pub mod scrub;
pub mod seal;
pub mod sign;

pub use handover::CountingKeys;
pub use key_file::{KeyFileError, PrivateKeyFile};
pub use keyring::{MasterKey, PeriodPrivateKey, PeriodSalt};
pub use pseudonym::{ClippingOrder, PeriodKeys};
pub use seal::{Opener, PeriodPublicKey, Sealer};

/// Why a cryptographic step failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes; nothing was done, try again")]
    Randomness,
    /// A wrapped secret does not open with this master key.
    #[error("this secret does not belong to this master key, or the file is damaged")]
    Unwrap,
    /// A row could not be sealed.
    #[error("the row could not be sealed to the period's public key")]
    Seal,
    /// A sealed row does not open: damaged, moved, or of another period.
    #[error("a sealed row does not open: it is damaged or does not belong where it stands")]
    Open,
    /// Bytes that are no key.
    #[error("these bytes are not a key of the right length and form")]
    Key,
}
