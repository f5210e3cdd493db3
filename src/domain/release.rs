//! A release: everything that is ever published about a period's counts.
//!
//! The form is `peertally/release/1`; the stored file is its canonical JSON
//! (RFC 8785). Everything in it is differentially private or was public before.

use serde::{Deserialize, Serialize};

use super::{Identifier, Period, PrivacyUnit, Week};

/// Value of [`Release::schema`].
pub const RELEASE_SCHEMA: &str = "peertally/release/1";

/// One period's published figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Always [`RELEASE_SCHEMA`].
    pub schema: String,
    /// Name of the programme.
    pub programme: String,
    /// Which period.
    pub period: Period,
    /// Its ISO weeks, in order.
    pub weeks: Vec<Week>,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: String,
    /// What the figures promise.
    pub guarantee: Guarantee,
    /// The figures.
    pub measures: Vec<MeasureRelease>,
    /// What computed them.
    pub software: Software,
    /// Hex SHA-256 of the programme file.
    pub config_digest: String,
    /// Hex SHA-256 of the policy file.
    pub policy_digest: String,
}

/// The privacy guarantee of a whole release.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guarantee {
    /// The unit that may be added or removed.
    pub unit: PrivacyUnit,
    /// Always `add-remove`.
    pub neighbours: String,
    /// Always `zCDP`.
    pub measure: String,
    /// Total ρ over all measures, as accounted by OpenDP's privacy maps.
    pub rho: f64,
    /// ε at `delta`, by OpenDP's conversion.
    pub epsilon: f64,
    /// δ of the statement (ε, δ).
    pub delta: f64,
    /// The same release seen for other units.
    pub equivalents: Vec<Equivalent>,
}

/// What the same noise means for another unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivalent {
    /// `tally`, `worker-week`, `worker-period` or `encounter`.
    pub unit: String,
    /// ρ for that unit.
    pub rho: f64,
    /// ε for that unit at the guarantee's δ.
    pub epsilon: f64,
    /// What the figure rests on, in words.
    pub basis: String,
}

/// One measure's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureRelease {
    /// The measure's id.
    pub id: Identifier,
    /// What one count is, such as `contact`.
    pub unit: String,
    /// Clipping bound per privacy unit.
    pub cap: u32,
    /// ρ spent on this measure.
    pub rho: f64,
    /// The programme's target, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// One table per breakdown, in the programme's order.
    pub breakdowns: Vec<BreakdownRelease>,
}

/// A target and what the interval says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The figure aimed at, for the period's total.
    pub value: u64,
    /// Judged on the interval, never on the point.
    pub result: TargetResult,
}

/// Whether a target was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetResult {
    /// The whole interval is at or above the target.
    Reached,
    /// The whole interval is below the target.
    NotReached,
    /// The target lies inside the interval.
    CannotTell,
}

/// One table: a marginal of the contingency table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakdownRelease {
    /// The dimensions, `week` among them; empty for the total.
    pub by: Vec<Identifier>,
    /// Standard deviation of each cell's noise, in counts.
    pub stdev: f64,
    /// Every cell, also the empty ones.
    pub cells: Vec<CellRelease>,
}

/// One published figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellRelease {
    /// Dimension → category, as flat keys beside the figures.
    #[serde(flatten)]
    pub at: std::collections::BTreeMap<Identifier, String>,
    /// Unbiased; may be negative. Sums are made from these.
    pub estimate: f64,
    /// Lower end of the 95 % interval for the bounded total, not below 0.
    pub low: f64,
    /// Upper end, not below 0.
    pub high: f64,
    /// The figure to print: max(0, round). Never to be added up.
    pub reported: u64,
    /// Whether it is precise enough to use.
    pub quality: Quality,
}

/// Quality mark by coefficient of variation, after official statistics' practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quality {
    /// At most 16.5 %.
    Good,
    /// At most 33.3 %.
    Caution,
    /// Above, or an estimate not above zero.
    TooUncertain,
}

/// The program that made a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Software {
    /// Version of peertally.
    pub version: String,
    /// Source commit, or `unknown` where the build had none.
    pub commit: String,
}
