//! The smaller pages.

use askama::Template;

use super::form::SentLine;
use super::frame::Frame;
use crate::log::Inclusion;

/// What became of a tally that was sent or corrected.
#[derive(Template)]
#[template(path = "receipt.html")]
pub(in crate::web) struct ReceiptPage {
    pub t: Frame,
    /// In groups of four.
    pub receipt: String,
    /// What was sent, without the card.
    pub sent: Vec<SentLine>,
    pub new: bool,
    pub practice: bool,
    /// Whether it was sent to take the place of another.
    pub correction: bool,
}

/// The page in the place of one that was read, or of none.
#[derive(Template)]
#[template(path = "sent_gone.html")]
pub(in crate::web) struct SentGonePage {
    pub t: Frame,
}

#[derive(Template)]
#[template(path = "withdrawn.html")]
pub(in crate::web) struct WithdrawnPage {
    pub t: Frame,
}

/// An inclusion proof in hex, with the entry that it is of.
pub(in crate::web) struct Proof {
    pub index: u64,
    pub size: u64,
    pub sha256: String,
    pub leaf: String,
    pub root: String,
    pub path: Vec<String>,
    /// The entry's own bytes, which are text.
    pub entry: String,
}

impl Proof {
    pub(in crate::web) fn new(sha256: String, proof: &Inclusion, entry: String) -> Self {
        let path = proof.proof.iter().map(ToString::to_string).collect();
        let (leaf, root) = (proof.leaf.to_string(), proof.root.to_string());
        Self { index: proof.index, size: proof.size, sha256, leaf, root, path, entry }
    }
}

#[derive(Template)]
#[template(path = "help.html")]
pub(in crate::web) struct HelpPage {
    pub t: Frame,
}

#[derive(Template)]
#[template(path = "error.html")]
pub(in crate::web) struct ErrorPage {
    pub t: Frame,
    pub headline: String,
    pub detail: String,
}
