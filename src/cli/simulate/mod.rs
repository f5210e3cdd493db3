//! `simulate`: drives a running service over HTTP like a crowd of phones.
//!
//! Guarantee: traffic goes to the address of `--url` only, without proxies or redirects, and to
//! another host only with `--anywhere`. At most `--connections` requests and `--tallies` tallies.
//! Non-guarantee: what is acknowledged counts in that programme: the tallies are made up.

mod address;
mod send;
mod summary;

use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use zeroize::Zeroizing;

use super::args::SimulateArgs;
use super::output::Output;
use super::{Done, progress};
use crate::crowd::{ProgrammeOutline, phones};
use crate::domain::CardCode;
use send::Phone;
use summary::Summary;

pub(super) fn run(options: &SimulateArgs, output: &Output) -> Done {
    let base = address::check(&options.url, options.anywhere)?;
    let cards = cards(&options.codes)?;
    let phone = Phone::new(base, options.connections);
    let programme = phone.programme()?;
    let unknown = "the service's answer to /v1/programme is not a programme's: use the same version for both";
    let shape = ProgrammeOutline::from_json(&programme).ok_or(unknown)?;
    let most = usize::try_from(options.tallies)?;
    let stories = phones::stories(shape, u32::try_from(cards.len())?, &options.weeks, most, options.seed);
    let bar = progress::bar(output, "tallies", stories.len() as u64);
    let (next, summary) = (AtomicUsize::new(0), Mutex::new(Summary::of(&programme, &options.weeks)));
    std::thread::scope(|scope| {
        for _ in 0..options.connections {
            scope.spawn(|| {
                let mut mine = Summary::default();
                while let Some(story) = stories.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(card) = cards.get(story.phone) {
                        phone.tell(card, story, &mut mine);
                    }
                    bar.inc(1);
                }
                summary.lock().unwrap_or_else(PoisonError::into_inner).add(mine);
            });
        }
    });
    bar.finish_and_clear();
    let summary = summary.into_inner().unwrap_or_else(PoisonError::into_inner);
    output.done(&summary.to_string(), &serde_json::to_value(&summary)?);
    Ok(if summary.is_clean() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn cards(path: &Path) -> Result<Vec<CardCode>, Box<dyn std::error::Error>> {
    let shown = path.display();
    let broken = |error| format!("{shown} cannot be read ({error}): name the file that `cards issue --codes` wrote");
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(broken)?);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let card = |(at, line)| CardCode::parse(line).map_err(|error| format!("{shown}, line {}: {error}", at + 1));
    let cards = lines.map(card).collect::<Result<Vec<_>, String>>()?;
    if cards.is_empty() { Err(format!("{shown} holds no card code: write one a line").into()) } else { Ok(cards) }
}
