//! What the log says: the calendar of periods, and never anything of a tally.
//!
//! Guarantee: an entry is one canonical JSON object (RFC 8785) with the keys
//! `event` and `date` and what belongs to the event; only the bytes that
//! [`Entry::encode`] gives are ever decoded.
//! Non-guarantee: whether an event fits what went before is `ledger`'s matter.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::crypto::digest::Digest;
use crate::domain::printable::start;
use crate::domain::{Period, PrivacyUnit};

use super::error::LogError;
use super::ids::{KeyId, PublicKey};
use super::tile::MAX_ENTRY;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", deny_unknown_fields)]
pub enum Event {
    /// A programme file holds from the next period on.
    #[serde(rename = "programme.adopted")]
    ProgrammeAdopted {
        /// SHA-256 of the file.
        digest: Digest,
    },
    /// A policy file holds from now on.
    #[serde(rename = "policy.adopted")]
    PolicyAdopted {
        /// SHA-256 of the file.
        digest: Digest,
    },
    /// A period takes tallies.
    #[serde(rename = "period.opened")]
    PeriodOpened {
        /// Which one.
        period: Period,
        /// SHA-256 of the programme file it is bound to.
        programme: Digest,
        /// Rows are sealed to this X25519 key.
        public_key: PublicKey,
        /// Who opened it.
        by: OpenedBy,
    },
    /// A period takes no more tallies.
    #[serde(rename = "period.closing")]
    PeriodClosing {
        /// Which one.
        period: Period,
    },
    /// Budget is spent, before any noise is drawn.
    #[serde(rename = "budget.debited")]
    BudgetDebited {
        /// For which period.
        period: Period,
        /// The unit of privacy that ρ is counted for.
        unit: PrivacyUnit,
        /// ρ (zCDP), as accounted by the mechanism's privacy maps.
        rho: f64,
    },
    /// A period's release is fixed.
    #[serde(rename = "release.published")]
    ReleasePublished {
        /// Of which period.
        period: Period,
        /// SHA-256 of the release file.
        sha256: Digest,
    },
    /// A period's salt and private key are destroyed.
    #[serde(rename = "keys.destroyed")]
    KeysDestroyed {
        /// Of which period.
        period: Period,
        /// [`PublicKey::id`] of the period's key.
        key_id: KeyId,
    },
}

/// What opened a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OpenedBy {
    /// The calendar: it had begun.
    Calendar,
    /// A coordinator, for paper tallies of the past.
    Hand,
}

impl Event {
    /// The event's name in the log.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::ProgrammeAdopted { .. } => "programme.adopted",
            Self::PolicyAdopted { .. } => "policy.adopted",
            Self::PeriodOpened { .. } => "period.opened",
            Self::PeriodClosing { .. } => "period.closing",
            Self::BudgetDebited { .. } => "budget.debited",
            Self::ReleasePublished { .. } => "release.published",
            Self::KeysDestroyed { .. } => "keys.destroyed",
        }
    }

    /// The period it is about, if it is about one.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        match self {
            Self::ProgrammeAdopted { .. } | Self::PolicyAdopted { .. } => None,
            Self::PeriodOpened { period, .. }
            | Self::PeriodClosing { period }
            | Self::BudgetDebited { period, .. }
            | Self::ReleasePublished { period, .. }
            | Self::KeysDestroyed { period, .. } => Some(*period),
        }
    }
}

/// An event and its day.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The day, never finer.
    pub date: Date,
    /// What happened.
    pub event: Event,
}

impl Entry {
    /// The entry's bytes.
    ///
    /// # Errors
    /// [`LogError::Unwritable`] for a ρ that is not a number, or a year of more than four digits.
    pub fn encode(&self) -> Result<Vec<u8>, LogError> {
        let unwritable = |reason: String| LogError::Unwritable(format!("`{}` {reason}", self.event.name()));
        let mut value = serde_json::to_value(&self.event).map_err(|e| unwritable(e.to_string()))?;
        if let Value::Object(object) = &mut value {
            object.insert("date".to_owned(), Value::String(self.date.to_string()));
        }
        let bytes = serde_json_canonicalizer::to_vec(&value).map_err(|e| unwritable(e.to_string()))?;
        match read(&bytes) {
            Ok(entry) if entry == *self && bytes.len() <= MAX_ENTRY => Ok(bytes),
            _ => Err(unwritable("has a figure or date that cannot be written exactly".to_owned())),
        }
    }

    /// The entry of some bytes.
    ///
    /// # Errors
    /// What differs from the one valid form, in words.
    pub fn decode(bytes: &[u8]) -> Result<Self, String> {
        if let Some(entry) = super::event_fast::decode(bytes) {
            return Ok(entry);
        }
        let entry = read(bytes)?;
        match entry.encode() {
            Ok(canonical) if canonical == bytes => Ok(entry),
            _ => Err("it is not canonical JSON (RFC 8785)".to_owned()),
        }
    }
}

/// What is wrong, short: the reader repeats names that it does not know.
fn words(error: serde_json::Error) -> String {
    start(&error.to_string(), 200)
}

fn read(bytes: &[u8]) -> Result<Entry, String> {
    let mut object: Map<String, Value> = serde_json::from_slice(bytes).map_err(words)?;
    let date = match object.remove("date") {
        Some(Value::String(text)) if text.len() == 10 => {
            text.parse::<Date>().ok().filter(|date| date.to_string() == text)
        }
        _ => None,
    };
    let date = date.ok_or("its date is not written YYYY-MM-DD")?;
    let event = serde_json::from_value(Value::Object(object)).map_err(words)?;
    Ok(Entry { date, event })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::crypto::digest::sha256;

    fn entries() -> Vec<(Event, String)> {
        let period: Period = "2025-Q1".parse().unwrap();
        let digest = sha256(b"abc");
        let (public_key, key) = (PublicKey([10; 32]), "0a".repeat(32));
        let head = r#"{"date":"2025-04-14","event":"#;
        vec![
            (
                Event::ProgrammeAdopted { digest },
                format!(r#"{{"date":"2025-04-14","digest":"{digest}","event":"programme.adopted"}}"#),
            ),
            (
                Event::PolicyAdopted { digest },
                format!(r#"{{"date":"2025-04-14","digest":"{digest}","event":"policy.adopted"}}"#),
            ),
            (
                Event::PeriodOpened { period, programme: digest, public_key, by: OpenedBy::Hand },
                format!(
                    r#"{{"by":"hand","date":"2025-04-14","event":"period.opened","period":"2025-Q1","programme":"{digest}","public_key":"{key}"}}"#
                ),
            ),
            (Event::PeriodClosing { period }, format!(r#"{head}"period.closing","period":"2025-Q1"}}"#)),
            (
                Event::BudgetDebited { period, unit: PrivacyUnit::WorkerWeek, rho: 0.5 },
                format!(r#"{head}"budget.debited","period":"2025-Q1","rho":0.5,"unit":"worker-week"}}"#),
            ),
            (
                Event::ReleasePublished { period, sha256: digest },
                format!(r#"{head}"release.published","period":"2025-Q1","sha256":"{digest}"}}"#),
            ),
            (
                Event::KeysDestroyed { period, key_id: public_key.id() },
                format!(r#"{head}"keys.destroyed","key_id":"{}","period":"2025-Q1"}}"#, public_key.id()),
            ),
        ]
    }

    fn date() -> Date {
        "2025-04-14".parse().unwrap()
    }

    #[test]
    fn every_event_has_one_form() {
        for (event, text) in entries() {
            let entry = Entry { date: date(), event };
            assert_eq!(String::from_utf8(entry.encode().unwrap()).unwrap(), text);
            assert_eq!(Entry::decode(text.as_bytes()).unwrap(), entry);
            assert_eq!(super::super::event_fast::decode(text.as_bytes()), Some(entry.clone()), "the short way");
            assert!(text.contains(&format!("\"{}\"", entry.event.name())));
            for other in [
                format!("{text}\n"),
                format!(" {text}"),
                text.replacen("\":", "\": ", 1),
                text.replacen('{', r#"{"extra":1,"#, 1),
                text.replacen(r#""date":"2025-04-14","#, "", 1),
                text.replace("2025-04-14", "2025-4-14"),
                text.replace("2025-04-14", "2025-02-30"),
                text.replace("2025-04-14", "2025-04-14T00:00"),
                text.replace(r#""event":""#, r#""event":"x"#),
                text.replace("2025-Q1", "2025-q1"),
                text.replace("0.5", "0.50"),
                text.replace("0.5", "5e-1"),
                text.replace("0.5", "\"0.5\""),
                text.replace("worker-week", "person"),
                text.replacen('{', r#"{"date":"2025-04-14","#, 1),
                text.replacen("ba78", "BA78", 1),
            ] {
                assert!(other == text || Entry::decode(other.as_bytes()).is_err(), "{other}");
            }
        }
    }

    #[test]
    fn what_has_no_exact_form_is_not_written() {
        let period = "2025-Q1".parse().unwrap();
        for rho in [f64::NAN, f64::INFINITY, -0.0] {
            let entry = Entry { date: date(), event: Event::BudgetDebited { period, unit: PrivacyUnit::Tally, rho } };
            let bytes = entry.encode();
            // Zero has one form; the ledger refuses it.
            assert!(bytes.is_err() || rho == 0.0, "{rho}");
        }
    }

    proptest! {
        #[test]
        fn every_rho_comes_back_exactly(rho in prop::num::f64::POSITIVE | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO) {
            let event = Event::BudgetDebited { period: "2025-M03".parse().unwrap(), unit: PrivacyUnit::WorkerPeriod, rho };
            let entry = Entry { date: date(), event };
            prop_assert_eq!(Entry::decode(&entry.encode().unwrap()).unwrap(), entry);
        }

        #[test]
        fn arbitrary_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Entry::decode(&bytes).is_err());
        }
    }
}
