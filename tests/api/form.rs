//! The form as a phone without scripts sends it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

use crate::common::{self, Answer, Programme, Service, groups, receipt, request, tally};
use peertally::domain::Week;

const XSS: &str = "\"'><script>alert(1)</script>&lt;<img src=x onerror=alert(1)>";

/// Sends fields as a browser does, and reads the page that it is led to.
fn post(service: &Service, path: &str, fields: &[(&str, &str)]) -> Answer {
    common::post_and_read(service.address, path, fields)
}

/// The hidden receipt of a page with the form.
fn hidden(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"receipt\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// The element of this id, up to its end.
fn element<'a>(page: &'a str, field: &str) -> &'a str {
    let id = id_of(field);
    let (before, _) = page.split_once(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id} in {page}"));
    let start = before.rfind('<').unwrap();
    let name: String = page[start + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    let end = if name == "input" { ">".to_owned() } else { format!("</{name}>") };
    &page[start..start + page[start..].find(&end).unwrap() + end.len()]
}

/// Lists have ids of their own kind: a dimension may be called like a part of the page.
fn id_of(field: &str) -> String {
    let list = ["week", "area", "setting"].iter().any(|list| field.starts_with(list));
    if list { format!("pick-{field}") } else { field.to_owned() }
}

/// The message stands in the summary and beside its field, which names it.
fn assert_beside(page: &str, field: &str) {
    let input = element(page, field);
    let field = id_of(field);
    assert!(input.contains("aria-invalid=\"true\"") || input.starts_with("<fieldset"), "{input}");
    assert!(input.contains(&format!("aria-describedby=\"{field}-error\"")), "{input}");
    let message = element(page, &format!("{field}-error"));
    let text = message.split_once('>').unwrap().1.split("</").next().unwrap();
    assert!(text.len() > 10, "{message}");
    let summary = page.split_once("class=\"problems\"").unwrap().1.split("</section>").next().unwrap();
    assert!(summary.contains(&format!("href=\"#{field}\"")) && summary.contains(text), "{text} in {summary}");
}

#[test]
fn each_form_is_fresh_and_kept_nowhere() {
    let programme = Programme::new();
    let service = programme.serve();
    let mut seen = std::collections::BTreeSet::new();
    for path in ["/", "/practice", "/", "/practice"] {
        let page = service.get(path);
        assert_eq!(page.status, 200);
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        let number = hidden(&page.text());
        assert!(number.parse::<peertally::domain::Receipt>().is_ok(), "{number}");
        assert!(seen.insert(number), "a receipt came twice");
        for field in ["card", "week", "area", "setting", "count.contacts"] {
            element(&page.text(), field);
        }
        // Shown before it is sent: where the answer is lost, it is known all the same.
        assert!(element(&page.text(), "receipt-shown").contains(&groups(&hidden(&page.text()))));
        assert!(!page.text().contains("role=\"alert\""));
    }
}

#[test]
fn what_was_sent_is_stored_and_shown_once() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    let number = hidden(&service.get("/").text());
    let spelled = card.to_lowercase().replace('-', " ");
    let form = |contacts| {
        [
            ("receipt", number.as_str()),
            ("card", spelled.as_str()),
            ("week", week.as_str()),
            ("area", "harbour"),
            ("setting", "van"),
            ("count.contacts", contacts),
            ("count.syringes_out", ""),
            ("count.sharps_in", " \u{667}\u{661} "),
        ]
    };
    let sent = post(&service, "/", &form("47"));
    assert_eq!(sent.status, 200, "{}", sent.text());
    assert_eq!(sent.header("cache-control"), Some("no-store"));
    let page = sent.text();
    assert!(page.contains("Your tally is stored"), "{page}");
    // What it shows is the receipt and what was sent, and never the card.
    assert!(element(&page, "number").contains(&groups(&number)), "{page}");
    let shown = element(&page, "sent");
    for (label, value) in [("Week", week.as_str()), ("Area", "Harbour"), ("Contacts made", "47")] {
        assert!(shown.contains(&format!("<dt>{label}</dt><dd>{value}</dd>")), "{label} in {shown}");
    }
    assert!(shown.contains("<dd>71</dd>") && !shown.contains("Syringes"), "what was left out is not there: {shown}");
    for secret in [&card, &spelled, &card.replace('-', "")] {
        assert!(!page.contains(secret), "{secret} in {page}");
    }
    // Sent again: the same tally. A correction too.
    for contacts in ["47", "48"] {
        let again = post(&service, "/", &form(contacts));
        assert_eq!(again.status, 200);
        assert!(again.text().contains("was here already"), "{}", again.text());
    }
    // The API sees the same tally.
    assert_eq!(service.put(&card, &number, &tally(&week, 1)).status, 200);
}

#[test]
fn digits_of_arabic_and_persian_are_numbers() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    let send = |n, count| {
        let number = receipt(n);
        let fields =
            [("receipt", number.as_str()), ("card", &card), ("week", &week), ("area", "north"), ("setting", "van")];
        post(&service, "/", &[&fields[..], &[("count.contacts", count)]].concat())
    };
    assert_eq!(send(1, "\u{661}\u{662}").status, 200);
    assert_eq!(send(2, " \u{6F1}\u{6F2} ").status, 200);
    // The card too.
    let script = |c: char| c.to_digit(10).map_or(c, |d| char::from_u32(0x6F0 + d).unwrap());
    let typed: String = card.chars().map(script).collect();
    assert_eq!(service.put(&card, &receipt(1), &tally(&week, 1)).status, 200);
    let fields = [("receipt", receipt(1)), ("card", typed), ("week", week.clone()), ("area", "north".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let sent = post(&service, "/", &[&fields[..], &[("setting", "van"), ("count.contacts", "1")]].concat());
    assert!(sent.status == 200 && sent.text().contains("was here already"), "{}", sent.text());
    let max = service.get("/v1/programme").json()["measures"][0]["max_per_tally"].as_u64().unwrap() + 1;
    let too_many: String = max.to_string().chars().map(|c| char::from_u32(c as u32 - 0x30 + 0x660).unwrap()).collect();
    let refused = send(3, &too_many);
    assert_eq!(refused.status, 422);
    // Shown as it was typed.
    assert!(element(&refused.text(), "count.contacts").contains(&too_many));
    for wrong in ["-1", "1.5", "1,5", "1e3", "+3", "0x10", "twelve", "\u{00BD}", "1 000", "\u{2460}"] {
        let refused = send(3, wrong);
        assert_eq!(refused.status, 422, "{wrong}");
        assert_beside(&refused.text(), "count.contacts");
    }
}

#[test]
fn a_refused_form_comes_back_as_it_was_typed() {
    let programme = Programme::new();
    let cards = programme.cards(1);
    let card = cards[0].as_str();
    let service = programme.serve();
    let (week, number) = (service.week(), hidden(&service.get("/").text()));
    let past = week.parse::<Week>().unwrap().back(20).to_string();
    let send = |card: &str, week: &str, number: &str, area: &str, contacts: &str| {
        let fields = [("receipt", number), ("card", card), ("week", week), ("area", area), ("setting", "home-visit")];
        post(&service, "/", &[&fields[..], &[("count.contacts", contacts), ("count.naloxone_out", "3")]].concat())
    };
    let kept = |answer: &Answer, code: &str, card: &str, area: &str, contacts: &str| {
        let page = answer.text();
        assert_eq!(answer.status, 422, "{page}");
        assert!(page.contains(&format!("data-code=\"{code}\"")), "{code}: {page}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(page.contains("role=\"alert\""));
        assert!(element(&page, "card").contains(&format!("value=\"{card}\"")), "{page}");
        assert!(element(&page, "count.contacts").contains(&format!("value=\"{contacts}\"")), "{page}");
        assert!(element(&page, "count.naloxone_out").contains("value=\"3\""), "{page}");
        assert!(element(&page, "setting").contains("<option value=\"home-visit\" selected>"), "{page}");
        assert!(area.is_empty() || element(&page, "area").contains(&format!("<option value=\"{area}\" selected>")));
        page
    };
    // 422
    let page = kept(&send(card, &week, &number, "", "7"), "invalid", card, "", "7");
    assert_beside(&page, "area");
    assert!(page.contains("<title>Weekly notes</title>"), "{page}");
    assert_eq!(hidden(&page), number, "the same tally, so the same receipt");
    let page = kept(&send("4 legs", &week, &number, "north", "7.5"), "invalid", "4 legs", "north", "7.5");
    assert_beside(&page, "card");
    assert_beside(&page, "count.contacts");
    // 401: no card, and one of elsewhere
    let strange = peertally::domain::CardCode::from_random(&[3; 19]).reveal().to_string();
    for other in ["", &strange] {
        let page = kept(&send(other, &week, &number, "north", "7"), "card-refused", other, "north", "7");
        assert_beside(&page, "card");
    }
    // 409: a week that is not open
    let page = kept(&send(card, &past, &number, "north", "7"), "week-closed", card, "north", "7");
    assert_beside(&page, "week");
    // Another week must not be chosen instead; not choosing one is refused, and still none is chosen.
    assert!(element(&page, "week").contains("<option value=\"\" selected>"), "{page}");
    let page = kept(&send(card, "", &number, "north", "7"), "invalid", card, "north", "7");
    assert!(element(&page, "week").contains("<option value=\"\" selected>"), "{page}");
    // 409: withdrawn. What is sent next is a new tally, so the receipt is a new one.
    assert_eq!(send(card, &week, &number, "north", "7").status, 200);
    assert_eq!(service.delete(card, &number).status, 204);
    let page = kept(&send(card, &week, &number, "north", "7"), "withdrawn", card, "north", "7");
    assert_ne!(hidden(&page), number, "a spent receipt would be refused for ever");
    assert_eq!(send(card, &week, &hidden(&page), "north", "7").status, 200);
    // A receipt that is none (an old page, a broken one): the same.
    let page = kept(&send(card, &week, "123", "north", "7"), "invalid", card, "north", "7");
    assert_eq!(send(card, &week, &hidden(&page), "north", "7").status, 200);
    // 429
    let limit = service.get("/v1/programme").json()["limits"]["tallies_per_hour"].as_u64().unwrap();
    for n in 3..limit {
        assert_eq!(service.put(card, &receipt(n), &tally(&week, 1)).status, 201);
    }
    let page = kept(&send(card, &week, &receipt(900), "north", "7"), "rate-limited", card, "north", "7");
    assert_beside(&page, "card");
}

#[test]
fn a_tally_is_corrected_and_withdrawn_without_scripts() {
    let programme = Programme::new();
    let cards = programme.cards(2);
    let (card, other) = (cards[0].as_str(), cards[1].as_str());
    let service = programme.serve();
    let (week, number) = (service.week(), receipt(7));
    fn whole<'a>(card: &'a str, week: &'a str, number: &'a str, contacts: &'a str) -> [(&'a str, &'a str); 6] {
        let (area, setting) = (("area", "north"), ("setting", "van"));
        [("receipt", number), ("card", card), ("week", week), area, setting, ("count.contacts", contacts)]
    }
    for path in ["/correct", "/withdraw"] {
        let page = service.get(path);
        assert_eq!((page.status, page.header("cache-control")), (200, Some("no-store")));
        for field in ["receipt", "card", "week", "area", "setting", "count.contacts"] {
            element(&page.text(), field);
        }
        assert!(element(&page.text(), "week").contains("<option value=\"\" selected>"), "no week by itself");
        assert!(element(&page.text(), "withdraw").contains("formaction=\"withdraw\""));
    }
    assert_eq!(post(&service, "/", &whole(card, &week, &number, "12")).status, 200);
    // The receipt as people copy it: in groups, in digits of their script.
    let apart = groups(&number);
    let script =
        |zero: u32| -> String { number.bytes().map(|b| char::from_u32(zero + u32::from(b - b'0')).unwrap()).collect() };
    for typed in [number.clone(), apart, script(0x660), script(0x6F0)] {
        let done = post(&service, "/correct", &whole(card, &week, &typed, "13"));
        assert_eq!(done.status, 200);
        assert!(done.text().contains("Your tally now holds what you sent"), "{}", done.text());
        assert!(done.text().contains(&groups(&number)) && done.text().contains("<dd>13</dd>"), "{}", done.text());
    }
    // Refusals keep what was typed, name the field and lead to it.
    let wrong = post(&service, "/correct", &whole(card, &week, "123", "13"));
    assert_eq!(wrong.status, 422);
    assert_beside(&wrong.text(), "receipt");
    assert!(element(&wrong.text(), "receipt").contains("value=\"123\""), "a typed receipt is not replaced");
    assert!(element(&wrong.text(), "count.contacts").contains("value=\"13\""));
    // Somebody else's receipt cannot be withdrawn, and it is not said that there is one.
    let strange = post(&service, "/withdraw", &whole(other, &week, &number, ""));
    assert_eq!(strange.status, 422);
    assert!(strange.text().contains("data-code=\"no-such-tally\""));
    assert_beside(&strange.text(), "receipt");
    let unknown = post(&service, "/withdraw", &whole(card, &week, &receipt(8), "9"));
    assert_eq!(unknown.status, 422);
    assert!(element(&unknown.text(), "count.contacts").contains("value=\"9\""));
    let nobody = post(&service, "/withdraw", &whole("", &week, &number, ""));
    assert_eq!(nobody.status, 422);
    assert_beside(&nobody.text(), "card");
    // Withdrawn: in words; after that the receipt is spent.
    let gone = post(&service, "/withdraw", &[("receipt", &number), ("card", card)]);
    assert_eq!((gone.status, gone.header("cache-control")), (200, Some("no-store")));
    assert!(gone.text().contains("will not be counted") && !gone.text().contains(&groups(&number)), "{}", gone.text());
    assert_eq!(service.delete(card, &number).status, 404);
    let spent = post(&service, "/correct", &whole(card, &week, &number, "14"));
    assert_eq!(spent.status, 422);
    assert_beside(&spent.text(), "receipt");
    // What was not there is said to be new.
    let new = post(&service, "/correct", &whole(card, &week, &receipt(9), "14"));
    assert!(new.status == 200 && new.text().contains("stored as a new one"), "{}", new.text());
}

#[test]
fn an_answer_is_read_once_and_its_address_says_nothing() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    let ask = |method: &str, path: &str, headers: &[(&str, &str)]| request(service.address, method, path, headers, b"");
    let title = |page: &str| page.split_once("<title>").unwrap().1.split("</title>").next().unwrap().to_owned();
    let of_the_form = title(&service.get("/").text());
    let never = ask("GET", "/sent/n1-00000000000000000000000000000000", &[]);
    let mut seen = std::collections::BTreeSet::new();
    for (n, (path, area, status)) in [
        ("/", "north", 200),
        ("/", "nowhere", 422),
        ("/practice", "north", 200),
        ("/practice", "nowhere", 422),
        ("/correct", "north", 200),
        ("/correct", "nowhere", 422),
        ("/withdraw", "", 200),
        ("/withdraw", "", 422),
    ]
    .into_iter()
    .enumerate()
    {
        let number = receipt(if path == "/withdraw" { 0 } else { n as u64 });
        let fields = [("receipt", number.as_str()), ("card", &card), ("week", &week), ("area", area)];
        let fields = [&fields[..], &[("setting", "van"), ("count.contacts", "137")]].concat();
        let to = common::led(&common::post(service.address, path, &fields));
        assert!(seen.insert(to.clone()), "an address came twice");
        // To look ahead, or at the head alone, takes nothing away and tells nothing.
        assert_eq!(ask("HEAD", &to, &[]).status, 405);
        for purpose in ["prefetch", "prefetch;prerender"] {
            let ahead = ask("GET", &to, &[("Sec-Purpose", purpose)]);
            assert_eq!((ahead.status, &ahead.body), (404, &never.body));
        }
        let first = ask("GET", &to, &[("Accept-Encoding", "gzip")]);
        let page = first.text();
        assert_eq!((first.status, first.header("cache-control")), (status, Some("no-store")), "{path}: {page}");
        assert_eq!(first.header("content-encoding"), None, "what was typed is never packed");
        assert_eq!(title(&page), of_the_form);
        // Its links and its form lead where those of the form do.
        assert!(page.contains("href=\"../style.css\"") && !page.contains("href=\"?lang="), "{page}");
        assert!(status == 200 || page.contains("action=\"../"), "{page}");
        let again = ask("GET", &to, &[]);
        assert_eq!((again.status, again.header("cache-control")), (404, Some("no-store")));
        assert!(again.body == never.body && again.headers.len() == never.headers.len(), "read and never there differ");
        assert_eq!(title(&again.text()), of_the_form);
    }
    for path in ["/practice", "/correct", "/withdraw", "/help", "/paper"] {
        assert_eq!(title(&service.get(path).text()), of_the_form, "{path}");
    }
    // Two who ask at once: one has it.
    let fields = [("receipt", receipt(77)), ("card", card.clone()), ("week", week), ("area", "north".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let fields = [&fields[..], &[("setting", "van"), ("count.contacts", "1")]].concat();
    let to = common::led(&common::post(service.address, "/", &fields));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..8).map(|_| scope.spawn(|| ask("GET", &to, &[]).status)).collect();
        all.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
}

#[test]
fn when_no_more_answers_can_be_kept_they_are_given_at_once() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let week = service.week();
    let long = "x".repeat(14 * 1024);
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let send =
        |fields: &[(&str, &str)]| request(service.address, "POST", "/", &headers, common::form_body(fields).as_bytes());
    // Refusals need no card: a flood of them comes to an end of its room, and leaves some to those who have one.
    let full = (0..1000).find_map(|_| Some(send(&[("card", &long)])).filter(|answer| answer.status != 303)).unwrap();
    assert_eq!(full.status, 422);
    assert!(full.text().contains(&long) && full.text().contains("href=\"style.css\""), "the form, as it was typed");
    let number = receipt(1);
    let tally = [("receipt", number.as_str()), ("card", &card), ("week", &week), ("area", "north"), ("setting", "van")];
    let tally = [&tally[..], &[("count.contacts", "1")]].concat();
    let sent = send(&tally);
    assert_eq!(sent.status, 303);
    assert_eq!(service.get(&common::led(&sent)).status, 200);
    // Once that is taken too, the receipt comes at once.
    let direct = (0..1000).find_map(|_| Some(send(&tally)).filter(|answer| answer.status != 303)).unwrap();
    assert_eq!(direct.status, 201);
    assert!(direct.text().contains(&groups(&number)) && direct.text().contains("was here already"));
}

#[test]
fn a_sheet_to_print_has_the_words_and_the_order_of_the_form() {
    let programme = Programme::new();
    let service = programme.serve();
    for lang in ["en", "ar"] {
        let (form, paper) =
            (service.get(&format!("/?lang={lang}")).text(), service.get(&format!("/paper?lang={lang}")).text());
        let shown = service.get("/v1/programme").json();
        let mut at = (0, 0);
        let labels = ["dimensions", "measures"].into_iter().flat_map(|list| shown[list].as_array().unwrap());
        for label in labels.map(|one| one["label"][lang].as_str().unwrap()) {
            let next =
                |page: &str, from: usize| from + page[from..].find(label).unwrap_or_else(|| panic!("no {label}"));
            at = (next(&form, at.0), next(&paper, at.1));
        }
        assert!(!paper.contains("<input") && !paper.contains("name=\"card\""), "no field, no card");
    }
}

#[test]
fn no_count_at_all_is_said_beside_the_counts() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let (week, number) = (service.week(), receipt(1));
    let fields =
        [("receipt", number.as_str()), ("card", &card), ("week", &week), ("area", "north"), ("setting", "van")];
    let refused = post(&service, "/", &[&fields[..], &[("count.contacts", " "), ("count.sharps_in", "")]].concat());
    assert_eq!(refused.status, 422);
    assert_beside(&refused.text(), "counts");
}

#[test]
fn typed_markup_stays_text() {
    let programme = Programme::new();
    let service = programme.serve();
    let fields =
        ["card", "receipt", "week", "area", "setting", "count.contacts", "count.<b>", "<script>x</script>", XSS];
    let typed: Vec<_> = fields.iter().map(|name| (*name, XSS)).collect();
    for path in ["/", "/practice"] {
        for fields in typed.iter().map(|one| vec![*one]).chain([typed.clone()]) {
            let answer = post(&service, path, &fields);
            let page = answer.text();
            assert_eq!(answer.status, 422, "{page}");
            for markup in ["<script>", "</script>&", "<img", "<b>", "\"'>"] {
                assert!(!page.contains(markup), "{fields:?} {markup}: {page}");
            }
        }
    }
    // In addresses too.
    for path in
        ["/reports/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/%3Cscript%3E", "/?x=<script>", "/v1/releases/<script>"]
    {
        assert!(!service.get(path).text().contains("<script>"), "{path}");
    }
}

#[test]
fn practice_looks_the_same_and_stores_nothing() {
    let programme = Programme::new();
    let card = programme.cards(1).remove(0);
    let service = programme.serve();
    let (week, number) = (service.week(), receipt(5));
    let database = programme.data().join("store/db");
    let before = std::fs::read(&database).unwrap();
    let files = |folder: &str| {
        let mut names: Vec<_> =
            std::fs::read_dir(programme.data().join(folder)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let names = files("store");
    let fields =
        [("receipt", number.as_str()), ("week", &week), ("area", "north"), ("setting", "van"), ("count.contacts", "9")];
    let with = |more: &[(&'static str, &str)]| post(&service, "/practice", &[more, &fields[..]].concat());
    for answer in [with(&[]), with(&[("card", &card)]), with(&[("card", "")])] {
        assert_eq!(answer.status, 200);
        assert!(answer.text().contains("Practice: nothing was stored"), "{}", answer.text());
    }
    let strange = peertally::domain::CardCode::from_random(&[3; 19]).reveal().to_string();
    assert_eq!(with(&[("card", &strange)]).status, 200, "no card is looked up");
    assert_eq!(with(&[("card", "mistyped")]).status, 422);
    assert_eq!(post(&service, "/practice", &fields[..4]).status, 422);
    assert_eq!(post(&service, "/practice", &[("card", &card)]).status, 422);
    for _ in 0..30 {
        assert_eq!(with(&[("card", &card)]).status, 200, "no limit");
    }
    // The store writes within half a second of a change, if at all; ending it writes what is left.
    assert_eq!(service.delete(&card, &number).status, 404);
    service.stop();
    assert!(before == std::fs::read(&database).unwrap(), "the store's file has changed");
    assert_eq!(names, files("store"));
}

#[test]
fn what_is_no_form_is_unreadable() {
    let programme = Programme::new();
    let service = programme.serve();
    for body in [&b"{\"card\":\"x\"}"[..], b"card=\xff\xfe"] {
        assert_eq!(request(service.address, "POST", "/", &[], body).status, 400);
    }
    // An empty form is a form with everything missing.
    let page = post(&service, "/", &[]);
    assert_eq!(page.status, 422);
    for field in ["week", "area", "setting", "counts"] {
        assert_beside(&page.text(), field);
    }
}
