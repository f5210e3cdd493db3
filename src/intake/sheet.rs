//! Reads paper tallies from a spreadsheet (CSV).
//!
//! Guarantee: every row is either accepted or named with its line and reason;
//! the worker column leaves here only as input to a pseudonym.
//! Non-guarantee: labels are guessable names for as long as the period is open.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::check::{self, Tally};
use super::draft::{Draft, RawCount};
use super::lines::{LineCounter, without_mark};
use super::open::OpenPeriod;
use crate::domain::{Period, Week, printable};
use crate::policy::Programme;

/// An accepted row.
pub struct SheetRow {
    /// The worker's label; wiped after use.
    pub label: Zeroizing<String>,
    /// The tally.
    pub tally: Tally,
    /// How many equal rows stood above it in the same file.
    pub nth: u32,
}

/// A row that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// Why, and what to do.
    pub reason: String,
}

/// What a file holds.
#[derive(Default)]
pub struct Sheet {
    /// Rows to be stored.
    pub rows: Vec<SheetRow>,
    /// Rows that are not.
    pub refused: Vec<RefusedRow>,
    /// Columns the programme lacks: ignored.
    pub ignored: Vec<String>,
}

/// Why a whole file is not taken.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SheetError {
    /// No header line, or one that cannot be read.
    #[error("the file has no readable header line: its first line must name the columns")]
    Header,
    /// Two columns have one name.
    #[error("the file has the column `{0}` twice, and which one counts can't be known: remove or rename one")]
    Twice(String),
    /// A needed column is not there.
    #[error("the file has no column `{0}`: add it, or name the right one ({1})")]
    Column(String, &'static str),
}

/// Which rows a file may bring.
pub struct Scope<'a> {
    /// The open periods.
    pub open: &'a [Arc<OpenPeriod>],
    /// Only this one, if given.
    pub only: Option<Period>,
    /// The week of today: later ones are refused.
    pub this_week: Week,
    /// The programme whose columns are looked for.
    pub programme: &'a Programme,
    /// Take the rows of any week: nothing is going to be stored.
    pub any_week: bool,
}

/// Reads a whole file.
///
/// # Errors
/// [`SheetError`] where nothing of the file can be used.
pub fn read(file: &[u8], worker_column: &str, scope: &Scope<'_>) -> Result<Sheet, SheetError> {
    let file = without_mark(file);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(file);
    let header = reader.headers().map_err(|_| SheetError::Header)?.clone();
    if header.is_empty() {
        return Err(SheetError::Header);
    }
    once(&header, worker_column, scope.programme)?;
    let worker = position(&header, worker_column, "--worker-column NAME")?;
    position(&header, "week", "ISO weeks such as 2025-W03")?;
    for dimension in &scope.programme.dimensions {
        position(&header, dimension.id.as_str(), "a dimension of the programme")?;
    }
    let mut sheet = Sheet { ignored: ignored(&header, worker, scope.programme), ..Sheet::default() };
    let mut seen: HashMap<Vec<u8>, u32> = HashMap::new();
    let mut lines = LineCounter::new(file);
    for record in reader.records() {
        let (position, row) = match &record {
            Ok(record) => (record.position(), read_row(record, &header, worker, scope)),
            Err(error) => (error.position(), Err("the line cannot be read: it is not UTF-8 text".to_owned())),
        };
        let line = lines.of(position.map_or(0, csv::Position::byte));
        match row {
            Ok((label, tally)) => {
                let nth = seen.entry(fingerprint(&label, &tally)).or_default();
                sheet.rows.push(SheetRow { label, tally, nth: *nth });
                *nth += 1;
            }
            Err(reason) => sheet.refused.push(RefusedRow { line, reason }),
        }
    }
    Ok(sheet)
}

fn read_row(
    record: &csv::StringRecord,
    header: &csv::StringRecord,
    worker: usize,
    scope: &Scope<'_>,
) -> Result<(Zeroizing<String>, Tally), String> {
    if record.iter().any(|field| swallowed(field, header.len())) {
        return Err("a quote opens here and whole rows follow inside it: close the quote, or take it out".to_owned());
    }
    if record.len() != header.len() {
        return Err(format!("it has {} fields, the header has {}", record.len(), header.len()));
    }
    let label = record.get(worker).unwrap_or_default();
    if label.is_empty() {
        return Err(format!("the column `{}` is empty: any label will do, it is never stored", &header[worker]));
    }
    let mut draft = Draft::default();
    for (column, (name, value)) in header.iter().zip(record).enumerate() {
        if column == worker {
            continue;
        }
        if name == "week" {
            value.clone_into(&mut draft.week);
        } else if scope.programme.dimensions.iter().any(|d| d.id.as_str() == name) && !value.is_empty() {
            draft.categories.insert(name.to_owned(), value.to_owned());
        } else if scope.programme.measure_index(name).is_some() {
            draft.counts.insert(name.to_owned(), RawCount::from_text(value));
        }
    }
    let open = check::week(&draft).map(|week| (week, scope.open.iter().find(|o| o.period.index_of(week).is_some())));
    let programme = open.as_ref().ok().and_then(|(_, open)| *open).map_or(scope.programme, |o| &o.programme);
    let tally = check::check(draft, programme).map_err(|problems| {
        let reasons: Vec<_> = problems.iter().map(|p| format!("{}: {}", p.field, p.problem)).collect();
        reasons.join("; ")
    })?;
    in_scope(tally.week, scope)?;
    Ok((Zeroizing::new(label.to_owned()), tally))
}

/// Whether a field runs on over lines that look like rows: then a quote was never closed, and they would be lost.
fn swallowed(field: &str, columns: usize) -> bool {
    field.lines().skip(1).any(|line| 2 * line.matches(',').count() + 1 >= columns)
}

fn in_scope(week: Week, scope: &Scope<'_>) -> Result<(), String> {
    if scope.any_week {
        return Ok(());
    }
    if let Some(only) = scope.only
        && only.index_of(week).is_none()
    {
        return Err(format!("week {week} does not belong to {only}: import it with its own --period"));
    }
    if week > scope.this_week {
        return Err(format!("week {week} has not begun"));
    }
    if !scope.open.iter().any(|open| open.period.index_of(week).is_some()) {
        return Err(format!(
            "week {week} belongs to no open period: open it first with `peertally period open`, and under offline custody give it its key before that"
        ));
    }
    Ok(())
}

/// Equal rows of one file are told apart by their number.
fn fingerprint(label: &str, tally: &Tally) -> Vec<u8> {
    let mut bytes = label.as_bytes().to_vec();
    bytes.push(0);
    bytes.extend_from_slice(tally.week.to_string().as_bytes());
    bytes.extend_from_slice(&tally.categories);
    for count in tally.counts {
        bytes.push(u8::from(count.is_some()));
        bytes.extend_from_slice(&count.unwrap_or_default().to_le_bytes());
    }
    bytes
}

fn known(name: &str, programme: &Programme) -> bool {
    name == "week"
        || programme.dimensions.iter().any(|d| d.id.as_str() == name)
        || programme.measure_index(name).is_some()
}

/// No column that is read stands twice.
fn once(header: &csv::StringRecord, worker_column: &str, programme: &Programme) -> Result<(), SheetError> {
    let mut seen = BTreeSet::new();
    let read = |name: &str| name == worker_column || known(name, programme);
    let twice = header.iter().find(|name| read(name) && !seen.insert(*name));
    twice.map_or(Ok(()), |name| Err(SheetError::Twice(name.to_owned())))
}

fn ignored(header: &csv::StringRecord, worker: usize, programme: &Programme) -> Vec<String> {
    let names = header.iter().enumerate().filter(|(i, name)| *i != worker && !known(name, programme));
    names.map(|(_, name)| printable::start(name, 60)).collect::<BTreeSet<_>>().into_iter().collect()
}

fn position(header: &csv::StringRecord, name: &str, hint: &'static str) -> Result<usize, SheetError> {
    header.iter().position(|n| n == name).ok_or_else(|| SheetError::Column(name.to_owned(), hint))
}
