//! What every page has around it: its language, the way out, the other pages.
//!
//! Guarantee: the language comes from the form that was sent or from the address,
//! else from the browser's languages, and is always one of the programme's; nothing is kept.

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
    /// Where the page can be had again in another language; empty for the page itself.
    pub here: String,
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
    /// Whether it was named, in the address or in a form: links then lead on in it.
    named: bool,
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
    /// The frame of a page. `named` is the language asked for in so many words, `preferred` picks one by the
    /// browser's languages; what the programme does not offer counts as not said.
    pub(in crate::web) fn new(
        programme: &Programme,
        named: Option<&str>,
        preferred: impl Fn(&[&str]) -> Option<String>,
        up: &'static str,
    ) -> Self {
        let codes = programme.locales.iter().map(Identifier::as_str);
        let offered: Vec<_> = codes.filter_map(|code| Some((code.to_owned(), Lang::of(code)?))).collect();
        let find = |wanted: Option<&str>| offered.iter().find(|(code, _)| Some(code.as_str()) == wanted);
        let asked = find(named);
        let by_browser = || preferred(&offered.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>());
        let chosen = asked.or_else(|| find(by_browser().as_deref())).or(offered.first());
        let (named, fallback) = (asked.is_some(), (Lang::En.code().to_owned(), Lang::En));
        let (locale, lang) = chosen.cloned().unwrap_or(fallback);
        let first = programme.locales.first().map_or_else(String::new, ToString::to_string);
        let translated = programme.translated.iter().find(|(code, _)| code.as_str() == locale);
        let translated = translated.map(|(_, words)| words.clone()).unwrap_or_default();
        let title = translated.page_title.clone().unwrap_or_else(|| programme.page_title.clone());
        let short_name = programme.short_name.clone();
        let (here, mark, queue) = (String::new(), String::new(), None);
        let text = Text::new(lang);
        Self { text, up, here, mark, queue, title, short_name, locale, named, offered, first, translated }
    }

    /// The same frame for a page that is not to be asked for again where it stands.
    pub(in crate::web) fn instead_of(self, page: &str) -> Self {
        Self { here: format!("{}{page}", self.up), ..self }
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

    /// The language where it was named: what a form sends along, and links carry. One that the browser
    /// asked for stands in no address: the next page follows the browser too.
    pub(in crate::web) fn chosen(&self) -> Option<&str> {
        self.named.then_some(self.locale.as_str())
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

    fn named(programme: &Programme, named: Option<&str>, up: &'static str) -> Frame {
        Frame::new(programme, named, |_| None, up)
    }

    #[test]
    fn what_the_programme_file_lacks_in_a_language_is_shown_in_its_first() {
        let mut programme = embedded::programme().unwrap();
        let label = |frame: &Frame, programme: &Programme| frame.label(&programme.measures[0].label);
        let german = named(&programme, Some("de"), "");
        assert_eq!((label(&german, &programme).as_str(), german.title.as_str()), ("Kontakte", "Wochennotizen"));
        assert_eq!(german.why(&programme.measures[0]).1, "de");
        programme.translated.clear();
        programme.measures[0].label.retain(|locale, _| locale.as_str() == "en");
        let german = named(&programme, Some("de"), "");
        assert_eq!((label(&german, &programme).as_str(), german.title.as_str()), ("Contacts made", "Weekly notes"));
        assert_eq!(german.why(&programme.measures[0]).1, "en");
        assert!(german.asked_by(&programme.measures[0]).starts_with("funders"));
    }

    #[test]
    fn links_keep_a_language_that_was_named() {
        let mut programme = embedded::programme().unwrap();
        assert_eq!(named(&programme, Some("fr"), "../").to("help"), "../help?lang=fr");
        // Named, the default too: the browser may ask for another one.
        assert_eq!(named(&programme, Some("en"), "").to("help"), "help?lang=en");
        let browser = Frame::new(&programme, None, |_| Some("fr".to_owned()), "");
        assert_eq!((browser.code(), browser.to("help").as_str(), browser.chosen()), ("fr", "help", None));
        let both = Frame::new(&programme, Some("es"), |_| Some("fr".to_owned()), "../").instead_of("correct");
        assert_eq!((both.code(), both.here.as_str()), ("es", "../correct"));
        // What is not offered counts as not said.
        assert_eq!(Frame::new(&programme, Some("sw"), |_| Some("zu".to_owned()), "").code(), "en");
        // The programme's own order decides, and one language needs no choice.
        programme.locales = ["sw", "pt-br"].map(|code| code.parse().unwrap()).to_vec();
        let frame = named(&programme, None, "");
        assert_eq!((frame.code(), frame.form_card().as_str(), frame.to("help").as_str()), ("pt-br", "Cartão", "help"));
        assert!(frame.languages().is_empty() && frame.chosen().is_none());
        // No language that there are texts for: English.
        programme.locales.truncate(1);
        assert_eq!(named(&programme, Some("sw"), "").code(), "en");
    }
}
