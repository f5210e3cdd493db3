//! Every file and folder below DATA: has it a place, who may get at it, does it outlive its period?
//!
//! Guarantee: links are not followed, except the two key files that may be
//! links; whatever `policy::spots` does not know is a finding.
//! Non-guarantee: a secret kept under a permitted name, or inside another file, is not told from its rightful
//! content here.

use std::fs;
use std::io::Read;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use crate::log::survey;
use crate::policy::layout::{Access, DataFile, Kind, Lifetime, find};

use super::finding::ScanFinding;
use super::periods::Periods;

const PLACES: &str = "places";
const PERMISSIONS: &str = "permissions";
const SECRETS: &str = "secrets";
const CORES: &str = "core dumps";
const LOG: &str = "public/log";

/// Something that lies below DATA.
#[derive(Clone, Debug)]
pub struct ScannedFile {
    /// Path inside DATA; empty for DATA itself.
    pub path: String,
    /// Where it is.
    pub at: PathBuf,
    meta: fs::Metadata,
    /// For a link: what it leads to, if that is there.
    target: Option<fs::Metadata>,
}

impl ScannedFile {
    /// Whether it is a plain file, or a link to one.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.target.as_ref().unwrap_or(&self.meta).is_file()
    }

    fn is_link(&self) -> bool {
        self.meta.file_type().is_symlink()
    }
}

/// Everything below a folder, in order of path; with it, folders that could not be read.
#[must_use]
pub fn walk(data: &Path) -> (Vec<ScannedFile>, Vec<ScanFinding>) {
    let (mut seen, mut findings) = (Vec::new(), Vec::new());
    let mut waiting = vec![(String::new(), data.to_owned())];
    while let Some((path, at)) = waiting.pop() {
        let Ok(meta) = (if path.is_empty() { fs::metadata(&at) } else { fs::symlink_metadata(&at) }) else { continue };
        if meta.is_dir() {
            match fs::read_dir(&at) {
                Ok(entries) => waiting.extend(entries.flatten().map(|entry| {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    (if path.is_empty() { name } else { format!("{path}/{name}") }, entry.path())
                })),
                Err(error) => findings.push(unreadable(&path, &error)),
            }
        }
        let target = meta.file_type().is_symlink().then(|| fs::metadata(&at).ok()).flatten();
        seen.push(ScannedFile { path, at, meta, target });
    }
    seen.sort_by(|a, b| a.path.cmp(&b.path));
    (seen, findings)
}

fn unreadable(path: &str, error: &std::io::Error) -> ScanFinding {
    let advice = "run this as the service's user, or as root";
    ScanFinding::new(PLACES, name(path), format!("cannot be read ({error}), so it was not looked at"), advice)
}

fn name(path: &str) -> String {
    if path.is_empty() { "DATA".to_owned() } else { path.to_owned() }
}

/// What is wrong with what was seen. `periods` is `None` where the log cannot be read.
#[must_use]
pub fn judge(data: &Path, seen: &[ScannedFile], periods: Option<&Periods>) -> Vec<ScanFinding> {
    let mut findings = Vec::new();
    let owner = seen.first().map_or(0, |data| data.meta.uid());
    for file in seen {
        let in_log = file.path.starts_with("public/log/") && file.path != "public/log/checkpoint";
        let known = find(&file.path).map(|(spot, _)| spot);
        match known {
            _ if in_log => {}
            None => findings.push(stranger(file)),
            Some(spot) => findings.extend(place(file, &spot)),
        }
        findings.extend(permissions(file, known.map(|spot| spot.guard), owner));
        findings.extend(secret(file, periods));
        if file.is_file() && is_core(file) {
            let what = "looks like a core dump: it may hold keys, cards and opened rows";
            findings.push(ScanFinding::new(
                CORES,
                &file.path,
                what,
                "overwrite and remove it, and find out why dumps were on (`peertally doctor`)",
            ));
        }
    }
    if let Some(periods) = periods {
        findings.extend(log_files(data, periods.size));
    }
    // A service that works meanwhile makes files and removes them: what is gone by now was passing.
    findings.retain(|finding| finding.at == "DATA" || fs::symlink_metadata(data.join(&finding.at)).is_ok());
    findings
}

fn stranger(file: &ScannedFile) -> ScanFinding {
    let bytes = file.meta.len();
    let what = if file.meta.is_dir() {
        "is a folder that the policy has no place for".to_owned()
    } else {
        format!("has {bytes} bytes and no place in the policy")
    };
    ScanFinding::new(PLACES, &file.path, what, "find out what wrote it; keep what is yours elsewhere, remove the rest")
}

fn place(file: &ScannedFile, spot: &DataFile) -> Vec<ScanFinding> {
    let mut findings = Vec::new();
    let mut note = |what: String, advice: &str| findings.push(ScanFinding::new(PLACES, name(&file.path), what, advice));
    let kind = file.meta.file_type();
    let fits = match spot.kind {
        Kind::File => kind.is_file(),
        Kind::KeyFile => kind.is_file() || (kind.is_symlink() && file.is_file()),
        Kind::Folder => kind.is_dir(),
        Kind::Socket => kind.is_socket(),
    };
    if file.is_link() && !fits {
        note("is a link: only the two key files may be links".to_owned(), "put the file itself in its place");
    } else if !fits {
        note("is another kind of file than this program makes there".to_owned(), "find out what wrote it");
    }
    if let Lifetime::Passing(advice) = spot.stay {
        note(
            "was left by a command that was cut short; it may hold sealed bytes of shredded periods".to_owned(),
            advice,
        );
    }
    findings
}

fn permissions(file: &ScannedFile, guard: Option<Access>, owner: u32) -> Vec<ScanFinding> {
    let mut findings = Vec::new();
    let mut note = |what: String, advice: &str| {
        findings.push(ScanFinding::new(PERMISSIONS, name(&file.path), what, advice));
    };
    let meta = file.target.as_ref().unwrap_or(&file.meta);
    let mode = meta.mode() & 0o7777;
    if !file.is_link() || file.target.is_some() {
        if guard == Some(Access::Owner) && mode & 0o077 != 0 {
            let advice = if meta.is_dir() { "`chmod 700` it" } else { "`chmod 600` it" };
            note(
                format!("can be opened by other users (mode {mode:o})"),
                &format!("{advice}, and think about who may have looked"),
            );
        } else if mode & 0o022 != 0 {
            note(format!("can be changed by other users (mode {mode:o})"), "`chmod go-w` it");
        }
    }
    // A key that is lent by systemd belongs to whom systemd says.
    if file.meta.uid() != owner {
        note(format!("belongs to user {}, and DATA to user {owner}", file.meta.uid()), "give it back with `chown`");
    }
    if file.meta.is_file() && file.meta.nlink() > 1 {
        note(
            "has a second name somewhere (a hard link): what is removed here stays there".to_owned(),
            "find the other name with `find / -samefile`",
        );
    }
    findings
}

/// A file of a period's secrets that outlives the period, under whatever ending.
fn secret(file: &ScannedFile, periods: Option<&Periods>) -> Option<ScanFinding> {
    let inside = file.path.strip_prefix("keys/")?;
    let known = find(&file.path);
    let period = match known {
        Some((spot, period)) => period.filter(|_| spot.stay == Lifetime::Secret)?,
        // A copy under another name: the period is what the name begins with.
        None => inside.rsplit('/').next()?.split('.').next()?.parse().ok()?,
    };
    if !periods?.is_shredded(period) {
        return None;
    }
    let what = format!("is a secret of {period}, whose keys the log calls destroyed");
    let advice = "run `peertally close` for that period again; if it stays, overwrite and remove it (`shred -u`), and look for copies";
    Some(ScanFinding::new(SECRETS, &file.path, what, advice))
}

/// By its name, or by the head of an ELF file of type core.
fn is_core(file: &ScannedFile) -> bool {
    let last = file.path.rsplit('/').next().unwrap_or_default();
    let number = last.strip_prefix("core.").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let mut head = [0; 18];
    let read = fs::File::open(&file.at).and_then(|mut open| open.read_exact(&mut head));
    let elf = read.is_ok() && head.starts_with(b"\x7fELF") && (head[16..] == [4, 0] || head[16..] == [0, 4]);
    last == "core" || number || elf
}

fn log_files(data: &Path, size: u64) -> Vec<ScanFinding> {
    let found = match survey(&data.join(LOG), size) {
        Ok(found) => found,
        Err(error) => return vec![ScanFinding::new(PLACES, LOG, error.to_string(), "run this as the service's user")],
    };
    let at = |path: &String| format!("{LOG}/{path}");
    let unknown = found.unknown.iter().map(|path| {
        ScanFinding::new(PLACES, at(path), "is no file of the log", "find out what wrote it, and remove it")
    });
    let left = found.leftover.iter().map(|path| {
        let what = "was left by an append that was cut short";
        ScanFinding::new(PLACES, at(path), what, "run `peertally status` without a service: opening the log removes it")
    });
    unknown.chain(left).collect()
}
