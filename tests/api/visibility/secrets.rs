//! What nobody may see of a small programme, and a search for it.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use aho_corasick::AhoCorasick;
use data_encoding::{BASE64, HEXLOWER};
use peertally::crypto::PeriodSalt;
use peertally::crypto::pseudonym::stub_of;
use peertally::domain::{CardCode, Period};

use crate::common::Answer;
use crate::common::life;

/// Counts that stand in no figure: far above every cap.
pub const COUNTS: [u32; 4] = [846_203, 731_992, 655_317, 918_604];
pub const LABEL: &str = "Zephyrine-Oaks";

/// Names and values, and the search for all of them at once, in letters of either case.
pub struct Secrets {
    all: Vec<(String, Vec<u8>)>,
    search: AhoCorasick,
}

impl Secrets {
    pub fn new(data: &Path, period: Period, cards: &[String], receipts: &[String]) -> Self {
        let master = life::master(data);
        let wrapped = std::fs::read(data.join(format!("keys/periods/{period}.salt"))).unwrap();
        let keys = PeriodSalt::unwrap(&wrapped, &master, period).unwrap().keys();
        let mut all = vec![("label".to_owned(), LABEL.as_bytes().to_vec())];
        let mut bytes = |name: String, value: &[u8]| {
            all.push((format!("{name} raw"), value.to_vec()));
            all.push((format!("{name} hex"), HEXLOWER.encode(value).into_bytes()));
            all.push((format!("{name} base64"), BASE64.encode(value).trim_end_matches('=').as_bytes().to_vec()));
        };
        bytes("pseudonym of the label".to_owned(), &keys.of_label(LABEL).0);
        for (n, card) in cards.iter().enumerate() {
            let code = CardCode::parse(card).unwrap();
            let pseudonym = keys.of_card(&code);
            bytes(format!("pseudonym {n}"), &pseudonym.0);
            bytes(format!("verifier {n}"), &master.verifier_key().verifier(&stub_of(&code)).0);
            for receipt in receipts {
                bytes(format!("row key {n} {receipt}"), &keys.row(&pseudonym, &receipt.parse().unwrap()).0);
            }
        }
        for (n, card) in cards.iter().enumerate() {
            let stub = stub_of(&CardCode::parse(card).unwrap()).reveal().to_string();
            for (name, code) in [("card", card), ("stub", &stub)] {
                all.push((format!("{name} {n}"), code.as_bytes().to_vec()));
                all.push((format!("{name} {n} bare"), code.replace('-', "").into_bytes()));
            }
        }
        all.extend(receipts.iter().map(|receipt| (format!("receipt {receipt}"), receipt.as_bytes().to_vec())));
        all.extend(COUNTS.iter().map(|count| (format!("count {count}"), count.to_string().into_bytes())));
        // What all of them add up to, and what one worker does.
        for sum in [COUNTS.iter().sum::<u32>(), COUNTS[0] + COUNTS[2], COUNTS[1] + COUNTS[3]] {
            all.push((format!("count {sum}"), sum.to_string().into_bytes()));
        }
        let search = AhoCorasick::builder().ascii_case_insensitive(true).build(all.iter().map(|(_, value)| value));
        Self { all, search: search.unwrap() }
    }

    /// Names of what stands in some bytes.
    pub fn seen(&self, bytes: &[u8]) -> Vec<String> {
        // Digits inside a digest or a longer number are none of ours.
        let inside =
            |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|b| b.is_ascii_hexdigit() || *b == b'.');
        let name = |hit: aho_corasick::Match| {
            let name = &self.all[hit.pattern().as_usize()].0;
            let alone = !inside(hit.start().checked_sub(1)) && !inside(Some(hit.end()));
            (alone || !name.starts_with("count")).then(|| name.clone())
        };
        let mut seen: Vec<String> = self.search.find_overlapping_iter(bytes).filter_map(name).collect();
        seen.sort();
        seen.dedup();
        seen
    }

    /// The search finds each of them where it stands.
    pub fn assert_finds(&self) {
        for (name, value) in &self.all {
            let answer = [&b"{\"x\":"[..], value, &b",\"y\":1}"[..]].concat();
            assert!(self.seen(&answer).contains(name), "{name}");
        }
        assert!(self.seen(b"a1846203 0.846203 846203f").is_empty());
    }
}

/// All of an answer: status line aside, its header and its body.
pub fn bytes(answer: &Answer) -> Vec<u8> {
    let header: String = answer.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    [header.as_bytes(), &answer.body].concat()
}
