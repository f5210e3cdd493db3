//! The properties that the fuzz targets check, as plain functions of bytes.
//!
//! Guarantee: a function that returns found its property true; every other end
//! is a finding. Nothing in here knows the fuzzer, so that `tests/properties/fuzz_seeds.rs`
//! can replay the seeds on a stable toolchain.

pub mod bundle;
pub mod card;
pub mod event;
pub mod form_body;
pub mod key_file;
pub mod note;
pub mod policy_file;
pub mod programme_file;
pub mod record;
pub mod release;
pub mod sealed_tally;
pub mod sheet;
mod tally;
pub mod tally_body;
mod texts;
pub mod tile;
pub mod verify;

/// A property: it panics where it does not hold.
pub type Property = fn(&[u8]);

/// Every target: its name, which is also the folder of its seeds, and its property.
pub const TARGETS: [(&str, Property); 15] = [
    ("card", card::check),
    ("tally_body", tally_body::check),
    ("form_body", form_body::check),
    ("sealed_tally", sealed_tally::check),
    ("record", record::check),
    ("programme_file", programme_file::check),
    ("policy_file", policy_file::check),
    ("note", note::check),
    ("tile", tile::check),
    ("event", event::check),
    ("release", release::check),
    ("sheet", sheet::check),
    ("key_file", key_file::check),
    ("bundle", bundle::check),
    ("verify", verify::check),
];
