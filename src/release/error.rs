//! Why nothing is released. No message carries a count.

/// A refusal of this room.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ReleaseError {
    /// Nothing to publish.
    #[error("the programme names no {0}: add at least one to the programme file")]
    Nothing(&'static str),
    /// A number in the programme is out of range.
    #[error("{what} is {value}: it must be {limit}; change it in the programme file")]
    Number {
        /// Which number.
        what: String,
        /// As it stands.
        value: String,
        /// What is allowed.
        limit: &'static str,
    },
    /// A name would collide with a column of a release.
    #[error(
        "`{0}` cannot name a dimension, because a release has a column of that name: choose another in the programme file"
    )]
    Reserved(String),
    /// A breakdown is not made of the programme's attributes.
    #[error(
        "breakdown {0} of the programme names a dimension that does not exist, or one twice: correct it in the programme file"
    )]
    Breakdown(usize),
    /// The tables would be too large.
    #[error("one release would have {cells} cells, above the limit of {limit}: publish fewer or coarser breakdowns")]
    TooManyCells {
        /// Cells over all measures and breakdowns.
        cells: u64,
        /// Most that are published.
        limit: u64,
    },
    /// The noise would exceed what integers of 64 bits carry.
    #[error(
        "the noise for `{0}` would be too large to compute with: raise the programme's rho or this measure's share"
    )]
    Scale(String),
    /// The privacy maps add up to more than was granted.
    #[error(
        "{what} would cost rho {cost}, above the {granted} that is granted: nothing was published; report this with the programme file"
    )]
    OverBudget {
        /// A measure, or the release.
        what: String,
        /// Accounted cost.
        cost: f64,
        /// Granted cost.
        granted: f64,
    },
    /// A record does not fit the programme.
    #[error(
        "a stored tally has a {0} that the programme does not have: nothing was published; put back the programme file that the period was opened with"
    )]
    Record(&'static str),
    /// Tables of another programme or period.
    #[error(
        "the prepared tables do not fit the programme: nothing was published; prepare and draw with the same programme file"
    )]
    Shape,
    /// OpenDP refused or failed.
    #[error(
        "OpenDP could not {what} ({kind}): nothing was published; run the command again, and report this if it stays"
    )]
    Library {
        /// What was asked of it.
        what: &'static str,
        /// The kind of its error; its text is left out, since it might carry data.
        kind: String,
    },
}
