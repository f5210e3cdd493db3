//! Tile paths have one form, the one that `tlog_tiles` reads, and bundles encode to the bytes they came from.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| peertally_fuzz::tile::check(bytes));
