//! Only in test builds: tries from inside what the sandbox forbids.
//!
//! Guarantee: nothing happens unless the environment names a file (`faults::probe_script`). Each
//! of its lines is one act (`read /etc/passwd`, `connect 127.0.0.1:9`); what
//! became of each is written beside it, as `.done`, with the system's error number.

use std::fs::{self, OpenOptions};
use std::io::{Error, ErrorKind, Result};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::path::Path;
use std::process::Command;

/// Tries the acts of the file that the environment names, on a thread of its own.
pub fn start() {
    if let Some(script) = crate::faults::probe_script() {
        std::thread::spawn(move || {
            // A test that finds no answer says so.
            let _ = probe(&script);
        });
    }
}

fn probe(script: &Path) -> Result<()> {
    let mut told = String::new();
    for act in fs::read_to_string(script)?.lines() {
        let end = match attempt(act) {
            Ok(()) => "done".to_owned(),
            Err(error) => format!("refused {}", error.raw_os_error().unwrap_or(0)),
        };
        told += &format!("{act}: {end}\n");
    }
    fs::write(script.with_extension("part"), told)?;
    fs::rename(script.with_extension("part"), script.with_extension("done"))
}

fn attempt(act: &str) -> Result<()> {
    let mut words = act.split(' ');
    let (what, on, to) = (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
    match what {
        "read" => fs::read(on).map(drop),
        "list" => fs::read_dir(on).map(drop),
        "write" => fs::write(on, "probe"),
        "append" => OpenOptions::new().append(true).open(on).map(drop),
        "cut" => OpenOptions::new().write(true).truncate(true).open(on).map(drop),
        "remove" => fs::remove_file(on),
        "mkdir" => fs::create_dir(on),
        "rename" => fs::rename(on, to),
        "link" => fs::hard_link(on, to),
        "symlink" => std::os::unix::fs::symlink(on, to),
        "run" => Command::new(on).status().map(drop),
        "connect" => TcpStream::connect(on).map(drop),
        "listen" => TcpListener::bind(on).map(drop),
        "datagram" => UdpSocket::bind("127.0.0.1:0")?.send_to(b"probe", on).map(drop),
        "abstract" => UnixStream::connect_addr(&SocketAddr::from_abstract_name(on)?).map(drop),
        "socket" => UnixStream::connect(on).map(drop),
        "mode" => fs::set_permissions(on, fs::Permissions::from_mode(0o600)),
        "signal" => {
            let id = on.parse().ok().and_then(rustix::process::Pid::from_raw);
            Ok(rustix::process::test_kill_process(id.ok_or(ErrorKind::InvalidInput)?)?)
        }
        _ => Err(Error::from(ErrorKind::Unsupported)),
    }
}
