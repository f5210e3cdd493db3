//! Reads a programme file.
//!
//! Guarantee: strict. A key that is not known, a number outside its limits, a
//! name used twice or a reference to nothing is an error with its place and
//! what to write instead; nothing is guessed, and only keys marked optional in
//! `config/programme.toml` may be left out.
//! Non-guarantee: a valid programme may still be an unwise one; `plan` shows
//! what it will be able to see.

use jiff::tz::TimeZone;

use super::ProgrammeError;
use super::programme::{Category, Dimension, Programme, Retention};
use super::programme_words::{label, locales};
use super::reader::{Item, LABEL, Section, read};
use super::{
    programme_cards as cards, programme_dhis2 as dhis2, programme_measures as measures, programme_privacy as privacy,
    programme_registry as registry, programme_translated as translated,
};
use crate::domain::codebook::Dhis2Codes;
use crate::domain::{Identifier, MAX_DIMENSIONS, PeriodKind};

/// Most grace days: beyond two months, figures come too late to be of use.
const MAX_GRACE_DAYS: u16 = 60;
/// Days between closing and the end of retention, so that a failed close can be run again.
const CLOSING_DAYS: u16 = 7;
/// Most categories of a dimension; a category index is one byte.
const MAX_CATEGORIES: usize = 200;

const KEYS: &[&str] = &[
    "name",
    "page_title",
    "short_name",
    "period",
    "grace_days",
    "timezone",
    "exit",
    "security_contact",
    "locales",
    "cards",
    "retention",
    "privacy",
    "dimension",
    "measure",
    "encounter",
    "dhis2",
    "registry",
    "translated",
];

/// Form fields and columns of tables that a dimension must not be mistaken for.
const RESERVED: &[&str] = &[
    "week", "card", "receipt", "lang", "count", "counts", "worker", "period", "measure", "by", "estimate", "stdev",
    "low95", "high95", "reported", "quality", "unit",
];

impl Programme {
    /// Reads and checks a programme file. `file` is the name used in errors.
    ///
    /// # Errors
    /// The first fault, with line, column and what to write instead.
    pub fn parse(text: &str, file: &str) -> Result<Self, ProgrammeError> {
        read(file, text, KEYS, programme)
    }
}

fn programme(top: &Section<'_>) -> Result<Programme, ProgrammeError> {
    let name = top.need("name", "name = \"…\", the name shown on reports")?.text(LABEL)?;
    let page_title =
        top.need("page_title", "page_title = \"Weekly notes\", a neutral title")?.text(translated::TITLE)?;
    let short_name = top.need("short_name", "short_name = \"Notes\", neutral and short")?.text(12)?;
    let kinds = [("month", PeriodKind::Month), ("quarter", PeriodKind::Quarter)];
    let period = top.need("period", "period = \"quarter\" or \"month\"")?.choice(&kinds)?;
    let grace_days = top.need("grace_days", "grace_days = 14")?.whole16(0, MAX_GRACE_DAYS)?;
    let timezone = timezone(&top.need("timezone", "timezone = \"UTC\" or such as \"Europe/Lisbon\"")?)?;
    let exit = exit(&top.need("exit", "exit = \"https://…\", where \"leave this page\" goes")?)?;
    let security_contact = top.find("security_contact").map(|item| contact(&item)).transpose()?;
    let locales = locales(&top.need("locales", "locales = [\"en\"]")?)?;

    let retention = top.need("retention", "a table [retention] with keys_days = 45")?;
    let retention = retention.section("[retention]", &["keys_days"])?;
    let keys = retention.need("keys_days", "keys_days = 45")?;
    let keys_days = keys.whole16(1, 366)?;
    let least = grace_days + CLOSING_DAYS;
    if keys_days < least {
        return Err(keys.error(format!(
            "{keys_days} days leave no time to close: with grace_days = {grace_days} write at least {least}"
        )));
    }

    let dimensions = dimensions(top, &locales)?;
    let measures = measures::measures(top, &locales, &dimensions)?;
    let privacy = privacy::privacy(top, &dimensions, period)?;
    measures::check_weekly(top, &measures, privacy.unit)?;
    let cards = cards::cards(top, privacy.unit)?;
    let translated = translated::translated(top, &locales, &measures)?;
    let mut programme = Programme {
        name,
        page_title,
        short_name,
        period,
        grace_days,
        timezone,
        exit,
        security_contact,
        locales,
        dimensions,
        measures,
        privacy,
        cards,
        retention: Retention { keys_days },
        dhis2: Dhis2Codes::default(),
        registry: registry::registry(top)?,
        translated,
    };
    if let Some(item) = top.find("dhis2") {
        programme.dhis2 = dhis2::dhis2(&item, &programme)?;
    }
    Ok(programme)
}

fn timezone(item: &Item<'_>) -> Result<TimeZone, ProgrammeError> {
    let name = item.text(60)?;
    TimeZone::get(&name).map_err(|_| {
        item.error("this time zone is not known: write \"UTC\" or a name of the tz database, such as \"Europe/Lisbon\"")
    })
}

/// An address that a page can link to: https, plain ASCII, nothing that needs escaping.
fn exit(item: &Item<'_>) -> Result<String, ProgrammeError> {
    let text = item.text(200)?;
    let rest = text.strip_prefix("https://").unwrap_or("");
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/?#=&%+:,;".contains(c);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    if host.contains('.') && !host.starts_with('.') && rest.chars().all(plain) {
        Ok(text)
    } else {
        Err(item.error("this is not an address to leave to: write one such as \"https://www.wikipedia.org/\""))
    }
}

/// An address for reports of weaknesses, as RFC 9116 takes it.
fn contact(item: &Item<'_>) -> Result<String, ProgrammeError> {
    let text = item.text(200)?;
    let known = ["mailto:", "https://"].iter().any(|scheme| text.starts_with(scheme));
    if known && text.chars().all(|c| c.is_ascii_graphic()) {
        Ok(text)
    } else {
        Err(item.error("this is not a contact: write one such as \"mailto:security@example.org\" or an https address"))
    }
}

fn dimensions(top: &Section<'_>, locales: &[Identifier]) -> Result<Vec<Dimension>, ProgrammeError> {
    let list = top.need("dimension", "at least one [[dimension]]; one with a single category will do")?;
    let reason = "more tables cost accuracy, and finer ones show where work happens";
    let mut dimensions: Vec<Dimension> = Vec::new();
    for item in list.list(1, MAX_DIMENSIONS, reason)? {
        let section = item.section("a [[dimension]]", &["id", "label", "category"])?;
        let id_item = section.need("id", "id = \"area\"")?;
        let id = id_item.identifier()?;
        if RESERVED.contains(&id.as_str()) {
            return Err(
                id_item.error(format!("`{id}` is a word of the program itself: choose another, such as `area`"))
            );
        }
        if dimensions.iter().any(|d| d.id == id) {
            return Err(id_item.error(format!("there is already a dimension `{id}`: give each its own id")));
        }
        let label = label(&section, locales, usize::MAX)?;
        let categories = categories(&section, locales)?;
        dimensions.push(Dimension { id, label, categories });
    }
    Ok(dimensions)
}

fn categories(section: &Section<'_>, locales: &[Identifier]) -> Result<Vec<Category>, ProgrammeError> {
    let list = section.need("category", "category = [ { id = \"north\", label.en = \"North\" }, … ]")?;
    let mut categories: Vec<Category> = Vec::new();
    for item in list.list(1, MAX_CATEGORIES, "coarser categories protect better and are easier to choose from")? {
        let section = item.section("a category", &["id", "label"])?;
        let id_item = section.need("id", "id = \"north\"")?;
        let id = id_item.identifier()?;
        if categories.iter().any(|c| c.id == id) {
            return Err(id_item.error(format!("there is already a category `{id}` here: give each its own id")));
        }
        let label = label(&section, locales, usize::MAX)?;
        categories.push(Category { id, label });
    }
    Ok(categories)
}

#[cfg(test)]
mod tests;
