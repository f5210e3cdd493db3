//! The programme file.

use std::fmt::Write;

use peertally::domain::{MAX_DIMENSIONS, MAX_MEASURES};
use peertally::policy::{Attribute, FileError, Programme};

/// What is accepted is within the limits that `config/programme.toml` states, and comes back when it is written as
/// a file again; what is refused is refused in printable words, with a place inside the file.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Programme::parse(text, "p.toml") {
        Ok(programme) => {
            within_limits(&programme);
            let again = Programme::parse(&written(&programme), "again.toml");
            let again = again.unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(format!("{again:?}"), format!("{programme:?}"));
        }
        Err(error) => refused(&error, text),
    }
}

/// A fault inside the file, in words.
pub(super) fn refused(error: &FileError, text: &str) {
    let line = error.line.checked_sub(1).and_then(|before| text.split('\n').nth(before));
    let length = line.map(|line| line.chars().count());
    assert!(length.is_some_and(|length| (1..=length + 1).contains(&error.column)), "no such place: {error}");
    super::texts::for_people(&error.to_string(), 8000);
}

fn within_limits(p: &Programme) {
    assert!((1..=MAX_DIMENSIONS).contains(&p.dimensions.len()) && (1..=MAX_MEASURES).contains(&p.measures.len()));
    assert!(p.grace_days <= 60 && p.retention.keys_days >= p.grace_days + 7 && p.retention.keys_days <= 366);
    assert!((1..=1000).contains(&p.cards.tallies_per_week) && (1..=1000).contains(&p.cards.tallies_per_hour));
    assert!(p.name.chars().count() <= 120 && p.page_title.chars().count() <= 60 && p.short_name.chars().count() <= 12);
    for d in &p.dimensions {
        assert!((1..=200).contains(&d.categories.len()) && d.id.as_str() != "week");
        for label in d.categories.iter().map(|c| &c.label).chain([&d.label]) {
            assert!(label.keys().len() == p.locales.len() && p.locales.iter().all(|l| label.contains_key(l)));
        }
        for (index, c) in d.categories.iter().enumerate() {
            assert_eq!(d.category_index(c.id.as_str()), Some(index), "one category, one id");
        }
    }
    for (index, m) in p.measures.iter().enumerate() {
        assert_eq!(p.measure_index(m.id.as_str()), Some(index), "one measure, one id");
        assert!(m.cap >= 1 && m.max_per_tally >= 1 && m.encounter >= 1 && m.encounter <= m.max_per_tally);
        assert!(p.locales.iter().all(|l| m.label.get(l).is_some_and(|l| l.split_whitespace().count() <= 8)));
        assert!(p.measure_rho(index) > 0.0);
    }
    let rho: f64 = (0..p.measures.len()).map(|index| p.measure_rho(index)).sum();
    assert!((rho / p.privacy.rho - 1.0).abs() < 1e-9 && p.privacy.rho <= p.privacy.rho_per_year, "ρ is split");
    assert!(p.privacy.rho > 0.0 && p.privacy.rho <= 10.0 && p.privacy.delta > 0.0 && p.privacy.delta < 1e-3);
    for (index, b) in p.privacy.breakdowns.iter().enumerate() {
        assert!(b.by.windows(2).all(|pair| pair[0] < pair[1]), "in the programme's order, each once");
        assert!(b.by.iter().all(|a| !p.attribute_id(*a).is_empty()));
        assert!(p.privacy.breakdowns[..index].iter().all(|other| other.by != b.by), "each table once");
        let cells = b.by.iter().map(|a| match a {
            Attribute::Dimension(at) => p.dimensions[*at].categories.len(),
            Attribute::Week => 4,
        });
        assert!(cells.product::<usize>() <= 20_000);
    }
}

/// The programme as a file.
fn written(p: &Programme) -> String {
    let mut out = String::new();
    let kind = format!("{:?}", p.period).to_lowercase();
    let zone = p.timezone.iana_name().unwrap_or("UTC");
    for (key, value) in [
        ("name", &p.name),
        ("page_title", &p.page_title),
        ("short_name", &p.short_name),
        ("period", &kind),
        ("timezone", &zone.to_owned()),
        ("exit", &p.exit),
    ] {
        let _ = writeln!(out, "{key} = {}", quoted(value));
    }
    if let Some(contact) = &p.security_contact {
        let _ = writeln!(out, "security_contact = {}", quoted(contact));
    }
    let locales: Vec<_> = p.locales.iter().map(|l| quoted(l.as_str())).collect();
    let _ = writeln!(out, "grace_days = {}\nlocales = [{}]", p.grace_days, locales.join(", "));
    let _ = writeln!(out, "cards.tallies_per_week = {}", p.cards.tallies_per_week);
    let _ = writeln!(out, "cards.tallies_per_hour = {}", p.cards.tallies_per_hour);
    let _ = writeln!(out, "retention.keys_days = {}", p.retention.keys_days);
    for d in &p.dimensions {
        let _ = writeln!(out, "[[dimension]]\nid = \"{}\"\n{}", d.id, label(&d.label, "\n"));
        let list: Vec<_> =
            d.categories.iter().map(|c| format!("{{ id = \"{}\", {} }}", c.id, label(&c.label, ", "))).collect();
        let _ = writeln!(out, "category = [{}]", list.join(", "));
    }
    for m in &p.measures {
        let _ = writeln!(out, "[[measure]]\nid = \"{}\"\n{}", m.id, label(&m.label, "\n"));
        for (key, value) in [("unit", &m.unit), ("why", &m.why), ("asked_by", &m.asked_by)] {
            let _ = writeln!(out, "{key} = {}", quoted(value));
        }
        let standards: Vec<_> = m.standards.iter().map(|s| quoted(s)).collect();
        let _ = writeln!(out, "max_per_tally = {}\ncap = {}\nshare = {:?}", m.max_per_tally, m.cap, m.share);
        let _ = writeln!(out, "standards = [{}]", standards.join(", "));
        if let Some(target) = m.target {
            let _ = writeln!(out, "target = {target}");
        }
    }
    for (locale, words) in &p.translated {
        let _ = writeln!(out, "[translated.{locale}]");
        if let Some(title) = &words.page_title {
            let _ = writeln!(out, "page_title = {}", quoted(title));
        }
        for (key, texts) in [("why", &words.why), ("asked_by", &words.asked_by)] {
            for (measure, text) in texts {
                let _ = writeln!(out, "{key}.{measure} = {}", quoted(text));
            }
        }
    }
    let _ = writeln!(out, "[encounter]");
    for m in &p.measures {
        let _ = writeln!(out, "{} = {}", m.id, m.encounter);
    }
    let g = &p.privacy;
    let _ = writeln!(out, "[privacy]\nunit = \"{}\"\nrho = {:?}", g.unit, g.rho);
    let _ = writeln!(out, "rho_per_year = {:?}\ndelta = {:?}", g.rho_per_year, g.delta);
    for b in &g.breakdowns {
        let by: Vec<_> = b.by.iter().map(|a| quoted(p.attribute_id(*a))).collect();
        let _ = writeln!(out, "[[privacy.breakdown]]\nby = [{}]\nweight = {:?}", by.join(", "), b.weight);
    }
    out
}

fn label(texts: &std::collections::BTreeMap<peertally::domain::Identifier, String>, between: &str) -> String {
    let texts: Vec<_> = texts.iter().map(|(locale, text)| format!("label.{locale} = {}", quoted(text))).collect();
    texts.join(between)
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
