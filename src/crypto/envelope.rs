//! Many bytes sealed to one public key, in pieces: the outside of a backup.
//!
//! Guarantee: who lacks the private key learns the length and nothing else; a
//! piece that was changed, moved, left out or added is refused, and so is an
//! end that is none.
//! Non-guarantee: whoever has the public key can seal something else to it; what
//! is inside must prove itself.
//! Source: RFC 9180, base mode, X25519 / HKDF-SHA256 / AES-256-GCM, one context
//! whose sequence number orders the pieces.

use hpke::aead::{AeadCtxR, AeadCtxS, AesGcm256};
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use zeroize::Zeroizing;

use super::CryptoError;
use super::keyring::PeriodPrivateKey;
use super::random::RowRandom;
use super::seal::PeriodPublicKey;

const INFO: &[u8] = b"peertally/backup/1";

type Suite = X25519HkdfSha256;

/// Seals piece after piece.
pub struct Envelope(AeadCtxS<AesGcm256, HkdfSha256, Suite>);

/// Opens piece after piece, in the same order.
pub struct Opening(AeadCtxR<AesGcm256, HkdfSha256, Suite>);

impl Envelope {
    /// Begins; answers the encapsulated key, which stands before the pieces.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`], or [`CryptoError::Key`] for a public key that is none.
    pub fn begin(to: &PeriodPublicKey) -> Result<(Self, [u8; 32]), CryptoError> {
        let to = <Suite as Kem>::PublicKey::from_bytes(&to.0).map_err(|_| CryptoError::Key)?;
        let mut random = RowRandom::new()?;
        let (key, context) =
            hpke::setup_sender_with_rng(&OpModeS::Base, &to, INFO, &mut random).map_err(|_| CryptoError::Key)?;
        Ok((Self(context), key.to_bytes().into()))
    }

    /// Seals the next piece; `last` is bound to it.
    ///
    /// # Errors
    /// [`CryptoError::Seal`].
    pub fn seal(&mut self, piece: &[u8], last: bool) -> Result<Vec<u8>, CryptoError> {
        self.0.seal(piece, &[u8::from(last)]).map_err(|_| CryptoError::Seal)
    }
}

impl Opening {
    /// Begins with the encapsulated key.
    ///
    /// # Errors
    /// [`CryptoError::Key`].
    pub fn begin(key: &PeriodPrivateKey, encapsulated: &[u8; 32]) -> Result<Self, CryptoError> {
        let key = <Suite as Kem>::PrivateKey::from_bytes(key.expose()).map_err(|_| CryptoError::Key)?;
        let encapsulated = <Suite as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| CryptoError::Key)?;
        let context = hpke::setup_receiver(&OpModeR::Base, &key, &encapsulated, INFO).map_err(|_| CryptoError::Key)?;
        Ok(Self(context))
    }

    /// Opens the next piece.
    ///
    /// # Errors
    /// [`CryptoError::Open`].
    pub fn open(&mut self, piece: &[u8], last: bool) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
        self.0.open(piece, &[u8::from(last)]).map(Zeroizing::new).map_err(|_| CryptoError::Open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_open_in_their_order_and_for_their_key_alone() {
        let (private, public) = PeriodPrivateKey::generate().unwrap();
        let (mut envelope, key) = Envelope::begin(&public).unwrap();
        let pieces = [envelope.seal(b"one", false).unwrap(), envelope.seal(b"two", true).unwrap()];
        let mut opening = Opening::begin(&private, &key).unwrap();
        assert_eq!(opening.open(&pieces[0], false).unwrap().as_slice(), b"one");
        assert_eq!(opening.open(&pieces[1], true).unwrap().as_slice(), b"two");
        let mut opening = Opening::begin(&private, &key).unwrap();
        assert!(opening.open(&pieces[1], true).is_err(), "out of order");
        assert!(opening.open(&pieces[0], true).is_err(), "an end that is none");
        let mut changed = pieces[0].clone();
        changed[1] ^= 1;
        assert!(opening.open(&changed, false).is_err(), "changed");
        let (stranger, _) = PeriodPrivateKey::generate().unwrap();
        assert!(Opening::begin(&stranger, &key).unwrap().open(&pieces[0], false).is_err(), "another key");
        assert!(Envelope::begin(&PeriodPublicKey([0; 32])).is_err(), "no key");
    }
}
