//! HTTP: the form, the API, and public files. The only room that names actix.
//!
//! Guarantee: no address, user agent or time of a request is read or logged;
//! everything that shows data of the form is `no-store`; every refusal is one
//! of RFC 9457's problem documents, or the form again with the same words.
//! Non-guarantee: whoever terminates TLS in front sees addresses and times.
//! Callers: cli (`serve`, `demo`), tests.

mod api;
mod asked;
mod body;
mod connections;
mod forms;
mod handlers;
mod headers;
mod pack;
mod pages;
mod parts;
mod problem;
mod public;
mod reading;
mod routes;
mod server;
mod site;
pub mod telemetry;
mod unread;

/// The pages' style sheet, also for reports written to a file.
pub const STYLE: &str = include_str!("assets/style.css");
/// What report pages have beside it.
pub const REPORT_STYLE: &str = include_str!("assets/report.css");

pub use pages::sheets::{Sheet, alone};
pub use server::{Listener, Stop, run};
pub use site::{NextRelease, Site};
