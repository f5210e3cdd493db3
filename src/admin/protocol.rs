//! The requests and answers, one JSON object a line.

use serde::{Deserialize, Serialize};

use crate::crypto::PrivateKeyFile;
use crate::domain::Period;
use crate::intake::sheet::RefusedRow;
use crate::period::Closed;
use crate::scan::ScanFinding;

/// Who asks. The socket grants [`Role::Coordinator`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Hands out cards, opens and closes periods, imports paper tallies.
    Coordinator,
    /// Sees where the periods stand, which is public anyway.
    Observer,
}

/// What may be asked.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Request {
    /// Makes cards usable. The service gets stub codes only: it never sees a card's own code.
    AddCards {
        /// One stub code per card.
        stubs: Vec<String>,
        /// Last period; the current one if left out.
        until: Option<Period>,
    },
    /// Makes a card unusable.
    RevokeCard {
        /// The code of its stub.
        stub: String,
    },
    /// Opens a past period.
    OpenPeriod {
        /// Which.
        period: Period,
    },
    /// Takes paper tallies.
    Import(ImportRequest),
    /// Closes a period.
    Close {
        /// The private key is lost: released empty, its tallies uncounted.
        #[serde(default)]
        key_lost: bool,
        /// Which.
        period: Period,
        /// Also before its grace days are over.
        early: bool,
        /// The private key, of a period that is kept offline.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        private_key: Option<PrivateKeyFile>,
    },
    /// Gives a period its public key, before it opens.
    PeriodKey {
        /// Which.
        period: Period,
        /// The line of the public key file.
        public_key: String,
    },
    /// Where the periods stand.
    Status,
    /// Every entry of the store against the policy; no row is opened.
    Scan,
    /// A portable copy of the store, in [`Line::Data`] before the answer.
    Dump,
    /// A backup of the whole, in [`Line::Data`] before the answer.
    Backup {
        /// The line of the public key file that it is sealed to; without it, no key is in it.
        to: Option<String>,
    },
}

/// Paper tallies.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// The file's text.
    pub csv: String,
    /// Its column with the workers' labels.
    pub worker_column: String,
    /// The past period to open first, if any.
    pub period: Option<Period>,
}

/// What is answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "done", rename_all = "kebab-case")]
pub enum Answer {
    /// Cards are usable until the end of this period.
    CardsAdded {
        /// The last period.
        until: Period,
    },
    /// The stub's card is not usable any more.
    Revoked {
        /// False if there was no such card.
        known: bool,
    },
    /// A period takes paper tallies.
    Opened {
        /// Which.
        period: Period,
        /// False if it was open before.
        new: bool,
    },
    /// A period has its key.
    KeyGiven {
        /// Which.
        period: Period,
        /// The key's short name.
        key_id: String,
        /// False if it was given before.
        new: bool,
        /// True if the period takes tallies now.
        open: bool,
    },
    /// Paper tallies were read.
    Imported {
        /// Rows in the file.
        rows: u64,
        /// Rows that were new and are stored.
        added: u64,
        /// Rows that were refused.
        refused: Vec<RefusedRow>,
        /// Columns that the programme lacks.
        ignored: Vec<String>,
    },
    /// A period is closed.
    Closed(Closed),
    /// A dump or backup was handed over.
    Dumped {
        /// SHA-256 of all of it.
        sha256: String,
    },
    /// The store was looked at. No number of entries is told.
    Scanned {
        /// What is not as the policy says, the first of each kind.
        findings: Vec<ScanFinding>,
        /// Whether the service itself can be dumped to a file, as the kernel tells it.
        dumps: bool,
    },
    /// Where the periods stand.
    Status {
        /// Oldest first; after those that were opened, the ones that have or need a key.
        periods: Vec<PeriodStatus>,
        /// Where the private keys of new periods are: `host` or `offline`.
        custody: String,
    },
}

/// One period's state.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PeriodStatus {
    /// Which.
    pub period: Period,
    /// `open`, `closing`, `debited`, `released` or `shredded`; before it opens, `key given` or `no key`.
    pub state: String,
    /// Day on which it closes by itself, while it is open by the calendar.
    pub closes: Option<String>,
    /// Day from which it waits for its private key, while it is open and kept offline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_key: Option<String>,
    /// What else must be known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Why a request is refused, in words.
#[derive(Clone, Debug, Serialize, Deserialize, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

/// One line from the service.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ResponseLine {
    /// So many things have been dealt with since the last such line.
    Progress(u64),
    /// A piece of a dump.
    Data(String),
    /// The end, well.
    Answer(Answer),
    /// The end, refused.
    Refusal(Refusal),
}

impl Role {
    /// Whether this role may ask that.
    #[must_use]
    pub fn may(self, request: &Request) -> bool {
        match self {
            Self::Coordinator => true,
            Self::Observer => matches!(request, Request::Status),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_twice_is_refused() {
        let requests = [
            r#"{"do":"status","do":"scan"}"#,
            r#"{"do":"status","do":"status"}"#,
            r#"{"do":"revoke-card","stub":"a","stub":"b"}"#,
            r#"{"stub":"a","do":"revoke-card","stub":"a"}"#,
            r#"{"do":"add-cards","stubs":[],"until":null,"stubs":[]}"#,
            r#"{"do":"close","period":"2025-Q1","early":true,"early":false}"#,
            r#"{"do":"close","period":"2025-Q1","early":true,"key_lost":false,"key_lost":true}"#,
            r#"{"do":"import","csv":"","worker_column":"worker","period":null,"csv":""}"#,
            r#"{"do":"backup","to":null,"to":"x"}"#,
        ];
        for request in requests {
            let error = serde_json::from_str::<Request>(request).err().map(|error| error.to_string());
            assert!(error.is_some_and(|error| error.contains("duplicate field")), "{request}");
        }
        let answers = [
            r#"{"answer":{"done":"opened","period":"2025-Q1","new":true,"new":false}}"#,
            r#"{"progress":1,"progress":2}"#,
        ];
        for answer in answers {
            assert!(serde_json::from_str::<ResponseLine>(answer).is_err(), "{answer}");
        }
        assert!(serde_json::from_str::<Request>(r#"{"do":"status"}"#).is_ok());
    }
}
