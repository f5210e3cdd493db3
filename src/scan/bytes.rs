//! Looks for markers in every byte of a file, piece by piece.
//!
//! Guarantee: memory is bounded whatever the file's size; a marker is found
//! once wherever it lies, also across the border of two pieces; all
//! overlapping hits count.

use std::io::{self, Read};

use super::finding::ScanFinding;
use super::markers::Markers;

/// Bytes of a piece.
const PIECE: usize = 256 * 1024;
/// Most findings of one file: more say nothing new.
const MOST: usize = 100;
const CHECK: &str = "markers";
const ADVICE: &str = "find out what wrote it; if a service did, stop it and keep a copy of the folder";

/// What was searched.
pub struct Searched {
    /// Markers found.
    pub findings: Vec<ScanFinding>,
    /// Bytes read.
    pub bytes: u64,
}

/// Searches a file's name and bytes.
///
/// # Errors
/// The system's reason, when it cannot be read to its end.
pub fn search(name: &str, file: &mut dyn Read, markers: &Markers) -> io::Result<Searched> {
    search_by(name, file, markers, PIECE)
}

fn search_by(name: &str, file: &mut dyn Read, markers: &Markers, piece: usize) -> io::Result<Searched> {
    let at = markers.withheld(name);
    let mut findings: Vec<ScanFinding> = hits(markers, name.as_bytes(), 0)
        .map(|(_, line, encoding)| found(&at, None, format!("its name holds the marker of line {line} ({encoding})")))
        .collect();
    let keep = markers.longest.saturating_sub(1);
    let mut window = Vec::with_capacity(piece + keep);
    let mut begin = 0_u64;
    loop {
        let old = window.len();
        file.take(piece as u64).read_to_end(&mut window)?;
        if window.len() == old {
            break;
        }
        for (start, line, encoding) in hits(markers, &window, old) {
            if findings.len() < MOST {
                let what = format!("the marker of line {line}, {encoding}");
                findings.push(found(&at, Some(begin + start as u64), what));
            }
        }
        let gone = window.len().saturating_sub(keep);
        window.drain(..gone);
        begin += gone as u64;
    }
    Ok(Searched { findings, bytes: begin + window.len() as u64 })
}

/// Hits that end behind `old`, where they begin, and what they are.
fn hits<'a>(
    markers: &'a Markers,
    bytes: &'a [u8],
    old: usize,
) -> impl Iterator<Item = (usize, usize, &'static str)> + 'a {
    markers.automaton.find_overlapping_iter(bytes).filter(move |hit| hit.end() > old).flat_map(move |hit| {
        let forms = markers.forms.get(hit.pattern().as_usize()).map(Vec::as_slice).unwrap_or_default();
        forms.iter().map(move |form| (hit.start(), form.line, form.encoding))
    })
}

fn found(at: &str, offset: Option<u64>, what: String) -> ScanFinding {
    ScanFinding { offset, ..ScanFinding::new(CHECK, at, what, ADVICE) }
}

impl Markers {
    /// Hits that chance alone is expected to show in so many random bytes: those of the 4-byte integers.
    #[must_use]
    pub fn by_chance(&self, bytes: u64) -> f64 {
        self.short as f64 * bytes as f64 / 2_f64.powi(32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};

    const VALUES: [&str; 4] = ["Zephyrine Öaks 137", "1846203", "4047170930001234", "127.77.13.5"];

    /// Every encoding, made here by other means than in `markers` where that is possible.
    fn planted(value: &str) -> Vec<(&'static str, Vec<u8>)> {
        let bytes = value.as_bytes();
        let mut all = vec![
            ("as written", bytes.to_vec()),
            ("hex", HEXLOWER.encode(bytes).into_bytes()),
            ("HEX", HEXUPPER.encode(bytes).into_bytes()),
            ("UTF-16LE", value.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ("UTF-16BE", value.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ];
        for before in ["", "x", "xy", "xyz"] {
            for after in ["", "q", "qr"] {
                let text = [before.as_bytes(), bytes, after.as_bytes()].concat();
                all.push(("base64", BASE64.encode(&text).into_bytes()));
                all.push(("base64url", BASE64URL.encode(&text).into_bytes()));
            }
        }
        match value {
            "1846203" => {
                all.push(("integer, little-endian", vec![0xbb, 0x2b, 0x1c, 0]));
                all.push(("integer, big-endian", vec![0, 0x1c, 0x2b, 0xbb]));
            }
            "127.77.13.5" => {
                all.push(("integer, big-endian", vec![127, 77, 13, 5]));
                all.push(("integer, little-endian", vec![5, 13, 77, 127]));
            }
            "4047170930001234" => {
                all.push(("integer, big-endian", 4_047_170_930_001_234_u64.to_be_bytes().to_vec()));
                all.push(("integer, little-endian", 4_047_170_930_001_234_u64.to_le_bytes().to_vec()));
            }
            _ => {}
        }
        all
    }

    #[test]
    fn every_encoding_is_found_once_across_every_border() {
        let markers = Markers::parse(&VALUES.join("\n")).unwrap();
        let piece = 97;
        for (at, value) in VALUES.iter().enumerate() {
            for (encoding, bytes) in planted(value) {
                for before in 0..2 * piece {
                    let file = [&vec![0xa5; before][..], &bytes, &[0xa5; 60][..]].concat();
                    let found = search_by("f", &mut file.as_slice(), &markers, piece).unwrap();
                    assert_eq!(found.bytes, file.len() as u64);
                    // Digits have one form in hex.
                    let alike = |e: &str| {
                        e.eq_ignore_ascii_case(encoding) || (encoding.starts_with("base64") && e.starts_with("base64"))
                    };
                    let right: Vec<&ScanFinding> = found
                        .findings
                        .iter()
                        .filter(|f| {
                            f.what
                                .split_once(", ")
                                .is_some_and(|(line, e)| line.ends_with(&format!("line {}", at + 1)) && alike(e))
                        })
                        .collect();
                    assert_eq!(right.len(), 1, "{value} as {encoding} at {before}: {:?}", found.findings);
                    let offset = right[0].offset.unwrap();
                    assert!((before as u64..(before + bytes.len()) as u64).contains(&offset));
                    assert!(encoding.starts_with("base64") || offset == before as u64, "{encoding} at {before}");
                }
            }
        }
    }

    #[test]
    fn overlapping_markers_and_names_are_found_and_never_printed() {
        let markers = Markers::parse("abcdefgh\ncdefghij\n").unwrap();
        let found = search("notes/abcdefgh", &mut &b"..abcdefghij.."[..], &markers).unwrap().findings;
        assert_eq!(found.len(), 3);
        assert_eq!(found.iter().map(|f| f.offset).collect::<Vec<_>>(), [None, Some(2), Some(4)]);
        assert!(found.iter().all(|f| !format!("{f:?}").contains("cdef")));
        let clean = search("notes", &mut &b"..abcdefg ij.."[..], &markers).unwrap();
        assert!(clean.findings.is_empty());
    }

    #[test]
    fn chance_is_told() {
        assert_eq!(Markers::parse("Zephyrine").unwrap().by_chance(1 << 30), 0.0);
        assert_eq!(Markers::parse("1846203").unwrap().by_chance(1 << 31), 1.0);
    }
}
