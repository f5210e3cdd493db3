//! Looks for what must not be kept, in every byte of files and outputs.
//!
//! Each marker is looked for as it is, in hex (both cases), in base64 (both
//! alphabets, each of the three alignments: the letters that are the marker's
//! alone) and in UTF-16 (both byte orders). Markers under 6 bytes are left out
//! of base64 and UTF-16, where too few letters are theirs alone.
//!
//! Small numbers cannot be looked for by themselves: 137 stands in some noise
//! figure or digest sooner or later. Counts are looked for in the sequences in
//! which they were sent, and as neighbours in binary. The shortest pattern is
//! the address as 4 bytes; in 200 kB of sealed bytes chance shows one of its
//! two orders about once in 10 000 runs.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test file uses a part")]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};

/// Least length of a pattern.
const SHORTEST: usize = 4;
/// Least length of a marker that is looked for in base64 and UTF-16.
const LONG: usize = 6;

pub struct Searcher {
    /// Patterns by their first two bytes.
    patterns: HashMap<[u8; 2], Vec<(Vec<u8>, String)>>,
}

/// All forms of one marker, with the form's name. `around` gives what stands before and after it.
pub fn forms(marker: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut forms = vec![
        ("raw", marker.to_vec()),
        ("hex", HEXLOWER.encode(marker).into_bytes()),
        ("HEX", HEXUPPER.encode(marker).into_bytes()),
    ];
    if marker.len() >= LONG {
        forms.push(("UTF-16LE", marker.iter().flat_map(|byte| [*byte, 0]).collect()));
        forms.push(("UTF-16BE", marker.iter().flat_map(|byte| [0, *byte]).collect()));
        for before in 0..3 {
            let bytes = [&vec![0; before][..], marker, &[0; 3]].concat();
            // Letter i holds the bits 6i to 6i+5: those that begin and end inside the marker are its own.
            let own = (8 * before).div_ceil(6)..8 * (before + marker.len()) / 6;
            forms.push(("base64", BASE64.encode(&bytes).as_bytes()[own.clone()].to_vec()));
            forms.push(("base64url", BASE64URL.encode(&bytes).as_bytes()[own].to_vec()));
        }
    }
    forms
}

impl Searcher {
    pub fn new(markers: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut patterns: HashMap<[u8; 2], Vec<(Vec<u8>, String)>> = HashMap::new();
        for (name, marker) in markers {
            for (form, pattern) in forms(marker) {
                assert!(pattern.len() >= SHORTEST, "{name} as {form} is too short to be looked for");
                patterns.entry([pattern[0], pattern[1]]).or_default().push((pattern, format!("{name} as {form}")));
            }
        }
        Self { patterns }
    }

    /// What is found in some bytes.
    pub fn search(&self, bytes: &[u8]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for at in 0..bytes.len().saturating_sub(1) {
            for (pattern, name) in self.patterns.get(&[bytes[at], bytes[at + 1]]).into_iter().flatten() {
                if bytes[at..].starts_with(pattern) {
                    found.insert(name.clone());
                }
            }
        }
        found
    }

    /// What is found in files and their names.
    pub fn search_files(&self, files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
        let mut found = Vec::new();
        for (name, bytes) in files {
            let hits = self.search(name.as_bytes()).into_iter().chain(self.search(bytes));
            found.extend(hits.map(|hit| format!("{name}: {hit}")));
        }
        found
    }
}

/// A marker that is text: as written, and in both cases.
pub fn text(markers: &mut BTreeMap<String, Vec<u8>>, name: &str, text: &str) {
    for (case, text) in [("", text.to_owned()), (" lower", text.to_lowercase()), (" upper", text.to_uppercase())] {
        markers.insert(format!("{name}{case}"), text.into_bytes());
    }
}

/// Counts that stood side by side, as integers of 2, 4 and 8 bytes in both orders.
pub fn neighbours(markers: &mut BTreeMap<String, Vec<u8>>, counts: &[u32]) {
    for pair in counts.windows(2) {
        let name = format!("counts {pair:?}");
        let wide = |count: &u32| u64::from(*count);
        markers.insert(format!("{name} u32 little"), pair.iter().flat_map(|c| c.to_le_bytes()).collect());
        markers.insert(format!("{name} u32 big"), pair.iter().flat_map(|c| c.to_be_bytes()).collect());
        markers.insert(format!("{name} u64 little"), pair.iter().flat_map(|c| wide(c).to_le_bytes()).collect());
        markers.insert(format!("{name} u64 big"), pair.iter().flat_map(|c| wide(c).to_be_bytes()).collect());
    }
    let narrow = |count: &u32| u16::try_from(*count).unwrap();
    markers.insert("counts u16 little".to_owned(), counts.iter().flat_map(|c| narrow(c).to_le_bytes()).collect());
    markers.insert("counts u16 big".to_owned(), counts.iter().flat_map(|c| narrow(c).to_be_bytes()).collect());
}
