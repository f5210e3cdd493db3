//! Who can get at the data folder, and where the master key lies: pure judgement.

use super::finding::DoctorFinding;
use crate::period::Custody;

/// A file or folder that was seen.
pub(super) struct FileMeta {
    /// Path inside the data folder; empty for the folder itself.
    pub(super) path: String,
    /// Permission bits.
    pub(super) mode: u32,
    /// Number of the user it belongs to.
    pub(super) owner: u32,
    /// Whether it is a folder.
    pub(super) folder: bool,
}

/// Where the master key lies.
pub(super) struct MasterPlace {
    /// Whether there is one.
    pub(super) found: bool,
    /// Whether it lies on the same file system as the store.
    pub(super) beside_store: bool,
}

const CHECK: &str = "permissions";
/// What `init` and the service make.
const OURS: [&str; 8] = ["admin.sock", "custody", "demo", "format", "keys", "public", "store", "store.opening"];
/// What a command that was cut short leaves.
const LEFT: [&str; 3] = ["store.loading", "store.before", "doctor.probe"];

/// Every file by its mode and owner, and those that are missing or not ours.
pub(super) fn permissions(seen: &[FileMeta], me: u32) -> Vec<DoctorFinding> {
    let mut findings = Vec::new();
    for file in seen {
        let name = name(&file.path);
        // What lies in store/ is kept by its folder; sled gives its files no mode of their own.
        let closed = ["", "keys", "store"].contains(&file.path.as_str()) || file.path.starts_with("keys/");
        if closed && file.mode & 0o077 != 0 {
            let right = if file.folder { "700" } else { "600" };
            findings.push(DoctorFinding::stop(
                CHECK,
                format!("{name} can be opened by other users (mode {:o})", file.mode),
                format!("`chmod {right}` it, and think about who may have looked"),
            ));
        } else if file.mode & 0o022 != 0 {
            let found = format!("{name} can be changed by other users (mode {:o})", file.mode);
            findings.push(DoctorFinding::look(CHECK, found, "`chmod go-w` it"));
        }
    }
    if let Some(other) = seen.iter().find(|file| file.owner != me) {
        let found =
            format!("{} belongs to user {}, and this command runs as user {me}", name(&other.path), other.owner);
        let advice = "run every command as the service's user; give back what another user made with `chown`";
        findings.push(DoctorFinding::look(CHECK, found, advice));
    }
    for needed in ["keys/master.key", "keys/log.key", "store/db"] {
        if !seen.iter().any(|file| file.path == needed) {
            let advice = if needed == "store/db" {
                "put it back with `peertally load`, from the newest dump"
            } else {
                "put it back from your copy of keys/"
            };
            findings.push(DoctorFinding::stop(CHECK, format!("{needed} is missing"), advice));
        }
    }
    for file in seen.iter().filter(|file| !file.path.is_empty() && !file.path.contains('/')) {
        let path = file.path.as_str();
        if LEFT.contains(&path) {
            let found = format!("{path} was left by a command that was cut short");
            findings.push(DoctorFinding::look(CHECK, found, "run that command again, or remove it while nothing runs"));
        } else if !OURS.contains(&path) {
            findings.push(DoctorFinding::look(
                CHECK,
                format!("{path} is not peertally's"),
                "keep other files elsewhere",
            ));
        }
    }
    if findings.is_empty() {
        findings.push(DoctorFinding::ok(CHECK, "the data folder, its keys and its store belong to this user alone"));
    }
    findings
}

fn name(path: &str) -> &str {
    if path.is_empty() { "the data folder" } else { path }
}

/// What a stolen disk would give.
pub(super) fn custody(place: &MasterPlace, custody: Option<Custody>) -> DoctorFinding {
    const CHECK: &str = "custody";
    if !place.found {
        return DoctorFinding::stop(
            CHECK,
            "keys/master.key cannot be read",
            "put it back from your copy, or run this as the service's user",
        );
    }
    if custody.is_none() {
        return DoctorFinding::stop(
            CHECK,
            "the file `custody` does not say `offline`",
            "put the right file back from a copy",
        );
    }
    if custody == Some(Custody::Offline) {
        return DoctorFinding::ok(
            CHECK,
            "offline: this host makes no private key. It cannot open what it stores; with a card it tells how many tallies that card sent in an open period",
        );
    }
    if place.beside_store {
        return DoctorFinding::look(
            CHECK,
            "on this host; keys/master.key lies on the same disk as the store: a stolen disk opens the open periods",
            "encrypt the whole disk with a key that is not on it, or keep master.key elsewhere (deploy/README.md)",
        );
    }
    DoctorFinding::ok(
        CHECK,
        "on this host; keys/master.key lies on another file system than the store. See that no disk holds both",
    )
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    fn seen() -> Vec<FileMeta> {
        let file = |path: &str, mode, folder| FileMeta { path: path.to_owned(), mode, owner: 7, folder };
        vec![
            file("", 0o700, true),
            file("format", 0o600, false),
            file("keys", 0o700, true),
            file("keys/master.key", 0o600, false),
            file("keys/log.key", 0o600, false),
            file("store", 0o700, true),
            file("store/db", 0o600, false),
            file("public", 0o700, true),
            file("public/log", 0o755, true),
        ]
    }

    fn levels(seen: &[FileMeta]) -> Vec<Level> {
        permissions(seen, 7).iter().map(|f| f.level).collect()
    }

    #[test]
    fn a_new_folder_is_well() {
        assert_eq!(levels(&seen()), [Level::Ok]);
    }

    #[test]
    fn each_fault_is_told_by_itself() {
        for (at, mode, level) in [
            (0, 0o750, Level::Stop),
            (3, 0o640, Level::Stop),
            (5, 0o755, Level::Stop),
            (2, 0o711, Level::Stop),
            (8, 0o775, Level::Look),
        ] {
            let mut seen = seen();
            seen[at].mode = mode;
            assert_eq!(levels(&seen), [level], "{}", seen[at].path);
        }
        for missing in [3, 4, 6] {
            let mut seen = seen();
            seen.remove(missing);
            assert_eq!(levels(&seen), [Level::Stop]);
        }
        let mut other = seen();
        other[3].owner = 0;
        assert_eq!(levels(&other), [Level::Look]);
        let stray = |path: &str| FileMeta { path: path.to_owned(), mode: 0o600, owner: 7, folder: false };
        for path in ["letter", "store.loading"] {
            assert_eq!(levels(&[seen(), vec![stray(path)]].into_iter().flatten().collect::<Vec<_>>()), [Level::Look]);
        }
    }

    #[test]
    fn the_master_key_beside_the_store_is_told() {
        let level = |found, beside_store| custody(&MasterPlace { found, beside_store }, Some(Custody::Host)).level;
        assert_eq!((level(true, true), level(true, false), level(false, true)), (Level::Look, Level::Ok, Level::Stop));
    }

    #[test]
    fn under_offline_custody_the_disk_opens_nothing() {
        let beside = MasterPlace { found: true, beside_store: true };
        assert_eq!(custody(&beside, Some(Custody::Offline)).level, Level::Ok);
        assert_eq!(custody(&beside, None).level, Level::Stop);
    }
}
