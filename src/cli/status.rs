//! `status`: where the periods stand.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::Done;
use super::output::Output;
use crate::admin::{AdminClient, Answer, Request};
use crate::clock::SystemClock;
use crate::period::DataPaths;

pub(super) fn run(data: &Path, output: &Output) -> Done {
    let desk = AdminClient::reach(DataPaths::new(data), Arc::new(SystemClock))?;
    let Answer::Status { periods, custody } = desk.ask(Request::Status, &|_| {})? else {
        return Err("the service gave another answer than expected: use the same version for both".into());
    };
    let line = |p: &crate::admin::PeriodStatus| {
        let closes = p.closes.as_ref().map(|day| format!("closes by itself on {day}"));
        let key = p.needs_key.as_ref().map(|day| format!("kept offline: needs its private key from {day} on"));
        let why = (p.state == "no key").then(|| "takes no tallies: its key was not given".to_owned());
        let words = p.note.clone().or(closes).or(key).or(why).unwrap_or_default();
        format!("{:<9} {:<10} {words}", p.period.to_string(), p.state)
    };
    let text: Vec<_> = periods.iter().map(|p| line(p).trim_end().to_owned()).collect();
    let text = format!("{}\n\nPrivate keys of new periods: {custody}", text.join("\n"));
    output.done(&text, &json!({"periods": periods, "custody": custody}));
    Ok(ExitCode::SUCCESS)
}
