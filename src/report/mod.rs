//! A release in the forms readers use.
//!
//! Guarantee: sees a [`Release`](crate::domain::release::Release) and nothing
//! else, so no form can say more than the release does.
//! Non-guarantee: whether a release is the published one is shown by the log, not here.
//! Callers: period (the stored file), web, cli, and later verify.

pub mod csv;
pub mod datapackage;
mod error;
pub mod html;
pub mod json;

pub use error::ReportError;
