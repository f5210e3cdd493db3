//! Group commit: what a batch of operations does to the store, worked out in
//! order of arrival and written in order of key.
//!
//! Guarantee: each operation sees those before it in the same batch; the
//! result does not show who came first.

use std::collections::BTreeSet;

use tokio::sync::oneshot;

use super::backend::{Backend, Changes, Tree};
use super::codec::{ROW, TOMBSTONE, TOMBSTONE_VALUE, is_over, key};
use super::identity::STALE_KEY;
use super::portable::Snapshot;
use super::{AddRow, Outcome, PutRow, Slot, StoreError, WithdrawRow};
use crate::crypto::pseudonym::Verifier;
use crate::crypto::seal::SEALED;
use crate::domain::Period;

/// One operation on the store.
pub(super) enum Operation {
    Put(PutRow),
    PutOnce(AddRow),
    Withdraw(WithdrawRow),
    Import(Vec<(Slot, Box<[u8; SEALED]>)>),
    AddCards(Vec<(Verifier, Period)>),
    Revoke(Verifier),
    Expire(Period),
    SealOff(Period),
    Rewrite(Period),
    Snapshot(oneshot::Sender<Result<Snapshot, StoreError>>),
}

impl Operation {
    /// The period that a rewrite leaves out.
    pub(super) fn rewrites(&self) -> Option<Period> {
        match self {
            Self::Rewrite(gone) => Some(*gone),
            _ => None,
        }
    }
}

/// A batch under way.
pub(super) struct Batch<'a, B: Backend> {
    backend: &'a B,
    closed: &'a mut BTreeSet<Period>,
    changes: Changes,
}

impl<'a, B: Backend> Batch<'a, B> {
    pub(super) fn new(backend: &'a B, closed: &'a mut BTreeSet<Period>) -> Self {
        Self { backend, closed, changes: Changes::new() }
    }

    pub(super) fn into_changes(self) -> Changes {
        self.changes
    }

    /// Adds one operation to the batch.
    pub(super) fn apply(&mut self, operation: Operation) -> Result<Outcome, StoreError> {
        match operation {
            Operation::Put(row) => self.put(row),
            Operation::PutOnce(row) => self.put_once(row),
            Operation::Withdraw(row) => self.withdraw(&row),
            Operation::Import(rows) => self.import(rows),
            Operation::AddCards(cards) => {
                let number = cards.len() as u64;
                for (verifier, until) in cards {
                    self.set(Tree::Cards, verifier.0.to_vec(), until.to_bytes().to_vec());
                }
                Ok(Outcome::Done(number))
            }
            Operation::Revoke(verifier) => {
                let known = self.has(Tree::Cards, &verifier.0)?;
                self.changes.insert((Tree::Cards, verifier.0.to_vec()), None);
                Ok(Outcome::Done(u64::from(known)))
            }
            Operation::Expire(last) => self.expire(last),
            Operation::SealOff(period) => {
                self.closed.insert(period);
                // Corrected, moved and withdrawn rows have left copies, also where no row is left to clear.
                self.set(Tree::Meta, STALE_KEY.to_vec(), vec![1]);
                Ok(Outcome::Done(0))
            }
            // Done by the writer, once everything before it is on the disk.
            Operation::Rewrite(_) => Ok(Outcome::Done(0)),
            Operation::Snapshot(to) => {
                // The state of the last commit: all that was acknowledged, and nothing by half.
                // Whoever no longer waits needs none.
                let _ = to.send(Snapshot::take(self.backend));
                Ok(Outcome::Done(0))
            }
        }
    }

    fn put(&mut self, row: PutRow) -> Result<Outcome, StoreError> {
        if self.closed.contains(&row.at.period) {
            return Ok(Outcome::PeriodClosed);
        }
        if self.any(TOMBSTONE, &row.tombstones)? {
            return Ok(Outcome::Spent);
        }
        let at = key(ROW, row.at.period, &row.at.key);
        let mut known = self.has(Tree::Rows, &at)?;
        let mut moved = Vec::new();
        for slot in row.elsewhere {
            let other = key(ROW, slot.period, &slot.key);
            if self.has(Tree::Rows, &other)? {
                if self.closed.contains(&slot.period) {
                    // It is being counted there: it can no longer be moved away.
                    return Ok(Outcome::PeriodClosed);
                }
                known = true;
                moved.push(other);
            }
        }
        if !known && !row.new_allowed {
            return Ok(Outcome::NewRefused);
        }
        for other in moved {
            self.changes.insert((Tree::Rows, other), None);
        }
        self.set(Tree::Rows, at, row.sealed.to_vec());
        Ok(if known { Outcome::Replaced } else { Outcome::Created })
    }

    /// What is there stays, also in a period that is being counted: nothing is to be moved.
    fn put_once(&mut self, add: AddRow) -> Result<Outcome, StoreError> {
        if self.any(TOMBSTONE, &add.tombstones)? {
            return Ok(Outcome::Spent);
        }
        if self.any(ROW, &add.rows)? {
            return Ok(Outcome::Kept);
        }
        let Some((at, sealed)) = add.row else { return Ok(Outcome::NotFound) };
        if self.closed.contains(&at.period) {
            return Ok(Outcome::PeriodClosed);
        }
        let at = key(ROW, at.period, &at.key);
        // Its own place is looked at whatever the caller named.
        if self.has(Tree::Rows, &at)? {
            return Ok(Outcome::Kept);
        }
        if !add.new_allowed {
            return Ok(Outcome::NewRefused);
        }
        self.set(Tree::Rows, at, sealed.to_vec());
        Ok(Outcome::Created)
    }

    fn withdraw(&mut self, row: &WithdrawRow) -> Result<Outcome, StoreError> {
        let mut found = Vec::new();
        for slot in &row.rows {
            let at = key(ROW, slot.period, &slot.key);
            if self.has(Tree::Rows, &at)? {
                if self.closed.contains(&slot.period) {
                    return Ok(Outcome::PeriodClosed);
                }
                found.push(at);
            }
        }
        if found.is_empty() {
            return Ok(Outcome::NotFound);
        }
        self.changes.extend(found.into_iter().map(|at| ((Tree::Rows, at), None)));
        let open = row.tombstones.iter().filter(|t| !self.closed.contains(&t.period));
        let marks = open.map(|tomb| key(TOMBSTONE, tomb.period, &tomb.key));
        self.changes.extend(marks.map(|at| ((Tree::Rows, at), Some(TOMBSTONE_VALUE.to_vec()))));
        Ok(Outcome::Withdrawn)
    }

    fn import(&mut self, rows: Vec<(Slot, Box<[u8; SEALED]>)>) -> Result<Outcome, StoreError> {
        if rows.iter().any(|(slot, _)| self.closed.contains(&slot.period)) {
            return Ok(Outcome::PeriodClosed);
        }
        let mut added = 0;
        for (slot, sealed) in rows {
            let at = key(ROW, slot.period, &slot.key);
            if !self.has(Tree::Rows, &at)? {
                self.set(Tree::Rows, at, sealed.to_vec());
                added += 1;
            }
        }
        Ok(Outcome::Done(added))
    }

    fn expire(&mut self, last: Period) -> Result<Outcome, StoreError> {
        let mut gone = Vec::new();
        self.backend.each(Tree::Cards, &[], &mut |verifier, until| {
            if is_over(until, last) {
                gone.push(verifier.to_vec());
            }
            true
        })?;
        let number = gone.len() as u64;
        self.changes.extend(gone.into_iter().map(|verifier| ((Tree::Cards, verifier), None)));
        Ok(Outcome::Done(number))
    }

    fn set(&mut self, tree: Tree, key: Vec<u8>, value: Vec<u8>) {
        self.changes.insert((tree, key), Some(value));
    }

    /// Whether something of one kind lies at any of these places.
    fn any(&self, kind: u8, places: &[Slot]) -> Result<bool, StoreError> {
        for slot in places {
            if self.has(Tree::Rows, &key(kind, slot.period, &slot.key))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn has(&self, tree: Tree, key: &[u8]) -> Result<bool, StoreError> {
        match self.changes.get(&(tree, key.to_vec())) {
            Some(change) => Ok(change.is_some()),
            None => self.backend.get(tree, key).map(|value| value.is_some()),
        }
    }
}
