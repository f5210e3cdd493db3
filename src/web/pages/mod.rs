//! What the pages show: plain data for the templates, no actix.

mod api;
mod form;
mod frame;
mod over_time;
mod picture;
mod refused;
pub(in crate::web) mod sheets;
mod views;

pub(super) use api::ApiPage;
pub(super) use form::{CorrectPage, Fields, FormPage, PaperPage};
pub(super) use frame::Frame;
pub(super) use over_time::{Chosen, OverTimePage};
pub(super) use refused::Refused;
pub(super) use views::{
    AuditPage, EntryLine, ErrorPage, HelpPage, Proof, ReceiptPage, ReleaseLine, ReportPage, ReportsPage, WithdrawnPage,
};
