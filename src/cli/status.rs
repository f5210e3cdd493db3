//! `status`: where the periods stand.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::Done;
use super::output::Output;
use crate::admin::{Answer, Desk, Request};
use crate::clock::SystemClock;
use crate::period::Folder;

pub(super) fn run(data: &Path, output: &Output) -> Done {
    let desk = Desk::reach(Folder::new(data), Arc::new(SystemClock))?;
    let Answer::Status { periods } = desk.ask(Request::Status, &|_| {})? else {
        return Err("the service gave another answer than expected: use the same version for both".into());
    };
    let line = |p: &crate::admin::PeriodLine| {
        let closes = p.closes.as_ref().map_or_else(String::new, |day| format!("  closes by itself on {day}"));
        format!("{:<9} {:<9}{closes}", p.period.to_string(), p.state)
    };
    let text: Vec<_> = periods.iter().map(|p| line(p).trim_end().to_owned()).collect();
    output.done(&text.join("\n"), &json!({"periods": periods}));
    Ok(ExitCode::SUCCESS)
}
