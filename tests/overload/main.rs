//! More connections, tallies and forged cards than can be served.
//!
//! Memory stays bounded, those who are served are served right, all others get
//! 503 or a closed connection, and it is over when the flood is over.
//! `PEERTALLY_DEEP=1` sends more for longer. Every flood runs on this machine's
//! own loopback and is bounded in number.
#![allow(missing_docs, unreachable_pub, reason = "helpers of tests")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

#[path = "../common/mod.rs"]
mod common;
mod connections;
mod crowd;
mod forged;
mod forms;
mod pipelining;
mod readers;
#[cfg(feature = "test-hooks")]
mod tallies;

/// Whether to send more, for longer.
fn deep() -> bool {
    std::env::var_os("PEERTALLY_DEEP").is_some()
}
