//! Sealing one row to its period: HPKE in PSK mode.
//!
//! Guarantee: whoever lacks the period's private key *or* its salt opens
//! nothing; a row opens only in its own period and under its own row key; each
//! row has its own encapsulated key, so that nothing groups rows.
//! Non-guarantee: the number of rows shows.
//! Source: RFC 9180, X25519 / HKDF-SHA256 / AES-256-GCM, §5.1.2 and §6.1.

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, PskBundle, Serializable};
use zeroize::Zeroizing;

use super::CryptoError;
use super::derive::Key;
use super::keyring::PeriodPrivateKey;
use super::random::RowRandom;
use crate::domain::{Period, RowKey};

/// Bytes of the plaintext record, the same for every tally of every programme.
pub const PLAIN: usize = 72;
/// Format of a sealed row.
pub const SEAL_VERSION: u8 = 1;
const ENCAPSULATED: usize = 32;
const TAG: usize = 16;
/// Bytes of a sealed row: version, encapsulated key, ciphertext with tag.
pub const SEALED: usize = 1 + ENCAPSULATED + PLAIN + TAG;

const INFO: &[u8] = b"peertally/row/1";

type Suite = X25519HkdfSha256;

/// A period's public key: 32 bytes, public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodPublicKey(pub [u8; 32]);

impl PeriodPublicKey {
    /// Refuses a key that did not come from a key pair: a number written in other bytes than its own,
    /// or one of the few points for which everybody knows the shared secret.
    ///
    /// # Errors
    /// [`CryptoError::Key`].
    pub fn check(&self) -> Result<(), CryptoError> {
        // Little-endian, and below 2^255 - 19.
        let [low, middle @ .., high] = self.0;
        if high > 0x7f || (high == 0x7f && low >= 0xed && middle.iter().all(|byte| *byte == 0xff)) {
            return Err(CryptoError::Key);
        }
        // The suite finds the weak points when it agrees on a key: RFC 9180, §7.1.4.
        let to = <Suite as Kem>::PublicKey::from_bytes(&self.0).map_err(|_| CryptoError::Key)?;
        let mut random = RowRandom::new()?;
        hpke::setup_sender_with_rng::<AesGcm256, HkdfSha256, Suite>(&OpModeS::Base, &to, INFO, &mut random)
            .map(|_| ())
            .map_err(|_| CryptoError::Key)
    }
}

/// `DeriveKeyPair` of the suite.
pub(super) fn derive_pair(ikm: &[u8; 32]) -> ([u8; 32], PeriodPublicKey) {
    let (private, public) = Suite::derive_keypair(ikm);
    (private.to_bytes().into(), PeriodPublicKey(public.to_bytes().into()))
}

/// The public key of a private one.
pub(super) fn public_half(private: &[u8; 32]) -> Result<PeriodPublicKey, CryptoError> {
    let private = <Suite as Kem>::PrivateKey::from_bytes(private).map_err(|_| CryptoError::Key)?;
    Ok(PeriodPublicKey(Suite::sk_to_pk(&private).to_bytes().into()))
}

/// Seals rows of one period.
pub struct Sealer {
    psk: Key,
    period: Period,
    key: PeriodPublicKey,
}

impl Sealer {
    pub(super) fn new(psk: Key, period: Period, key: PeriodPublicKey) -> Self {
        Self { psk, period, key }
    }

    /// Seals one record under its row key.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`], or [`CryptoError::Seal`] for a public key that is none.
    pub fn seal(&self, row: &RowKey, plain: &[u8; PLAIN]) -> Result<[u8; SEALED], CryptoError> {
        let id = self.period.to_string();
        let psk = PskBundle::new(&self.psk.0, id.as_bytes()).map_err(|_| CryptoError::Seal)?;
        let to = <Suite as Kem>::PublicKey::from_bytes(&self.key.0).map_err(|_| CryptoError::Key)?;
        let (encapsulated, body) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, Suite>(
            &OpModeS::Psk(psk),
            &to,
            INFO,
            plain,
            &associated(self.period, row),
            &mut RowRandom::new()?,
        )
        .map_err(|_| CryptoError::Seal)?;
        let mut sealed = Vec::with_capacity(SEALED);
        sealed.push(SEAL_VERSION);
        sealed.extend_from_slice(&encapsulated.to_bytes());
        sealed.extend_from_slice(&body);
        sealed.try_into().map_err(|_| CryptoError::Seal)
    }
}

/// Opens rows of one period: exists only while it closes.
pub struct Opener {
    psk: Key,
    period: Period,
    key: Zeroizing<[u8; 32]>,
}

impl Opener {
    pub(super) fn new(psk: Key, period: Period, key: &PeriodPrivateKey) -> Self {
        Self { psk, period, key: Zeroizing::new(*key.expose()) }
    }

    /// Opens one sealed row.
    ///
    /// # Errors
    /// [`CryptoError::Open`] where it is damaged or stands in the wrong place.
    pub fn open(&self, row: &RowKey, sealed: &[u8]) -> Result<Zeroizing<[u8; PLAIN]>, CryptoError> {
        let sealed: &[u8; SEALED] = sealed.try_into().map_err(|_| CryptoError::Open)?;
        if sealed[0] != SEAL_VERSION {
            return Err(CryptoError::Open);
        }
        let id = self.period.to_string();
        let psk = PskBundle::new(&self.psk.0, id.as_bytes()).map_err(|_| CryptoError::Open)?;
        let key = <Suite as Kem>::PrivateKey::from_bytes(self.key.as_ref()).map_err(|_| CryptoError::Key)?;
        let encapsulated =
            <Suite as Kem>::EncappedKey::from_bytes(&sealed[1..=ENCAPSULATED]).map_err(|_| CryptoError::Open)?;
        let plain = hpke::single_shot_open::<AesGcm256, HkdfSha256, Suite>(
            &OpModeR::Psk(psk),
            &key,
            &encapsulated,
            INFO,
            &sealed[1 + ENCAPSULATED..],
            &associated(self.period, row),
        )
        .map_err(|_| CryptoError::Open)?;
        let plain = Zeroizing::new(plain);
        <[u8; PLAIN]>::try_from(plain.as_slice()).map(Zeroizing::new).map_err(|_| CryptoError::Open)
    }
}

/// Format version, period and row key, each preceded by its length in one byte.
fn associated(period: Period, row: &RowKey) -> Vec<u8> {
    let period = period.to_bytes();
    let parts: [&[u8]; 3] = [&[SEAL_VERSION], &period, &row.0];
    parts.iter().flat_map(|part| [&[u8::try_from(part.len()).unwrap_or(u8::MAX)], *part].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::PeriodSalt;

    #[test]
    fn a_row_opens_in_its_place_and_nowhere_else() {
        let (q1, q2): (Period, Period) = ("2025-Q1".parse().unwrap(), "2025-Q2".parse().unwrap());
        let (private, public) = PeriodPrivateKey::generate().unwrap();
        let (salt, other) = (PeriodSalt::generate().unwrap(), PeriodSalt::generate().unwrap());
        let row = RowKey([3; 16]);
        let sealed = salt.sealer(q1, public).seal(&row, &[9; PLAIN]).unwrap();
        assert_eq!(salt.opener(q1, &private).open(&row, &sealed).as_deref(), Ok(&[9; PLAIN]));
        assert!(salt.opener(q2, &private).open(&row, &sealed).is_err(), "another period");
        assert!(salt.opener(q1, &private).open(&RowKey([4; 16]), &sealed).is_err(), "another place");
        assert!(other.opener(q1, &private).open(&row, &sealed).is_err(), "private key without the salt");
        let (stranger, _) = PeriodPrivateKey::generate().unwrap();
        assert!(salt.opener(q1, &stranger).open(&row, &sealed).is_err(), "salt without the private key");
        for at in 0..SEALED {
            let mut damaged = sealed;
            damaged[at] ^= 0x40;
            assert!(salt.opener(q1, &private).open(&row, &damaged).is_err(), "byte {at}");
        }
    }

    #[test]
    fn equal_rows_look_different() {
        let (_, public) = PeriodPrivateKey::generate().unwrap();
        let sealer = PeriodSalt::generate().unwrap().sealer("2025-Q1".parse().unwrap(), public);
        let row = RowKey([0; 16]);
        assert_ne!(sealer.seal(&row, &[0; PLAIN]), sealer.seal(&row, &[0; PLAIN]));
    }

    /// A public key from its first, its middle and its last byte.
    fn key(low: u8, middle: u8, high: u8) -> PeriodPublicKey {
        let mut bytes = [middle; 32];
        (bytes[0], bytes[31]) = (low, high);
        PeriodPublicKey(bytes)
    }

    #[test]
    fn a_key_is_written_in_one_way_only() {
        // 2^255 - 19 is ed ff … ff 7f: from there on, numbers stand for smaller ones.
        for low in 0xed..=0xff {
            assert_eq!(key(low, 0xff, 0x7f).check(), Err(CryptoError::Key), "{low:x}");
            assert_eq!(key(low, 0xff, 0x7e).check(), Ok(()), "{low:x}, far below");
            let mut other = key(low, 0xff, 0x7f);
            other.0[17] = 0xfe;
            assert_eq!(other.check(), Ok(()), "{low:x}, a little below");
        }
        assert_eq!(key(0xeb, 0xff, 0x7f).check(), Ok(()), "the largest that is not weak");
        // The highest bit is no part of the number.
        let (_, mut public) = PeriodPrivateKey::generate().unwrap();
        assert_eq!(public.check(), Ok(()));
        public.0[31] |= 0x80;
        assert_eq!(public.check(), Err(CryptoError::Key));
        assert_eq!(key(0xec, 0xff, 0xff).check(), Err(CryptoError::Key));
        assert_eq!(key(9, 0, 0x80).check(), Err(CryptoError::Key));
        assert_eq!(key(9, 0, 0).check(), Ok(()), "the base point");
    }

    /// The points of small order (Bernstein, Curve25519, "Does the implementation check?"): with any of
    /// them everybody knows the shared secret.
    #[test]
    fn a_weak_point_is_no_key() {
        let order_8 = [
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        ];
        for text in order_8 {
            let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
            assert_eq!(PeriodPublicKey(bytes.try_into().unwrap()).check(), Err(CryptoError::Key), "{text}");
        }
        for weak in [key(0, 0, 0), key(1, 0, 0), key(0xec, 0xff, 0x7f)] {
            assert_eq!(weak.check(), Err(CryptoError::Key), "{weak:?}");
        }
    }
}
