//! The data-minimisation policy.

use std::collections::BTreeSet;
use std::fmt::Write;

use peertally::policy::schema::STORED;
use peertally::policy::{Policy, compare};

use super::programme_file::{quoted, refused};

/// What is accepted comes back when it is written as a file again, and fits the program only with all of its fields;
/// what is refused is refused in printable words, with a place inside the file.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Policy::parse(text, "p.toml") {
        Ok(policy) => {
            let names: BTreeSet<_> = policy.stored.iter().map(|field| (&field.place, &field.name)).collect();
            assert_eq!(names.len(), policy.stored.len(), "a field stands twice");
            match compare(&policy) {
                Ok(()) => assert_eq!(names.len(), STORED.len()),
                Err(error) => super::texts::for_people(&error.to_string(), 2000),
            }
            assert_eq!(Policy::parse(&written(&policy), "again.toml"), Ok(policy));
        }
        Err(error) => refused(&error, text),
    }
}

/// The policy as a file; what a place says, each of its fields says for itself.
fn written(policy: &Policy) -> String {
    let mut out = format!("title = {}\n", quoted(&policy.title));
    for of_place in policy.stored.chunk_by(|a, b| a.place == b.place) {
        let _ = writeln!(out, "[[place]]");
        let Some(first) = of_place.first() else { continue };
        for (key, text) in [
            ("id", &first.place),
            ("where", &first.path),
            ("what", &first.what),
            ("how_long", &first.how_long),
            ("seen_by", &first.seen_by),
            ("destroyed_by", &first.destroyed_by),
        ] {
            let _ = writeln!(out, "{key} = {}", quoted(text));
        }
        for field in of_place {
            let _ = writeln!(out, "[[place.field]]");
            for (key, text) in [
                ("name", &field.name),
                ("type", &field.kind),
                ("domain", &field.domain),
                ("purpose", &field.purpose),
                ("how_long", &field.how_long),
                ("seen_by", &field.seen_by),
                ("destroyed_by", &field.destroyed_by),
            ] {
                let _ = writeln!(out, "{key} = {}", quoted(text));
            }
        }
    }
    for never in &policy.never_stored {
        let _ = writeln!(out, "[[never_stored]]\nname = {}\nwhy = {}", quoted(&never.name), quoted(&never.why));
    }
    for viewer in &policy.visibility {
        let list = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "[[viewer]]\nwho = {}\ndoes = {}", quoted(&viewer.who), quoted(&viewer.does));
        let _ = writeln!(out, "may_see = [{}]", list(&viewer.may_see));
        let _ = writeln!(out, "may_never_see = [{}]", list(&viewer.may_never_see));
    }
    out
}
