//! Progress bars on long work: none where standard error is no terminal.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use super::output::Output;

/// A bar over `length` things.
pub(super) fn bar(output: &Output, what: &'static str, length: u64) -> ProgressBar {
    if hidden(output) {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())).with_message(what)
}

/// A sign of life that shows no number.
pub(super) fn spinner(output: &Output, what: &'static str) -> ProgressBar {
    if hidden(output) {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
    let spinner = ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    spinner.enable_steady_tick(std::time::Duration::from_millis(120));
    spinner.with_message(what)
}

fn hidden(output: &Output) -> bool {
    output.is_json() || !std::io::stderr().is_terminal()
}
