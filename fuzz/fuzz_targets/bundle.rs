//! A bundle that is read is written and read again as it was.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::bundle::check(bytes));
