//! Notes, checkpoints and keys have one form each, and the crates `signed_note` and `tlog_tiles` read the same.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::note::check(bytes));
