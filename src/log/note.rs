//! Signed notes (C2SP signed-note), in the one form that this log writes: one
//! text, one Ed25519 signature.
//!
//! Guarantee: [`SignedNote::parse`] accepts exactly the bytes that
//! [`SignedNote::to_bytes`] gives back; nothing is trimmed.
//! Non-guarantee: notes with further signatures (witnesses) are refused, which
//! is stricter than the C2SP text. A parsed note is not yet verified.

use data_encoding::{BASE64, HEXLOWER};

use crate::crypto::sign::{LogKey, LogVerifierKey, is_key_name};

use super::error::LogError;

/// Longest note that is read, in bytes.
pub const MAX_NOTE: usize = 4096;

/// A text and its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    name: String,
    id: [u8; 4],
    signature: [u8; 64],
}

impl SignedNote {
    /// Signs `text`, which must end with a newline.
    ///
    /// # Errors
    /// [`LogError::Unwritable`] for a text that no note can hold, and
    /// [`LogError::Key`] for a name that no key may have.
    pub fn sign(text: &str, key: &LogKey, name: &str) -> Result<Self, LogError> {
        if !is_note_text(text) {
            return Err(LogError::Unwritable("a note is lines of text without control characters".to_owned()));
        }
        let id = key.verifier(name)?.id();
        Ok(Self { text: text.to_owned(), name: name.to_owned(), id, signature: key.sign(text.as_bytes()) })
    }

    /// Reads a note. Verify it before believing it.
    ///
    /// # Errors
    /// What differs from the one valid form, in words.
    pub fn parse(bytes: &[u8]) -> Result<Self, &'static str> {
        if bytes.len() > MAX_NOTE {
            return Err("it is longer than 4096 bytes");
        }
        let all = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8 text")?;
        let blank = all.rfind("\n\n").ok_or("the blank line before the signature is missing")?;
        let (text, rest) = all.split_at(blank + 1);
        let line = rest.strip_prefix('\n').and_then(|rest| rest.strip_suffix('\n'));
        let line = line.ok_or("the signature line does not end with a newline")?;
        if !is_note_text(text) {
            return Err("its text has control characters");
        }
        if line.contains('\n') {
            return Err("it has more than one signature line");
        }
        let (name, signature) = line
            .strip_prefix("— ")
            .and_then(|l| l.split_once(' '))
            .ok_or("the signature line is not `— name base64`")?;
        if !is_key_name(name) {
            return Err("the signature's name is not the name of a key");
        }
        let signature = BASE64.decode(signature.as_bytes()).map_err(|_| "the signature is not canonical base64")?;
        let (id, signature) = signature.split_first_chunk::<4>().ok_or("the signature is too short")?;
        let signature: [u8; 64] = signature.try_into().map_err(|_| "the signature does not have 4 + 64 bytes")?;
        let note = Self { text: text.to_owned(), name: name.to_owned(), id: *id, signature };
        if note.to_bytes() == bytes { Ok(note) } else { Err("it is not in its one valid form") }
    }

    /// The file's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let signature = BASE64.encode(&[self.id.as_slice(), &self.signature].concat());
        format!("{}\n— {} {signature}\n", self.text, self.name).into_bytes()
    }

    /// Checks that `key` signed the text.
    ///
    /// # Errors
    /// [`LogError::OtherKey`] if the note names another key, [`LogError::Key`]
    /// if the signature does not hold.
    pub fn verify(&self, key: &LogVerifierKey) -> Result<(), LogError> {
        if self.name != key.name() || self.id != key.id() {
            return Err(LogError::OtherKey {
                found: format!("{}+{}", self.name, HEXLOWER.encode(&self.id)),
                expected: format!("{}+{}", key.name(), HEXLOWER.encode(&key.id())),
            });
        }
        Ok(key.verify(self.text.as_bytes(), &self.signature)?)
    }

    /// The text, with its last newline. Not to be believed before [`SignedNote::verify`].
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name of the key that is said to have signed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Text that ends with a newline and has no other control character.
fn is_note_text(text: &str) -> bool {
    text.ends_with('\n') && text.chars().all(|c| c == '\n' || !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> LogKey {
        LogKey::from_seed(&[7; 32]).unwrap()
    }

    #[test]
    fn a_note_comes_back_from_its_bytes() {
        for text in ["one\n", "one\n\ntwo\n", "one\n\n", "è subito sera\n"] {
            let note = SignedNote::sign(text, &key(), "example.org/log").unwrap();
            let parsed = SignedNote::parse(&note.to_bytes()).unwrap();
            assert_eq!(parsed, note);
            parsed.verify(&key().verifier("example.org/log").unwrap()).unwrap();
            assert!(matches!(parsed.verify(&key().verifier("other").unwrap()), Err(LogError::OtherKey { .. })));
        }
        for text in ["", "no newline", "tab\t\n", "nul\0\n", "return\r\n"] {
            assert!(SignedNote::sign(text, &key(), "log").is_err(), "{text:?}");
        }
    }

    /// Found by fuzzing: a name that no key can have was read, and other programs refuse it.
    #[test]
    fn a_name_that_no_key_can_have_is_refused() {
        let bytes = SignedNote::sign("one\n", &key(), "example.org/log").unwrap().to_bytes();
        let text = String::from_utf8(bytes).unwrap();
        for name in ["", "example.org\u{a0}log", "example.org+log", "example.org/log\u{85}", &"l".repeat(201)] {
            let other = text.replacen("— example.org/log ", &format!("— {name} "), 1);
            assert_ne!(other, text);
            assert!(SignedNote::parse(other.as_bytes()).is_err(), "{name:?}");
        }
    }

    #[test]
    fn no_other_bytes_pass() {
        let bytes = SignedNote::sign("one\n2\n", &key(), "log").unwrap().to_bytes();
        let verifier = key().verifier("log").unwrap();
        let passes = |bytes: &[u8]| SignedNote::parse(bytes).is_ok_and(|note| note.verify(&verifier).is_ok());
        assert!(passes(&bytes));
        for at in 0..bytes.len() {
            for value in 0..=255 {
                let mut other = bytes.clone();
                other[at] = value;
                assert_eq!(passes(&other), other == bytes, "byte {at} as {value}");
            }
            assert!(!passes(&bytes[..at]), "cut at {at}");
            let mut longer = bytes.clone();
            longer.insert(at, b'\n');
            assert!(!passes(&longer), "newline before {at}");
        }
        let line = String::from_utf8(bytes.clone()).unwrap().lines().last().unwrap().to_owned() + "\n";
        assert!(!passes(&[bytes.as_slice(), line.as_bytes()].concat()));
        assert!(!passes(&[bytes.as_slice(), b"\n"].concat()));
        assert!(!passes(&[b"\xef\xbb\xbf", bytes.as_slice()].concat()));
    }
}
