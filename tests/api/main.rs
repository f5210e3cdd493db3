//! The service over HTTP: the real program on a free port, asked as phones, readers and attackers ask.

#[path = "../common/mod.rs"]
mod common;

mod form;
mod limits;
mod locale_pages;
mod openapi;
mod over_time;
mod periods;
mod policy_pages;
mod refusals;
mod report_pages;
mod reports;
mod tallies;
mod visibility;
