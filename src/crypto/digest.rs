//! SHA-256 digests: of public files, and of the log's tree (FIPS 180-4).
//!
//! Guarantee: as text a [`Digest`] has one form, 64 lower-case hex digits.
//! Non-guarantee: digests are compared as public values, not in constant time.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

use crate::domain::printable::start;

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub [u8; 32]);

/// A SHA-256 under way, for what does not fit into memory.
pub struct Hasher(Context);

impl Default for Hasher {
    fn default() -> Self {
        Self(Context::new(&SHA256))
    }
}

impl Hasher {
    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of everything added.
    #[must_use]
    pub fn finish(self) -> Digest {
        let mut digest = [0; 32];
        // ring answers 32 bytes for SHA-256.
        digest.iter_mut().zip(self.0.finish().as_ref()).for_each(|(to, from)| *to = *from);
        Digest(digest)
    }
}

/// The text is not a digest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a digest: write the 64 hex digits of a SHA-256, in lower case")]
pub struct DigestError(String);

/// The SHA-256 of `bytes`.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Digest {
    sha256_of_parts(&[bytes])
}

/// The SHA-256 of all `parts`, one after the other and nothing between them.
#[must_use]
pub fn sha256_of_parts(parts: &[&[u8]]) -> Digest {
    let mut hasher = Hasher::default();
    for part in parts {
        hasher.update(part);
    }
    hasher.finish()
}

impl Digest {
    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        let bytes = HEXLOWER.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| DigestError(start(text, 65)))
    }
}

impl TryFrom<String> for Digest {
    type Error = DigestError;
    fn try_from(text: String) -> Result<Self, DigestError> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_standards_example() {
        assert_eq!(sha256(b"abc").to_string(), ABC);
        assert_eq!(sha256_of_parts(&[b"a", b"", b"bc"]), ABC.parse().unwrap());
    }

    #[test]
    fn one_text_form() {
        for text in [&ABC.to_uppercase(), &ABC[1..], &format!("{ABC}00"), &format!(" {ABC}"), ""] {
            assert!(text.parse::<Digest>().is_err(), "{text}");
        }
        assert_eq!(serde_json::to_string(&sha256(b"abc")).unwrap(), format!("\"{ABC}\""));
    }
}
