use super::*;
use crate::domain::release::TargetResult;
use crate::locale::Lang;
use crate::report::fixtures::{cell, measure, published, table as cells, with_target};

fn page(release: &Release, words: &Labels) -> String {
    figures(release, words, PageContext { sha256: "abc123", ..PageContext::default() }).unwrap()
}

fn quarter() -> Release {
    let mut contacts = with_target(measure("contacts", 11_512.3, 300.0, &[("north", 7_000.0), ("south", 90.0)]), 9_000);
    contacts.target.as_mut().unwrap().result = TargetResult::Reached;
    published("2025-Q1", vec![contacts]).release
}

#[test]
fn a_total_can_be_read_at_a_glance() {
    let page = page(&quarter(), &Labels::plain());
    assert!(page.contains("<bdi>11,512</bdi>"), "{page}");
    assert!(page.contains("Between 10,900 and 12,200, with 95\u{a0}% confidence."), "{page}");
    assert!(
        page.contains("<desc id=\"d-total-contacts\">Contacts: 11,512, between 10,900 and 12,200.</desc>"),
        "{page}"
    );
    assert!(page.contains("● good") || page.contains(">●</span> good"), "{page}");
    assert!(page.contains("Target 9,000: reached"), "{page}");
    assert!(page.contains(">○</span> too uncertain to use"), "90 with a spread of 300: {page}");
    assert!(page.contains("SHA-256 of the release: abc123") && page.contains("2024-12-30 – 2025-03-30"), "{page}");
    for forbidden in ["style=", "<script", "NaN", "{{"] {
        assert!(!page.contains(forbidden), "{forbidden}: {page}");
    }
}

#[test]
fn every_language_says_it_all() {
    for lang in Lang::ALL {
        let words = Labels::new(Text::new(lang), Vec::new());
        let page = page(&quarter(), &words);
        assert!(page.contains(&Text::new(lang).report_promise()) && page.contains(&Text::new(lang).whole(11_512.0)));
        if lang != Lang::En {
            for english in ["Between", "What is promised", "reached", "too uncertain", "Published", "group privacy"] {
                assert!(!page.contains(english), "{lang:?}: {english}");
            }
        }
    }
}

#[test]
fn a_name_that_looks_like_markup_stays_text() {
    let mut release = quarter();
    release.programme = "<b>Night & day</b>".into();
    let page = page(&release, &Labels::plain());
    assert!(!page.contains("<b>") && page.contains("&#60;b&#62;Night &#38; day"), "{page}");
}

#[test]
fn tables_that_are_too_long_are_left_to_the_files_and_named() {
    let long = |rows: usize| {
        let all = (0..rows).map(|n| cell(&[("area", &format!("a{n}"))], 1.0, 1.0)).collect();
        let mut of = measure("contacts", 1.0, 1.0, &[]);
        of.breakdowns.push(cells(&["area"], 1.0, all));
        page(&published("2025-Q1", vec![of]).release, &Labels::plain())
    };
    assert_eq!(long(20).matches("<details").count(), 1, "one for the measure");
    let folded = long(MOST_ROWS);
    assert!(folded.matches("<details").count() == 2 && folded.matches("<tr>").count() > MOST_ROWS);
    let left = long(MOST_ROWS + 1);
    assert!(left.contains("Contacts by area has 601 rows, too many for a page") && left.len() < 20_000, "{left}");
}

#[test]
fn each_unit_has_its_promise() {
    use crate::domain::PrivacyUnit;
    let mut release = quarter();
    let mut seen = std::collections::BTreeSet::new();
    for unit in [PrivacyUnit::Tally, PrivacyUnit::WorkerWeek, PrivacyUnit::WorkerPeriod] {
        release.guarantee.unit = unit;
        seen.insert(guarantee::promise(&release.guarantee, &Labels::plain()));
        assert!(!guarantee::rows(&release, &Labels::plain()).iter().any(|row| row.basis.is_empty()));
    }
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|words| words.contains("one card, not one person")));
}
