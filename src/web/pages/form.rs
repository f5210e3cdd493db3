//! The form, empty or with what was typed and what is wrong with it.

use std::collections::BTreeMap;

use askama::Template;

use crate::domain::{Identifier, Period, Week};
use crate::intake::form::Form;
use crate::intake::waits_for_key;
use crate::policy::Programme;
use crate::web::problem::Problem;

#[derive(Template)]
#[template(path = "form.html")]
pub(in crate::web) struct FormPage {
    up: &'static str,
    title: String,
    practice: bool,
    headline: String,
    notice: String,
    problems: Vec<Line>,
    receipt: String,
    card: String,
    card_error: String,
    weeks: Vec<Week>,
    selects: Vec<Select>,
    measures: Vec<Count>,
    counts_error: String,
}

/// A line of the summary, which leads to its field if the form shows it.
struct Line {
    anchor: Option<String>,
    label: String,
    detail: String,
}

struct Select {
    name: String,
    label: String,
    choices: Vec<Choice>,
    error: String,
}

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

struct Count {
    name: String,
    label: String,
    why: String,
    asked_by: String,
    max: u32,
    value: String,
    error: String,
}

impl FormPage {
    /// The form for a programme. `form` is what was typed, `problem` what is wrong with it.
    pub(in crate::web) fn new(
        programme: &Programme,
        weeks: Vec<Week>,
        form: &Form,
        problem: Option<&Problem>,
        practice: bool,
    ) -> Self {
        let typed = |name: &str| form.typed.get(name).cloned().unwrap_or_default();
        let error = |field: &str| {
            let found = problem.and_then(|p| p.errors().iter().find(|e| e.field == field));
            found.map_or_else(String::new, |e| e.detail.clone())
        };
        let mut selects = vec![week_select(&weeks, &typed("week"), error("week"))];
        for dimension in &programme.dimensions {
            let (id, chosen) = (dimension.id.as_str(), typed(dimension.id.as_str()));
            let first = Choice { value: String::new(), label: "Choose".to_owned(), chosen: chosen.is_empty() };
            let rest = dimension.categories.iter().map(|c| Choice {
                value: c.id.to_string(),
                label: text(&c.label, programme),
                chosen: c.id.as_str() == chosen,
            });
            let (name, label) = (id.to_owned(), text(&dimension.label, programme));
            selects.push(Select { name, label, choices: [first].into_iter().chain(rest).collect(), error: error(id) });
        }
        let measures = programme.measures.iter().map(|m| {
            let name = format!("count.{}", m.id);
            let (value, error) = (typed(&name), error(&format!("counts.{}", m.id)));
            let (why, asked_by) = (m.why.clone(), m.asked_by.clone());
            Count { name, label: text(&m.label, programme), why, asked_by, max: m.max_per_tally, value, error }
        });
        let measures: Vec<_> = measures.collect();
        let lines = problem.into_iter().flat_map(|p| p.errors()).map(|e| Line {
            anchor: anchor_of(&e.field, &selects, &measures),
            label: label_of(&e.field, &selects, &measures),
            detail: e.detail.clone(),
        });
        Self {
            up: "",
            title: programme.page_title.clone(),
            practice,
            headline: problem.map_or_else(String::new, headline),
            notice: String::new(),
            problems: lines.collect(),
            receipt: form.receipt.clone(),
            card: form.card.as_str().to_owned(),
            card_error: error("card"),
            counts_error: error("counts"),
            weeks,
            selects,
            measures,
        }
    }

    /// Says why the current period takes no tallies, where it waits for its key.
    pub(in crate::web) fn waiting(mut self, keyless: Option<Period>) -> Self {
        self.notice = keyless.map_or_else(String::new, waits_for_key);
        self
    }
}

impl Drop for FormPage {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.card);
    }
}

fn week_select(weeks: &[Week], typed: &str, error: String) -> Select {
    let when = ["This week", "Last week", "The week before"];
    let chosen = |i: usize, week: &Week| if typed.is_empty() { i == 0 } else { week.to_string() == typed };
    let choices = weeks.iter().enumerate().map(|(i, week)| Choice {
        value: week.to_string(),
        label: format!("{} ({week})", when.get(i).unwrap_or(&"Week")),
        chosen: chosen(i, week),
    });
    Select { name: "week".to_owned(), label: "Week".to_owned(), choices: choices.collect(), error }
}

fn label_of(field: &str, selects: &[Select], measures: &[Count]) -> String {
    let name = field.replacen("counts.", "count.", 1);
    let select = selects.iter().find(|s| s.name == name).map(|s| s.label.clone());
    let count = || measures.iter().find(|m| m.name == name).map(|m| m.label.clone());
    let other = || match field {
        "card" => "Card".to_owned(),
        "counts" => "Counts".to_owned(),
        "receipt" => "Receipt".to_owned(),
        _ => field.to_owned(),
    };
    select.or_else(count).unwrap_or_else(other)
}

/// The label in the programme's first language.
pub(in crate::web) fn text(label: &BTreeMap<Identifier, String>, programme: &Programme) -> String {
    let first = programme.locales.first().and_then(|locale| label.get(locale));
    first.or_else(|| label.values().next()).cloned().unwrap_or_default()
}

fn anchor_of(field: &str, selects: &[Select], measures: &[Count]) -> Option<String> {
    let name = field.replacen("counts.", "count.", 1);
    let shown = matches!(field, "card" | "counts")
        || selects.iter().any(|s| s.name == name)
        || measures.iter().any(|m| m.name == name);
    shown.then_some(name)
}

/// Where each field says what is wrong with it, the headline need not.
fn headline(problem: &Problem) -> String {
    if problem.errors().is_empty() { capital(problem.detail()) } else { problem.title().to_owned() }
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
