//! What can be made to go wrong in a life, so that the promises are seen to fail when they are broken: by an
//! engine that lies, or from outside, by changes to the folder. The program itself has no such fault.
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::ToSpan;
use peertally::clock::MockClock;
use peertally::crypto::digest::sha256;
use peertally::domain::Period;
use peertally::faults::EngineFault;
use peertally::log::PeriodState;
use peertally::period::{DataDir, DataPaths};

use super::{World, copy, home};

/// One kind of fault.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// In the storage engine.
    Engine(EngineFault),
    /// A draft is lost after a death, so that noise is drawn again.
    RedrawAfterDraft,
    /// After a death behind the logged digest, the draft is one of another draw.
    RedrawAfterDigest,
    /// What is published is of another draw.
    RedrawAfterRelease,
}

impl Fault {
    /// The fault of this name; none for no name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "" => return None,
            "double-count" => Self::Engine(EngineFault::KeepsMovedRows),
            "acknowledge-before-sync" => Self::Engine(EngineFault::AnswersBeforeSync),
            "redraw-after-draft" => Self::RedrawAfterDraft,
            "redraw-after-digest" => Self::RedrawAfterDigest,
            "redraw-after-release" => Self::RedrawAfterRelease,
            other => panic!("no such fault: {other}"),
        })
    }

    pub fn of_engine(self) -> Option<EngineFault> {
        match self {
            Self::Engine(fault) => Some(fault),
            _ => None,
        }
    }
}

impl World {
    /// Keeps the folder as it is before a close, so that a second release can be drawn from it: after a
    /// logged digest the program rightly draws no more, whatever is taken away.
    pub(super) fn set_aside(&mut self) {
        let needed = matches!(self.fault, Some(Fault::RedrawAfterDigest | Fault::RedrawAfterRelease));
        if needed && !self.due().is_empty() {
            let aside = home();
            copy(&self.data(), &aside.path().join("data"));
            self.aside = Some(aside);
        }
    }

    /// Another release of the period, drawn from the same rows, on another day.
    fn drawn_aside(&self, period: Period) -> Vec<u8> {
        crate::common::counted_by_the_program();
        let data = self.aside.as_ref().unwrap().path().join("data");
        let clock = Arc::new(MockClock::new(self.today.saturating_add(1.day())));
        let data_dir = DataDir::open(DataPaths::new(&data), clock).unwrap();
        data_dir.close(period, false).unwrap();
        fs::read(data_dir.folder().release(period)).unwrap()
    }

    /// Once a death has shown which drafts there are: takes them away, or puts others in their place.
    pub(super) fn redraw_draft(&mut self) {
        let Some(fault) = self.fault else { return };
        let states: Vec<_> = self.data_dir().ledger().periods().map(|(period, view)| (period, view.state)).collect();
        for (period, state) in states {
            match (fault, state) {
                (Fault::RedrawAfterDraft, PeriodState::Debited) if fs::remove_file(self.draft(period)).is_ok() => {
                    // What the process held in memory died with it. Noise is left out in these lives, so
                    // another draw is told by its day.
                    self.today = self.today.saturating_add(1.day());
                }
                (Fault::RedrawAfterDigest, PeriodState::Released { sha256: logged }) => {
                    let draft = self.draft(period);
                    if fs::read(&draft).is_ok_and(|bytes| sha256(&bytes) == logged) {
                        fs::write(draft, self.drawn_aside(period)).unwrap();
                    }
                }
                _ => {}
            }
        }
    }

    /// Once a period is closed: publishes another release of it. No death may have shown the first one, so
    /// that nothing but the log can tell.
    pub(super) fn redraw_release(&mut self, period: Period) {
        if self.fault == Some(Fault::RedrawAfterRelease) {
            fs::write(self.data_dir().folder().release(period), self.drawn_aside(period)).unwrap();
            self.fixed.remove(&period);
        }
    }

    fn draft(&self, period: Period) -> PathBuf {
        self.data().join(format!("keys/periods/{period}.draft"))
    }
}
