//! A plan on the screen: 80 columns, the three units side by side.

use crate::domain::PrivacyUnit;
use crate::domain::release::Quality;
use crate::plan::words::{number, percent};
use crate::plan::{MeasurePlan, Plan, TablePlan, UnitPlan};

/// Columns of a screen.
pub(super) const WIDTH: usize = 80;
const LABEL: usize = 14;
const EXPECTED: usize = 9;
const COLUMN: usize = 19;

/// The whole plan as text.
pub(super) fn render(plan: &Plan, file: &str) -> String {
    let mut lines = wrap(&format!("{}, a plan. Programme file: {file}.", plan.programme), WIDTH, "");
    for words in &plan.assumptions {
        lines.extend(wrap(words, WIDTH, "  "));
    }
    lines.push(String::new());
    let own = |unit: PrivacyUnit| if unit == plan.unit { format!("{unit} *") } else { unit.to_string() };
    lines.push(row("", "typical", plan.units.iter().map(|unit| own(unit.unit))));
    for (at, measure) in plan.configured().into_iter().flat_map(|unit| unit.measures.iter().enumerate()) {
        let of = |unit: &UnitPlan| unit.measures.get(at).cloned();
        let caps = plan.units.iter().map(|unit| of(unit).map_or_else(|| "-".to_owned(), |m| caps(&m)));
        lines.push(row(&measure.id, "cap", caps));
        if measure.cut_off.is_some() {
            let cut = |unit: &UnitPlan| of(unit).and_then(|m| m.cut_off).map_or_else(String::new, percent);
            lines.push(row("  cut off", "", plan.units.iter().map(cut)));
        }
        for (number_of, table) in measure.tables.iter().enumerate() {
            let name = if table.by.is_empty() { "total".to_owned() } else { table.by.join("+") };
            let cells = plan
                .units
                .iter()
                .map(|unit| of(unit).and_then(|m| m.tables.get(number_of).map(cell)).unwrap_or_default());
            lines.push(row(&format!("  {name}"), &number(table.expected), cells));
        }
    }
    lines.push(String::new());
    lines.extend(wrap(LEGEND, WIDTH, ""));
    lines.push(String::new());
    for unit in &plan.units {
        lines.extend(wrap(&promise(unit), WIDTH, "  "));
    }
    lines.push(String::new());
    for advice in &plan.advice {
        lines.extend(wrap(&format!("- {}", advice.text), WIDTH, "  "));
    }
    lines.push(String::new());
    lines.join("\n")
}

const LEGEND: &str = "* the unit of this file. ± half of the 95 % interval, then the error relative to the typical \
    cell. ? use with caution (above 16.5 %), x too uncertain to use (above 33.3 %).";

/// The cap of a unit, and of a week where the unit spans several.
pub(super) fn caps(measure: &MeasurePlan) -> String {
    let cap = number(f64::from(measure.cap));
    measure.weekly_cap.map_or_else(|| cap.clone(), |weekly| format!("{cap}, {}/week", number(f64::from(weekly))))
}

fn cell(table: &TablePlan) -> String {
    let relative = match table.relative_error {
        Some(part) if part < 9.995 => percent(part),
        _ => ">999 %".to_owned(),
    };
    let mark = match table.quality {
        Quality::Good => ' ',
        Quality::Caution => '?',
        Quality::TooUncertain => 'x',
    };
    format!("± {:>7} {relative:>6} {mark}", number(table.half_width))
}

/// ρ and ε of a unit, and what they are for others.
pub(super) fn promise(unit: &UnitPlan) -> String {
    if let Some(refused) = &unit.refused {
        return format!("{}: not possible with this file: {refused}.", unit.unit);
    }
    let others: Vec<String> =
        unit.equivalents.iter().map(|other| format!("{} {}", other.unit, number(other.epsilon))).collect();
    format!(
        "{}: rho = {}, which is ε = {} at δ = {:e}. The same noise for others, as ε: {}.",
        unit.unit,
        number(unit.rho),
        number(unit.epsilon),
        unit.delta,
        others.join(", ")
    )
}

fn row(label: &str, expected: &str, cells: impl Iterator<Item = String>) -> String {
    let mut line = format!("{label:<LABEL$}");
    // A long name pushes the figures to the right only as far as it must.
    let room = (LABEL + EXPECTED).saturating_sub(line.chars().count());
    line.push_str(&format!("{expected:>room$}"));
    for cell in cells {
        line.push_str(&format!("{cell:>COLUMN$}"));
    }
    line.trim_end().to_owned()
}

/// Lines of at most `width` characters; those after the first are indented.
pub(super) fn wrap(text: &str, width: usize, indent: &str) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split(' ') {
        if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, format!("{indent}{word}")));
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.push(line);
    lines
}
