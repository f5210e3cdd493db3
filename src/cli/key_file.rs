//! Reads a key file that the user named.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use zeroize::Zeroizing;

use crate::crypto::KeyFileError;
use crate::crypto::key_file::LONGEST;

/// Reads no more than a key file holds, into memory that is wiped.
pub(super) fn read<T>(path: &Path, parse: impl FnOnce(&[u8]) -> Result<T, KeyFileError>) -> Result<T, String> {
    let mut bytes = Zeroizing::new([0; LONGEST]);
    let mut length = 0;
    let unreadable = |error: std::io::Error| {
        format!("{} cannot be read ({error}): check the name, and that it is your file", path.display())
    };
    let mut file = File::open(path).map_err(unreadable)?;
    while let Some(rest) = bytes.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match file.read(rest).map_err(unreadable)? {
            0 => break,
            more => length += more,
        }
    }
    let text = bytes.get(..length).unwrap_or_default();
    parse(text).map_err(|error| format!("{}: {error}", path.display()))
}
