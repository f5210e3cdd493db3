//! `report`: a published release in a form for readers, or several added up.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::Done;
use super::args::{Format, Report};
use super::output::Output;
use crate::crypto::digest::sha256;
use crate::domain::{Period, Span};
use crate::durable;
use crate::period::Folder;
use crate::report::sum::{self, Published, combine};
use crate::report::{csv, datapackage, html, json};

type Failure = Box<dyn std::error::Error>;

pub(super) fn run(data: &Path, options: &Report, output: &Output) -> Done {
    let folder = Folder::new(data);
    folder.check()?;
    let text = match options.period {
        Span::One(period) => one(&folder, period, options.format)?,
        span => added_up(&folder, span, options.format)?,
    };
    if let Some(out) = &options.out {
        durable::replace(out, &text, durable::PUBLIC)?;
        output
            .done(&format!("written to {}", out.display()), &serde_json::json!({"written": out.display().to_string()}));
    } else {
        std::io::stdout().write_all(&text)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn one(folder: &Folder, period: Period, format: Format) -> Result<Vec<u8>, Failure> {
    let bytes = read(folder, period)?;
    let release = json::read(&bytes)?;
    Ok(match format {
        Format::Json => bytes,
        Format::Csv => csv::write(&release)?,
        Format::Html => page(&html::figures(&release)?).into_bytes(),
        Format::Datapackage => datapackage::write(&release, &format!("{period}.csv"))?,
    })
}

fn added_up(folder: &Folder, span: Span, format: Format) -> Result<Vec<u8>, Failure> {
    let published = |period: &Period| -> Result<Published, Failure> {
        let bytes = read(folder, *period)?;
        let release = json::read(&bytes).map_err(|error| format!("{period}: {error}"))?;
        Ok(Published { release, sha256: sha256(&bytes).to_string() })
    };
    let published: Vec<Published> =
        span.periods(&released(folder))?.iter().map(published).collect::<Result<_, Failure>>()?;
    let sum = combine(&published)?;
    Ok(match format {
        Format::Json => sum.json()?,
        Format::Csv => sum::csv::write(&sum)?,
        Format::Html => page(&sum::page::write(&sum, true)?).into_bytes(),
        _ => {
            return Err("several periods added up come as json, csv or html: for another format name one period, such as 2025-Q1".into());
        }
    })
}

fn read(folder: &Folder, period: Period) -> Result<Vec<u8>, Failure> {
    let refused = |_| {
        format!(
            "{period} has no release here: see `peertally status` for where it stands, or close it with `peertally close {period}`"
        )
    };
    Ok(std::fs::read(folder.release(period)).map_err(refused)?)
}

/// The periods that have a release.
fn released(folder: &Folder) -> Vec<Period> {
    let entries = std::fs::read_dir(folder.public().join("releases")).into_iter().flatten().flatten();
    let mut periods: Vec<Period> =
        entries.filter_map(|e| e.file_name().to_str()?.strip_suffix(".json")?.parse().ok()).collect();
    periods.sort();
    periods
}

/// The figures as a page of their own.
fn page(figures: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Report</title><style>{}</style></head>\n<body><main>\n{figures}\n</main></body>\n</html>\n",
        crate::web::STYLE
    )
}
