//! One run: every check, in order, and again if the log grew meanwhile.
//!
//! Guarantee: findings of a state that a running service replaced while it was
//! read are not reported; the newer state is checked in its place.

use jiff::civil::Date;

use super::files::PublicFiles;
use super::report::{Check, Findings, Report, ReportHead};
use super::{LOG_KEY, bundle, config_files, consistency, keys, releases, replay, tree, unexpected_files};
use crate::crypto::sign::LogVerifierKey;
use crate::log::CHECKPOINT;
use crate::log::note::MAX_NOTE;

/// How often a source that grows is read again.
const READINGS: u8 = 5;
/// Longest `log-key.txt`.
const MAX_KEY: u64 = 4096;

/// What the auditor asks.
#[derive(Clone, Debug)]
pub struct VerifyOptions<'a> {
    /// The log's key as the auditor knows it; else the source's own is taken.
    pub key: Option<&'a LogVerifierKey>,
    /// The bytes of an older checkpoint.
    pub against: Option<&'a [u8]>,
    /// The day of the check.
    pub today: Date,
    /// The bundle that the files are from, if they are.
    pub bundle: Option<&'a bundle::Bundle>,
}

/// Checks everything.
#[must_use]
pub fn verify(files: &dyn PublicFiles, question: &VerifyOptions<'_>) -> Report {
    let mut left = READINGS;
    loop {
        left -= 1;
        let (notes, head, signed) = once(files, question);
        let now = || files.read(&format!("log/{CHECKPOINT}"), MAX_NOTE as u64).ok().flatten();
        if !notes.any() || left == 0 || signed.is_none() || now() == signed {
            return notes.finish(head);
        }
    }
}

fn once(files: &dyn PublicFiles, question: &VerifyOptions<'_>) -> (Findings, ReportHead, Option<Vec<u8>>) {
    let mut notes = Findings::default();
    let own = own_key(files, question.key, &mut notes);
    let key = question.key.or(own.as_ref());
    let tree = tree::read(files, key, &mut notes);
    match question.against {
        Some(old) => consistency::check(old, key, tree.as_ref(), &mut notes),
        None => {
            notes.skipped(Check::Against, "no older checkpoint was given: a log rewritten with its own key would pass")
        }
    }
    let mut head =
        ReportHead { pinned: question.key.is_some(), key: key.map(ToString::to_string), ..ReportHead::default() };
    let Some(tree) = tree else { return (notes, head, None) };
    (head.size, head.root) = (Some(tree.checkpoint.size), Some(tree.checkpoint.root.to_string()));
    let adopted = config_files::read(files, &tree.entries, &mut notes);
    let story = replay::replay(&tree.entries, &adopted, &mut notes);
    releases::check(files, &story, &adopted, &mut notes);
    keys::check(&story, &adopted, question.today, &mut notes);
    unexpected_files::check(files, &tree, &story, &mut notes);
    if let Some(bundle) = question.bundle {
        bundle.check(&tree, &story, &mut notes);
    }
    (notes, head, Some(tree.signed))
}

/// The key in the source. It must have its one form, and be the one given.
fn own_key(files: &dyn PublicFiles, given: Option<&LogVerifierKey>, notes: &mut Findings) -> Option<LogVerifierKey> {
    let bytes = tree::need(files, Check::Signature, LOG_KEY, MAX_KEY, notes)?;
    let text = std::str::from_utf8(&bytes).ok().and_then(|text| text.strip_suffix('\n'));
    let key: Option<LogVerifierKey> = text.and_then(|text| text.parse().ok());
    match (&key, given) {
        (None, _) => {
            let wrong = "it does not hold one verifier key on one line";
            notes.found(Check::Signature, LOG_KEY, wrong, "take the key from the programme itself, with --key");
        }
        (Some(own), Some(given)) if own != given => {
            let advice = "do not believe this source: ask the programme, by another way, which key is theirs";
            notes.found(Check::Signature, LOG_KEY, "it holds another key than the one you gave", advice);
        }
        _ => {}
    }
    key
}
