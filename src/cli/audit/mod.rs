//! `audit verify`, `audit scan`, `audit bundle`: what an auditor runs.

mod bundle;
mod policy;
mod scan;
mod scan_words;
mod table;
mod verify;

use std::path::Path;

use clap::{Args, Subcommand};

use super::Done;
use super::output::Output;

#[derive(Args)]
pub(super) struct Audit {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Check what was published, offline: needs no secret and no service
    #[command(after_help = "Example: peertally audit verify data/public --key KEY --against old-checkpoint")]
    Verify(verify::Verify),
    /// Hold every stored byte on this host against the policy; opens no tally
    #[command(after_help = "Shows each check with what it shows and what not. Exit status 1 if anything is found.\n\
        Markers have 6 to 1024 bytes; numbers from 65536 on and addresses are also looked for as integers.\n\n\
        Example: peertally audit scan --markers planted.txt --also service.log")]
    Scan(scan::Scan),
    /// Put everything public, with its proofs, into one file
    #[command(after_help = "Example: peertally audit bundle --out audit.zip")]
    Bundle(bundle::BundleArgs),
    /// Print what is kept, the data-protection notice, or what a seizure can surrender
    #[command(after_help = "Example: peertally audit policy legal-request --out legal-request.html")]
    Policy(policy::PolicySheetArgs),
}

pub(super) fn run(data: &Path, options: &Audit, output: &Output) -> Done {
    match &options.command {
        AuditCommand::Verify(options) => verify::run(options, output),
        AuditCommand::Scan(options) => scan::run(data, options, output),
        AuditCommand::Bundle(options) => bundle::run(data, options, output),
        AuditCommand::Policy(options) => policy::run(data, options, output),
    }
}
