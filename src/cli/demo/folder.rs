//! The demonstration's folder: made anew only if it is a demonstration's.

use std::path::Path;

use crate::durable;
use crate::period::DataPaths;

/// Marks a folder of made-up tallies.
const MARK: &str = "demo";

/// An empty place for the demonstration, which exists: the sandbox is built on it.
pub(super) fn fresh(path: &Path) -> Result<DataPaths, Box<dyn std::error::Error>> {
    let used = std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    if used {
        if !path.join(MARK).is_file() {
            return Err(format!(
                "{} is not a demonstration's folder, and is kept as it is: name another with --dir",
                path.display()
            )
            .into());
        }
        std::fs::remove_dir_all(path)?;
    }
    durable::create_private_dir(path)?;
    Ok(DataPaths::new(path))
}

/// Marks a folder, once it has been made.
pub(super) fn mark(folder: &DataPaths) -> Result<(), durable::DurableError> {
    durable::replace(&folder.path().join(MARK), b"", durable::PRIVATE)
}
