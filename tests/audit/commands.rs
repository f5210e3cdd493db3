//! `audit verify` and `audit bundle` as an auditor runs them: on a folder, a bundle, and a service's address.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common;
use std::fs;
use std::process::{Command, Output};

use crate::common::{PROGRAM, Programme};
use serde_json::Value;

/// As an auditor: no data folder, another working folder.
fn audit(arguments: &[&str]) -> Output {
    let elsewhere = tempfile::tempdir().unwrap();
    Command::new(PROGRAM).args(["audit", "verify"]).args(arguments).current_dir(elsewhere.path()).output().unwrap()
}

fn json(arguments: &[&str]) -> (bool, Value) {
    let done = audit(&[arguments, &["--json"]].concat());
    let value = serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{}", text(&done)));
    (done.status.success(), value)
}

fn text(done: &Output) -> String {
    String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr)
}

/// A programme with one release, and its key.
fn released() -> (Programme, String) {
    let programme = Programme::new();
    let period = programme.json(&["status"])["periods"][0]["period"].as_str().unwrap().to_owned();
    assert!(programme.run(&["close", &period, "--early"]).status.success());
    let key = fs::read_to_string(programme.data().join("public/log-key.txt")).unwrap();
    (programme, key.trim_end().to_owned())
}

#[test]
fn a_folder_a_bundle_and_a_service_give_the_same_answer() {
    let (programme, key) = released();
    let service = programme.serve();
    let folder = programme.data().join("public").display().to_string();
    // Beside the running service.
    let bundle = programme.path("audit.zip").display().to_string();
    let made = programme.json(&["audit", "bundle", "--out", &bundle]);
    assert_eq!(made["files"], 7);
    let again = programme.path("again.zip").display().to_string();
    assert_eq!(programme.json(&["audit", "bundle", "--out", &again])["sha256"], made["sha256"]);
    assert_eq!(programme.run(&["audit", "bundle", "--out", &again]).status.code(), Some(1), "never written over");
    let address = format!("http://{}/public", service.address);
    let kept = programme.path("checkpoint.kept");
    fs::copy(programme.data().join("public/log/checkpoint"), &kept).unwrap();
    let (kept, file) = (kept.display().to_string(), programme.path("key.txt"));
    fs::write(&file, format!("{key}\n")).unwrap();
    for source in [&folder, &bundle, &address, &format!("{address}/")] {
        for key in [&key, &file.display().to_string()] {
            let (clean, answer) = json(&[source, "--key", key, "--against", &kept]);
            assert!(clean && answer["clean"] == true && answer["pinned"] == true, "{source}: {answer}");
            let state = |check: &str| {
                let lines = answer["checks"].as_array().unwrap();
                lines.iter().find(|line| line["check"] == check).map_or(&Value::Null, |line| &line["state"])
            };
            assert_eq!(state("against"), "ok");
            // An address has no listing: said, and no finding.
            assert_eq!(state("files"), if source.starts_with("http") { "not-checked" } else { "ok" });
        }
        let unpinned = audit(&[source]);
        assert!(unpinned.status.success() && text(&unpinned).contains("not pinned"), "{}", text(&unpinned));
    }
    // A proof of the bundle opens with any ZIP reader and is on the page as well.
    let page = service.get(&format!("/reports/{}", common::find_period(&programme))).text();
    assert!(
        page.contains("<details>") && page.contains("its own bytes") && page.contains("release.published"),
        "{page}"
    );
}

#[test]
fn findings_end_with_one_and_name_what_to_do() {
    let (programme, key) = released();
    let public = programme.data().join("public");
    let folder = public.display().to_string();
    fs::write(public.join("log/checkpoint.tmp"), "half").unwrap();
    let period = common::find_period(&programme);
    let release = public.join(format!("releases/{period}.json"));
    let text_of = fs::read_to_string(&release).unwrap();
    fs::write(&release, text_of.replacen("\"reported\":", "\"reported\":1", 1)).unwrap();
    let done = audit(&[&folder, "--key", &key]);
    assert_eq!(done.status.code(), Some(1));
    let words = text(&done);
    for part in ["releases   FOUND", "this is not the file that was published", "temporary file", "findings.", "→"] {
        assert!(words.contains(part), "{part}:\n{words}");
    }
    let (clean, answer) = json(&[&folder, "--key", &key]);
    assert!(!clean && answer["findings"].as_array().unwrap().len() >= 2, "{answer}");
    // A bundle is not made of what lies half written.
    let refused = programme.run(&["audit", "bundle", "--out", "x.zip"]);
    assert!(refused.status.code() == Some(1) && text(&refused).contains("checkpoint.tmp"), "{}", text(&refused));
    fs::remove_file(release).unwrap();
    assert!(text(&audit(&[&folder, "--key", &key])).contains("the source is incomplete"));
}

#[test]
fn sources_and_keys_that_are_none_are_refused_in_words() {
    let (programme, key) = released();
    let folder = programme.data().join("public").display().to_string();
    let other = Programme::new();
    let other_key = fs::read_to_string(other.data().join("public/log-key.txt")).unwrap();
    for (arguments, words) in [
        (vec!["nowhere"], "cannot be read"),
        (vec![PROGRAM], "not a bundle"),
        (vec!["ftp://127.0.0.1/public"], "is not an address"),
        (vec!["https://127.0.0.1:1/public"], "cannot be read"),
        (vec!["http://127.0.0.1:1/public"], "cannot be read"),
        (vec![&*folder, "--key", &key[..20]], "copied whole"),
        (vec![&*folder, "--key", "nowhere.txt"], "cannot be read"),
        (vec![&*folder, "--key", other_key.trim_end()], "holds another key"),
        (vec![&*folder, "--against", "nowhere"], "cannot be read"),
    ] {
        let done = audit(&arguments);
        assert!(done.status.code() == Some(1) && text(&done).contains(words), "{arguments:?}: {}", text(&done));
    }
    assert_eq!(audit(&[]).status.code(), Some(2));
}

/// A service that answers without end, with redirects, or with escapes is told from a log.
#[test]
fn an_address_that_is_hostile_does_no_harm() {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/public", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let mut request = [0; 2048];
            let _ = stream.read(&mut request);
            let _ = match number % 3 {
                0 => stream
                    .write_all(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
                1 => stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").and_then(|()| {
                    // More than any limit; the reader hangs up.
                    (0..100_000).try_for_each(|_| stream.write_all(&[b'x'; 4096]))
                }),
                _ => {
                    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\n\x1b[31mred\n")
                }
            };
        }
    });
    let done = audit(&[&address]);
    let words = text(&done);
    assert_eq!(done.status.code(), Some(1), "{words}");
    assert!(words.contains("status 302") && words.contains("longer than") && !words.contains('\u{1b}'), "{words}");
}
