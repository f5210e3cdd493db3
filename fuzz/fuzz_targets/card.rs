//! A text is a card, a stub or neither, as a second implementation of the code says, and what is accepted has one spelling.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::card::check(bytes));
