//! Wipes what a computation left below on the stack.
//!
//! Values that are moved leave copies behind which no destructor sees. Whoever works with pseudonyms or
//! records in a process that lives on does it in a call of its own and has the stack below it overwritten.
//! Guarantee: none by the language; `tests/lifecycle/memory.rs` searches the memory of the running service.
//! Non-guarantee: registers, and what the heap holds.

use zeroize::Zeroize;

/// Bytes overwritten: far more than sealing a row takes (measured: under 8 KiB).
const DEPTH: usize = 32 * 1024;

/// Runs `work` in a frame of its own, then overwrites the stack that it used.
pub fn scrubbed<T>(work: impl FnOnce() -> T) -> T {
    let done = apart(work);
    wipe();
    done
}

#[inline(never)]
fn apart<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn wipe() {
    let mut below = [0xa5_u8; DEPTH];
    std::hint::black_box(&mut below);
    below.zeroize();
}
