//! Every entry of the store against the policy's schema.
//!
//! Guarantee: each key and value has the width and form that the policy
//! states, and belongs to a period that may have rows; one finding a kind of
//! fault, with the first place of it, so that findings tell no numbers.
//! Non-guarantee: a sealed row is judged by its form (`forms`), never opened.

use std::collections::BTreeMap;

use crate::crypto::seal::{SEAL_VERSION, SEALED};
use crate::domain::Period;
use crate::store::structure::{KEY, META, ROW, StorePart, TOMBSTONE, TOMBSTONE_VALUE};

use super::finding::ScanFinding;
use super::periods::Periods;
use super::spellings::{is_public_key, odd_body, odd_hash};

/// Name of this check.
const CHECK: &str = "store";
const KEEP: &str = "stop the service, copy the whole folder away, and look at what wrote this before anything else";
const FINISH: &str = "run `peertally close` for that period again: it goes on with what is left";

/// Looks at one part after the other.
pub struct StoreScanner<'a> {
    periods: &'a Periods,
    first: BTreeMap<&'static str, (String, &'static str)>,
}

impl<'a> StoreScanner<'a> {
    /// Nothing was seen yet.
    #[must_use]
    pub fn new(periods: &'a Periods) -> Self {
        Self { periods, first: BTreeMap::new() }
    }

    /// Looks at a part.
    pub fn look(&mut self, part: StorePart<'_>) {
        match part {
            StorePart::Tree(name) => self.note(
                "is a tree that the policy does not know, or the engine's own with something in it",
                format!("store, tree {}", shown(name)),
                KEEP,
            ),
            StorePart::Row(key, value) => self.row(key, value),
            StorePart::Card(key, value) => self.card(key, value),
            StorePart::Meta(key, value) => {
                if !META.iter().any(|(name, width)| *name == key && *width == value.len()) {
                    let at = "store, tree meta".to_owned();
                    self.note("holds a value that the policy does not know", at, KEEP);
                }
            }
        }
    }

    fn row(&mut self, key: &[u8], value: &[u8]) {
        let period = key.get(1..5).and_then(|b| <[u8; 4]>::try_from(b).ok()).and_then(Period::from_bytes);
        let (Some(period), true) = (period, key.len() == KEY) else {
            let at = "store, tree rows, a key".to_owned();
            return self.note("is not kind, period and keyed hash, 21 bytes together", at, KEEP);
        };
        let hash = key.get(5..).unwrap_or_default();
        let at = || format!("store, tree rows, {period}, the key that begins with {}", start(hash));
        if !self.periods.may_have_rows(period) {
            let what = "belongs to a period that the log does not know, or whose keys it calls destroyed";
            self.note(what, at(), FINISH);
        }
        if odd_hash(hash).is_some() {
            self.note("is no keyed hash: it reads like text, or repeats itself", at(), KEEP);
        }
        match (key.first(), value.split_first()) {
            (Some(&TOMBSTONE), _) if value == TOMBSTONE_VALUE => {}
            (Some(&ROW), Some((version, body))) if value.len() == SEALED => {
                if *version != SEAL_VERSION {
                    self.note("has a version byte that no sealed row has", at(), KEEP);
                } else if !body.get(..32).is_some_and(is_public_key) {
                    self.note("has no X25519 public key where a sealed row has one", at(), KEEP);
                } else if let Some(why) = odd_body(body) {
                    self.note(sealed(why), at(), KEEP);
                }
            }
            _ => self.note("has a value of another width than the policy's: no sealed row, no tombstone", at(), KEEP),
        }
    }

    fn card(&mut self, key: &[u8], value: &[u8]) {
        let at = || format!("store, tree cards, the key that begins with {}", start(key));
        let until = <[u8; 4]>::try_from(value).ok().and_then(Period::from_bytes);
        if key.len() != 32 || until.is_none() {
            self.note("is not a verifier of 32 bytes with a last period", at(), KEEP);
        } else if odd_hash(key).is_some() {
            self.note("is no keyed hash: it reads like text, or repeats itself", at(), KEEP);
        }
    }

    fn note(&mut self, what: &'static str, at: String, advice: &'static str) {
        self.first.entry(what).or_insert((at, advice));
    }

    /// What was found: the first of each kind.
    #[must_use]
    pub fn findings(self) -> Vec<ScanFinding> {
        let one =
            |(what, (at, advice)): (&'static str, (String, &'static str))| ScanFinding::new(CHECK, at, what, advice);
        self.first.into_iter().map(one).collect()
    }
}

fn sealed(why: &'static str) -> &'static str {
    match why {
        "it reads like text" => "is not sealed: it reads like text",
        "it has six equal bytes in a row" => "is not sealed: it has six equal bytes in a row",
        "it has too few different byte values" => "is not sealed: it has too few different byte values",
        _ => "is not sealed: one byte value stands in it twelve times or more",
    }
}

/// The first two bytes of a hash: enough to find the entry again, too few to tell anything else.
fn start(bytes: &[u8]) -> String {
    bytes.iter().take(2).map(|byte| format!("{byte:02x}")).collect()
}

/// A name from the store, without what could hold a value.
fn shown(name: &str) -> String {
    if name == "__sled__default" { name.to_owned() } else { format!("with a name of {} bytes", name.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHREDDED: &str = "belongs to a period that the log does not know, or whose keys it calls destroyed";

    fn found(part: StorePart<'_>) -> Vec<String> {
        let periods = Periods::default();
        let mut looker = StoreScanner::new(&periods);
        looker.look(part);
        looker.findings().into_iter().map(|f| f.what).filter(|what| what != SHREDDED).collect()
    }

    #[test]
    fn each_form_that_the_policy_does_not_state_is_found() {
        let period: Period = "2025-Q1".parse().unwrap();
        let hash: [u8; 16] = std::array::from_fn(|i| (i as u8).wrapping_mul(37).wrapping_add(129));
        let key = |kind: u8| [&[kind][..], &period.to_bytes(), &hash].concat();
        let mut value: Vec<u8> = (0..SEALED).map(|i| (i as u8).wrapping_mul(101).wrapping_add(7)).collect();
        value[0] = SEAL_VERSION;
        value[32] &= 0x7f;
        assert_eq!(found(StorePart::Row(&key(ROW), &value)), Vec::<String>::new());
        assert_eq!(found(StorePart::Row(&key(TOMBSTONE), &TOMBSTONE_VALUE)), Vec::<String>::new());
        assert_eq!(found(StorePart::Card(&[&hash[..], &hash[..]].concat(), &period.to_bytes())), Vec::<String>::new());
        assert_eq!(found(StorePart::Meta(b"format", &[1, 0, 0, 0])), Vec::<String>::new());

        let mut other = value.clone();
        other[0] = 9;
        let mut no_key = value.clone();
        no_key[32] |= 0x80;
        let mut run = value.clone();
        run[50..56].fill(0);
        let text = [&[ROW][..], &period.to_bytes(), b"4047170930001234"].concat();
        for part in [
            StorePart::Tree("notes"),
            StorePart::Row(&key(ROW)[..20], &value),
            StorePart::Row(&key(b'x'), &value),
            StorePart::Row(&key(ROW), &value[..120]),
            StorePart::Row(&key(TOMBSTONE), &[2]),
            StorePart::Row(&key(ROW), &other),
            StorePart::Row(&key(ROW), &no_key),
            StorePart::Row(&key(ROW), &run),
            StorePart::Row(&text, &value),
            StorePart::Card(&hash, &period.to_bytes()),
            StorePart::Card(&[&hash[..], &hash[..]].concat(), &[0; 4]),
            StorePart::Card(&[b'w'; 32], &period.to_bytes()),
            StorePart::Meta(b"note", &[1]),
            StorePart::Meta(b"check", &[1]),
        ] {
            assert_eq!(found(part).len(), 1);
        }
        let periods = Periods::default();
        let mut looker = StoreScanner::new(&periods);
        looker.look(StorePart::Row(&key(ROW), &value));
        looker.look(StorePart::Row(&key(ROW), &value));
        assert_eq!(looker.findings().len(), 1, "rows of an unknown period: one finding, whatever their number");
    }
}
