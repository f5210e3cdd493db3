//! A policy that is accepted comes back from its own writing; a refusal names a place.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::policy_file::check(bytes));
