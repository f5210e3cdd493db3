//! Reads the tallies of `--like`, counts, and forgets them.
//!
//! Guarantee: nothing is written; workers' labels become numbers at once and are wiped.
//! Non-guarantee: what is printed comes from these tallies without any noise.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::SHOWN;
use super::table::{WIDTH, wrap};
use crate::clock::{Clock, SystemClock};
use crate::domain::Week;
use crate::intake::sheet::{self, RefusedRow, Scope};
use crate::plan::words::counted;
use crate::plan::{Sample, SampleTally};
use crate::policy::Programme;

/// What is to be said of the file.
pub(super) struct LikeNotes {
    file: String,
    rows: usize,
    weeks: usize,
    refused: Vec<RefusedRow>,
    ignored: Vec<String>,
    pub(super) warning: String,
}

/// Reads a file by the rules of `import`, for any week.
pub(super) fn read(path: &Path, column: &str, programme: &Programme) -> Result<(Sample, LikeNotes), String> {
    let file = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| format!("{file} cannot be read ({error}): check the name"))?;
    let this_week = Week::of(SystemClock.today(&programme.timezone));
    let scope = Scope { open: &[], only: None, this_week, programme, any_week: true };
    let sheet = sheet::read(&bytes, column, &scope).map_err(|error| {
        let words = error.to_string();
        format!("{file}: {}", words.replace("--worker-column NAME", "--worker-column NAME; any labels will do"))
    })?;
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows = Vec::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        let next = numbers.len();
        let worker = *numbers.entry(row.label.as_str()).or_insert(next);
        rows.push(SampleTally {
            worker,
            week: row.tally.week,
            categories: row.tally.categories,
            counts: row.tally.counts,
        });
    }
    drop(numbers);
    let (refused, ignored) = (sheet.refused, sheet.ignored);
    let first = refused.first().map_or_else(String::new, |row| format!(" (line {}: {})", row.line, row.reason));
    let sample = Sample::new(rows, programme.period)
        .ok_or_else(|| format!("{file} has no row that can be used{first}: plan without --like, or mend the file"))?;
    // A page may be passed on: the name will do, without the folders.
    let file = path.file_name().map_or(file, |name| name.to_string_lossy().into_owned());
    let warning = format!(
        "These figures come from the tallies in {file}, without noise. The file was read here and is not kept. If \
         they are the very tallies that will be released, the guarantee is void for every choice made from this \
         plan: use last year's, or a pilot's. Do not publish or pass on this plan."
    );
    let notes = LikeNotes { rows: sample.rows(), weeks: sample.weeks(), file, refused, ignored, warning };
    Ok((sample, notes))
}

impl LikeNotes {
    /// What stands above the table.
    pub(super) fn words(&self) -> String {
        let mut lines: Vec<String> =
            self.ignored.iter().map(|column| format!("column `{column}` is not in the programme: ignored")).collect();
        lines.extend(self.refused.iter().take(SHOWN).map(|row| format!("line {} left out: {}", row.line, row.reason)));
        if self.refused.len() > SHOWN {
            lines.push(format!("… and {} more lines left out", self.refused.len() - SHOWN));
        }
        let weeks = counted(crate::accuracy::whole(self.weeks), "week", "weeks");
        let rows = counted(crate::accuracy::whole(self.rows), "tally", "tallies");
        lines.push(format!("{}: {rows} of {weeks}.", self.file));
        lines.extend(wrap(&format!("WARNING. {}", self.warning), WIDTH, ""));
        lines.push(String::new());
        lines.push(String::new());
        lines.join("\n")
    }

    /// The same for machines.
    pub(super) fn json(&self) -> Value {
        json!({
            "file": self.file,
            "rows": self.rows,
            "weeks": self.weeks,
            "refused": self.refused,
            "ignored": self.ignored,
            "warning": self.warning,
        })
    }
}
