//! What the machine is like: pure judgement over what was read.

use super::finding::DoctorFinding;
use crate::period::counting::CountingError;

/// What writing to the disk showed.
pub(super) enum DiskProbe {
    /// Written, synced and read back; so many syncs took that long.
    Good {
        /// Syncs in one second.
        per_second: u64,
    },
    /// It went wrong, in words.
    Bad(String),
}

/// What the kernel says about Landlock.
pub(super) struct Landlock {
    /// `/sys/kernel/security/lsm`, where it can be read.
    pub(super) modules: Option<String>,
    /// Whether the kernel's table of symbols names Landlock, where it can be read.
    pub(super) built_in: Option<bool>,
}

/// Syncs a second that no disk reaches: something answers before the data is safe, or there is a battery.
const TOO_FAST: u64 = 20_000;
const MIB: u64 = 1024 * 1024;

const NETWORK: [&str; 16] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "virtiofs",
    "ceph",
    "glusterfs",
    "afs",
    "ocfs2",
    "gfs2",
    "lustre",
    "sshfs",
    "davfs",
    "orangefs",
];
const COPYING: [&str; 4] = ["btrfs", "zfs", "bcachefs", "nilfs2"];
const KNOWN: [&str; 5] = ["ext4", "ext3", "ext2", "xfs", "jfs"];

/// Whether this kind of file system keeps what it confirmed and forgets what was overwritten.
pub(super) fn file_system(path: &str, kind: Option<&str>) -> DoctorFinding {
    const CHECK: &str = "file system";
    const MOVE: &str = "move the data folder to a local disk with ext4 or xfs (`dump`, `load`)";
    let Some(kind) = kind else {
        return DoctorFinding::look(
            CHECK,
            format!("of {path} is not known"),
            "see that it is ext4 or xfs on a local disk",
        );
    };
    if NETWORK.contains(&kind) || kind.starts_with("fuse") {
        let found = format!(
            "{path} lies on {kind}, which another machine or program answers for: what it confirms may not be on a disk, its locks may not hold, and keys may stay in its copies"
        );
        return DoctorFinding::stop(CHECK, found, MOVE);
    }
    if COPYING.contains(&kind) {
        let found = format!(
            "{path} lies on {kind}, which writes elsewhere instead of over the old block: destroyed keys can be found again"
        );
        return DoctorFinding::stop(CHECK, found, MOVE);
    }
    match kind {
        "tmpfs" | "ramfs" => DoctorFinding::stop(
            CHECK,
            format!("{path} lies in memory ({kind}): all of it is gone at the next start"),
            MOVE,
        ),
        "overlay" => DoctorFinding::look(
            CHECK,
            format!("{path} lies in a container's own layer: it goes with the container"),
            "mount a volume of a local ext4 or xfs disk there",
        ),
        "f2fs" => DoctorFinding::look(
            CHECK,
            format!(
                "{path} lies on f2fs, which writes elsewhere instead of over the old block: destroyed keys can be found again"
            ),
            "use ext4 or xfs, or full-disk encryption whose key you can throw away",
        ),
        kind if KNOWN.contains(&kind) => DoctorFinding::ok(
            CHECK,
            format!("{path} lies on {kind}. Flash storage may still keep overwritten blocks: encrypt the whole disk"),
        ),
        other => DoctorFinding::look(CHECK, format!("{path} lies on {other}, which was not tried"), MOVE),
    }
}

/// Whether a file that was synced could be read back.
pub(super) fn durability(probe: &DiskProbe) -> DoctorFinding {
    const CHECK: &str = "durability";
    match probe {
        DiskProbe::Bad(reason) => DoctorFinding::stop(
            CHECK,
            format!("a small file could not be written, synced and read back: {reason}"),
            "run this as the service's user; if you did, mend the disk before anything else",
        ),
        DiskProbe::Good { per_second } if *per_second > TOO_FAST => DoctorFinding::look(
            CHECK,
            format!("{per_second} syncs a second: no disk does that, so something confirms before the data is safe"),
            "see that the disk's or the virtual machine's write cache honours a flush (no `cache=unsafe`, no `nobarrier`)",
        ),
        DiskProbe::Good { per_second } => {
            DoctorFinding::ok(CHECK, format!("written, synced and read back; about {per_second} syncs a second"))
        }
    }
}

/// Room on the disk: free bytes, and the bytes of the store.
pub(super) fn space(read: Option<(u64, u64)>) -> DoctorFinding {
    const CHECK: &str = "disk space";
    const ROOM: &str = "make room on this disk, before tallies are refused";
    let Some((free, store)) = read else {
        return DoctorFinding::look(CHECK, "could not be read", "look with `df`");
    };
    let found =
        format!("{} MiB free; the store has {} MiB, and twice that while it is opened", free / MIB, store / MIB);
    if free < store.saturating_add(16 * MIB) {
        return DoctorFinding::stop(CHECK, found, ROOM);
    }
    if free < store.saturating_mul(3).saturating_add(256 * MIB) {
        return DoctorFinding::look(CHECK, found, ROOM);
    }
    DoctorFinding::ok(CHECK, found)
}

/// Whether the service can confine itself.
pub(super) fn landlock(kernel: &Landlock) -> DoctorFinding {
    const CHECK: &str = "sandbox";
    const UNIT: &str = "run the service under deploy/peertally.service, which confines it from outside";
    let on = kernel.modules.as_ref().map(|list| list.trim().split(',').any(|name| name == "landlock"));
    match (on, kernel.built_in) {
        (Some(true), _) => DoctorFinding::ok(CHECK, "this kernel has Landlock, and it is on"),
        (Some(false), _) => DoctorFinding::look(CHECK, "Landlock is not among this kernel's active modules", UNIT),
        (None, Some(true)) => DoctorFinding::look(
            CHECK,
            "this kernel has Landlock; whether it is on cannot be read here",
            "look into /sys/kernel/security/lsm as root: `landlock` should be in it",
        ),
        (None, Some(false)) => DoctorFinding::look(CHECK, "this kernel has no Landlock", UNIT),
        (None, None) => DoctorFinding::look(CHECK, "whether this kernel has Landlock cannot be read here", UNIT),
    }
}

/// Whether a period can be counted in a process of its own, and how far that is shut in.
pub(super) fn counting(tried: Result<Option<String>, CountingError>) -> DoctorFinding {
    const CHECK: &str = "counting process";
    const MEANS: &str = "a close works; what it counts is kept from other programs less well";
    match tried {
        Ok(None) => DoctorFinding::ok(CHECK, "starts, and is shut in"),
        Ok(Some(missing)) => DoctorFinding::look(CHECK, format!("starts, and is not wholly shut in: {missing}"), MEANS),
        Err(error) => DoctorFinding::stop(CHECK, error.to_string(), "until it starts, no period can be closed"),
    }
}

/// Whether memory can be written to a disk: `/proc/swaps`.
pub(super) fn swap(swaps: Option<&str>) -> DoctorFinding {
    const CHECK: &str = "swap";
    let Some(swaps) = swaps else {
        return DoctorFinding::look(
            CHECK,
            "/proc/swaps cannot be read",
            "see that no swap is on, or that it is encrypted",
        );
    };
    let areas: Vec<&str> = swaps.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    let on_disk: Vec<&str> = areas.iter().filter(|area| !area.starts_with("/dev/zram")).copied().collect();
    if on_disk.is_empty() {
        let found = if areas.is_empty() { "none" } else { "only in compressed memory (zram)" };
        return DoctorFinding::ok(CHECK, found);
    }
    DoctorFinding::look(
        CHECK,
        format!("on ({}): keys and opened rows can reach the disk and stay there", on_disk.join(", ")),
        "turn it off, encrypt it with a key made at each start, or use the unit's MemorySwapMax=0",
    )
}

/// Whether a crash writes memory to a disk: `/proc/sys/kernel/core_pattern`.
pub(super) fn cores(pattern: Option<&str>) -> DoctorFinding {
    const CHECK: &str = "core dumps";
    const OFF: &str = "set `kernel.core_pattern=` to nothing or Storage=none in coredump.conf, and LimitCORE=0 for the service (the unit does)";
    match pattern.map(str::trim) {
        None => DoctorFinding::look(CHECK, "kernel.core_pattern cannot be read", OFF),
        Some("") => DoctorFinding::ok(CHECK, "the kernel writes none"),
        Some(pattern) if pattern.starts_with('|') => {
            let program = pattern.trim_start_matches('|').split_whitespace().next().unwrap_or_default();
            let found = format!("a crash hands the memory, with its keys, to {program}, whatever the limits say");
            DoctorFinding::look(CHECK, found, OFF)
        }
        Some(pattern) => {
            let found =
                format!("a crash writes the memory to a file (`{pattern}`) unless the service's limit forbids it");
            DoctorFinding::look(
                CHECK,
                found,
                "see that LimitCORE=0 holds for the service (deploy/peertally.service sets it)",
            )
        }
    }
}

/// The kind of the file system that `path` lies on, from `/proc/self/mountinfo`.
pub(super) fn mount_of(path: &str, mountinfo: &str) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in mountinfo.lines() {
        let Some((before, after)) = line.split_once(" - ") else { continue };
        let (Some(point), Some(kind)) = (before.split(' ').nth(4), after.split(' ').next()) else { continue };
        let point = unescape(point);
        let below =
            point == "/" || path == point || path.strip_prefix(&point).is_some_and(|rest| rest.starts_with('/'));
        // Of two mounts at one place the later one is seen.
        if below && best.is_none_or(|(length, _)| point.len() >= length) {
            best = Some((point.len(), kind));
        }
    }
    best.map(|(_, kind)| kind.to_owned())
}

/// The kernel writes space, tab, newline and backslash as three octal digits.
fn unescape(text: &str) -> String {
    text.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::*;

    #[test]
    fn file_systems_are_told_apart() {
        let level = |kind| file_system("/data", Some(kind)).level;
        for kind in ["nfs4", "cifs", "fuse.sshfs", "fuseblk", "9p", "virtiofs", "btrfs", "zfs", "tmpfs", "ramfs"] {
            assert_eq!(level(kind), Level::Stop, "{kind}");
        }
        for kind in ["overlay", "f2fs", "somefs"] {
            assert_eq!(level(kind), Level::Look, "{kind}");
        }
        assert_eq!((level("ext4"), level("xfs")), (Level::Ok, Level::Ok));
        assert_eq!(file_system("/data", None).level, Level::Look);
        assert!(file_system("/data", Some("btrfs")).found.contains("keys can be found again"));
    }

    #[test]
    fn the_deepest_and_latest_mount_counts() {
        let info = "22 1 254:0 / / rw - ext4 /dev/vda rw\n\
                    30 22 0:40 / /srv rw,relatime shared:1 - btrfs /dev/b rw\n\
                    31 30 0:41 / /srv/my\\040data rw - xfs /dev/c rw\n\
                    32 30 0:42 / /srv/my\\040data rw - nfs4 host:/x rw\n\
                    broken line\n";
        let kind = |path| mount_of(path, info);
        assert_eq!(kind("/home/x").as_deref(), Some("ext4"));
        assert_eq!(kind("/srvx").as_deref(), Some("ext4"));
        assert_eq!(kind("/srv/x").as_deref(), Some("btrfs"));
        assert_eq!(kind("/srv/my data/store").as_deref(), Some("nfs4"));
        assert_eq!(mount_of("/x", ""), None);
    }

    #[test]
    fn room_is_measured_by_the_store() {
        let level = |free, store| space(Some((free * MIB, store * MIB))).level;
        assert_eq!(level(10, 0), Level::Stop);
        assert_eq!(level(500, 490), Level::Stop);
        assert_eq!(level(500, 300), Level::Look);
        assert_eq!((level(300, 1), level(100_000, 200)), (Level::Ok, Level::Ok));
        assert_eq!(space(None).level, Level::Look);
    }

    #[test]
    fn memory_that_reaches_a_disk_is_told() {
        const HEAD: &str = "Filename\tType\tSize\tUsed\tPriority\n";
        assert_eq!(swap(Some(HEAD)).level, Level::Ok);
        assert_eq!(swap(Some(&format!("{HEAD}/dev/zram0 partition 1 0 100\n"))).level, Level::Ok);
        let on = swap(Some(&format!("{HEAD}/swapfile file 1 0 -2\n")));
        assert!(on.level == Level::Look && on.found.contains("/swapfile"));
        assert_eq!(swap(None).level, Level::Look);
        assert_eq!(cores(Some("\n")).level, Level::Ok);
        assert!(cores(Some("|/usr/lib/systemd/systemd-coredump %P")).found.contains("systemd-coredump"));
        assert_eq!((cores(Some("core\n")).level, cores(None).level), (Level::Look, Level::Look));
    }

    #[test]
    fn landlock_is_judged_by_what_can_be_read() {
        let judge = |modules: Option<&str>, built_in| {
            landlock(&Landlock { modules: modules.map(str::to_owned), built_in }).level
        };
        assert_eq!(judge(Some("lockdown,landlock,yama\n"), None), Level::Ok);
        assert_eq!(judge(Some("lockdown,xlandlock"), Some(true)), Level::Look);
        for built_in in [Some(true), Some(false), None] {
            assert_eq!(judge(None, built_in), Level::Look);
        }
    }

    #[test]
    fn a_disk_that_is_too_fast_or_refuses_is_told() {
        assert_eq!(durability(&DiskProbe::Good { per_second: 500 }).level, Level::Ok);
        assert_eq!(durability(&DiskProbe::Good { per_second: 90_000 }).level, Level::Look);
        assert_eq!(durability(&DiskProbe::Bad("no".to_owned())).level, Level::Stop);
    }
}
