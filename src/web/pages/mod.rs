//! What the pages show: plain data for the templates, no actix.

mod api;
mod audit;
mod form;
mod frame;
mod over_time;
mod picture;
mod refused;
mod reports;
pub(in crate::web) mod sheets;
mod views;

pub(super) use api::ApiPage;
pub(super) use audit::AuditPage;
pub(super) use form::{CorrectPage, Fields, FormPage, PaperPage, groups, sent_lines};
pub(super) use frame::Frame;
pub(super) use over_time::{Chosen, OverTimePage, QueryRefusal};
pub(super) use refused::RefusalText;
pub(super) use reports::{ReportPage, ReportsPage};
pub(super) use views::{ErrorPage, HelpPage, Proof, ReceiptPage, SentGonePage, WithdrawnPage};
