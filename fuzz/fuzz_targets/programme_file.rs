//! A programme that is accepted is within the limits and comes back from its own writing; a refusal names a place.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::programme_file::check(bytes));
