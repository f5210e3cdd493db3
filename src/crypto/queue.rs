//! What a phone seals a waiting tally to, and how the host opens it: the sealed queue.
//!
//! Guarantee: without the private key of its week nobody opens what a phone keeps, the phone
//! included. All sealed tallies have one width. A private key lies in one place in memory, is
//! wiped there, and cannot be printed.
//! Non-guarantee: whoever has the public key can seal anything to it; what is inside must prove
//! itself. The key's id shows in which week something was sealed.
//! Source: RFC 9180, base mode, P-256 / HKDF-SHA256 / AES-256-GCM: what old browsers have.

use std::fmt;
use std::str::FromStr;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hpke::aead::{AeadTag, AesGcm256};
use hpke::inout::InOutBuf;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use zeroize::ZeroizeOnDrop;

use super::digest::sha256;
use super::keyring::MasterKey;
use super::random::{self, RowRandom};
use super::{CryptoError, derive};
use crate::domain::Week;

/// Bytes of what is sealed, filled up with spaces.
pub const QUEUE_PLAIN: usize = 2048;
const ID: usize = 8;
const ENCAPSULATED: usize = 65;
const TAG: usize = 16;
/// Bytes of a sealed tally: id of the key, encapsulated key, ciphertext with its tag.
pub const QUEUE_SEALED: usize = ID + ENCAPSULATED + QUEUE_PLAIN + TAG;

const INFO: &[u8] = b"peertally/queue/1";
const PURPOSE: &str = "queue";

type Suite = DhP256HkdfSha256;

/// Names a queue key: the first eight bytes of the SHA-256 of its public half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueKeyId([u8; ID]);

/// The public half of a queue key: a point of P-256, uncompressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuePublicKey([u8; ENCAPSULATED]);

/// What was sealed; wiped.
#[derive(ZeroizeOnDrop)]
pub struct QueuePlain([u8; QUEUE_PLAIN]);

/// The private half, in the one place where it lies.
#[derive(ZeroizeOnDrop)]
struct Private([u8; 32]);

/// One week's key. On the heap, so that moving it leaves no copy behind.
pub struct QueueKey {
    private: Box<Private>,
    public: QueuePublicKey,
}

impl QueueKey {
    /// A new key from ring's randomness.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`].
    pub fn generate() -> Result<Self, CryptoError> {
        Ok(Self::derive(&*random::bytes::<32>()?))
    }

    /// The key of RFC 9180 §7.1.3 `DeriveKeyPair(ikm)`; direct use is for test vectors.
    #[must_use]
    pub fn derive(ikm: &[u8; 32]) -> Self {
        let (key, public) = Suite::derive_keypair(ikm);
        let mut private = Box::new(Private([0; 32]));
        key.write_exact(&mut private.0);
        Self { private, public: QueuePublicKey(public.to_bytes().into()) }
    }

    /// Wraps the key for `keys/queue/<week>.private`.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`].
    pub fn wrap(&self, master: &MasterKey, week: Week) -> Result<Vec<u8>, CryptoError> {
        master.wrap(derive::QUEUE_WRAP, &self.private.0, PURPOSE, &week)
    }

    /// Unwraps such a file.
    ///
    /// # Errors
    /// [`CryptoError::Unwrap`] for another master key, another week, or damage.
    pub fn unwrap(sealed: &[u8], master: &MasterKey, week: Week) -> Result<Self, CryptoError> {
        let plain = master.unwrap(derive::QUEUE_WRAP, sealed, PURPOSE, &week)?;
        let mut private = Box::new(Private([0; 32]));
        private.0.copy_from_slice(plain.as_ref());
        let key = <Suite as Kem>::PrivateKey::from_bytes(&private.0).map_err(|_| CryptoError::Unwrap)?;
        let public = QueuePublicKey(Suite::sk_to_pk(&key).to_bytes().into());
        Ok(Self { private, public })
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> &QueuePublicKey {
        &self.public
    }

    /// Opens a sealed tally, of [`QUEUE_SEALED`] bytes.
    ///
    /// # Errors
    /// [`CryptoError::Open`] for another width, another key, or any changed byte.
    pub fn open(&self, sealed: &[u8]) -> Result<Box<QueuePlain>, CryptoError> {
        let (id, rest) = sealed.split_at_checked(ID).ok_or(CryptoError::Open)?;
        let (encapsulated, rest) = rest.split_at_checked(ENCAPSULATED).ok_or(CryptoError::Open)?;
        let (body, tag) = rest.split_at_checked(QUEUE_PLAIN).ok_or(CryptoError::Open)?;
        let encapsulated = <Suite as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| CryptoError::Open)?;
        let tag = AeadTag::<AesGcm256>::from_bytes(tag).map_err(|_| CryptoError::Open)?;
        let key = <Suite as Kem>::PrivateKey::from_bytes(&self.private.0).map_err(|_| CryptoError::Key)?;
        let mut plain = Box::new(QueuePlain([0; QUEUE_PLAIN]));
        let buffer = InOutBuf::new(body, plain.0.as_mut_slice()).map_err(|_| CryptoError::Open)?;
        hpke::single_shot_open_inout_detached::<AesGcm256, HkdfSha256, Suite>(
            &OpModeR::Base,
            &key,
            &encapsulated,
            INFO,
            buffer,
            id,
            &tag,
        )
        .map_err(|_| CryptoError::Open)?;
        Ok(plain)
    }
}

impl QueuePlain {
    /// The bytes, spaces included.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl QueuePublicKey {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> QueueKeyId {
        let [a, b, c, d, e, f, g, h, ..] = sha256(&self.0).0;
        QueueKeyId([a, b, c, d, e, f, g, h])
    }

    /// Seals up to [`QUEUE_PLAIN`] bytes, as a phone does.
    ///
    /// # Errors
    /// [`CryptoError::Seal`] for more bytes, [`CryptoError::Randomness`].
    pub fn seal(&self, text: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let mut plain = Box::new(QueuePlain([b' '; QUEUE_PLAIN]));
        plain.0.get_mut(..text.len()).ok_or(CryptoError::Seal)?.copy_from_slice(text);
        let to = <Suite as Kem>::PublicKey::from_bytes(&self.0).map_err(|_| CryptoError::Key)?;
        let id = self.id();
        let (encapsulated, body) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, Suite>(
            &OpModeS::Base,
            &to,
            INFO,
            plain.expose(),
            &id.0,
            &mut RowRandom::new()?,
        )
        .map_err(|_| CryptoError::Seal)?;
        Ok([id.0.as_slice(), &encapsulated.to_bytes(), &body].concat())
    }
}

impl QueueKeyId {
    /// The id at the beginning of a sealed tally.
    #[must_use]
    pub fn of(sealed: &[u8]) -> Option<Self> {
        sealed.first_chunk().copied().map(Self)
    }
}

/// Raw point in base64url without padding.
impl fmt::Display for QueuePublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64URL_NOPAD.encode(&self.0))
    }
}

impl FromStr for QueuePublicKey {
    type Err = CryptoError;

    /// Reads a key as `/v1/programme` shows it; refuses what is no point of the curve.
    fn from_str(text: &str) -> Result<Self, CryptoError> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| CryptoError::Key)?;
        <Suite as Kem>::PublicKey::from_bytes(&bytes).map_err(|_| CryptoError::Key)?;
        bytes.try_into().map(Self).map_err(|_| CryptoError::Key)
    }
}

/// Lower-case hex.
impl fmt::Display for QueueKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_tally_opens_by_its_key_alone_and_not_when_changed() {
        let (key, other) = (QueueKey::generate().unwrap(), QueueKey::generate().unwrap());
        let sealed = key.public().seal(b"{}").unwrap();
        assert_eq!(sealed.len(), QUEUE_SEALED);
        assert_eq!(QueueKeyId::of(&sealed), Some(key.public().id()));
        let plain = key.open(&sealed).unwrap();
        assert!(plain.expose().starts_with(b"{}  ") && plain.expose().ends_with(b" "));
        assert!(other.open(&sealed).is_err(), "another key");
        // The id is bound in: the same bytes under another's id do not open.
        let renamed = [&other.public().id().0[..], &sealed[ID..]].concat();
        assert!(key.open(&renamed).is_err() && other.open(&renamed).is_err(), "another id");
        for at in (0..sealed.len()).step_by(7).chain(sealed.len() - 20..sealed.len()) {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.open(&changed).is_err(), "byte {at}");
        }
        for length in [0, 7, ID, ID + ENCAPSULATED, QUEUE_SEALED - 1] {
            assert!(key.open(&sealed[..length]).is_err(), "{length} bytes");
        }
        assert!(key.open(&[&sealed[..], &[0]].concat()).is_err(), "one byte more");
        assert_ne!(key.public().seal(b"{}").unwrap()[ID..], sealed[ID..], "equal tallies look different");
        assert!(key.public().seal(&[b' '; QUEUE_PLAIN + 1]).is_err());
    }

    #[test]
    fn a_wrapped_key_opens_for_its_week_and_master_key() {
        let (master, stranger) = (MasterKey::generate().unwrap(), MasterKey::generate().unwrap());
        let week: Week = "2026-W47".parse().unwrap();
        let key = QueueKey::generate().unwrap();
        let wrapped = key.wrap(&master, week).unwrap();
        let again = QueueKey::unwrap(&wrapped, &master, week).unwrap();
        assert_eq!(again.public(), key.public());
        assert!(again.open(&key.public().seal(b"{}").unwrap()).is_ok());
        assert!(QueueKey::unwrap(&wrapped, &master, week.next()).is_err());
        assert!(QueueKey::unwrap(&wrapped, &stranger, week).is_err());
        assert!(QueueKey::unwrap(&wrapped[..59], &master, week).is_err());
        // A wrapped secret of a period is none, whatever it is called.
        let salt = super::super::PeriodSalt::generate().unwrap();
        let wrapped = salt.wrap(&master, "2026-Q4".parse().unwrap()).unwrap();
        assert!(QueueKey::unwrap(&wrapped, &master, week).is_err());
    }

    /// RFC 9180, appendix A.3.1, has this KEM with AES-128-GCM: its key pair and its point must come out here.
    #[test]
    fn key_pairs_are_those_of_the_rfc() {
        let hex = |text: &str| HEXLOWER.decode(text.as_bytes()).unwrap();
        let ikm = hex("668b37171f1072f3cf12ea8a236a45df23fc13b82af3609ad1e354f6ef817550");
        let key = QueueKey::derive(&ikm.try_into().unwrap());
        assert_eq!(key.private.0[..], hex("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2"));
        assert_eq!(
            key.public().0[..],
            hex(
                "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0"
            )
        );
    }
}
