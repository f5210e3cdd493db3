//! One measure over time as a small picture: bars from zero, 95 % whiskers.
//!
//! Guarantee: plain SVG with a title and a description, no script, no style of
//! its own; colours come from the page's style sheet, so that dark mode and
//! forced colours work. Texts are anchored so that the page can mirror it.
//! Non-guarantee: it shows rounded places; the table beside it has the figures.

use askama::Template;

use super::ReportError;
use super::labels::Labels;

/// Where the bars are, in units of the view box (320 × 170).
const LEFT: f64 = 52.0;
const RIGHT: f64 = 294.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 146.0;
/// Widest bar.
const WIDEST: f64 = 28.0;
/// Room for one period's name.
const NAME: f64 = 52.0;

/// One period in a chart.
pub(super) struct ChartColumn {
    pub(super) name: String,
    pub(super) bar: Option<Bar>,
    pub(super) target: Option<f64>,
    /// What is counted changed between the period before and this one.
    pub(super) changed: bool,
}

/// A figure with its interval.
#[derive(Clone, Copy)]
pub(super) struct Bar {
    pub(super) estimate: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// Precise enough to use.
    pub(super) usable: bool,
}

#[derive(Template)]
#[template(path = "chart.html")]
struct Chart<'a> {
    id: &'a str,
    title: &'a str,
    description: &'a str,
    lines: Vec<GridLine>,
    columns: Vec<DrawnColumn>,
}

struct GridLine {
    y: String,
    text_y: String,
    label: String,
}

struct DrawnColumn {
    x: String,
    name: String,
    bar: Option<DrawnBar>,
    target: Option<(String, String, String)>,
    changed: Option<String>,
}

struct DrawnBar {
    left: String,
    top: String,
    width: String,
    height: String,
    low: String,
    high: String,
    usable: bool,
}

/// The chart as SVG; `id` must be unique on its page.
///
/// # Errors
/// [`ReportError::Write`] where the template fails.
pub(super) fn draw(
    words: &Labels,
    id: &str,
    (title, description): (&str, &str),
    columns: &[ChartColumn],
) -> Result<String, ReportError> {
    let highs = columns.iter().flat_map(|c| [c.bar.as_ref().map(|b| b.high.max(b.estimate)), c.target]);
    let top = round_above(highs.flatten().fold(0.0, f64::max));
    let y = |value: f64| BOTTOM - (BOTTOM - TOP) * (value / top).clamp(0.0, 1.0);
    let line =
        |value: f64| GridLine { y: place(y(value)), text_y: place(y(value) + 4.0), label: words.text.whole(value) };
    let count = u32::try_from(columns.len().max(1)).map_or(f64::MAX, f64::from);
    let slot = (RIGHT - LEFT) / count;
    let bar_width = (slot * 0.6).min(WIDEST);
    let named_every = (NAME / slot).ceil();
    let mut drawn = Vec::new();
    for (i, column) in (0_u32..).zip(columns) {
        let middle = LEFT + slot * (f64::from(i) + 0.5);
        // Counted from the newest, which always has its name.
        let named = (count - 1.0 - f64::from(i)) % named_every < 0.5;
        drawn.push(DrawnColumn {
            x: place(middle),
            name: if named { column.name.clone() } else { String::new() },
            bar: column.bar.as_ref().map(|bar| DrawnBar {
                left: place(middle - bar_width / 2.0),
                top: place(y(bar.estimate)),
                width: place(bar_width),
                height: place(BOTTOM - y(bar.estimate)),
                low: place(y(bar.low)),
                high: place(y(bar.high)),
                usable: bar.usable,
            }),
            target: column.target.map(|t| (place(middle - slot * 0.45), place(y(t)), place(slot * 0.9))),
            changed: Some(place(middle - slot / 2.0)).filter(|_| column.changed),
        });
    }
    let lines = vec![line(0.0), line(top / 2.0), line(top)];
    let chart = Chart { id, title, description, lines, columns: drawn };
    chart.render().map_err(|error| ReportError::Write("chart", error.to_string()))
}

/// The next of 2, 4, 6, 8, 10, 12, 16, 20, 40, …: half of each is whole.
pub(super) fn round_above(value: f64) -> f64 {
    let tens = std::iter::successors(Some(1.0), |ten| Some(ten * 10.0)).take(300);
    let steps = tens.flat_map(|ten| [2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 16.0].map(|step| step * ten));
    steps.into_iter().find(|step| *step >= value).unwrap_or(f64::MAX)
}

pub(super) fn place(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_above_the_largest_value() {
        for (value, end) in
            [(0.0, 2.0), (2.0, 2.0), (2.1, 4.0), (6.5, 8.0), (10.1, 12.0), (16.1, 20.0), (5_900.0, 6_000.0)]
        {
            assert_eq!(round_above(value), end, "{value}");
        }
        assert_eq!(round_above(f64::INFINITY), f64::MAX);
    }

    #[test]
    fn a_chart_has_words_and_every_bar_is_inside() {
        let bar = |estimate, low, high| Some(Bar { estimate, low, high, usable: true });
        let bars = [bar(-50.0, 0.0, 0.0), bar(1e300, 9e299, 2e300), None, bar(f64::NAN, f64::NAN, f64::NAN)];
        for many in [1, 2, 24] {
            let bars = bars.iter().cycle().take(many).enumerate();
            let column = |(i, bar): (usize, &Option<Bar>)| ChartColumn {
                name: format!("2025-Q{i}"),
                bar: bar.as_ref().map(|b| Bar { ..*b }),
                target: Some(10.0),
                changed: i == 1,
            };
            let columns: Vec<ChartColumn> = bars.map(column).collect();
            let svg = draw(&Labels::plain(), "contacts", ("Contacts <b>", "In words."), &columns).unwrap();
            assert!(svg.contains("role=\"img\"") && svg.contains("In words.</desc>") && !svg.contains("<b>"), "{svg}");
            assert!(!svg.contains("style=") && !svg.contains("inf"), "{svg}");
            assert!(svg.contains(&format!("2025-Q{}</text>", many - 1)), "the newest has its name");
        }
    }
}
