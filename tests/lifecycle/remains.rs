//! After a close no sealed row of the closed period is found anywhere in DATA.
#![allow(missing_docs, clippy::unwrap_used)]

use crate::common::life;
use std::sync::Arc;

use jiff::civil::date;
use peertally::admin::{ImportRequest, Request, Role, execute};
use peertally::clock::MockClock;
use peertally::domain::Period;
use peertally::period::{DataDir, DataPaths};
use peertally::policy::embedded;
use peertally::store::SealedRows;

/// Sealed rows of a period, as they lie in the store.
fn sealed(data_dir: &DataDir, period: Period) -> Vec<Vec<u8>> {
    let mut rows = Vec::new();
    data_dir.services().store.drain(period, &mut |_, row| rows.push(row.to_vec())).unwrap();
    rows
}

/// How many of them are found in the bytes of the folder's files.
fn found(folder: &std::path::Path, rows: &[Vec<u8>]) -> usize {
    let files = life::files(folder);
    let heads: std::collections::HashSet<&[u8]> = rows.iter().map(|row| &row[1..33]).collect();
    let mut seen = std::collections::HashSet::new();
    for bytes in files.values() {
        seen.extend(bytes.windows(32).filter_map(|window| heads.get(window).copied()));
    }
    seen.len()
}

#[test]
fn nothing_of_a_closed_period_is_left_on_the_disk() {
    crate::common::counted_by_the_program();
    let folder = tempfile::tempdir().unwrap();
    let data = DataPaths::new(&folder.path().join("data"));
    let clock = Arc::new(MockClock::new(date(2025, 2, 3)));
    let data_dir = DataDir::create(data.clone(), embedded::PROGRAMME, embedded::POLICY, clock.clone()).unwrap();
    data_dir.open_current().unwrap();
    clock.set(date(2025, 4, 7));
    data_dir.open_current().unwrap();
    let (old, new): (Period, Period) = ("2025-Q1".parse().unwrap(), "2025-Q2".parse().unwrap());
    let mut csv = "worker,week,area,setting,contacts\n".to_owned();
    for n in 0..1500 {
        let week = if n % 3 == 0 { "2025-W14" } else { "2025-W05" };
        csv += &format!("w{},{week},north,street,{}\n", n % 40, n % 97);
    }
    let import = ImportRequest { csv, worker_column: "worker".to_owned(), period: None };
    execute(&data_dir, Role::Coordinator, Request::Import(import), &|_| {}).unwrap();
    let (closing, staying) = (sealed(&data_dir, old), sealed(&data_dir, new));
    assert_eq!((closing.len(), staying.len()), (1000, 500));
    assert_eq!(found(data.path(), &closing), 1000, "the control: before the close they are all there");

    data_dir.close(old, true).unwrap();
    let left = found(data.path(), &closing);
    println!("sealed rows of the closed period found in DATA: {left} of {}", closing.len());
    assert_eq!(left, 0);
    assert_eq!(found(data.path(), &staying), 500);
    assert!(sealed(&data_dir, new) == staying);
    drop(data_dir);
    let data_dir = DataDir::open(data.clone(), clock).unwrap();
    assert!(sealed(&data_dir, new) == staying);
}
