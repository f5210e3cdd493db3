//! Releases with the words they are read in, and their neighbours in time.
//!
//! Guarantee: labels come from the programme files that the releases name.
//! Non-guarantee: where such a file is gone, ids stand for labels.

use std::collections::BTreeSet;

use crate::domain::release::Release;
use crate::domain::{Codebook, Period};
use crate::policy::Programme;
use crate::report::Labels;
use crate::report::series::{Series, series};
use crate::report::sum::PublishedRelease;

use super::Site;
use super::pages::Frame;

/// Most periods in the small charts of a report.
const NEIGHBOURS: usize = 8;

/// The words for a page about these releases, the newest first.
pub(super) fn words(site: &Site, t: &Frame, releases: &[&Release]) -> Labels {
    let mut seen = BTreeSet::new();
    let digests = releases.iter().map(|release| release.config_digest.as_str()).filter(|digest| seen.insert(*digest));
    let books = digests.filter_map(|digest| codebook(site, digest, t.code())).collect();
    Labels::new(t.text(), books).linking(t.chosen().map_or_else(String::new, |code| format!("?lang={code}")))
}

/// The words of the programme file with this digest, if it is there.
pub(super) fn codebook(site: &Site, digest: &str, locale: &str) -> Option<Codebook> {
    let name = format!("programme/{digest}.toml");
    let text = String::from_utf8(site.files.read(&name)?.bytes).ok()?;
    Some(Programme::parse(&text, &name).ok()?.codebook_in(locale))
}

/// A release among those before it, where there are any of its kind.
pub(super) fn trend(
    site: &Site,
    of: &PublishedRelease,
    read: impl Fn(Period) -> Option<PublishedRelease>,
) -> Option<Series> {
    let period = of.release.period;
    let released = site.files.released();
    let earlier = released.iter().filter_map(|name| name.parse().ok());
    let mut earlier: Vec<Period> = earlier.filter(|p: &Period| p.kind() == period.kind() && *p < period).collect();
    earlier.sort();
    let from = earlier.len().saturating_sub(NEIGHBOURS - 1);
    let mut all: Vec<PublishedRelease> = earlier.split_off(from).into_iter().filter_map(read).collect();
    all.push(of.clone());
    series(&all).ok().filter(|series| series.periods.len() > 1)
}
