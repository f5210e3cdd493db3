//! `datapackage.json` beside the table: what its columns mean, for machines.
//!
//! Guarantee: a Frictionless Tabular Data Package (specification version 1) whose
//! fields are exactly the table's columns.
//! Non-guarantee: it carries no digest of the table; the log carries that of the release file.

use serde_json::{Value, json};

use crate::domain::release::Release;

use super::ReportError;
use super::table::TidyTable;

/// The bytes of `datapackage.json` for a table stored under `csv_name` in the same folder.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn write(release: &Release, csv_name: &str) -> Result<Vec<u8>, ReportError> {
    let fields: Vec<Value> = TidyTable::new(release).header().into_iter().map(field).collect();
    let name = release.period.to_string().to_lowercase();
    let guarantee = &release.guarantee;
    let package = json!({
        "profile": "tabular-data-package",
        "name": format!("peertally-{name}"),
        "title": format!("{}, {}", release.programme, release.period),
        "description": format!(
            "Noisy totals of bounded counts. Differentially private: rho {} (zCDP), epsilon {} at delta {}, for one {} added or removed.",
            guarantee.rho, guarantee.epsilon, guarantee.delta, guarantee.unit
        ),
        "version": release.software.version,
        "resources": [{
            "profile": "tabular-data-resource",
            "name": name,
            "path": csv_name,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": { "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
            "schema": { "fields": fields, "missingValues": [""] },
        }],
    });
    let mut bytes =
        serde_json::to_vec_pretty(&package).map_err(|error| ReportError::Write("data package", error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn field(name: &str) -> Value {
    let required = json!({ "required": true });
    let (kind, constraints, description) = match name {
        "period" => ("string", required, "Reporting period: a quarter such as 2025-Q1 or a month such as 2025-M03."),
        "measure" => ("string", required, "What is counted."),
        "by" => ("string", json!({}), "Dimensions of this breakdown, joined by +; empty for the total."),
        "week" => {
            ("string", json!({ "pattern": "\\d{4}-W\\d{2}" }), "ISO week; empty where the breakdown has no week.")
        }
        "estimate" => (
            "number",
            required,
            "Unbiased estimate of the bounded total; may be negative. Add these up, never `reported`. Cells of one table share noise: for the error of a sum within a period use the coarser table.",
        ),
        "stdev" => ("number", json!({ "required": true, "minimum": 0 }), "Standard deviation of the noise."),
        "low95" => (
            "number",
            json!({ "required": true, "minimum": 0 }),
            "Lower end of the 95 % interval for the bounded total.",
        ),
        "high95" => (
            "number",
            json!({ "required": true, "minimum": 0 }),
            "Upper end of the 95 % interval for the bounded total.",
        ),
        "reported" => (
            "integer",
            json!({ "required": true, "minimum": 0 }),
            "The figure to print: rounded, not below 0. Never to be added up.",
        ),
        "quality" => (
            "string",
            json!({ "required": true, "enum": ["good", "caution", "too-uncertain"] }),
            "By coefficient of variation: at most 16.5 % good, at most 33.3 % caution, else too uncertain to use.",
        ),
        "unit" => ("string", required, "What one count is."),
        _ => ("string", json!({}), "Category; empty where the breakdown does not have this dimension."),
    };
    json!({ "name": name, "type": kind, "constraints": constraints, "description": description })
}

#[cfg(test)]
mod tests {
    use super::super::csv;
    use super::super::csv::tests::sample;
    use super::*;

    #[test]
    fn fields_are_the_columns() {
        let package: Value = serde_json::from_slice(&write(&sample(), "2025-M02.csv").unwrap()).unwrap();
        let resource = &package["resources"][0];
        assert_eq!(resource["path"], "2025-M02.csv");
        let fields: Vec<&str> =
            resource["schema"]["fields"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
        let table = String::from_utf8(csv::write(&sample()).unwrap()).unwrap();
        assert_eq!(table.lines().next().unwrap(), fields.join(","));
    }

    #[test]
    fn names_are_of_the_form_the_specification_asks() {
        let package: Value = serde_json::from_slice(&write(&sample(), "t.csv").unwrap()).unwrap();
        for name in [&package["name"], &package["resources"][0]["name"]] {
            let ok = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
            assert!(name.as_str().unwrap().chars().all(ok), "{name}");
        }
    }
}
