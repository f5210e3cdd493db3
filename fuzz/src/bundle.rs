//! The bundle of public files.

use peertally::verify::Bundle;

/// What is read can be written, and what was written comes back as it was.
pub fn check(bytes: &[u8]) {
    let bundle = match Bundle::read(&super::texts::raw(bytes)) {
        Ok(bundle) => bundle,
        Err(error) => return super::texts::for_people(&error.to_string(), 1000),
    };
    let Ok(written) = bundle.to_bytes() else { return };
    let again = Bundle::read(&written).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(again.files(), bundle.files());
    assert_eq!(again.to_bytes().ok(), Some(written));
}
