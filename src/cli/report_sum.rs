//! `report` of several periods: their releases added up.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use super::Done;
use super::args::{Format, Report};
use super::output::Output;
use super::report::{page, read};
use crate::crypto::digest::sha256;
use crate::domain::{Period, Span};
use crate::durable;
use crate::period::Folder;
use crate::report::json;
use crate::report::sum::{self, Published, combine};

type Failure = Box<dyn Error>;

pub(super) fn run(folder: &Folder, options: &Report, output: &Output) -> Done {
    let text = added_up(folder, options.period, options.format)?;
    if let Some(out) = &options.out {
        durable::replace(out, &text, durable::PUBLIC)?;
        output
            .done(&format!("written to {}", out.display()), &serde_json::json!({"written": out.display().to_string()}));
    } else {
        std::io::stdout().write_all(&text)?;
    }
    Ok(ExitCode::SUCCESS)
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

/// The periods that have a release.
fn released(folder: &Folder) -> Vec<Period> {
    let entries = std::fs::read_dir(folder.public().join("releases")).into_iter().flatten().flatten();
    let mut periods: Vec<Period> =
        entries.filter_map(|e| e.file_name().to_str()?.strip_suffix(".json")?.parse().ok()).collect();
    periods.sort();
    periods
}
