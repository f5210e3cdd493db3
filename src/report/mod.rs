//! A release in the forms readers use.
//!
//! Guarantee: sees [`Release`](crate::domain::release::Release)s, and beside them
//! only public words and codes ([`Codebook`](crate::domain::Codebook), texts of
//! `locale`), so no form can say more than the releases do.
//! Non-guarantee: whether a release is the published one is shown by the log, not here.
//! Callers: period (the stored file), web, cli, and later verify.

mod alike;
mod bar;
mod chart;
pub mod csv;
pub mod datapackage;
mod dhis2;
mod error;
pub mod form;
mod guarantee;
pub mod html;
pub mod json;
mod registry;
mod registry_words;
pub mod series;
pub mod sum;
mod table;
#[cfg(test)]
mod testing;
mod why;
mod words;
mod xlsx;
mod yaml;

pub use error::ReportError;
pub use form::{Beside, Form};
pub use why::{Note, Why};
pub use words::{Headline, Words};
