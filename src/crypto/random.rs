//! Randomness for secrets, from ring's system generator.

use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use super::{CryptoError, derive};

/// `N` fresh random bytes.
///
/// # Errors
/// [`CryptoError::Randomness`] where the system refuses.
pub fn bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, CryptoError> {
    let mut out = Zeroizing::new([0; N]);
    SystemRandom::new().fill(out.as_mut()).map_err(|_| CryptoError::Randomness)?;
    Ok(out)
}

/// Fifteen uniform decimal digits, for a receipt.
///
/// # Errors
/// As [`bytes`].
pub fn digits() -> Result<[u8; 15], CryptoError> {
    let mut digits = [0; 15];
    let mut n = 0;
    while n < digits.len() {
        // Bytes of 250 and above would make some digits likelier: left out.
        for byte in bytes::<32>()?.iter().filter(|b| **b < 250) {
            if let Some(slot) = digits.get_mut(n) {
                *slot = byte % 10;
                n += 1;
            }
        }
    }
    Ok(digits)
}

/// A name that nobody can guess: 128 random bits in hexadecimal.
///
/// # Errors
/// As [`bytes`].
pub fn name() -> Result<String, CryptoError> {
    Ok(data_encoding::HEXLOWER.encode(bytes::<16>()?.as_ref()))
}

/// What hpke draws its ephemeral key from: 32 bytes of ring's, stretched by BLAKE3.
///
/// hpke wants a generator that cannot fail, so the part that can is done first.
pub(super) struct RowRandom(blake3::OutputReader);

impl RowRandom {
    pub(super) fn new() -> Result<Self, CryptoError> {
        let seed = bytes::<32>()?;
        Ok(Self(derive::hasher(derive::ROW_RANDOM).update(seed.as_ref()).finalize_xof()))
    }
}

impl rand::TryRng for RowRandom {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut word = [0; 4];
        self.0.fill(&mut word);
        Ok(u32::from_le_bytes(word))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut word = [0; 8];
        self.0.fill(&mut word);
        Ok(u64::from_le_bytes(word))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Self::Error> {
        self.0.fill(out);
        Ok(())
    }
}

impl rand::TryCryptoRng for RowRandom {}

impl Drop for RowRandom {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}
