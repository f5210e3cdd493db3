//! The command line: one file a subcommand; it prints and never decides.
//!
//! Exit status: 0 well, 1 refused or found wanting, 2 wrong usage.
//! `--json` prints one object on standard output and nothing else there.

mod args;
mod audit;
mod backup;
mod card_sheet;
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
mod simulate;
mod status;
mod wipe;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, CliCommand};
use output::Output;

use crate::period::counting;
use crate::sandbox;

/// Runs the program with the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    if let Some(ended) = counting::entered() {
        return ended;
    }
    let arguments = Cli::parse();
    // Before any sandbox. Where it cannot be opened, a close says that it does not know which program counts.
    let _ = counting::use_this_program();
    // For every command, since most hold keys or cards. `serve` tells where it cannot be done.
    let _ = sandbox::no_core_dumps();
    let output = Output::new(arguments.json);
    let data = arguments.data;
    let done = match arguments.command {
        CliCommand::Demo(options) => demo::run(&options, &output),
        CliCommand::Init(options) => init::run(&data, &options, &output),
        CliCommand::Serve(options) => serve::run(&data, &options, &output),
        CliCommand::Cards(options) => cards::run(&data, &options, &output),
        CliCommand::Period(options) => period::run(&data, &options, &output),
        CliCommand::Import(options) => import::run(&data, &options, &output),
        CliCommand::Close(options) => close::run(&data, &options, &output),
        CliCommand::Report(options) => report::run(&data, &options, &output),
        CliCommand::Plan(options) => plan::run(&data, &options, &output),
        CliCommand::Doctor(options) => doctor::run(&data, &options, &output),
        CliCommand::Audit(options) => audit::run(&data, &options, &output),
        CliCommand::Backup(options) => backup::run(&data, &options, &output),
        CliCommand::Restore(options) => restore::run(&data, &options, &output),
        CliCommand::Keygen(options) => keygen::run(&options, &output),
        CliCommand::Dump(options) => dump::run(&data, &options, &output),
        CliCommand::Load(options) => load::run(&data, &options, &output),
        CliCommand::Wipe(options) => wipe::run(&data, &options, &output),
        CliCommand::Simulate(options) => simulate::run(&options, &output),
        CliCommand::Status => status::run(&data, &output),
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
    let mut waiting = of(&Cli::command(), "");
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
