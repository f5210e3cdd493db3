//! What anyone may read: releases, reports, log, public files, before and after a close.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use std::collections::BTreeMap;
use std::path::Path;

use crate::common::{Answer, Programme, Service, receipt, request, tally};
use peertally::crypto::digest::sha256;

/// A programme with a closed period, served.
struct Closed {
    programme: Programme,
    service: Service,
    period: String,
}

/// Closes the current period early, through the running service.
fn closed() -> Closed {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    for n in 0..5 {
        assert_eq!(service.put(&card, &receipt(n), &tally(&week, 9)).status, 201);
    }
    let period = peertally::domain::Period::of(week.parse().unwrap(), peertally::domain::PeriodKind::Quarter);
    let period = period.to_string();
    programme.json(&["close", &period, "--early"]);
    Closed { programme, service, period }
}

fn get_if(service: &Service, path: &str, tag: &str) -> Answer {
    request(service.address, "GET", path, &[("If-None-Match", tag)], b"")
}

#[test]
fn before_the_first_release_there_is_a_list_and_it_is_empty() {
    let programme = Programme::new();
    let service = programme.serve();
    assert_eq!(service.get("/v1/releases").json(), serde_json::json!({"releases": []}));
    let page = service.get("/reports");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("No release yet; the next is"));
    for path in ["/v1/releases/2025-Q1", "/v1/releases/2025-Q1.csv", "/v1/releases/2025-Q1.pdf", "/v1/releases/never"] {
        let answer = service.get(path);
        assert_eq!((answer.status, answer.json()["type"].as_str()), (404, Some("urn:peertally:problem:not-found")));
    }
    assert!(service.get("/reports/2025-Q1").text().contains("No release yet"));
    assert!(service.get("/reports/never").text().contains("2025-Q1"), "it says how a period is written");
    assert_eq!(service.get("/reports/2025-Q1").status, 404);
    assert_eq!(service.get("/reports/never").status, 404);
    assert_eq!(service.get("/audit").status, 200);
    assert!(service.get("/v1/log/checkpoint").text().starts_with("peertally"));
}

#[test]
fn a_release_is_served_as_it_lies_in_public() {
    let Closed { programme, service, period } = closed();
    let file = std::fs::read(programme.data().join(format!("public/releases/{period}.json"))).unwrap();
    let list = service.get("/v1/releases").json();
    let list = list["releases"].as_array().unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(list[0]["period"], period.as_str());
    for path in [
        format!("/v1/releases/{period}"),
        format!("/v1/releases/{period}.json"),
        format!("/public/releases/{period}.json"),
    ] {
        let answer = service.get(&path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{path}");
        assert!(answer.body == file, "{path}");
    }
    let beside = format!("/v1/{}", list[0]["href"].as_str().unwrap());
    assert!(service.get(&beside).body == file, "{beside}");
    let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let page = service.get(&format!("/reports/{period}")).text();
    for (format, name, content_type, saved) in [
        ("csv", "csv", "text/csv; charset=utf-8", true),
        ("datapackage", "datapackage.json", "application/json", false),
        ("xlsx", "xlsx", workbook, true),
        ("dhis2", "dhis2.json", "application/json", true),
        ("registry", "registry.yaml", "application/yaml", true),
    ] {
        let answer = service.get(&format!("/v1/releases/{period}.{name}"));
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(content_type)));
        let file = format!("attachment; filename=\"{period}.{name}\"");
        assert_eq!(answer.header("content-disposition"), saved.then_some(file.as_str()), "{format}");
        assert!(page.contains(&format!("href=\"../v1/releases/{period}.{name}\"")), "{format}");
        // The command writes the same.
        let written = programme.run(&["report", &period, "--format", format]);
        assert!(written.status.success() && written.stdout == answer.body, "{format}");
    }
    let csv = service.get(&format!("/v1/releases/{period}.csv")).text();
    assert!(csv.starts_with("period,measure,by,area,setting,week,estimate,stdev,low95,high95,reported,quality,unit"));

    // The report shows the digest that the log holds.
    let report = service.get(&format!("/reports/{period}")).text();
    let digest = sha256(&file).to_string();
    assert!(report.contains(&digest) && report.contains("Root of the log"), "{report}");
    assert!(service.get("/reports").text().contains(&format!("href=\"reports/{period}\"")));
    assert!(service.get("/audit").text().contains("release.published"));

    // After the close the week takes no more, and the form says so.
    assert!(service.get("/").text().contains("No week is open"));
    assert_eq!(service.get("/v1/programme").json()["open_weeks"], serde_json::json!([]));
    for path in
        ["/v1/releases/1999-Q1", "/v1/releases/..", "/v1/releases/..%2Flog%2Fcheckpoint", "/v1/releases/1999-Q1.xlsx"]
    {
        assert_eq!(service.get(path).status, 404, "{path}");
    }
    for ending in ["exe", "", ".", "XLSX", "xlsx.json", "dhis2", "registry", "yaml"] {
        let answer = service.get(&format!("/v1/releases/{period}.{ending}"));
        let problem = answer.json();
        assert_eq!(
            (answer.status, problem["type"].as_str()),
            (404, Some("urn:peertally:problem:not-found")),
            "{ending}"
        );
        assert!(problem["detail"].as_str().unwrap().contains(".dhis2.json, .registry.yaml"), "{ending}: {problem}");
    }
    let late = service.put("", &receipt(1), &tally("2020-W01", 1));
    assert_eq!(late.status, 401, "no card comes before no week");
}

#[test]
fn conditional_requests_and_head() {
    let Closed { service, period, programme: _kept } = closed();
    let paths = [
        format!("/v1/releases/{period}"),
        format!("/v1/releases/{period}.csv"),
        format!("/v1/releases/{period}.datapackage.json"),
        format!("/v1/releases/{period}.xlsx"),
        format!("/v1/releases/{period}.dhis2.json"),
        format!("/v1/releases/{period}.registry.yaml"),
        format!("/reports/{period}"),
        format!("/public/releases/{period}.json"),
        "/v1/releases".to_owned(),
        "/v1/programme".to_owned(),
        "/v1/policy".to_owned(),
        "/v1/log/checkpoint".to_owned(),
        "/style.css".to_owned(),
        "/report.css".to_owned(),
        format!("/reports/{period}?lang=ar"),
        "/reports/over-time?lang=fr".to_owned(),
    ];
    for path in &paths {
        let full = service.get(path);
        assert_eq!(full.status, 200, "{path}");
        let tag = full.header("etag").unwrap().to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{path}: {tag}");
        assert_eq!(full.header("cache-control"), Some("no-cache"), "{path}");
        for known in [&tag, &format!("W/{tag}"), &format!("\"other\", {tag}"), "*"] {
            let same = get_if(&service, path, known);
            assert_eq!(
                (same.status, same.body.len(), same.header("etag")),
                (304, 0, Some(tag.as_str())),
                "{path} {known}"
            );
        }
        let other = get_if(&service, path, "\"other\"");
        assert_eq!((other.status, &other.body), (200, &full.body), "{path}");
        let head = request(service.address, "HEAD", path, &[], b"");
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        for name in ["etag", "content-type", "cache-control", "content-length", "content-disposition"] {
            assert_eq!(head.header(name), full.header(name), "{path} {name}");
        }
    }
    for path in ["/", "/practice", "/reports", "/policy", "/audit", "/help", "/healthz", "/readyz", "/nothing", "/exit"]
    {
        let (head, full) = (request(service.address, "HEAD", path, &[], b""), service.get(path));
        assert_eq!((head.status, head.body.len()), (full.status, 0), "{path}");
        assert_eq!(head.header("content-type"), full.header("content-type"), "{path}");
    }
}

#[test]
fn pages_for_everybody() {
    let programme = Programme::new();
    let service = programme.serve();
    for (path, words) in [("/policy", "Never kept"), ("/audit", "Verifier key"), ("/help", "What we cannot protect")] {
        let page = service.get(path);
        assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")), "{path}");
        assert!(page.text().contains(words), "{path}");
    }
    let policy = service.get("/v1/policy");
    assert_eq!(policy.header("content-type"), Some("application/json"));
    assert!(!policy.json()["stored"].as_array().unwrap().is_empty());
    let exit = service.get("/exit");
    assert_eq!((exit.status, exit.header("location")), (303, Some("https://www.wikipedia.org/")));
    assert!(exit.header("clear-site-data").unwrap().contains("\"cache\""));
    assert_eq!(exit.header("referrer-policy"), Some("no-referrer"));
    let security = service.get("/.well-known/security.txt");
    assert_eq!(security.header("content-type"), Some("text/plain; charset=utf-8"));
    assert!(
        security.text().contains("Contact: mailto:security@example.org\n") && security.text().contains("Expires: ")
    );
    for path in ["/healthz", "/readyz"] {
        let answer = service.get(path);
        assert_eq!(answer.status, 200);
        assert!(!answer.text().bytes().any(|b| b.is_ascii_digit()), "no counts: {}", answer.text());
    }
}

/// Every plain file below a folder, by its path from there.
fn walk(root: &Path, at: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            found.insert(name, std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn public_is_served_byte_for_byte() {
    let Closed { programme, service, .. } = closed();
    let root = programme.data().join("public");
    let mut files = BTreeMap::new();
    walk(&root, &root, &mut files);
    assert!(files.len() >= 5, "{:?}", files.keys());
    for (name, bytes) in &files {
        let answer = service.get(&format!("/public/{name}"));
        assert!(answer.status == 200 && answer.body == *bytes, "{name}: {}", answer.status);
        let fixed = answer.header("cache-control").unwrap().contains("immutable");
        let by_content = name.starts_with("programme/") || name.starts_with("policy/");
        let full_tile = name.starts_with("log/tile/") && !name.contains(".p/");
        assert_eq!(fixed, by_content || full_tile, "{name}");
        if let Some(log) = name.strip_prefix("log/") {
            let same = service.get(&format!("/v1/log/{log}"));
            assert!(same.status == 200 && same.body == *bytes, "{log}");
        }
        if by_content {
            assert!(name.contains(&sha256(bytes).to_string()), "{name}");
        }
    }
    assert!(files.keys().any(|name| name.starts_with("log/tile/0/")));
    assert!(files.keys().any(|name| name.starts_with("log/tile/entries/")));
    for path in [
        "/v1/log/",
        "/v1/log",
        "/v1/log/tile/0",
        "/v1/log/tile/64/000",
        "/v1/log/tile/0/999",
        "/v1/log/tile/0/0",
        "/v1/log/checkpoint/",
        "/v1/log/../releases",
    ] {
        assert_eq!(service.get(path).status, 404, "{path}");
    }
}

#[test]
fn nothing_outside_public_is_reached() {
    let programme = Programme::new();
    let public = programme.data().join("public");
    std::os::unix::fs::symlink(programme.data().join("keys"), public.join("keys")).unwrap();
    std::os::unix::fs::symlink(programme.data().join("keys/master.key"), public.join("master.txt")).unwrap();
    std::os::unix::fs::symlink("checkpoint", public.join("log/inside")).unwrap();
    std::fs::write(public.join("log/.hidden"), "x").unwrap();
    std::fs::write(public.join("log/half.tmp"), "x").unwrap();
    std::fs::create_dir(public.join(".git")).unwrap();
    std::fs::write(public.join(".git/config"), "x").unwrap();
    std::fs::write(public.join("a b"), "x").unwrap();
    let service = programme.serve();
    let paths = [
        "/public",
        "/public/",
        "/public//",
        "/public/.",
        "/public/..",
        "/public/log",
        "/public/log/",
        "/public/../keys/master.key",
        "/public/%2e%2e/keys/master.key",
        "/public/%2E%2E%2Fkeys%2Fmaster.key",
        "/public/..%2fkeys%2fmaster.key",
        "/public/log/../../keys/master.key",
        "/public/log/%2e%2e/%2e%2e/keys/master.key",
        "/public/%252e%252e/keys/master.key",
        "/public/..%5ckeys%5cmaster.key",
        "/public/..\\keys\\master.key",
        "/public//log/checkpoint",
        "/public/log//checkpoint",
        "/public/log/checkpoint/",
        "/public/./log/checkpoint",
        "/public/%2Flog/checkpoint",
        "/public//etc/passwd",
        "/public/%2Fetc%2Fpasswd",
        "//public/log/checkpoint",
        "/public/log/checkpoint%00",
        "/public/log/checkpoint%00.json",
        "/public/log/checkpoint%20",
        "/public/%FF",
        "/public/keys/master.key",
        "/public/master.txt",
        "/public/log/inside",
        "/public/log/.hidden",
        "/public/log/half.tmp",
        "/public/.git/config",
        "/public/a%20b",
        "/public/log/Checkpoint",
        "/v1/log/../../keys/master.key",
        "/v1/log/%2e%2e/%2e%2e/keys/log.key",
        "/v1/log/inside",
        "/v1/log/.hidden",
        "/v1/releases/..%2F..%2Fkeys%2Fmaster.key",
        "/reports/..%2F..%2Fkeys%2Fmaster.key",
        "/keys/master.key",
        "/store/db",
        "/../keys/master.key",
        "/admin.sock",
        "/form.js/x",
        "/.env",
    ];
    for path in paths {
        let answer = service.get(path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        assert!(answer.header("content-security-policy").is_some(), "{path}");
        assert!(
            path.starts_with("/reports/") || answer.header("content-type") == Some("application/problem+json"),
            "{path}"
        );
    }
    assert_eq!(service.get("/public/log/checkpoint").status, 200);
}
