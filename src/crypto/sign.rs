//! The log's signing key (Ed25519, RFC 8032) and its public half in the text
//! form of C2SP signed-note: `name+hash+base64`.
//!
//! Guarantee: the seed is wiped when dropped and never printed; a verifier key
//! has one text form.
//! Non-guarantee: ring keeps its expanded copy of the key in memory and does
//! not wipe it.

use std::fmt;
use std::str::FromStr;

use data_encoding::{BASE64, HEXLOWER};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use zeroize::Zeroizing;

use super::digest::sha256_of_parts;
use crate::domain::printable::start;

/// Bytes of a seed, and of the file `log.key`.
pub const SEED_LENGTH: usize = 32;
/// Longest key name, in bytes.
pub const MAX_KEY_NAME: usize = 200;
/// Signature type byte of Ed25519 in C2SP signed-note.
const ED25519_TYPE: u8 = 1;

/// Why a key cannot be used, or a signature does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The system gave no random bytes.
    #[error("the system gave no random bytes, so no key was made: try again, and restart the machine if it stays so")]
    NoRandomness,
    /// A seed of the wrong length.
    #[error("log.key must hold exactly 32 bytes, this one holds {0}: put back the right file from the backup")]
    Seed(usize),
    /// A name that C2SP signed-note forbids.
    #[error("`{0}` is not a key name: it needs 1 to 200 bytes, no spaces, no control characters and no `+`")]
    Name(String),
    /// A text that is not a verifier key.
    #[error("this is not a verifier key: {0}; it looks like name+8 hex digits+base64, copied whole from `init`")]
    Text(&'static str),
    /// The signature does not match.
    #[error("the signature does not match the text and the key `{0}`: the text was changed, or another key signed it")]
    Signature(String),
}

/// The log's secret key.
pub struct LogKey {
    seed: Zeroizing<[u8; SEED_LENGTH]>,
    pair: Ed25519KeyPair,
}

impl LogKey {
    /// A new key from the system's randomness.
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`].
    pub fn generate() -> Result<Self, KeyError> {
        let mut seed = Zeroizing::new([0; SEED_LENGTH]);
        SystemRandom::new().fill(seed.as_mut_slice()).map_err(|_| KeyError::NoRandomness)?;
        Self::from_seed(seed.as_slice())
    }

    /// The key of a seed, as read from `log.key`.
    ///
    /// # Errors
    /// [`KeyError::Seed`] if there are not exactly 32 bytes.
    pub fn from_seed(seed: &[u8]) -> Result<Self, KeyError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| KeyError::Seed(seed.len()))?;
        let mut own = Zeroizing::new([0; SEED_LENGTH]);
        own.iter_mut().zip(seed).for_each(|(to, from)| *to = *from);
        Ok(Self { seed: own, pair })
    }

    /// The seed, for the caller to write to `log.key` (0600).
    #[must_use]
    pub fn seed(&self) -> &[u8; SEED_LENGTH] {
        &self.seed
    }

    /// Signs `message`. The same message always gets the same signature.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        // ring answers 64 bytes for Ed25519.
        signature.iter_mut().zip(self.pair.sign(message).as_ref()).for_each(|(to, from)| *to = *from);
        signature
    }

    /// The public half, under a name.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn verifier(&self, name: &str) -> Result<LogVerifierKey, KeyError> {
        let mut public = [0; 32];
        public.iter_mut().zip(self.pair.public_key().as_ref()).for_each(|(to, from)| *to = *from);
        LogVerifierKey::new(name, public)
    }
}

/// Says that there is a key, never which.
impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LogKey(secret)")
    }
}

/// Whether C2SP signed-note takes this as the name of a key; ours are at most [`MAX_KEY_NAME`] bytes long.
#[must_use]
pub fn is_key_name(name: &str) -> bool {
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    !name.is_empty() && name.len() <= MAX_KEY_NAME && !name.contains(forbidden)
}

/// The public half of a log's key, with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogVerifierKey {
    name: String,
    public: [u8; 32],
}

impl LogVerifierKey {
    /// A public key under a name.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn new(name: &str, public: [u8; 32]) -> Result<Self, KeyError> {
        if is_key_name(name) {
            Ok(Self { name: name.to_owned(), public })
        } else {
            Err(KeyError::Name(start(name, MAX_KEY_NAME)))
        }
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The 32 bytes of the public key (RFC 8032).
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }

    /// Key hash: first four bytes of SHA-256(name ‖ LF ‖ 1 ‖ public key).
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        let digest = sha256_of_parts(&[self.name.as_bytes(), b"\n", &[ED25519_TYPE], &self.public]);
        let [a, b, c, d, ..] = digest.0;
        [a, b, c, d]
    }

    /// Checks a signature.
    ///
    /// # Errors
    /// [`KeyError::Signature`].
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), KeyError> {
        let key = UnparsedPublicKey::new(&ED25519, &self.public);
        key.verify(message, signature).map_err(|_| KeyError::Signature(self.name.clone()))
    }
}

impl fmt::Display for LogVerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed = [&[ED25519_TYPE], self.public.as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, HEXLOWER.encode(&self.id()), BASE64.encode(&typed))
    }
}

impl FromStr for LogVerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Text("a part is missing"));
        };
        let typed =
            BASE64.decode(key.as_bytes()).map_err(|_| KeyError::Text("its last part is not canonical base64"))?;
        let public = match typed.split_first() {
            Some((&ED25519_TYPE, public)) => {
                public.try_into().map_err(|_| KeyError::Text("its key is not 32 bytes"))?
            }
            _ => return Err(KeyError::Text("its key is not an Ed25519 key")),
        };
        let key = Self::new(name, public)?;
        if HEXLOWER.encode(&key.id()) != hash {
            return Err(KeyError::Text("its hash does not fit its name and key"));
        }
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, test 2.
    const SEED: &str = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    const PUBLIC: &str = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    const SIGNATURE: &str = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
                             085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    fn key() -> LogKey {
        LogKey::from_seed(&HEXLOWER.decode(SEED.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn the_standards_vector() {
        let verifier = key().verifier("log").unwrap();
        assert_eq!(HEXLOWER.encode(verifier.public()), PUBLIC);
        assert_eq!(HEXLOWER.encode(&key().sign(&[0x72])), SIGNATURE);
        verifier.verify(&[0x72], &key().sign(&[0x72])).unwrap();
        assert!(verifier.verify(&[0x73], &key().sign(&[0x72])).is_err());
    }

    #[test]
    fn a_generated_key_comes_back_from_its_seed() {
        let (one, other) = (LogKey::generate().unwrap(), LogKey::generate().unwrap());
        assert_ne!(one.seed(), other.seed());
        assert_eq!(LogKey::from_seed(one.seed()).unwrap().sign(b"x"), one.sign(b"x"));
        assert_eq!(LogKey::from_seed(&[1; 31]).unwrap_err(), KeyError::Seed(31));
    }

    #[test]
    fn printing_a_key_shows_nothing_of_it() {
        assert_eq!(format!("{:?}", key()), "LogKey(secret)");
    }

    #[test]
    fn a_verifier_key_has_one_text_form() {
        let verifier = key().verifier("example.org/log").unwrap();
        let text = verifier.to_string();
        assert_eq!(text.parse::<LogVerifierKey>().unwrap(), verifier);
        let mut seen = 0;
        for at in 0..text.len() {
            for byte in [b'+', b'=', b'A', b'a', b'0', b' ', b'\n'] {
                let mut other = text.clone().into_bytes();
                other[at] = byte;
                if other == text.as_bytes() {
                    continue;
                }
                seen += 1;
                let other = String::from_utf8(other).unwrap();
                assert!(other.parse::<LogVerifierKey>().is_err(), "{other}");
            }
        }
        assert!(seen > 100);
        for other in [format!("{text}\n"), format!(" {text}"), format!("{text}="), text.to_uppercase(), String::new()] {
            assert!(other.parse::<LogVerifierKey>().is_err(), "{other}");
        }
    }

    #[test]
    fn names_with_spaces_or_plus_are_refused() {
        for name in ["", "a b", "a+b", "a\u{a0}b", "a\tb", "a\u{1}", &"x".repeat(201)] {
            assert!(matches!(key().verifier(name), Err(KeyError::Name(_))), "{name}");
        }
    }
}
