//! More connections, tallies and forged cards than can be served.
//!
//! Memory stays bounded, those who are served are served right, all others get
//! 503 or a closed connection, and it is over when the flood is over.
//! `PEERTALLY_DEEP=1` sends more for longer. Every flood runs on this machine's
//! own loopback and is bounded in number.
#![allow(missing_docs, unreachable_pub, reason = "helpers of tests")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

mod common;
#[path = "overload/connections.rs"]
mod connections;
#[path = "overload/crowd.rs"]
mod crowd;
#[path = "overload/forged.rs"]
mod forged;
#[path = "overload/readers.rs"]
mod readers;
#[path = "overload/tallies.rs"]
mod tallies;

/// Whether to send more, for longer.
fn deep() -> bool {
    std::env::var_os("PEERTALLY_DEEP").is_some()
}
