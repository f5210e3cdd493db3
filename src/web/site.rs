//! What the handlers may use, and nothing more.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::crypto::sign::LogVerifierKey;
use crate::domain::Period;
use crate::log::{DirSource, LogError, PublicLog};
use crate::period::TallyIntake;
use crate::policy::Policy;

use super::made::MadeOnce;
use super::pages::Frame;
use super::public::PublicTree;

/// The period published next.
#[derive(Clone, Copy, Debug)]
pub struct NextRelease {
    /// Which.
    pub period: Period,
    /// The day on which it closes, or from which it waits for its private key.
    pub day: Date,
    /// Whether it closes by itself on that day.
    pub by_itself: bool,
}

/// The service as the web sees it: a desk that cannot read, and public files.
pub struct Site {
    /// Takes tallies.
    pub desk: Arc<TallyIntake>,
    /// `DATA/public`.
    pub(super) files: PublicTree,
    pub(super) policy: Policy,
    pub(super) log_key: LogVerifierKey,
    /// Forms and pages that were made of releases.
    pub(super) made: Arc<MadeOnce>,
    next: Box<dyn Fn() -> Option<NextRelease> + Send + Sync>,
}

impl Site {
    /// A site over `DATA/public`. `next` tells which period is published next, and when.
    #[must_use]
    pub fn new(
        desk: Arc<TallyIntake>,
        public: PathBuf,
        policy: Policy,
        log_key: LogVerifierKey,
        next: impl Fn() -> Option<NextRelease> + Send + Sync + 'static,
    ) -> Self {
        let files = PublicTree::new(public);
        Self { desk, files, policy, log_key, made: MadeOnce::new(), next: Box::new(next) }
    }

    /// The frame of a page in the language asked for; `up` leads from it to the root.
    pub(super) fn frame(&self, asked: Option<&str>, up: &'static str) -> Frame {
        Frame::new(&self.desk.programme(), asked, up)
    }

    /// The name under which a page about releases is kept: of which kind, in which language, and of what.
    /// All that such a page shows follows from the log and from the files of the releases.
    pub(super) fn page_name(&self, kind: &str, language: &str) -> String {
        format!("{kind} {language} {}", self.files.state())
    }

    /// The period published next.
    pub(super) fn next_release(&self) -> Option<NextRelease> {
        (self.next)()
    }

    /// The bytes of a period's release.
    pub(super) fn release(&self, period: &str) -> Option<Vec<u8>> {
        let period: Period = period.parse().ok()?;
        self.files.read(&format!("releases/{period}.json")).map(|found| found.bytes)
    }

    /// The log, read and verified from its public files.
    pub(super) fn log(&self) -> Result<PublicLog, LogError> {
        PublicLog::read(&DirSource(self.files.path("log")), &self.log_key)
    }
}
