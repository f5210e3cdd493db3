//! A form comes back from its own writing, and is taken as the JSON body that says the same is taken.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::form_body::check(bytes));
