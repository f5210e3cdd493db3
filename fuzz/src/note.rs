//! Signed notes, checkpoints and verifier keys, beside the crates `signed_note` and `tlog_tiles`.

use std::sync::OnceLock;

use peertally::crypto::sign::{LogKey, LogVerifierKey, MAX_KEY_NAME};
use peertally::log::Checkpoint;
use peertally::log::note::{MAX_NOTE, SignedNote};
use signed_note::{Note, Signature, StandardVerifier, VerifierList};

/// Notes, checkpoints and keys have one form each, and both programs read the same in it; what only the other one
/// reads is what the heads of our files say that we refuse; what we sign, both verify.
pub fn check(bytes: &[u8]) {
    note(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    checkpoint(text);
    verifier_key(text);
}

fn note(bytes: &[u8]) {
    let theirs = Note::from_bytes(bytes).ok();
    let Ok(ours) = SignedNote::parse(bytes) else {
        assert!(!theirs.is_some_and(|note| is_ours(&note, bytes)), "refused, and yet of the one form");
        return;
    };
    assert_eq!(ours.to_bytes(), bytes);
    let theirs = theirs.unwrap_or_else(|| panic!("no note to others"));
    assert_eq!((theirs.to_bytes().as_slice(), theirs.text()), (bytes, ours.text().as_bytes()));
    assert!(matches!(signatures(&theirs).as_slice(), [one] if one.name() == ours.name()));
}

/// Whether the other program's note is one that we read too: one Ed25519 signature by a key that we take, no control
/// characters, not too long.
fn is_ours(note: &Note, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(note.text());
    let all = signatures(note);
    let one = matches!(all.as_slice(), [one] if one.signature().len() == 64 && is_name(one.name()));
    one && bytes.len() <= MAX_NOTE && text.chars().all(|c| c == '\n' || !c.is_control())
}

fn signatures(note: &Note) -> Vec<Signature> {
    let lines = note.to_bytes().split_off(note.text().len() + 1);
    lines.split(|b| *b == b'\n').filter_map(|line| Signature::from_bytes(line).ok()).collect()
}

fn is_name(name: &str) -> bool {
    name.len() <= MAX_KEY_NAME && !name.contains(char::is_control) && signed_note::is_key_name_valid(name)
}

fn checkpoint(text: &str) {
    let theirs = tlog_tiles::Checkpoint::from_bytes(text.as_bytes()).ok();
    let Ok(ours) = Checkpoint::parse_text(text) else {
        assert!(theirs.is_none_or(|c| !c.extension().is_empty()), "refused, and yet without extension lines");
        return;
    };
    assert_eq!(ours.text(), text);
    let theirs = theirs.unwrap_or_else(|| panic!("no checkpoint to others"));
    assert_eq!((theirs.origin(), theirs.size(), theirs.hash().0), (ours.origin.as_str(), ours.size, ours.root.0));
    if is_name(&ours.origin) && !text.contains(|c: char| c.is_control() && c != '\n') {
        signed(&ours);
    } else {
        assert!(ours.sign(key()).is_err(), "signed, and no one can read it");
    }
}

/// What we sign, we open, and the other program verifies it.
fn signed(checkpoint: &Checkpoint) {
    let signed = checkpoint.sign(key()).unwrap_or_else(|error| panic!("{error}"));
    let verifier = key().verifier(&checkpoint.origin).unwrap_or_else(|error| panic!("{error}"));
    assert!(Checkpoint::open(&signed, &verifier).is_ok_and(|opened| opened == *checkpoint));
    let theirs = StandardVerifier::new(&verifier.to_string()).unwrap_or_else(|error| panic!("{error}"));
    let known = Note::from_bytes(&signed).and_then(|note| note.verify(&VerifierList::new(vec![Box::new(theirs)])));
    assert!(known.is_ok_and(|(known, unknown)| (known.len(), unknown.len()) == (1, 0)), "others do not verify it");
}

fn verifier_key(text: &str) {
    let theirs = StandardVerifier::new(text).is_ok();
    match text.parse::<LogVerifierKey>() {
        // Whether the bytes are a point on the curve shows when they are used.
        Ok(key) => assert_eq!(key.to_string(), text),
        Err(_) if theirs => {
            let (name, rest) = text.split_once('+').unwrap_or_default();
            let plain = rest.bytes().take(8).all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
            assert!(!is_name(name) || !plain, "refused, and yet a key");
        }
        Err(_) => {}
    }
}

fn key() -> &'static LogKey {
    static KEY: OnceLock<LogKey> = OnceLock::new();
    KEY.get_or_init(|| LogKey::from_seed(&[7; 32]).unwrap_or_else(|error| panic!("{error}")))
}
