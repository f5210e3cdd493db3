//! What goes through the pipe to the counting process, and back.
//!
//! In: a length and a JSON object; then, unless the keys are lost, 64 bytes of secrets and the sealed rows,
//! each with its row key, all of one width. Out: frames of a kind, a length and that many bytes.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::domain::Period;

/// Most bytes of a frame: a programme file or a release is far smaller.
const MOST: u32 = 256 * 1024 * 1024;

/// What is to be counted, but for secrets and rows.
#[derive(Serialize, Deserialize)]
pub(in crate::period) struct Job {
    /// Which period.
    pub(in crate::period) period: Period,
    /// The programme file that it was opened with.
    pub(in crate::period) programme: String,
    /// ρ as it was debited.
    pub(in crate::period) debited: Option<f64>,
    /// How many rows follow; `None` where the keys are lost, so that there is nothing to open.
    pub(in crate::period) rows: Option<u64>,
    /// Day of publication.
    pub(in crate::period) published: String,
    /// Hex SHA-256 of the programme file.
    pub(in crate::period) config_digest: String,
    /// Hex SHA-256 of the policy file.
    pub(in crate::period) policy_digest: String,
}

impl Job {
    pub(super) fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let text = serde_json::to_vec(self)?;
        let length = u32::try_from(text.len()).map_err(io::Error::other)?;
        to.write_all(&length.to_le_bytes())?;
        to.write_all(&text)
    }

    pub(super) fn read(from: &mut dyn Read) -> io::Result<Self> {
        Ok(serde_json::from_slice(&block(from)?)?)
    }
}

/// What the counting process says.
pub(super) enum Reply {
    /// A step is done.
    Step(String),
    /// The bytes of the release.
    Done(Zeroizing<Vec<u8>>),
    /// So many rows do not open.
    Damaged(usize),
    /// Why it cannot count, in words.
    Refused(String),
}

impl Reply {
    pub(super) fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let number;
        let (kind, bytes): (u8, &[u8]) = match self {
            Self::Step(name) => (b's', name.as_bytes()),
            Self::Done(bytes) => (b'd', bytes),
            Self::Damaged(rows) => {
                number = rows.to_string();
                (b'x', number.as_bytes())
            }
            Self::Refused(why) => (b'r', why.as_bytes()),
        };
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        to.write_all(&[kind])?;
        to.write_all(&length.to_le_bytes())?;
        to.write_all(bytes)?;
        to.flush()
    }

    /// The next one; `None` where the process has ended.
    pub(super) fn read(from: &mut dyn Read) -> io::Result<Option<Self>> {
        let mut kind = [0];
        if from.read(&mut kind)? == 0 {
            return Ok(None);
        }
        let bytes = block(from)?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        Ok(Some(match kind {
            [b's'] => Self::Step(text()),
            [b'd'] => Self::Done(bytes),
            [b'x'] => Self::Damaged(text().parse().map_err(io::Error::other)?),
            [b'r'] => Self::Refused(text()),
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }))
    }
}

/// A length and that many bytes, in a buffer of that size.
fn block(from: &mut dyn Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > MOST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Zeroizing::new(vec![0; usize::try_from(length).map_err(io::Error::other)?]);
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_come_back_as_they_went() {
        let mut pipe = Vec::new();
        Reply::Step("rows.opened".to_owned()).write(&mut pipe).unwrap();
        Reply::Damaged(7).write(&mut pipe).unwrap();
        Reply::Refused("no".to_owned()).write(&mut pipe).unwrap();
        Reply::Done(Zeroizing::new(b"{}".to_vec())).write(&mut pipe).unwrap();
        let mut from = pipe.as_slice();
        assert!(matches!(Reply::read(&mut from), Ok(Some(Reply::Step(name))) if name == "rows.opened"));
        assert!(matches!(Reply::read(&mut from), Ok(Some(Reply::Damaged(7)))));
        assert!(matches!(Reply::read(&mut from), Ok(Some(Reply::Refused(why))) if why == "no"));
        assert!(matches!(Reply::read(&mut from), Ok(Some(Reply::Done(bytes))) if bytes.as_slice() == b"{}"));
        assert!(matches!(Reply::read(&mut from), Ok(None)));
        assert!(Reply::read(&mut [b'd', 9, 0, 0, 0, 1].as_slice()).is_err(), "cut short");
        assert!(Reply::read(&mut [b'd', 255, 255, 255, 255].as_slice()).is_err(), "more than memory");
    }
}
