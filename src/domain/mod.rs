//! Pure types of the field, parsed once and then trusted.
//!
//! Guarantee: a value of these types is valid by construction; nothing here
//! reads a clock, a file or a random number.
//! Non-guarantee: validity is about form. Whether a week is open or a category
//! belongs to a programme is decided in `policy` and `intake`.

pub mod card;
pub mod codebook;
pub mod crockford;
pub mod identifier;
pub mod period;
pub mod printable;
pub mod receipt;
pub mod record;
pub mod release;
pub mod span;
pub mod typed;
pub mod unit;
pub mod week;

pub use card::{CardCode, CodeError, StubCode};
pub use codebook::Codebook;
pub use identifier::Identifier;
pub use period::{Period, PeriodKind};
pub use receipt::Receipt;
pub use record::{Counts, MAX_DIMENSIONS, MAX_MEASURES, Pseudonym, Record, RowKey};
pub use span::{Span, SpanError};
pub use unit::PrivacyUnit;
pub use week::Week;
