//! Made-up bytes open nothing; what is inside a sealed tally is read in one way only.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::sealed_tally::check(bytes));
