//! The short way to read an entry that is in its one form already.
//!
//! Guarantee: what it answers, `Entry::encode` writes as the very same bytes:
//! the bytes are written anew, field by field, and compared. Everything else is
//! left to the long way, which also says what is wrong.

use std::fmt::Write;

use jiff::civil::Date;
use serde::Deserialize;

use super::event::{Entry, Event, OpenedBy};
use super::tile::MAX_ENTRY;
use crate::domain::PrivacyUnit;

/// Every key that any event has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Flat<'a> {
    date: &'a str,
    event: &'a str,
    by: Option<OpenedBy>,
    digest: Option<&'a str>,
    key_id: Option<&'a str>,
    period: Option<&'a str>,
    programme: Option<&'a str>,
    public_key: Option<&'a str>,
    rho: Option<f64>,
    sha256: Option<&'a str>,
    unit: Option<PrivacyUnit>,
}

/// The entry of some bytes; `None` where they are not in the one form, or the long way must decide.
pub(super) fn decode(bytes: &[u8]) -> Option<Entry> {
    if bytes.len() > MAX_ENTRY {
        return None;
    }
    let flat: Flat<'_> = serde_json::from_slice(bytes).ok()?;
    // As in the long way: years of four digits.
    let date: Date = flat.date.parse().ok().filter(|_| flat.date.len() == 10)?;
    let event = event(&flat)?;
    let entry = Entry { date, event };
    (write(&entry)?.as_bytes() == bytes).then_some(entry)
}

fn event(flat: &Flat<'_>) -> Option<Event> {
    let period = || flat.period?.parse().ok();
    Some(match flat.event {
        "programme.adopted" => Event::ProgrammeAdopted { digest: flat.digest?.parse().ok()? },
        "policy.adopted" => Event::PolicyAdopted { digest: flat.digest?.parse().ok()? },
        "period.opened" => Event::PeriodOpened {
            period: period()?,
            programme: flat.programme?.parse().ok()?,
            public_key: flat.public_key?.parse().ok()?,
            by: flat.by?,
        },
        "period.closing" => Event::PeriodClosing { period: period()? },
        "budget.debited" => Event::BudgetDebited { period: period()?, unit: flat.unit?, rho: flat.rho? },
        "release.published" => Event::ReleasePublished { period: period()?, sha256: flat.sha256?.parse().ok()? },
        "keys.destroyed" => Event::KeysDestroyed { period: period()?, key_id: flat.key_id?.parse().ok()? },
        _ => return None,
    })
}

/// The canonical form, keys in order. Nothing in it needs an escape.
fn write(entry: &Entry) -> Option<String> {
    let (date, name) = (entry.date, entry.event.name());
    let mut text = String::with_capacity(256);
    let written = match &entry.event {
        Event::ProgrammeAdopted { digest } | Event::PolicyAdopted { digest } => {
            write!(text, r#"{{"date":"{date}","digest":"{digest}","event":"{name}"}}"#)
        }
        Event::PeriodOpened { period, programme, public_key, by } => {
            let by = match by {
                OpenedBy::Calendar => "calendar",
                OpenedBy::Hand => "hand",
            };
            write!(
                text,
                r#"{{"by":"{by}","date":"{date}","event":"{name}","period":"{period}","programme":"{programme}","public_key":"{public_key}"}}"#
            )
        }
        Event::PeriodClosing { period } => {
            write!(text, r#"{{"date":"{date}","event":"{name}","period":"{period}"}}"#)
        }
        Event::BudgetDebited { period, unit, rho } => {
            let rho = serde_json_canonicalizer::to_string(rho).ok()?;
            write!(text, r#"{{"date":"{date}","event":"{name}","period":"{period}","rho":{rho},"unit":"{unit}"}}"#)
        }
        Event::ReleasePublished { period, sha256 } => {
            write!(text, r#"{{"date":"{date}","event":"{name}","period":"{period}","sha256":"{sha256}"}}"#)
        }
        Event::KeysDestroyed { period, key_id } => {
            write!(text, r#"{{"date":"{date}","event":"{name}","key_id":"{key_id}","period":"{period}"}}"#)
        }
    };
    written.ok().map(|()| text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever the short way reads, the long way writes as the same bytes.
        #[test]
        fn the_short_way_is_the_long_way(rho in prop::num::f64::POSITIVE, year in -9000_i16..9000, day in 1_i8..29) {
            let period = "2025-M03".parse().unwrap();
            let date = Date::new(year, 2, day).unwrap();
            let entry = Entry { date, event: Event::BudgetDebited { period, unit: PrivacyUnit::Tally, rho } };
            let text = write(&entry).unwrap();
            match entry.encode() {
                Ok(bytes) => prop_assert_eq!(bytes, text.as_bytes()),
                // A year that has more than four digits has no form.
                Err(_) => prop_assert!(decode(text.as_bytes()).is_none(), "{}", text),
            }
        }
    }
}
