//! Broken programme files, and what is said about each.

use proptest::prelude::*;

use crate::policy::embedded::{POLICY, PROGRAMME, PROGRAMME_LARGE};
use crate::policy::{Attribute, Policy, Programme};

fn refused(from: &str, to: &str) -> String {
    assert!(PROGRAMME.contains(from), "the default programme has no {from}");
    let text = PROGRAMME.replacen(from, to, 1);
    Programme::parse(&text, "p.toml").err().map_or(format!("accepted: {to}"), |e| e.to_string())
}

/// The line of `part` in the default programme, from 1.
fn line_of(part: &str) -> usize {
    PROGRAMME[..PROGRAMME.find(part).unwrap()].split('\n').count()
}

#[test]
fn broken_files_are_refused_in_plain_words() {
    let table = [
        // Keys.
        ("grace_days = 14", "grace_day = 14", "`grace_day` is not a key of the file: did you mean `grace_days`?"),
        ("grace_days = 14", "colour = 14", "`colour` is not a key of the file: write one of `name`, `page_title`"),
        ("grace_days = 14", "", "`grace_days` is missing in the file: add grace_days = 14"),
        ("cap = 120", "caps = 120", "`caps` is not a key of a [[measure]]: did you mean `cap`?"),
        ("[cards]", "[card]", "did you mean `cards`?"),
        ("keys_days = 45", "keys_days = 45\nrows_days = 3", "`rows_days` is not a key of [retention]"),
        ("delta = 1e-6", "", "`delta` is missing in [privacy]: add delta = 1e-6"),
        // Not TOML.
        ("grace_days = 14", "grace_days = 14\ngrace_days = 14", "this is not TOML (duplicate key)"),
        ("grace_days = 14", "grace_days 14", "this is not TOML"),
        // Types and limits.
        (
            "grace_days = 14",
            "grace_days = \"14\"",
            "here stands a text: write a whole number from 0 to 60, without quotes",
        ),
        ("grace_days = 14", "grace_days = 14.5", "here stands a number with a point"),
        ("grace_days = 14", "grace_days = -1", "-1 is outside the limits: write a whole number from 0 to 60"),
        ("grace_days = 14", "grace_days = 61", "61 is outside the limits"),
        ("keys_days = 45", "keys_days = 20", "with grace_days = 14 write at least 21"),
        ("cap = 120", "cap = 0", "write a whole number from 1 to 1000000"),
        ("cap = 120", "cap = 1000001", "write a whole number from 1 to 1000000"),
        ("cap = 120", "cap = 99999999999999999999999999999999999999999999", "is outside the limits"),
        ("max_per_tally = 150", "max_per_tally = 0", "`max_per_tally`: 0 is outside the limits"),
        ("rho = 0.5", "rho = 0", "`rho`: 0 is outside the limits"),
        ("rho = 0.5", "rho = -0.5", "is outside the limits"),
        ("rho = 0.5", "rho = nan", "is outside the limits"),
        ("rho = 0.5", "rho = inf", "is outside the limits"),
        ("rho = 0.5", "rho = 11", "write a number from 0.000001 to 10"),
        ("rho = 0.5", "rho = 3.0", "one period would spend 3, more than a whole year may (2)"),
        ("delta = 1e-6", "delta = 0.0", "is outside the limits"),
        ("delta = 1e-6", "delta = 0.001", "delta must be below 0.001"),
        ("tallies_per_week = 20", "tallies_per_week = 0", "write a whole number from 1 to 1000"),
        ("tallies_per_hour = 30", "tallies_per_hour = 0", "write a whole number from 1 to 1000"),
        ("tallies_per_hour = 30", "tallies_per_hour = 1001", "write a whole number from 1 to 1000"),
        ("tallies_per_hour = 30", "tallies_per_hour = \"30\"", "here stands a text"),
        ("tallies_per_hour = 30", "tallies_per_day = 30", "`tallies_per_day` is not a key of [cards]"),
        ("tallies_per_hour = 30", "tallies_per_hour = 30\ntallies_per_hour = 40", "duplicate key"),
        // Words.
        ("period = \"quarter\"", "period = \"quater\"", "\"quater\" is not known: did you mean `quarter`?"),
        ("unit = \"worker-week\"", "unit = \"person\"", "write one of `tally`, `worker-week`, `worker-period`"),
        ("timezone = \"UTC\"", "timezone = \"Mars/Olympus\"", "this time zone is not known"),
        ("exit = \"https://www.wikipedia.org/\"", "exit = \"javascript:alert(1)\"", "not an address to leave to"),
        ("exit = \"https://www.wikipedia.org/\"", "exit = \"https://a.b/\\\"><b>\"", "not an address to leave to"),
        ("short_name = \"Notes\"", "short_name = \"A much too long name\"", "has 20 characters; write at most 12"),
        ("name = \"Peer outreach programme\"", "name = \" \"", "`name`: this text is empty"),
        ("name = \"Peer outreach programme\"", "name = \"a\\u001bb\"", "line break or control character"),
        ("locales = [\"en\", ", "locales = [] # [", "give at least 1"),
        ("locales = [\"en\", ", "locales = [\"english\", ", "`english` is not a language code"),
        ("locales = [\"en\", ", "locales = [\"en\", \"en\", ", "`en` is listed twice"),
        ("label.pt = \"Contactos feitos\"\n", "", "the text in `pt` is missing: add label.pt = "),
        (
            "label.en = \"Contacts made\"",
            "label.sw = \"Contacts\"",
            "this language is not in `locales`: write one of `en`, `fr`",
        ),
        ("\"Contacts made\"", "\"one two three four five six seven eight nine\"", "has 9 words: write at most 8"),
        ("[translated.fr]", "[translated.sw]", "this language is not in `locales`: write one of `en`, `fr`"),
        ("[translated.fr]", "[translated.fr]\nwhat = \"\"", "`what` is not a key of a table [translated.…]"),
        ("why.contacts = ", "why.contact = ", "there is no such measure: did you mean `contacts`?"),
        // Names.
        ("id = \"area\"", "id = \"week\"", "`week` is a word of the program itself"),
        ("id = \"area\"", "id = \"card\"", "`card` is a word of the program itself"),
        ("id = \"area\"", "id = \"setting\"", "there is already a dimension `setting`"),
        ("id = \"area\"", "id = \"Area\"", "`Area` is not a name: start with a letter a-z"),
        ("id = \"north\"", "id = \"harbour\"", "there is already a category `harbour` here"),
        ("id = \"contacts\"", "id = \"contacts_new\"", "there is already a measure `contacts_new`"),
        ("id = \"contacts\"", "id = \"area\"", "`area` is already a column of a paper tally"),
        ("naloxone_out = 4", "naloxon_out = 4", "there is no such measure: did you mean `naloxone_out`?"),
        ("naloxone_out = 4", "naloxone_out = 81", "write a whole number from 1 to 80"),
        // Tables.
        (
            "by = [\"area\"]",
            "by = [\"aera\"]",
            "\"aera\" is not a dimension: did you mean `area`? write one of `area`, `setting`, `week`",
        ),
        ("by = [\"area\"]", "by = [\"area\", \"area\"]", "this name stands here twice"),
        ("by = [\"area\"]", "by = [\"setting\"]", "this table is already listed"),
        ("by = [\"area\"]", "by = \"area\"", "`by`: here stands a text: write a list"),
        ("by = [\"area\"]", "by = [\"area\"]\nweight = 0", "`weight`: 0 is outside the limits"),
    ];
    for (from, to, message) in table {
        let error = refused(from, to);
        assert!(
            error.starts_with("p.toml, line ") && error.contains(message),
            "{to}\n  said: {error}\n  not:  {message}"
        );
    }
}

const EXPORTS: &str = r#"
[dhis2]
org_unit = "OU"
data_set = "DS"
measure = { contacts = "PEER", sharps_in = "SHARPS" }
dimension = { area = "AREA", week = "WEEK" }
category.area = { north = "N" }
[registry]
slug = "peers"
curators = ["A", "B"]
region = "Here"
intended_use = "Use"
authors = ["C"]
sources = "https://example.org/"
"#;

#[test]
fn codes_and_words_for_others_are_read() {
    let book = Programme::parse(&format!("{PROGRAMME}{EXPORTS}"), "p.toml").unwrap().codebook();
    let (id, ids) = (
        |text: &str| text.parse::<crate::domain::Identifier>().unwrap(),
        |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<_>>(),
    );
    assert_eq!((book.dhis2.org_unit.as_deref(), book.dhis2.data_set.as_deref()), (Some("OU"), Some("DS")));
    assert_eq!(book.dhis2.data_element(&id("contacts"), &ids(&["area", "setting", "week"])), "PEER_AREA_setting_WEEK");
    assert_eq!(book.dhis2.data_element(&id("naloxone_out"), &[]), "naloxone_out");
    assert_eq!(["north", "south"].map(|c| book.dhis2.category("area", c)), ["N", "south"]);
    assert_eq!((book.registry.curators.len(), book.registry.authors.as_slice()), (2, &["C".to_owned()][..]));
    assert_eq!(book.measures[&id("contacts")], "Contacts made");
    let none = Programme::parse(PROGRAMME, "p.toml").unwrap();
    assert_eq!((none.dhis2, none.registry), Default::default());
}

#[test]
fn broken_codes_are_refused_in_plain_words() {
    let long = "x".repeat(48);
    let table = [
        ("org_unit = \"OU\"", "", "`org_unit` is missing in [dhis2]: add org_unit = "),
        ("org_unit", "orgunit", "`orgunit` is not a key of [dhis2]: did you mean `org_unit`?"),
        ("\"OU\"", "\"O U\"", "this is not a code: write letters"),
        ("contacts = \"PEER\"", "contact = \"PEER\"", "there is no such measure: did you mean `contacts`?"),
        ("area = \"AREA\"", "place = \"AREA\"", "there is no such dimension: write one of `area`, `setting`, `week`"),
        ("category.area", "category.week", "there is no such dimension: write one of `area`, `setting`"),
        ("north = \"N\"", "nord = \"N\"", "there is no such category: "),
        ("north = \"N\"", "north = \"south\"", "two figures would have the category option combination `south`"),
        ("\"SHARPS\"", "\"PEER\"", "two figures would have the data element `PEER`"),
        ("\"SHARPS\"", "\"PEER_AREA\"", "two figures would have the data element `PEER_AREA`"),
        ("\"PEER\"", &format!("\"{long}\""), "has 53 characters, and DHIS2 takes 50: shorten the codes"),
        ("curators = [\"A\", \"B\"]", "curators = []", "give at least 1"),
        ("slug = \"peers\"", "slug = \"Peers here\"", "`Peers here` is not a name"),
        ("region", "regions", "`regions` is not a key of [registry]: did you mean `region`?"),
    ];
    for (from, to, message) in table {
        assert!(EXPORTS.contains(from), "{from}");
        let text = format!("{PROGRAMME}{}", EXPORTS.replacen(from, to, 1));
        let error = Programme::parse(&text, "p.toml").err().map_or(format!("accepted: {to}"), |e| e.to_string());
        assert!(error.starts_with("p.toml, line ") && error.contains(message), "{to}\n said: {error}");
    }
}

#[test]
fn faults_are_where_they_are_said_to_be() {
    let line = line_of("grace_days = 14");
    assert!(refused("grace_days = 14", "grace_day = 14").starts_with(&format!("p.toml, line {line}, column 1: ")));
    assert!(refused("grace_days = 14", "grace_days = 99").starts_with(&format!("p.toml, line {line}, column 14: ")));
    let line = line_of("{ id = \"north\"");
    let error = refused("id = \"north\"", "id = \"harbour\"");
    assert!(error.starts_with(&format!("p.toml, line {line}, column 12: ")), "{error}");
    // A key that is missing: the table's first line.
    let line = line_of("[[measure]]\nid = \"contacts_new\"");
    let error = refused("cap = 20\n", "");
    assert!(error.starts_with(&format!("p.toml, line {line}, ")), "{error}");
}

#[test]
fn long_forms_and_fine_tables_are_refused_with_the_reason() {
    let label = "{ en = \"L\", fr = \"L\", es = \"L\", de = \"L\", pt = \"L\", nl = \"L\", ar = \"L\" }";
    let mut text = PROGRAMME.to_owned();
    for n in 0..8 {
        let measure = format!(
            "\n[[measure]]\nid = \"m{n}\"\nlabel = {label}\nunit = \"m\"\nmax_per_tally = 9\ncap = 9\nwhy = \"w\"\nasked_by = \"a\"\n"
        );
        text.push_str(&measure);
    }
    let error = Programme::parse(&text, "p.toml").unwrap_err();
    assert!(error.message.contains("13 entries: keep at most 12 (a long form is not filled in"), "{error}");
    assert!(text.lines().nth(error.line - 1).unwrap().starts_with("[[measure]]"), "{error}");

    let mut text = PROGRAMME.to_owned();
    for n in 0..2 {
        let dimension = format!(
            "\n[[dimension]]\nid = \"d{n}\"\nlabel = {label}\ncategory = [{{ id = \"x\", label = {label} }}]\n"
        );
        text.push_str(&dimension);
    }
    let error = Programme::parse(&text, "p.toml").unwrap_err().to_string();
    assert!(error.contains("keep at most 3 (more tables cost accuracy"), "{error}");

    let categories =
        |n: usize| -> String { (0..n).map(|i| format!("    {{ id = \"c{i}\", label = {label} }},\n")).collect() };
    let first = "    { id = \"harbour\"";
    let error = refused(first, &format!("{}{first}", categories(200)));
    assert!(error.contains("206 entries: keep at most 200"), "{error}");

    let text = PROGRAMME.replacen(first, &format!("{}{first}", categories(190)), 1);
    let street = "    { id = \"street\"";
    let text = text.replacen(street, &format!("{}{street}", categories(190)), 1);
    assert!(Programme::parse(&text, "p.toml").is_ok());
    let text = text.replacen("by = []", "by = [\"setting\", \"area\"]", 1);
    let error = Programme::parse(&text, "p.toml").unwrap_err().to_string();
    assert!(error.contains("this table would have 38220 cells"), "{error}");
}

#[test]
fn what_may_be_written_in_two_ways_reads_the_same() {
    let text = PROGRAMME_LARGE.replacen(
        "by = [\"area\", \"setting\"]",
        "by = [\"week\", \"setting\", \"area\"]\nweight = 2",
        1,
    );
    let programme = Programme::parse(&text.replace('\n', "\r\n"), "p.toml").unwrap();
    let last = programme.privacy.breakdowns.last().unwrap();
    assert_eq!(last.by, [Attribute::Dimension(0), Attribute::Dimension(1), Attribute::Week]);
    assert!((last.weight - 2.0).abs() < f64::EPSILON);
    let same = "by = [\"setting\", \"area\"]\n\n[[privacy.breakdown]]\nby = [\"area\", \"setting\"]";
    let text = PROGRAMME_LARGE.replacen("by = [\"area\", \"setting\"]", same, 1);
    let error = Programme::parse(&text, "p.toml").unwrap_err().to_string();
    assert!(error.contains("already listed"), "{error}");
}

#[test]
fn an_encounter_left_out_is_a_whole_tally() {
    let text = PROGRAMME.replacen("syringes_out = 50\n", "", 1).replacen("contacts_new = 1\n", "", 1);
    let programme = Programme::parse(&text, "p.toml").unwrap();
    let of = |id: &str| programme.measures[programme.measure_index(id).unwrap()].encounter;
    assert_eq!((of("syringes_out"), of("contacts_new"), of("contacts")), (900, 20, 1));
}

#[test]
fn monsters_are_refused_quickly() {
    for text in
        ["[".repeat(200_000), "a.".repeat(100_000), "a = ".to_owned() + &"[".repeat(100_000), "x".repeat(300_000)]
    {
        assert!(Programme::parse(&text, "p.toml").is_err());
    }
    let error = Programme::parse(&" ".repeat(300_000), "p.toml").unwrap_err().to_string();
    assert_eq!(error, "p.toml, line 1, column 1: the file has 300000 bytes; at most 262144 are read: shorten it");
}

/// Puts `piece` in the place of `cut` characters at `at` (per cent mille of the length).
fn mutate(text: &str, at: usize, cut: usize, piece: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = at * chars.len() / 100_000;
    let head: String = chars.iter().take(at).collect();
    let tail: String = chars.iter().skip(at + cut).collect();
    head + piece + &tail
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn no_text_makes_the_reader_panic(
        which in 0..3_usize,
        edits in prop::collection::vec((0..100_000_usize, 0..40_usize, prop_oneof![
            Just(String::new()), "[\\[\\]{}=\"'#,.\\n0-9a-z-]{1,4}", "\\PC{0,6}", Just("\u{0}\u{202e}".to_owned()),
            Just("-9223372036854775808".to_owned()), Just("1e999".to_owned()), Just("0xff_ff".to_owned()),
            Just("1979-05-27T07:32:00Z".to_owned()), Just("\"\"\"a\nb\"\"\"".to_owned()), Just("\r".to_owned()),
        ]), 1..6),
    ) {
        let shipped = [PROGRAMME, PROGRAMME_LARGE, POLICY];
        let text = edits.iter().fold(shipped[which].to_owned(), |t, (at, cut, piece)| mutate(&t, *at, *cut, piece));
        let errors = [Programme::parse(&text, "f").err(), Policy::parse(&text, "f").err()];
        for error in errors.into_iter().flatten() {
            prop_assert!(error.line <= text.split('\n').count());
            prop_assert!(!error.message.chars().any(char::is_control), "{error:?}");
        }
    }
}

#[test]
fn a_programme_that_publishes_nothing_is_refused() {
    let tables = PROGRAMME.find("[[privacy.breakdown]]").unwrap();
    let error = Programme::parse(&PROGRAMME[..tables], "p.toml").unwrap_err().to_string();
    assert!(error.contains("`breakdown` is missing in [privacy]: add at least one [[privacy.breakdown]]"), "{error}");
    assert!(refused("cap = 120", "cap = 120\nshare = 0").contains("`share`: 0 is outside the limits"));
}
