//! Checkpoints (C2SP tlog-checkpoint): the signed head of the tree.
//!
//! Guarantee: a [`Checkpoint`] from [`Checkpoint::open`] was signed by the key
//! given, and its bytes are the only ones that say the same.
//! Non-guarantee: extension lines are refused, which C2SP allows but advises
//! against. Freshness is not shown: an old checkpoint stays valid.

use data_encoding::{BASE64, HEXLOWER};

use crate::crypto::digest::Digest;
use crate::crypto::sign::{LogKey, LogVerifierKey};

use super::CHECKPOINT;
use super::error::LogError;
use super::note::SignedNote;

/// Size and root of the log, under its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, which is also its key's name.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the tree over them (RFC 6962).
    pub root: Digest,
}

/// A name for a new log that belongs to no one else, from random bytes.
#[must_use]
pub fn origin_name(random: [u8; 4]) -> String {
    format!("peertally.invalid/log-{}", HEXLOWER.encode(&random))
}

/// The name of the log that a checkpoint's bytes claim. Nothing is verified.
///
/// # Errors
/// [`LogError::Damaged`] if the bytes are not a signed note.
pub fn claimed_origin(bytes: &[u8]) -> Result<String, LogError> {
    let note = SignedNote::parse(bytes).map_err(|reason| LogError::damaged(CHECKPOINT, reason))?;
    Ok(note.name().to_owned())
}

impl Checkpoint {
    /// The bytes of the file `checkpoint`.
    ///
    /// # Errors
    /// [`LogError::Key`] if the origin is not a key name.
    pub fn sign(&self, key: &LogKey) -> Result<Vec<u8>, LogError> {
        Ok(SignedNote::sign(&self.text(), key, &self.origin)?.to_bytes())
    }

    /// Reads and verifies the bytes of a file `checkpoint`.
    ///
    /// # Errors
    /// [`LogError::Damaged`], [`LogError::OtherKey`] or [`LogError::Key`].
    pub fn open(bytes: &[u8], key: &LogVerifierKey) -> Result<Self, LogError> {
        let damaged = |reason: &str| LogError::damaged(CHECKPOINT, reason);
        let note = SignedNote::parse(bytes).map_err(damaged)?;
        note.verify(key)?;
        let checkpoint = Self::parse_text(note.text()).map_err(damaged)?;
        if checkpoint.origin == key.name() {
            Ok(checkpoint)
        } else {
            Err(damaged("its first line is not the key's name"))
        }
    }

    /// The three lines that are signed.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(self.root.as_bytes()))
    }

    /// Reads the three lines; only the bytes that [`Checkpoint::text`] gives pass.
    ///
    /// # Errors
    /// What differs from the one valid form, in words.
    pub fn parse_text(text: &str) -> Result<Self, &'static str> {
        let mut lines = text.split('\n');
        let (Some(origin), Some(size), Some(root), Some(""), None) =
            (lines.next(), lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err("it does not have exactly three lines");
        };
        if origin.is_empty() {
            return Err("its first line, the log's name, is empty");
        }
        let size: u64 = size.parse().map_err(|_| "its second line is not a number of entries")?;
        let root = BASE64.decode(root.as_bytes()).ok().and_then(|root| root.try_into().ok());
        let root = Digest(root.ok_or("its third line is not the canonical base64 of 32 bytes")?);
        let checkpoint = Self { origin: origin.to_owned(), size, root };
        if checkpoint.text() == text { Ok(checkpoint) } else { Err("its second line is not in its one valid form") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::merkle;

    fn checkpoint() -> Checkpoint {
        Checkpoint { origin: origin_name([0xab, 1, 2, 3]), size: 70, root: merkle::root(&[]) }
    }

    #[test]
    fn the_text_is_the_standards() {
        let text = "peertally.invalid/log-ab010203\n70\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
        assert_eq!(checkpoint().text(), text);
        assert_eq!(Checkpoint::parse_text(text), Ok(checkpoint()));
    }

    #[test]
    fn other_spellings_are_refused() {
        let text = checkpoint().text();
        for other in [
            text.replace("\n70\n", "\n070\n"),
            text.replace("\n70\n", "\n+70\n"),
            text.replace("\n70\n", "\n70 \n"),
            text.replace("\n70\n", "\n-1\n"),
            text.replace("\n70\n", "\n\n"),
            text.replace("\n70\n", "\n18446744073709551616\n"),
            text.replace("SuFU=", "SuFV="),
            text.replace("SuFU=", "SuFU"),
            text.replace("peertally.invalid/log-ab010203", ""),
            format!("{text}extension\n"),
            format!("{text}\n"),
            format!("\n{text}"),
            text.trim_end().to_owned(),
            String::new(),
        ] {
            assert!(Checkpoint::parse_text(&other).is_err(), "{other:?}");
        }
    }

    #[test]
    fn the_signers_name_must_be_the_origin() {
        let key = LogKey::from_seed(&[1; 32]).unwrap();
        let note = SignedNote::sign(&checkpoint().text(), &key, "elsewhere").unwrap();
        let error = Checkpoint::open(&note.to_bytes(), &key.verifier("elsewhere").unwrap()).unwrap_err();
        assert!(matches!(error, LogError::Damaged { .. }), "{error}");
    }
}
