//! The JSON body of `PUT /v1/tallies/{receipt}`.

use peertally::intake::{Rejection, body};
use serde_json::Value;

/// Only JSON is read; what is taken says exactly what the body says, and nothing that the programme does not ask for.
pub fn check(bytes: &[u8]) {
    let value = serde_json::from_slice::<Value>(bytes);
    let draft = body::read(bytes);
    if matches!(draft, Err(Rejection::Repeated(_))) {
        // The other reader takes the last one, or finds something else wrong behind it.
        return;
    }
    assert_eq!(draft.is_ok(), value.is_ok());
    let (Ok(draft), Ok(value)) = (draft, value) else { return };
    for programme in super::tally::programmes() {
        if let Some(tally) = super::tally::judged(&draft, programme) {
            assert_eq!(super::tally::written(&tally, programme), value);
        }
    }
}
