//! Paper tallies: what a sheet brings in, what it does not, and what is published of it.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::common::{Programme, repository};
use serde_json::Value;

const PERIOD: [&str; 2] = ["--period", "2025-Q1"];
const HEADER: &str = "worker,week,area,setting,contacts,syringes_out";

fn outreach() -> String {
    std::fs::read_to_string(repository("tests/data/outreach-40.csv")).unwrap()
}

/// Imports a text into 2025-Q1; answers the exit status and the object printed.
fn import(programme: &Programme, text: &str) -> (i32, Value) {
    import_with(programme, text.as_bytes(), &PERIOD)
}

fn import_with(programme: &Programme, text: &[u8], arguments: &[&str]) -> (i32, Value) {
    std::fs::write(programme.path("sheet.csv"), text).unwrap();
    let done = programme.run(&[&["import", "sheet.csv", "--json"], arguments].concat());
    let said = if done.stdout.is_empty() { &done.stderr } else { &done.stdout };
    let value = serde_json::from_slice(said).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(said)));
    (done.status.code().unwrap(), value)
}

/// Rows, new, there before, refused.
fn figures(value: &Value) -> [u64; 4] {
    let number = |name: &str| value[name].as_u64().unwrap();
    [number("rows"), number("added"), number("same"), value["refused"].as_array().unwrap().len() as u64]
}

fn sheet(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

/// Closes 2025-Q1 without noise and answers measure → (breakdown, cell) → estimate.
fn close_without_noise(programme: &Programme) -> BTreeMap<String, BTreeMap<String, f64>> {
    let mut command: Command = programme.command(&["close", "2025-Q1"]);
    let done = command.env("PEERTALLY_TEST_ZERO_NOISE", "1").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let release = programme.release("2025-Q1");
    let mut measures = BTreeMap::new();
    for measure in release["measures"].as_array().unwrap() {
        let mut cells = BTreeMap::new();
        for breakdown in measure["breakdowns"].as_array().unwrap() {
            let by: Vec<&str> = breakdown["by"].as_array().unwrap().iter().map(|d| d.as_str().unwrap()).collect();
            for cell in breakdown["cells"].as_array().unwrap() {
                let at: Vec<&str> = by.iter().map(|d| cell[d].as_str().unwrap()).collect();
                cells.insert(format!("{}={}", by.join("+"), at.join("+")), cell["estimate"].as_f64().unwrap());
            }
        }
        measures.insert(measure["id"].as_str().unwrap().to_owned(), cells);
    }
    measures
}

#[test]
fn a_quarter_of_paper_is_taken_once_and_published() {
    let programme = Programme::large();
    let (code, first) = import(&programme, &outreach());
    assert_eq!((code, figures(&first)), (0, [1402, 1402, 0, 0]));
    let (code, again) = import(&programme, &outreach());
    assert_eq!((code, figures(&again)), (0, [1402, 0, 1402, 0]));
    let release = close_without_noise(&programme);
    assert_eq!(release.len(), 8);
    for (id, cells) in release {
        agrees_with_the_truth(&programme, &id, &cells);
    }
    // One release per period, ever: nothing can be added to it.
    let (code, refused) = import(&programme, &outreach());
    assert_eq!(code, 1);
    assert!(refused["error"].as_str().unwrap().contains("2025-Q1 was closed before"), "{refused}");
}

/// Computes the bounded truth of one measure from the sheet and holds every cell against it.
fn agrees_with_the_truth(programme: &Programme, id: &str, cells: &BTreeMap<String, f64>) {
    let release = programme.release("2025-Q1");
    let measure = release["measures"].as_array().unwrap().iter().find(|m| m["id"] == id).unwrap();
    let cap = measure["cap"].as_u64().unwrap();
    let text = outreach();
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let column = |name: &str| header.iter().position(|n| *n == name).unwrap();
    let (worker, week, area, setting, count) =
        (column("worker"), column("week"), column("area"), column("setting"), column(id));
    let mut units: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut raw: BTreeMap<String, u64> = BTreeMap::new();
    for row in lines {
        let Ok(n) = row[count].parse::<u64>() else {
            assert_eq!(row[count], "");
            continue;
        };
        *units.entry((row[worker].to_owned(), row[week].to_owned())).or_default() += n;
        for key in [
            format!("area={}", row[area]),
            format!("setting={}", row[setting]),
            format!("area+setting={}+{}", row[area], row[setting]),
        ] {
            *raw.entry(key).or_default() += n;
        }
    }
    let mut kept: BTreeMap<String, u64> = BTreeMap::new();
    let mut cut = 0;
    for ((_, week), sum) in units {
        let bounded = sum.min(cap);
        cut += sum - bounded;
        *kept.entry("=".to_owned()).or_default() += bounded;
        *kept.entry(format!("week={week}")).or_default() += bounded;
    }
    for (cell, estimate) in cells {
        if cell == "=" || cell.starts_with("week=") {
            let truth = kept.get(cell).copied().unwrap_or(0) as f64;
            assert!((estimate - truth).abs() < 1e-6, "{id} {cell}: {estimate} is not {truth}");
        } else {
            // Which cells a unit above its cap loses is secret; how much is lost in all is not.
            let most = raw.get(cell).copied().unwrap_or(0) as f64;
            let least = most - cut as f64;
            assert!((least..=most).contains(estimate), "{id} {cell}: {estimate} is not in {least}..={most}");
        }
    }
    for table in ["area=", "setting=", "area+setting=", "week="] {
        let sum: f64 = cells.iter().filter(|(cell, _)| cell.starts_with(table)).map(|(_, e)| e).sum();
        assert!((sum - cells["="]).abs() < 1e-6, "{id}: {table} adds up to {sum}, the total is {}", cells["="]);
    }
}

#[test]
fn equal_rows_are_all_kept_and_a_corrected_sheet_adds_what_is_new() {
    let programme = Programme::new();
    let row = "ana,2025-W03,north,street,5,10";
    let (code, first) = import(&programme, &sheet(&[row, row, row]));
    assert_eq!((code, figures(&first)), (0, [3, 3, 0, 0]));
    let (_, more) = import(&programme, &sheet(&[row, "bo,2025-W03,north,street,5,10", row, row, row]));
    assert_eq!(figures(&more), [5, 2, 3, 0]);
    // The same tally written in another way is the same: order, spaces, digits of other scripts.
    let (_, other) =
        import(&programme, "syringes_out,contacts,setting,area,week,worker\n10 , ٥,street,north,2025-W03,ana\n");
    assert_eq!(figures(&other), [1, 0, 1, 0]);
    assert_eq!(close_without_noise(&programme)["contacts"]["="], 25.0);
}

#[test]
fn blank_is_not_zero_and_both_are_kept() {
    let programme = Programme::new();
    let rows = ["ana,2025-W03,north,street,0,", "ana,2025-W03,north,street,,0", "ana,2025-W03,north,street,0,0"];
    assert_eq!(figures(&import(&programme, &sheet(&rows)).1), [3, 3, 0, 0]);
    let (code, none) = import(&programme, &sheet(&["ana,2025-W04,north,street,,"]));
    assert_eq!((code, figures(&none)), (1, [1, 0, 0, 1]), "no count at all is no tally");
}

#[test]
fn each_refused_row_is_named_with_its_line_and_the_rest_lands() {
    let programme = Programme::new();
    let rows = [
        "ana,2025-W03,north,street,5,10",
        "ana,2025-W14,north,street,5,10",
        "ana,2024-W52,north,street,5,10",
        "ana,2025-W60,north,street,5,10",
        "ana,2025-W03,nowhere,street,5,10",
        "ana,2025-W03,north,street,151,10",
        "ana,2025-W03,north,street,-1,10",
        "ana,2025-W03,north,street,1.5,10",
        "ana,2025-W03,north,street,5",
        "ana,2025-W03,north,street,5,10,11",
        ",2025-W03,north,street,5,10",
        "ana,2025-W03,,street,5,10",
        "bo,2025-W03,north,street,5,10",
    ];
    let (code, value) = import(&programme, &sheet(&rows));
    assert_eq!((code, figures(&value)), (1, [13, 2, 0, 11]));
    let wanted = [
        (3, "week 2025-W14 does not belong to 2025-Q1"),
        (4, "week 2024-W52 does not belong to 2025-Q1"),
        (5, "2025 has weeks 1 to 52"),
        (6, "area: "),
        (7, "150"),
        (8, "counts.contacts: "),
        (9, "counts.contacts: "),
        (10, "it has 5 fields, the header has 6"),
        (11, "it has 7 fields, the header has 6"),
        (12, "`worker` is empty"),
        (13, "area: "),
    ];
    for ((line, reason), refused) in wanted.iter().zip(value["refused"].as_array().unwrap()) {
        assert_eq!(refused["line"], *line, "{refused}");
        assert!(refused["reason"].as_str().unwrap().contains(reason), "{refused} has no `{reason}`");
    }
}

#[test]
fn what_is_refused_can_be_mended_and_imported() {
    let programme = Programme::new();
    let rows = ["ana,2025-W03,north,street,5,10", "bo,2025-W03,norht,street,7,", "cy,2025-W03,north,street,999,1"];
    let arguments = [&PERIOD[..], &["--rejects", "rejects.csv"]].concat();
    let (code, value) = import_with(&programme, sheet(&rows).as_bytes(), &arguments);
    assert_eq!((code, figures(&value)), (1, [3, 1, 0, 2]));
    let path = programme.path("rejects.csv");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with(&format!("{HEADER},reason\nbo,2025-W03,norht,street,7,,")), "{text}");
    assert_eq!(text.lines().count(), 3, "{text}");
    let (code, value) = import(&programme, &text.replace("norht", "north").replace("999", "9"));
    assert_eq!((code, figures(&value)), (0, [2, 2, 0, 0]));
    assert_eq!(value["ignored"], serde_json::json!(["reason"]));
}

#[test]
fn spreadsheets_spellings_are_read() {
    let programme = Programme::new();
    // A byte order mark, line ends of two bytes, quotes, a comma and a line break inside them, spaces, empty lines.
    let text = "\u{feff}worker,week,area,setting,contacts,syringes_out\r\n\
                \"Ana, \"\"the\r\nfirst\"\"\",2025-W03,\"north\", street ,5,10\r\n\r\n\
                bo,2025-W99,north,street,5,10\r\n";
    let arguments = [&PERIOD[..], &["--rejects", "rejects.csv"]].concat();
    let (code, value) = import_with(&programme, text.as_bytes(), &arguments);
    assert_eq!((code, figures(&value)), (1, [2, 1, 0, 1]));
    assert_eq!(value["refused"][0]["line"], 5, "lines are those of the file: {value}");
    let rejects = std::fs::read_to_string(programme.path("rejects.csv")).unwrap();
    assert!(rejects.contains("bo,2025-W99"), "{rejects}");
    let plain =
        "worker,week,area,setting,contacts,syringes_out\n\"Ana, \"\"the\r\nfirst\"\"\",2025-W03,north,street,5,10";
    assert_eq!(figures(&import(&programme, plain).1), [1, 0, 1, 0], "the same row without the spreadsheet's spelling");
}

#[test]
fn a_quote_that_is_not_closed_swallows_no_row_silently() {
    let programme = Programme::new();
    let text = "worker,week,area,setting,contacts,remarks\n\
                ana,2025-W03,north,street,5,\"over\ntwo, lines\"\n\
                bo,2025-W03,north,street,5,\"not closed\n\
                cy,2025-W03,north,street,6,\n";
    for text in [text.to_owned(), format!("{text}di,2025-W03,north,street,6,\"x\"\n")] {
        let (code, value) = import(&programme, &text);
        assert_eq!((code, value["refused"].as_array().unwrap().len()), (1, 1), "{value}");
        assert_eq!(value["refused"][0]["line"], 4, "{value}");
        assert!(value["refused"][0]["reason"].as_str().unwrap().contains("quote"), "{value}");
    }
}

#[test]
fn unknown_columns_are_named_once_and_a_column_given_twice_is_refused() {
    let programme = Programme::new();
    let text = "worker,week,area,setting,contacts,remarks,age\nana,2025-W03,north,street,5,a secret,30\nbo,2025-W03,north,street,6,another,31\n";
    std::fs::write(programme.path("sheet.csv"), text).unwrap();
    let done = programme.run(&["import", "sheet.csv", "--period", "2025-Q1"]);
    let words = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success());
    assert_eq!((words.matches("`remarks`").count(), words.matches("`age`").count()), (1, 1), "{words}");
    assert!(!words.contains("secret"));
    for twice in ["contacts", "week", "area", "worker"] {
        let text = format!("worker,week,area,setting,contacts,{twice}\nana,2025-W04,north,street,5,7\n");
        let (code, value) = import(&programme, &text);
        assert_eq!(code, 1);
        assert!(value["error"].as_str().is_some_and(|e| e.contains(&format!("`{twice}`"))), "{twice}: {value}");
    }
}

#[test]
fn whole_files_that_cannot_be_used_are_refused_in_words() {
    let programme = Programme::new();
    let cases: [(&[u8], &str); 5] = [
        (b"", "header"),
        (b"worker,week,area,contacts\nana,2025-W03,north,5\n", "`setting`"),
        (b"name,week,area,setting,contacts\nana,2025-W03,north,street,5\n", "--worker-column"),
        (b"worker;week;area;setting;contacts\nana;2025-W03;north;street;5\n", "`worker`"),
        (b"worker,week,area,setting,contacts\nan\xff,2025-W03,north,street,5\n", "UTF-8"),
    ];
    for (bytes, words) in cases {
        let (code, value) = import_with(&programme, bytes, &PERIOD);
        assert_eq!(code, 1);
        assert!(value["error"].as_str().is_some_and(|e| e.contains(words)), "no {words}: {value}");
    }
    let named = b"name,week,area,setting,contacts\nana,2025-W03,north,street,5\n";
    let (code, value) = import_with(&programme, named, &[&PERIOD[..], &["--worker-column", "name"]].concat());
    assert_eq!((code, figures(&value)), (0, [1, 1, 0, 0]));
    assert_eq!(programme.run(&["import", "not-there.csv"]).status.code(), Some(1));
}

#[test]
fn without_a_period_only_open_ones_are_taken() {
    let programme = Programme::new();
    let (code, value) = import_with(&programme, sheet(&["ana,2025-W03,north,street,5,10"]).as_bytes(), &[]);
    assert_eq!((code, figures(&value)), (1, [1, 0, 0, 1]));
    assert!(value["refused"][0]["reason"].as_str().unwrap().contains("peertally period open"), "{value}");
    for period in ["2025-M01", "2190-Q1"] {
        let (code, value) = import_with(&programme, sheet(&[]).as_bytes(), &["--period", period]);
        assert_eq!(code, 1, "{value}");
        assert!(value["error"].as_str().unwrap().contains(period), "{value}");
    }
}

#[test]
fn a_sheet_goes_in_while_the_service_runs() {
    let programme = Programme::large();
    let service = programme.serve();
    let (code, first) = import(&programme, &outreach());
    assert_eq!((code, figures(&first)), (0, [1402, 1402, 0, 0]));
    drop(service);
    let (_, again) = import(&programme, &outreach());
    assert_eq!(figures(&again), [1402, 0, 1402, 0]);
}
