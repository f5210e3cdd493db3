//! `period open` and `period key`.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::args::{PeriodArgs, PeriodCommand};
use super::output::Output;
use super::{Done, period_key};
use crate::admin::{AdminClient, Answer, Request};
use crate::clock::SystemClock;
use crate::period::DataPaths;

pub(super) fn run(data: &Path, options: &PeriodArgs, output: &Output) -> Done {
    let period = match &options.command {
        PeriodCommand::Open { period } => *period,
        PeriodCommand::Key(options) => return period_key::run(data, options, output),
    };
    let desk = AdminClient::reach(DataPaths::new(data), Arc::new(SystemClock))?;
    if let Answer::Opened { period, new } = desk.ask(Request::OpenPeriod { period }, &|_| {})? {
        let words = if new { "is open for paper tallies" } else { "was open already" };
        output.done(
            &format!("{period} {words}. Next: peertally import FILE.csv, then peertally close {period}"),
            &json!({"period": period, "opened": new}),
        );
    }
    Ok(ExitCode::SUCCESS)
}
