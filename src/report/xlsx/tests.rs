//! The workbook, taken apart again. Real readers open it in `tests/scripts/formats`.

use std::io::{Cursor, Read};

use super::*;
use crate::report::csv::tests::sample;

fn parts(bytes: Vec<u8>) -> Vec<(String, String, Option<zip::DateTime>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |n| {
        let mut entry = archive.by_index(n).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        (entry.name().unwrap().into_owned(), text, entry.last_modified())
    };
    (0..count).map(part).collect()
}

fn sheet(release: &Release, number: u8) -> String {
    let name = format!("xl/worksheets/sheet{number}.xml");
    parts(write(release, &ExportContext::default()).unwrap()).into_iter().find(|(n, ..)| *n == name).unwrap().1
}

#[test]
fn it_carries_no_time_and_no_author_and_is_the_same_each_time() {
    let bytes = write(&sample(), &ExportContext::default()).unwrap();
    assert_eq!(bytes, write(&sample(), &ExportContext::default()).unwrap());
    for (name, text, modified) in parts(bytes) {
        assert_eq!(modified, Some(zip::DateTime::default()), "{name}");
        assert!(!text.contains("dcterms") && !text.contains("T00:00:00"), "{name}");
        assert!(!name.starts_with("docProps") || text.contains("<dc:creator></dc:creator>"), "{text}");
    }
}

#[test]
fn numbers_are_numbers_and_the_header_stays_in_view() {
    let data = sheet(&sample(), 1);
    assert!(data.contains(r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#));
    assert!(data.contains(r#"<c r="G3" s="3"><v>-3</v></c>"#), "{data}");
    assert!(data.contains(r#"<c r="K3" s="4"><v>3</v></c>"#), "{data}");
    assert_eq!(data.matches("<row ").count(), 5);
}

#[test]
fn figures_beyond_exact_floats_have_no_exponent() {
    let mut release = sample();
    let cell = &mut release.measures[0].breakdowns[0].cells[0];
    (cell.estimate, cell.high, cell.reported) = (-9.007_199_254_740_992e15, 1e22, 9_007_199_254_740_993);
    let data = sheet(&release, 1);
    for number in ["-9007199254740992", "10000000000000000000000", "9007199254740993"] {
        assert!(data.contains(&format!("<v>{number}</v>")), "{data}");
    }
}

#[test]
fn what_begins_like_a_formula_is_a_text() {
    for text in ["=1+1", "+1", "-1", "@x", "<b>&\u{7}"] {
        let mut release = sample();
        release.programme = text.into();
        release.measures[0].unit = text.into();
        for number in [1, 2] {
            let sheet = sheet(&release, number);
            let escaped = sheet::escaped(text);
            let style = if text.starts_with('<') { 0 } else { 2 };
            let cell = format!(r#" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped}</t>"#);
            assert!(sheet.contains(&cell) && !sheet.contains("<f>"), "{number}: {sheet}");
        }
    }
}

#[test]
fn notes_say_how_to_read_it() {
    let beside = ExportContext { sha256: "d1".repeat(32), ..ExportContext::default() };
    let notes = notes::rows(&sample(), &beside);
    let texts: Vec<String> = notes.iter().flatten().map(|cell| format!("{cell:?}")).collect();
    let has = |words: &str| texts.iter().any(|text| text.contains(words));
    for words in ["Never add up `reported`", "one card, not one person", "4.9", "Text(\"contacts\"", &beside.sha256] {
        assert!(has(words), "{words}");
    }
}

#[test]
fn a_release_without_breakdowns_is_a_header() {
    let mut release = sample();
    release.measures.clear();
    assert_eq!(sheet(&release, 1).matches("<row ").count(), 1);
}
