//! What the pages show: plain data for the templates, no actix.

mod api;
pub(super) mod form;
mod over_time;
pub(in crate::web) mod sheets;
mod views;

pub(super) use api::ApiPage;
pub(super) use form::FormPage;
pub(super) use over_time::{Chosen, OverTimePage};
pub(super) use views::{
    AuditPage, EntryLine, ErrorPage, HelpPage, Proof, ReceiptPage, ReleaseLine, ReportPage, ReportsPage,
};
