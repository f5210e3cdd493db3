//! The API's description: held against the router, against what is written down, and as a page.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use std::collections::BTreeSet;

use crate::common::{Programme, repository};
use serde_json::Value;

/// Addresses of pages and their files, which are for people.
const PAGES: [&str; 6] = ["/", "/practice", "/style.css", "/report.css", "/form.js", "/api"];

/// What the router's table of contents names, apart from pages.
fn routed() -> BTreeSet<String> {
    let text = std::fs::read_to_string(repository("src/web/routes.rs")).unwrap();
    let quoted = text.split('"').skip(1).step_by(2).filter(|word| word.starts_with('/'));
    let machine = |path: &&str| {
        path.starts_with("/v1/") || path.starts_with("/public/") || path.contains('.') || path.ends_with('z')
    };
    quoted.filter(|path| !PAGES.contains(path)).filter(machine).map(str::to_owned).collect()
}

#[test]
fn every_machine_readable_address_is_described() {
    let programme = Programme::new();
    let service = programme.serve();
    let document = service.get("/openapi.json").json();
    assert_eq!(document["openapi"].as_str().unwrap().split('.').take(2).collect::<Vec<_>>(), ["3", "1"]);
    let described: BTreeSet<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
    let mut routed = routed();
    assert!(routed.len() > 10, "{routed:?}");
    // One address of the router may stand for several shapes of a path.
    for (written, described) in
        [("/v1/log/{path:.*}", "/v1/log/tile/{level}/{index}"), ("/public/{path:.*}", "/public/{path}")]
    {
        assert!(routed.remove(written), "{written}");
        routed.insert(described.to_owned());
    }
    assert_eq!(described, routed);
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let words = ["summary", "operationId"].map(|key| operation[key].as_str().unwrap_or_default());
            assert!(words.iter().all(|w| !w.is_empty()), "{method} {path}");
            assert_eq!(operation.get("security").is_some(), path == "/v1/tallies/{receipt}", "{method} {path}");
        }
    }
}

#[test]
fn the_description_is_the_one_written_down() {
    let programme = Programme::new();
    let mut document = programme.serve().get("/openapi.json").json();
    document["info"]["version"] = Value::Null;
    let text = serde_json::to_string_pretty(&document).unwrap() + "\n";
    let path = repository("docs/openapi.json");
    if std::env::var_os("PEERTALLY_OVERWRITE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap();
    assert!(
        written == text,
        "the API changed: if that is meant, run this test with PEERTALLY_OVERWRITE=1 and look at the difference of docs/openapi.json"
    );
}

#[test]
fn the_page_shows_every_address() {
    let programme = Programme::new();
    let service = programme.serve();
    let page = service.get("/api");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let text = page.text();
    for path in service.get("/openapi.json").json()["paths"].as_object().unwrap().keys() {
        assert!(text.contains(&format!("{path}</code>")), "{path}");
    }
    assert!(text.contains("Authorization: Bearer") && text.contains("check digit"));
}
