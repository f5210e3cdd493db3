//! What every page has around it: its language, the way out, the other pages.
//!
//! Guarantee: the language comes from the address or from the form that was
//! sent, else it is the programme's first; nothing else is asked, and nothing kept.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::domain::Identifier;
use crate::locale::{Lang, Text};
use crate::policy::programme::Translated;
use crate::policy::{Measure, Programme};

/// The frame of a page, and through it the texts of its language.
#[derive(Clone)]
pub(in crate::web) struct Frame {
    text: Text,
    /// Leads from the page to the service's root: pages use relative addresses.
    pub up: &'static str,
    /// The log key's hash, by which the scripts know their own service; empty on a page that has none.
    pub mark: String,
    /// The key that a tally is sealed to while it waits on a phone, and the key's id, as scripts read them.
    pub queue: Option<(String, String)>,
    /// The programme's neutral title.
    pub title: String,
    /// The programme's neutral short name.
    pub short_name: String,
    /// The locale of the page, as the programme file writes it.
    locale: String,
    /// The locales that the programme offers and that there are texts for, the default first.
    offered: Vec<(String, Lang)>,
    /// Whose labels stand in where a label has no text in this locale.
    first: String,
    /// What the programme file says in this locale beside its labels.
    translated: Translated,
}

/// A link to the same page in another language.
pub(in crate::web) struct Language<'a> {
    pub code: &'a str,
    pub name: &'static str,
    pub dir: &'static str,
    pub current: bool,
}

impl Frame {
    /// The frame of a page for the language asked for, if the programme offers it.
    pub(in crate::web) fn new(programme: &Programme, asked: Option<&str>, up: &'static str) -> Self {
        let codes = programme.locales.iter().map(Identifier::as_str);
        let offered: Vec<_> = codes.filter_map(|code| Some((code.to_owned(), Lang::of(code)?))).collect();
        let chosen = offered.iter().find(|(code, _)| Some(code.as_str()) == asked).or(offered.first());
        let (locale, lang) = chosen.cloned().unwrap_or_else(|| (Lang::En.code().to_owned(), Lang::En));
        let first = programme.locales.first().map_or_else(String::new, ToString::to_string);
        let translated = programme.translated.iter().find(|(code, _)| code.as_str() == locale);
        let translated = translated.map(|(_, words)| words.clone()).unwrap_or_default();
        let title = translated.page_title.clone().unwrap_or_else(|| programme.page_title.clone());
        let short_name = programme.short_name.clone();
        let mark = String::new();
        Self { text: Text::new(lang), up, mark, queue: None, title, short_name, locale, offered, first, translated }
    }

    /// The texts alone.
    pub(in crate::web) fn text(&self) -> Text {
        self.text
    }

    /// `lang` of the page.
    pub(in crate::web) fn code(&self) -> &str {
        &self.locale
    }

    /// `dir` of the page.
    pub(in crate::web) fn dir(&self) -> &'static str {
        self.text.lang().dir()
    }

    /// The address of another page, in the language of this one.
    pub(in crate::web) fn to(&self, page: &str) -> String {
        match self.chosen() {
            Some(code) => format!("{}{page}?lang={code}", self.up),
            None => format!("{}{page}", self.up),
        }
    }

    /// The language where it is not the default: what a form sends along.
    pub(in crate::web) fn chosen(&self) -> Option<&str> {
        let default = self.offered.first().is_none_or(|(code, _)| *code == self.locale);
        (!default).then_some(self.locale.as_str())
    }

    /// The languages to choose from; none where there is one only.
    pub(in crate::web) fn languages(&self) -> Vec<Language<'_>> {
        let language = |(code, lang): &'_ (String, Lang)| (code.as_str() == self.locale, lang.name(), lang.dir());
        let all = self.offered.iter().filter(|_| self.offered.len() > 1);
        all.map(|offered| {
            let (current, name, dir) = language(offered);
            Language { code: &offered.0, name, dir, current }
        })
        .collect()
    }

    /// The name of the page's language in itself.
    pub(in crate::web) fn language(&self) -> &'static str {
        self.text.lang().name()
    }

    /// Whether to say that nobody has checked the translation yet.
    pub(in crate::web) fn is_unchecked(&self) -> bool {
        !self.text.lang().is_checked()
    }

    /// Why a measure is asked, and the language of these words.
    pub(in crate::web) fn why(&self, measure: &Measure) -> (String, String) {
        match self.translated.why.get(&measure.id) {
            Some(why) => (why.clone(), self.locale.clone()),
            None => (measure.why.clone(), self.first.clone()),
        }
    }

    /// Who asks for a measure.
    pub(in crate::web) fn asked_by(&self, measure: &Measure) -> String {
        self.translated.asked_by.get(&measure.id).unwrap_or(&measure.asked_by).clone()
    }

    /// The programme's first locale: that of files which speak one language.
    pub(in crate::web) fn first(&self) -> &str {
        &self.first
    }

    /// A label of the programme file, in the page's language or else the programme's first.
    pub(in crate::web) fn label(&self, label: &BTreeMap<Identifier, String>) -> String {
        let of = |code: &str| label.iter().find(|(locale, _)| locale.as_str() == code).map(|(_, text)| text);
        of(&self.locale).or_else(|| of(&self.first)).or_else(|| label.values().next()).cloned().unwrap_or_default()
    }
}

impl Deref for Frame {
    type Target = Text;

    fn deref(&self) -> &Text {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::embedded;

    #[test]
    fn what_the_programme_file_lacks_in_a_language_is_shown_in_its_first() {
        let mut programme = embedded::programme().unwrap();
        let label = |frame: &Frame, programme: &Programme| frame.label(&programme.measures[0].label);
        let german = Frame::new(&programme, Some("de"), "");
        assert_eq!((label(&german, &programme).as_str(), german.title.as_str()), ("Kontakte", "Wochennotizen"));
        assert_eq!(german.why(&programme.measures[0]).1, "de");
        programme.translated.clear();
        programme.measures[0].label.retain(|locale, _| locale.as_str() == "en");
        let german = Frame::new(&programme, Some("de"), "");
        assert_eq!((label(&german, &programme).as_str(), german.title.as_str()), ("Contacts made", "Weekly notes"));
        assert_eq!(german.why(&programme.measures[0]).1, "en");
        assert!(german.asked_by(&programme.measures[0]).starts_with("funders"));
    }

    #[test]
    fn links_keep_a_language_that_is_not_the_default() {
        let mut programme = embedded::programme().unwrap();
        assert_eq!(Frame::new(&programme, Some("fr"), "../").to("help"), "../help?lang=fr");
        assert_eq!(Frame::new(&programme, Some("en"), "").to("help"), "help");
        // The programme's own order decides, and one language needs no choice.
        programme.locales = ["sw", "pt-br"].map(|code| code.parse().unwrap()).to_vec();
        let frame = Frame::new(&programme, None, "");
        assert_eq!((frame.code(), frame.form_card().as_str(), frame.to("help").as_str()), ("pt-br", "Cartão", "help"));
        assert!(frame.languages().is_empty() && frame.chosen().is_none());
        // No language that there are texts for: English.
        programme.locales.truncate(1);
        assert_eq!(Frame::new(&programme, Some("sw"), "").code(), "en");
    }
}
