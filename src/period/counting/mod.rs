//! The counting process: opened rows and exact sums never enter the memory of the service.
//!
//! Whoever closes starts this same program again as a short-lived process with nothing but a pipe. It is
//! handed the sealed rows, the period's secrets and the programme; it opens, bounds, sums, draws the
//! noise, hands back what may be published, and ends. The kernel takes its memory back.
//! Guarantee: no secret stands in arguments or environment. The program is a descriptor that was opened
//! at the start, so an upgrade on the disk meanwhile makes no difference.
//! Non-guarantee: while it runs (seconds), whoever controls the host reads its memory.
//! Source: docs/ARCHITECTURE.md, "Walkthrough 2: closing a period".

mod job;
mod open;
mod process;

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;

use zeroize::Zeroizing;

use crate::crypto::CountingKeys;
use crate::crypto::seal::SEALED;
use crate::domain::RowKey;
use crate::store::StoreError;

pub(super) use job::Job;
use job::Reply;
pub use process::entered;

/// The first argument of the counting process. Nobody types it.
const ARGUMENT: &str = "counting-process";

static PROGRAM: OnceLock<File> = OnceLock::new();

/// Why a period could not be counted. Nothing was published, and the next close begins anew.
#[derive(Debug, thiserror::Error)]
pub enum CountingError {
    /// It was not said which program counts.
    #[error("this program does not know which program counts: report this fault")]
    NoProgram,
    /// It cannot be started.
    #[error(
        "the counting process, which is this program once more, could not be started ({0}): nothing was counted. Let the service start its own program (ExecPaths and TasksMax in its unit), then run `close` again"
    )]
    NotStarted(io::Error),
    /// It ended before its time.
    #[error(
        "the counting process ended before it was done ({0}): nothing was published, and no noise was seen. Look whether memory is short, then run `close` again"
    )]
    Ended(String),
    /// It says why it cannot.
    #[error("{0}")]
    Refused(String),
    /// Rows that do not open.
    #[error("{0} sealed rows do not open")]
    Damaged(usize),
    /// The rows could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// From now on the program that runs is also the one that counts. Call it before the sandbox.
///
/// # Errors
/// Where the running program cannot be opened.
pub fn use_this_program() -> io::Result<()> {
    use_program(Path::new("/proc/self/exe"))
}

/// From now on this program counts; for tests and benchmarks, which are programs of their own.
///
/// # Errors
/// Where it cannot be opened.
pub fn use_program(path: &Path) -> io::Result<()> {
    let file = File::open(path)?;
    // The first one stays.
    let _ = PROGRAM.set(file);
    Ok(())
}

/// The program that counts, for the sandbox: it must stay executable.
#[must_use]
pub fn program() -> Option<&'static File> {
    PROGRAM.get()
}

/// What the counting process would be kept from, as `doctor` tells it: nothing missing is `None`.
///
/// # Errors
/// [`CountingError::NotStarted`], [`CountingError::Ended`].
pub fn try_out() -> Result<Option<String>, CountingError> {
    let mut child = start(&["--try"])?;
    drop(child.stdin.take());
    let mut words = String::new();
    let read = child.stdout.take().map(|mut stdout| stdout.read_to_string(&mut words));
    match (child.wait(), read) {
        (Ok(status), Some(Ok(_))) if status.success() => Ok(Some(words).filter(|words| !words.is_empty())),
        (Ok(status), _) => Err(CountingError::Ended(status.to_string())),
        (Err(error), _) => Err(CountingError::Ended(error.to_string())),
    }
}

/// Reads a period's sealed rows, each handed to the function that it is given.
pub(super) type Rows<'a> = &'a dyn Fn(&mut dyn FnMut(RowKey, &[u8])) -> Result<(), StoreError>;

/// Counts in a process of its own: the bytes of the release. `step` is told what has been done.
pub(super) fn count(
    job: &Job,
    keys: Option<&CountingKeys>,
    rows: Rows<'_>,
    step: &dyn Fn(&str),
) -> Result<Zeroizing<Vec<u8>>, CountingError> {
    #[cfg(test)]
    if program().is_none() {
        return here(job, keys, rows, step);
    }
    let mut child = start(&[])?;
    let handed = child.stdin.take().map_or(Ok(()), |mut pipe| hand_over(&mut pipe, job, keys, rows));
    if let Err(CountingError::Store(_)) = handed {
        // Its input has ended too early, so it ends by itself.
        let _ = child.wait();
        return handed.map(|()| Zeroizing::default());
    }
    let reply = child.stdout.take().map_or(Ok(None), |mut stdout| read_replies(&mut stdout, step));
    let status = child.wait().map_err(|error| CountingError::Ended(error.to_string()))?;
    outcome(reply.ok().flatten(), status)
}

/// What a last word comes to; without one the process has ended by itself.
fn outcome(last: Option<Reply>, status: ExitStatus) -> Result<Zeroizing<Vec<u8>>, CountingError> {
    match last {
        Some(Reply::Done(bytes)) if status.success() => Ok(bytes),
        Some(Reply::Damaged(number)) => Err(CountingError::Damaged(number)),
        Some(Reply::Refused(why)) => Err(CountingError::Refused(why)),
        _ => Err(CountingError::Ended(status.to_string())),
    }
}

/// The same in this process, for unit tests, which are not the program.
#[cfg(test)]
fn here(
    job: &Job,
    keys: Option<&CountingKeys>,
    rows: Rows<'_>,
    step: &dyn Fn(&str),
) -> Result<Zeroizing<Vec<u8>>, CountingError> {
    let (mut input, mut output) = (Vec::new(), Vec::new());
    hand_over(&mut input, job, keys, rows)?;
    let last = process::work(&mut input.as_slice(), 2, &mut output).map_err(|e| CountingError::Ended(e.to_string()))?;
    while let Ok(Some(Reply::Step(name))) = Reply::read(&mut output.as_slice()) {
        step(&name);
        output.drain(..5 + name.len());
    }
    outcome(Some(last), ExitStatus::default())
}

fn start(more: &[&str]) -> Result<Child, CountingError> {
    let program = program().ok_or(CountingError::NoProgram)?;
    // Of the child's own descriptors: it has a copy until it runs the program.
    let mut command = Command::new(format!("/proc/self/fd/{}", program.as_raw_fd()));
    command.arg0("peertally").arg(ARGUMENT).args(more).env_clear();
    #[cfg(feature = "test-hooks")]
    command.envs(std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PEERTALLY_TEST_")));
    // Nobody reads what it would say there; the sandbox keeps /dev/null shut.
    let (_, unread) = io::pipe().map_err(CountingError::NotStarted)?;
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(unread);
    command.spawn().map_err(CountingError::NotStarted)
}

/// Writes everything that the process needs. A process that has gone away tells why, or its status does.
fn hand_over(
    pipe: &mut dyn Write,
    job: &Job,
    keys: Option<&CountingKeys>,
    rows: Rows<'_>,
) -> Result<(), CountingError> {
    let gone = |error: io::Error| CountingError::Ended(error.to_string());
    job.write(pipe).map_err(gone)?;
    let Some(keys) = keys else { return Ok(()) };
    // Unbuffered: no copy of the secrets is left in a buffer.
    pipe.write_all(keys.to_bytes().as_ref()).map_err(gone)?;
    let mut pipe = BufWriter::with_capacity(64 * 1024, pipe);
    let mut written = Ok(());
    rows(&mut |key, sealed| {
        // A row of another width does not open, and must not shift those behind it.
        let sealed = if sealed.len() == SEALED { sealed } else { &[0; SEALED] };
        if written.is_ok() {
            written = pipe.write_all(&key.0).and_then(|()| pipe.write_all(sealed));
        }
    })?;
    written.and_then(|()| pipe.flush()).map_err(gone)
}

/// The last word of the process, if there is one; steps on the way are told.
fn read_replies(stdout: &mut dyn Read, step: &dyn Fn(&str)) -> io::Result<Option<Reply>> {
    while let Some(reply) = Reply::read(stdout)? {
        match reply {
            Reply::Step(name) => step(&name),
            last => return Ok(Some(last)),
        }
    }
    Ok(None)
}
