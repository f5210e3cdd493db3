//! From opened tallies to a release: bound, add up, add noise, account.
//!
//! Guarantee: every figure of a [`Release`] comes from bounded counts plus
//! OpenDP's discrete Gaussian noise, and the accounted ρ is within the
//! programme's budget, or nothing is released. Costs are known before any data
//! ([`plan_cost`]), and nothing is ever refused because of a sum.
//! Non-guarantee: it keeps no ledger and knows no earlier release. The caller
//! logs the debit first, releases a period once, and never draws twice.
//! This is the only room that names `opendp`.

pub mod account;
pub mod bound;
mod contingency;
mod draw;
mod error;
mod marginal;
mod mechanism;
mod noise;
mod residual;
#[cfg(test)]
mod tests;

use crate::domain::release::{Release, Software};
use crate::domain::{Period, Record};
use crate::policy::Programme;

pub use account::{Cost, plan_cost};
pub use bound::{ClipOrder, UnitKey};
pub use draw::draw;
pub use error::ReleaseError;
pub use marginal::{Prepared, prepare};
pub use mechanism::{MeasureCost, ResidualCost};

/// Everything a release is made from.
pub struct ReleaseRequest<'a> {
    /// The programme the period was opened with.
    pub programme: &'a Programme,
    /// The period that closes.
    pub period: Period,
    /// All its tallies, opened; wiped once they are added up.
    pub records: Vec<Record>,
    /// The secret order in which a unit's cells are filled up to the cap.
    pub order: &'a dyn ClipOrder,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: String,
    /// Hex SHA-256 of the programme file.
    pub config_digest: String,
    /// Hex SHA-256 of the policy file.
    pub policy_digest: String,
    /// The program that makes the release.
    pub software: Software,
}

/// What stands in a release beside its figures.
pub struct ReleaseMetadata {
    /// Day of publication, `YYYY-MM-DD`.
    pub published: String,
    /// Hex SHA-256 of the programme file.
    pub config_digest: String,
    /// Hex SHA-256 of the policy file.
    pub policy_digest: String,
    /// The program that makes the release.
    pub software: Software,
}

/// Bound, add up, draw the noise once, and return the finished release.
///
/// An empty period gives a full release of noisy zeros.
///
/// # Errors
/// If the programme cannot be released as it stands (all of that also shows in
/// [`plan_cost`], before any data), if a record does not fit the programme, or
/// if no noise can be drawn. Nothing is released then.
pub fn release(request: ReleaseRequest<'_>) -> Result<Release, ReleaseError> {
    let ReleaseRequest { programme, period, records, order, published, config_digest, policy_digest, software } =
        request;
    let prepared = prepare(programme, period, records, order)?;
    draw(programme, prepared, ReleaseMetadata { published, config_digest, policy_digest, software })
}
