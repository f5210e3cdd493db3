//! `restore`: makes a data folder anew from a backup.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde_json::json;
use zeroize::Zeroizing;

use super::output::Output;
use super::{Done, progress};
use crate::clock::SystemClock;
use crate::crypto::PrivateKeyFile;
use crate::domain::Period;
use crate::log::{self, CHECKPOINT, LogSource};
use crate::period::backup::{Newest, Restored, Secrets, of_copy, restore};
use crate::period::{DataDir, DataPaths, Loss};
use crate::verify::{BUNDLE_LIMIT, Bundle};

#[derive(Args)]
pub(super) struct Restore {
    /// A file written by `backup`, or an old copy of a whole data folder
    file: PathBuf,
    /// Private key file that the backup was sealed to
    #[arg(long, value_name = "FILE", conflicts_with = "keys")]
    private_key: Option<PathBuf>,
    /// Your copy of DATA/keys, for a backup that is not sealed
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
    /// The newest copy of DATA/public there is: of the old disk, a mirror, or an audit bundle
    #[arg(long, value_name = "DIR|BUNDLE")]
    public: Option<PathBuf>,
    /// There is no newer copy of public/ anywhere: go on although nothing shows that this is the newest state
    #[arg(long, conflicts_with = "public")]
    nothing_newer: bool,
}

pub(super) fn run(data: &Path, options: &Restore, output: &Output) -> Done {
    let (mut file, found) = source(&options.file)?;
    let secrets = match (&options.private_key, &options.keys) {
        (Some(path), _) => Secrets::Sealed(private_key(path)?),
        (None, Some(folder)) => Secrets::Folder(folder.clone()),
        (None, None) => found,
    };
    let public = options.public.as_deref().map(public_source).transpose()?;
    let newest = match (&public, options.nothing_newer) {
        (Some(source), _) => Newest::Given(source.as_ref()),
        (None, true) => Newest::None,
        (None, false) => Newest::Unknown,
    };
    let bar = progress::spinner(output, "checking and restoring");
    let restored = restore(&DataPaths::new(data), &mut *file, secrets, newest, &SystemClock);
    bar.finish_and_clear();
    let restored = restored?;
    // Opened once, as the service will: a fault is told now, and the witness knows the log from here on.
    let log_key = DataDir::open(DataPaths::new(data), Arc::new(SystemClock))?.log_key();
    output.done(
        &words(&restored, data, &log_key),
        &json!({
            "restored": true, "log_key": log_key, "kept": restored.kept, "lost": restored.lost, "unpublished": restored.stay,
            "closed_since": restored.ended, "releases_missing": restored.missing, "vouched": restored.vouched,
        }),
    );
    Ok(ExitCode::SUCCESS)
}

/// What is restored from, and the keys where it brings some: an old data folder is taken like a backup of it.
fn source(path: &Path) -> Result<(Box<dyn BufRead>, Secrets), Box<dyn std::error::Error>> {
    if path.is_dir() {
        let mut text = Vec::new();
        of_copy(&DataPaths::new(path), &mut |piece| {
            text.extend_from_slice(piece.as_bytes());
            Ok(())
        })?;
        return Ok((Box::new(Cursor::new(text)), Secrets::Folder(path.join("keys"))));
    }
    let file =
        File::open(path).map_err(|error| format!("{} cannot be read ({error}): check the name", path.display()))?;
    Ok((Box::new(BufReader::new(file)), Secrets::None))
}

fn private_key(path: &Path) -> Result<PrivateKeyFile, String> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = std::fs::read(path).map(Zeroizing::new).map_err(|error| named(&error))?;
    PrivateKeyFile::parse(&text).map_err(|error| named(&error))
}

/// Where the newest public files are; a data folder stands for the public/ in it. Paths in it are those inside public/.
fn public_source(path: &Path) -> Result<Box<dyn LogSource>, String> {
    if path.is_file() {
        return bundle(path);
    }
    let found = [path.to_owned(), path.join("public")].into_iter().find(|at| at.join("log").join(CHECKPOINT).is_file());
    let found = found.ok_or_else(|| {
        format!("{} is not a copy of public/: it has no log/{CHECKPOINT}. Name the folder itself", path.display())
    })?;
    Ok(Box::new(log::DirSource(found)))
}

/// The public files of an audit bundle.
struct BundleSource(BTreeMap<String, Vec<u8>>);

impl LogSource for BundleSource {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(self.0.get(path).cloned())
    }
}

fn bundle(path: &Path) -> Result<Box<dyn LogSource>, String> {
    let wrong = |why: String| format!("{} is not a copy of public/: {why}", path.display());
    let file = File::open(path).map_err(|error| wrong(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(BUNDLE_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| wrong(error.to_string()))?;
    let bundle = Bundle::read(&bytes).map_err(|error| wrong(error.to_string()))?;
    Ok(Box::new(BundleSource(bundle.files().0.clone())))
}

fn words(restored: &Restored, data: &Path, log_key: &str) -> String {
    let mut text = format!(
        "{} is restored. Its log's key, to be compared with the one that `init` printed:\n  {log_key}\n",
        data.display()
    );
    let mut each = |periods: &[Period], words: &str| {
        for period in periods {
            text += &format!("{period}: {words}\n");
        }
    };
    each(&restored.kept, "open, with the tallies of the backup. Those acknowledged after it was made are lost");
    each(&restored.ended, "closed since the backup: its rows and keys were left out, its release stays as it is");
    each(&restored.lost, Loss::Empty.words());
    each(&restored.stay, Loss::Stays.words());
    each(&restored.missing, "its release file was not in the copy: put public/releases/ back from any copy");
    text += "Tallies withdrawn or corrected after the backup was made are as they were before: ask people to do it again.\n";
    text += "Cards revoked after the backup was made are valid again, and cards issued since are not known: revoke and issue anew.\n";
    if !restored.vouched {
        text += "Nothing here says whether the log went on after the backup. If it did, stop now, and restore again with\n\
                 --public and the newest copy of public/: going on could release a period a second time.\n";
    }
    text + "Next: peertally doctor, then peertally serve"
}
