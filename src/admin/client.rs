//! The command line's side: over the socket, or in this process.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;

use super::execute::{copy, execute};
use super::protocol::{Answer, Refusal, Request, ResponseLine, Role};
use crate::clock::Clock;
use crate::period::{DataDir, DataDirError, DataPaths};

/// A request without a sheet of tallies is shorter.
const SHORT: usize = 4096;

/// Where requests go.
pub enum AdminClient {
    /// A running service.
    Service(UnixStream),
    /// This process, which has opened the store itself.
    Here(Box<DataDir>),
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AdminClientError {
    /// The data folder does not open.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// The request is refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The service went away.
    #[error(
        "the running service did not answer ({0}): look at its log, then run the command again; it is safe to repeat"
    )]
    Broken(String),
}

impl AdminClient {
    /// Connects to a running service, or opens the data folder where none runs.
    ///
    /// # Errors
    /// [`AdminClientError::DataDir`].
    pub fn reach(folder: DataPaths, clock: Arc<dyn Clock>) -> Result<Self, AdminClientError> {
        folder.check().map_err(DataDirError::from)?;
        if let Ok(stream) = UnixStream::connect(folder.socket()) {
            return Ok(Self::Service(stream));
        }
        Ok(Self::Here(Box::new(DataDir::open(folder, clock)?)))
    }

    /// Asks one thing.
    ///
    /// # Errors
    /// [`AdminClientError::Refused`] in the service's words.
    pub fn ask(self, request: Request, progress: &(dyn Fn(u64) + Sync)) -> Result<Answer, AdminClientError> {
        match self {
            Self::Here(data_dir) => Ok(execute(&data_dir, Role::Coordinator, request, progress)?),
            Self::Service(stream) => {
                over(&stream, &request, progress, &mut |_| Err(std::io::ErrorKind::InvalidData.into()))
            }
        }
    }

    /// Hands what [`Request::Dump`] or [`Request::Backup`] asks for to `sink`, in pieces.
    ///
    /// # Errors
    /// [`AdminClientError::Refused`] in the service's words; [`AdminClientError::Broken`] with the reason of `sink`.
    pub fn copy(
        self,
        request: &Request,
        sink: &mut dyn FnMut(&str) -> std::io::Result<()>,
    ) -> Result<Answer, AdminClientError> {
        match self {
            Self::Here(data_dir) => Ok(copy(&data_dir, Role::Coordinator, request, sink)?),
            Self::Service(stream) => over(&stream, request, &|_| {}, sink),
        }
    }
}

fn over(
    mut stream: &UnixStream,
    request: &Request,
    progress: &(dyn Fn(u64) + Sync),
    data: &mut dyn FnMut(&str) -> std::io::Result<()>,
) -> Result<Answer, AdminClientError> {
    let broken = |error: &dyn std::fmt::Display| AdminClientError::Broken(error.to_string());
    // Room from the start for a request with a key: a text that grows leaves pieces of itself behind.
    let mut text = zeroize::Zeroizing::new(Vec::with_capacity(SHORT));
    serde_json::to_writer(&mut *text, request).map_err(|e| broken(&e))?;
    text.push(b'\n');
    stream.write_all(&text).map_err(|e| broken(&e))?;
    for line in BufReader::new(stream).lines() {
        match serde_json::from_str(&line.map_err(|e| broken(&e))?).map_err(|e| broken(&e))? {
            ResponseLine::Progress(done) => progress(done),
            ResponseLine::Data(piece) => data(&piece).map_err(|e| broken(&e))?,
            ResponseLine::Answer(answer) => return Ok(answer),
            ResponseLine::Refusal(refusal) => return Err(refusal.into()),
        }
    }
    Err(broken(&"the connection ended"))
}
