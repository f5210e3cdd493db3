//! The entry, held against the fields that the registry's schema requires.

use super::*;
use crate::report::csv::tests::sample;

/// Required by the schema, as paths; the lists need at least one item.
const REQUIRED: &[&str] = &[
    "url_slug",
    "status",
    "tier",
    "deployment",
    "deployment/basic",
    "deployment/basic/name",
    "deployment/basic/data_curators",
    "deployment/basic/description",
    "deployment/basic/intended_use",
    "deployment/basic/data_product_type",
    "deployment/basic/data_product_region",
    "deployment/basic/publication_date",
    "deployment/administrative/registry_authors",
];

/// Asked for at tiers 2 and 3.
const TIERS: &[&str] = &[
    "deployment/dp_variant/variant_name",
    "deployment/dp_variant/data_domain",
    "deployment/dp_variant/unprotected_quantities",
    "deployment/privacy_loss/privacy_unit",
    "deployment/privacy_loss/privacy_unit_details",
    "deployment/privacy_loss/privacy_parameters/epsilon",
    "deployment/privacy_loss/privacy_parameters/delta",
    "deployment/privacy_loss/privacy_parameters/rho",
    "deployment/privacy_loss/privacy_parameters_details",
    "deployment/deployment_model/model_name",
    "deployment/deployment_model/actors",
    "deployment/deployment_model/release_type",
    "deployment/deployment_model/data_source_type",
    "deployment/deployment_model/data_source_type_details",
    "deployment/deployment_model/access_type",
    "deployment/deployment_model/access_type_details",
    "deployment/accounting/post_processing",
    "deployment/accounting/composition",
    "deployment/implementation/preprocessing_and_hyperparameter_tuning",
    "deployment/implementation/mechanisms",
    "deployment/implementation/justification",
    "deployment/administrative/notes",
];

/// Each path of the document with what stands behind its colon or in its list.
fn paths(document: &str) -> Vec<(String, String)> {
    let (mut stack, mut found): (Vec<&str>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    for line in document.lines() {
        let body = line.trim_start();
        if let Some(item) = body.strip_prefix("- ") {
            found.last_mut().unwrap().1.push_str(item);
            continue;
        }
        let (key, value) = body.split_once(':').unwrap();
        stack.truncate((line.len() - body.len()) / 2);
        stack.push(key);
        found.push((stack.join("/"), value.trim().to_owned()));
    }
    found
}

fn entry(release: &Release, beside: &ExportContext) -> Vec<(String, String)> {
    paths(&String::from_utf8(write(release, beside)).unwrap())
}

fn value<'e>(entry: &'e [(String, String)], path: &str) -> &'e str {
    &entry.iter().find(|(p, _)| p == path).unwrap_or_else(|| panic!("{path} is missing")).1
}

#[test]
fn what_the_registry_requires_is_there() {
    for unit in [PrivacyUnit::Tally, PrivacyUnit::WorkerWeek, PrivacyUnit::WorkerPeriod] {
        let mut release = sample();
        release.guarantee.unit = unit;
        let entry = entry(&release, &ExportContext::default());
        for path in REQUIRED.iter().chain(TIERS) {
            let value = value(&entry, path);
            let is_map = matches!(*path, "deployment" | "deployment/basic");
            assert!(is_map == value.is_empty() && value != "\"\"", "{path}: {value}");
        }
        assert_eq!(value(&entry, "tier"), "3");
        assert_eq!(value(&entry, "status"), "\"Draft\"");
        assert_eq!(value(&entry, "deployment/privacy_loss/privacy_parameters/delta"), "0.000001");
        assert_eq!(value(&entry, "deployment/basic/publication_date"), "\"2025-03-17\"");
    }
}

#[test]
fn the_programme_file_says_who_and_where() {
    let mut beside = ExportContext::default();
    assert!(!has_all_words(&beside.codebook.registry));
    assert_eq!(value(&entry(&sample(), &beside), "deployment/basic/data_curators"), "\"sample\"");
    beside.codebook.registry = RegistryWords {
        slug: Some("peers-here".parse().unwrap()),
        curators: vec!["A: \"B\"".into(), "C".into()],
        region: Some("Here".into()),
        intended_use: Some("Use".into()),
        authors: vec!["D".into()],
        sources: Some("https://example.org/".into()),
    };
    assert!(has_all_words(&beside.codebook.registry));
    let entry = entry(&sample(), &beside);
    assert_eq!(value(&entry, "url_slug"), "\"peers-here\"");
    assert_eq!(value(&entry, "deployment/basic/data_curators"), "\"A: \\\"B\\\"\"\"C\"");
    assert_eq!(value(&entry, "deployment/basic/data_product_region"), "\"Here\"");
    assert_eq!(value(&entry, "deployment/administrative/sources"), "\"https://example.org/\"");
}

#[test]
fn a_name_becomes_a_slug() {
    let mut release = sample();
    for (name, expected) in [
        ("Peer outreach programme", "peer-outreach-programme"),
        ("  Østfold – Peers 2!", "stfold-peers-2"),
        ("برنامج", "peer-outreach-programme"),
    ] {
        release.programme = name.into();
        assert_eq!(slug(&release, &RegistryWords::default()), expected);
    }
}

#[test]
fn a_release_without_measures_or_dimensions_is_an_entry_too() {
    let mut release = sample();
    release.measures[0].breakdowns.truncate(1);
    assert!(
        value(&entry(&release, &ExportContext::default()), "deployment/dp_variant/data_domain")
            .contains("no other attribute")
    );
    release.measures.clear();
    for path in REQUIRED {
        value(&entry(&release, &ExportContext::default()), path);
    }
}
