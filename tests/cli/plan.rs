//! `plan`: what it reads, what it leaves behind, and whether it comes true.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::common::{PROGRAM, Programme, repository};
use peertally::crowd::Crowd;
use peertally::domain::Period;
use peertally::intake::draft::RawCount;
use peertally::plan::TYPICAL_PART;
use peertally::policy::embedded;
use serde_json::Value;

/// Runs `plan` in a folder; answers its JSON.
fn plan(folder: &Path, arguments: &[&str]) -> Value {
    let done = Command::new(PROGRAM).arg("plan").args(arguments).arg("--json").current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn unit<'a>(plan: &'a Value, name: &str) -> &'a Value {
    plan["units"].as_array().unwrap().iter().find(|unit| unit["unit"] == name).unwrap()
}

#[test]
fn the_object_has_the_shape_that_others_may_build_on() {
    let folder = tempfile::tempdir().unwrap();
    let said = plan(folder.path(), &[]);
    assert_eq!(
        (&said["schema"], &said["period"], &said["weeks"]),
        (&"peertally/plan/1".into(), &"quarter".into(), &13.into())
    );
    assert_eq!(
        (&said["workers"], said["tallies_per_week"].as_f64(), &said["unit"]),
        (&40.into(), Some(3.0), &"worker-week".into())
    );
    assert!(said["like"].is_null() && said["page"].is_null());
    assert!(said["file"].as_str().unwrap().starts_with("the shipped default"));
    for name in ["worker-period", "worker-week", "tally"] {
        let unit = unit(&said, name);
        assert!(
            unit["rho"].as_f64().unwrap() <= 0.5 && unit["epsilon"].as_f64().unwrap() > 1.0 && unit["delta"] == 1e-6
        );
        assert_eq!(unit["equivalents"].as_array().unwrap().len(), 3);
        let measures = unit["measures"].as_array().unwrap();
        assert_eq!(measures.len(), 5);
        for measure in measures {
            let tables = measure["tables"].as_array().unwrap();
            assert_eq!(tables.iter().map(|t| t["by"].as_array().unwrap().len()).collect::<Vec<_>>(), [0, 1, 1]);
            for table in tables {
                for figure in ["cells", "expected", "stdev", "half_width", "relative_error"] {
                    assert!(table[figure].as_f64().unwrap() > 0.0, "{name} {figure}");
                }
                assert!(["good", "caution", "too-uncertain"].contains(&table["quality"].as_str().unwrap()));
            }
        }
    }
    assert!(said["advice"].as_array().unwrap().iter().all(|a| a["kind"].is_string() && a["text"].is_string()));
    assert_eq!(names(folder.path()), Vec::<String>::new(), "planning makes no folder");
}

#[test]
fn the_programme_in_force_is_planned_also_beside_a_service() {
    let programme = Programme::large();
    let _service = programme.serve();
    let said = programme.json(&["plan", "--workers", "12"]);
    assert!(said["file"].as_str().unwrap().starts_with("the programme in "), "{}", said["file"]);
    assert_eq!((said["units"][1]["measures"].as_array().unwrap().len(), &said["workers"]), (8, &12.into()));
    let small = repository("config/programme.toml");
    let said = programme.json(&["plan", "--config", small.to_str().unwrap()]);
    assert_eq!(said["units"][1]["measures"].as_array().unwrap().len(), 5, "--config goes first");
}

#[test]
fn a_page_is_written_where_it_is_asked_for_and_needs_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    plan(folder.path(), &["--out", "plan.html"]);
    let text = std::fs::read_to_string(folder.path().join("plan.html")).unwrap();
    assert!(text.contains("too uncertain") && !text.contains("Keep this page to yourself"));
    for word in ["<script", "<link", "src=", "url(", "http"] {
        assert!(!text.contains(word), "{word}");
    }
    assert_eq!(names(folder.path()), ["plan.html"]);
}

#[test]
fn tallies_to_plan_by_leave_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let sheet =
        "worker,week,area,setting,contacts,age\nSUSANNE,2024-W03,north,street,5,1\nSUSANNE,2024-W04,moon,street,5,1\n";
    std::fs::write(folder.path().join("last-year.csv"), sheet).unwrap();
    let done = Command::new(PROGRAM)
        .args(["plan", "--like", "last-year.csv", "--out", "plan.html"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let screen = String::from_utf8(done.stdout).unwrap();
    let said = plan(folder.path(), &["--like", "last-year.csv", "--out", "plan.html"]);
    assert_eq!(names(folder.path()), ["last-year.csv", "plan.html"]);
    let page = std::fs::read_to_string(folder.path().join("plan.html")).unwrap();
    assert_eq!(std::fs::metadata(folder.path().join("plan.html")).unwrap().permissions().mode() & 0o777, 0o600);
    let object = said.to_string();
    for (place, text) in [("screen", &screen), ("page", &page), ("object", &object)] {
        assert!(text.replace('\n', " ").contains("the guarantee is void"), "{place} has no warning");
        assert!(!text.contains("SUSANNE"), "{place} names a worker");
    }
    assert!(screen.contains("column `age` is not in the programme: ignored"), "{screen}");
    assert!(screen.contains("line 3 left out: area: this is not in the list"), "{screen}");
    assert!(screen.contains("cut off") && !page.contains("cut off the"), "clipping stays on the screen");
    assert_eq!((&said["like"]["rows"], &said["like"]["refused"][0]["line"]), (&1.into(), &3.into()));
    assert_eq!((&said["workers"], said["tallies_per_week"].as_f64()), (&1.into(), Some(1.0)), "as in the file");
    assert!(said["units"][1]["measures"][0]["cut_off"].is_number());
}

/// Planned by a file, then released from it: what was forecast is what came out.
#[test]
fn a_forecast_comes_true() {
    let programme = Programme::large();
    let sheet = repository("tests/data/outreach-40.csv");
    let sheet = sheet.to_str().unwrap();
    let said = programme.json(&["plan", "--like", sheet]);
    programme.json(&["import", sheet, "--period", "2025-Q1"]);
    programme.json(&["close", "2025-Q1"]);
    let release = programme.release("2025-Q1");
    let planned = unit(&said, "worker-week")["measures"].as_array().unwrap();
    let mut tables = 0;
    for (plan, real) in planned.iter().zip(release["measures"].as_array().unwrap()) {
        assert_eq!((&plan["id"], &plan["cap"]), (&real["id"], &real["cap"]));
        for (plan, real) in plan["tables"].as_array().unwrap().iter().zip(real["breakdowns"].as_array().unwrap()) {
            assert_eq!(plan["by"], real["by"]);
            let (stdev, expected) = (plan["stdev"].as_f64().unwrap(), plan["expected"].as_f64().unwrap());
            assert_eq!(stdev, real["stdev"].as_f64().unwrap(), "the very noise");
            let mut estimates: Vec<f64> =
                real["cells"].as_array().unwrap().iter().map(|cell| cell["estimate"].as_f64().unwrap()).collect();
            assert_eq!(estimates.len() as u64, plan["cells"].as_u64().unwrap());
            estimates.sort_by(f64::total_cmp);
            let half = estimates.len() / 2;
            let typical = if estimates.len().is_multiple_of(2) {
                f64::midpoint(estimates[half - 1], estimates[half])
            } else {
                estimates[half]
            };
            // No cell is further than six stdev off but once in 10^8 releases, so no median is.
            assert!((typical - expected).abs() <= 6.0 * stdev, "{} {}: {typical} {expected}", real["by"], stdev);
            if plan["by"].as_array().unwrap().is_empty() {
                let error = stdev / typical;
                let forecast = plan["relative_error"].as_f64().unwrap();
                assert!((error / forecast - 1.0).abs() < 0.6, "{error} {forecast}");
            }
            tables += 1;
        }
    }
    assert_eq!(tables, 40);
}

/// What is assumed without a file is about what the crowd and the example count.
#[test]
fn the_assumption_is_that_of_the_crowd() {
    let file = embedded::programme().unwrap();
    let period: Period = "2025-Q1".parse().unwrap();
    let mut crowd = Crowd::new(&file, 400, 7);
    let tallies: Vec<_> = period.weeks().into_iter().flat_map(|week| crowd.week(week)).collect();
    let per_week = tallies.len() as f64 / (400.0 * 13.0);
    assert!((2.4..3.2).contains(&per_week), "{per_week}");
    for measure in &file.measures {
        let count = |draft: &peertally::intake::draft::Draft| match draft.counts.get(measure.id.as_str()) {
            Some(RawCount::Whole(n)) => *n as f64,
            _ => 0.0,
        };
        let mean = tallies.iter().map(|(_, draft)| count(draft)).sum::<f64>() / tallies.len() as f64;
        let part = mean / f64::from(measure.cap) * f64::from(TYPICAL_PART);
        assert!((0.8..1.4).contains(&part), "{}: {part}", measure.id);
    }
}
