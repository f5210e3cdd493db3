//! What the log shows, in words.
//!
//! Guarantee: every entry stands there under its own name; one that this page
//! has no words for is shown by that name.

use askama::Template;

use super::frame::Frame;
use crate::locale::Text;
use crate::log::{Entry, PeriodView, PublicLog};

#[derive(Template)]
#[template(path = "audit.html")]
pub(in crate::web) struct AuditPage {
    t: Frame,
    key: String,
    checkpoint: String,
    periods: Vec<PeriodRow>,
    entries: Vec<EntryLine>,
}

struct PeriodRow {
    period: String,
    state: String,
    opened: String,
    spent: String,
    /// Where its report is, once there is one.
    report: Option<String>,
}

struct EntryLine {
    index: usize,
    date: String,
    name: &'static str,
    words: String,
    period: String,
}

impl AuditPage {
    /// The page of a log that was read and verified with this key.
    pub(in crate::web) fn new(t: Frame, log: &PublicLog, key: String) -> Self {
        let periods = log.ledger().periods().map(|(period, view)| PeriodRow {
            period: period.to_string(),
            state: state(view, t.text()),
            opened: view.opened.to_string(),
            spent: view.debit.map_or_else(|| "–".to_owned(), |(_, rho)| t.decimal(rho, 4)),
            report: view.state.release().map(|_| t.to(&format!("reports/{period}"))),
        });
        let entry = |(index, entry): (usize, &Entry)| EntryLine {
            index,
            date: entry.date.to_string(),
            name: entry.event.name(),
            words: event(entry.event.name(), t.text()),
            period: entry.event.period().map_or_else(String::new, |p| p.to_string()),
        };
        let mut periods: Vec<PeriodRow> = periods.collect();
        periods.reverse();
        let entries = log.entries().iter().enumerate().map(entry).collect();
        let checkpoint = String::from_utf8_lossy(log.signed_checkpoint()).into_owned();
        Self { t, key, checkpoint, periods, entries }
    }
}

fn state(view: &PeriodView, t: Text) -> String {
    match view.state.name() {
        "open" => t.state_open(),
        "closing" => t.state_closing(),
        "debited" => t.state_debited(),
        "released" => t.state_released(),
        "shredded" => t.state_shredded(),
        other => other.to_owned(),
    }
}

fn event(name: &str, t: Text) -> String {
    match name {
        "programme.adopted" => t.event_programme(),
        "policy.adopted" => t.event_policy(),
        "period.opened" => t.event_opened(),
        "period.closing" => t.event_closing(),
        "budget.debited" => t.event_debited(),
        "release.published" => t.event_published(),
        "keys.destroyed" => t.event_destroyed(),
        other => other.to_owned(),
    }
}
