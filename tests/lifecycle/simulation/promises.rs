//! The invariants, checked on the folder of a data_dir that is open but at rest.
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use peertally::crypto::digest::sha256;
use peertally::domain::Period;
use peertally::log::Event;
use peertally::period::DataDir;
use peertally::report::json;
use serde_json::Value;

use super::model::{AREAS, SETTINGS, Tally};
use crate::common::life;

/// What holds of a period that has just been closed.
pub fn closed(data_dir: &DataDir, data: &Path, period: Period, tallies: &[Tally], fixed: Option<&Vec<u8>>) {
    let release = fs::read(data_dir.folder().release(period))
        .unwrap_or_else(|error| panic!("published as logged: {period} has no release ({error})"));
    if let Some(fixed) = fixed {
        assert!(*fixed == release, "drawn once: {period} was drawn again after a draft or a release stood");
    }
    kept(data_dir, data, 0);
    life::assert_closed_once(data, period);
    counted_once(&serde_json::from_slice(&release).unwrap(), period, tallies);
    // One release for ever: asked again it is the same, and the period does not open again.
    let again = data_dir.close(period, true).unwrap();
    assert!(again.before && again.sha256 == sha256(&release).to_string());
    assert!(data_dir.open_by_hand(period).is_err(), "one release: {period} opened again");
    assert!(fs::read(data_dir.folder().release(period)).unwrap() == release);
    kept(data_dir, data, 0);
}

/// What holds at any time; at least `releases` are out.
pub fn kept(data_dir: &DataDir, data: &Path, releases: usize) {
    let log = life::log(data);
    let mut logged: BTreeMap<Period, String> = BTreeMap::new();
    let mut spent: BTreeMap<i16, f64> = BTreeMap::new();
    for entry in log.entries() {
        match &entry.event {
            Event::ReleasePublished { period, sha256 } => {
                assert!(logged.insert(*period, sha256.to_string()).is_none(), "one release: {period} has two");
            }
            Event::BudgetDebited { period, rho, .. } => *spent.entry(period.year()).or_default() += rho,
            _ => {}
        }
    }
    let most = data_dir.programme().privacy.rho_per_year;
    assert!(spent.values().all(|rho| *rho <= most), "budget: {spent:?} is more than {most}");
    let public = published(data);
    assert!(public.len() >= releases, "{} releases", public.len());
    for (period, bytes) in &public {
        let named = logged.get(period) == Some(&sha256(bytes).to_string());
        assert!(named, "published as logged: the log does not name what is published for {period}");
    }
}

/// Notes drafts and releases that a death left, and that they stay what they are.
pub fn fixed(data: &Path, fixed: &mut BTreeMap<Period, Vec<u8>>) {
    let mut found = published(data);
    for name in life::names(&data.join("keys/periods"), "") {
        if let Some(period) = name.strip_suffix(".draft") {
            let bytes = fs::read(data.join("keys/periods").join(&name)).unwrap();
            // Being shredded, it is zeros; what counts is then the public one.
            if json::read(&bytes).is_ok() {
                found.entry(period.parse().unwrap()).or_insert(bytes);
            }
        }
    }
    for (period, bytes) in found {
        let before = fixed.entry(period).or_insert_with(|| bytes.clone());
        assert!(*before == bytes, "drawn once: another draft or release of {period} than before");
    }
}

fn published(data: &Path) -> BTreeMap<Period, Vec<u8>> {
    let folder = data.join("public/releases");
    let names = life::names(&folder, "");
    let whole = |name: &String| name.strip_suffix(".json").map(|period| (period.parse().unwrap(), folder.join(name)));
    names.iter().filter_map(whole).map(|(period, path)| (period, fs::read(path).unwrap())).collect()
}

/// Every cell of every table is the sum of the model's tallies.
fn counted_once(release: &Value, period: Period, tallies: &[Tally]) {
    let mut cells = 0;
    for measure in release["measures"].as_array().unwrap() {
        let count = |tally: &Tally| match measure["id"].as_str().unwrap() {
            "contacts" => tally.contacts,
            "syringes_out" => tally.syringes.unwrap_or(0),
            _ => 0,
        };
        for breakdown in measure["breakdowns"].as_array().unwrap() {
            for cell in breakdown["cells"].as_array().unwrap() {
                let is = |key: &str, value: &str| cell.get(key).is_none_or(|wanted| wanted == value);
                let here =
                    |t: &&Tally| is("area", AREAS[t.area]) && is("setting", SETTINGS[t.setting]) && is("week", &t.week);
                let sum: u64 = tallies.iter().filter(here).map(count).sum();
                let found = cell["estimate"].as_f64().unwrap();
                let close = (found - f64::from(u32::try_from(sum).unwrap())).abs() < 1e-6;
                assert!(close, "counted once: {period} {} {cell}: acknowledged {sum}", measure["id"]);
                cells += 1;
            }
        }
    }
    assert!(cells >= 5 * (1 + 6 + 5 + 4), "cells are missing: {cells}");
}
