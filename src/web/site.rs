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
use super::requested_lang::RequestedLang;
use super::sent::SentPages;

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
    /// Answers to posts, each until it is read.
    pub(super) sent: SentPages,
    /// The log key's hash in hex: by it a page and what a phone keeps know their programme.
    pub(super) mark: String,
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
        let mark = format!("{:08x}", u32::from_be_bytes(log_key.id()));
        let (files, sent) = (PublicTree::new(public), SentPages::default());
        Self { desk, files, policy, log_key, made: MadeOnce::new(), sent, mark, next: Box::new(next) }
    }

    /// The frame of a page in the language asked for; `up` leads from it to the root.
    pub(super) fn frame(&self, lang: &RequestedLang, up: &'static str) -> Frame {
        let preferred = |offered: &[&str]| lang.preferred(offered).map(str::to_owned);
        let mut frame = Frame::new(&self.desk.programme(), lang.named(), preferred, up);
        frame.mark.clone_from(&self.mark);
        frame.queue = self.desk.queue_key().map(|key| (key.to_string(), key.id().to_string()));
        frame
    }

    /// The name under which a page about releases is kept: of which kind, in which language, and of what.
    /// All that such a page shows follows from the log and from the files of the releases.
    pub(super) fn page_name(&self, kind: &str, t: &Frame) -> String {
        format!("{kind} {} {:?} {}", t.code(), t.chosen(), self.files.state())
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
