//! A release that is read is written to the same bytes, and every report of it can be read.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::release::check(bytes));
