//! The command line: one file a subcommand; it prints and never decides.
//!
//! Exit status: 0 well, 1 refused or found wanting, 2 wrong usage.
//! `--json` prints one object on standard output and nothing else there.

mod args;
mod audit;
mod backup;
mod cards;
mod close;
mod copy;
mod demo;
mod doctor;
mod dump;
mod import;
mod init;
mod key_file;
mod keygen;
mod language;
mod load;
mod output;
mod period;
mod period_key;
mod plan;
mod progress;
mod report;
mod report_sum;
mod restore;
mod serve;
mod sheet;
mod simulate;
mod status;
mod wipe;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Arguments, Command};
use output::Output;

use crate::sandbox;

/// Runs the program with the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // For every command, since most hold keys or cards. `serve` tells where it cannot be done.
    let _ = sandbox::no_core_dumps();
    let output = Output::new(arguments.json);
    let data = arguments.data;
    let done = match arguments.command {
        Command::Demo(options) => demo::run(&options, &output),
        Command::Init(options) => init::run(&data, &options, &output),
        Command::Serve(options) => serve::run(&data, &options, &output),
        Command::Cards(options) => cards::run(&data, &options, &output),
        Command::Period(options) => period::run(&data, &options, &output),
        Command::Import(options) => import::run(&data, &options, &output),
        Command::Close(options) => close::run(&data, &options, &output),
        Command::Report(options) => report::run(&data, &options, &output),
        Command::Plan(options) => plan::run(&data, &options, &output),
        Command::Doctor(options) => doctor::run(&data, &options, &output),
        Command::Audit(options) => audit::run(&data, &options, &output),
        Command::Backup(options) => backup::run(&data, &options, &output),
        Command::Restore(options) => restore::run(&data, &options, &output),
        Command::Keygen(options) => keygen::run(&options, &output),
        Command::Dump(options) => dump::run(&data, &options, &output),
        Command::Load(options) => load::run(&data, &options, &output),
        Command::Wipe(options) => wipe::run(&data, &options, &output),
        Command::Simulate(options) => simulate::run(&options, &output),
        Command::Status => status::run(&data, &output),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            output.error(error.as_ref());
            ExitCode::from(1)
        }
    }
}

/// Every command that can be given, also those that `--help` only names: `audit scan`, `cards issue`.
#[must_use]
pub fn commands() -> Vec<String> {
    let of = |command: &clap::Command, before: &str| -> Vec<(String, clap::Command)> {
        command.get_subcommands().map(|c| (format!("{before}{}", c.get_name()), c.clone())).collect()
    };
    let mut commands = Vec::new();
    let mut waiting = of(&Arguments::command(), "");
    while let Some((name, command)) = waiting.pop() {
        let below = of(&command, &format!("{name} "));
        if below.is_empty() {
            commands.push(name);
        }
        waiting.extend(below);
    }
    commands.sort();
    commands
}

/// What a subcommand returns: its exit status, or an error to be printed.
type Done = Result<ExitCode, Box<dyn std::error::Error>>;
