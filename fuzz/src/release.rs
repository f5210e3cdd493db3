//! The release file.

use peertally::report::html::{self, PageContext};
use peertally::report::{Labels, csv, datapackage, json};

/// Bytes that are read are written the same; their table has a row for each cell and goes through a reader; their page
/// holds no markup that the release brought.
pub fn check(bytes: &[u8]) {
    let release = match json::read(bytes) {
        Ok(release) => release,
        Err(error) => return super::texts::for_people(&error.to_string(), 1000),
    };
    assert_eq!(json::write(&release).ok().as_deref(), Some(bytes));
    let cells: usize = release.measures.iter().flat_map(|m| &m.breakdowns).map(|b| b.cells.len()).sum();
    if let Ok(table) = csv::write(&release) {
        let rows = ::csv::Reader::from_reader(table.as_slice()).into_records().filter(|row| row.is_ok()).count();
        assert_eq!(rows, cells);
    }
    if let Ok(description) = datapackage::write(&release, "figures.csv") {
        assert!(serde_json::from_slice::<serde_json::Value>(&description).is_ok());
    }
    let marked = release.programme.contains("<script") || release.published.contains("<script");
    assert!(
        !marked
            || html::figures(&release, &Labels::plain(), PageContext::default())
                .is_ok_and(|page| !page.contains("<script"))
    );
}
