//! What is printed, as text or as one JSON object.

use std::io::Write;

use serde_json::{Value, json};

/// Where a command's words go.
pub(super) struct Output {
    json: bool,
}

impl Output {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    /// True if no progress bar and no friendly words are wanted.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    /// The result: `text` for people, `value` for machines.
    pub(super) fn done(&self, text: &str, value: &Value) {
        let line = if self.json { value.to_string() } else { text.trim_end().to_owned() };
        self.line(&line);
    }

    /// A line of text, left out with `--json`.
    pub(super) fn say(&self, text: &str) {
        if !self.json {
            self.line(text);
        }
    }

    /// A remark beside a result that is on standard output; left out with `--json`.
    pub(super) fn note(&self, text: &str) {
        if !self.json {
            // As with errors.
            let _ = writeln!(std::io::stderr(), "note: {text}");
        }
    }

    /// An error, on standard error.
    pub(super) fn error(&self, error: &dyn std::error::Error) {
        let text =
            if self.json { json!({"error": error.to_string()}).to_string() } else { format!("peertally: {error}") };
        // Nobody is left to tell if standard error is closed.
        let _ = writeln!(std::io::stderr(), "{text}");
    }

    fn line(&self, text: &str) {
        // A closed pipe ends the words, not the work.
        let _ = writeln!(std::io::stdout(), "{text}");
    }
}
