//! What may lie in a data folder: one line for each file and folder.
//!
//! Guarantee: every place of the policy that lies in files has a line here (a
//! test holds the two together), so a file without a line is none of ours.
//! Non-guarantee: what is inside a file. Below `public/log` the log itself says
//! which files it asks for.
//!
//! To add a file: one line in [`SPOTS`]. `{period}`, `{week}`, `{digest}` and
//! `{hex}` stand for a period, a week, 64 hex digits in small letters, and 16 in
//! capitals.

use super::schema::StoredItem;
use crate::domain::{Period, Week};

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A plain file.
    File,
    /// A plain file, or a link to one elsewhere.
    KeyFile,
    /// A folder.
    Folder,
    /// A socket.
    Socket,
}

/// Who may get at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The owner alone: 0700, 0600.
    Owner,
    /// Kept by the folder it lies in; others may not write.
    Inside,
    /// Meant for everybody; others may not write.
    Public,
}

/// How long it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// As its place in the policy says.
    Kept,
    /// A secret of a period: gone once the log says that its keys are destroyed.
    Secret,
    /// While a command works. If it stays, the command was cut short; the text says what to do.
    Passing(&'static str),
}

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// Path inside the data folder; empty for the folder itself.
    pub path: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Who may get at it.
    pub guard: Access,
    /// How long it is there.
    pub stay: Lifetime,
    /// Where the policy speaks of it; `None` for what holds nothing by itself.
    pub place: Option<StoredItem>,
}

const fn folder(path: &'static str, guard: Access) -> DataFile {
    DataFile { path, kind: Kind::Folder, guard, stay: Lifetime::Kept, place: None }
}

const fn file(path: &'static str, guard: Access, place: StoredItem) -> DataFile {
    DataFile { path, kind: Kind::File, guard, stay: Lifetime::Kept, place: Some(place) }
}

const fn secret(path: &'static str) -> DataFile {
    DataFile {
        path,
        kind: Kind::File,
        guard: Access::Owner,
        stay: Lifetime::Secret,
        place: Some(StoredItem::PeriodSecrets),
    }
}

const fn owned(path: &'static str) -> DataFile {
    DataFile { path, kind: Kind::File, guard: Access::Owner, stay: Lifetime::Kept, place: Some(StoredItem::QueueKeys) }
}

const fn passing(path: &'static str, kind: Kind, advice: &'static str) -> DataFile {
    DataFile { path, kind, guard: Access::Owner, stay: Lifetime::Passing(advice), place: None }
}

const REOPEN: &str = "run `peertally status` without a service: opening the store finishes or undoes it";
const RELOAD: &str = "run `peertally load` again with the same dump, or remove the folder while nothing runs";

/// Every file and folder that this program makes in a data folder.
pub const SPOTS: &[DataFile] = &[
    folder("", Access::Owner),
    file("format", Access::Inside, StoredItem::Format),
    file("demo", Access::Inside, StoredItem::Format),
    DataFile { path: "admin.sock", kind: Kind::Socket, guard: Access::Owner, stay: Lifetime::Kept, place: None },
    file("custody", Access::Inside, StoredItem::Format),
    folder("keys", Access::Owner),
    DataFile {
        path: "keys/master.key",
        kind: Kind::KeyFile,
        guard: Access::Owner,
        stay: Lifetime::Kept,
        place: Some(StoredItem::Keys),
    },
    DataFile {
        path: "keys/log.key",
        kind: Kind::KeyFile,
        guard: Access::Owner,
        stay: Lifetime::Kept,
        place: Some(StoredItem::Keys),
    },
    folder("keys/periods", Access::Owner),
    secret("keys/periods/{period}.salt"),
    secret("keys/periods/{period}.private"),
    secret("keys/periods/{period}.drawing"),
    secret("keys/periods/{period}.draft"),
    // The public half of a key given ahead of its period, and the mark of a period whose secrets were lost: no secrets,
    // but gone as these are.
    secret("keys/periods/{period}.public"),
    secret("keys/periods/{period}.lost"),
    folder("keys/queue", Access::Owner),
    owned("keys/queue/{week}.private"),
    owned("keys/queue/{week}.over"),
    folder("store", Access::Owner),
    file("store/db", Access::Inside, StoredItem::RowValue),
    file("store/conf", Access::Inside, StoredItem::Meta),
    file("store/snap.{hex}", Access::Inside, StoredItem::Meta),
    passing("store/snap.{hex}.generating", Kind::File, REOPEN),
    folder("store/blobs", Access::Inside),
    passing("store.opening", Kind::Folder, REOPEN),
    passing("store.fresh", Kind::Folder, REOPEN),
    passing("store.old", Kind::Folder, REOPEN),
    passing("store.loading", Kind::Folder, RELOAD),
    passing("store.before", Kind::Folder, RELOAD),
    passing("doctor.probe", Kind::File, "run `peertally doctor` again: it removes it"),
    folder("public", Access::Public),
    folder("public/releases", Access::Public),
    folder("public/programme", Access::Public),
    folder("public/policy", Access::Public),
    file("public/releases/{period}.json", Access::Public, StoredItem::Public),
    file("public/programme/{digest}.toml", Access::Public, StoredItem::Public),
    file("public/policy/{digest}.toml", Access::Public, StoredItem::Public),
    file("public/log-key.txt", Access::Public, StoredItem::Public),
    folder("public/log", Access::Public),
    file("public/log/checkpoint", Access::Public, StoredItem::Log),
];

/// Ending of a file that is being written.
const TEMPORARY: &str = ".tmp";
const HALF: &str = "run `peertally status`; if it stays, remove it while nothing runs";

/// The line for a path inside the data folder, and the period in its name.
#[must_use]
pub fn find(path: &str) -> Option<(DataFile, Option<Period>)> {
    let direct = |path: &str| SPOTS.iter().find_map(|spot| Some((*spot, fits(spot.path, path)?)));
    direct(path).or_else(|| {
        // A file that is written beside the one whose place it takes. A period's secret stays one.
        let (spot, period) = direct(path.strip_suffix(TEMPORARY)?)?;
        let stay = if spot.stay == Lifetime::Secret { Lifetime::Secret } else { Lifetime::Passing(HALF) };
        (spot.kind != Kind::Folder).then_some((DataFile { kind: Kind::File, stay, ..spot }, period))
    })
}

/// Whether a path has the form of a pattern; inside: the period that it names.
fn fits(pattern: &str, path: &str) -> Option<Option<Period>> {
    let Some((before, rest)) = pattern.split_once('{') else { return (pattern == path).then_some(None) };
    let (name, after) = rest.split_once('}')?;
    let value = path.strip_prefix(before)?.strip_suffix(after)?;
    let hex = value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let capitals = value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F'));
    match name {
        "period" => value.parse().ok().map(Some),
        "week" => value.parse::<Week>().is_ok().then_some(None),
        "digest" => (value.len() == 64 && hex).then_some(None),
        _ => (value.len() == 16 && capitals).then_some(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::schema::STORED;

    #[test]
    fn every_place_in_files_has_a_line() {
        let inside =
            [StoredItem::RowKey, StoredItem::Record, StoredItem::Tombstone, StoredItem::Cards, StoredItem::LogEvents];
        let elsewhere = [StoredItem::Memory, StoredItem::Witness, StoredItem::Backup];
        for place in StoredItem::ALL.iter().filter(|place| !inside.contains(place) && !elsewhere.contains(place)) {
            assert!(SPOTS.iter().any(|spot| spot.place == Some(*place)), "{}", place.id());
        }
        let secrets = STORED.iter().filter(|field| field.place == StoredItem::PeriodSecrets);
        for field in secrets {
            let path = format!("keys/periods/2025-Q1.{}", field.name);
            assert!(
                find(&path).is_some_and(|(spot, period)| spot.stay == Lifetime::Secret && period.is_some()),
                "{path}"
            );
        }
    }

    #[test]
    fn only_exact_names_fit() {
        for path in [
            "",
            "keys/periods/2025-Q1.salt",
            "keys/periods/2025-M03.private.tmp",
            "public/releases/2025-Q1.json",
            "store/snap.00000000000001CB",
            "public/log-key.txt.tmp",
            "keys/queue/2026-W53.private",
            "keys/queue/2026-W47.over.tmp",
        ] {
            assert!(find(path).is_some(), "{path}");
        }
        for path in [
            "letter",
            "keys/periods/2025-Q5.salt",
            "keys/periods/2025-Q1.salt.old",
            "keys/periods/2025-Q1",
            "keys/master.key.bak",
            "keys/queue/2025-W53.private",
            "keys/queue/2026-Q4.private",
            "public/releases/2025-Q1.csv",
            "public/policy/abc.toml",
            "store.tmp",
            "store/snap.",
            "core.77",
        ] {
            assert!(find(path).is_none(), "{path}");
        }
    }
}
