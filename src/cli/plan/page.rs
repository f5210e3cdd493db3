//! A plan as a page that a coordinator can print.
//!
//! Guarantee: it needs nothing else and runs no script; marks are words, never
//! colour alone. Same figures as on the screen.

use askama::Template;

use super::table::{caps, promise};
use crate::domain::PrivacyUnit;
use crate::domain::release::Quality;
use crate::plan::words::{capital, number, percent};
use crate::plan::{MeasurePlan, Plan, TablePlan, UnitPlan};

#[derive(Template)]
#[template(path = "plan.html")]
struct PlanPage<'a> {
    programme: &'a str,
    file: &'a str,
    warning: Option<&'a str>,
    assumptions: &'a [String],
    advice: Vec<&'a str>,
    units: Vec<UnitColumn>,
    measures: Vec<PlanMeasure>,
    promises: Vec<String>,
}

struct UnitColumn {
    name: String,
    own: bool,
}

struct PlanMeasure {
    name: String,
    caps: Vec<String>,
    rows: Vec<PlanRow>,
}

struct PlanRow {
    name: String,
    expected: String,
    cells: Vec<PlanCell>,
}

struct PlanCell {
    half: String,
    relative: String,
    mark: &'static str,
    class: &'static str,
}

/// The page as one HTML file.
pub(super) fn render(plan: &Plan, file: &str, warning: Option<&str>) -> Result<String, askama::Error> {
    let measures = plan.configured().into_iter().flat_map(|unit| &unit.measures).enumerate();
    PlanPage {
        programme: &plan.programme,
        file,
        warning,
        assumptions: &plan.assumptions,
        advice: plan.advice.iter().map(|advice| advice.text.as_str()).collect(),
        units: plan.units.iter().map(|u| UnitColumn { name: spaced(u.unit), own: u.unit == plan.unit }).collect(),
        measures: measures.map(|(at, own)| measure(plan, at, own)).collect(),
        promises: plan.units.iter().map(promise).collect(),
    }
    .render()
}

/// One measure over all units; what caps cut off stays on the screen.
fn measure(plan: &Plan, at: usize, own: &MeasurePlan) -> PlanMeasure {
    let of = |unit: &UnitPlan| unit.measures.get(at).map_or_else(|| "not possible".to_owned(), caps);
    let rows = own.tables.iter().enumerate().map(|(number_of, table)| PlanRow {
        name: if table.by.is_empty() { "Total".to_owned() } else { capital(&table.by.join(" by ")) },
        expected: number(table.expected),
        cells: plan
            .units
            .iter()
            .map(|unit| cell(unit.measures.get(at).and_then(|measure| measure.tables.get(number_of))))
            .collect(),
    });
    PlanMeasure {
        name: capital(&own.id.replace(['-', '_'], " ")),
        caps: plan.units.iter().map(of).collect(),
        rows: rows.collect(),
    }
}

fn cell(table: Option<&TablePlan>) -> PlanCell {
    let Some(table) = table else {
        return PlanCell { half: "–".to_owned(), relative: String::new(), mark: "", class: "" };
    };
    let (mark, class) = match table.quality {
        Quality::Good => ("good", "good"),
        Quality::Caution => ("caution", "caution"),
        Quality::TooUncertain => ("too uncertain", "poor"),
    };
    let relative = table.relative_error.map_or_else(String::new, percent);
    PlanCell { half: number(table.half_width), relative, mark, class }
}

fn spaced(unit: PrivacyUnit) -> String {
    capital(&unit.to_string().replace('-', " "))
}
