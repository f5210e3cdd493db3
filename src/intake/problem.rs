//! Why a tally is not taken, in words for the person who sent it.
//!
//! Guarantee: every reason names the field and the limit and says what to do;
//! nothing of what was typed is repeated, except an unreadable week and names of
//! unknown fields, cut short and printable.
//! Callers: web (as RFC 9457 and beside form fields), admin (import).

use crate::domain::{CodeError, Period, Week};
use crate::store::StoreError;

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// `week`, a dimension's id, `counts.<measure>`, `counts`, `receipt` or `card`.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
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
    /// 400
    #[error("this is not {0}: send it as the documentation shows")]
    Unreadable(&'static str),
    /// 422
    #[error("some fields need another look; nothing was stored")]
    Invalid(Vec<FieldProblem>),
    /// 401, the same for unknown, expired and revoked cards.
    #[error(
        "this card is not in use here: check that it is the card of this programme and not out of date, or ask your coordinator for a new one"
    )]
    CardRefused,
    /// 409
    #[error("this week is not open: tallies are taken for {}", open_list(.0))]
    WeekClosed(Vec<Week>),
    /// 409: the week's period waits for its key.
    #[error("{}; {}", waits_for_key(*.0), taken_for(.1))]
    NoKey(Period, Vec<Week>),
    /// 409
    #[error("this tally was withdrawn, so its receipt is spent: send it as a new tally if you want it counted")]
    Withdrawn,
    /// 429
    #[error("this card has sent {0} tallies for this week, which is the limit: correct one of them instead")]
    QuotaUsed(u32),
    /// 404
    #[error("there is no tally with this receipt from this card in an open period")]
    NotFound,
    /// 503
    #[error("the tally could not be stored just now; nothing was acknowledged. Send the same tally again in a moment")]
    Unavailable,
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
    fn from(_: StoreError) -> Self {
        Self::Unavailable
    }
}

impl From<crate::crypto::CryptoError> for Rejection {
    fn from(_: crate::crypto::CryptoError) -> Self {
        Self::Unavailable
    }
}
