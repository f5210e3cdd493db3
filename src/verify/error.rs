//! Why a source cannot be opened at all. What is wrong inside it is a finding.

use crate::log::LogError;

/// A refusal of this room.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Nothing there, or not readable.
    #[error("{0} cannot be read ({1}): check the name")]
    Unreadable(String, String),
    /// The file is not a bundle.
    #[error("this is not a bundle: {0}; make one with `peertally audit bundle --out audit.zip`")]
    Bundle(String),
    /// Larger than what is read.
    #[error("{0} is larger than {1} bytes, the limit: nothing of a programme is so large")]
    Large(String, u64),
    /// Not an address that is fetched from.
    #[error("`{0}` is not an address of public files: write it like https://notes.example.org/public")]
    Address(String),
    /// The folder could not be copied whole.
    #[error(
        "the public files could not be copied as one state: {0}; run `peertally audit verify` on the folder, or try again"
    )]
    Moving(String),
    /// The container.
    #[error("the bundle could not be written: {0}")]
    Container(String),
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
}
