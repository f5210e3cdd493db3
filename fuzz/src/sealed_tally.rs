//! What a phone sealed, as it comes and as it is once it is open.

use std::sync::OnceLock;

use peertally::crypto::queue::{QUEUE_SEALED, QueueKey, QueueKeyId};
use peertally::intake::{body, sealed};
use serde_json::Value;

/// Made-up bytes are never a sealed tally. What is read of opened bytes says what they say, in one reading only: the
/// spaces at the end mean nothing, and sealed and opened it is the same.
pub fn check(bytes: &[u8]) {
    let key = key();
    assert!(key.open(&super::texts::raw(bytes)).is_err(), "opened without having been sealed");
    assert_eq!(QueueKeyId::of(bytes).is_some(), bytes.len() >= 8);
    let Some((card, receipt, draft)) = sealed::read(bytes) else { return };
    let value: Value = serde_json::from_slice(bytes).unwrap_or_default();
    assert_eq!(value.as_object().map(serde_json::Map::len), Some(3), "a field that nobody looked at");
    assert!(receipt.to_string().parse() == Ok(receipt));
    assert_eq!(body::read(value["tally"].to_string().as_bytes()).ok().as_ref(), Some(&draft));
    if let Ok(sealed) = key.public().seal(bytes) {
        assert_eq!(sealed.len(), QUEUE_SEALED);
        let again = key.open(&sealed).ok().and_then(|plain| sealed::read(plain.expose()));
        assert!(again.is_some_and(|again| again == (card, receipt, draft.clone())), "spaces at the end mean something");
    }
    for programme in super::tally::programmes() {
        super::tally::judged(&draft, programme);
    }
}

/// A key that is always the same, so that a finding can be shown again.
fn key() -> &'static QueueKey {
    static KEY: OnceLock<QueueKey> = OnceLock::new();
    KEY.get_or_init(|| QueueKey::derive(&[7; 32]))
}
