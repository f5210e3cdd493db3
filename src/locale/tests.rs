use std::collections::BTreeSet;

use super::text::{KEYS, source};
use super::{Lang, Text, Value};

/// Every text with something in each of its variables.
fn said(lang: Lang, key: &str, variables: &[&'static str], number: u64) -> String {
    let numbers = ["max", "n", "limit"];
    let value = |name: &'static str| match numbers.contains(&name) {
        true => (name, Value::from(number)),
        false => (name, Value::from("X-Y")),
    };
    Text::new(lang).say(key, &variables.iter().map(|name| value(name)).collect::<Vec<_>>())
}

#[test]
fn every_text_is_there_in_every_language() {
    assert!(KEYS.len() > 100);
    for lang in Lang::ALL {
        for (key, variables) in KEYS {
            for number in [0, 1, 2, 3, 11, 100, 1500] {
                let text = said(lang, key, variables, number);
                assert!(text != *key && !text.trim().is_empty(), "{lang:?} {key}");
                assert!(!text.contains('{') && !text.contains('$'), "{lang:?} {key}: {text}");
                for name in variables.iter() {
                    let shown = ["max", "n", "limit"].contains(name);
                    let shown = if shown { Text::new(lang).number(number) } else { "X-Y".to_owned() };
                    assert!(text.contains(&shown), "{lang:?} {key}: {shown:?} is not in {text:?}");
                }
            }
        }
    }
}

#[test]
fn translations_are_no_copies() {
    for lang in Lang::ALL.into_iter().filter(|lang| *lang != Lang::En) {
        let same = KEYS.iter().filter(|(key, v)| said(lang, key, v, 5) == said(Lang::En, key, v, 5));
        let same: Vec<_> = same.map(|(key, _)| *key).collect();
        // Some words are the same in several languages.
        assert!(same.len() <= 3, "{lang:?}: {same:?}");
    }
}

#[test]
fn choices_by_number_have_the_forms_of_their_language() {
    // CLDR's plural categories for whole numbers.
    let forms = |lang| -> &[&str] {
        match lang {
            Lang::Ar => &["zero", "one", "two", "few", "many", "other"],
            _ => &["one", "other"],
        }
    };
    let mut seen = 0;
    for lang in Lang::ALL {
        let text = source(lang);
        for choice in text.split("->").skip(1) {
            let found: BTreeSet<&str> = choice
                .lines()
                .map_while(|line| (!line.starts_with("    }")).then_some(line.trim().trim_start_matches('*')))
                .filter_map(|line| line.strip_prefix('[')?.split(']').next())
                .collect();
            assert_eq!(found, forms(lang).iter().copied().collect(), "{lang:?}: {choice}");
            seen += 1;
        }
    }
    assert!(seen >= 2 * Lang::ALL.len(), "no choices were found");
}

#[test]
fn plural_forms_are_chosen() {
    let [en, fr, pt, ar] = [Lang::En, Lang::Fr, Lang::Pt, Lang::Ar].map(Text::new);
    assert!(en.refused_rate(1u64).contains("1 new tally within") && en.refused_rate(20u64).contains("20 new tallies"));
    // In French and Portuguese, none is singular.
    assert!(fr.queue_waiting(0u64).ends_with("envoyée") && fr.queue_waiting(2u64).ends_with("envoyées"));
    assert!(pt.refused_rate(1u64).contains("envio novo"));
    let forms: BTreeSet<String> =
        [0u64, 1, 2, 3, 11, 100].iter().map(|n| ar.queue_waiting(n).replace(&ar.number(*n), "")).collect();
    assert_eq!(forms.len(), 6, "{forms:?}");
}

#[test]
fn numbers_are_grouped_as_the_language_does() {
    let shown = |lang, number| Text::new(lang).number(number);
    assert_eq!(shown(Lang::En, 999), "999");
    assert_eq!(shown(Lang::En, 1_234_567), "1,234,567");
    assert_eq!(shown(Lang::De, 1500), "1.500");
    assert_eq!((shown(Lang::Es, 1500), shown(Lang::Es, 15_000)), ("1500".to_owned(), "15.000".to_owned()));
    assert_eq!(shown(Lang::Fr, 1500), "1\u{202f}500");
    assert_eq!(shown(Lang::Pt, 15_000), "15\u{a0}000");
    assert!(Text::new(Lang::En).problem_not_whole(1500u32).contains("0 to 1,500"));
}

#[test]
fn what_is_filled_in_is_isolated_from_right_to_left_only() {
    assert_eq!(Text::new(Lang::Ar).number(1500), "\u{2068}1,500\u{2069}");
    assert!(Text::new(Lang::Ar).refused_week("2026-W47, 2026-W46").contains("\u{2068}2026-W47, 2026-W46\u{2069}"));
    for lang in Lang::ALL.into_iter().filter(|lang| !lang.is_rtl()) {
        assert!(!Text::new(lang).refused_week("2026-W47").contains('\u{2068}'), "{lang:?}");
    }
}

#[test]
fn a_language_is_found_by_its_code_and_says_who_has_read_it() {
    for lang in Lang::ALL {
        assert_eq!(Lang::of(lang.code()), Some(lang));
        assert_eq!(
            lang.is_checked(),
            source(lang).contains("# status: original") || source(lang).contains("# status: read")
        );
    }
    assert_eq!((Lang::of("pt-br"), Lang::of("sw"), Lang::of("EN"), Lang::of("")), (Some(Lang::Pt), None, None, None));
    assert_eq!((Lang::Ar.dir(), Lang::De.dir()), ("rtl", "ltr"));
}

#[test]
fn words_respect_people() {
    let unkind = [
        "client",
        "addict",
        "junkie",
        "abuser",
        "toxicoman",
        "drogué",
        "drogad",
        "toxicóman",
        "toxicodepend",
        "süchtig",
        "abhängig",
        "verslaafd",
        "junk",
        "مدمن",
    ];
    for lang in Lang::ALL {
        let text = source(lang).to_lowercase();
        for word in unkind {
            assert!(!text.contains(word), "{lang:?}: {word}");
        }
    }
}
