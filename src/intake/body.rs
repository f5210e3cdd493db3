//! Reads the JSON body of `PUT /v1/tallies/{receipt}`.

use serde_json::{Map, Value};

use super::draft::{Draft, RawCount};
use super::problem::{Fault, Rejection};
use super::unrepeated;

/// Reads a body.
///
/// # Errors
/// [`Rejection::Unreadable`] for what is not JSON, [`Rejection::Repeated`] for a name that stands twice. What is
/// JSON but no tally is noted in the draft.
pub fn read(bytes: &[u8]) -> Result<Draft, Rejection> {
    unrepeated::read(bytes).map(draft)
}

/// What a JSON value says as a tally.
pub(super) fn draft(value: Value) -> Draft {
    let mut draft = Draft::default();
    let Value::Object(fields) = value else {
        draft.note("(body)", Fault::NotObject);
        return draft;
    };
    for (name, value) in fields {
        match (name.as_str(), value) {
            ("week", Value::String(week)) => draft.week = week,
            ("counts", Value::Object(counts)) => read_counts(&mut draft, counts),
            ("counts", _) => draft.note("counts", Fault::NotObject),
            // Whether a name is a dimension is the programme's business: `check` decides.
            (_, Value::String(category)) => {
                draft.categories.insert(name, category);
            }
            _ => draft.note(&name, Fault::NotText),
        }
    }
    draft
}

fn read_counts(draft: &mut Draft, counts: Map<String, Value>) {
    for (measure, value) in counts {
        let count = value.as_u64().map_or(RawCount::Other, RawCount::Whole);
        draft.counts.insert(measure, count);
    }
}
