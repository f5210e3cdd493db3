//! `demo`: a whole programme in one command, with made-up tallies.
//!
//! A finished quarter goes through the real intake under a mock clock, is
//! closed and published; then the current quarter opens and is served.

mod folder;
mod quarter;

use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::args::DemoArgs;
use super::output::Output;
use super::{Done, serve};
use crate::clock::{Clock, SystemClock};
use crate::domain::{CardCode, Period};
use crate::period::{DataDir, counting, witness};
use crate::policy::embedded;
use crate::sandbox::{self, Openings};
use crate::web::telemetry;

pub(super) fn run(options: &DemoArgs, output: &Output) -> Done {
    telemetry::start();
    let folder = folder::fresh(&options.dir)?;
    let programme = embedded::programme()?;
    let today = SystemClock.today(&programme.timezone);
    let current = programme.current_period(today);
    let mut past = current.previous();
    while programme.closing_day(past) > today {
        past = past.previous();
    }
    output.say(&format!(
        "Making up {past} in {}: {} workers, as it could have been.",
        options.dir.display(),
        options.workers
    ));
    // Before the made-up quarter, whose store begins threads.
    let door = if options.once { None } else { Some(serve::BoundListener::open(&options.listen)?) };
    let witness = witness::prepare(&folder);
    let held =
        sandbox::enter(folder.path(), Openings { beside: witness.as_deref(), also: &[], program: counting::program() });
    let cards = quarter::live(&folder, past, current, options.workers, output)?;
    output.say(&format!("{past} is closed, published and shredded."));
    let Some(door) = door else {
        let release = folder.release(past).display().to_string();
        output.done(&format!("The release: {release}"), &json!({"period": past, "release": release}));
        return Ok(ExitCode::SUCCESS);
    };
    let data_dir = Arc::new(DataDir::open(folder, Arc::new(SystemClock))?);
    serve::serve(data_dir, door, &held, |address| links(output, address, past, &cards))
}

fn links(output: &Output, address: &str, past: Period, cards: &[CardCode]) {
    let card = cards.first().map_or_else(String::new, |card| card.reveal().to_string());
    let link = |path: &str| format!("{address}/{path}");
    let (form, reports, report, audit) =
        (link(&format!("#{card}")), link("reports"), link(&format!("reports/{past}")), link("audit"));
    output.done(
        &format!(
            "\nThe form, with a made-up card:  {form}\nReports:                        {reports}\n\
             The quarter just published:     {report}\nThe log:                        {audit}\n\nCtrl-C ends it."
        ),
        &json!({"form": form, "reports": reports, "report": report, "audit": audit}),
    );
}
