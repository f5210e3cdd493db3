//! From a card to what is stored: stub, verifier, pseudonym, row key.
//!
//! Guarantee: all four are one-way and keyed; pseudonyms and row keys of two
//! periods share nothing, since the salts don't.
//! Non-guarantee: while a period's salt exists, the host and a card together
//! give that card's pseudonym. Import labels are guessable names.

use zeroize::ZeroizeOnDrop;

use super::CryptoError;
use super::derive::{self, Key};
use super::keyring::{MasterKey, PeriodSalt};
use super::random;
use crate::domain::card::RANDOM_SYMBOLS;
use crate::domain::{CardCode, Pseudonym, Receipt, RowKey, StubCode};

/// Makes a new card from ring's randomness.
///
/// # Errors
/// [`CryptoError::Randomness`].
pub fn new_card() -> Result<CardCode, CryptoError> {
    Ok(CardCode::from_random(&*random::bytes::<RANDOM_SYMBOLS>()?))
}

/// A new receipt.
///
/// # Errors
/// [`CryptoError::Randomness`].
pub fn new_receipt() -> Result<Receipt, CryptoError> {
    Ok(Receipt::from_digits(random::digits()?))
}

/// The stub code of a card; the way back does not exist.
#[must_use]
pub fn stub_of(card: &CardCode) -> StubCode {
    let mut bytes = [0; RANDOM_SYMBOLS];
    derive::hasher(derive::STUB).update(card.token().as_ref()).finalize_xof().fill(&mut bytes);
    StubCode::from_hash(&bytes)
}

/// What the store keeps of a card.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Verifier(pub [u8; 32]);

/// The key under which verifiers are made.
#[derive(ZeroizeOnDrop)]
pub struct CardVerifierKey(Key);

impl CardVerifierKey {
    pub(super) fn new(master: &MasterKey) -> Self {
        Self(Key::derive(derive::CARD_VERIFIER, master.expose()))
    }

    /// Keyed hash of a stub code.
    #[must_use]
    pub fn verifier(&self, stub: &StubCode) -> Verifier {
        Verifier(self.0.hash(&[stub.symbols().as_ref()]))
    }
}

/// Keys of one open period that intake needs. They open nothing.
#[derive(ZeroizeOnDrop)]
pub struct PeriodKeys {
    card: Key,
    label: Key,
    row: Key,
    tombstone: Key,
}

impl PeriodKeys {
    pub(super) fn new(salt: &PeriodSalt) -> Self {
        let key = |context| Key::derive(context, salt.expose());
        Self {
            card: key(derive::CARD),
            label: key(derive::IMPORT_LABEL),
            row: key(derive::ROW_KEY),
            tombstone: key(derive::TOMBSTONE),
        }
    }

    /// Pseudonym of a card in this period.
    #[must_use]
    pub fn of_card(&self, card: &CardCode) -> Pseudonym {
        Pseudonym(self.card.hash(&[card.token().as_ref()]))
    }

    /// Pseudonym of a spreadsheet's worker label in this period.
    #[must_use]
    pub fn of_label(&self, label: &str) -> Pseudonym {
        Pseudonym(self.label.hash(&[label.as_bytes()]))
    }

    /// Where the tally with this receipt lies.
    #[must_use]
    pub fn row(&self, pseudonym: &Pseudonym, receipt: &Receipt) -> RowKey {
        RowKey(self.row.hash(&[b"receipt", &pseudonym.0, &receipt.to_ascii()]))
    }

    /// Where the `nth` equal row (from 0) of an import lies; `content` is the record's fixed-width form.
    #[must_use]
    pub fn imported_row(&self, pseudonym: &Pseudonym, content: &[u8], nth: u32) -> RowKey {
        RowKey(self.row.hash(&[b"import", &pseudonym.0, content, &nth.to_le_bytes()]))
    }

    /// Where the mark of a withdrawn tally lies.
    #[must_use]
    pub fn tombstone(&self, pseudonym: &Pseudonym, receipt: &Receipt) -> RowKey {
        RowKey(self.tombstone.hash(&[&pseudonym.0, &receipt.to_ascii()]))
    }
}

/// The secret order in which a unit's cells are filled, independent of its counts.
#[derive(ZeroizeOnDrop)]
pub struct ClippingOrder(Key);

impl ClippingOrder {
    pub(super) fn new(salt: &PeriodSalt) -> Self {
        Self(Key::derive(derive::CLIPPING_ORDER, salt.expose()))
    }

    /// Rank of a cell within a unit.
    #[must_use]
    pub fn rank(&self, unit: &[u8], cell: u32) -> u64 {
        u64::from_le_bytes(self.0.hash(&[unit, &cell.to_le_bytes()]))
    }
}

/// Key of the counters of the hourly rate: made at start, never stored.
#[derive(ZeroizeOnDrop)]
pub struct RateKey(Key);

impl RateKey {
    /// A fresh key.
    ///
    /// # Errors
    /// [`CryptoError::Randomness`].
    pub fn new() -> Result<Self, CryptoError> {
        Ok(Self(Key::derive(derive::RATE, random::bytes::<32>()?.as_ref())))
    }

    /// Name of this card's counter.
    #[must_use]
    pub fn counter(&self, card: &CardCode) -> [u8; 16] {
        self.0.hash(&[card.token().as_ref()])
    }
}
