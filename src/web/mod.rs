//! HTTP: the form, the API, and public files. The only room that names actix.
//!
//! Guarantee: no address, user agent or time of a request is read or logged;
//! everything that shows data of the form is `no-store`; every refusal is one
//! of RFC 9457's problem documents, or the form again with the same words.
//! Non-guarantee: whoever terminates TLS in front sees addresses and times.

mod abort_unread;
mod api;
mod body;
mod chunked;
mod compress;
mod connections;
mod exports;
mod handlers;
mod headers;
mod made;
mod one_request;
mod pages;
mod problem;
mod public;
mod reading;
mod requested_lang;
mod routes;
mod sent;
mod server;
mod site;
pub mod telemetry;

/// The pages' style sheet, also for reports written to a file.
pub const STYLE: &str = include_str!("assets/style.css");
/// What report pages have beside it.
pub const REPORT_STYLE: &str = include_str!("assets/report.css");

pub use pages::sheets::{PolicySheet, alone};
pub use server::{Listener, Stop, run};
pub use site::{NextRelease, Site};
