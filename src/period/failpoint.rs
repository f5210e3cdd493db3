//! Places where a test build can be made to crash.
//!
//! Guarantee: without the feature `test-hooks` every call is empty.
//! With it, `PEERTALLY_FAILPOINT=name` aborts the process at that place, as a
//! power cut would, without unwinding or flushing. Each is a step of [`crate::hooks`] as well.

/// All failpoints of the close, in the order they are passed.
pub const CLOSE: [&str; 9] =
    ["closing", "debited", "reserved", "drawn", "drafted", "published", "renamed", "shredded", "destroyed"];

/// Those of a wipe.
pub const WIPE: [&str; 3] = ["wiped-period", "wiped-secrets", "wiped-store"];

/// Those of a restore.
pub const RESTORE: [&str; 6] =
    ["restore-begun", "restore-stored", "restore-public", "restore-keys", "restore-marked", "restore-named"];

/// Crashes here if a test asked for it.
#[cfg(feature = "test-hooks")]
pub fn hit(name: &'static str) {
    if std::env::var("PEERTALLY_FAILPOINT").is_ok_and(|wanted| wanted == name) {
        std::process::abort();
    }
    crate::hooks::pass(name);
}

/// Does nothing.
#[cfg(not(feature = "test-hooks"))]
pub fn hit(_name: &'static str) {}
