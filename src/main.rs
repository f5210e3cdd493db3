//! The program: arguments, then one subcommand.

use std::process::ExitCode;

fn main() -> ExitCode {
    peertally::cli::main()
}
