//! A release in the forms readers use.
//!
//! Guarantee: sees [`Release`](crate::domain::release::Release)s and nothing
//! else, so no form can say more than the releases do.
//! Non-guarantee: whether a release is the published one is shown by the log, not here.
//! Callers: period (the stored file), web, cli, and later verify.

mod alike;
mod chart;
pub mod csv;
pub mod datapackage;
mod error;
pub mod html;
pub mod json;
pub mod series;
pub mod sum;
#[cfg(test)]
mod testing;

pub use error::ReportError;
