//! Paper tallies from a spreadsheet.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use peertally::crypto::{PeriodPrivateKey, PeriodSalt};
use peertally::domain::{Period, Week};
use peertally::intake::lines::without_mark;
use peertally::intake::sheet::{RefusedRow, Scope, Sheet, SheetRow, read};
use peertally::intake::{OpenPeriod, OpenPeriods};
use peertally::policy::Programme;

/// Every row is taken or named by its own line, in printable words; what is taken fits its programme and the open
/// weeks; written as a sheet again, it is taken again, row for row.
pub fn check(bytes: &[u8]) {
    let (open, this_week) = (periods(), "2025-W20".parse::<Week>());
    let (Some(programme), Ok(this_week)) = (super::tally::programmes().first(), this_week) else { return };
    for only in [None, open.first().map(|open| open.period)] {
        let scope = Scope { open, only, this_week, programme, any_week: false };
        match read(bytes, "worker", &scope) {
            Ok(sheet) => {
                complete(&sheet, bytes);
                sheet.rows.iter().for_each(|row| fits(row, &scope));
                comes_back(&sheet.rows, &scope);
            }
            Err(error) => super::texts::for_people(&error.to_string(), 500),
        }
    }
    // As for a plan: rows of any week, of no open period.
    if let Ok(sheet) = read(bytes, "worker", &Scope { open: &[], only: None, this_week, programme, any_week: true }) {
        complete(&sheet, bytes);
    }
}

/// The first two quarters of 2025, of the two shipped programmes.
fn periods() -> &'static [Arc<OpenPeriod>] {
    static ALL: OnceLock<Vec<Arc<OpenPeriod>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let (salt, (_, public)) = (PeriodSalt::from_bytes([1; 32]), PeriodPrivateKey::derive(&[2; 32]));
        let open = OpenPeriods::default();
        for (period, programme) in ["2025-Q1", "2025-Q2"].iter().zip(super::tally::programmes()) {
            let Ok(period) = period.parse::<Period>() else { continue };
            let (keys, sealer) = (salt.keys(), salt.sealer(period, public));
            open.add(OpenPeriod { period, programme: Arc::new(programme.clone()), keys, sealer });
        }
        open.all()
    })
}

fn complete(sheet: &Sheet, bytes: &[u8]) {
    let file = without_mark(bytes);
    let rows = csv::ReaderBuilder::new().flexible(true).from_reader(file).into_byte_records().count();
    assert_eq!(sheet.rows.len() + sheet.refused.len(), rows, "a row is lost");
    let lines = file.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() + 1;
    for RefusedRow { line, reason } in &sheet.refused {
        assert!((1..=lines as u64).contains(line), "line {line} of {lines}");
        super::texts::for_people(reason, 4000);
    }
    assert!(sheet.refused.windows(2).all(|pair| pair[0].line < pair[1].line), "two rows on one line");
    sheet.ignored.iter().filter(|name| !name.is_empty()).for_each(|name| super::texts::for_people(name, 1000));
    let told_apart: BTreeSet<_> = sheet.rows.iter().map(|row| (cells(row), row.nth)).collect();
    assert_eq!(told_apart.len(), sheet.rows.len(), "equal rows are told apart");
}

/// A row as something that can be compared.
fn cells(row: &SheetRow) -> (String, String, [u8; 3], Vec<Option<u32>>) {
    (row.label.to_string(), row.tally.week.to_string(), row.tally.categories, row.tally.counts.to_vec())
}

fn programme_of(row: &SheetRow, scope: &Scope<'_>) -> Option<Arc<Programme>> {
    let open = scope.open.iter().find(|open| open.period.index_of(row.tally.week).is_some());
    open.filter(|open| scope.only.is_none_or(|only| only == open.period)).map(|open| Arc::clone(&open.programme))
}

fn fits(row: &SheetRow, scope: &Scope<'_>) {
    let programme = programme_of(row, scope).unwrap_or_else(|| panic!("a row of no open period"));
    super::tally::fits(&row.tally, &programme);
    assert!(!row.label.is_empty() && row.tally.week <= scope.this_week);
}

fn comes_back(rows: &[SheetRow], scope: &Scope<'_>) {
    // Over several lines, a label is taken for rows behind a quote that was never closed, or not, by the other columns.
    let rows: Vec<&SheetRow> = rows.iter().filter(|row| row.label.lines().count() == 1).collect();
    let ids = |p: &Programme| p.dimensions.iter().map(|d| d.id.to_string()).collect::<Vec<_>>();
    let measures: Vec<String> = scope.programme.measures.iter().map(|m| m.id.to_string()).collect();
    let head = ["worker".to_owned(), "week".to_owned()];
    let mut writer = csv::Writer::from_writer(Vec::new());
    let _ = writer.write_record(head.iter().chain(&ids(scope.programme)).chain(&measures));
    for row in &rows {
        let Some(programme) = programme_of(row, scope) else { continue };
        let categories = row.tally.categories.iter().zip(&programme.dimensions);
        let categories = categories.filter_map(|(index, d)| d.categories.get(usize::from(*index)));
        let count = |id: &String| row.tally.counts.get(programme.measure_index(id)?).copied().flatten();
        let counts = measures.iter().map(|id| count(id).map_or(String::new(), |n| n.to_string()));
        let fields = [row.label.to_string(), row.tally.week.to_string()].into_iter();
        let _ = writer.write_record(fields.chain(categories.map(|c| c.id.to_string())).chain(counts));
    }
    let text = writer.into_inner().unwrap_or_default();
    let again = read(&text, "worker", scope).unwrap_or_default();
    assert!(again.refused.is_empty(), "{:?}", again.refused);
    assert!(again.rows.iter().map(cells).eq(rows.into_iter().map(cells)), "a row is changed");
}
