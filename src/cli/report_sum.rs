//! `report` of several periods: their releases added up.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use super::args::{FormatArg, ReportArgs};
use super::output::Output;
use super::report::read;
use super::{Done, language};
use crate::crypto::digest::sha256;
use crate::domain::Period;
use crate::durable;
use crate::period::DataPaths;
use crate::report::json;
use crate::report::sum::{self, PublishedRelease, combine};

type Failure = Box<dyn Error>;

pub(super) fn run(folder: &DataPaths, options: &ReportArgs, output: &Output) -> Done {
    let text = added_up(folder, options)?;
    if let Some(out) = &options.out {
        durable::replace(out, &text, durable::PUBLIC)?;
        output
            .done(&format!("written to {}", out.display()), &serde_json::json!({"written": out.display().to_string()}));
    } else {
        std::io::stdout().write_all(&text)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn added_up(folder: &DataPaths, options: &ReportArgs) -> Result<Vec<u8>, Failure> {
    let published = |period: &Period| -> Result<PublishedRelease, Failure> {
        let bytes = read(folder, *period)?;
        let release = json::read(&bytes).map_err(|error| format!("{period}: {error}"))?;
        Ok(PublishedRelease { release, sha256: sha256(&bytes).to_string() })
    };
    let published: Vec<PublishedRelease> =
        options.period.periods(&released(folder))?.iter().map(published).collect::<Result<_, Failure>>()?;
    let sum = combine(&published)?;
    Ok(match options.format {
        FormatArg::Json => sum.json()?,
        FormatArg::Csv => sum::csv::write(&sum)?,
        FormatArg::Html => {
            let newest: Vec<_> = published.iter().rev().map(|p| &p.release).collect();
            let words = language::words(folder, &newest, options.lang);
            let title = format!("{}: {}", sum.programme, options.period);
            language::page(&title, &sum::page::write(&sum, &words, true)?, &words).into_bytes()
        }
        _ => {
            return Err("several periods added up come as json, csv or html: for another format name one period, such as 2025-Q1".into());
        }
    })
}

/// The periods that have a release.
fn released(folder: &DataPaths) -> Vec<Period> {
    let entries = std::fs::read_dir(folder.public().join("releases")).into_iter().flatten().flatten();
    let mut periods: Vec<Period> =
        entries.filter_map(|e| e.file_name().to_str()?.strip_suffix(".json")?.parse().ok()).collect();
    periods.sort();
    periods
}
