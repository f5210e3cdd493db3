//! Bytes that decode as a record encode to the same bytes, and every record and period comes back.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::record::check(bytes));
