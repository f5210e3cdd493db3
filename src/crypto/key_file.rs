//! Key files of offline custody: one line of text each, carried by hand.
//!
//! Guarantee: a line is taken only whole and unchanged, and only as what it
//! says it is: a private file is never read as a public one, nor the reverse.
//! Non-guarantee: the check finds accidents, not a forger; a file does not say
//! of which period it is, the log's public key does.
//! Source: tests/vectors, `key_files.json`.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::Zeroizing;

use super::digest::sha256_of_parts;
use super::{PeriodPrivateKey, PeriodPublicKey};

const PRIVATE: &str = "peertally/private-key/1 ";
const PUBLIC: &str = "peertally/public-key/1 ";
const KEY: usize = 32;
const CHECK: usize = 4;
/// More bytes than a key file has: a reader needs no more to refuse what is longer.
pub const LONGEST: usize = 256;

/// Why a text is not the key file that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// Something else.
    #[error("this is no key file: it must be one line that begins with `{0}`, as `peertally keygen` writes it")]
    Other(&'static str),
    /// A private key where a public one is asked for.
    #[error(
        "this is the private key file: give the public one here, and keep this one off the host. If others could read it just now, make a new pair"
    )]
    Private,
    /// The other way round.
    #[error("this is the public key file: rows open with the private one of the same pair")]
    Public,
    /// Written by a newer program.
    #[error("this key file has a newer form than this program knows: use the peertally that made it")]
    Newer,
    /// Cut off or changed.
    #[error("this key file is cut off or was changed ({0} characters, its check does not fit): use another copy")]
    Damaged(usize),
    /// A key that no private key belongs to.
    #[error(
        "this public key is none that `peertally keygen` makes: rows sealed to it would be open or lost. Make a new pair"
    )]
    Weak,
}

/// A private key on its way from its file to the period that it opens. Wiped when dropped.
pub struct PrivateKeyFile(PeriodPrivateKey);

impl PrivateKeyFile {
    /// Wraps a key that was just made.
    #[must_use]
    pub fn new(key: PeriodPrivateKey) -> Self {
        Self(key)
    }

    /// Reads the file's bytes; white space at the end is left out.
    ///
    /// # Errors
    /// [`KeyFileError`].
    pub fn parse(text: &[u8]) -> Result<Self, KeyFileError> {
        PeriodPrivateKey::from_bytes(&*read(text, PRIVATE)?).map(Self).map_err(|_| KeyFileError::Damaged(text.len()))
    }

    /// The file's only line.
    #[must_use]
    pub fn line(&self) -> Zeroizing<String> {
        write(PRIVATE, self.0.expose())
    }

    /// The key in it.
    #[must_use]
    pub fn key(&self) -> &PeriodPrivateKey {
        &self.0
    }
}

impl Clone for PrivateKeyFile {
    fn clone(&self) -> Self {
        Self(PeriodPrivateKey::copy(&self.0))
    }
}

impl Serialize for PrivateKeyFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.line().trim_end())
    }
}

impl<'de> Deserialize<'de> for PrivateKeyFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let line = Zeroizing::new(String::deserialize(deserializer)?);
        Self::parse(line.as_bytes()).map_err(de::Error::custom)
    }
}

/// The line of a public key file.
#[must_use]
pub fn public_line(key: &PeriodPublicKey) -> String {
    write(PUBLIC, &key.0).to_string()
}

/// Reads a public key file, and refuses a key that nothing may be sealed to.
///
/// # Errors
/// [`KeyFileError`].
pub fn read_public(text: &[u8]) -> Result<PeriodPublicKey, KeyFileError> {
    let key = PeriodPublicKey(*read(text, PUBLIC)?);
    match key.check() {
        Ok(()) => Ok(key),
        Err(_) => Err(KeyFileError::Weak),
    }
}

fn write(kind: &'static str, key: &[u8; KEY]) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0; KEY + CHECK]);
    for (to, from) in bytes.iter_mut().zip(key.iter().chain(&check(kind, key))) {
        *to = *from;
    }
    // At its full length from the start: a text that grows leaves pieces of itself behind.
    let mut line = Zeroizing::new(String::with_capacity(kind.len() + 2 * bytes.len() + 1));
    line.push_str(kind);
    HEXLOWER.encode_append(bytes.as_ref(), &mut line);
    line.push('\n');
    line
}

fn read(text: &[u8], kind: &'static str) -> Result<Zeroizing<[u8; KEY]>, KeyFileError> {
    let text = text.trim_ascii_end();
    let Some(hex) = text.strip_prefix(kind.as_bytes()) else {
        return Err(other(text, kind));
    };
    let mut bytes = Zeroizing::new([0; KEY + CHECK]);
    let damaged = KeyFileError::Damaged(text.len());
    if hex.len() != 2 * bytes.len() || HEXLOWER.decode_mut(hex, bytes.as_mut()).is_err() {
        return Err(damaged);
    }
    let (key, sum) = bytes.split_first_chunk::<KEY>().ok_or(damaged)?;
    if check(kind, key) != sum { Err(damaged) } else { Ok(Zeroizing::new(*key)) }
}

/// The first bytes of a SHA-256: of kind and key, so that the kind cannot be changed alone.
fn check(kind: &str, key: &[u8; KEY]) -> [u8; CHECK] {
    let [a, b, c, d, ..] = sha256_of_parts(&[kind.as_bytes(), key]).0;
    [a, b, c, d]
}

/// What a text is that does not begin as it should.
fn other(text: &[u8], kind: &'static str) -> KeyFileError {
    let begins =
        |with: &str| text.starts_with(with.trim_end_matches(|c: char| c == ' ' || c.is_ascii_digit()).as_bytes());
    match (begins(PRIVATE), begins(PUBLIC)) {
        _ if !text.is_empty() && kind.as_bytes().starts_with(text) => KeyFileError::Damaged(text.len()),
        (true, _) if kind == PUBLIC => KeyFileError::Private,
        (_, true) if kind == PRIVATE => KeyFileError::Public,
        (true, _) | (_, true) => KeyFileError::Newer,
        _ => KeyFileError::Other(kind.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair() -> (PrivateKeyFile, PeriodPublicKey) {
        let (private, public) = PeriodPrivateKey::generate().unwrap();
        (PrivateKeyFile::new(private), public)
    }

    fn refusal(text: &[u8]) -> KeyFileError {
        PrivateKeyFile::parse(text).err().unwrap()
    }

    #[test]
    fn what_is_written_is_read_and_fits_together() {
        let (private, public) = pair();
        let line = private.line();
        assert!(line.ends_with('\n') && line.len() < LONGEST && line.lines().count() == 1);
        for text in [line.as_str(), line.trim_end(), &line.replace('\n', "\r\n")] {
            assert!(PrivateKeyFile::parse(text.as_bytes()).unwrap().key().public().unwrap() == public);
        }
        assert_eq!(read_public(public_line(&public).as_bytes()), Ok(public));
        let json = serde_json::to_string(&private).unwrap();
        assert!(serde_json::from_str::<PrivateKeyFile>(&json).unwrap().line() == line);
    }

    #[test]
    fn each_accident_has_its_own_sentence() {
        let (private, public) = pair();
        let (line, public) = (private.line(), public_line(&public));
        assert_eq!(refusal(public.as_bytes()), KeyFileError::Public);
        assert_eq!(read_public(line.as_bytes()), Err(KeyFileError::Private));
        assert_eq!(refusal(b"-----BEGIN PRIVATE KEY-----"), KeyFileError::Other("peertally/private-key/1"));
        assert_eq!(refusal(b""), KeyFileError::Other("peertally/private-key/1"));
        assert_eq!(refusal(line.replace("/1 ", "/2 ").as_bytes()), KeyFileError::Newer);
        // Cut anywhere, or one letter changed anywhere: never read.
        for at in 1..line.trim_end().len() {
            assert!(matches!(refusal(&line.as_bytes()[..at]), KeyFileError::Damaged(_)), "cut at {at}");
        }
        for at in 0..line.trim_end().len() {
            let mut changed = line.as_bytes().to_vec();
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            refusal(&changed);
        }
        // The kind cannot be exchanged alone.
        assert!(matches!(refusal(public.replace(PUBLIC, PRIVATE).as_bytes()), KeyFileError::Damaged(_)));
    }

    #[test]
    fn keys_that_nothing_may_be_sealed_to_are_refused() {
        let mut one = [0; 32];
        one[0] = 1;
        // 2^255 - 19 is zero again, and the top bit is not part of a number: other bytes for the same key.
        let mut zero = [0xff; 32];
        (zero[0], zero[31]) = (0xed, 0x7f);
        let (_, PeriodPublicKey(mut high)) = pair();
        high[31] |= 0x80;
        let order_eight = HEXLOWER.decode(b"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800").unwrap();
        for weak in [[0; 32], one, zero, [0xff; 32], high, order_eight.try_into().unwrap()] {
            let line = public_line(&PeriodPublicKey(weak));
            assert_eq!(read_public(line.as_bytes()), Err(KeyFileError::Weak), "{line}");
        }
    }
}
