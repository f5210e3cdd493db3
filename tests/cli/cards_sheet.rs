//! The printed cards sheet, as a phone's camera sees it. Run by `tests/scripts/cards-sheet`, which prints it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use std::path::Path;

/// A grey picture of a page (PGM, as pdftoppm writes it): width, height, bytes.
fn page(path: &Path) -> (usize, usize, Vec<u8>) {
    let bytes = std::fs::read(path).unwrap();
    let mut at = 0;
    let mut word = || {
        let rest = &bytes[at..];
        let start = rest.iter().position(|b| !b.is_ascii_whitespace()).unwrap();
        let length = rest[start..].iter().position(u8::is_ascii_whitespace).unwrap();
        at += start + length;
        String::from_utf8(rest[start..start + length].to_vec()).unwrap()
    };
    assert_eq!(word(), "P5");
    let (width, height, most) = (word().parse().unwrap(), word().parse().unwrap(), word());
    assert_eq!(most, "255");
    (width, height, bytes[at + 1..].to_vec())
}

/// Dots of so many millimetres, at the 150 dots an inch that the script prints with.
fn dots(millimetres: f64) -> usize {
    (millimetres * 150.0 / 25.4) as usize
}

/// What the square of each card says, row by row; a phone is held over one card at a time.
fn squares(path: &Path) -> Vec<String> {
    let (width, _, grey) = page(path);
    let cards = (0..4).flat_map(|row| (0..2).map(move |column| (column, row)));
    let read = |(column, row): (u8, u8)| {
        let (left, top) = (dots(10.0 + 94.5 * f64::from(column)), dots(10.0 + 62.0 * f64::from(row)));
        let at = |x: usize, y: usize| grey[(top + y) * width + left + x];
        let mut card = rqrr::PreparedImage::prepare_from_greyscale(dots(94.5), dots(62.0), at);
        let found = card.detect_grids();
        assert!(found.len() <= 1, "{}: {column}, {row}", path.display());
        found.first().map(|square| square.decode().unwrap().1)
    };
    cards.filter_map(read).collect()
}

/// Every square on every page is read, eight to a page. Each says the address alone, or, where that was asked for,
/// address and card code, each once.
#[test]
#[ignore = "needs pages printed by a browser: tests/scripts/cards-sheet"]
fn a_phone_reads_every_square() {
    let folder = std::env::var("PEERTALLY_SHEETS").unwrap();
    let address = std::env::var("PEERTALLY_SHEETS_URL").unwrap();
    let codes = std::fs::read_to_string(Path::new(&folder).join("cards.codes")).unwrap();
    let with_code = std::env::var("PEERTALLY_SHEETS_CODES").is_ok();
    let says = |code: &str| if with_code { format!("{address}#{code}") } else { address.clone() };
    let mut expected: Vec<String> = codes.lines().map(says).collect();
    let mut pages: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|e| e == "pgm"));
    pages.sort();
    let mut seen = Vec::new();
    for path in &pages {
        let found = squares(path);
        assert_eq!(found.len(), (expected.len() - seen.len()).min(8), "{}", path.display());
        seen.extend(found);
    }
    seen.sort();
    expected.sort();
    assert_eq!(seen, expected);
}
