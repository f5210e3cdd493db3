//! Files that the log does not ask for.
//!
//! Guarantee: every listed file is asked for, or named with what it may be.
//! Non-guarantee: an address has no listing, so there this is not checked.

use std::collections::BTreeSet;

use super::LOG_KEY;
use super::files::PublicFiles;
use super::replay::History;
use super::report::{Check, Findings, counted};
use super::tree::LogTree;
use crate::domain::Period;
use crate::log::{CHECKPOINT, Tile};

/// Compares the listing with what is asked for.
pub(super) fn check(files: &dyn PublicFiles, tree: &LogTree, story: &History, notes: &mut Findings) {
    let listed = match files.list() {
        Ok(Some(listed)) => listed,
        Ok(None) => {
            return notes.skipped(Check::Files, "an address has no listing: check a bundle or a copy of the folder");
        }
        Err(reason) => {
            notes.looked(Check::Files, "no listing");
            return notes.found(Check::Files, "the folder", &reason, "check the folder and its permissions");
        }
    };
    let expected = expected(tree, story, notes);
    for path in listed.iter().filter(|path| !expected.contains(*path)) {
        let (wrong, advice) = what(path, tree.checkpoint.size);
        notes.found(Check::Files, path, wrong, advice);
    }
    notes.looked(Check::Files, counted(listed.len(), "file", "files"));
}

fn expected(tree: &LogTree, story: &History, notes: &Findings) -> BTreeSet<String> {
    let tiles = Tile::all(tree.checkpoint.size);
    let logs = tiles.iter().map(|tile| format!("log/{}", tile.path()));
    let adopted = notes.changes.iter().map(|change| format!("{}/{}.toml", change.what, change.digest));
    let releases = story.published.keys().map(|period| format!("releases/{period}.json"));
    let single = [LOG_KEY.to_owned(), format!("log/{CHECKPOINT}")];
    logs.chain(adopted).chain(releases).chain(single).collect()
}

/// What an unknown file may be.
fn what(path: &str, size: u64) -> (&'static str, &'static str) {
    if path.ends_with(".tmp") {
        return (
            "a temporary file: a write that was cut short leaves one",
            "if the service is not writing just now, ask the operator to start it once, which removes what is left",
        );
    }
    if let Some(tile) = path.strip_prefix("log/").and_then(Tile::parse) {
        return if tile.reach() > size {
            (
                "a tile of a greater log than the checkpoint speaks of: an entry was cut short, or entries were taken back",
                "ask for the newest checkpoint, and keep this copy",
            )
        } else {
            ("a superseded tile: a write that was cut short leaves one", "the next entry of the log removes it")
        };
    }
    let release = path.strip_prefix("releases/").and_then(|name| name.strip_suffix(".json"));
    if release.is_some_and(|name| name.parse::<Period>().is_ok()) {
        return (
            "a release that no entry of the log names: it must not be believed",
            "ask the operator where it comes from",
        );
    }
    if (path.starts_with("programme/") || path.starts_with("policy/")) && path.ends_with(".toml") {
        return (
            "a programme or policy file that the log never adopted",
            "ask the operator: an adoption that was cut short leaves one, and it is logged when it takes effect",
        );
    }
    ("nothing of this program has such a name", "ask the operator what it is, and treat it as not checked")
}
