//! Pages in seven languages: neutral where others may look, and never a guess at who asks.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use std::collections::BTreeSet;
use std::io::Read;

use crate::common::{self, Answer, Programme, Service, groups, receipt, request};

const LANGUAGES: [&str; 7] = ["en", "fr", "es", "de", "pt", "nl", "ar"];

/// Every page a worker may open.
const PAGES: [&str; 10] =
    ["", "practice", "correct", "withdraw", "paper", "help", "reports", "reports/over-time", "policy", "audit"];

/// Words that must not stand in a title, an icon or an address: over the shoulder, in a history, in a list of tabs.
fn denied(language: &str) -> Vec<&'static str> {
    let own: &[&str] = match language {
        "en" => &["drug", "needle", "syringe", "sharps", "outreach", "peer", "naloxone", "overdose", "harm", "tally"],
        "fr" => &["drogue", "seringue", "aiguille", "pair", "maraude", "naloxone", "surdose", "réduction", "saisie"],
        "es" => &["droga", "jeringa", "aguja", "iguales", "naloxona", "sobredosis", "daños", "consumo"],
        "de" => &["droge", "spritze", "nadel", "streetwork", "naloxon", "überdosis", "konsum", "sucht"],
        "pt" => &["droga", "seringa", "agulha", "pares", "naloxona", "overdose", "danos", "consumo"],
        "nl" => &["drug", "spuit", "naald", "veldwerk", "naloxon", "overdosis", "gebruik", "verslav"],
        "ar" => &["مخدر", "إبر", "حقن", "نظير", "أقران", "نالوكسون", "جرعة", "تعاطي", "إدمان"],
        other => panic!("no deny list for {other}: write one"),
    };
    [own, &["drug", "needle", "outreach", "peer", "naloxon", "tally"]].concat()
}

/// The first denied word in what others may see.
fn found(language: &str, seen: &str) -> Option<&'static str> {
    let seen = seen.to_lowercase();
    denied(language).into_iter().find(|word| seen.contains(word))
}

fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    page.split_once(from).unwrap_or_else(|| panic!("no {from} in {page}")).1.split(to).next().unwrap()
}

/// Title, names of the page for a home screen, icon and manifest.
fn seen_by_others(page: &str) -> String {
    let head = between(page, "<head>", "</head>");
    assert!(!head.contains("rel=\"manifest\""), "a manifest is new: it belongs into this test");
    let name = between(head, "<meta name=\"application-name\" content=\"", "\"");
    let icon = between(head, "<link rel=\"icon\" href=\"", "\"");
    assert!(icon.starts_with("data:image/gif;"), "an icon is not a request: {icon}");
    format!("{} {name}", between(head, "<title>", "</title>"))
}

fn addresses(page: &str) -> BTreeSet<String> {
    let of = |mark: &'static str| page.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    of(" href=\"").chain(of(" action=\"")).chain(of(" src=\"")).chain(of(" formaction=\"")).collect()
}

fn post(service: &Service, path: &str, fields: &[(&str, &str)]) -> Answer {
    common::post_and_read(service.address, path, fields)
}

fn assert_language(page: &str, language: &str) {
    let dir = if language == "ar" { "rtl" } else { "ltr" };
    assert!(page.contains(&format!("<html lang=\"{language}\" dir=\"{dir}\">")), "{language}: {page}");
}

#[test]
fn nothing_that_others_see_tells_what_this_is() {
    let programme = Programme::new();
    let service = programme.serve();
    for language in LANGUAGES {
        for path in PAGES {
            let answer = service.get(&format!("/{path}?lang={language}"));
            let page = answer.text();
            assert_eq!(answer.status, 200, "{path}");
            assert_language(&page, language);
            assert_eq!(found(language, &seen_by_others(&page)), None, "{language} {path}");
            // Public files bear the software's format in their names; a worker's pages do not lead there.
            for address in addresses(&page).iter().filter(|address| !address.starts_with("data:")) {
                assert_eq!(found(language, address), None, "{language} {path}: {address}");
            }
        }
        let wrong = post(&service, "/", &[("lang", language)]).text();
        assert_eq!(found(language, &seen_by_others(&wrong)), None, "{language}");
    }
    // The test can fail.
    assert_eq!(found("de", "Spritzentausch"), Some("spritze"));
    assert_eq!(found("ar", "توزيع الحقن"), Some("حقن"));
    assert_eq!(found("fr", "Peer outreach programme"), Some("outreach"));
}

#[test]
fn the_way_out_is_first_and_goes_where_the_programme_says() {
    let programme = Programme::new();
    let service = programme.serve();
    for path in PAGES {
        let page = service.get(&format!("/{path}?lang=ar")).text();
        let body = between(&page, "<body>", "</body>");
        let first = body.split_once("<a ").unwrap().1.split('>').next().unwrap();
        assert!(first.contains("id=\"leave\"") && first.contains("exit\""), "{path}: {first}");
        assert!(body.find("<button").is_none_or(|button| button > body.find("id=\"leave\"").unwrap()));
    }
    let exit = service.get("/exit");
    assert_eq!((exit.status, exit.header("location")), (303, Some("https://www.wikipedia.org/")));
    assert!(exit.header("clear-site-data").unwrap().contains("\"storage\""));
}

#[test]
fn the_language_is_the_one_named_or_else_the_browsers() {
    let programme = Programme::new();
    let service = programme.serve();
    let default = service.get("/help");
    assert_language(&default.text(), "en");
    let asked = |path: &str, accepted: &str| {
        let headers = [("Accept-Language", accepted), ("Cookie", "lang=fr")];
        request(service.address, "GET", path, &headers, b"")
    };
    for path in PAGES {
        let page = asked(&format!("/{path}"), "sw, ar-EG;q=0.9, fr;q=0.2");
        assert_language(&page.text(), "ar");
        assert_eq!(page.header("set-cookie"), None);
        assert!(page.header("vary").unwrap().starts_with("Accept-Language"), "{path}");
        // It stands in no address and in no form: the next page asks the browser again.
        assert!(!page.text().contains("name=\"lang\""), "{path}");
        assert!(addresses(&page.text()).iter().all(|a| !a.contains("lang=") || a.starts_with("?lang=")), "{path}");
        // Named in the address: the browser is not asked.
        assert_language(&asked(&format!("/{path}?lang=en"), "ar").text(), "en");
        assert_language(&asked(&format!("/{path}"), "sw, zu").text(), "en");
    }
    // In a form too: English that was chosen stays, whatever the browser asks for.
    let chosen = asked("/?lang=en", "fr");
    assert!(chosen.text().contains("name=\"lang\" value=\"en\""));
    let send = |body: &[u8]| {
        let sent = request(service.address, "POST", "/", &[("Accept-Language", "fr")], body);
        asked(&common::led(&sent), "fr").text()
    };
    assert_language(&send(b"card=x&lang=en"), "en");
    assert_language(&send(b"card=x"), "fr");
    // Files, exports and the API are the same for everybody.
    for path in [
        "/v1/programme",
        "/v1/releases",
        "/v1/policy",
        "/openapi.json",
        "/style.css",
        "/form.js",
        "/public/log-key.txt",
    ] {
        let plain = service.get(path);
        assert_eq!(asked(path, "fr").body, plain.body, "{path}");
        assert!(plain.header("vary").is_none_or(|vary| !vary.contains("Language")), "{path}");
    }
    // What is not offered is the default; the last one counts.
    for query in ["?lang=sw", "?lang=", "?lang=%00", "?lang=FR", "?lang=%FF", "?other=fr"] {
        assert_eq!(service.get(&format!("/help{query}")).body, default.body, "{query}");
    }
    assert_language(&service.get("/help?lang=fr&lang=nl").text(), "nl");
    for language in LANGUAGES {
        let page = service.get(&format!("/help?lang={language}")).text();
        assert_language(&page, language);
        for other in LANGUAGES {
            assert!(page.contains(&format!("<a href=\"?lang={other}\" lang=\"{other}\"")), "{language} {other}");
        }
        // Who has read the words is said.
        assert_eq!(page.contains("native speaker") || language == "en", language == "en", "{language}");
    }
}

#[test]
fn the_language_is_kept_from_page_to_page() {
    let programme = Programme::new();
    let service = programme.serve();
    for language in LANGUAGES.into_iter().filter(|language| *language != "en") {
        let page = service.get(&format!("/?lang={language}")).text();
        let own: Vec<String> = addresses(&page)
            .into_iter()
            .filter(|a| {
                !a.starts_with("data:") && !a.starts_with("?lang=") && !a.contains(".css") && !a.contains(".js")
            })
            .filter(|a| !["exit", "./"].contains(&a.as_str()))
            .collect();
        assert!(own.len() > 6, "{own:?}");
        for address in &own {
            assert!(address.ends_with(&format!("?lang={language}")), "{address}");
            let there = service.get(&format!("/{}", address.trim_start_matches("./")));
            assert_eq!(there.status, 200, "{address}");
            assert_language(&there.text(), language);
        }
    }
}

#[test]
fn refusals_and_receipts_speak_the_language_of_the_form() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    let mut summaries = BTreeSet::new();
    for (n, language) in LANGUAGES.into_iter().enumerate() {
        let number = receipt(n as u64);
        let tally = [("receipt", number.as_str()), ("card", &card), ("week", &week), ("lang", language)];
        let rest = [("area", "north"), ("setting", "van"), ("count.contacts", "7")];
        for path in ["/", "/practice", "/correct"] {
            let wrong = post(&service, path, &[&tally[..], &[("count.contacts", "1501"), ("area", "moon")]].concat());
            assert_eq!(wrong.status, 422);
            assert_language(&wrong.text(), language);
            assert!(wrong.text().contains(&format!("name=\"lang\" value=\"{language}\"")));
            assert!(wrong.text().contains("value=\"1501\""));
            summaries.insert(between(&wrong.text(), "id=\"problems-title\">", "</h2>").to_owned());
        }
        for path in ["/practice", "/", "/correct"] {
            let sent = post(&service, path, &[&tally[..], &rest].concat());
            assert_eq!(sent.status, 200, "{}", sent.text());
            assert_language(&sent.text(), language);
            assert!(sent.text().contains(&format!("<bdi dir=\"ltr\">{}</bdi>", groups(&number))));
        }
        let other = receipt(100 + n as u64);
        let none = post(&service, "/withdraw", &[("receipt", other.as_str()), ("card", &card), ("lang", language)]);
        assert_eq!(none.status, 422);
        assert_language(&none.text(), language);
        let gone = post(&service, "/withdraw", &[("receipt", number.as_str()), ("card", &card), ("lang", language)]);
        assert_eq!(gone.status, 200);
        assert_language(&gone.text(), language);
    }
    assert_eq!(summaries.len(), LANGUAGES.len(), "{summaries:?}");
}

#[test]
fn numbers_stay_where_they_belong_from_right_to_left() {
    let programme = Programme::new();
    let service = programme.serve();
    let page = post(&service, "/", &[("lang", "ar"), ("count.syringes_out", "9999")]).text();
    assert!(page.contains("\u{2068}1,500\u{2069}"), "the limit is isolated");
    assert!(page.contains(&format!("(\u{2068}{}\u{2069})", service.week())), "weeks are isolated");
    assert!(page.contains("id=\"card\" name=\"card\" value=\"\" dir=\"ltr\""));
    // Logical properties only: left and right would be wrong in one of the two.
    let style = service.get("/style.css").text();
    for physical in [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "text-align:left",
        "text-align:right",
        "float:",
    ] {
        assert!(!style.contains(physical), "{physical}");
    }
}

#[test]
fn the_first_load_is_three_small_requests() {
    let programme = Programme::new();
    let service = programme.serve();
    for language in LANGUAGES {
        let page = service.get(&format!("/?lang={language}"));
        let head = between(&page.text(), "<head>", "</head>").to_owned();
        let fetched: Vec<String> = addresses(&head).into_iter().filter(|a| !a.starts_with("data:")).collect();
        assert_eq!(fetched, ["form.js", "style.css"]);
        assert!(!page.text().contains("<img") && !page.text().contains("url("));
        let sizes: Vec<usize> = fetched.iter().map(|path| packed(&service, path).len()).collect();
        let page = request(service.address, "GET", &format!("/?lang={language}"), &[("Accept-Encoding", "gzip")], b"");
        assert_eq!(page.header("content-encoding"), Some("gzip"));
        let all = page.body.len() + sizes.iter().sum::<usize>();
        println!("{language}: page {} + {sizes:?} = {all} bytes as they are sent", page.body.len());
        assert!(all < 14_000 && page.body.len() < 5_000, "{language}: {all}");
    }
    // What answers to something typed is never packed: its length would tell of it.
    let headers = [("Accept-Encoding", "gzip"), ("Content-Type", "application/x-www-form-urlencoded")];
    let typed = request(service.address, "POST", "/", &headers, b"card=x");
    let typed = request(service.address, "GET", &common::led(&typed), &headers, b"");
    assert_eq!((typed.status, typed.header("content-encoding")), (422, None));
    assert!(typed.text().contains("value=\"x\""));
}

/// A file of the pages as browsers take it, checked against the plain one.
fn packed(service: &Service, path: &str) -> Vec<u8> {
    let path = format!("/{path}");
    let plain = service.get(&path);
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), (None, Some("Accept-Encoding")));
    let ask = |value: &str| request(service.address, "GET", &path, &[("Accept-Encoding", value)], b"");
    for none in ["gzip;q=0", "br", "gzip; q=0.0, br", "xgzip"] {
        assert_eq!(ask(none).body, plain.body, "{none}");
    }
    let packed = ask("br;q=1, GZip;q=0.8");
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert_ne!(packed.header("etag"), plain.header("etag"));
    let headers = [("Accept-Encoding", "gzip"), ("If-None-Match", packed.header("etag").unwrap())];
    assert_eq!(request(service.address, "GET", &path, &headers, b"").status, 304);
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut unpacked).unwrap();
    assert!(unpacked == plain.body);
    packed.body
}
