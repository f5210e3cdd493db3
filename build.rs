//! Names the source commit in the program, so that a release can name it, packs
//! the two files of the pages, and holds the texts of all languages against each other.
//!
//! A text that a language lacks or has too many, a variable that the English
//! text does not have, or a slip in the syntax ends the build. From the keys it
//! writes one function each (`locale_keys.rs`), so that no template can name a
//! text, or leave out a variable, that there is not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;

use flate2::{Compression, GzBuilder};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// The languages, English first: all others are held against it.
const LANGUAGES: [&str; 7] = ["en", "fr", "es", "de", "pt", "nl", "ar"];
/// What a file may say of itself in its line `# status: …`, and whether a native speaker has read it.
const STATES: [(&str, bool); 3] =
    [("original", true), ("read by a native speaker", true), ("not yet read by a native speaker", false)];

#[allow(clippy::print_stderr, reason = "a build script speaks through its output")]
fn main() {
    println!("cargo:rerun-if-changed=.git/HEAD");
    println!("cargo:rerun-if-changed=.git/refs/heads");
    let git = Command::new("git").args(["rev-parse", "HEAD"]).output();
    let commit = git.ok().filter(|out| out.status.success()).and_then(|out| String::from_utf8(out.stdout).ok());
    let commit = commit.map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned());
    println!("cargo:rustc-env=PEERTALLY_COMMIT={commit}");
    if let Err(error) = assets() {
        eprintln!("src/web/assets: {error}");
        std::process::exit(1);
    }
    if let Err(faults) = texts() {
        // One line of the build's output for each fault.
        for fault in &faults {
            println!("cargo:warning=config/locales/{fault}");
        }
        eprintln!("config/locales: {} faults in the texts:\n{}", faults.len(), faults.join("\n"));
        std::process::exit(1);
    }
}

/// Style sheet and script, plain and packed, so that they are not packed anew for each reader.
fn assets() -> std::io::Result<()> {
    println!("cargo:rerun-if-changed=src/web/assets");
    let mut parts: Vec<_> =
        std::fs::read_dir("src/web/assets/script")?.map(|part| Ok(part?.path())).collect::<std::io::Result<_>>()?;
    parts.sort();
    let script = parts.iter().map(std::fs::read_to_string).collect::<std::io::Result<Vec<_>>>()?.concat();
    // Old phones pay for each byte: a line that is a comment, and the indent, stay here.
    let script: String = script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let folder = std::path::PathBuf::from(std::env::var("OUT_DIR").unwrap_or_default());
    let [style, report] = ["style.css", "report.css"].map(|name| std::fs::read(format!("src/web/assets/{name}")));
    for (name, plain) in [("form.js", script.into_bytes()), ("style.css", style?), ("report.css", report?)] {
        let mut packed = GzBuilder::new().write(Vec::new(), Compression::best());
        packed.write_all(&plain)?;
        std::fs::write(folder.join(format!("{name}.gz")), packed.finish()?)?;
        std::fs::write(folder.join(name), plain)?;
    }
    Ok(())
}

/// What a text is made of: its variables, and the words for the documentation.
pub(crate) struct Message {
    variables: BTreeSet<String>,
    shown: String,
}

pub(crate) type Messages = BTreeMap<String, Message>;

fn texts() -> Result<(), Vec<String>> {
    println!("cargo:rerun-if-changed=config/locales");
    let mut faults = Vec::new();
    let mut read: Vec<(&str, bool, Messages)> = Vec::new();
    for language in LANGUAGES {
        let text = std::fs::read_to_string(format!("config/locales/{language}.ftl")).unwrap_or_default();
        let says = text.lines().find_map(|line| line.strip_prefix("# status: ")).unwrap_or_default();
        let state = STATES.iter().find(|(words, _)| *words == says.trim());
        if state.is_none() {
            let words: Vec<String> = STATES.iter().map(|(words, _)| format!("`# status: {words}`")).collect();
            faults.push(format!("{language}.ftl: say in a line of its own who has read it: {}", words.join(" or ")));
        }
        let messages = messages(language, &text, &mut faults);
        read.push((language, state.is_some_and(|(_, checked)| *checked), messages));
    }
    let Some(((_, _, english), others)) = read.split_first() else { return Ok(()) };
    for (language, _, messages) in others {
        compare(language, english, messages, &mut faults);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let folder = std::env::var("OUT_DIR").unwrap_or_default();
    let checked: Vec<(&str, bool)> = read.iter().map(|(language, checked, _)| (*language, *checked)).collect();
    std::fs::write(format!("{folder}/locale_keys.rs"), code(english, &checked)).map_err(|e| vec![e.to_string()])
}

pub(crate) fn messages(language: &str, text: &str, faults: &mut Vec<String>) -> Messages {
    let resource = match fluent_syntax::parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            for error in errors {
                let line = text.get(..error.pos.start).unwrap_or_default().matches('\n').count() + 1;
                faults.push(format!("{language}.ftl:{line}: {error}"));
            }
            resource
        }
    };
    let mut messages = Messages::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name.to_owned();
                let mut variables = BTreeSet::new();
                let mut shown = String::new();
                match &message.value {
                    Some(pattern) => walk(pattern, &mut variables, &mut shown),
                    None => faults.push(format!("{language}.ftl: `{id}` has no text")),
                }
                if !message.attributes.is_empty() {
                    faults.push(format!("{language}.ftl: `{id}` has attributes, which nothing would show"));
                }
                if variables.remove("?") {
                    faults.push(format!("{language}.ftl: `{id}` may hold only texts, variables and choices by number"));
                }
                if messages.insert(id.clone(), Message { variables, shown }).is_some() {
                    faults.push(format!("{language}.ftl: `{id}` stands there twice"));
                }
            }
            Entry::Term(term) => faults.push(format!("{language}.ftl: `-{}`: there are no terms here", term.id.name)),
            _ => {}
        }
    }
    messages
}

/// Collects the variables (`?` for what is not meant to be there) and the words.
fn walk(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>, shown: &mut String) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => shown.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                let name = variable(inline);
                let _ = write!(shown, "{{{name}}}");
                variables.insert(name);
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                variables.insert(variable(selector));
                for variant in variants {
                    let mut words = String::new();
                    walk(&variant.value, variables, &mut words);
                    if variant.default {
                        shown.push_str(&words);
                    }
                }
            }
        }
    }
}

fn variable(inline: &InlineExpression<&str>) -> String {
    match inline {
        InlineExpression::VariableReference { id } => id.name.to_owned(),
        _ => "?".to_owned(),
    }
}

pub(crate) fn compare(language: &str, english: &Messages, messages: &Messages, faults: &mut Vec<String>) {
    for (id, original) in english {
        match messages.get(id) {
            None => faults.push(format!("{language}.ftl: `{id}` is missing")),
            Some(found) if found.variables != original.variables => {
                let (has, needs) = (&found.variables, &original.variables);
                faults.push(format!("{language}.ftl: `{id}` has the variables {has:?}, in English {needs:?}"));
            }
            Some(_) => {}
        }
    }
    for id in messages.keys().filter(|id| !english.contains_key(*id)) {
        faults.push(format!("{language}.ftl: `{id}` is not in en.ftl"));
    }
}

/// One function for each text, and the list of all of them.
fn code(english: &Messages, checked: &[(&str, bool)]) -> String {
    let mut out = "impl Text {\n".to_owned();
    for (id, message) in english {
        let (mut takes, mut gives) = (String::new(), String::new());
        for name in &message.variables {
            let _ = write!(takes, ", {name}: impl Into<Value<'a>>");
            let _ = write!(gives, "({name:?}, {name}.into()), ");
        }
        let lifetime = if takes.is_empty() { "" } else { "<'a>" };
        let shown = message.shown.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = id.replace('-', "_");
        let _ = writeln!(
            out,
            "    #[doc = {shown:?}]\n    #[must_use]\n    pub fn {name}{lifetime}(self{takes}) -> String {{\n        \
             self.say({id:?}, &[{gives}])\n    }}"
        );
    }
    let _ = writeln!(out, "}}\n\n/// Languages, and whether a native speaker has read their texts.");
    let _ = writeln!(out, "const CHECKED: &[(&str, bool)] = &{checked:?};");
    let keys: Vec<(&String, Vec<&String>)> = english.iter().map(|(id, m)| (id, m.variables.iter().collect())).collect();
    let keys = format!("{keys:?}").replace(", [", ", &[");
    let _ = writeln!(
        out,
        "\n/// Each text with its variables.\n#[cfg(test)]\npub(super) const KEYS: &[(&str, &[&str])] = &{keys};"
    );
    out
}
