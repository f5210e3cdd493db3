//! A copy that the service, or the store itself, hands over in pieces: written whole and checked, or not at all.

use std::io::Write;
use std::path::Path;

use crate::admin::{AdminClient, Answer, Request};
use crate::crypto::digest::Hasher;
use crate::durable;

/// Writes the copy (0600) and answers its hex SHA-256.
pub(super) fn write(desk: AdminClient, request: &Request, out: &Path) -> Result<String, Box<dyn std::error::Error>> {
    durable::replace_with(out, durable::PRIVATE, |file| {
        let mut hasher = Hasher::default();
        let answer = desk.copy(request, &mut |piece| {
            hasher.update(piece.as_bytes());
            file.write_all(piece.as_bytes())
        })?;
        let digest = hasher.finish().to_string();
        match answer {
            Answer::Dumped { sha256 } if sha256 == digest => Ok::<_, Box<dyn std::error::Error>>(digest),
            _ => Err("what arrived is not what the service sent: run the command again".into()),
        }
    })
}
