//! A programme from its first day to its last: closing, crashes, custody, copies, what is left behind.

#[path = "../common/mod.rs"]
mod common;

mod attribution;
#[cfg(feature = "test-hooks")]
mod backup;
mod calendar;
#[cfg(feature = "test-hooks")]
mod close;
#[cfg(feature = "test-hooks")]
mod custody;
#[cfg(feature = "test-hooks")]
mod data_folder;
mod durable_put;
mod environment;
mod environment_disk;
mod kill;
mod markers;
mod power_cut;
mod regressions;
mod remains;
mod sandbox;
mod secrets;
#[cfg(feature = "test-hooks")]
mod simulation;
#[cfg(feature = "test-hooks")]
mod witness;
