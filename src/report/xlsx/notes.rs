//! The sheet `notes`: what is promised, how to read the figures, and where they come from.

use crate::domain::Codebook;
use crate::domain::release::{MeasureRelease, Release, TargetResult};
use crate::report::ExportContext;
use crate::report::guarantee;
use crate::report::labels::{Labels, spaced};

use super::sheet::{SheetCell, Style};

/// Widths of the columns.
pub(super) const WIDTHS: [u8; 7] = [24, 90, 14, 10, 12, 12, 14];

const READING: [(&str, &str); 6] = [
    ("estimate", "Unbiased, and sometimes below zero. For a sum, add up estimates."),
    ("reported", "The figure to print: rounded, and not below zero. Never add up `reported`: such a sum is too high."),
    ("low95, high95", "The total lies between the two with 95 % confidence. Meant is the bounded total, see `cap`."),
    (
        "stdev",
        "Standard deviation of the noise that was added. It follows from the programme file, not from the tallies.",
    ),
    ("quality", "good: use it. caution: use it with care. too-uncertain: do not use it."),
    ("cap", "The most that counts of a measure for one unit of privacy. What lies above it is left out."),
];

const LIMITS: &str = "The unit is one card, not one person. Two cards, or a card and a paper import, are two units. \
    It is not hidden that the programme took place, or anything known from elsewhere.";

fn promise(release: &Release) -> String {
    let words = Labels::plain();
    format!("{} {}", guarantee::unit(&release.guarantee, &words), guarantee::cost(&release.guarantee, &words))
}

/// All rows, from the top.
pub(super) fn rows(release: &Release, beside: &ExportContext) -> Vec<Vec<SheetCell>> {
    let mut rows = about(release);
    rows.extend(reading());
    rows.extend(measures(release, &beside.codebook));
    rows.extend(names(&beside.codebook));
    rows.extend(units(release));
    rows.extend(origin(release, &beside.sha256));
    rows
}

fn about(release: &Release) -> Vec<Vec<SheetCell>> {
    let week = |week: Option<&crate::domain::Week>| week.map_or_else(String::new, ToString::to_string);
    let (first, last) = (week(release.weeks.first()), week(release.weeks.last()));
    let guarantee = &release.guarantee;
    let number = |name: &str, value: f64| vec![SheetCell::text(name), SheetCell::Number(value, Style::Plain)];
    vec![
        vec![SheetCell::head("What this is")],
        pair("programme", &release.programme),
        pair("period", &release.period.to_string()),
        pair("weeks", &format!("{first} to {last}")),
        pair("published", &release.published),
        vec![],
        vec![SheetCell::head("What is promised")],
        vec![SheetCell::text("in words"), SheetCell::wrapped(promise(release))],
        vec![SheetCell::text("limits"), SheetCell::wrapped(LIMITS)],
        pair("unit of privacy", &guarantee.unit.to_string()),
        number("rho", guarantee.rho),
        number("epsilon", guarantee.epsilon),
        number("delta", guarantee.delta),
        vec![],
    ]
}

fn reading() -> Vec<Vec<SheetCell>> {
    let mut rows = vec![vec![SheetCell::head("How to read the figures")]];
    rows.extend(READING.map(|(name, text)| vec![SheetCell::text(name), SheetCell::wrapped(text)]));
    rows.push(vec![]);
    rows
}

fn measures(release: &Release, codebook: &Codebook) -> Vec<Vec<SheetCell>> {
    let row = |m: &MeasureRelease| {
        let label = codebook.measures.get(&m.id).cloned().unwrap_or_else(|| spaced(m.id.as_str()));
        let mut row = vec![SheetCell::text(m.id.as_str()), SheetCell::text(label), SheetCell::text(m.unit.as_str())];
        row.extend([SheetCell::Whole(m.cap.into()), SheetCell::Number(m.rho, Style::Plain)]);
        if let Some(target) = &m.target {
            row.extend([SheetCell::Whole(target.value), SheetCell::text(result(target.result))]);
        }
        row
    };
    let mut rows = vec![
        vec![SheetCell::head("Measures")],
        ["id", "name", "unit", "cap", "rho", "target", "result"].map(SheetCell::head).to_vec(),
    ];
    rows.extend(release.measures.iter().map(row));
    rows.push(vec![]);
    rows
}

fn names(codebook: &Codebook) -> Vec<Vec<SheetCell>> {
    if codebook.dimensions.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![vec![SheetCell::head("Categories")], ["id", "name", "dimension"].map(SheetCell::head).to_vec()];
    for dimension in &codebook.dimensions {
        let row = |(id, label): &(crate::domain::Identifier, String)| {
            [id.as_str(), label.as_str(), dimension.id.as_str()].map(SheetCell::text).to_vec()
        };
        rows.extend(dimension.categories.iter().map(row));
    }
    rows.push(vec![]);
    rows
}

fn units(release: &Release) -> Vec<Vec<SheetCell>> {
    let mut rows = vec![
        vec![SheetCell::head("The same noise, seen for other units")],
        ["unit", "rests on", "rho", "epsilon"].map(SheetCell::head).to_vec(),
    ];
    rows.extend(release.guarantee.equivalents.iter().map(|e| {
        let numbers = [e.rho, e.epsilon].map(|n| SheetCell::Number(n, Style::Tenths));
        [SheetCell::text(spaced(&e.unit)), SheetCell::wrapped(&e.basis)].into_iter().chain(numbers).collect()
    }));
    rows.push(vec![]);
    rows
}

fn origin(release: &Release, sha256: &str) -> Vec<Vec<SheetCell>> {
    let software = format!("peertally {}, source {}", release.software.version, release.software.commit);
    let cite = format!(
        "{}: {}. Differentially private totals, published {}. Made with {software}. Release file SHA-256 {sha256}.",
        release.programme, release.period, release.published
    );
    vec![
        vec![SheetCell::head("Where it comes from")],
        pair("release file, SHA-256", sha256),
        pair("programme file, SHA-256", &release.config_digest),
        pair("policy file, SHA-256", &release.policy_digest),
        pair("software", &software),
        vec![SheetCell::text("to cite"), SheetCell::wrapped(cite)],
    ]
}

fn pair(name: &str, text: &str) -> Vec<SheetCell> {
    vec![SheetCell::text(name), SheetCell::text(text)]
}

fn result(result: TargetResult) -> &'static str {
    match result {
        TargetResult::Reached => "reached",
        TargetResult::NotReached => "not reached",
        TargetResult::CannotTell => "cannot tell",
    }
}
