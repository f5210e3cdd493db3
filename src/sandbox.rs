//! The service's own walls, put up before its first thread: Landlock and no core dumps.
//! Beside them: how many files it may have open.
//!
//! Guarantee where [`Held::Fully`] is answered: this process and its threads can
//! open files below DATA and the witness beside it only (time zone data and the
//! key files may be read wherever they lie), run no program but this one, open no TCP connection and no further
//! TCP port, reach no abstract Unix socket and signal no other process.
//! Non-guarantee: UDP, Unix sockets with a path, and the mode, owner and times
//! of files; what is open already stays open. Nothing here reads a secret.

#[cfg(feature = "test-hooks")]
pub mod probe;

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, LandlockStatus, PathBeneath, PathFd, RestrictionStatus, Ruleset,
    RulesetAttr, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope, make_bitflags, path_beneath_rules,
};
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, dumpable_behavior, getrlimit, set_dumpable_behavior, setrlimit,
};

/// Newest Landlock that this was tested with; later ones bring nothing that is used here.
const TESTED: ABI = ABI::V6;
/// Where `jiff` looks for time zones before it takes those built in.
const ZONES: [&str; 3] = ["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];
/// What each Landlock brought that is used here, from the second on.
const BROUGHT: [(ABI, &str); 4] = [
    (ABI::V3, "cutting files outside the data folder short"),
    (ABI::V4, "TCP"),
    (ABI::V5, "device commands"),
    (ABI::V6, "abstract Unix sockets and signals"),
];

/// How far the walls stand. The words are for the service's log.
#[derive(Debug, PartialEq, Eq)]
pub enum SandboxStatus {
    /// All that this program asks for.
    Fully,
    /// Some of it: what is missing, and what to do.
    Partly(String),
    /// Nothing: why, and what to do.
    Not(String),
}

impl SandboxStatus {
    /// What is missing, if anything is.
    #[must_use]
    pub fn missing(&self) -> Option<&str> {
        match self {
            Self::Fully => None,
            Self::Partly(why) | Self::Not(why) => Some(why),
        }
    }
}

/// What the service leaves itself beside its data folder.
#[derive(Clone, Copy, Default)]
pub struct Openings<'a> {
    /// A file that may be read and written in place: the witness.
    pub beside: Option<&'a Path>,
    /// Files that may be read: the keys, where they are links.
    pub also: &'a [PathBuf],
    /// The one program that may be run: this one, as the counting process.
    pub program: Option<&'a File>,
}

/// Confines this process for good: `data` may be changed, and what `openings` names be used.
///
/// Call it before the first thread: a thread that exists already stays outside,
/// and the answer then says so. It cannot be undone. Nothing fails where the
/// kernel cannot do it.
#[must_use]
pub fn enter(data: &Path, openings: Openings<'_>) -> SandboxStatus {
    #[cfg(feature = "test-hooks")]
    if crate::faults::no_sandbox() {
        return SandboxStatus::Not("a test switched it off".to_owned());
    }
    let threads = threads();
    match confine_thread(data, openings) {
        SandboxStatus::Fully if threads > 1 => SandboxStatus::Partly(format!(
            "{threads} threads began before the sandbox: report this fault of the program"
        )),
        held => held,
    }
}

/// Confines the calling thread alone. On a thread that then ends, it shows what [`enter`] would answer.
#[must_use]
pub fn confine_thread(data: &Path, openings: Openings<'_>) -> SandboxStatus {
    match restrict(data, openings) {
        Ok(status) => told(&status.ruleset, status.landlock),
        Err(error) => SandboxStatus::Not(format!("the sandbox could not be put up ({error}): {UNIT}")),
    }
}

/// Turns core dumps off for this process: a dump would hold keys and opened rows.
///
/// The limit alone does not stop a handler that the kernel pipes dumps to; the mark
/// "not dumpable" does. The limit may be refused by a system call filter that is set around the service.
///
/// # Errors
/// What is not off, in words.
pub fn no_core_dumps() -> Result<(), String> {
    #[cfg(feature = "test-hooks")]
    if crate::faults::dumpable() {
        return Ok(());
    }
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    set_dumpable_behavior(DumpableBehavior::NotDumpable)
        .map_err(|error| format!("core dumps could not be turned off ({error}): set LimitCORE=0 for the service"))
}

/// Whether this process could leave a core dump, as the kernel tells it now. A limit of 0 would not
/// stop a handler that dumps are piped to, so the mark alone counts.
#[must_use]
pub fn may_dump() -> bool {
    !matches!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable))
}

/// How many files this process may have open, after asking for all that it may ask for.
#[must_use]
pub fn open_files() -> u64 {
    let now = getrlimit(Resource::Nofile);
    // A system call filter may refuse it; then it stays as it is.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: now.maximum, maximum: now.maximum });
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

/// What to do where the kernel does not help.
const UNIT: &str = "run the service under deploy/peertally.service, which confines it from outside";

/// Shuts the counting process in: it opens no file and no socket and runs nothing. What is open stays open.
#[must_use]
pub fn close_in() -> SandboxStatus {
    // No further descriptor at all, where the system lets the limit be set.
    let few = Some(3);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: few, maximum: few });
    let closed = || -> Result<RestrictionStatus, Box<dyn Error>> {
        let all = Ruleset::default().handle_access(AccessFs::from_all(TESTED))?;
        let all = all.handle_access(AccessNet::from_all(TESTED))?.scope(Scope::from_all(TESTED))?;
        Ok(all.create()?.restrict_self()?)
    };
    match closed() {
        Ok(status) => told(&status.ruleset, status.landlock),
        Err(error) => SandboxStatus::Not(format!("the counting process could not be shut in ({error}): {UNIT}")),
    }
}

/// The files that are run together with this program: the loader and the libraries that it is linked to.
fn libraries() -> Vec<PathBuf> {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
    let runs = |line: &str| {
        let mut words = line.split_whitespace();
        let (rights, path) = (words.nth(1)?, words.nth(3)?);
        (rights.contains('x') && path.starts_with('/')).then(|| PathBuf::from(path))
    };
    let mut files: Vec<_> = maps.lines().filter_map(runs).collect();
    files.dedup();
    files
}

fn restrict(data: &Path, openings: Openings<'_>) -> Result<RestrictionStatus, Box<dyn Error>> {
    let own: BitFlags<AccessFs> = make_bitflags!(AccessFs::{
        ReadFile | ReadDir | WriteFile | Truncate | MakeReg | MakeDir | MakeSock | RemoveFile | RemoveDir | Refer
    });
    let read: BitFlags<AccessFs> = AccessFs::ReadFile | AccessFs::ReadDir;
    let in_place: BitFlags<AccessFs> = AccessFs::ReadFile | AccessFs::WriteFile;
    let run: BitFlags<AccessFs> = AccessFs::ReadFile | AccessFs::Execute;
    let program = openings.program.map(|program| Ok::<_, RulesetError>(PathBeneath::new(program, run)));
    let libraries = if program.is_some() { libraries() } else { Vec::new() };
    // Best effort is the crate's default: what this kernel does not know is left out, and told.
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(TESTED))?
        .handle_access(AccessNet::from_all(TESTED))?
        .scope(Scope::from_all(TESTED))?
        .create()?
        .add_rule(PathBeneath::new(PathFd::new(data)?, own))?
        .add_rules(path_beneath_rules(openings.beside, in_place))?
        .add_rules(path_beneath_rules(ZONES, read))?
        .add_rules(path_beneath_rules(openings.also, read))?
        .add_rules(path_beneath_rules(libraries, run))?
        .add_rules(program)?
        .restrict_self()?;
    Ok(status)
}

fn told(ruleset: &RulesetStatus, landlock: LandlockStatus) -> SandboxStatus {
    match (ruleset, landlock) {
        (RulesetStatus::FullyEnforced, _) => SandboxStatus::Fully,
        (RulesetStatus::PartiallyEnforced, LandlockStatus::Available { effective_abi, .. }) => {
            let missing: Vec<_> =
                BROUGHT.iter().filter(|(abi, _)| effective_abi < *abi).map(|(_, what)| *what).collect();
            SandboxStatus::Partly(format!(
                "this kernel's Landlock does not keep the service from: {}: {UNIT}",
                missing.join(", ")
            ))
        }
        (_, LandlockStatus::NotEnabled) => {
            SandboxStatus::Not(format!("Landlock is switched off in this kernel: {UNIT}"))
        }
        _ => {
            SandboxStatus::Not(format!("this kernel has no usable Landlock, or a system call filter hides it: {UNIT}"))
        }
    }
}

/// Threads of this process; 1 where the system does not say.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(1, Iterator::count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_kernel_lacks_is_named() {
        let old = LandlockStatus::Available { effective_abi: ABI::V3, kernel_abi: None };
        let SandboxStatus::Partly(words) = told(&RulesetStatus::PartiallyEnforced, old) else { panic!("not partly") };
        assert!(words.contains("TCP, device commands, abstract") && !words.contains("cutting"), "{words}");
        for none in [LandlockStatus::NotEnabled, LandlockStatus::NotImplemented] {
            let held = told(&RulesetStatus::NotEnforced, none);
            assert!(matches!(&held, SandboxStatus::Not(words) if words.contains("peertally.service")), "{held:?}");
        }
        assert_eq!(told(&RulesetStatus::FullyEnforced, old).missing(), None);
    }

    #[test]
    fn a_folder_that_is_not_there_confines_nothing_and_says_why() {
        let held = confine_thread(Path::new("/nowhere/at/all"), Openings::default());
        assert!(matches!(&held, SandboxStatus::Not(words) if words.contains("could not be put up")), "{held:?}");
        assert!(std::fs::read_dir("/").is_ok());
    }

    #[test]
    fn late_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        // The test's own threads exist already.
        let held = std::thread::spawn(move || enter(&path, Openings::default())).join().unwrap();
        assert_ne!(held, SandboxStatus::Fully);
    }
}
