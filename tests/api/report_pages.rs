//! Pages for readers in every language: reports, list, log, policy; and what the commands write.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use crate::common::{Programme, Service};

const LANGUAGES: [&str; 7] = ["en", "fr", "es", "de", "pt", "nl", "ar"];
/// Words of the English pages that no other language has.
const ENGLISH: [&str; 17] = [
    "Between",
    "What is promised",
    "too uncertain",
    "Published",
    "group privacy",
    "How to cite",
    "Take it with you",
    "No release",
    "Over time",
    "Quality",
    "standard deviation",
    "Never kept",
    "Where the periods",
    "Not added up",
    "In the log",
    "Leaf hash",
    "It must",
];

/// Two published quarters of paper tallies without noise, and the current one open.
fn two_quarters() -> Programme {
    let programme = Programme::new();
    for (period, week, contacts) in [("2025-Q1", "2025-W02", 90), ("2025-Q2", "2025-W20", 120)] {
        let mut rows = "worker,week,area,setting,contacts,syringes_out\n".to_owned();
        for worker in 0..20 {
            rows.push_str(&format!("w{worker},{week},harbour,street,{contacts},800\n"));
        }
        std::fs::write(programme.path("paper.csv"), rows).unwrap();
        programme.json(&["import", "paper.csv", "--period", period]);
        let mut close = programme.command(&["close", period]);
        assert!(close.env("PEERTALLY_TEST_ZERO_NOISE", "1").status().unwrap().success());
    }
    programme
}

fn page(service: &Service, path: &str) -> String {
    let page = service.get(path);
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")), "{path}");
    page.text()
}

/// What stands in the part that changes from page to page.
fn main_part(page: &str) -> &str {
    page.split("<main").nth(1).unwrap().split("</main>").next().unwrap()
}

#[test]
fn every_page_for_readers_speaks_every_language() {
    let programme = two_quarters();
    let service = programme.serve();
    for lang in LANGUAGES {
        let dir = if lang == "ar" { "rtl" } else { "ltr" };
        for path in ["reports", "reports/2025-Q2", "reports/over-time", "audit", "policy"] {
            let page = page(&service, &format!("/{path}?lang={lang}"));
            assert!(page.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\"")), "{path} {lang}");
            assert!(page.contains("report.css"), "{path}");
            let main = main_part(&page);
            assert!(!main.contains("{{") && !main.contains("style="), "{path} {lang}");
            if lang != "en" {
                for word in ENGLISH {
                    assert!(!main.contains(word), "{path} {lang}: {word}");
                }
            }
            // From page to page the language stays.
            for link in main.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
                let inside = link.contains("reports") || link.contains("over-time");
                let file = link.contains("releases/") || link.contains("public/");
                if inside && !file && lang != "en" {
                    assert!(link.contains(&format!("lang={lang}")), "{path} {lang}: {link}");
                }
            }
        }
    }
}

#[test]
fn a_report_says_how_many_and_how_sure_in_the_language_and_its_labels() {
    let programme = two_quarters();
    let service = programme.serve();
    let report = page(&service, "/reports/2025-Q2");
    // 20 workers with 120 contacts, as many as the cap: 2,400; with 800 syringes: 16,000.
    assert!(report.contains("<bdi>2,400</bdi>") && report.contains("<bdi>16,000</bdi>"), "{report}");
    assert!(report.contains("Contacts made: 2,400, between 1,500 and 3,300.</desc>"), "{report}");
    assert!(report.contains("role=\"img\"") && report.contains("Harbour"), "{report}");
    assert!(report.contains("2025-03-31 – 2025-06-29") && report.contains("one card, not one person"));
    assert!(report.contains("SHA-256 of the release: ") && report.contains("href=\"../reports/over-time\""));
    let arabic = page(&service, "/reports/2025-Q2?lang=ar");
    let german = page(&service, "/reports/2025-Q2?lang=de");
    assert!(german.contains("<bdi>2.400</bdi>") && german.contains("Hafen") && !german.contains("Harbour"));
    assert!(arabic.contains("<bdi>2,400</bdi>") && !arabic.contains("Harbour"));
    // The page of the first period has nothing to compare with; that of the second has small charts of both.
    assert!(!page(&service, "/reports/2025-Q1").contains("class=\"trends\""));
    assert!(report.contains("class=\"trends\"") && report.contains("from 2025-Q1 to 2025-Q2"));
    // Small enough before it is compressed.
    let styles = service.get("/report.css").body.len() + service.get("/style.css").body.len();
    assert!(arabic.len().max(german.len()) + styles < 100_000, "{} {} {styles}", arabic.len(), german.len());
}

#[test]
fn the_list_has_a_line_for_each_period_and_the_date_of_the_next() {
    let programme = two_quarters();
    let service = programme.serve();
    let list = page(&service, "/reports?lang=fr");
    let (newest, older) =
        (list.find("reports/2025-Q2?lang=fr").unwrap(), list.find("reports/2025-Q1?lang=fr").unwrap());
    assert!(newest < older && list.contains("2\u{202f}400") && list.contains("Le prochain rapport est"), "{list}");
}

#[test]
fn the_log_page_says_where_periods_stand_and_what_to_keep() {
    let programme = two_quarters();
    let service = programme.serve();
    let audit = page(&service, "/audit");
    assert_eq!(audit.matches("published; its keys are destroyed").count(), 2, "{audit}");
    assert_eq!(audit.matches(">takes tallies<").count(), 1, "{audit}");
    for part in ["href=\"public/log/checkpoint\" download", "audit verify ADDRESS/public --key", "keys.destroyed"] {
        assert!(audit.contains(part), "{part}: {audit}");
    }
    let key = std::fs::read_to_string(programme.data().join("public/log-key.txt")).unwrap();
    assert_eq!(audit.matches(&key.trim().replace('+', "&#43;")).count() + audit.matches(key.trim()).count(), 2);
}

#[test]
fn a_report_written_to_a_file_has_its_language_too() {
    let programme = two_quarters();
    let html = |arguments: &[&str]| {
        let written = programme.run(&[&["report"], arguments].concat());
        assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
        String::from_utf8(written.stdout).unwrap()
    };
    let plain = html(&["2025-Q1", "--format", "html"]);
    assert!(plain.contains("<html lang=\"en\" dir=\"ltr\">") && plain.contains("Between "), "the programme's first");
    let arabic = html(&["2025-Q1", "--format", "html", "--lang", "ar"]);
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">") && !arabic.contains("Between "));
    let year = html(&["2025-Q1..2025-Q2", "--format", "html", "--lang", "nl"]);
    assert!(year.contains("<html lang=\"nl\"") && year.contains("opgeteld</h1>") && year.contains("4.200"), "{year}");
    for page in [&plain, &arabic, &year] {
        assert!(
            !page.contains("href=") && !page.contains("src=") && page.contains(".totals{"),
            "it needs nothing else"
        );
    }
    let refused = programme.run(&["report", "2025-Q1", "--lang", "tlh"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("en, fr, es, de, pt, nl, ar"));
}

#[test]
fn a_cards_sheet_has_its_language() {
    let programme = Programme::new();
    for (lang, words) in [(None, "Type this code:"), (Some("de"), "Diesen Code eintippen:")] {
        let out = format!("cards-{}.html", lang.unwrap_or("en"));
        let mut arguments = vec!["cards", "issue", "--count", "2", "--out", out.as_str()];
        arguments.extend(lang.iter().flat_map(|lang| ["--lang", lang]));
        programme.json(&arguments);
        let sheet = std::fs::read_to_string(programme.path(&out)).unwrap();
        assert!(
            sheet.contains(words) && sheet.contains(&format!("<html lang=\"{}\"", lang.unwrap_or("en"))),
            "{sheet}"
        );
    }
}
