//! Texts by key, from Fluent files that were checked while building.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::{Lang, number};

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(Lang, Bundle)>> =
    LazyLock::new(|| Lang::ALL.into_iter().map(|lang| (lang, bundle(lang))).collect());

/// The texts of one language: what a template calls `t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(Lang);

/// What is filled into a text.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// Words.
    Words(std::borrow::Cow<'a, str>),
    /// A count, which also chooses the plural form.
    Number(u64),
}

impl Text {
    /// The texts of a language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self(lang)
    }

    /// Which language.
    #[must_use]
    pub fn lang(self) -> Lang {
        self.0
    }

    /// A number as the language groups it, isolated where text runs from right to left.
    #[must_use]
    pub fn number(self, number: u64) -> String {
        self.apart(&number::grouped(self.0, number))
    }

    /// A week, a receipt or a period in running text, isolated where that runs from right to left.
    #[must_use]
    pub fn apart(self, word: &str) -> String {
        if self.0.is_rtl() { format!("\u{2068}{word}\u{2069}") } else { word.to_owned() }
    }

    /// The text of a key. Keys come from the build alone, so each has a text.
    pub(super) fn say(self, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
        let bundle = BUNDLES.iter().find(|(lang, _)| *lang == self.0).map(|(_, bundle)| bundle);
        let pattern = bundle.and_then(|bundle| Some((bundle, bundle.get_message(key)?.value()?)));
        let Some((bundle, pattern)) = pattern else { return key.to_owned() };
        let mut filled = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            let value = match value {
                Value::Words(words) => FluentValue::from(words.as_ref()),
                Value::Number(number) => FluentValue::from(*number),
            };
            filled.set(*name, value);
        }
        bundle.format_pattern(pattern, Some(&filled), &mut Vec::new()).into_owned()
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(words: &'a str) -> Self {
        Self::Words(words.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(words: &'a String) -> Self {
        Self::Words(words.as_str().into())
    }
}

impl From<String> for Value<'_> {
    fn from(words: String) -> Self {
        Self::Words(words.into())
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<&u64> for Value<'_> {
    fn from(number: &u64) -> Self {
        Self::Number(*number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<&u32> for Value<'_> {
    fn from(number: &u32) -> Self {
        Self::Number((*number).into())
    }
}

/// Whether a language's texts were read by a native speaker.
pub(super) fn is_checked(lang: Lang) -> bool {
    CHECKED.iter().any(|(code, checked)| *code == lang.code() && *checked)
}

pub(super) fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("../../config/locales/en.ftl"),
        Lang::Fr => include_str!("../../config/locales/fr.ftl"),
        Lang::Es => include_str!("../../config/locales/es.ftl"),
        Lang::De => include_str!("../../config/locales/de.ftl"),
        Lang::Pt => include_str!("../../config/locales/pt.ftl"),
        Lang::Nl => include_str!("../../config/locales/nl.ftl"),
        Lang::Ar => include_str!("../../config/locales/ar.ftl"),
    }
}

fn bundle(lang: Lang) -> Bundle {
    let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // Marks around what is filled in, where the text runs the other way than most names and numbers.
    bundle.set_use_isolating(lang.is_rtl());
    bundle.set_formatter(Some(formatter(lang)));
    // The build has refused a file with faults; what can be read is used in any case.
    let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(source(lang).to_owned());
    bundle.add_resource_overriding(resource);
    bundle
}

/// Fluent takes a plain function, so each language has one of its own.
fn formatter<M>(lang: Lang) -> fn(&FluentValue<'_>, &M) -> Option<String> {
    match lang {
        Lang::En => shown::<M, 0>,
        Lang::Fr => shown::<M, 1>,
        Lang::Es => shown::<M, 2>,
        Lang::De => shown::<M, 3>,
        Lang::Pt => shown::<M, 4>,
        Lang::Nl => shown::<M, 5>,
        Lang::Ar => shown::<M, 6>,
    }
}

/// A number as the language at this place of [`Lang::ALL`] groups it; words as they are.
fn shown<M, const AT: usize>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match (value, Lang::ALL.get(AT)) {
        (FluentValue::Number(count), Some(lang)) => Some(number::grouped(*lang, usize::from(count) as u64)),
        _ => None,
    }
}

include!(concat!(env!("OUT_DIR"), "/locale_keys.rs"));
