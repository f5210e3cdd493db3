//! Every row of a sheet is taken or named by its line, and what is taken comes back from its own writing.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::sheet::check(bytes));
