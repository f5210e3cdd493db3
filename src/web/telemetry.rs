//! What may be written to the service's own output: an allow-list of fields.
//!
//! Guarantee: only events of this program, only the fields named here, no
//! time. Requests are never logged: a line per request would date it in the
//! system's journal. Panics are told by place, without their text.

use std::fmt::Write as _;
use std::io::Write as _;

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// Every field that can be written. `reason` holds errors of the disk and of the configuration.
pub const FIELDS: [&str; 4] = ["event", "period", "listen", "reason"];

/// Starts writing events to standard error.
pub fn start() {
    let subscriber = tracing_subscriber::registry().with(LogLayer);
    // A second start (in tests) changes nothing.
    let _ = tracing::subscriber::set_global_default(subscriber);
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!(" file={}:{}", at.file(), at.line()));
        let _ = writeln!(std::io::stderr(), "level=error event=panic{place}");
    }));
}

struct LogLayer;

impl<S: Subscriber> Layer<S> for LogLayer {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target().starts_with("peertally") && *metadata.level() <= Level::INFO
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = LogLine(format!("level={}", event.metadata().level().as_str().to_lowercase()));
        event.record(&mut line);
        let _ = writeln!(std::io::stderr(), "{}", line.0);
    }
}

/// One line being written.
struct LogLine(String);

impl Visit for LogLine {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if FIELDS.contains(&field.name()) {
            // Writing to a string does not fail.
            let _ = write!(self.0, " {}={:?}", field.name(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    struct ProbeLayer(Arc<Mutex<String>>);

    impl<S: Subscriber> Layer<S> for ProbeLayer {
        fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
            let mut line = LogLine(String::new());
            event.record(&mut line);
            *self.0.lock().unwrap() += &line.0;
        }
    }

    #[test]
    fn a_field_outside_the_list_is_not_written() {
        let seen = Arc::new(Mutex::new(String::new()));
        let subscriber = tracing_subscriber::registry().with(ProbeLayer(Arc::clone(&seen)));
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(event = "period.opened", address = "203.0.113.7", card = "SECRET", "free text");
        });
        assert_eq!(*seen.lock().unwrap(), " event=\"period.opened\"");
    }
}
