//! Who may import whom, read from the source: the table of docs/ARCHITECTURE.md.
//!
//! Guarantee: outside comments and strings, each path that begins at the crate
//! (`crate::`, enough `super::`) and each path that begins with a dependency
//! stands in the tables below. Non-guarantee: what macros build, and what a
//! room passes on by `pub use`.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod scan;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use scan::{function_lengths, paths, tokens};

/// Room → what of ours it may import. A longer path allows only what lies below it.
const ROOMS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("clock", &[]),
    ("locale", &[]),
    ("faults", &[]),
    ("durable", &[]),
    ("crypto", &["domain"]),
    ("accuracy", &["domain"]),
    ("policy", &["domain"]),
    ("store", &["domain", "durable", "crypto::seal"]),
    ("log", &["domain", "durable", "crypto::sign", "crypto::digest"]),
    ("intake", &["domain", "policy", "crypto", "store::Rows", "store::Cards"]),
    ("release", &["domain", "policy", "accuracy"]),
    ("report", &["domain", "accuracy", "locale"]),
    ("verify", &["domain", "accuracy", "policy", "log", "crypto::sign", "crypto::digest", "report::json"]),
    ("plan", &["domain", "policy", "accuracy", "release::plan_cost", "release::ReleaseError"]),
    ("sandbox", &[]),
    ("period", &["domain", "clock", "crypto", "durable", "accuracy", "policy", "store", "log", "intake", "release"]),
    ("scan", &["domain", "durable", "policy", "log", "store::structure", "store::codec"]),
    ("admin", &["period", "intake", "domain", "scan"]),
    ("web", &["intake", "report", "log", "policy", "domain", "locale"]),
    ("crowd", &["domain", "policy"]),
    (
        "cli",
        &[
            "accuracy", "admin", "clock", "crowd", "crypto", "domain", "durable", "intake", "locale", "log", "period",
            "plan", "policy", "release", "report", "sandbox", "scan", "store", "verify", "web",
        ],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Beyond the table: room, path, reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    // Only under the feature `test-hooks`: in the shipped program the room does not exist.
    ("durable", "faults::hit", "steps at which a test may stop it"),
    ("period", "faults::hit", "steps at which a test may stop it"),
    ("period", "faults::hold_counting", "the counting process held, so that a test can search its memory"),
    ("period", "sandbox", "the counting process shuts itself in"),
    ("store", "faults", "what a power cut leaves, a short queue, and whether the engine is a faulty one"),
    ("release", "faults::zero_noise", "noise left out, so that a test can count"),
    ("sandbox", "faults", "a service without it, one that can be dumped, and what to try from inside"),
    ("store", "crypto::pseudonym::Verifier", "the 32 bytes that the store keeps of a card; a type without a secret"),
    ("intake", "clock", "which weeks are open depends on the day, asked through the trait"),
    ("intake", "store::Outcome", "what became of a write"),
    ("intake", "store::PutRow", "a write"),
    ("intake", "store::AddRow", "a write"),
    ("intake", "store::WithdrawRow", "a write"),
    ("intake", "store::Slot", "the place of a write"),
    ("intake", "store::codec", "intake makes the record it seals; that it never decodes one is a test below"),
    ("intake", "store::StoreError", "its reasons become 503"),
    ("period", "report::json", "the bytes of the release file, whose digest is logged"),
    (
        "admin",
        "crypto::PrivateKeyFile",
        "a private key on its way from its file to the close; wiped, and never printed",
    ),
    ("scan", "crypto::seal::SEALED", "the width of a sealed row"),
    ("scan", "crypto::seal::SEAL_VERSION", "its first byte"),
    ("admin", "sandbox", "whether the running service can be dumped"),
    ("admin", "store::StoreError", "why the store cannot be looked at"),
    ("admin", "clock", "the command line opens a data folder under a clock"),
    ("admin", "log::PeriodState", "where the periods stand"),
    ("admin", "log::PeriodView", "where the periods stand"),
    ("admin", "log::OpenedBy", "whether a period closes by itself"),
    ("admin", "store::Cards", "cards are added and revoked; no row is touched"),
    ("admin", "store::Outcome", "what became of that"),
    ("web", "crypto::digest", "the ETag of a public file"),
    ("web", "crypto::sign", "the log's public key, shown on a page"),
    ("web", "crypto::pseudonym::new_receipt", "the form carries a receipt made here"),
    ("web", "crypto::random::name", "the address of a page that is read once, which nobody can guess"),
    ("web", "period::TallyIntake", "the desk's type, with its store inside and nothing else of the period"),
    ("crowd", "intake::draft", "made-up tallies enter where real ones do"),
];

/// Dependency → files (by beginning of their path) that may name it. A dependency that is not here is an error.
const CRATES: &[(&str, &[&str])] = &[
    ("actix_web", &["web/"]),
    ("actix_http", &["web/server.rs"]),
    ("actix_server", &["web/server.rs"]),
    ("actix_service", &["web/server.rs"]),
    ("tokio", &["period/", "web/", "store/", "cli/demo/"]),
    ("futures_util", &["web/", "cli/demo/"]),
    ("socket2", &["web/"]),
    ("askama", &["web/", "report/", "cli/"]),
    ("form_urlencoded", &["intake/"]),
    ("utoipa", &["web/"]),
    ("flate2", &["web/compress.rs"]),
    ("fluent_bundle", &["locale/"]),
    ("unic_langid", &["locale/"]),
    ("ring", &["crypto/"]),
    ("blake3", &["crypto/"]),
    ("hpke", &["crypto/"]),
    ("zeroize", &[""]),
    ("rand", &["crypto/", "crowd/"]),
    ("rand_distr", &["crowd/"]),
    ("sled", &["store/sled.rs"]),
    ("opendp", &["release/"]),
    ("serde", &[""]),
    ("serde_json", &[""]),
    ("serde_json_canonicalizer", &["log/", "report/", "verify/"]),
    ("toml", &["policy/"]),
    ("csv", &["intake/sheet.rs", "report/", "cli/", "web/"]),
    ("zip", &["report/xlsx/", "verify/bundle.rs"]),
    ("data_encoding", &["crypto/", "log/", "period/dump/", "period/backup/", "scan/"]),
    (
        "jiff",
        &[
            "domain/",
            "clock.rs",
            "policy/",
            "intake/",
            "log/",
            "period/",
            "release/",
            "verify/",
            "web/",
            "cli/doctor/",
            "cli/audit/",
        ],
    ),
    ("qrcode", &["cli/"]),
    ("landlock", &["sandbox.rs"]),
    ("rustix", &["cli/doctor/", "sandbox.rs", "sandbox/"]),
    ("clap", &["cli/"]),
    ("indicatif", &["cli/"]),
    ("ureq", &["cli/simulate/", "verify/address.rs"]),
    ("aho_corasick", &["scan/"]),
    ("thiserror", &[""]),
    ("tracing", &["period/", "web/", "cli/"]),
    ("tracing_subscriber", &["web/telemetry.rs"]),
];

/// Standard-library modules that pure rooms must not touch.
const IMPURE: [&str; 6] = ["fs", "net", "env", "process", "thread", "os"];
/// Pure files that may ask the environment: long tests, which the shipped program lacks.
const LONG: [&str; 1] = ["release/tests/properties.rs"];
/// Words that would read who asks, or from where.
const WHO_ASKS: [&str; 10] = [
    "peer_addr",
    "connection_info",
    "realip_remote_addr",
    "USER_AGENT",
    "ACCEPT_LANGUAGE",
    "REFERER",
    "ORIGIN",
    "COOKIE",
    "FORWARDED",
    "X_FORWARDED_FOR",
];
/// Words that read something of who asks, the one file that may, and what for.
const ONE_READER: [(&str, &str, &str); 1] =
    [("AcceptLanguage", "web/requested_lang.rs", "in which of the programme's languages this one answer is given")];
/// Headers of a request that are read by name, in which file, and what for. No other file reads one so.
const HEADERS: [(&str, &str, &str); 2] = [
    ("content-length", "web/body.rs", "a body over the limit is refused before it comes"),
    ("sec-purpose", "web/handlers/sent.rs", "a page that is read once is not read ahead"),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file with its path below `src` and its text.
fn files() -> Vec<(String, String)> {
    let (mut folders, mut files) = (vec![source()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(source()).unwrap().to_str().unwrap().to_owned();
                files.push((name, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    files.sort();
    assert!(files.len() > 80, "the source was not found");
    files
}

fn room(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Names of the dependencies in Cargo.toml, as code writes them.
fn dependencies() -> BTreeSet<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    manifest["dependencies"].as_table().unwrap().keys().map(|name| name.replace('-', "_")).collect()
}

fn below(path: &str, allowed: &str) -> bool {
    path == allowed || path.strip_prefix(allowed).is_some_and(|rest| rest.starts_with("::"))
}

/// What is wrong with one file's imports.
fn violations(file: &str, text: &str) -> Vec<String> {
    let room = room(file);
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{file}: the room `{room}` is not in the table")];
    };
    let exceptions = EXCEPTIONS.iter().filter(|(name, ..)| *name == room).map(|(_, path, _)| *path);
    let allowed: Vec<&str> = allowed.iter().copied().chain(exceptions).collect();
    let found = paths(&tokens(text), file);
    let mut wrong = Vec::new();
    for path in found.ours.iter().filter(|path| !below(path, room)) {
        if !allowed.iter().any(|a| below(path, a)) {
            wrong.push(format!("{file}: crate::{path} may not be used by `{room}`"));
        }
    }
    for path in &found.others {
        let name = path.split("::").next().unwrap();
        let rule = CRATES.iter().find(|(c, _)| *c == name);
        if rule.is_some_and(|(_, places)| !places.iter().any(|place| file.starts_with(place))) {
            wrong.push(format!("{file}: {path} may not be named here"));
        }
        let pure = ["domain", "accuracy", "policy", "release", "report", "plan", "locale"].contains(&room);
        let long = LONG.contains(&file) && below(path, "std::env");
        if pure && !long && IMPURE.iter().any(|m| below(path, &format!("std::{m}"))) {
            wrong.push(format!("{file}: {path} in a room without input and output"));
        }
        if room == "domain" && name == "jiff" && !below(path, "jiff::civil") && path != "jiff::ToSpan" {
            wrong.push(format!("{file}: {path}: only civil dates here, no clock and no zones"));
        }
    }
    wrong
}

#[test]
fn every_import_stands_in_the_table() {
    let wrong: Vec<String> = files().iter().flat_map(|(file, text)| violations(file, text)).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn planted_violations_are_found() {
    let planted = [
        ("report/html.rs", "use crate::store::Store;"),
        ("report/html.rs", "use crate::{domain::Period, log::{Log, Event}};"),
        ("report/html.rs", "fn f() { let x = crate::crypto::MasterKey::generate(); }"),
        ("report/json.rs", "use super::super::store::Store;"),
        ("report/mod.rs", "pub use super::store::Store;"),
        ("clock.rs", "use super::period::DataDir;"),
        ("policy/places.rs", "use crate::crypto::digest;"),
        ("log/read.rs", "use crate::store;"),
        ("log/read.rs", "use crate::crypto::{digest::Digest, MasterKey};"),
        ("intake/mod.rs", "use crate::store::SealedRows;"),
        ("web/pages/views.rs", "use crate::{crypto::*};"),
        ("web/pages/views.rs", "use crate::period::DataDir;"),
        ("intake/mod.rs", "use actix_web::HttpRequest;"),
        ("period/close.rs", "fn f() -> opendp::error::Fallible<()> { }"),
        ("store/memory.rs", "use ::sled as database;"),
        ("store/memory.rs", "extern crate sled;"),
        ("release/noise.rs", "use rand::{Rng, rngs::StdRng};"),
        ("release/noise.rs", "use {blake3::Hasher, std::fmt};"),
        ("plan/advice.rs", "use crate::release::release;"),
        ("plan/sample.rs", "use std::fs::File;"),
        ("domain/week.rs", "use jiff::Timestamp;"),
        ("domain/week.rs", "use std::{fmt, fs::File};"),
        ("stray/mod.rs", ""),
    ];
    for (file, text) in planted {
        assert!(!violations(file, text).is_empty(), "not found in {file}: {text}");
    }
    let harmless = [
        (
            "report/html.rs",
            "// use crate::store::Store;\n/* crate::log /* nested */ */ const A: &str = \"crate::store::X\";",
        ),
        (
            "report/html.rs",
            "const A: &str = r#\"use \"crate::store::Store\"; \"#; const B: char = '\"'; use crate::domain::Period;",
        ),
        ("crypto/random.rs", "use ring::rand::SystemRandom; fn f<'a>(x: &'a str) {}"),
        ("report/json.rs", "use super::super::domain::Period;"),
    ];
    for (file, text) in harmless {
        assert_eq!(violations(file, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn the_tables_are_current() {
    let files = files();
    let rooms: BTreeSet<&str> = files.iter().map(|(file, _)| room(file)).collect();
    assert_eq!(rooms, ROOMS.iter().map(|(name, _)| *name).collect(), "rooms");
    let named: BTreeSet<String> = CRATES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(named, dependencies(), "dependencies");
    for (room_name, path, _) in EXCEPTIONS {
        let mut of_room = files.iter().filter(|(file, _)| room(file) == *room_name);
        let used = of_room.any(|(file, text)| paths(&tokens(text), file).ours.iter().any(|p| below(p, path)));
        assert!(used, "the exception `{path}` of `{room_name}` is not needed any more");
    }
}

#[test]
fn intake_never_reads_a_row_and_nothing_reads_who_asks() {
    for (file, text) in files() {
        let tokens = tokens(&text);
        let names = |word: &str| tokens.iter().any(|t| t == word);
        if room(&file) == "intake" {
            for word in ["decode", "Opener", "opener", "drain", "SealedRows", "PeriodPrivateKey"] {
                assert!(!names(word), "{file}: {word}");
            }
        }
        for word in WHO_ASKS {
            assert!(!names(word), "{file}: {word} reads who asks");
        }
        for (word, only, _) in ONE_READER {
            assert!(!names(word) || file == only, "{file}: {word} is read in {only} alone");
        }
        if room(&file) == "web" {
            for header in headers_by_name(&text) {
                let stated = HEADERS.iter().any(|(name, only, _)| *name == header && file == *only);
                assert!(stated, "{file}: the header {header} is read, and HEADERS does not say what for");
            }
        }
    }
}

/// Names in quotes that are taken out of a request's headers.
fn headers_by_name(text: &str) -> Vec<String> {
    // Tests may build what they like.
    let text = text.split("#[cfg(test)]").next().unwrap();
    let name = |rest: &str| Some(rest.split_once('"')?.0.to_lowercase());
    ["headers().get(\"", "headers().get_all(\"", "headers().contains_key(\""]
        .iter()
        .flat_map(|mark| text.split(mark).skip(1).filter_map(name))
        .collect()
}

#[test]
fn a_header_that_is_read_would_be_seen() {
    let planted = "fn f(r: &HttpRequest) { r.headers().get(\"User-Agent\"); r.headers().contains_key(\"dnt\"); }";
    assert_eq!(headers_by_name(planted), ["user-agent", "dnt"]);
    for (_, file, _) in HEADERS.iter().chain(&ONE_READER) {
        assert!(source().join(file).is_file(), "{file} is gone");
    }
    let reader = std::fs::read_to_string(source().join(ONE_READER[0].1)).unwrap();
    assert!(tokens(&reader).iter().any(|token| token == ONE_READER[0].0), "the exception is not needed any more");
}

#[test]
fn files_are_small() {
    let mut lengths: Vec<(usize, String)> =
        files().into_iter().map(|(file, text)| (text.lines().count(), file)).collect();
    lengths.sort();
    let (longest, file) = lengths.last().unwrap();
    assert!(*longest <= 500, "{file} has {longest} lines");
    assert!(lengths[lengths.len() / 2].0 <= 120, "the median file has {} lines", lengths[lengths.len() / 2].0);
    let main = lengths.iter().find(|(_, file)| file == "main.rs").unwrap();
    assert!(main.0 <= 60, "main.rs has {} lines", main.0);
}

#[test]
fn handlers_are_short() {
    let mut seen = 0;
    for (file, text) in files().iter().filter(|(file, _)| file.starts_with("web/handlers/")) {
        for (name, lines) in function_lengths(text) {
            seen += 1;
            assert!(lines <= 15, "{file}: `{name}` has {lines} lines in its body");
        }
    }
    assert!(seen > 10, "no handlers were found");
    let long = format!("async fn long() {{\n{}}}\n", "work();\n".repeat(15));
    assert_eq!(function_lengths(&long), [("long".to_owned(), 15)]);
}
