//! Places where a test build can be stopped, and faults it can be given.
//!
//! Guarantee: without the feature `test-hooks` every function here is empty, and the names of the
//! environment are not in the program. With it a test may have the thread that calls it stop at
//! its n-th durable step ([`crash_at`]), keep what a power cut would leave of the store
//! ([`keep_synced`]), or plant a fault (`PEERTALLY_TEST_PLANT`) to see that a test finds it.
//! Callers: `durable`, `store`, `intake`, `period`, `web`; tests.

#[cfg(feature = "test-hooks")]
pub use armed::{Stopped, crash_at, disarm, keep_synced};
#[cfg(feature = "test-hooks")]
pub(crate) use armed::{pass, planted, queue, synced};

/// Faults that can be planted: a row moved to another period stays in its old one as well; noise is
/// drawn again although the digest of a release is logged; although a draft stands; a commit is
/// answered before its sync, which comes with the next one.
pub const PLANTS: [&str; 4] = ["double-count", "redraw-after-digest", "redraw-after-draft", "acknowledge-before-sync"];

/// Leaks that can be planted, so that `audit scan` can show that it finds each: a line of the log holds
/// the card; a public file holds counts; a row is stored as it is; a salt outlives its period;
/// the service leaves core dumps on.
pub const LEAKS: [&str; 5] = ["leak-log", "leak-public", "leak-store", "leak-key", "leak-dump"];

/// Does nothing.
#[cfg(not(feature = "test-hooks"))]
pub(crate) fn pass(_step: &'static str) {}

/// Does nothing.
#[cfg(not(feature = "test-hooks"))]
pub(crate) fn synced(_file: &std::path::Path) {}

/// Always false.
#[cfg(not(feature = "test-hooks"))]
pub(crate) fn planted(_fault: &str) -> bool {
    false
}

/// The length of a queue: as it is.
#[cfg(not(feature = "test-hooks"))]
pub(crate) fn queue(length: usize) -> usize {
    length
}

#[cfg(feature = "test-hooks")]
mod armed {
    use std::cell::RefCell;
    use std::path::{Path, PathBuf};
    use std::sync::{Mutex, PoisonError};

    /// What the stopped call unwinds with.
    pub struct Stopped(pub &'static str);

    type Action = Box<dyn FnOnce()>;

    thread_local! {
        static ARMED: RefCell<Option<(u64, Action)>> = const { RefCell::new(None) };
    }

    /// Stops this thread after `steps` further durable steps: `action` runs at that very moment
    /// (a test copies the folder, as a killed process leaves it), then the call unwinds with [`Stopped`].
    pub fn crash_at(steps: u64, action: Action) {
        ARMED.set(Some((steps, action)));
    }

    /// Takes that back.
    pub fn disarm() {
        ARMED.set(None);
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

    /// One durable step has been made.
    pub(crate) fn pass(step: &'static str) {
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

    /// The length of a queue, or what the environment makes of it, so that a small crowd fills it.
    pub(crate) fn queue(length: usize) -> usize {
        let short = std::env::var("PEERTALLY_TEST_QUEUE").ok();
        short.and_then(|short| short.parse().ok()).unwrap_or(length)
    }

    /// Whether the environment asks for this fault.
    pub(crate) fn planted(fault: &str) -> bool {
        std::env::var_os("PEERTALLY_TEST_PLANT").is_some_and(|wanted| wanted == fault)
    }
}
