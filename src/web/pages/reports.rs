//! The list of reports, and one report with what stands around its figures.

use askama::Template;

use super::frame::Frame;
use super::views::Proof;
use crate::domain::release::Release;
use crate::report::{Headline, Labels};
use crate::web::NextRelease;

#[derive(Template)]
#[template(path = "reports.html")]
pub(in crate::web) struct ReportsPage {
    t: Frame,
    programme: String,
    releases: Vec<ReportLine>,
    next: String,
}

struct ReportLine {
    period: String,
    href: String,
    first: String,
    last: String,
    published: String,
    headline: Option<Headline>,
}

impl ReportsPage {
    /// The list; `next` is what is published next.
    pub(in crate::web) fn new(
        t: Frame,
        programme: String,
        releases: &[Release],
        words: &Labels,
        next: Option<NextRelease>,
    ) -> Self {
        let next = next.map_or_else(String::new, |next| next_release(&t, next, releases.is_empty()));
        let week = |week: Option<&crate::domain::Week>| week.map_or_else(String::new, ToString::to_string);
        let line = |release: &Release| ReportLine {
            period: release.period.to_string(),
            href: t.to(&format!("reports/{}", release.period)),
            first: week(release.weeks.first()),
            last: week(release.weeks.last()),
            published: release.published.clone(),
            headline: Headline::of(release, words),
        };
        let releases = releases.iter().map(line).collect();
        Self { t, programme, releases, next }
    }
}

fn next_release(t: &Frame, next: NextRelease, first: bool) -> String {
    let (period, day) = (next.period.to_string(), next.day.to_string());
    match (next.by_itself, first) {
        (true, true) => t.reports_none_next(day, period),
        (true, false) => t.reports_next(day, period),
        (false, true) => format!("{} {}", t.reports_none(), t.reports_next_key(day, period)),
        (false, false) => t.reports_next_key(day, period),
    }
}

#[derive(Template)]
#[template(path = "report.html")]
pub(in crate::web) struct ReportPage {
    pub t: Frame,
    pub period: String,
    pub figures: String,
    pub proof: Option<Proof>,
}
