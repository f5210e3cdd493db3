//! The running service from inside: what its sandbox refuses, that the same acts succeed without it, and that
//! the service does its work behind it. Needs Landlock 6 (Linux 6.12); where the kernel has less, set
//! `PEERTALLY_NO_LANDLOCK=1`, and nothing is proven.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test may stop at once")]

use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{PROGRAM, Programme, Service, receipt, tally};

const NO_SANDBOX: &str = "PEERTALLY_TEST_NO_SANDBOX";

fn cannot_be_proven() -> bool {
    let told = std::env::var_os("PEERTALLY_NO_LANDLOCK").is_some();
    if told {
        eprintln!("SKIPPED: the environment says that this kernel lacks Landlock");
    }
    told
}

/// Serves with or without the sandbox.
fn serve(programme: &Programme, confined: bool, more: impl FnOnce(&mut Command)) -> Service {
    programme.serve_with(&[], |command| {
        if !confined {
            command.env(NO_SANDBOX, "1");
        }
        more(command);
    })
}

/// What became of each act: nothing, or the system's error number.
fn probe(programme: &Programme, confined: bool, acts: &[String]) -> Vec<(String, Option<i32>)> {
    let script = programme.data().join("probe.acts");
    fs::write(&script, acts.join("\n")).unwrap();
    let service = serve(programme, confined, |command| {
        command.env("PEERTALLY_TEST_PROBE", &script);
    });
    let (answer, began) = (script.with_extension("done"), Instant::now());
    while !answer.exists() {
        assert!(began.elapsed() < Duration::from_secs(120), "the probe did not answer");
        std::thread::sleep(Duration::from_millis(50));
    }
    let words = service.stop();
    assert_eq!(words.contains("event=\"sandbox\""), !confined, "{words}");
    let line = |line: &str| {
        let (act, end) = line.rsplit_once(": ").unwrap();
        (act.to_owned(), end.strip_prefix("refused ").map(|number| number.parse().unwrap()))
    };
    fs::read_to_string(answer).unwrap().lines().map(line).collect()
}

#[test]
fn the_service_can_do_nothing_outside_its_folder_and_could_without_the_sandbox() {
    if cannot_be_proven() {
        return;
    }
    for confined in [true, false] {
        let programme = Programme::new();
        let outside = programme.folder.path().display().to_string();
        let data = programme.data().display().to_string();
        for name in ["letter", "short", "old", "moved", "linked"] {
            fs::write(programme.path(name), "kept").unwrap();
        }
        let (tcp, name) = (TcpListener::bind("127.0.0.1:0").unwrap(), format!("peertally-test-{outside}"));
        let _abstract = UnixListener::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
        let forbidden = [
            "read /etc/passwd".to_owned(),
            "list /".to_owned(),
            "read /proc/self/status".to_owned(),
            format!("read {outside}/letter"),
            format!("list {outside}"),
            format!("append {outside}/letter"),
            format!("cut {outside}/short"),
            format!("cut {data}.witness"),
            format!("remove {data}.witness"),
            format!("write {outside}/new"),
            format!("mkdir {outside}/folder"),
            format!("remove {outside}/old"),
            format!("rename {outside}/moved {data}/moved"),
            format!("rename {data}/format {outside}/format"),
            format!("link {outside}/linked {data}/linked"),
            format!("link {data}/keys/log.key {outside}/log.key"),
            format!("symlink /etc/passwd {data}/public/passwd"),
            "run /bin/true".to_owned(),
            format!("connect {}", tcp.local_addr().unwrap()),
            "listen 127.0.0.1:0".to_owned(),
            format!("abstract {name}"),
            format!("signal {}", std::process::id()),
        ];
        let ends = probe(&programme, confined, &forbidden);
        assert_eq!(ends.len(), forbidden.len());
        tcp.set_nonblocking(true).unwrap();
        if confined {
            // EPERM, EACCES or EXDEV: refused, and not for want of the thing itself.
            let wrong: Vec<_> = ends.iter().filter(|(_, end)| !matches!(end, Some(1 | 13 | 18))).collect();
            assert!(wrong.is_empty(), "not refused: {wrong:?}");
            for name in ["letter", "short", "old", "moved", "linked"] {
                assert_eq!(fs::read_to_string(programme.path(name)).unwrap(), "kept");
            }
            let names: Vec<_> = fs::read_dir(&outside).unwrap().map(|e| e.unwrap().file_name()).collect();
            // These five, the data folder and its witness.
            assert_eq!(names.len(), 7, "{names:?}");
            assert!(tcp.accept().is_err(), "a connection came");
        } else {
            let wrong: Vec<_> = ends.iter().filter(|(_, end)| end.is_some()).collect();
            assert!(wrong.is_empty(), "refused without the sandbox: {wrong:?}");
            assert!(tcp.accept().is_ok(), "no connection came");
        }
    }
}

/// Inside DATA everything that the program does is possible; and SECURITY.md names what no Landlock used here stops.
#[test]
fn what_stays_possible_is_what_the_pages_say() {
    if cannot_be_proven() {
        return;
    }
    let programme = Programme::new();
    let (data, outside) = (programme.data().display().to_string(), programme.folder.path().display().to_string());
    fs::write(programme.path("letter"), "kept").unwrap();
    let (udp, _unix) = (UdpSocket::bind("127.0.0.1:0").unwrap(), UnixListener::bind(programme.path("u.sock")).unwrap());
    let own = [
        format!("write {data}/new"),
        format!("append {data}/new"),
        format!("cut {data}/new"),
        format!("mkdir {data}/folder"),
        format!("rename {data}/new {data}/folder/new"),
        format!("remove {data}/folder/new"),
        format!("read {data}/format"),
        format!("list {data}/public"),
    ];
    let limits = [
        format!("datagram {}", udp.local_addr().unwrap()),
        format!("socket {outside}/u.sock"),
        format!("mode {outside}/letter"),
    ];
    let ends = probe(&programme, true, &[&own[..], &limits].concat());
    assert!(ends.iter().all(|(_, end)| end.is_none()), "{ends:?}");
}

/// `NoNewPrivs` and `Threads` as the system shows them, for every thread.
fn no_new_privs(service: &Service) -> Vec<String> {
    let tasks = fs::read_dir(format!("/proc/{}/task", service.child.id())).unwrap();
    let all = tasks.map(|task| fs::read_to_string(task.unwrap().path().join("status")).unwrap());
    all.map(|status| status.lines().find(|line| line.starts_with("NoNewPrivs:")).unwrap().to_owned()).collect()
}

#[test]
fn every_thread_is_inside() {
    if cannot_be_proven() {
        return;
    }
    for (confined, expected) in [(true, "NoNewPrivs:\t1"), (false, "NoNewPrivs:\t0")] {
        let programme = Programme::new();
        let service = serve(&programme, confined, |_| {});
        assert_eq!(service.get("/readyz").status, 200);
        let threads = no_new_privs(&service);
        assert!(threads.len() > 3, "{threads:?}");
        assert!(threads.iter().all(|line| line == expected), "{threads:?}");
    }
}

#[test]
fn a_crash_leaves_no_core() {
    let programme = Programme::new();
    // As generous with dumps as the system lets us be.
    let generous = "ulimit -c unlimited 2>/dev/null || ulimit -S -c hard; exec \"$@\"";
    let mut crash = Command::new("sh");
    crash.args(["-c", generous, "sh", "sh", "-c", "kill -ABRT $$"]);
    let control = crash.current_dir(programme.folder.path()).status().unwrap();
    if !control.core_dumped() {
        eprintln!("this system writes no cores at all: only the limit is looked at");
    }
    let mut service = serve(&programme, true, |command| {
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        *command = Command::new("sh");
        command.args(["-c", generous, "sh", PROGRAM]).args(arguments).current_dir(programme.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    });
    let id = service.child.id().to_string();
    let limits = fs::read_to_string(format!("/proc/{id}/limits")).unwrap();
    let core: Vec<&str> =
        limits.lines().find_map(|l| l.strip_prefix("Max core file size")).unwrap().split_whitespace().collect();
    assert_eq!(core[..2], ["0", "0"], "{limits}");
    assert!(Command::new("kill").args(["-ABRT", &id]).status().unwrap().success());
    let end = service.child.wait().unwrap();
    assert_eq!((end.signal(), end.core_dumped()), (Some(6), false));
}

#[test]
fn the_work_is_done_behind_the_walls_also_at_a_unix_socket() {
    let programme = Programme::new();
    // A key file may lie elsewhere.
    let (key, away) = (programme.data().join("keys/master.key"), programme.path("away.key"));
    fs::copy(&key, &away).unwrap();
    fs::set_permissions(&away, fs::Permissions::from_mode(0o600)).unwrap();
    fs::remove_file(&key).unwrap();
    std::os::unix::fs::symlink(&away, &key).unwrap();

    let service = programme.serve();
    let card = programme.cards(1).remove(0);
    let week = service.week();
    assert_eq!(service.put(&card, &receipt(1), &tally(&week, 4)).status, 201);
    let status = programme.json(&["status"]);
    let period = status["periods"][0]["period"].as_str().unwrap().to_owned();
    programme.json(&["close", &period, "--early"]);
    assert_eq!(service.get(&format!("/v1/releases/{period}")).status, 200);
    let words = service.stop();
    assert!(cannot_be_proven() || !words.contains("sandbox"), "{words}");
    assert_eq!(programme.release(&period)["period"], period.as_str());

    // Started again, at a socket outside DATA, over the one that was left there.
    let socket = programme.path("web.sock");
    for _ in 0..2 {
        let listen = format!("unix:{}", socket.display());
        let mut again = programme.command(&["serve", "--listen", &listen]);
        let child = again.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let service = Service { address: "127.0.0.1:9".parse().unwrap(), child };
        let began = Instant::now();
        let stream = loop {
            match UnixStream::connect(&socket) {
                Ok(stream) => break stream,
                Err(error) => assert!(began.elapsed() < Duration::from_secs(60), "{error}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        drop(stream);
        // A second service on the same folder does not take the socket away.
        let second = programme.run(&["serve", "--listen", &listen]);
        assert_eq!(second.status.code(), Some(1));
        assert!(UnixStream::connect(&socket).is_ok());
        drop(service);
    }
}
