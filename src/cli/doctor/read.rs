//! What the doctor reads: plain files of the data folder and of the kernel.
//!
//! Guarantee: nothing is judged here, and nothing is changed but the probe
//! file, which is removed again.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use super::calendar::{Alive, ProgrammeFacts};
use super::custody::Offline;
use super::finding::DoctorFinding;
use super::folder::{FileMeta, MasterPlace};
use super::host::{self, DiskProbe, Landlock};
use crate::clock::{Clock, SystemClock};
use crate::crypto::MasterKey;
use crate::crypto::digest::sha256;
use crate::crypto::sign::LogVerifierKey;
use crate::durable;
use crate::log::{self, Ledger, OpenedBy, PeriodState, PeriodView, PublicLog};
use crate::period::{Custody, DataPaths, Loss, PeriodError, check_secrets};
use crate::policy::{self, Policy, compare, embedded};

/// Syncs of the probe.
const SYNCS: u32 = 16;

/// Whether a service answers.
pub(super) fn service(folder: &DataPaths) -> bool {
    UnixStream::connect(folder.socket()).is_ok()
}

/// The user that runs this: the owner of its entry in `/proc`.
pub(super) fn me() -> u32 {
    fs::metadata("/proc/self").map_or(0, |seen| seen.uid())
}

/// A small file of the kernel's.
pub(super) fn text(path: &str) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// Everything in the data folder except what lies deeper in `public/`.
pub(super) fn seen(folder: &DataPaths) -> Vec<FileMeta> {
    let mut seen = Vec::new();
    for path in ["", "keys", "keys/periods", "keys/queue", "store", "public"] {
        let at = folder.path().join(path);
        if path.is_empty() {
            seen.extend(look(&at, String::new()));
        }
        let Ok(entries) = fs::read_dir(&at) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let below = if path.is_empty() { name } else { format!("{path}/{name}") };
            seen.extend(look(&entry.path(), below));
        }
    }
    seen
}

fn look(path: &Path, name: String) -> Option<FileMeta> {
    let found = fs::metadata(path).ok()?;
    Some(FileMeta { path: name, mode: found.permissions().mode() & 0o777, owner: found.uid(), folder: found.is_dir() })
}

/// Where the master key lies; a link counts as what it leads to.
pub(super) fn master_place(folder: &DataPaths) -> MasterPlace {
    let key = fs::metadata(folder.path().join("keys/master.key")).map(|seen| seen.dev());
    let store = fs::metadata(folder.store()).map(|seen| seen.dev());
    MasterPlace { found: key.is_ok() && folder.master().is_ok(), beside_store: key.ok() == store.ok() }
}

/// The file systems of the data folder, its keys and its store, each once.
pub(super) fn mounts(folder: &DataPaths) -> Vec<(String, Option<String>)> {
    let info = text("/proc/self/mountinfo").unwrap_or_default();
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    for path in [folder.path().to_owned(), folder.path().join("keys"), folder.store()] {
        let Ok(real) = fs::canonicalize(&path) else { continue };
        let kind = host::mount_of(&real.to_string_lossy(), &info);
        if found.iter().all(|(_, other)| *other != kind) {
            found.push((path.display().to_string(), kind));
        }
    }
    found
}

/// Writes, syncs, reads back and removes a small file.
pub(super) fn probe(folder: &DataPaths) -> DiskProbe {
    let path = folder.path().join("doctor.probe");
    let begin = Instant::now();
    let tried = try_disk(&path);
    let took = begin.elapsed().max(Duration::from_micros(1));
    let removed = durable::remove(&path);
    match tried.and_then(|()| removed.map_err(|error| error.to_string())) {
        // Each file takes two syncs: its own and the folder's.
        Ok(()) => {
            let per_second = (f64::from(SYNCS * 2) / took.as_secs_f64()).round();
            DiskProbe::Good { per_second: per_second as u64 }
        }
        Err(reason) => DiskProbe::Bad(reason),
    }
}

fn try_disk(path: &Path) -> Result<(), String> {
    for n in 0..SYNCS {
        let bytes = sha256(&n.to_le_bytes());
        durable::replace(path, bytes.as_bytes(), durable::PRIVATE).map_err(|error| error.to_string())?;
        if fs::read(path).ok().as_deref() != Some(bytes.as_bytes().as_slice()) {
            return Err("other bytes came back".to_owned());
        }
    }
    Ok(())
}

/// Free bytes for this user, and the bytes of the store.
pub(super) fn space(folder: &DataPaths) -> Option<(u64, u64)> {
    let disk = rustix::fs::statvfs(folder.path()).ok()?;
    let files = fs::read_dir(folder.store()).into_iter().flatten().flatten();
    let store =
        files.filter_map(|file| file.metadata().ok()).filter(fs::Metadata::is_file).map(|seen| seen.len()).sum();
    Some((disk.f_bavail.saturating_mul(disk.f_frsize), store))
}

/// What the kernel shows of Landlock.
pub(super) fn landlock() -> Landlock {
    let symbols = text("/proc/kallsyms").filter(|symbols| !symbols.is_empty());
    Landlock {
        modules: text("/sys/kernel/security/lsm"),
        built_in: symbols.map(|symbols| symbols.contains("landlock_create_ruleset")),
    }
}

/// Log, keys, periods, programme; a finding where not even the log can be read.
pub(super) fn programme(folder: &DataPaths, config: Option<&Path>) -> Result<ProgrammeFacts, DoctorFinding> {
    let log = read_log(folder).map_err(|reason| {
        DoctorFinding::stop(
            "log",
            reason,
            "put public/ back from the newest copy; nothing opens or closes without the log",
        )
    })?;
    let ledger = log.ledger();
    let mut broken = Vec::new();
    let text = adopted(folder, "programme", ledger.programme(), &mut broken);
    let parsed = text.as_ref().and_then(|text| parsed(text, "the programme file in force", &mut broken));
    if let Some(text) = adopted(folder, "policy", ledger.policy(), &mut broken) {
        let policy = Policy::parse(&text, "the policy in force").map_err(|error| error.to_string());
        broken.extend(policy.and_then(|policy| compare(&policy).map_err(|e| e.to_string())).err());
    }
    let zone = parsed.as_ref().map_or(jiff::tz::TimeZone::UTC, |programme| programme.timezone.clone());
    let today = SystemClock.today(&zone);
    let shipped = parsed.is_some() && text.as_deref() == Some(embedded::PROGRAMME);
    // Without a programme nothing can be said of today's period: that is told already.
    let current = parsed.as_ref().map(|programme| programme.current_period(today));
    let current = current.map(|period| (period, ledger.period(period).is_some()));
    let Some(current) = current else {
        let reason = broken.join("; ");
        return Err(DoctorFinding::stop("programme", reason, "put the file back from a copy of public/"));
    };
    let alive = alive(folder, ledger, &mut broken);
    Ok(ProgrammeFacts {
        today,
        zone: zone.iana_name().unwrap_or("of its own").to_owned(),
        last: ledger.last_date(),
        entries: log.size(),
        current,
        offline: Offline {
            always: folder.custody().is_ok_and(|custody| custody == Custody::Offline),
            given: folder.given_keys().into_iter().filter(|period| ledger.period(*period).is_none()).collect(),
        },
        strays: strays(folder, ledger, &alive),
        alive,
        keys: ["master.key", "log.key"].into_iter().filter_map(|name| Some((name, age(folder, name)?))).collect(),
        shipped,
        broken,
        config: config.map(|path| same_programme(path, text.as_deref())),
    })
}

pub(super) fn read_log(folder: &DataPaths) -> Result<PublicLog, String> {
    let path = folder.public().join("log-key.txt");
    let text = fs::read_to_string(&path).map_err(|error| format!("{} cannot be read ({error})", path.display()))?;
    let key: LogVerifierKey = text.trim().parse().map_err(|error| format!("{}: {error}", path.display()))?;
    let own = folder.log_key().map_err(|error| error.to_string())?;
    if own.verifier(key.name()).ok().is_none_or(|own| own.public() != key.public()) {
        return Err("keys/log.key is not the key that public/log-key.txt names".to_owned());
    }
    PublicLog::read(&log::DirSource(folder.log()), &key).map_err(|error| error.to_string())
}

fn adopted(
    folder: &DataPaths,
    kind: &str,
    digest: Option<crate::crypto::digest::Digest>,
    broken: &mut Vec<String>,
) -> Option<String> {
    let read = digest.ok_or_else(|| format!("the log names no {kind}"));
    let read = read.and_then(|digest| folder.read_adopted(kind, &digest).map_err(|error| error.to_string()));
    read.map_err(|reason| broken.push(reason)).ok()
}

fn parsed(text: &str, name: &str, broken: &mut Vec<String>) -> Option<policy::Programme> {
    policy::Programme::parse(text, name).map_err(|error| broken.push(error.to_string())).ok()
}

fn alive(folder: &DataPaths, ledger: &Ledger, broken: &mut Vec<String>) -> Vec<Alive> {
    let master = folder.master().ok();
    let mut alive = Vec::new();
    for (period, view) in ledger.periods() {
        // Of a period whose keys are lost, `witness` tells.
        if matches!(view.state, PeriodState::Shredded { .. }) || matches!(Loss::of(folder, period), Ok(Some(_))) {
            continue;
        }
        let text = adopted(folder, "programme", Some(view.programme), broken);
        let name = format!("the programme file of {period}");
        let Some(bound) = text.and_then(|text| parsed(&text, &name, broken)) else { continue };
        // After the release the secrets may be half gone: that is no loss.
        let needed = !matches!(view.state, PeriodState::Released { .. });
        alive.push(Alive {
            period,
            state: view.state.name(),
            opened: view.opened,
            closes: (view.by == OpenedBy::Calendar).then(|| bound.closing_day(period)),
            deadline: bound.keys_deadline(period, view.opened),
            offline: folder.secret(period, "public").exists() && !folder.secret(period, "private").exists(),
            secrets: if needed { wrong_secret(folder, master.as_ref(), period, view) } else { None },
        });
    }
    alive
}

/// What is wrong with a period's salt, or with the private key or the public one that was given.
fn wrong_secret(
    folder: &DataPaths,
    master: Option<&MasterKey>,
    period: crate::domain::Period,
    view: &PeriodView,
) -> Option<String> {
    // Without a master key there is nothing to try them with: that is told already.
    match check_secrets(folder, master?, period, view.public_key).err()? {
        PeriodError::SecretMissing(_, path) => Some(format!("{path} is missing")),
        PeriodError::SecretUnreadable(_, path) => Some(format!("{path} does not open with keys/master.key")),
        PeriodError::SecretOther(_, path) => Some(format!("{path} is not the key that the log names")),
        other => Some(other.to_string()),
    }
}

/// Files in `keys/periods` of periods without keys.
fn strays(folder: &DataPaths, ledger: &Ledger, alive: &[Alive]) -> Vec<String> {
    let entries = fs::read_dir(folder.path().join("keys/periods")).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut ours: Vec<_> = alive.iter().map(|alive| format!("{}.", alive.period)).collect();
    ours.extend(folder.given_keys().iter().filter(|p| ledger.period(**p).is_none()).map(|p| format!("{p}.public")));
    let mut strays: Vec<_> =
        names.filter(|name| !name.ends_with(".lost") && !ours.iter().any(|begin| name.starts_with(begin))).collect();
    strays.sort();
    strays
}

/// Days since a key file was written.
fn age(folder: &DataPaths, name: &str) -> Option<i64> {
    let written = fs::metadata(folder.path().join("keys").join(name)).ok()?.modified().ok()?;
    let age = SystemTime::now().duration_since(written).unwrap_or_default();
    i64::try_from(age.as_secs() / 86_400).ok()
}

fn same_programme(path: &Path, adopted: Option<&str>) -> Result<bool, String> {
    let text = super::super::init::read(path)?;
    policy::Programme::parse(&text, &path.display().to_string()).map_err(|error| error.to_string())?;
    Ok(adopted == Some(text.as_str()))
}
