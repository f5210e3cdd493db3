//! The form, empty or with what was typed and what is wrong with it.

use askama::Template;
use zeroize::Zeroize;

use super::frame::Frame;
use super::picture;
use super::refused::RefusalText;
use crate::domain::{Period, Week};
use crate::intake::draft::RawCount;
use crate::intake::form::TallyForm;
use crate::policy::Programme;

/// The form at `/` and at `/practice`.
#[derive(Template)]
#[template(path = "form.html")]
pub(in crate::web) struct FormPage {
    pub t: Frame,
    pub practice: bool,
    pub f: Fields,
}

/// The form at `/correct`, where the receipt is typed.
#[derive(Template)]
#[template(path = "correct.html")]
pub(in crate::web) struct CorrectPage {
    pub t: Frame,
    pub f: Fields,
}

/// The form as a sheet to print.
#[derive(Template)]
#[template(path = "paper.html")]
pub(in crate::web) struct PaperPage {
    pub t: Frame,
    pub f: Fields,
}

/// The fields of a tally with what was typed.
pub(in crate::web) struct Fields {
    headline: String,
    /// The cause's stable name, for scripts.
    code: &'static str,
    notice: String,
    problems: Vec<SummaryLine>,
    receipt: String,
    receipt_error: String,
    card: String,
    card_error: String,
    weeks: Vec<Week>,
    /// How a week is written, on paper.
    example: String,
    selects: Vec<Select>,
    measures: Vec<Count>,
    counts_error: String,
}

/// A line of the summary, which leads to its field if the form shows it.
struct SummaryLine {
    field: String,
    anchor: Option<String>,
    label: String,
    detail: String,
}

struct Select {
    name: String,
    label: String,
    choices: Vec<SelectOption>,
    error: String,
}

struct SelectOption {
    value: String,
    label: String,
    chosen: bool,
}

struct Count {
    name: String,
    label: String,
    picture: &'static str,
    why: String,
    why_lang: String,
    asked_by: String,
    max: u32,
    value: String,
    error: String,
}

impl Fields {
    /// At `/correct` the receipt is a field too, to which the summary leads.
    pub(in crate::web) fn with_receipt(mut self) -> Self {
        for line in self.problems.iter_mut().filter(|line| line.field == "receipt") {
            line.anchor = Some("receipt".to_owned());
        }
        self
    }

    /// The fields of a programme. `form` is what was typed, `refused` what is wrong with it.
    pub(in crate::web) fn new(
        programme: &Programme,
        weeks: Vec<Week>,
        form: &TallyForm,
        refused: Option<&RefusalText>,
        t: &Frame,
    ) -> Self {
        let error = |field: &str| refused.map_or_else(String::new, |refused| refused.with(field));
        let selects = selects(programme, &weeks, form, &error, t);
        let measures = measures(programme, form, &error, t);
        let lines = refused.into_iter().flat_map(|refused| &refused.fields).map(|(field, detail)| SummaryLine {
            field: field.clone(),
            anchor: anchor_of(field, &selects, &measures),
            label: label_of(field, &selects, &measures, t),
            detail: detail.clone(),
        });
        Self {
            headline: refused.map_or_else(String::new, |refused| refused.headline.clone()),
            code: refused.map_or("", |refused| refused.code),
            notice: String::new(),
            problems: lines.collect(),
            receipt: form.receipt.as_str().to_owned(),
            receipt_error: error("receipt"),
            card: form.card.as_str().to_owned(),
            card_error: error("card"),
            counts_error: error("counts"),
            example: weeks.first().map_or_else(|| "2026-W47".to_owned(), ToString::to_string),
            weeks,
            selects,
            measures,
        }
    }

    /// Says why the current period takes no tallies, where it waits for its key.
    pub(in crate::web) fn waiting(mut self, keyless: Option<Period>, t: &Frame) -> Self {
        self.notice = keyless.map_or_else(String::new, |period| t.form_no_key(period.to_string()));
        self
    }
}

impl Fields {
    /// The receipt as it is shown.
    fn receipt_groups(&self) -> String {
        groups(&self.receipt)
    }
}

impl Drop for Fields {
    fn drop(&mut self) {
        self.card.zeroize();
        self.receipt.zeroize();
        self.measures.iter_mut().for_each(|measure| measure.value.zeroize());
    }
}

/// One line of what was sent.
pub(in crate::web) struct SentLine {
    pub label: String,
    pub value: String,
}

impl Drop for SentLine {
    fn drop(&mut self) {
        self.value.zeroize();
    }
}

/// A receipt in groups of four, as people read and write numbers; other texts as they are.
pub(in crate::web) fn groups(receipt: &str) -> String {
    if !receipt.is_ascii() {
        return receipt.to_owned();
    }
    let groups: Vec<_> = receipt.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    groups.join(" ")
}

/// What was sent, in the page's words: week, categories and counts. Never the card.
pub(in crate::web) fn sent_lines(programme: &Programme, form: &TallyForm, t: &Frame) -> Vec<SentLine> {
    let mut lines = vec![SentLine { label: t.form_week(), value: t.apart(typed(form, "week").trim()) }];
    for dimension in &programme.dimensions {
        let chosen = typed(form, dimension.id.as_str());
        let category = dimension.categories.iter().find(|category| category.id.as_str() == chosen.trim());
        let value = category.map_or_else(String::new, |category| t.label(&category.label));
        lines.push(SentLine { label: t.label(&dimension.label), value });
    }
    for measure in &programme.measures {
        // Blank is not zero: what was left out is not in the list.
        if let RawCount::Whole(count) = RawCount::from_text(&typed(form, &format!("count.{}", measure.id))) {
            lines.push(SentLine { label: t.label(&measure.label), value: t.number(count) });
        }
    }
    lines
}

fn typed(form: &TallyForm, name: &str) -> String {
    form.typed.get(name).map_or_else(String::new, |value| value.as_str().to_owned())
}

fn selects(
    programme: &Programme,
    weeks: &[Week],
    form: &TallyForm,
    error: &dyn Fn(&str) -> String,
    t: &Frame,
) -> Vec<Select> {
    let mut selects = vec![week_select(weeks, form.typed.get("week").map(|week| week.as_str()), error("week"), t)];
    for dimension in &programme.dimensions {
        let (id, chosen) = (dimension.id.as_str(), typed(form, dimension.id.as_str()));
        let first = SelectOption { value: String::new(), label: t.form_choose(), chosen: chosen.is_empty() };
        let rest = dimension.categories.iter().map(|c| SelectOption {
            value: c.id.to_string(),
            label: t.label(&c.label),
            chosen: c.id.as_str() == chosen,
        });
        let (name, label) = (id.to_owned(), t.label(&dimension.label));
        selects.push(Select { name, label, choices: [first].into_iter().chain(rest).collect(), error: error(id) });
    }
    selects
}

fn measures(programme: &Programme, form: &TallyForm, error: &dyn Fn(&str) -> String, t: &Frame) -> Vec<Count> {
    let count = |m: &crate::policy::Measure| {
        let name = format!("count.{}", m.id);
        let (value, error) = (typed(form, &name), error(&format!("counts.{}", m.id)));
        let ((why, why_lang), asked_by, picture) = (t.why(m), t.asked_by(m), picture::of(m.id.as_str()));
        Count { name, label: t.label(&m.label), picture, why, why_lang, asked_by, max: m.max_per_tally, value, error }
    };
    programme.measures.iter().map(count).collect()
}

/// This week is chosen at first. A week that was sent and is not offered stays unchosen: nobody said this one.
fn week_select(weeks: &[Week], sent: Option<&str>, error: String, t: &Frame) -> Select {
    let when = [t.week_this(), t.week_last(), t.week_before()];
    let chosen = |i: usize, week: &Week| sent.map_or(i == 0, |sent| week.to_string() == sent);
    let mut choices: Vec<_> = weeks
        .iter()
        .enumerate()
        .map(|(i, week)| SelectOption {
            value: week.to_string(),
            label: format!("{} ({})", when.get(i).map_or("", String::as_str), t.apart(&week.to_string())),
            chosen: chosen(i, week),
        })
        .collect();
    if !choices.iter().any(|choice| choice.chosen) {
        choices.insert(0, SelectOption { value: String::new(), label: t.form_choose(), chosen: true });
    }
    Select { name: "week".to_owned(), label: t.form_week(), choices, error }
}

fn label_of(field: &str, selects: &[Select], measures: &[Count], t: &Frame) -> String {
    let name = field.replacen("counts.", "count.", 1);
    let select = selects.iter().find(|s| s.name == name).map(|s| s.label.clone());
    let count = || measures.iter().find(|m| m.name == name).map(|m| m.label.clone());
    let other = || match field {
        "card" => t.form_card(),
        "counts" => t.form_counts_short(),
        "receipt" => t.form_receipt(),
        _ => field.to_owned(),
    };
    select.or_else(count).unwrap_or_else(other)
}

/// Where the field stands on the page. The receipt is no field of the form but at `/correct`.
fn anchor_of(field: &str, selects: &[Select], measures: &[Count]) -> Option<String> {
    let name = field.replacen("counts.", "count.", 1);
    if selects.iter().any(|s| s.name == name) {
        // A dimension may be called like a part of the page: its list has an id of its own kind.
        return Some(format!("pick-{name}"));
    }
    let shown = matches!(field, "card" | "counts") || measures.iter().any(|m| m.name == name);
    shown.then_some(name)
}
