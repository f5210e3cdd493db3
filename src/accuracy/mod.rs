//! Formulas about published figures: how wide, how good, at what cost.
//!
//! Guarantee: pure functions of public numbers (caps, budgets, category
//! counts); nothing here sees a tally, a key, a file or a random number.
//! Non-guarantee: a formula is not an account. What a release really spends is
//! what OpenDP's privacy maps say, in `release::account`.
//! Callers: release, and later plan and verify.

pub mod discrete_gaussian;
pub mod equal_split;
pub mod equivalents;
pub mod group;
pub mod interval;
pub mod kappa;
pub mod quality;
pub mod rounding;
pub mod target;

pub use equivalents::{ReleaseCost, UnitCost, equivalents};
pub use interval::{Interval, interval, reported};
pub use kappa::{Table, kappa};
pub use quality::quality;
pub use target::judge;
