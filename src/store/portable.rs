//! What a store holds, in a form that another store can take.
//!
//! Guarantee: a [`Snapshot`] is the store at one moment, in order of key:
//! nothing in it shows the order of arrival, and a tally that moves between
//! periods is in it once. Rows stay sealed.
//! Non-guarantee: it lies in memory, with about 150 bytes a row.

use super::Slot;
use super::StoreError;
use super::backend::{Backend, Tree};
use super::codec::{KEY, ROW, TOMBSTONE, TOMBSTONE_VALUE, key, row_key};
use crate::crypto::pseudonym::Verifier;
use crate::crypto::seal::SEALED;
use crate::domain::Period;

/// Bytes of a card: verifier and last period.
const CARD: usize = 36;

/// One thing that a store holds.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreEntry {
    /// A sealed row.
    Row(Slot, Box<[u8; SEALED]>),
    /// The mark of a withdrawn tally.
    Tombstone(Slot),
    /// A card in use, with its last period.
    Card(Verifier, Period),
}

/// A store at one moment.
#[derive(Default)]
pub struct Snapshot {
    rows: Vec<u8>,
    tombstones: Vec<u8>,
    cards: Vec<u8>,
}

impl Snapshot {
    pub(super) fn take<B: Backend>(backend: &B) -> Result<Self, StoreError> {
        let mut taken = Self::default();
        let mut sound = true;
        backend.each(Tree::Rows, &[], &mut |key, value| {
            let to = match key.first() {
                Some(&ROW) if value.len() == SEALED => &mut taken.rows,
                Some(&TOMBSTONE) if value == TOMBSTONE_VALUE => &mut taken.tombstones,
                _ => {
                    sound = false;
                    return false;
                }
            };
            to.extend_from_slice(key);
            if key.first() == Some(&ROW) {
                to.extend_from_slice(value);
            }
            sound = key.len() == KEY;
            sound
        })?;
        backend.each(Tree::Cards, &[], &mut |verifier, until| {
            taken.cards.extend_from_slice(verifier);
            taken.cards.extend_from_slice(until);
            sound = sound && verifier.len() + until.len() == CARD;
            sound
        })?;
        if sound { Ok(taken) } else { Err(odd()) }
    }

    /// Every entry: rows, then tombstones, then cards, each in order of key.
    pub fn entries(&self) -> impl Iterator<Item = Result<StoreEntry, StoreError>> {
        let rows = self.rows.chunks_exact(KEY + SEALED).map(|bytes| {
            let (at, sealed) = bytes.split_at_checked(KEY)?;
            Some(StoreEntry::Row(slot(at)?, Box::new(sealed.try_into().ok()?)))
        });
        let tombstones = self.tombstones.chunks_exact(KEY).map(|at| Some(StoreEntry::Tombstone(slot(at)?)));
        let cards = self.cards.chunks_exact(CARD).map(|bytes| {
            let (verifier, until) = bytes.split_first_chunk::<32>()?;
            Some(StoreEntry::Card(Verifier(*verifier), Period::from_bytes(until.try_into().ok()?)?))
        });
        rows.chain(tombstones).chain(cards).map(|entry| entry.ok_or_else(odd))
    }
}

impl StoreEntry {
    /// The period whose rows it belongs to; a card belongs to none.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        match self {
            Self::Row(slot, _) | Self::Tombstone(slot) => Some(slot.period),
            Self::Card(..) => None,
        }
    }

    /// Its place in a store. Entries in a snapshot come in this order, with cards last.
    pub(super) fn place(&self) -> (Tree, Vec<u8>) {
        match self {
            Self::Row(slot, _) => (Tree::Rows, key(ROW, slot.period, &slot.key)),
            Self::Tombstone(slot) => (Tree::Rows, key(TOMBSTONE, slot.period, &slot.key)),
            Self::Card(verifier, _) => (Tree::Cards, verifier.0.to_vec()),
        }
    }

    pub(super) fn value(&self) -> Vec<u8> {
        match self {
            Self::Row(_, sealed) => sealed.to_vec(),
            Self::Tombstone(_) => TOMBSTONE_VALUE.to_vec(),
            Self::Card(_, until) => until.to_bytes().to_vec(),
        }
    }
}

fn slot(at: &[u8]) -> Option<Slot> {
    let period = at.get(1..5).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok()).and_then(Period::from_bytes)?;
    Some(Slot { period, key: row_key(at)? })
}

fn odd() -> StoreError {
    StoreError::Damaged("store".to_owned(), "it holds an entry of a form that peertally never writes".to_owned())
}
