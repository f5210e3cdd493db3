//! A JSON body that is taken says exactly what the tally says, within the programme's lists and limits.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::tally_body::check(bytes));
