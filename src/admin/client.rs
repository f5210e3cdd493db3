//! The command line's side: over the socket, or in this process.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;

use super::execute::{copy, execute};
use super::protocol::{Answer, Line, Refusal, Request, Role};
use crate::clock::Clock;
use crate::period::{Folder, House, HouseError};

/// A request without a sheet of tallies is shorter.
const SHORT: usize = 4096;

/// Where requests go.
pub enum Desk {
    /// A running service.
    Service(UnixStream),
    /// This process, which has opened the store itself.
    Here(Box<House>),
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The data folder does not open.
    #[error(transparent)]
    House(#[from] HouseError),
    /// The request is refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The service went away.
    #[error(
        "the running service did not answer ({0}): look at its log, then run the command again; it is safe to repeat"
    )]
    Broken(String),
}

impl Desk {
    /// Connects to a running service, or opens the data folder where none runs.
    ///
    /// # Errors
    /// [`DeskError::House`].
    pub fn reach(folder: Folder, clock: Arc<dyn Clock>) -> Result<Self, DeskError> {
        folder.check().map_err(HouseError::from)?;
        if let Ok(stream) = UnixStream::connect(folder.socket()) {
            return Ok(Self::Service(stream));
        }
        Ok(Self::Here(Box::new(House::open(folder, clock)?)))
    }

    /// Asks one thing.
    ///
    /// # Errors
    /// [`DeskError::Refused`] in the service's words.
    pub fn ask(self, request: Request, progress: &(dyn Fn(u64) + Sync)) -> Result<Answer, DeskError> {
        match self {
            Self::Here(house) => Ok(execute(&house, Role::Coordinator, request, progress)?),
            Self::Service(stream) => {
                over(&stream, &request, progress, &mut |_| Err(std::io::ErrorKind::InvalidData.into()))
            }
        }
    }

    /// Hands what [`Request::Dump`] or [`Request::Backup`] asks for to `sink`, in pieces.
    ///
    /// # Errors
    /// [`DeskError::Refused`] in the service's words; [`DeskError::Broken`] with the reason of `sink`.
    pub fn copy(
        self,
        request: &Request,
        sink: &mut dyn FnMut(&str) -> std::io::Result<()>,
    ) -> Result<Answer, DeskError> {
        match self {
            Self::Here(house) => Ok(copy(&house, Role::Coordinator, request, sink)?),
            Self::Service(stream) => over(&stream, request, &|_| {}, sink),
        }
    }
}

fn over(
    mut stream: &UnixStream,
    request: &Request,
    progress: &(dyn Fn(u64) + Sync),
    data: &mut dyn FnMut(&str) -> std::io::Result<()>,
) -> Result<Answer, DeskError> {
    let broken = |error: &dyn std::fmt::Display| DeskError::Broken(error.to_string());
    // Room from the start for a request with a key: a text that grows leaves pieces of itself behind.
    let mut text = zeroize::Zeroizing::new(Vec::with_capacity(SHORT));
    serde_json::to_writer(&mut *text, request).map_err(|e| broken(&e))?;
    text.push(b'\n');
    stream.write_all(&text).map_err(|e| broken(&e))?;
    for line in BufReader::new(stream).lines() {
        match serde_json::from_str(&line.map_err(|e| broken(&e))?).map_err(|e| broken(&e))? {
            Line::Progress(done) => progress(done),
            Line::Data(piece) => data(&piece).map_err(|e| broken(&e))?,
            Line::Answer(answer) => return Ok(answer),
            Line::Refusal(refusal) => return Err(refusal.into()),
        }
    }
    Err(broken(&"the connection ended"))
}
