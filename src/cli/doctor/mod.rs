//! `doctor`: looks after the data folder and the machine, and changes nothing.
//!
//! Guarantee: reads plain files and the kernel's; the store is not opened, with
//! a service or without one; the one file it writes, to try the disk, it removes.
//! What was read is judged by pure functions (`host`, `folder`, `calendar`).
//! Non-guarantee: what a disk or a hosting company claims is not looked behind.

mod calendar;
mod custody;
mod finding;
mod folder;
mod host;
mod read;
mod witness;

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::Done;
use super::args::DoctorArgs;
use super::output::Output;
use crate::period::{DataPaths, FolderError, counting};
use finding::{DoctorFinding, Level};

pub(super) fn run(data: &Path, options: &DoctorArgs, output: &Output) -> Done {
    let folder = DataPaths::new(data);
    match folder.check() {
        // Told below, with the rest.
        Ok(()) | Err(FolderError::TooOpen(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let running = read::service(&folder);
    let mut findings = vec![DoctorFinding::ok("service", if running { "running" } else { "not running" })];
    findings.extend(folder::permissions(&read::seen(&folder), read::me()));
    findings.push(folder::custody(&read::master_place(&folder), folder.custody().ok()));
    findings.extend(read::mounts(&folder).iter().map(|(path, kind)| host::file_system(path, kind.as_deref())));
    findings.push(host::durability(&read::probe(&folder)));
    findings.push(host::space(read::space(&folder)));
    findings.push(host::landlock(&read::landlock()));
    findings.push(host::counting(counting::try_out()));
    findings.push(host::swap(read::text("/proc/swaps").as_deref()));
    findings.push(host::cores(read::text("/proc/sys/kernel/core_pattern").as_deref()));
    match read::programme(&folder, options.config.as_deref()) {
        Ok(programme) => findings.extend(calendar::findings(&programme, running)),
        Err(finding) => findings.push(finding),
    }
    findings.extend(witness::findings(&folder));
    let stops = findings.iter().filter(|f| f.level == Level::Stop).count();
    let looks = findings.iter().filter(|f| f.level == Level::Look).count();
    let mut text: String = findings.iter().map(|f| f.text() + "\n").collect();
    text += &format!("\n{stops} to stop for, {looks} to look at");
    output.done(&text, &json!({"findings": findings, "stop": stops, "look": looks, "service": running}));
    Ok(if stops == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
