//! `--lang`: the language of a page that a command writes.
//!
//! Guarantee: without it, the programme's first language that there are texts for.

use super::plan::source;
use crate::domain::release::Release;
use crate::locale::{Lang, Text};
use crate::period::DataPaths;
use crate::policy::Programme;
use crate::report::Labels;

/// Reads the code of a language.
pub(super) fn parse(code: &str) -> Result<Lang, String> {
    let known = || Lang::ALL.map(Lang::code).join(", ");
    Lang::ALL.into_iter().find(|lang| lang.code() == code).ok_or_else(|| format!("there are texts for {}", known()))
}

/// The language asked for, or the programme's first.
pub(super) fn or_first(asked: Option<Lang>, programme: Option<&Programme>) -> Lang {
    let mut locales = programme.into_iter().flat_map(|programme| &programme.locales);
    asked.or_else(|| locales.find_map(|locale| Lang::of(locale.as_str()))).unwrap_or(Lang::En)
}

/// The same for the programme in force; if that cannot be read, English.
pub(super) fn in_force(asked: Option<Lang>, folder: &DataPaths) -> Lang {
    or_first(asked, source::in_force(folder).ok().map(|found| found.programme).as_ref())
}

/// Words for releases, the newest first: labels come from the programme files that they name.
pub(super) fn words(folder: &DataPaths, releases: &[&Release], asked: Option<Lang>) -> Labels {
    let read = |release: &&Release| {
        let text = folder.read_adopted("programme", &release.config_digest.parse().ok()?).ok()?;
        Programme::parse(&text, &release.config_digest).ok()
    };
    let programmes: Vec<Programme> = releases.iter().filter_map(read).collect();
    let lang = or_first(asked, programmes.first());
    Labels::new(Text::new(lang), programmes.iter().map(|p| p.codebook_in(&locale(p, lang))).collect())
}

/// The locale of the programme that is in this language.
fn locale(programme: &Programme, lang: Lang) -> String {
    let found = programme.locales.iter().find(|locale| Lang::of(locale.as_str()) == Some(lang));
    found.map_or_else(String::new, ToString::to_string)
}

/// The figures as a page that needs nothing else.
pub(super) fn page(title: &str, figures: &str, words: &Labels) -> String {
    let (lang, dir) = (words.lang().code(), words.lang().dir());
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <style>{}{}</style></head>\n<body><main>\n{figures}\n</main></body>\n</html>\n",
        crate::web::STYLE,
        crate::web::REPORT_STYLE
    )
}
