//! One figure as a lying bar with its 95 % whisker: large for a total, small in a table.
//!
//! Guarantee: plain SVG without a style of its own, as in `chart`; a large one
//! has a title and a description, a small one stands beside its figures and is
//! hidden from those who listen.
//! Non-guarantee: places are rounded to a thousandth of the width.

use askama::Template;

use super::ReportError;
use super::chart::{Bar, place, round_above};
use super::labels::Labels;

/// A total's bar.
#[derive(Template)]
#[template(path = "bar.html")]
struct Large<'a> {
    id: &'a str,
    title: &'a str,
    description: &'a str,
    bar: BarView,
    target: Option<String>,
    end: String,
}

/// A bar among others.
#[derive(Template)]
#[template(path = "bar_small.html")]
struct Small {
    bar: BarView,
}

struct BarView {
    width: String,
    low: String,
    high: String,
    usable: bool,
}

/// Width of a large bar's picture, and of a small one's.
const LARGE: f64 = 320.0;
const SMALL: f64 = 100.0;

/// A total with its scale from 0; `id` must be unique on its page.
///
/// # Errors
/// [`ReportError::Write`] where the template fails.
pub(super) fn large(
    words: &Labels,
    id: &str,
    (title, description): (&str, &str),
    bar: &Bar,
    target: Option<f64>,
) -> Result<String, ReportError> {
    let top = round_above(bar.high.max(bar.estimate).max(target.unwrap_or_default()));
    let target = target.map(|target| place(along(target, top, LARGE)));
    let picture = Large { id, title, description, bar: drawn(bar, top, LARGE), target, end: words.text.whole(top) };
    picture.render().map_err(|error| ReportError::Write("chart", error.to_string()))
}

/// A bar on a scale that ends at `top`.
///
/// # Errors
/// [`ReportError::Write`] where the template fails.
pub(super) fn small(bar: &Bar, top: f64) -> Result<String, ReportError> {
    Small { bar: drawn(bar, top, SMALL) }.render().map_err(|error| ReportError::Write("chart", error.to_string()))
}

fn drawn(bar: &Bar, top: f64, width: f64) -> BarView {
    let at = |value: f64| place(along(value, top, width));
    BarView { width: at(bar.estimate), low: at(bar.low), high: at(bar.high), usable: bar.usable }
}

fn along(value: f64, top: f64, width: f64) -> f64 {
    width * (value / top).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_end_inside_and_large_ones_have_words() {
        let bar = |estimate, low, high| Bar { estimate, low, high, usable: true };
        for bar in [bar(-50.0, 0.0, 0.0), bar(1e300, 9e299, 2e300), bar(700.0, 600.0, 800.0)] {
            let large = large(&Labels::plain(), "t", ("Contacts <b>", "In words."), &bar, Some(10.0)).unwrap();
            assert!(large.contains("role=\"img\"") && large.contains("In words.</desc>"), "{large}");
            let small = small(&bar, 1_000.0).unwrap();
            assert!(small.contains("aria-hidden=\"true\""), "{small}");
            for picture in [large, small] {
                assert!(
                    !picture.contains("<b>") && !picture.contains("style=") && !picture.contains('-')
                        || picture.contains("aria"),
                    "{picture}"
                );
                assert!(!picture.contains("NaN") && !picture.contains("inf\""), "{picture}");
            }
        }
    }

    #[test]
    fn the_scale_is_shared() {
        let bar = Bar { estimate: 250.0, low: 125.0, high: 500.0, usable: false };
        let picture = small(&bar, 1_000.0).unwrap();
        assert!(
            picture.contains("width=\"25.0\"") && picture.contains("M12.5 7H50.0") && picture.contains("weak"),
            "{picture}"
        );
    }
}
