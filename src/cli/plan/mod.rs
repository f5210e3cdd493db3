//! `plan`: what a programme of a given size will be able to see, before any data.
//!
//! It writes nothing but the page it is asked for; a file given with `--like` is
//! read here and not kept.

mod like;
mod page;
pub(super) mod source;
mod table;

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::Done;
use super::args::PlanArgs;
use super::output::Output;
use crate::durable;
use crate::plan::{self, ExpectedCounts, Size};
use crate::policy::Programme;

/// What is planned where nothing else is said.
const USUAL: Size = Size { workers: 40, tallies_per_week: 3.0 };

/// Rows of `--like` that are named when they are left out; all of them are in `--json`.
const SHOWN: usize = 20;

pub(super) fn run(data: &Path, options: &PlanArgs, output: &Output) -> Done {
    let source = source::find(data, options.config.as_deref())?;
    let (expected, notes, usual) = match &options.like {
        Some(path) => {
            let (sample, notes) = like::read(path, &options.worker_column, &source.programme)?;
            let size = sample.size();
            (ExpectedCounts::Like(sample), Some(notes), size)
        }
        None => (ExpectedCounts::Assumed(stated(&options.per_tally, &source.programme)?), None, USUAL),
    };
    let size = Size {
        workers: options.workers.unwrap_or(usual.workers),
        tallies_per_week: options.tallies_per_week.unwrap_or(usual.tallies_per_week),
    };
    let plan = plan::plan(&source.programme, size, &expected)?;
    if let Some(out) = &options.out {
        let page = page::render(&plan, &source.name, notes.as_ref().map(|notes| notes.warning.as_str()))?;
        // A plan made from tallies is as open as they are.
        let mode = if notes.is_some() { durable::PRIVATE } else { durable::PUBLIC };
        durable::replace(out, page.as_bytes(), mode)?;
    }
    let mut value = serde_json::to_value(&plan)?;
    if let Some(object) = value.as_object_mut() {
        object.insert("file".to_owned(), json!(source.name));
        object.insert("page".to_owned(), json!(options.out.as_ref().map(|out| out.display().to_string())));
        object.insert("like".to_owned(), notes.as_ref().map_or(json!(null), like::LikeNotes::json));
    }
    let mut text = notes.as_ref().map_or_else(String::new, like::LikeNotes::words);
    text.push_str(&table::render(&plan, &source.name));
    if let Some(out) = &options.out {
        text.push_str(&format!("\nThe page to print is in {}.\n", out.display()));
    }
    output.done(&text, &value);
    Ok(ExitCode::SUCCESS)
}

/// Reads `MEASURE=MEAN`, once for each measure.
fn stated(given: &[String], programme: &Programme) -> Result<Vec<Option<f64>>, String> {
    let mut means = vec![None; programme.measures.len()];
    for text in given {
        let (id, mean) = text.split_once('=').unwrap_or((text, ""));
        let known = || programme.measures.iter().map(|m| m.id.as_str()).collect::<Vec<_>>().join(", ");
        let place = programme.measure_index(id).and_then(|at| means.get_mut(at));
        let place = place.ok_or_else(|| {
            format!(
                "--per-tally names a measure and its mean: write one of {} and a number, such as contacts=8",
                known()
            )
        })?;
        let mean = mean.parse().ok().filter(|mean: &f64| mean.is_finite() && (0.0..=1e6).contains(mean));
        *place = Some(mean.ok_or_else(|| {
            format!("--per-tally {id}=N takes the mean count of one tally as a number, such as {id}=8 or {id}=0.5")
        })?);
    }
    Ok(means)
}
