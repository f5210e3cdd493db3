//! Names of keys in log entries, as lower-case hex.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use crate::crypto::digest::sha256;
use crate::domain::printable::start;

/// The text is not the hex of the right number of bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {what}: write {digits} hex digits in lower case")]
pub struct HexError {
    text: String,
    what: &'static str,
    digits: usize,
}

macro_rules! hex_bytes {
    ($name:ident, $length:literal, $what:literal, $(#[$doc:meta])*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub [u8; $length]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&HEXLOWER.encode(&self.0))
            }
        }

        impl FromStr for $name {
            type Err = HexError;

            fn from_str(text: &str) -> Result<Self, HexError> {
                let bytes = HEXLOWER.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
                let error = || HexError { text: start(text, 70), what: $what, digits: 2 * $length };
                bytes.map(Self).ok_or_else(error)
            }
        }

        impl TryFrom<String> for $name {
            type Error = HexError;
            fn try_from(text: String) -> Result<Self, HexError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(bytes: $name) -> Self {
                bytes.to_string()
            }
        }
    };
}

hex_bytes!(PublicKey, 32, "a public key",
    /// A period's X25519 public key.
);
hex_bytes!(KeyId, 8, "a key id",
    /// Short name of a period's key: the first eight bytes of the SHA-256 of its public key.
);

impl PublicKey {
    /// The key's short name.
    #[must_use]
    pub fn id(&self) -> KeyId {
        let [a, b, c, d, e, f, g, h, ..] = sha256(&self.0).0;
        KeyId([a, b, c, d, e, f, g, h])
    }
}
