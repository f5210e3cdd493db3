//! A text is a private key file, a public one or neither, and what is accepted has one spelling.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::key_file::check(bytes));
