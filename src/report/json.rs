//! The release file itself: canonical JSON, one valid byte form.
//!
//! Guarantee: `write` gives RFC 8785 bytes; `read` accepts exactly the bytes
//! that `write` gives, with no unknown key, and checks that every cell has the
//! dimensions of its breakdown and each table its cells once.
//! Non-guarantee: `read` does not recompute intervals, quality or the guarantee; verify does.

use std::collections::BTreeSet;

use crate::domain::Identifier;
use crate::domain::printable::start;
use crate::domain::release::{BreakdownRelease, RELEASE_SCHEMA, Release};

use super::ReportError;

/// The bytes of the release file.
///
/// # Errors
/// If a figure is not finite.
pub fn write(release: &Release) -> Result<Vec<u8>, ReportError> {
    if !all_finite(release) {
        return Err(ReportError::Inconsistent("a figure is not a finite number".to_owned()));
    }
    serde_json_canonicalizer::to_vec(release).map_err(|error| ReportError::Write("release file", error.to_string()))
}

/// The release in these bytes.
///
/// # Errors
/// If they are not a release in its one byte form, or it contradicts itself.
pub fn read(bytes: &[u8]) -> Result<Release, ReportError> {
    let release: Release = serde_json::from_slice(bytes).map_err(|e| ReportError::Parse(start(&e.to_string(), 200)))?;
    check(&release)?;
    let canonical = write(&release)?;
    if canonical == bytes {
        return Ok(release);
    }
    let same = canonical.iter().zip(bytes).take_while(|(a, b)| a == b).count();
    Err(ReportError::NotCanonical(same))
}

fn check(release: &Release) -> Result<(), ReportError> {
    let wrong = |what: String| Err(ReportError::Inconsistent(what));
    if release.schema != RELEASE_SCHEMA {
        return wrong(format!("its schema is not {RELEASE_SCHEMA}"));
    }
    if release.weeks != release.period.weeks() {
        return wrong(format!("its weeks are not those of {}", release.period));
    }
    let mut ids = BTreeSet::new();
    for measure in &release.measures {
        if !ids.insert(&measure.id) {
            return wrong(format!("measure `{}` stands twice", measure.id));
        }
        let mut tables = BTreeSet::new();
        for breakdown in &measure.breakdowns {
            if !tables.insert(&breakdown.by) {
                return wrong(format!("a breakdown of `{}` stands twice", measure.id));
            }
            if !cells_fit(breakdown) {
                return wrong(format!("a cell of `{}` does not fit its breakdown, or stands twice", measure.id));
            }
        }
    }
    Ok(())
}

fn cells_fit(breakdown: &BreakdownRelease) -> bool {
    let by: BTreeSet<&Identifier> = breakdown.by.iter().collect();
    let mut seen = BTreeSet::new();
    let fits = breakdown.cells.iter().all(|cell| cell.at.keys().eq(by.iter().copied()) && seen.insert(&cell.at));
    fits && by.len() == breakdown.by.len() && !breakdown.cells.is_empty()
}

fn all_finite(release: &Release) -> bool {
    let guarantee = &release.guarantee;
    let stated = guarantee.equivalents.iter().flat_map(|e| [e.rho, e.epsilon]);
    let stated = stated.chain([guarantee.rho, guarantee.epsilon, guarantee.delta]);
    let tables = || release.measures.iter().flat_map(|m| &m.breakdowns);
    let cells = tables().flat_map(|b| &b.cells).flat_map(|c| [c.estimate, c.low, c.high]);
    let costs = release.measures.iter().map(|m| m.rho);
    stated.chain(costs).chain(tables().map(|b| b.stdev)).chain(cells).all(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::super::csv::tests::sample;
    use super::*;

    fn text() -> String {
        String::from_utf8(write(&sample()).unwrap()).unwrap()
    }

    #[test]
    fn comes_back_as_it_was() {
        assert_eq!(read(text().as_bytes()).unwrap(), sample());
    }

    #[test]
    fn keys_are_sorted_and_cells_are_flat() {
        let text = text();
        assert!(text.starts_with(r#"{"config_digest":"c0","guarantee":{"delta":0.000001,"#), "{text}");
        assert!(text.contains(r#"{"area":"north","estimate":-3,"high":"#), "{text}");
        assert!(!text.contains(' ') || text.contains("group privacy"));
    }

    #[test]
    fn one_byte_form_only() {
        let spaced = text().replacen(',', ", ", 1);
        assert!(matches!(read(spaced.as_bytes()), Err(ReportError::NotCanonical(_))));
        let newline = text() + "\n";
        assert!(matches!(read(newline.as_bytes()), Err(ReportError::NotCanonical(_))));
        let float = text().replacen("\"estimate\":-3,", "\"estimate\":-3.0,", 1);
        assert!(matches!(read(float.as_bytes()), Err(ReportError::NotCanonical(_))));
    }

    #[test]
    fn unknown_keys_are_refused_everywhere() {
        let top = text().replacen('{', r#"{"a":1,"#, 1);
        assert!(matches!(read(top.as_bytes()), Err(ReportError::Parse(_))));
        let cell = text().replacen(r#"{"area":"north","#, r#"{"area":"north","colour":"x","#, 1);
        assert!(matches!(read(cell.as_bytes()), Err(ReportError::Inconsistent(_))));
        let double = text().replacen(r#""schema":"#, r#""schema":"x","schema":"#, 1);
        assert!(matches!(read(double.as_bytes()), Err(ReportError::Parse(_))));
        // A repeated key that a map would swallow shows in the bytes.
        let cell = text().replacen(r#"{"area":"north","#, r#"{"area":"south","area":"north","#, 1);
        assert!(read(cell.as_bytes()).is_err());
    }

    #[test]
    fn contradictions_are_refused() {
        let mut release = sample();
        let again = release.measures[0].clone();
        release.measures.push(again);
        assert!(matches!(read(&write(&release).unwrap()), Err(ReportError::Inconsistent(_))));
        let mut release = sample();
        release.weeks.pop();
        assert!(matches!(read(&write(&release).unwrap()), Err(ReportError::Inconsistent(_))));
        let mut release = sample();
        release.measures[0].breakdowns[0].stdev = f64::NAN;
        assert!(matches!(write(&release), Err(ReportError::Inconsistent(_))));
    }
}
