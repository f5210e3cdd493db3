//! Planted values in all the forms in which they could lie in a file.
//!
//! Guarantee: each value is looked for as written, in hex (both cases), base64
//! (both alphabets, the letters that are the value's alone in each of the three
//! alignments) and UTF-16 (both byte orders); whole numbers from 65536 on and
//! IPv4 addresses also as integers of 4 bytes, larger numbers of 8, in both
//! byte orders. A value is named by its line only.
//! Non-guarantee: other encodings, compression, encryption, and values cut in
//! two are not found.

use std::collections::BTreeMap;
use std::net::IpAddr;

use aho_corasick::{AhoCorasick, MatchKind};
use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};
use zeroize::Zeroizing;

/// Shortest value: a shorter one stands in some digest or figure by chance.
const SHORTEST: usize = 6;
/// Longest value.
const LONGEST: usize = 1024;
/// Most values.
const MOST: usize = 10_000;
/// Whole numbers below are too short as integers of 4 bytes: they hold two zero bytes.
const WIDE: u64 = 65_536;

/// Why a file of markers is not used. The values themselves are never told.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkerError {
    /// A value of a length that is not looked for.
    #[error(
        "line {0} of the markers has {1} bytes: write values of {SHORTEST} to {LONGEST} bytes. A shorter one stands in some digest by chance; \
         write it with what stands beside it, such as \"contacts\":137"
    )]
    Length(usize, usize),
    /// Nothing, or too much.
    #[error("the markers are {0} values: write 1 to {MOST}, one a line")]
    Number(usize),
    /// They cannot be looked for together.
    #[error("the markers cannot be looked for together ({0}): write fewer or shorter ones")]
    TooLarge(String),
}

/// One form of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    /// Line of the value, from 1.
    pub(super) line: usize,
    /// Name of the encoding.
    pub(super) encoding: &'static str,
}

/// All values, ready to be looked for.
pub struct Markers {
    pub(super) automaton: AhoCorasick,
    /// What each pattern stands for: several values may share one.
    pub(super) forms: Vec<Vec<Spelling>>,
    /// Length of the longest pattern.
    pub(super) longest: usize,
    /// Patterns of 4 bytes, which chance can show.
    pub(super) short: usize,
    values: Vec<Zeroizing<String>>,
}

impl Markers {
    /// Reads values, one a line; empty lines are left out.
    ///
    /// # Errors
    /// [`MarkerError`], naming lines only.
    pub fn parse(text: &str) -> Result<Self, MarkerError> {
        let values: Vec<(usize, &str)> = text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line.trim_end_matches('\r')))
            .filter(|(_, line)| !line.trim().is_empty())
            .collect();
        if values.is_empty() || values.len() > MOST {
            return Err(MarkerError::Number(values.len()));
        }
        let mut patterns: BTreeMap<Vec<u8>, Vec<Spelling>> = BTreeMap::new();
        for (line, value) in &values {
            if value.len() < SHORTEST || value.len() > LONGEST {
                return Err(MarkerError::Length(*line, value.len()));
            }
            for (encoding, pattern) in forms(value) {
                let forms = patterns.entry(pattern).or_default();
                if !forms.iter().any(|form| form.line == *line) {
                    forms.push(Spelling { line: *line, encoding });
                }
            }
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns.keys());
        let automaton = automaton.map_err(|error| MarkerError::TooLarge(error.to_string()))?;
        let longest = patterns.keys().map(Vec::len).max().unwrap_or(1);
        let short = patterns.keys().filter(|pattern| pattern.len() == 4).count();
        let values = values.iter().map(|(_, value)| Zeroizing::new((*value).to_owned())).collect();
        Ok(Self { automaton, forms: patterns.into_values().collect(), longest, short, values })
    }

    /// `text`, unless it holds a value: then words that say so.
    #[must_use]
    pub fn withheld(&self, text: &str) -> String {
        if self.values.iter().any(|value| text.contains(value.as_str())) {
            "a file whose name holds a marker (withheld)".to_owned()
        } else {
            text.to_owned()
        }
    }
}

/// All forms of one value.
fn forms(value: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = value.as_bytes();
    let mut forms = vec![
        ("as written", bytes.to_vec()),
        ("hex", HEXLOWER.encode(bytes).into_bytes()),
        ("HEX", HEXUPPER.encode(bytes).into_bytes()),
        ("UTF-16LE", value.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", value.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ];
    for before in 0..3 {
        let around = [&vec![0; before][..], bytes, &[0; 3]].concat();
        // Letter i holds the bits 6i to 6i+5: those that begin and end inside the value are its own.
        let own = (8 * before).div_ceil(6)..8 * (before + bytes.len()) / 6;
        for (name, text) in [("base64", BASE64.encode(&around)), ("base64url", BASE64URL.encode(&around))] {
            forms.extend(text.get(own.clone()).map(|own| (name, own.as_bytes().to_vec())));
        }
    }
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits { value.parse::<u64>().ok().filter(|n| *n >= WIDE) } else { None };
    match (number.map(u32::try_from), value.parse::<IpAddr>()) {
        (Some(Ok(narrow)), _) => forms.extend(integers(&narrow.to_le_bytes(), &narrow.to_be_bytes())),
        (Some(Err(_)), _) => {
            let wide = number.unwrap_or_default();
            forms.extend(integers(&wide.to_le_bytes(), &wide.to_be_bytes()));
        }
        (None, Ok(IpAddr::V4(address))) => {
            let mut back = address.octets();
            back.reverse();
            forms.extend(integers(&back, &address.octets()));
        }
        (None, Ok(IpAddr::V6(address))) => forms.push(("address, 16 bytes", address.octets().to_vec())),
        (None, Err(_)) => {}
    }
    forms
}

fn integers(little: &[u8], big: &[u8]) -> [(&'static str, Vec<u8>); 2] {
    [("integer, little-endian", little.to_vec()), ("integer, big-endian", big.to_vec())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_no_use_are_refused_by_line() {
        assert_eq!(Markers::parse("\n\n").err(), Some(MarkerError::Number(0)));
        assert_eq!(Markers::parse("\nabcdef\n137\n").err(), Some(MarkerError::Length(3, 3)));
        let long = "x".repeat(LONGEST + 1);
        let error = Markers::parse(&long).err().unwrap();
        assert!(error == MarkerError::Length(1, LONGEST + 1) && !error.to_string().contains("xxx"));
    }

    #[test]
    fn numbers_and_addresses_are_integers_too() {
        let has = |value: &str, bytes: &[u8]| forms(value).iter().any(|(_, pattern)| pattern == bytes);
        assert!(has("0065536", &[0, 0, 1, 0]) && has("1846203", &1_846_203_u32.to_be_bytes()));
        assert!(has("4047170930001234", &4_047_170_930_001_234_u64.to_le_bytes()));
        assert!(has("127.77.13.5", &[127, 77, 13, 5]) && has("127.77.13.5", &[5, 13, 77, 127]));
        assert!(!has("000137", &137_u32.to_le_bytes()));
    }

    #[test]
    fn a_name_that_holds_a_value_is_withheld() {
        let markers = Markers::parse("Zephyrine\n").unwrap();
        assert_eq!(markers.withheld("public/a.txt"), "public/a.txt");
        assert!(!markers.withheld("public/Zephyrine.txt").contains("Zephyrine"));
    }
}
