//! The words of the pages, in seven languages.
//!
//! Guarantee: a text is asked for by a function made from the key while
//! building, so it exists in every language and gets its variables. Plural
//! forms are those of the language; in Arabic whatever is filled in is isolated,
//! so that a number does not move in a sentence that runs the other way.
//! Non-guarantee: that a translation is good. A file that no native speaker has
//! read says so, and [`Lang::is_checked`] tells it.

mod figure;
mod lang;
mod number;
mod text;

pub use lang::Lang;
pub use text::{Text, Value};

#[cfg(test)]
mod tests;
