//! `report`: a published release in a form for readers.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::Done;
use super::args::{Format, Report};
use super::output::Output;
use crate::durable;
use crate::period::Folder;
use crate::report::{csv, datapackage, html, json};

pub(super) fn run(data: &Path, options: &Report, output: &Output) -> Done {
    let folder = Folder::new(data);
    folder.check()?;
    let period = options.period;
    let path = folder.release(period);
    let bytes = std::fs::read(&path).map_err(|_| {
        format!("{period} has no release here: see `peertally status` for where it stands, or close it with `peertally close {period}`")
    })?;
    let release = json::read(&bytes)?;
    let text = match options.format {
        Format::Json => bytes,
        Format::Csv => csv::write(&release)?,
        Format::Html => page(&html::figures(&release)?).into_bytes(),
        Format::Datapackage => datapackage::write(&release, &format!("{period}.csv"))?,
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

/// The figures as a page of their own.
fn page(figures: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Report</title><style>{}</style></head>\n<body><main>\n{figures}\n</main></body>\n</html>\n",
        crate::web::STYLE
    )
}
