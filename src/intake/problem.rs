//! Why a tally is not taken, in words for the person who sent it.
//!
//! Guarantee: every reason names the field and the limit and says what to do;
//! nothing of what was typed is repeated, except an unreadable week and names of
//! unknown fields, cut short and printable.

use crate::domain::{CodeError, Period, Week, printable};
use crate::store::StoreError;

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// `week`, a dimension's id, `counts.<measure>`, `counts`, `receipt` or `card`.
    pub field: String,
    /// What is wrong with it.
    pub problem: Fault,
}

/// What can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Needed and not there.
    #[error("this is missing: choose one")]
    Missing,
    /// Not text where text belongs.
    #[error("this must be text")]
    NotText,
    /// Not an object where one belongs.
    #[error("this must be an object with a number for each measure")]
    NotObject,
    /// The programme has no such field.
    #[error("the programme asks for no such field: leave it out")]
    UnknownField,
    /// Not in the closed list.
    #[error("this is not in the list: choose one of {0}")]
    UnknownCategory(String),
    /// No measure filled in.
    #[error("fill in at least one count; zero is a count, blank is not")]
    NoCount,
    /// Not a whole number.
    #[error("write a whole number from 0 to {0}, or leave it blank")]
    NotWhole(u32),
    /// Above the typing guard.
    #[error("this is more than one tally may hold ({0}): check the number, or send the rest as another tally")]
    TooLarge(u32),
    /// Week text that is none.
    #[error("{0}")]
    Week(String),
    /// Bad receipt.
    #[error("{0}")]
    Receipt(crate::domain::receipt::ReceiptError),
    /// Mistyped card.
    #[error("{0}")]
    Card(CodeError),
}

/// Why a whole tally is refused. The order of the variants is the order of the checks.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Rejection {
    /// Not JSON, or not a form.
    #[error("this is not {0}: send it as the documentation shows")]
    Unreadable(&'static str),
    /// A name in JSON, a field of a form or a header, of which it cannot be known which one counts.
    #[error("`{0}` stands twice, and which one counts cannot be known: send it once")]
    Repeated(String),
    /// Fields that do not fit the programme.
    #[error("some fields need another look; nothing was stored")]
    Invalid(Vec<FieldProblem>),
    /// The same for unknown, expired and revoked cards.
    #[error(
        "this card is not in use here: check that it is the card of this programme and not out of date, or ask your coordinator for a new one"
    )]
    CardRefused,
    /// The week is too old, to come, or of a period that is not open.
    #[error("this week is not open: tallies are taken for {}", open_list(.0))]
    WeekClosed(Vec<Week>),
    /// The week's period waits for its key.
    #[error("{}; {}", waits_for_key(*.0), taken_for(.1))]
    NoKey(Period, Vec<Week>),
    /// The period was closed while the request was under way, or holds the tally that was to be moved.
    #[error("this tally's period has just been closed: it was not taken, and what was sent before can no longer be changed; {}", taken_for(.0))]
    PeriodClosed(Vec<Week>),
    /// The receipt is spent.
    #[error("this tally was withdrawn, so its receipt is spent: send it as a new tally if you want it counted")]
    Withdrawn,
    /// The limit of new tallies of one card within an hour.
    #[error(
        "this card has sent {0} new tallies within an hour, which is the most it may: keep this one and send it later, in an hour at the latest"
    )]
    RateLimited(u32),
    /// Nothing to withdraw, or somebody else's.
    #[error("there is no tally with this receipt from this card in an open period")]
    NotFound,
    /// More is waiting to be written than the store takes in.
    #[error(
        "more tallies are arriving than can be written just now; nothing was acknowledged. Send the same tally again in a moment"
    )]
    Busy,
    /// The store or the machine failed.
    #[error("the tally could not be stored just now; nothing was acknowledged. Send the same tally again in a moment")]
    Unavailable,
}

impl Rejection {
    /// Names what stands twice, cut short and printable.
    #[must_use]
    pub fn repeated(name: &str) -> Self {
        Self::Repeated(printable::start(name, 60))
    }

    /// The stable name of the cause: the last part of the API's problem `type`. No two causes share one.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Repeated(_) => "repeated",
            Self::Invalid(_) => "invalid",
            Self::CardRefused => "card-refused",
            Self::WeekClosed(_) => "week-closed",
            Self::NoKey(..) => "waits-for-key",
            Self::PeriodClosed(_) => "period-closed",
            Self::Withdrawn => "withdrawn",
            Self::RateLimited(_) => "rate-limited",
            Self::NotFound => "no-such-tally",
            Self::Busy => "busy",
            Self::Unavailable => "unavailable",
        }
    }

    /// The status of the answer (RFC 9110).
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Unreadable(_) | Self::Repeated(_) => 400,
            Self::CardRefused => 401,
            Self::NotFound => 404,
            Self::WeekClosed(_) | Self::NoKey(..) | Self::PeriodClosed(_) | Self::Withdrawn => 409,
            Self::Invalid(_) => 422,
            Self::RateLimited(_) => 429,
            Self::Busy | Self::Unavailable => 503,
        }
    }

    /// Whether the refusal is about this field.
    #[must_use]
    pub fn names(&self, field: &str) -> bool {
        match self {
            Self::Invalid(found) => found.iter().any(|problem| problem.field == field),
            _ => self.field() == Some(field),
        }
    }

    /// The one field that the refusal is about. [`Rejection::Invalid`] names its fields itself.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::CardRefused | Self::RateLimited(_) => Some("card"),
            Self::WeekClosed(_) | Self::NoKey(..) | Self::PeriodClosed(_) => Some("week"),
            Self::Withdrawn | Self::NotFound => Some("receipt"),
            Self::Unreadable(_) | Self::Repeated(_) | Self::Invalid(_) | Self::Busy | Self::Unavailable => None,
        }
    }
}

/// Why a period takes no tallies although it has begun, in words for everybody.
#[must_use]
pub fn waits_for_key(period: Period) -> String {
    format!(
        "{period} takes no tallies yet: the key that they would be sealed to was not given. Keep your tally, and tell your coordinator"
    )
}

fn taken_for(weeks: &[Week]) -> String {
    format!("tallies are taken for {}", open_list(weeks))
}

fn open_list(weeks: &[Week]) -> String {
    if weeks.is_empty() {
        return "no week at the moment".to_owned();
    }
    weeks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl From<StoreError> for Rejection {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            StoreError::Failed(_)
            | StoreError::Locked
            | StoreError::Damaged(..)
            | StoreError::NotEmpty(_)
            | StoreError::WrongKey(_)
            | StoreError::Newer(..) => Self::Unavailable,
        }
    }
}

impl From<crate::crypto::CryptoError> for Rejection {
    fn from(_: crate::crypto::CryptoError) -> Self {
        Self::Unavailable
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn each_cause_has_a_code_of_its_own() {
        let weeks = || vec!["2026-W47".parse().unwrap()];
        let causes = [
            Rejection::Unreadable("JSON"),
            Rejection::repeated("contacts"),
            Rejection::Invalid(Vec::new()),
            Rejection::CardRefused,
            Rejection::WeekClosed(weeks()),
            Rejection::NoKey("2026-Q4".parse().unwrap(), weeks()),
            Rejection::PeriodClosed(weeks()),
            Rejection::Withdrawn,
            Rejection::RateLimited(30),
            Rejection::NotFound,
            Rejection::Busy,
            Rejection::Unavailable,
        ];
        let codes: BTreeMap<_, _> = causes.iter().map(|cause| (cause.code(), cause.status())).collect();
        assert_eq!(codes.len(), causes.len());
        let conflicts: Vec<_> = codes.iter().filter(|(_, status)| **status == 409).map(|(code, _)| *code).collect();
        assert_eq!(conflicts, ["period-closed", "waits-for-key", "week-closed", "withdrawn"]);
    }

    #[test]
    fn a_full_queue_is_told_apart_from_a_failing_disk() {
        assert!(matches!(Rejection::from(StoreError::Busy), Rejection::Busy));
        assert!(matches!(Rejection::from(StoreError::Failed("disk".to_owned())), Rejection::Unavailable));
    }
}
