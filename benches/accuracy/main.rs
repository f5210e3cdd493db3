//! Accuracy and time of a whole release, against equal split and against other libraries.
//!
//! `cargo bench --bench accuracy [-- --rounds 3 --workers 2000]` (`--alone` leaves the others out): 40, 2,000 and 25,600
//! workers of the made-up crowd (src/crowd), one quarter, the large programme. Makes a
//! virtual environment in target/ (python3 and a package index are needed) with what
//! `requirements.txt` pins. What the others do is told in `peers.py`. In each round all
//! take turns on the same sheet. Counted: from the sheet as a CSV file to the figures,
//! in this process or theirs, without start and imports. Not counted, for nobody:
//! sealing and opening of rows, the log, disks.
//!
//! Error: estimate less bounded truth, over the cap; root mean square over all
//! measures, cells and draws. Each is held against its own bounded sums.

#![allow(missing_docs, unreachable_pub, dead_code, reason = "a benchmark")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a benchmark may fail loudly")]

#[path = "../common/mod.rs"]
mod common;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use peertally::crowd::Crowd;
use peertally::domain::release::{Release, Software};
use peertally::domain::{MAX_MEASURES, Period, Pseudonym, Record};
use peertally::intake::draft::RawCount;
use peertally::policy::{Attribute, Programme, embedded};
use peertally::release::{ClipOrder, Cost, ReleaseMetadata, UnitKey, draw, plan_cost, prepare};
use serde_json::{Value, json};

const PERIOD: &str = "2025-Q1";
/// The others, and how often each draws for the error (diffprivlib's loops are slow).
const PEERS: [(&str, usize); 3] = [("opendp", 200), ("diffprivlib-laplace", 50), ("diffprivlib-gaussian", 50)];
/// Releases made for the error, at 40, 2,000 and 25,600 workers.
const SIZES: [(u32, usize); 3] = [(40, 400), (2_000, 40), (25_600, 5)];

/// Cells in their own order; its secrecy does not matter here.
struct InOrder;

impl ClipOrder for InOrder {
    fn rank(&self, _: &UnitKey, cell: u32) -> u64 {
        u64::from(cell)
    }
}

/// Sum of squares and number, per table.
type Squares = BTreeMap<String, (f64, f64)>;

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let programme = embedded::programme_large().unwrap();
    let start = Instant::now();
    let cost = plan_cost(&programme, period().weeks().len()).unwrap();
    let planning = start.elapsed().as_secs_f64();
    let folder = common::folder();
    common::facts(folder.path());
    println!("planning the noise alone, a part of `bound, add up`: {planning:.3} s");
    let python = std::env::args().all(|argument| argument != "--alone").then(environment);
    std::fs::write(folder.path().join("plan.json"), plan(&programme, &cost).to_string()).unwrap();
    let only: Option<u32> = common::option("--workers");
    for (workers, releases) in SIZES.into_iter().filter(|(workers, _)| only.is_none_or(|only| only == *workers)) {
        compare(&programme, &cost, folder.path(), python.as_deref(), workers, releases);
    }
    println!("\nload after: {}", common::load());
}

fn period() -> Period {
    PERIOD.parse().unwrap()
}

/// Python with the others in it.
fn environment() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, python) = (here.join("target/accuracy-venv"), here.join("target/accuracy-venv/bin/python"));
    let wanted = here.join("benches/accuracy/requirements.txt");
    if !python.exists() {
        assert!(Command::new("python3").args(["-m", "venv"]).arg(&folder).status().unwrap().success());
    }
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]).arg(wanted);
    assert!(install.status().unwrap().success(), "the other libraries cannot be installed");
    python
}

/// What the others need to know.
fn plan(programme: &Programme, cost: &Cost) -> Value {
    let mut categories: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for dimension in &programme.dimensions {
        let ids = dimension.categories.iter().map(|category| category.id.to_string()).collect();
        categories.insert(dimension.id.as_str(), ids);
    }
    categories.insert("week", period().weeks().iter().map(ToString::to_string).collect());
    let caps: BTreeMap<&str, u32> = programme.measures.iter().map(|m| (m.id.as_str(), m.cap)).collect();
    let tables: Vec<(String, Vec<String>)> =
        programme.privacy.breakdowns.iter().map(|b| named(programme, &b.by)).collect();
    let (epsilon, delta) = (cost.epsilon, programme.privacy.delta);
    json!({ "caps": caps, "categories": categories, "tables": tables, "rho": cost.rho_total, "epsilon": epsilon, "delta": delta })
}

fn named(programme: &Programme, by: &[Attribute]) -> (String, Vec<String>) {
    let ids: Vec<String> = by.iter().map(|attribute| programme.attribute_id(*attribute).to_owned()).collect();
    (if ids.is_empty() { "total".to_owned() } else { ids.join("+") }, ids)
}

fn compare(programme: &Programme, cost: &Cost, folder: &Path, python: Option<&Path>, workers: u32, releases: usize) {
    let sheet = folder.join("sheet.csv");
    let rows = write_sheet(programme, workers, &sheet);
    println!("\n{workers} workers, {rows} rows");
    let rounds: usize = common::option("--rounds").unwrap_or(3);
    let mut times: BTreeMap<&str, Vec<[f64; 4]>> = BTreeMap::new();
    let mut squares: BTreeMap<&str, Squares> = BTreeMap::new();
    for round in 0..rounds {
        let start = Instant::now();
        let records = read_sheet(programme, &sheet);
        let read = start.elapsed().as_secs_f64();
        let kept = (round == 0).then(|| records.clone());
        let start = Instant::now();
        let sums = prepare(programme, period(), records, &InOrder).unwrap();
        let sum = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let made = draw(programme, sums, imprint()).unwrap();
        let noise = start.elapsed().as_secs_f64();
        times.entry("peertally").or_default().push([read, sum, noise, read + sum + noise]);
        if let Some(records) = kept {
            let truth = bounded(programme, &records);
            let found = squares.entry("peertally").or_default();
            add(found, programme, &made, &truth);
            (1..releases).for_each(|_| add(found, programme, &released(programme, records.clone()), &truth));
        }
        for (tool, draws) in PEERS {
            let Some(python) = python else { continue };
            let draws = if round == 0 { draws } else { 1 };
            let answer = peer(python, &sheet, &folder.join("plan.json"), tool, draws);
            let time = |name: &str| answer["times"][name].as_f64().unwrap();
            let (read, sum, noise) = (time("read"), time("sum"), time("noise"));
            times.entry(tool).or_default().push([read, sum, noise, read + sum + noise]);
            if round == 0 {
                for (table, value) in answer["squares"].as_object().unwrap() {
                    let of = |i: usize| value[i].as_f64().unwrap();
                    squares.entry(tool).or_default().insert(table.clone(), (of(0), of(1)));
                }
            }
        }
    }
    errors(programme, cost, &squares);
    println!("\n| | read | bound, add up | noise | all, seconds | ratio to peertally |\n|---|---|---|---|---|---|");
    for (tool, times_of) in &times {
        let of = |part: usize| common::show(&times_of.iter().map(|t| t[part]).collect::<Vec<_>>(), 3);
        let ratios: Vec<f64> = times_of.iter().zip(&times["peertally"]).map(|(their, our)| their[3] / our[3]).collect();
        println!("| {tool} | {} | {} | {} | {} | {} |", of(0), of(1), of(2), of(3), common::show(&ratios, 1));
    }
}

/// Root mean square errors in caps, and each over ours.
fn errors(programme: &Programme, cost: &Cost, squares: &BTreeMap<&str, Squares>) {
    let names: Vec<String> = programme.privacy.breakdowns.iter().map(|b| named(programme, &b.by).0).collect();
    let rule = "|---".repeat(names.len() + 1);
    println!("\n| error in caps, and ratio to peertally | {} |\n{rule}|", names.join(" | "));
    let of = |tool: &str, name: &str| squares[tool].get(name).map_or(f64::NAN, |(sum, n)| (sum / n).sqrt());
    let line = |title: &str, values: Vec<f64>| {
        let ratio = |(value, name): (&f64, &String)| format!("{value:.2} ({:.2})", value / of("peertally", name));
        println!("| {title} | {} |", values.iter().zip(&names).map(ratio).collect::<Vec<_>>().join(" | "));
    };
    for tool in squares.keys() {
        line(tool, names.iter().map(|name| of(tool, name)).collect());
    }
    let first = &cost.per_measure[0];
    let cap = f64::from(programme.measures[0].cap);
    line("peertally, as stated", first.stdevs.iter().map(|stdev| stdev / cap).collect());
    let equal = (names.len() as f64 / (2.0 * first.rho)).sqrt();
    line("equal split, by formula", vec![equal; names.len()]);
}

fn peer(python: &Path, sheet: &Path, plan: &Path, tool: &str, draws: usize) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/accuracy/peers.py");
    let done = Command::new(python).arg(script).arg(sheet).arg(plan).arg(tool).arg(draws.to_string()).output().unwrap();
    assert!(done.status.success(), "{tool}: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

fn released(programme: &Programme, records: Vec<Record>) -> Release {
    draw(programme, prepare(programme, period(), records, &InOrder).unwrap(), imprint()).unwrap()
}

fn imprint() -> ReleaseMetadata {
    ReleaseMetadata {
        published: "2025-04-14".to_owned(),
        config_digest: String::new(),
        policy_digest: String::new(),
        software: Software { version: "0".to_owned(), commit: "unknown".to_owned() },
    }
}

/// Cell (area, setting, week by position) → count, per measure; bounded as the release bounds.
type Truth = Vec<HashMap<[u8; 4], u64>>;

fn bounded(programme: &Programme, records: &[Record]) -> Truth {
    let mut units: BTreeMap<(Pseudonym, u8), BTreeMap<[u8; 4], [u64; MAX_MEASURES]>> = BTreeMap::new();
    for record in records {
        let [a, b, c] = record.categories;
        let cell = units.entry((record.pseudonym, record.week)).or_default().entry([a, b, c, record.week]).or_default();
        cell.iter_mut().zip(record.counts).for_each(|(sum, count)| *sum += u64::from(count.unwrap_or(0)));
    }
    let mut truth: Truth = programme.measures.iter().map(|_| HashMap::new()).collect();
    for cells in units.values() {
        for (m, measure) in programme.measures.iter().enumerate() {
            let mut left = u64::from(measure.cap);
            for (cell, counts) in cells {
                let kept = counts[m].min(left);
                left -= kept;
                *truth[m].entry(*cell).or_default() += kept;
            }
        }
    }
    truth
}

fn add(squares: &mut Squares, programme: &Programme, release: &Release, truth: &Truth) {
    let weeks = period().weeks();
    for ((measure, made), truth) in programme.measures.iter().zip(&release.measures).zip(truth) {
        for (breakdown, table) in programme.privacy.breakdowns.iter().zip(&made.breakdowns) {
            let mut sums: HashMap<BTreeMap<String, String>, u64> = HashMap::new();
            for (cell, count) in truth {
                let name = |attribute: &Attribute| match attribute {
                    Attribute::Dimension(d) => {
                        programme.dimensions[*d].categories[usize::from(cell[*d])].id.to_string()
                    }
                    Attribute::Week => weeks[usize::from(cell[3])].to_string(),
                };
                let id = |attribute: &Attribute| programme.attribute_id(*attribute).to_owned();
                *sums.entry(breakdown.by.iter().map(|a| (id(a), name(a))).collect()).or_default() += count;
            }
            let found = squares.entry(named(programme, &breakdown.by).0).or_default();
            for cell in &table.cells {
                let at = cell.at.iter().map(|(id, category)| (id.to_string(), category.clone())).collect();
                let exact = sums.get(&at).copied().unwrap_or(0) as f64;
                found.0 += ((cell.estimate - exact) / f64::from(measure.cap)).powi(2);
                found.1 += 1.0;
            }
        }
    }
}

/// The crowd's quarter as a spreadsheet; the number of rows.
fn write_sheet(programme: &Programme, workers: u32, path: &Path) -> usize {
    let mut crowd = Crowd::new(programme, workers, 1);
    let mut csv = "worker,week".to_owned();
    programme.dimensions.iter().for_each(|dimension| write!(csv, ",{}", dimension.id).unwrap());
    programme.measures.iter().for_each(|measure| write!(csv, ",{}", measure.id).unwrap());
    let mut rows = 0;
    for (worker, draft) in period().weeks().into_iter().flat_map(|week| crowd.week(week)) {
        write!(csv, "\nw{worker:05},{}", draft.week).unwrap();
        programme.dimensions.iter().for_each(|d| write!(csv, ",{}", draft.categories[d.id.as_str()]).unwrap());
        for measure in &programme.measures {
            match draft.counts.get(measure.id.as_str()) {
                Some(RawCount::Whole(count)) => write!(csv, ",{count}").unwrap(),
                _ => csv.push(','),
            }
        }
        rows += 1;
    }
    csv.push('\n');
    std::fs::write(path, csv).unwrap();
    rows
}

/// The sheet as plain rows. A label of at most 16 bytes serves as the pseudonym.
fn read_sheet(programme: &Programme, path: &Path) -> Vec<Record> {
    let weeks: HashMap<String, u8> = (0..).zip(period().weeks()).map(|(i, week)| (week.to_string(), i)).collect();
    let places: Vec<HashMap<&str, u8>> =
        programme.dimensions.iter().map(|d| d.categories.iter().map(|c| c.id.as_str()).zip(0..).collect()).collect();
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut row = csv::StringRecord::new();
    let mut records = Vec::new();
    while reader.read_record(&mut row).unwrap() {
        let mut record = Record {
            pseudonym: Pseudonym([0; 16]),
            week: weeks[&row[1]],
            categories: [0; 3],
            counts: [None; MAX_MEASURES],
        };
        record.pseudonym.0[..row[0].len()].copy_from_slice(row[0].as_bytes());
        for (i, places) in places.iter().enumerate() {
            record.categories[i] = places[&row[2 + i]];
        }
        for (m, count) in record.counts.iter_mut().take(programme.measures.len()).enumerate() {
            *count = row[2 + places.len() + m].parse().ok();
        }
        records.push(record);
    }
    records
}
