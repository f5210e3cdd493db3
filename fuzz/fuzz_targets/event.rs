//! A log entry that decodes encodes to the same bytes, and the ledger's budget never shrinks.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::event::check(bytes));
