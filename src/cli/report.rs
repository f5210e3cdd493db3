//! `report`: a published release in a form for readers.

use std::error::Error;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::{FormatArg, ReportArgs};
use super::output::Output;
use super::{Done, language, report_sum};
use crate::crypto::digest::sha256;
use crate::domain::release::Release;
use crate::domain::{Codebook, Period, Span};
use crate::durable;
use crate::period::DataPaths;
use crate::policy::Programme;
use crate::report::{ExportContext, ExportFormat, html, json as release_json};

/// Describes the CSV beside it, by the name that readers of data packages look for.
const DESCRIPTION: &str = "datapackage.json";

pub(super) fn run(data: &Path, options: &ReportArgs, output: &Output) -> Done {
    let folder = DataPaths::new(data);
    folder.check()?;
    let Span::One(period) = options.period else { return report_sum::run(&folder, options, output) };
    let bytes = read(&folder, period)?;
    let release = release_json::read(&bytes)?;
    let form = form(options.format);
    if options.out.is_none() && form.is_some_and(|form| !form.is_text()) && std::io::stdout().is_terminal() {
        let name = form.map_or("", ExportFormat::ending);
        return Err(format!("a file of this kind is no text for a terminal: add --out {period}.{name}").into());
    }
    let csv_name = options.out.as_deref().filter(|_| form == Some(ExportFormat::Csv)).and_then(Path::file_name);
    let csv_name = csv_name.map_or_else(|| format!("{period}.csv"), |name| name.to_string_lossy().into_owned());
    let codebook = codebook(&folder, &release).unwrap_or_default();
    let beside = ExportContext { codebook, sha256: sha256(&bytes).to_string(), csv_name };
    let file = match form {
        Some(form) => form.write(&release, &beside)?,
        None => page(&folder, &release, &beside.sha256, options)?.into_bytes(),
    };
    let gaps = form.and_then(|form| form.gaps(&release, &beside.codebook));
    let Some(out) = &options.out else {
        std::io::stdout().write_all(&file)?;
        gaps.inspect(|gaps| output.note(gaps));
        return Ok(ExitCode::SUCCESS);
    };
    durable::replace(out, &file, durable::PUBLIC)?;
    let mut said = vec![format!("written to {}", out.display())];
    let mut value = json!({"written": out.display().to_string()});
    if form == Some(ExportFormat::Csv) {
        describe(out, &release, &beside, &mut said, &mut value)?;
    }
    if let Some(gaps) = gaps {
        said.push(format!("note: {gaps}"));
        value["note"] = json!(gaps);
    }
    output.done(&said.join("\n"), &value);
    Ok(ExitCode::SUCCESS)
}

fn form(format: FormatArg) -> Option<ExportFormat> {
    match format {
        FormatArg::Json => Some(ExportFormat::Json),
        FormatArg::Csv => Some(ExportFormat::Csv),
        FormatArg::Xlsx => Some(ExportFormat::Xlsx),
        FormatArg::Datapackage => Some(ExportFormat::Datapackage),
        FormatArg::Dhis2 => Some(ExportFormat::Dhis2),
        FormatArg::Registry => Some(ExportFormat::Registry),
        FormatArg::Html => None,
    }
}

/// The words of the programme file that the release names, if it is there.
fn codebook(folder: &DataPaths, release: &Release) -> Option<Codebook> {
    let text = folder.read_adopted("programme", &release.config_digest.parse().ok()?).ok()?;
    Some(Programme::parse(&text, &release.config_digest).ok()?.codebook())
}

/// Puts `datapackage.json` beside the CSV, unless somebody else's file has that name.
fn describe(
    csv: &Path,
    release: &Release,
    beside: &ExportContext,
    said: &mut Vec<String>,
    value: &mut Value,
) -> Result<(), Box<dyn Error>> {
    let path = csv.with_file_name(DESCRIPTION);
    if path == csv || !is_free(&path) {
        let other = "write the description of the CSV with --format datapackage --out FILE";
        said.push(format!("{} is not of this program and stays as it is: {other}", path.display()));
        return Ok(());
    }
    durable::replace(&path, &ExportFormat::Datapackage.write(release, beside)?, durable::PUBLIC)?;
    said.push(format!("described in {}", path.display()));
    value["described"] = json!(path.display().to_string());
    Ok(())
}

/// Whether nothing is there, or an earlier description by this program.
fn is_free(path: &Path) -> bool {
    let Ok(bytes) = std::fs::read(path) else { return !path.exists() };
    let found: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    found["name"].as_str().is_some_and(|name| name.starts_with("peertally-"))
}

/// The figures as a page of their own.
fn page(folder: &DataPaths, release: &Release, sha256: &str, options: &ReportArgs) -> Result<String, Box<dyn Error>> {
    let words = language::words(folder, &[release], options.lang);
    let around = html::PageContext { sha256, ..html::PageContext::default() };
    let title = format!("{}: {}", release.programme, release.period);
    Ok(language::page(&title, &html::figures(release, &words, around)?, &words))
}

/// The bytes of a release.
pub(super) fn read(folder: &DataPaths, period: Period) -> Result<Vec<u8>, Box<dyn Error>> {
    let refused = |_| {
        format!(
            "{period} has no release here: see `peertally status` for where it stands, or close it with `peertally close {period}`"
        )
    };
    Ok(std::fs::read(folder.release(period)).map_err(refused)?)
}
