//! The smaller pages.

use askama::Template;

use crate::log::Inclusion;

/// `up` leads from a page to the service's root: pages use relative addresses.
#[derive(Template)]
#[template(path = "receipt.html")]
pub(in crate::web) struct ReceiptPage {
    pub up: &'static str,
    pub title: String,
    pub receipt: String,
    pub new: bool,
    pub practice: bool,
}

#[derive(Template)]
#[template(path = "reports.html")]
pub(in crate::web) struct ReportsPage {
    pub up: &'static str,
    pub programme: String,
    pub releases: Vec<ReleaseLine>,
    pub next: String,
}

pub(in crate::web) struct ReleaseLine {
    pub period: String,
    pub first: String,
    pub last: String,
    pub published: String,
}

#[derive(Template)]
#[template(path = "report.html")]
pub(in crate::web) struct ReportPage {
    pub up: &'static str,
    pub programme: String,
    pub period: String,
    pub figures: String,
    pub proof: Option<Proof>,
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
#[template(path = "audit.html")]
pub(in crate::web) struct AuditPage {
    pub up: &'static str,
    pub title: String,
    pub key: String,
    pub checkpoint: String,
    pub entries: Vec<EntryLine>,
}

pub(in crate::web) struct EntryLine {
    pub index: usize,
    pub date: String,
    pub name: &'static str,
    pub period: String,
}

#[derive(Template)]
#[template(path = "help.html")]
pub(in crate::web) struct HelpPage {
    pub up: &'static str,
    pub title: String,
}

#[derive(Template)]
#[template(path = "error.html")]
pub(in crate::web) struct ErrorPage {
    pub up: &'static str,
    pub headline: String,
    pub detail: String,
}
