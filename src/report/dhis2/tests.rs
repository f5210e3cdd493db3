//! The file, read again.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;
use crate::report::csv::tests::sample;

fn id(text: &str) -> Identifier {
    text.parse().unwrap()
}

fn codes() -> Dhis2Codes {
    Dhis2Codes {
        org_unit: Some("OU_1".into()),
        data_set: Some("DS_1".into()),
        measures: BTreeMap::from([(id("contacts"), "PEER".to_owned())]),
        dimensions: BTreeMap::from([(id("area"), "A".to_owned()), (id("week"), "WK".to_owned())]),
        categories: BTreeMap::from([(id("area"), BTreeMap::from([(id("north"), "N".to_owned())]))]),
    }
}

fn read(release: &Release, codes: &Dhis2Codes) -> Value {
    serde_json::from_slice(&write(release, codes).unwrap()).unwrap()
}

#[test]
fn every_table_is_a_data_element_and_every_week_a_period() {
    let set = read(&sample(), &codes());
    assert_eq!((&set["idScheme"], &set["dataSet"], &set["orgUnit"]), (&json!("CODE"), &json!("DS_1"), &json!("OU_1")));
    // One period for all would take the place of the weeks.
    assert_eq!(set["period"], Value::Null);
    let values = set["dataValues"].as_array().unwrap();
    let place =
        |v: &Value| ["dataElement", "categoryOptionCombo", "period"].map(|k| v[k].as_str().unwrap_or("").to_owned());
    let places: Vec<[String; 3]> = values.iter().map(place).collect();
    let expected = [
        ["PEER", "", "202502"],
        ["PEER_A", "N", "202502"],
        ["PEER_A", "south", "202502"],
        ["PEER_setting_WK", "van", "2025W6"],
    ];
    assert_eq!(places, expected);
    assert_eq!(values[1]["value"], "3");
    assert_eq!(
        values[1]["comment"],
        "95 % interval 0 to 13; quality: too-uncertain; estimate -3.00. Never add up values."
    );
    assert!(values.iter().all(|v| v["orgUnit"] == "OU_1" && v.as_object().unwrap().len() <= 6));
    let text = String::from_utf8(write(&sample(), &codes()).unwrap()).unwrap();
    assert!(!text.contains("storedBy") && !text.contains("Date") && !text.contains("lastUpdated"));
}

#[test]
fn without_weeks_there_is_one_period_for_all() {
    let mut release = sample();
    release.measures[0].breakdowns.pop();
    assert_eq!(read(&release, &codes())["period"], "202502");
    release.period = "2025-Q1".parse().unwrap();
    assert_eq!(read(&release, &codes())["period"], "2025Q1");
}

#[test]
fn without_codes_ids_stand_and_the_comment_says_so() {
    let none = Dhis2Codes::default();
    assert!(!has_all_codes(&sample(), &none) && has_all_codes(&sample(), &codes()));
    let set = read(&sample(), &none);
    assert_eq!((&set["orgUnit"], &set["dataSet"]), (&json!("programme"), &Value::Null));
    let value = &set["dataValues"][1];
    assert_eq!((&value["dataElement"], &value["categoryOptionCombo"]), (&json!("contacts_area"), &json!("north")));
    assert!(value["comment"].as_str().unwrap().ends_with("since the programme file gives none."));
}

#[test]
fn figures_are_whole_and_never_below_zero_however_large() {
    let mut release = sample();
    let cell = &mut release.measures[0].breakdowns[0].cells[0];
    (cell.estimate, cell.high, cell.reported) = (9.007_199_254_740_992e15, 1e22, 9_007_199_254_740_993);
    let table = &mut release.measures[0].breakdowns[1];
    (table.cells[0].estimate, table.cells[0].reported) = (-0.001, 0);
    let values = read(&release, &codes())["dataValues"].clone();
    assert_eq!(values[0]["value"], "9007199254740993");
    let comment = values[0]["comment"].as_str().unwrap();
    assert!(comment.starts_with("95 % interval 0 to 10000000000000000000000; quality"), "{comment}");
    assert_eq!(values[1]["value"], "0");
    assert!(values[1]["comment"].as_str().unwrap().contains("estimate 0.00."));
}

#[test]
fn two_figures_under_one_code_are_refused() {
    let mut same = codes();
    same.categories.insert(id("area"), BTreeMap::from([(id("north"), "south".to_owned())]));
    assert!(matches!(write(&sample(), &same), Err(ReportError::Codes(code)) if code == "PEER_A"));
    let mut release = sample();
    let mut other = release.measures[0].clone();
    other.id = id("contacts_area");
    release.measures.push(other);
    assert!(
        matches!(write(&release, &Dhis2Codes::default()), Err(ReportError::Codes(code)) if code == "contacts_area")
    );
    let mut release = sample();
    release.measures[0].breakdowns[2].cells[0].at.insert(id("week"), "soon".into());
    assert!(matches!(write(&release, &codes()), Err(ReportError::Inconsistent(_))));
}
