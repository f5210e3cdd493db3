//! Whether keys were destroyed in time.
//!
//! Guarantee: the programme file's `keys_days`, counted from the later of the
//! period's end and its opening. An entry that comes late is a finding, and so
//! is one that is still missing when the log or today's date shows it is late.
//! Non-guarantee: the log says that they were destroyed; nobody can show it.

use jiff::civil::Date;

use super::config_files::Adopted;
use super::replay::History;
use super::report::{Check, Findings};

/// Checks every period ever opened.
pub(super) fn check(story: &History, adopted: &Adopted, today: Date, notes: &mut Findings) {
    let now = story.ledger.last_date().map_or(today, |last| last.max(today));
    let (mut gone, mut waiting) = (0, 0);
    for (period, view) in story.ledger.periods() {
        let Some(programme) = adopted.programme(&view.programme) else { continue };
        let deadline = programme.keys_deadline(period, view.opened);
        let days = programme.retention.keys_days;
        if let Some((entry, date)) = story.destroyed.get(&period) {
            gone += 1;
            if *date > deadline {
                let wrong =
                    format!("the keys of {period} were due by {deadline} ({days} days) and destroyed on {date}");
                let advice = "ask the operator why it was late: until then a seized host could open that period";
                notes.found(Check::Keys, &format!("entry {entry} (keys.destroyed, {period})"), &wrong, advice);
            }
        } else {
            if now <= deadline {
                waiting += 1;
            } else {
                let wrong = format!(
                    "the keys of {period} were due by {deadline} ({days} days) and no entry says they are gone; it is {now}"
                );
                let advice = "ask the operator to run `peertally close` and `peertally doctor`, or why it does not run";
                notes.found(Check::Keys, &period.to_string(), &wrong, advice);
            }
        }
    }
    notes.looked(Check::Keys, format!("{gone} destroyed, {waiting} not yet due"));
}
