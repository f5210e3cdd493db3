//! `import`: paper tallies from a CSV file.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::args::ImportArgs;
use super::output::Output;
use super::{Done, init, progress};
use crate::admin::{self, AdminClient, Answer, Request};
use crate::clock::SystemClock;
use crate::durable;
use crate::intake::lines::{LineCounter, without_mark};
use crate::intake::sheet::RefusedRow;
use crate::period::DataPaths;

/// Refused rows that are printed; all of them are in the rejects file and in `--json`.
const SHOWN: usize = 20;

pub(super) fn run(data: &Path, options: &ImportArgs, output: &Output) -> Done {
    let csv = init::read(&options.file)?;
    let lines = csv.lines().count().saturating_sub(1) as u64;
    let desk = AdminClient::reach(DataPaths::new(data), Arc::new(SystemClock))?;
    let bar = progress::bar(output, "storing", lines);
    let request =
        admin::ImportRequest { csv: csv.clone(), worker_column: options.worker_column.clone(), period: options.period };
    let answer = desk.ask(Request::Import(request), &|n| bar.inc(n))?;
    bar.finish_and_clear();
    let Answer::Imported { rows, added, refused, ignored } = answer else {
        return Err("the service gave another answer than expected: use the same version for both".into());
    };
    if let Some(path) = &options.rejects {
        durable::replace(path, rejects(&csv, &refused)?.as_bytes(), durable::PRIVATE)?;
    }
    for column in &ignored {
        output.say(&format!("column `{column}` is not in the programme: ignored"));
    }
    for row in refused.iter().take(SHOWN) {
        output.say(&format!("line {}: {}", row.line, row.reason));
    }
    if refused.len() > SHOWN {
        output.say(&format!("… and {} more; --rejects FILE writes them all", refused.len() - SHOWN));
    }
    let same = rows - refused.len() as u64 - added;
    if added > 0 && same > 0 {
        output.say("Rows changed since an earlier import were added as new ones: the earlier ones stay and count too.");
    }
    output.done(
        &format!("{rows} rows read: {added} new, {same} there before, {} refused.", refused.len()),
        &json!({"rows": rows, "added": added, "same": same, "refused": refused, "ignored": ignored}),
    );
    Ok(if refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The refused lines as they stand in the file, each with its reason, so that they can be mended and imported.
fn rejects(csv: &str, refused: &[RefusedRow]) -> Result<String, Box<dyn std::error::Error>> {
    let reasons: BTreeMap<u64, &str> = refused.iter().map(|r| (r.line, r.reason.as_str())).collect();
    let file = without_mark(csv.as_bytes());
    let mut lines = LineCounter::new(file);
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(file);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for (number, record) in reader.records().enumerate() {
        let record = record?;
        let line = lines.of(record.position().map_or(0, csv::Position::byte));
        let reason = if number == 0 { Some("reason") } else { reasons.get(&line).copied() };
        if let Some(reason) = reason {
            writer.write_record(record.iter().chain([reason]))?;
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
