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
#[cfg(feature = "test-hooks")]
mod environment_disk;
#[cfg(feature = "test-hooks")]
mod fixtures;
#[cfg(feature = "test-hooks")]
mod kill;
mod markers;
#[cfg(feature = "test-hooks")]
mod memory;
mod power_cut;
mod queue;
#[cfg(feature = "test-hooks")]
mod regressions;
mod remains;
#[cfg(feature = "test-hooks")]
mod sandbox;
mod secrets;
#[cfg(feature = "test-hooks")]
mod simulation;
#[cfg(feature = "test-hooks")]
mod witness;
