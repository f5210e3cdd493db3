//! Key files of offline custody, as they come back from a stick or out of a mail.

use peertally::crypto::key_file::{public_line, read_public};
use peertally::crypto::{KeyFileError, PrivateKeyFile};

/// A text is a private key file, a public one or neither, never both; what is accepted is its own writing with white
/// space at its end, and the public half of a private key is always a key that may be sealed to.
pub fn check(bytes: &[u8]) {
    let (private, public) = (PrivateKeyFile::parse(bytes), read_public(bytes));
    if let Ok(file) = &private {
        assert!(file.line().trim_end().as_bytes() == bytes.trim_ascii_end(), "a private key file has one spelling");
        assert!(public == Err(KeyFileError::Private), "never both");
        let half = file.key().public();
        assert!(
            half.is_ok_and(|half| read_public(public_line(&half).as_bytes()) == Ok(half)),
            "its public half is one"
        );
    }
    if let Ok(key) = public {
        assert!(
            public_line(&key).trim_end().as_bytes() == bytes.trim_ascii_end(),
            "a public key file has one spelling"
        );
        assert!(private.err() == Some(KeyFileError::Public), "never both");
    }
}
