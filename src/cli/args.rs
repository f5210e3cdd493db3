//! Arguments and help, with an example for each command.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::{Period, Span, Week};
use crate::locale::Lang;

use super::audit::Audit;
use super::backup::Backup;
use super::keygen::Keygen;
use super::period_key::PeriodKey;
use super::restore::Restore;

/// A build that tests can make fail says what it is.
const VERSION: &str = if cfg!(feature = "test-hooks") {
    concat!(env!("CARGO_PKG_VERSION"), " (a test build: never use it for a programme)")
} else {
    env!("CARGO_PKG_VERSION")
};

/// Outreach tallies without a list of people.
#[derive(Parser)]
#[command(version = VERSION, about, long_about = None, max_term_width = 100, disable_help_subcommand = true,
    // Without blank lines, so that the list of commands fits a screen.
    help_template = "{about}\n{usage-heading} {usage}\nCommands:\n{subcommands}\nOptions:\n{options}\n\
        Also: dump, keygen, load, simulate, status; each has its own --help.\n\
        Begin with `peertally demo`, which needs nothing, then `peertally plan` and `peertally init`.")]
pub(super) struct Cli {
    /// The data folder
    #[arg(long, global = true, value_name = "DIR", default_value = "data")]
    pub(super) data: PathBuf,
    /// Print one JSON object instead of text
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[command(subcommand)]
    pub(super) command: CliCommand,
}

#[derive(Subcommand)]
pub(super) enum CliCommand {
    /// Show a whole programme in one command, with made-up tallies
    #[command(after_help = "Example: peertally demo --workers 12 --once")]
    Demo(DemoArgs),
    /// Make a new programme: data folder, keys, log, first period
    #[command(after_help = "Example: peertally init --config config/programme.toml --data data")]
    Init(InitArgs),
    /// Take tallies and show reports
    #[command(after_help = "Example: peertally serve --listen 127.0.0.1:8080")]
    Serve(ServeArgs),
    /// Hand out cards and revoke them
    #[command(after_help = "Example: peertally cards issue --count 8 --out cards.html")]
    Cards(CardsArgs),
    /// Open a past period for paper tallies, or give one its public key
    #[command(after_help = "Example: peertally period open 2025-Q1")]
    Period(PeriodArgs),
    /// Take paper tallies from a CSV file
    #[command(after_help = "Example: peertally import tallies.csv --period 2025-Q1 --rejects rejects.csv")]
    Import(ImportArgs),
    /// Close a period: add noise, publish, destroy its keys
    #[command(after_help = "Example: peertally close 2025-Q1")]
    Close(CloseArgs),
    /// Print a published release, or several added up
    #[command(after_help = "Example: peertally report 2025-Q1 --format csv --out report.csv\n\
        Several added up: peertally report 2025-Q1..2025-Q2, or peertally report 2025 for the year")]
    Report(ReportArgs),
    /// Show what a programme of a given size will be able to see, before any data
    #[command(after_help = "Example: peertally plan --workers 40 --tallies-per-week 3 --out plan.html")]
    Plan(PlanArgs),
    /// Look after the data folder and this machine; changes nothing
    #[command(
        after_help = "Each line is `ok`, `look at this` or `stop`, with what to do. Exit status 1 if one says stop.\n\nExample: peertally doctor"
    )]
    Doctor(DoctorArgs),
    /// Verify what was published, or scan what is stored
    #[command(after_help = "Example: peertally audit verify data/public")]
    Audit(Audit),
    /// Write one file from which the programme can be restored
    #[command(
        after_help = "One moment, also of a running service. Without --to no key is in it: keep a copy of keys/ apart.\n\nExample: peertally backup --to backup.public --out programme.backup"
    )]
    Backup(Backup),
    /// Make the data folder anew from a backup
    #[command(
        after_help = "All or nothing, into a missing or empty folder. What was closed since the backup stays closed: give\nthe newest public/, from which the log, the budget and the releases are taken.\n\nExample: peertally restore programme.backup --private-key backup.private --public mirror/public"
    )]
    Restore(Restore),
    /// Make a key pair off the host, for offline custody
    #[command(hide = true, after_help = "Example: peertally keygen --private-key q1.private --public-key q1.public")]
    Keygen(Keygen),
    /// Copy the sealed rows, withdrawals and card verifiers into one file
    #[command(
        hide = true,
        after_help = "The copy holds no key: keep keys/ and public/ apart from it. Also of a running service.\n\nExample: peertally dump --out store.dump"
    )]
    Dump(DumpArgs),
    /// Fill an empty store from a dump of the same programme
    #[command(
        hide = true,
        after_help = "All or nothing. An old dump brings back revoked cards and withdrawn tallies.\n\nExample: peertally load store.dump"
    )]
    Load(LoadArgs),
    /// Destroy the keys, then remove the store and all the rest
    #[command(after_help = "Example: peertally wipe --data data --yes-destroy-everything")]
    Wipe(WipeArgs),
    /// Drive a running service over HTTP like a crowd of phones, with made-up tallies
    #[command(
        hide = true,
        after_help = "Example: peertally simulate --url http://127.0.0.1:8080 --codes cards.codes --weeks 2026-W46,2026-W47\n\
        The tallies are made up: never point it at a programme that is in use."
    )]
    Simulate(SimulateArgs),
    /// Show where the periods stand
    #[command(hide = true, after_help = "Example: peertally status --json")]
    Status,
}

#[derive(Args)]
pub(super) struct DemoArgs {
    /// Folder of the demonstration; made anew only if it is a demonstration's
    #[arg(long, value_name = "DIR", default_value = "demo-data")]
    pub(super) dir: PathBuf,
    /// Address to listen at
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(super) listen: String,
    /// Number of made-up workers
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=2000))]
    pub(super) workers: u32,
    /// Stop after publishing
    #[arg(long)]
    pub(super) once: bool,
}

#[derive(Args)]
pub(super) struct InitArgs {
    /// The programme file; the shipped default if left out
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The data-minimisation policy; the shipped one if left out
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    /// Where a period's private key is kept: host, or offline
    #[arg(long, value_enum, default_value = "host", hide_possible_values = true)]
    pub(super) custody: CustodyArg,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CustodyArg {
    /// On this machine, wrapped by keys/master.key
    Host,
    /// Away from this machine, in files that `keygen` makes
    Offline,
}

#[derive(Args)]
pub(super) struct ServeArgs {
    /// A changed programme file; it takes effect with the next period
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Take the clock's date although it is far ahead of the log's last entry
    #[arg(long)]
    pub(super) trust_clock: bool,
    /// Where to listen: ADDRESS:PORT, or unix:PATH
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(super) listen: String,
}

#[derive(Args)]
pub(super) struct CardsArgs {
    #[command(subcommand)]
    pub(super) command: CardsCommand,
}

#[derive(Subcommand)]
pub(super) enum CardsCommand {
    /// Make a deck of cards, as a sheet to print
    #[command(
        after_help = "Example: peertally cards issue --count 8 --url https://notes.example.org/ --out cards.html"
    )]
    Issue(IssueArgs),
    /// Make a card useless, by the code of its tear-off stub
    #[command(after_help = "Example: peertally cards revoke XXXXX-XXXXX-XXXXX-XXXXX")]
    Revoke {
        /// The code on the stub (not the card's own)
        stub: String,
    },
}

#[derive(Args)]
pub(super) struct IssueArgs {
    /// Number of cards
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(super) count: u32,
    /// Last period in which they can be used; the current one if left out
    #[arg(long, value_name = "PERIOD")]
    pub(super) until: Option<Period>,
    /// The printable sheet (HTML, 0600)
    #[arg(long, value_name = "FILE", default_value = "cards.html")]
    pub(super) out: PathBuf,
    /// The codes as text, one a line (0600)
    #[arg(long, value_name = "FILE")]
    pub(super) codes: Option<PathBuf>,
    /// Address of the form, printed as a QR code; without it the sheet has a line to write it on
    #[arg(long, value_name = "URL")]
    pub(super) url: Option<String>,
    /// Put each card's code into its QR code: the phone that opens it keeps the code in its history
    #[arg(long, requires = "url")]
    pub(super) code_in_link: bool,
    /// Language of the sheet: en, fr, es, de, pt, nl or ar; the programme's first if left out
    #[arg(long, value_name = "LANG", value_parser = super::language::parse)]
    pub(super) lang: Option<Lang>,
}

#[derive(Args)]
pub(super) struct PeriodArgs {
    #[command(subcommand)]
    pub(super) command: PeriodCommand,
}

#[derive(Subcommand)]
pub(super) enum PeriodCommand {
    /// Open a past, never closed period for paper tallies; logged before any file is read
    #[command(after_help = "Example: peertally period open 2025-Q1")]
    Open {
        /// Such as 2025-Q1
        period: Period,
    },
    /// Give a period that is not open yet its public key, so that its private key stays off this host
    #[command(after_help = "Example: peertally period key 2025-Q1 --public-key 2025-Q1.public")]
    Key(PeriodKey),
}

#[derive(Args)]
pub(super) struct ImportArgs {
    /// The CSV file: columns week, each dimension, each measure, and the worker column
    pub(super) file: PathBuf,
    /// Open this past period first, and take only its rows
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: Option<Period>,
    /// The column with the workers' labels; turned into pseudonyms, never stored
    #[arg(long, value_name = "NAME", default_value = "worker")]
    pub(super) worker_column: String,
    /// Where to write the refused rows with their reasons (0600)
    #[arg(long, value_name = "FILE")]
    pub(super) rejects: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct CloseArgs {
    /// Such as 2025-Q1
    pub(super) period: Period,
    /// Close now, although tallies could still come
    #[arg(long)]
    pub(super) early: bool,
    /// The private key file of a period that is kept offline; it is read, and not kept
    #[arg(long, value_name = "FILE")]
    pub(super) private_key: Option<PathBuf>,
    /// The private key is lost for good: release the period empty, its tallies never counted
    #[arg(long, conflicts_with = "private_key")]
    pub(super) key_lost: bool,
    /// Yes: what was sent for this period is lost, and nobody can bring it back
    #[arg(long, requires = "key_lost")]
    pub(super) yes_its_tallies_are_lost: bool,
}

#[derive(Args)]
pub(super) struct PlanArgs {
    /// The programme file; that of the data folder if left out, or the shipped default
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Workers who send tallies [default: 40, or as in --like]
    #[arg(long, value_name = "N", value_parser = workers)]
    pub(super) workers: Option<u32>,
    /// Tallies of one worker in a week [default: 3, or as in --like]
    #[arg(long, value_name = "N", value_parser = positive)]
    pub(super) tallies_per_week: Option<f64>,
    /// Mean count of one tally, for each measure that you know
    #[arg(long, value_name = "MEASURE=N", conflicts_with = "like")]
    pub(super) per_tally: Vec<String>,
    /// Tallies to plan by, of last year or a pilot (never those to be released): read, not kept
    #[arg(long, value_name = "FILE")]
    pub(super) like: Option<PathBuf>,
    /// The column of --like that tells workers apart
    #[arg(long, value_name = "NAME", default_value = "worker")]
    pub(super) worker_column: String,
    /// Also write the plan as a page to print
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

fn workers(text: &str) -> Result<u32, &'static str> {
    let number = text.parse().ok().filter(|n| (1..=1_000_000).contains(n));
    number.ok_or("write how many workers send tallies, from 1 to 1000000")
}

fn positive(text: &str) -> Result<f64, &'static str> {
    let number = text.parse().ok().filter(|n: &f64| n.is_finite() && *n > 0.0 && *n <= 1000.0);
    number.ok_or("write how many tallies one worker sends in a week, such as 3 or 0.5")
}

#[derive(Args)]
pub(super) struct DoctorArgs {
    /// A programme file to hold against the one in force
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct DumpArgs {
    /// File to write (0600)
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
}

#[derive(Args)]
pub(super) struct LoadArgs {
    /// A file written by `dump`
    pub(super) file: PathBuf,
}

#[derive(Args)]
pub(super) struct WipeArgs {
    /// Yes: what is open can then never be published, and no copy here brings it back
    #[arg(long)]
    pub(super) yes_destroy_everything: bool,
    /// Also the public record: releases, log, programme and policy
    #[arg(long)]
    pub(super) public_too: bool,
}

#[derive(Args)]
pub(super) struct SimulateArgs {
    /// Where the service listens; traffic goes nowhere else
    #[arg(long, value_name = "URL")]
    pub(super) url: String,
    /// Card codes, one a line, as `cards issue --codes` writes them; each is one phone
    #[arg(long, value_name = "FILE")]
    pub(super) codes: PathBuf,
    /// The weeks to send for, with commas between them
    #[arg(long, value_name = "LIST", value_delimiter = ',', required = true)]
    pub(super) weeks: Vec<Week>,
    /// The same seed makes the same tallies and receipts
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// Tallies at most
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) tallies: u32,
    /// Requests at the same time, at most
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) connections: u16,
    /// Also send to a host other than this one
    #[arg(long)]
    pub(super) anywhere: bool,
}

#[derive(Args)]
pub(super) struct ReportArgs {
    /// Such as 2025-Q1; added up: a range such as 2025-Q1..2025-Q4, or a year such as 2025
    #[arg(value_name = "PERIOD")]
    pub(super) period: Span,
    /// Form of the report: json (the release itself), csv, datapackage (describes the CSV), xlsx, html,
    /// dhis2 (data values), or registry (an entry for the registry of deployments)
    #[arg(long, value_enum, default_value = "json", hide_possible_values = true)]
    pub(super) format: FormatArg,
    /// File to write; standard output if left out
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Language of the page (html): en, fr, es, de, pt, nl or ar; the programme's first if left out
    #[arg(long, value_name = "LANG", value_parser = super::language::parse)]
    pub(super) lang: Option<Lang>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArg {
    /// The release itself
    Json,
    /// One tidy table
    Csv,
    /// A page
    Html,
    /// Description of the CSV (Frictionless)
    Datapackage,
    /// A workbook: the table, and notes
    Xlsx,
    /// Data values for DHIS2
    Dhis2,
    /// An entry for the registry of deployments
    Registry,
}
