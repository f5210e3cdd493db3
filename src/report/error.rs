//! Why a release cannot be read or written.

/// A refusal of this room.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The bytes are not a release.
    #[error("this is not a release file: {0}; fetch it again from the programme that published it")]
    Parse(String),
    /// The bytes are a release, but not in the one valid byte form.
    #[error(
        "the release file is not canonical JSON (RFC 8785) from byte {0} on: fetch it again, and keep its bytes as they are"
    )]
    NotCanonical(usize),
    /// The release contradicts itself.
    #[error("the release contradicts itself: {0}; ask the programme that published it")]
    Inconsistent(String),
    /// A text could be taken for a formula.
    #[error(
        "`{0}` cannot stand in a table, because a spreadsheet could read it as a formula: start it with a letter or digit, without control characters"
    )]
    Formula(String),
    /// Two figures would have the same code at the receiver.
    #[error(
        "two figures of this release would have the same place in DHIS2, at data element `{0}`: give measures and categories codes of their own in the programme file's [dhis2]; it takes effect with the next period"
    )]
    Codes(String),
    /// Writing failed.
    #[error("the {0} could not be written: {1}; report this with the release file")]
    Write(&'static str, String),
}
