//! No made-up file makes the verifier panic, and whatever it says is printable.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::verify::check(bytes));
