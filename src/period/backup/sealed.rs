//! The outside of a sealed backup: a first line with the encapsulated key, then one line a piece.
//!
//! Guarantee: [`Opened`] gives bytes only from pieces that are whole, in order and the sender's;
//! the end is reached only after the last one, and nothing may follow it.
//! Errors of the kind `InvalidData` mean changed (or another key), `UnexpectedEof` cut.

use std::io::{self, BufRead, Read};

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::line::{LONGEST, PIECE};
use super::{BackupError, FORMAT, Secret};
use crate::crypto::envelope::{Envelope, Opening};
use crate::crypto::{PeriodPrivateKey, PeriodPublicKey};

/// Before a piece that others follow, and before the last one.
const MORE: char = '+';
const LAST: char = '.';

/// The first line.
#[derive(Serialize, Deserialize)]
enum First {
    #[serde(rename = "sealed-backup")]
    Sealed(SealedHead),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SealedHead {
    encapsulated: String,
    format: u32,
}

/// Seals text and hands it on.
pub(super) struct Sealing<'a> {
    envelope: Envelope,
    piece: Secret,
    sink: &'a mut dyn FnMut(&str) -> io::Result<()>,
}

impl<'a> Sealing<'a> {
    pub(super) fn begin(
        to: &PeriodPublicKey,
        sink: &'a mut dyn FnMut(&str) -> io::Result<()>,
    ) -> Result<Self, BackupError> {
        let (envelope, key) = Envelope::begin(to)?;
        let head = First::Sealed(SealedHead { encapsulated: BASE64URL_NOPAD.encode(&key), format: FORMAT });
        sink(&(serde_json::to_string(&head).map_err(io::Error::other)? + "\n"))?;
        Ok(Self { envelope, piece: Zeroizing::new(Vec::with_capacity(PIECE)), sink })
    }

    pub(super) fn take(&mut self, text: &str) -> io::Result<()> {
        let mut left = text.as_bytes();
        while !left.is_empty() {
            if self.piece.len() == PIECE {
                self.hand_on(MORE)?;
            }
            let (now, later) = left.split_at(left.len().min(PIECE - self.piece.len()));
            self.piece.extend_from_slice(now);
            left = later;
        }
        Ok(())
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        self.hand_on(LAST)
    }

    fn hand_on(&mut self, sign: char) -> io::Result<()> {
        let sealed = self.envelope.seal(&self.piece, sign == LAST).map_err(io::Error::other)?;
        self.piece.zeroize();
        (self.sink)(&format!("{sign}{}\n", BASE64URL_NOPAD.encode(&sealed)))
    }
}

/// The inside of a sealed backup.
pub(super) struct Opened<'a> {
    from: &'a mut dyn BufRead,
    opening: Opening,
    piece: Secret,
    at: usize,
    over: bool,
}

impl<'a> Opened<'a> {
    /// Goes on after the first line, which was read already.
    pub(super) fn begin(first: &[u8], from: &'a mut dyn BufRead, key: &PeriodPrivateKey) -> Result<Self, BackupError> {
        let odd = BackupError::Changed("its first line");
        let Ok(First::Sealed(head)) = serde_json::from_slice(first) else { return Err(odd) };
        if head.format > FORMAT {
            return Err(BackupError::Newer(head.format));
        }
        let encapsulated = BASE64URL_NOPAD.decode(head.encapsulated.as_bytes()).ok();
        let Some(encapsulated) = encapsulated.and_then(|bytes| bytes.try_into().ok()) else { return Err(odd) };
        // One byte form, so that every byte of the file counts.
        let again = serde_json::to_string(&First::Sealed(head)).map_err(io::Error::other)?;
        if first.strip_suffix(b"\n") != Some(again.as_bytes()) {
            return Err(odd);
        }
        let opening = Opening::begin(key, &encapsulated)?;
        Ok(Self { from, opening, piece: Secret::default(), at: 0, over: false })
    }

    fn next(&mut self) -> io::Result<()> {
        let mut line = Vec::new();
        (&mut *self.from).take(LONGEST).read_until(b'\n', &mut line)?;
        let line = line.strip_suffix(b"\n").ok_or(io::ErrorKind::UnexpectedEof)?;
        let (sign, text) = line.split_first().ok_or(io::ErrorKind::InvalidData)?;
        let last = char::from(*sign) == LAST;
        if !last && char::from(*sign) != MORE {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let sealed = BASE64URL_NOPAD.decode(text).map_err(|_| io::ErrorKind::InvalidData)?;
        self.piece = self.opening.open(&sealed, last).map_err(|_| io::ErrorKind::InvalidData)?;
        (self.at, self.over) = (0, last);
        if last && !self.from.fill_buf()?.is_empty() {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(())
    }
}

impl Read for Opened<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.piece.len() && !self.over {
            self.next()?;
        }
        let left = self.piece.get(self.at..).unwrap_or_default();
        let number = left.len().min(to.len());
        to.iter_mut().zip(left).for_each(|(to, from)| *to = *from);
        self.at += number;
        Ok(number)
    }
}

/// Whether this is the first line of a sealed backup.
pub(super) fn is_sealed(first: &[u8]) -> bool {
    first.starts_with(b"{\"sealed-backup\":")
}
