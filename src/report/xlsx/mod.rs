//! The release as a workbook with two sheets: `data`, the tidy table, and `notes`.
//!
//! Guarantee: the same bytes for the same release and words. No author and no
//! time, neither in its properties nor in its container. Numbers are numbers;
//! a text is a text, also one that begins like a formula. Rows are written as
//! they come, so that the largest release needs little memory.
//! Non-guarantee: a spreadsheet keeps 15 digits of a number; the JSON keeps all.
//! Why no spreadsheet library: the one looked at (`rust_xlsxwriter` 0.102) holds
//! every cell in memory, 730 MB at the largest release, for readers whom nobody
//! asks who they are; and it always writes a time of creation.

mod notes;
mod package;
mod sheet;

use crate::domain::release::Release;

use self::package::Package;
use self::sheet::{SheetCell, SheetWriter, Style};
use super::table::TidyTable;
use super::{ExportContext, ReportError};

/// Width of the columns from the eighth last on: the figures, quality, unit.
const FIGURE_WIDTHS: [u8; 7] = [14, 14, 14, 14, 14, 16, 16];

/// The bytes of the workbook.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(release: &Release, beside: &ExportContext) -> Result<Vec<u8>, ReportError> {
    workbook(release, beside).map_err(|error| ReportError::Write("workbook", error.to_string()))
}

fn workbook(release: &Release, beside: &ExportContext) -> std::io::Result<Vec<u8>> {
    let mut package = Package::new(&format!("{}: {}", release.programme, release.period))?;
    data(release, &mut package)?;
    let mut sheet = SheetWriter::begin(package.sheet(2)?, &notes::WIDTHS, 0)?;
    for row in notes::rows(release, beside) {
        sheet.row(&row)?;
    }
    sheet.end()?;
    package.finish()
}

fn data(release: &Release, package: &mut Package) -> std::io::Result<()> {
    let table = TidyTable::new(release);
    let header = table.header();
    let texts = header.len() - FIGURE_WIDTHS.len();
    let widths: Vec<u8> = (0..texts).map(|_| 16).chain(FIGURE_WIDTHS).collect();
    let mut sheet = SheetWriter::begin(package.sheet(1)?, &widths, 1)?;
    sheet.row(&header.into_iter().map(SheetCell::head).collect::<Vec<_>>())?;
    for row in table.rows() {
        let mut cells: Vec<SheetCell> = row.texts.iter().map(SheetCell::text).collect();
        cells.extend(row.numbers.map(|number| SheetCell::Number(number, Style::Tenths)));
        cells.extend([SheetCell::Whole(row.reported), SheetCell::text(row.quality), SheetCell::text(row.unit)]);
        sheet.row(&cells)?;
    }
    sheet.end()
}

#[cfg(test)]
mod tests;
