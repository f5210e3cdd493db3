//! Formulas about published figures: how wide, how good, at what cost.
//!
//! Guarantee: pure functions of public numbers (caps, budgets, category
//! counts); nothing here sees a tally, a key, a file or a random number.
//! Non-guarantee: a formula is not an account. What a release really spends is
//! what OpenDP's privacy maps say, in `release::account`.

pub mod attributes;
pub mod discrete_gaussian;
pub mod epsilon;
pub mod equivalents;
pub mod group;
pub mod interval;
pub mod kappa;
pub mod quality;
pub mod residual;
pub mod rounding;
pub mod target;
pub mod trend;
pub mod unit_cost;

pub use attributes::AttributeSet;
pub use epsilon::epsilon_bound;
pub use equivalents::{ReleaseCost, UnitCost, equivalents};
pub use interval::{Interval, interval, reported};
pub use quality::quality;
pub use target::judge;
pub use trend::{Difference, Trend, difference, spread};
pub use unit_cost::UnitBound;

/// A number of categories or cells, exactly.
#[expect(clippy::cast_precision_loss, reason = "a table has far fewer than 2^53 cells")]
pub(crate) fn whole(n: usize) -> f64 {
    n as f64
}
