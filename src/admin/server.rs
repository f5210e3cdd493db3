//! The service's side of the admin socket.
//!
//! Guarantee: the socket lies in a 0700 folder with mode 0600; one request a
//! connection; nothing of a request is logged.

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use zeroize::Zeroizing;

use super::execute::{copy, execute};
use super::protocol::{Refusal, Request, ResponseLine, Role};
use crate::period::DataDir;

/// Largest request: a million-row sheet fits.
const LARGEST: u64 = 256 * 1024 * 1024;
/// Read at a time.
const PIECE: usize = 8192;
/// How long a half-sent request is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers requests at `path` on a thread of its own, until the process ends.
///
/// The caller holds the store's lock, so a socket found at `path` is a dead one.
///
/// # Errors
/// The system's reason.
pub fn listen(data_dir: Arc<DataDir>, path: &Path) -> std::io::Result<()> {
    if path.exists() {
        std::fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    std::thread::Builder::new().name("admin".to_owned()).spawn(move || {
        // One at a time: a coordinator is one person, and memory stays bounded.
        for stream in listener.incoming().flatten() {
            // A coordinator who goes away mid-answer loses the answer, not the work.
            let done = catch_unwind(AssertUnwindSafe(|| answer(&data_dir, &stream)));
            if done.is_err() {
                data_dir.fail(&"the admin socket's thread broke down: start the service again");
                return;
            }
        }
    })?;
    Ok(())
}

fn answer(data_dir: &DataDir, stream: &UnixStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let line = read_line(stream)?;
    let out = Mutex::new(stream);
    let send = |line: &ResponseLine| -> std::io::Result<()> {
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        out.lock().unwrap_or_else(PoisonError::into_inner).write_all(text.as_bytes())
    };
    let end = match serde_json::from_slice::<Request>(&line) {
        Ok(request @ (Request::Dump | Request::Backup { .. })) => {
            match copy(data_dir, Role::Coordinator, &request, &mut |piece| send(&ResponseLine::Data(piece.to_owned())))
            {
                Ok(answer) => ResponseLine::Answer(answer),
                Err(refusal) => ResponseLine::Refusal(refusal),
            }
        }
        Ok(request) => {
            let progress = |done| {
                let _ = send(&ResponseLine::Progress(done));
            };
            match execute(data_dir, Role::Coordinator, request, &progress) {
                Ok(answer) => ResponseLine::Answer(answer),
                Err(refusal) => ResponseLine::Refusal(refusal),
            }
        }
        Err(_) => ResponseLine::Refusal(Refusal(
            "the service does not understand this request: use the same version of peertally for both".to_owned(),
        )),
    };
    send(&end)
}

/// One line, in memory that is wiped: it may hold card stubs or a private key.
fn read_line(stream: &UnixStream) -> std::io::Result<Zeroizing<Vec<u8>>> {
    // Room from the start for a request with a key: what grows leaves pieces of itself behind.
    let mut line = Zeroizing::new(Vec::with_capacity(2 * PIECE));
    let mut piece = Zeroizing::new([0; PIECE]);
    let mut stream = stream.take(LARGEST);
    loop {
        let length = stream.read(piece.as_mut())?;
        let read = piece.get(..length).unwrap_or_default();
        line.extend_from_slice(read);
        if length == 0 || read.contains(&b'\n') {
            return Ok(line);
        }
    }
}
