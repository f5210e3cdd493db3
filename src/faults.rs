//! What tests may do to the program, and nobody to the shipped one.
//!
//! Guarantee: this module exists only with the feature `test-hooks`, so every call of it must stand under
//! that feature as well, or the shipped program would not compile. No shipped body holds a fault: tests
//! break promises from outside, or by an engine over the true one (`store/faulty.rs`).
//! With the feature a test may end the process at a named step (`PEERTALLY_FAILPOINT`), stop its own
//! thread at the n-th step ([`crash_at`]), keep what a power cut would leave of the store
//! ([`keep_synced`]), have an engine with a fault ([`plant`]), and set the switches at the end of this
//! file in the environment.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The named steps of a close, in the order they are passed.
pub const CLOSE: [&str; 9] =
    ["closing", "debited", "reserved", "drawn", "drafted", "published", "renamed", "shredded", "destroyed"];

/// Those of a wipe.
pub const WIPE: [&str; 3] = ["wiped-period", "wiped-secrets", "wiped-store"];

/// Those of a restore.
pub const RESTORE: [&str; 6] =
    ["restore-begun", "restore-stored", "restore-public", "restore-keys", "restore-marked", "restore-named"];

/// What the stopped call unwinds with.
pub struct Stopped(pub &'static str);

type Action = Box<dyn FnOnce()>;

thread_local! {
    static ARMED: RefCell<Option<(u64, Action)>> = const { RefCell::new(None) };
    static PLANTED: Cell<Option<EngineFault>> = const { Cell::new(None) };
}

/// Stops this thread after `steps` further steps: `action` runs at that very moment (a test copies
/// the folder, as a killed process leaves it), then the call unwinds with [`Stopped`].
pub fn crash_at(steps: u64, action: Action) {
    ARMED.set(Some((steps, action)));
}

/// Takes that back.
pub fn disarm() {
    ARMED.set(None);
}

/// A step has been made: whatever it left is on the disk. If the environment names it, the process
/// ends here as in a power cut, without unwinding or flushing.
pub(crate) fn hit(step: &'static str) {
    if std::env::var("PEERTALLY_FAILPOINT").is_ok_and(|wanted| wanted == step) {
        std::process::abort();
    }
    let now = ARMED.with_borrow_mut(|armed| match armed {
        Some((0, _)) => armed.take(),
        Some((left, _)) => {
            *left -= 1;
            None
        }
        None => None,
    });
    if let Some((_, action)) = now {
        action();
        std::panic::resume_unwind(Box::new(Stopped(step)));
    }
}

static KEEP: Mutex<Option<(PathBuf, PathBuf)>> = Mutex::new(None);

/// From now on, whenever `file` has been synced, `copy` is made what it holds: that is all
/// that a power cut is sure to leave of it. `None` ends this.
pub fn keep_synced(file_and_copy: Option<(PathBuf, PathBuf)>) {
    *KEEP.lock().unwrap_or_else(PoisonError::into_inner) = file_and_copy;
}

/// A sync of `file` has come back.
pub(crate) fn synced(file: &Path) {
    let keep = KEEP.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, copy)) = keep.as_ref().filter(|(wanted, _)| wanted == file) {
        // Without it the earlier copy stays, and the test finds something lost.
        let _ = std::fs::copy(file, copy);
    }
}

/// How a storage engine may break its promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineFault {
    /// A tally that is moved to another period stays in its old one as well.
    KeepsMovedRows,
    /// A commit is answered before its sync, which comes with the next one.
    AnswersBeforeSync,
}

/// Every store that this thread opens from now on has this fault, or none.
pub fn plant(fault: Option<EngineFault>) {
    PLANTED.set(fault);
}

/// The fault that a store opened now should have.
pub(crate) fn planted() -> Option<EngineFault> {
    PLANTED.get()
}

/// Whether noise is left out. The figures stated about it do not change.
pub(crate) fn zero_noise() -> bool {
    is_on("PEERTALLY_TEST_ZERO_NOISE")
}

/// Whether the service runs without its sandbox.
pub(crate) fn no_sandbox() -> bool {
    is_on("PEERTALLY_TEST_NO_SANDBOX")
}

/// Whether the service leaves core dumps as they are.
pub(crate) fn dumpable() -> bool {
    is_on("PEERTALLY_TEST_DUMPABLE")
}

/// Keeps the counting process as it is, once it has opened the rows: so many milliseconds.
pub(crate) fn hold_counting() {
    let time = std::env::var("PEERTALLY_TEST_HOLD_COUNTING").ok().and_then(|time| time.parse().ok());
    if let Some(time) = time {
        std::thread::sleep(std::time::Duration::from_millis(time));
    }
}

/// The file with what should be tried from inside the sandbox.
pub(crate) fn probe_script() -> Option<PathBuf> {
    std::env::var_os("PEERTALLY_TEST_PROBE").map(PathBuf::from)
}

/// The length of a queue: another one if the environment says so, for a small crowd to fill it.
pub(crate) fn queue_length(length: usize) -> usize {
    let short = std::env::var("PEERTALLY_TEST_QUEUE").ok();
    short.and_then(|short| short.parse().ok()).unwrap_or(length)
}

fn is_on(switch: &str) -> bool {
    std::env::var_os(switch).is_some_and(|value| value == "1")
}
