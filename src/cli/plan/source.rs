//! Which programme file is planned: the one named, the one in force, or the shipped one.

use std::path::Path;

use super::super::init;
use crate::crypto::sign::LogVerifierKey;
use crate::log::{self, PublicLog};
use crate::period::{DataPaths, FolderError};
use crate::policy::{Programme, embedded};

/// A programme, and where it was found.
pub(in crate::cli) struct ProgrammeSource {
    pub(in crate::cli) programme: Programme,
    /// In words, for the reader.
    pub(super) name: String,
}

type Failed = Box<dyn std::error::Error>;

pub(super) fn find(data: &Path, config: Option<&Path>) -> Result<ProgrammeSource, Failed> {
    if let Some(path) = config {
        let programme = Programme::parse(&init::read(path)?, &path.display().to_string())?;
        // A page may be passed on: the name will do, without the folders.
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        return Ok(ProgrammeSource { programme, name });
    }
    let folder = DataPaths::new(data);
    match folder.check() {
        Err(FolderError::Nothing(_)) => {
            let name = format!("the shipped default (there is no programme in {})", data.display());
            Ok(ProgrammeSource { programme: embedded::programme()?, name })
        }
        Err(other) => Err(other.into()),
        Ok(()) => in_force(&folder),
    }
}

/// The file that the next period opens with, as the public log names it. A running service is not disturbed.
pub(in crate::cli) fn in_force(folder: &DataPaths) -> Result<ProgrammeSource, Failed> {
    let path = folder.public().join("log-key.txt");
    let key: LogVerifierKey = init::read(&path)?.trim().parse()?;
    let log = PublicLog::read(&log::DirSource(folder.log()), &key)?;
    let digest = log.ledger().programme().ok_or("the log names no programme: plan a file with --config FILE")?;
    let text = folder.read_adopted("programme", &digest)?;
    let name = format!("the programme in {}", folder.path().display());
    Ok(ProgrammeSource {
        programme: Programme::parse(&text, &folder.adopted("programme", &digest).display().to_string())?,
        name,
    })
}
