//! A release in the forms readers use.
//!
//! Guarantee: sees [`Release`](crate::domain::release::Release)s, and beside them
//! only public words and codes ([`Codebook`](crate::domain::Codebook), texts of
//! `locale`), so no form can say more than the releases do.
//! Non-guarantee: whether a release is the published one is shown by the log, not here.

mod bar;
mod chart;
mod comparability;
pub mod csv;
pub mod datapackage;
mod dhis2;
mod error;
pub mod export_format;
#[cfg(test)]
mod fixtures;
mod guarantee;
pub mod html;
mod incomparable;
pub mod json;
mod labels;
mod registry;
mod registry_words;
pub mod series;
pub mod sum;
mod table;
mod xlsx;
mod yaml;

pub use error::ReportError;
pub use export_format::{ExportContext, ExportFormat};
pub use incomparable::{Caveat, Incomparable};
pub use labels::{Headline, Labels};
