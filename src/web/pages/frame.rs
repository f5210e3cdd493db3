//! What every page has around it: its language, the way out, the other pages.
//!
//! Guarantee: the language comes from the address or from the form that was
//! sent, else it is the programme's first; nothing else is asked, and nothing kept.
//! Callers: every page's template, as `t`; a text is `t.form_send()`.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::domain::Identifier;
use crate::locale::{Lang, Text};
use crate::policy::Programme;

/// The frame of a page, and through it the texts of its language.
#[derive(Clone)]
pub(in crate::web) struct Frame {
    text: Text,
    /// Leads from the page to the service's root: pages use relative addresses.
    pub up: &'static str,
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
        let (title, short_name) = (programme.page_title.clone(), programme.short_name.clone());
        Self { text: Text::new(lang), up, title, short_name, locale, offered, first }
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

    /// The locale of what the programme file says in one language only.
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
