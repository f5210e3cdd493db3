//! A period's secrets on their way to the counting process.
//!
//! Guarantee: a type that wipes itself and cannot be printed; outside this room it exists as bytes
//! only where it is written to the pipe and read from it.
//! Non-guarantee: what a pipe holds is the kernel's.

use zeroize::Zeroizing;

use super::{ClippingOrder, Opener, PeriodPrivateKey, PeriodSalt};
use crate::domain::Period;

/// Bytes of the secrets: salt, then private key.
pub const SECRETS: usize = 64;

/// Salt and private key of a period that is being closed.
pub struct CountingKeys {
    salt: PeriodSalt,
    private: PeriodPrivateKey,
}

impl CountingKeys {
    /// The two that open a period's rows.
    #[must_use]
    pub fn new(salt: PeriodSalt, private: &PeriodPrivateKey) -> Self {
        Self { salt, private: private.copy() }
    }

    /// As they are written to the pipe.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; SECRETS]> {
        let mut bytes = Zeroizing::new([0; SECRETS]);
        let (salt, private) = bytes.split_at_mut(SECRETS / 2);
        salt.copy_from_slice(self.salt.expose());
        private.copy_from_slice(self.private.expose());
        bytes
    }

    /// As they are read from it.
    ///
    /// # Errors
    /// [`super::CryptoError::Key`] for bytes that are no private key.
    pub fn from_bytes(bytes: &[u8; SECRETS]) -> Result<Self, super::CryptoError> {
        let (salt, private) = bytes.split_first_chunk::<32>().ok_or(super::CryptoError::Key)?;
        let private = private.first_chunk::<32>().ok_or(super::CryptoError::Key)?;
        Ok(Self { salt: PeriodSalt::from_bytes(*salt), private: PeriodPrivateKey::from_bytes(private)? })
    }

    /// Opens the period's rows.
    #[must_use]
    pub fn opener(&self, period: Period) -> Opener {
        self.salt.opener(period, &self.private)
    }

    /// The secret order in which cells are filled up to a cap.
    #[must_use]
    pub fn clipping_order(&self) -> ClippingOrder {
        self.salt.clipping_order()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_handed_over_opens_the_same_rows() {
        let period: Period = "2025-Q1".parse().unwrap();
        let (private, public) = PeriodPrivateKey::generate().unwrap();
        let salt = PeriodSalt::generate().unwrap();
        let row = crate::domain::RowKey([3; 16]);
        let sealed = salt.sealer(period, public).seal(&row, &[9; super::super::seal::PLAIN]).unwrap();
        let bytes = CountingKeys::new(salt, &private).to_bytes();
        let keys = CountingKeys::from_bytes(&bytes).unwrap();
        assert!(keys.opener(period).open(&row, &sealed).is_ok());
    }
}
