//! Closing: debit, draw, publish, shred, in this order, each step durable.
//!
//! Guarantee: after a crash anywhere the same call goes on where the log says
//! it stopped; an intact draft is used as it is; noise is drawn anew only if
//! neither a draft nor a logged digest exists. Safe to run again and again.
//! Source: docs/ARCHITECTURE.md, "Walkthrough 2: closing a period".

use std::sync::PoisonError;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::PeriodError;
use super::counting::{self, CountingError, Job};
use super::data_dir::{DataDir, DataDirError};
use super::loss::Loss;
use crate::crypto::PrivateKeyFile;
use crate::crypto::digest::{Digest, sha256};
use crate::domain::{Period, RowKey};
use crate::log::{Event, OpenedBy, PeriodState, PeriodView};
use crate::policy::{Attribute, Programme};
use crate::release::plan_cost;
use crate::report::json;
use crate::store::{Cards, Outcome, SealedRows};

/// Room for a release without its cells.
const HEAD: usize = 64 * 1024;
/// Room for one cell: four figures and at most three names.
const CELL: usize = 512;

/// What a close has come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closed {
    /// Which period.
    pub period: Period,
    /// Hex SHA-256 of the release file.
    pub sha256: String,
    /// ρ spent.
    pub rho: f64,
    /// True if it was closed before and nothing was left to do.
    pub before: bool,
    /// True if its private key was kept off the host, and is still wherever it was kept.
    #[serde(default)]
    pub offline: bool,
    /// True if its private key was given up as lost, so that it is released empty.
    #[serde(default)]
    pub lost: bool,
}

impl DataDir {
    /// Closes a period, or goes on with a close that was cut short.
    ///
    /// # Errors
    /// [`PeriodError::StillOpen`] without `early`; the budget; the disk. What was done stays done.
    pub fn close(&self, period: Period, early: bool) -> Result<Closed, DataDirError> {
        self.close_with(period, early, None)
    }

    /// As [`DataDir::close`], with the private key of a period that is kept offline. It is held
    /// against the log before anything else, and never written.
    ///
    /// # Errors
    /// [`PeriodError::KeyOther`], [`PeriodError::KeyNeeded`], and as there.
    pub fn close_with(
        &self,
        period: Period,
        early: bool,
        key: Option<&PrivateKeyFile>,
    ) -> Result<Closed, DataDirError> {
        let _guard = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let lost = self.loss(period)? == Some(Loss::Empty);
        let offline = !lost && (key.is_some() || self.kept_offline(period));
        let mut steps = 0;
        loop {
            let view = self.ledger().period(period).cloned().ok_or(PeriodError::NeverOpened(period))?;
            if let Some(key) = key {
                self.check_key(period, &view, key)?;
            }
            match view.state {
                PeriodState::Open => self.stop_taking(period, &view, early, key)?,
                PeriodState::Closing => {
                    self.seal_off(period)?;
                    // Nothing is spent on a release that cannot be made.
                    self.opening_keys(period, &view, key)?;
                    self.debit(period, &view)?;
                }
                PeriodState::Debited if self.stays(period, &view) => return Err(PeriodError::NeverDrawn(period).into()),
                PeriodState::Debited => {
                    self.seal_off(period)?;
                    self.fix_release(period, &view, key)?;
                }
                PeriodState::Released { sha256 } => self.publish_and_shred(period, &view, sha256)?,
                PeriodState::Shredded { sha256 } => {
                    let rho = view.debit.map_or(0.0, |(_, rho)| rho);
                    let left = self.clear(period)?;
                    if !self.is_published(period, sha256) {
                        return Err(PeriodError::ReleaseLost(period).into());
                    }
                    let before = steps == 0 && !left;
                    return Ok(Closed { period, sha256: sha256.to_string(), rho, before, offline, lost });
                }
            }
            steps += 1;
        }
    }

    fn stop_taking(
        &self,
        period: Period,
        view: &PeriodView,
        early: bool,
        key: Option<&PrivateKeyFile>,
    ) -> Result<(), DataDirError> {
        self.may_close(period, view, early)?;
        self.opening_keys(period, view, key)?;
        self.append(self.today(), Event::PeriodClosing { period })?;
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("closing");
        Ok(())
    }

    /// A refusal must come while nothing is lost: before the period stops taking tallies.
    pub(super) fn may_close(&self, period: Period, view: &PeriodView, early: bool) -> Result<(), DataDirError> {
        let programme = self.bound_programme(&view.programme)?;
        let today = self.today();
        let by_hand = view.by == OpenedBy::Hand && programme.finished(period, today);
        if !early && !by_hand && !programme.is_due(period, today) {
            return Err(PeriodError::StillOpen(period, programme.last_grace_day(period)).into());
        }
        self.check_cost(period, &programme)?;
        Ok(())
    }

    /// From here on nothing of the period is written. What was acknowledged until now is counted.
    fn seal_off(&self, period: Period) -> Result<(), DataDirError> {
        self.services.open.remove(period);
        self.services.store.freeze(period)?.wait()?;
        self.services.intake.forget(period);
        Ok(())
    }

    fn debit(&self, period: Period, view: &PeriodView) -> Result<(), DataDirError> {
        let programme = self.bound_programme(&view.programme)?;
        let rho = self.check_cost(period, &programme)?;
        self.append(self.today(), Event::BudgetDebited { period, unit: programme.privacy.unit, rho })?;
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("debited");
        Ok(())
    }

    /// The cost of the release, if the budget allows it.
    fn check_cost(&self, period: Period, programme: &Programme) -> Result<f64, DataDirError> {
        let rho = plan_cost(programme, period.weeks().len()).map_err(PeriodError::from)?.rho_total;
        let privacy = &programme.privacy;
        // A period is bound to its programme file, but a year's cap that was raised since lets it be
        // published: it could not be otherwise, ever. One that was lowered holds from the next period on.
        let cap_year = privacy.rho_per_year.max(self.programme().privacy.rho_per_year);
        let ledger = self.ledger();
        ledger.check_debit(period, rho, privacy.rho, cap_year).map_err(PeriodError::from)?;
        Ok(rho)
    }

    fn fix_release(&self, period: Period, view: &PeriodView, key: Option<&PrivateKeyFile>) -> Result<(), DataDirError> {
        // An older copy of DATA, put back later, must be known by the debit: before any noise exists.
        self.record_checkpoint()?;
        let secrets = self.secrets(period);
        let intact = |bytes: &[u8]| intact(bytes, period);
        let bytes = match secrets.draft()? {
            Some(draft) => Some(draft).filter(|draft| intact(draft)).ok_or(PeriodError::DraftDamaged(period))?,
            None => {
                let drawn = self.drawn_before(period)?;
                let bytes = match drawn.filter(|bytes| intact(bytes)) {
                    Some(bytes) => bytes,
                    None => self.draw(period, view, key)?,
                };
                secrets.write_draft(&bytes)?;
                bytes.to_vec()
            }
        };
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("drafted");
        self.append(self.today(), Event::ReleasePublished { period, sha256: sha256(&bytes) })?;
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner).remove(&period);
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("published");
        Ok(())
    }

    /// What was drawn and not yet made a draft: by this process, or whole on the disk by one before.
    fn drawn_before(&self, period: Period) -> Result<Option<Zeroizing<Vec<u8>>>, DataDirError> {
        let known = self.drawn.lock().unwrap_or_else(PoisonError::into_inner).get(&period).cloned();
        Ok(known.or(self.secrets(period).drawing()?.map(Zeroizing::new)))
    }

    /// Whether the release is drawn, so that nothing needs to be opened any more. A draft counts in
    /// whatever state: it is never drawn again.
    pub(super) fn is_drawn(&self, period: Period) -> bool {
        let draft = self.secrets(period).draft();
        let drawn = || self.drawn_before(period).is_ok_and(|drawn| drawn.is_some_and(|bytes| intact(&bytes, period)));
        !matches!(draft, Ok(None)) || drawn()
    }

    /// Has the rows opened, bounded and drawn for, once the room for the result is taken.
    fn draw(
        &self,
        period: Period,
        view: &PeriodView,
        key: Option<&PrivateKeyFile>,
    ) -> Result<Zeroizing<Vec<u8>>, DataDirError> {
        let programme = self.bound_programme(&view.programme)?;
        let keys = self.opening_keys(period, view, key)?;
        self.secrets(period).reserve_draft(room(&programme, period))?;
        let store = &self.services.store;
        let rows = match &keys {
            Some(_) => {
                // The process makes room for its records once.
                let mut number = 0;
                store.drain(period, &mut |_, _| number += 1)?;
                Some(number)
            }
            None => None,
        };
        let job = Job {
            period,
            programme: self.folder.read_adopted("programme", &view.programme)?,
            debited: view.debit.map(|(_, rho)| rho),
            rows,
            published: self.today().to_string(),
            config_digest: view.programme.to_string(),
            policy_digest: self.policy_digest.read().unwrap_or_else(PoisonError::into_inner).to_string(),
        };
        let rows = |each: &mut dyn FnMut(RowKey, &[u8])| store.drain(period, each);
        let bytes =
            counting::count(&job, keys.as_ref(), &rows, &|name| step(name, period)).map_err(|error| match error {
                CountingError::Damaged(number) => PeriodError::RowsDamaged(period, number),
                other => PeriodError::Counting(other),
            })?;
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner).insert(period, bytes.clone());
        Ok(bytes)
    }

    fn publish_and_shred(&self, period: Period, view: &PeriodView, digest: Digest) -> Result<(), DataDirError> {
        // And by the digest: before the release can be read, and before its keys are gone.
        self.record_checkpoint()?;
        let secrets = self.secrets(period);
        if !self.is_published(period, digest) {
            if secrets.draft()?.is_none_or(|bytes| sha256(&bytes) != digest) {
                return Err(PeriodError::ReleaseLost(period).into());
            }
            secrets.publish_draft()?;
        }
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("renamed");
        secrets.destroy()?;
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("shredded");
        self.append(self.today(), Event::KeysDestroyed { period, key_id: view.public_key.id() })?;
        #[cfg(feature = "test-hooks")]
        crate::faults::hit("destroyed");
        Ok(())
    }

    /// Whether the public file is the one that the log names.
    pub(super) fn is_published(&self, period: Period, digest: Digest) -> bool {
        std::fs::read(self.folder.release(period)).is_ok_and(|bytes| sha256(&bytes) == digest)
    }

    /// Removes the rows, whose keys are gone, and the cards whose last period this was.
    fn clear(&self, period: Period) -> Result<bool, DataDirError> {
        self.secrets(period).destroy()?;
        let store = &self.services.store;
        let mut any = store.any(period)? || store.needs_compaction()?;
        if any {
            store.compact(period)?.wait()?;
        }
        if period.last_day() < self.today() {
            any |= self.services.store.expire(period)?.wait()? != Outcome::Done(0);
        }
        Ok(any)
    }

    /// Whether anything of a closed period is still in the store: rows, tombstones, or its last cards.
    pub(super) fn has_leftovers(&self, period: Period) -> bool {
        let store = &self.services.store;
        let cards = period.last_day() < self.today() && store.any_until(period).unwrap_or(false);
        // Secrets too: an old copy of keys/ may have been put beside a newer log.
        cards
            || self.secrets(period).any()
            || store.any(period).unwrap_or(false)
            || store.needs_compaction().unwrap_or(false)
    }
}

/// Whether these bytes are a whole release of the period.
fn intact(bytes: &[u8], period: Period) -> bool {
    json::read(bytes).is_ok_and(|release| release.period == period)
}

/// A step that the log does not name. Below the level that the service writes: `benches/close.rs` reads it.
fn step(event: &str, period: Period) {
    tracing::debug!(event, period = tracing::field::display(period));
}

/// More bytes than the release of a period can have.
fn room(programme: &Programme, period: Period) -> usize {
    let weeks = period.weeks().len();
    let size = |attribute: &Attribute| match attribute {
        Attribute::Dimension(at) => programme.dimensions.get(*at).map_or(1, |d| d.categories.len()),
        Attribute::Week => weeks,
    };
    let cells: usize = programme.privacy.breakdowns.iter().map(|b| b.by.iter().map(size).product::<usize>()).sum();
    HEAD + cells * programme.measures.len() * CELL
}
