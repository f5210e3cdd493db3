//! The master key and each period's own secrets, wrapped and unwrapped.
//!
//! Guarantee: a period's secrets are random, derived from nothing, so that
//! destroying them destroys what they open; wrapped secrets are bound to their
//! period and purpose.
//! Non-guarantee: with the master key and DATA/keys, an open period's rows
//! open (`host` custody). Files are placed and destroyed in `period::secrets`.

use std::fmt::Display;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::derive::{self, Key};
use super::digest::Digest;
use super::pseudonym::{CardVerifierKey, ClippingOrder, PeriodKeys};
use super::seal::{Opener, PeriodPublicKey, Sealer};
use super::{CryptoError, random, seal};
use crate::domain::Period;

/// Bytes of a wrapped secret: nonce 12, ciphertext 32, tag 16.
pub const WRAPPED: usize = 60;
const NONCE: usize = 12;

/// The host's root secret: 32 bytes.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    /// A new random key.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`].
    pub fn generate() -> Result<Self, CryptoError> {
        Ok(Self(*random::bytes::<32>()?))
    }

    /// Reads the 32 bytes of `master.key`.
    ///
    /// # Errors
    /// [`CryptoError::Key`] for any other length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CryptoError> {
        bytes.try_into().map(Self).map_err(|_| CryptoError::Key)
    }

    /// The bytes, for `master.key` only.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key of the card verifiers.
    #[must_use]
    pub fn verifier_key(&self) -> CardVerifierKey {
        CardVerifierKey::new(self)
    }

    /// The check value that ties a store to this key; says nothing else.
    #[must_use]
    pub fn store_check(&self) -> [u8; 16] {
        Key::derive(derive::STORE_CHECK, &self.0).hash(&[b"store"])
    }

    /// The check value at the end of a dump, over the digest of all before it: whoever
    /// lacks this key cannot make or change a dump that is loaded.
    #[must_use]
    pub fn dump_check(&self, digest: &Digest) -> [u8; 32] {
        Key::derive(derive::DUMP_CHECK, &self.0).hash(&[digest.as_bytes()])
    }

    /// The check value in a backup, over the digests of its head and of its store.
    #[must_use]
    pub fn backup_check(&self, head: &Digest, store: &Digest) -> [u8; 32] {
        Key::derive(derive::BACKUP_CHECK, &self.0).hash(&[head.as_bytes(), store.as_bytes()])
    }

    fn wrapping(&self, context: &'static str) -> Result<LessSafeKey, CryptoError> {
        let key = Key::derive(context, &self.0);
        UnboundKey::new(&AES_256_GCM, &key.0).map(LessSafeKey::new).map_err(|_| CryptoError::Key)
    }

    /// Encrypts a secret under the key of one context, bound to what it is for and to its period or week.
    pub(super) fn wrap(
        &self,
        context: &'static str,
        secret: &[u8; 32],
        purpose: &str,
        of: &dyn Display,
    ) -> Result<Vec<u8>, CryptoError> {
        let nonce = random::bytes::<NONCE>()?;
        let mut sealed = Vec::with_capacity(WRAPPED);
        let mut body = Zeroizing::new(*secret);
        let tag = self
            .wrapping(context)?
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(*nonce), binding(purpose, of), body.as_mut())
            .map_err(|_| CryptoError::Seal)?;
        sealed.extend_from_slice(nonce.as_ref());
        sealed.extend_from_slice(body.as_ref());
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// The reverse of `wrap`.
    pub(super) fn unwrap(
        &self,
        context: &'static str,
        sealed: &[u8],
        purpose: &str,
        of: &dyn Display,
    ) -> Result<Zeroizing<[u8; 32]>, CryptoError> {
        let (nonce, body) = sealed.split_first_chunk::<NONCE>().ok_or(CryptoError::Unwrap)?;
        let mut body = Zeroizing::new(body.to_vec());
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let key = self.wrapping(context)?;
        let plain = key.open_in_place(nonce, binding(purpose, of), &mut body).map_err(|_| CryptoError::Unwrap)?;
        <[u8; 32]>::try_from(&*plain).map(Zeroizing::new).map_err(|_| CryptoError::Unwrap)
    }
}

fn binding(purpose: &str, of: &dyn Display) -> Aad<Vec<u8>> {
    Aad::from(format!("peertally/wrapped/1/{purpose}/{of}").into_bytes())
}

/// A period's salt: 32 random bytes, from which its subkeys come.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct PeriodSalt([u8; 32]);

impl PeriodSalt {
    /// A new random salt.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`].
    pub fn generate() -> Result<Self, CryptoError> {
        Ok(Self(*random::bytes::<32>()?))
    }

    /// Fixed bytes, for test vectors.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Wraps the salt for `<period>.salt`.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`].
    pub fn wrap(&self, master: &MasterKey, period: Period) -> Result<Vec<u8>, CryptoError> {
        master.wrap(derive::PERIOD_WRAP, &self.0, "salt", &period)
    }

    /// Unwraps `<period>.salt`.
    ///
    /// # Errors
    /// [`CryptoError::Unwrap`] for another master key, another period, or damage.
    pub fn unwrap(sealed: &[u8], master: &MasterKey, period: Period) -> Result<Self, CryptoError> {
        master.unwrap(derive::PERIOD_WRAP, sealed, "salt", &period).map(|plain| Self(*plain))
    }

    /// Keys for intake.
    #[must_use]
    pub fn keys(&self) -> PeriodKeys {
        PeriodKeys::new(self)
    }

    /// Order of cells for clipping.
    #[must_use]
    pub fn clipping_order(&self) -> ClippingOrder {
        ClippingOrder::new(self)
    }

    /// Seals rows to `key`; what is written can't be opened with it.
    #[must_use]
    pub fn sealer(&self, period: Period, key: PeriodPublicKey) -> Sealer {
        Sealer::new(self.psk(), period, key)
    }

    /// Opens rows at the close.
    #[must_use]
    pub fn opener(&self, period: Period, key: &PeriodPrivateKey) -> Opener {
        Opener::new(self.psk(), period, key)
    }

    fn psk(&self) -> Key {
        Key::derive(derive::PSK, &self.0)
    }
}

/// A period's X25519 private key.
#[derive(ZeroizeOnDrop)]
pub struct PeriodPrivateKey([u8; 32]);

impl PeriodPrivateKey {
    /// A new key pair from ring's randomness.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`].
    pub fn generate() -> Result<(Self, PeriodPublicKey), CryptoError> {
        Ok(Self::derive(&*random::bytes::<32>()?))
    }

    /// The key pair of RFC 9180 §4.1 `DeriveKeyPair(ikm)`; direct use is for test vectors.
    #[must_use]
    pub fn derive(ikm: &[u8; 32]) -> (Self, PeriodPublicKey) {
        let (private, public) = seal::derive_pair(ikm);
        (Self(private), public)
    }

    /// A key from its file (`key_file`).
    ///
    /// # Errors
    /// [`CryptoError::Key`] for bytes that are no key.
    pub(super) fn from_bytes(bytes: &[u8; 32]) -> Result<Self, CryptoError> {
        let key = Self(*bytes);
        key.public().map(|_| key)
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn copy(&self) -> Self {
        Self(self.0)
    }

    /// The public half.
    ///
    /// # Errors
    /// [`CryptoError::Key`] for bytes that are no key.
    pub fn public(&self) -> Result<PeriodPublicKey, CryptoError> {
        seal::public_half(&self.0)
    }

    /// Wraps the key for `<period>.private`.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`].
    pub fn wrap(&self, master: &MasterKey, period: Period) -> Result<Vec<u8>, CryptoError> {
        master.wrap(derive::PERIOD_WRAP, &self.0, "private", &period)
    }

    /// Unwraps `<period>.private`.
    ///
    /// # Errors
    /// [`CryptoError::Unwrap`].
    pub fn unwrap(sealed: &[u8], master: &MasterKey, period: Period) -> Result<Self, CryptoError> {
        master.unwrap(derive::PERIOD_WRAP, sealed, "private", &period).map(|plain| Self(*plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_secrets_open_only_where_they_belong() {
        let (master, other) = (MasterKey::generate().unwrap(), MasterKey::generate().unwrap());
        let (q1, q2): (Period, Period) = ("2025-Q1".parse().unwrap(), "2025-Q2".parse().unwrap());
        let salt = PeriodSalt::from_bytes([7; 32]);
        let sealed = salt.wrap(&master, q1).unwrap();
        assert_eq!(sealed.len(), WRAPPED);
        assert!(PeriodSalt::unwrap(&sealed, &master, q1).is_ok_and(|s| s.0 == [7; 32]));
        assert!(PeriodSalt::unwrap(&sealed, &master, q2).is_err());
        assert!(PeriodSalt::unwrap(&sealed, &other, q1).is_err());
        assert!(PeriodPrivateKey::unwrap(&sealed, &master, q1).is_err());
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert!(PeriodSalt::unwrap(&damaged, &master, q1).is_err());
        }
        assert!(PeriodSalt::unwrap(&sealed[..5], &master, q1).is_err());
    }
}
