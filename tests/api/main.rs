//! The service over HTTP: the real program on a free port, asked as phones, readers and attackers ask.

#[path = "../common/mod.rs"]
mod common;

mod form;
mod limits;
mod locale_pages;
mod openapi;
#[cfg(feature = "test-hooks")]
mod over_time;
#[cfg(feature = "test-hooks")]
mod periods;
mod policy_pages;
mod refusals;
#[cfg(feature = "test-hooks")]
mod report_pages;
mod reports;
mod sealed;
mod tallies;
mod visibility;
