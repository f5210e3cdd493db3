//! The entries of the log, one on a line, and the ledger over them.

use peertally::log::{Entry, Ledger};

/// A line that decodes is encoded to the same bytes; the ledger over the lines takes them one by one as it takes them
/// all at once, and never books a budget that is not a number or shrinks.
pub fn check(bytes: &[u8]) {
    let decoded = |line: &[u8]| {
        let entry = Entry::decode(line).ok()?;
        assert_eq!(entry.encode().ok().as_deref(), Some(line));
        Some(entry)
    };
    let entries: Vec<Entry> = bytes.split(|b| *b == b'\n').filter_map(decoded).collect();
    let whole = Ledger::replay(&entries);
    let mut ledger = Ledger::default();
    for entry in &entries {
        let before = entry.event.period().map_or(0.0, |period| ledger.spent(period));
        if let Err(error) = ledger.apply(entry) {
            assert_eq!(whole.err().map(|error| error.to_string()), Some(error.to_string()));
            super::texts::for_people(&error.to_string(), 1000);
            return;
        }
        assert_eq!(ledger.last_date(), Some(entry.date));
        if let Some(period) = entry.event.period() {
            let (spent, year) = (ledger.spent(period), ledger.spent_in_year(period.year()));
            assert!(
                ledger.period(period).is_some() && spent.is_finite() && spent >= before && year >= spent,
                "{spent} {year}"
            );
        }
    }
    assert!(whole.is_ok(), "one by one, and not at once");
}
