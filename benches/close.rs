//! Importing and closing a period of many rows: time by step, memory, growth.
//!
//! `cargo bench --bench close [-- --rows 100000 --rounds 3]`, or `--growth` for
//! 10,000, 100,000 and 1,000,000 rows. The rows are those of the made-up crowd
//! (src/crowd) for one quarter and the large programme, imported as a sheet. Each
//! close runs in a process of its own on a fresh copy of the data folder, so that
//! its peak memory is its own; the bare rate of opening (hpke alone, rows in
//! memory, all cores) is taken in that process before and after it.
#![allow(missing_docs, unreachable_pub, dead_code, reason = "a benchmark")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a benchmark may fail loudly")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Kem, OpModeR, OpModeS, PskBundle};
use peertally::admin::{Answer, ImportRequest, Request, Role, execute};
use peertally::clock::MockClock;
use peertally::crowd::Crowd;
use peertally::crypto::seal::PLAIN;
use peertally::domain::Period;
use peertally::intake::draft::RawCount;
use peertally::period::{DataDir, DataPaths};
use peertally::policy::{Programme, embedded};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tracing::field::{Field, Visit};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

const PERIOD: &str = "2025-Q1";
const TODAY: jiff::civil::Date = jiff::civil::date(2025, 4, 20);
/// Rows that the bare rate is taken from, per core.
const BARE: usize = 10_000;
/// Names of the figures that a closing process hands back, in its order.
const FIGURES: [&str; 9] = ["bare", "start", "idle", "open", "bound", "draw", "publish", "clear", "peak"];

fn main() {
    let data = common::option::<String>("--data");
    match (data, common::option("--make")) {
        (Some(data), Some(rows)) => make(Path::new(&data), rows),
        (Some(data), None) => close(Path::new(&data)),
        (None, _) => measure(),
    }
}

fn measure() {
    let folder = common::folder();
    let rounds = common::option("--rounds").unwrap_or(3_usize);
    let growth = std::env::args().any(|argument| argument == "--growth");
    let sizes =
        if growth { vec![10_000, 100_000, 1_000_000] } else { vec![common::option("--rows").unwrap_or(100_000)] };
    common::facts(folder.path());
    println!("rounds: {rounds}\n");
    println!("resident memory of the service at rest, nothing stored: {:.0} MiB", service(&folder.path().join("none")));
    let mut lines = Vec::new();
    for rows in sizes {
        // Each in a folder of its own: a witness that stands beside a copy rightly refuses it.
        let made = folder.path().join("made/data");
        std::fs::create_dir_all(made.parent().unwrap()).unwrap();
        let words = child(&made, &["--make", &rows.to_string()]);
        let [number, seconds, peak] = words[..] else { panic!("{words:?}") };
        println!(
            "\n{number:.0} rows: imported in {seconds:.1} s ({:.0} rows a second), peak {peak:.0} MiB; store {:.0} MiB",
            number / seconds,
            size(&made.join("store"))
        );
        let mut figures = BTreeMap::<&str, Vec<f64>>::new();
        for _ in 0..rounds {
            let copy = folder.path().join("round/data");
            std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
            copy_folder(&made, &copy);
            for (name, value) in FIGURES.into_iter().zip(child(&copy, &[])) {
                figures.entry(name).or_default().push(value);
            }
            std::fs::remove_dir_all(folder.path().join("round")).unwrap();
        }
        std::fs::remove_dir_all(folder.path().join("made")).unwrap();
        lines.push(line(number, &figures));
    }
    println!("\nmedian (least–most) of the rounds; times in seconds, memory in MiB");
    println!(
        "| rows | start | open rows | to bare | bound, add up | noise | log, publish, shred | all but opening | \
         write store anew | resident at start | peak |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    lines.iter().for_each(|line| println!("{line}"));
}

fn line(rows: f64, figures: &BTreeMap<&str, Vec<f64>>) -> String {
    let of = |name: &str| figures.get(name).cloned().unwrap_or_default();
    let sum = |names: &[&str]| {
        let rounds = 0..of("open").len();
        rounds.map(|round| names.iter().map(|name| of(name)[round]).sum()).collect::<Vec<f64>>()
    };
    let ratio: Vec<f64> = of("open").iter().zip(of("bare")).map(|(open, bare)| rows / open / bare).collect();
    format!(
        "| {rows:.0} | {} | {} | {} of {}/s | {} | {} | {} | {} | {} | {} | {} |",
        common::show(&of("start"), 2),
        common::show(&of("open"), 2),
        common::show(&ratio, 2),
        common::show(&of("bare"), 0),
        common::show(&of("bound"), 2),
        common::show(&of("draw"), 2),
        common::show(&of("publish"), 2),
        common::show(&sum(&["bound", "draw", "publish"]), 2),
        common::show(&of("clear"), 2),
        common::show(&of("idle"), 0),
        common::show(&of("peak"), 0),
    )
}

/// Runs this benchmark again on a data folder and reads the numbers it prints.
fn child(data: &Path, arguments: &[&str]) -> Vec<f64> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let done = command.args(arguments).arg("--data").arg(data).stderr(Stdio::inherit()).output().unwrap();
    assert!(done.status.success(), "a part of the benchmark failed");
    String::from_utf8(done.stdout).unwrap().split_whitespace().map(|word| word.parse().unwrap()).collect()
}

/// Resident memory, in MiB, of the real program serving a new data folder and asked nothing.
fn service(data: &Path) -> f64 {
    let program = || Command::new(env!("CARGO_BIN_EXE_peertally"));
    assert!(program().args(["init", "--data"]).arg(data).stdout(Stdio::null()).status().unwrap().success());
    let mut command = program();
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut String::new()).unwrap();
    std::thread::sleep(Duration::from_secs(1));
    let resident = common::memory(&child.id().to_string(), "VmRSS");
    child.kill().unwrap();
    child.wait().unwrap();
    resident
}

fn size(folder: &Path) -> f64 {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap());
    files.filter(std::fs::Metadata::is_file).map(|file| file.len() as f64).sum::<f64>() / 1024.0 / 1024.0
}

fn copy_folder(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap().success());
}

/// A data folder with a finished quarter of so many rows.
fn make(data: &Path, rows: usize) {
    let clock = Arc::new(MockClock::new(TODAY));
    let data_dir = DataDir::create(DataPaths::new(data), embedded::PROGRAMME_LARGE, embedded::POLICY, clock).unwrap();
    let period: Period = PERIOD.parse().unwrap();
    let csv = sheet(&data_dir.programme(), period, rows);
    let start = Instant::now();
    let import = ImportRequest { csv, worker_column: "worker".to_owned(), period: Some(period) };
    let Ok(Answer::Imported { added, .. }) = execute(&data_dir, Role::Coordinator, Request::Import(import), &|_| {})
    else {
        panic!("the sheet was refused");
    };
    println!("{added} {} {}", start.elapsed().as_secs_f64(), common::memory("self", "VmHWM"));
}

/// The crowd's tallies as a spreadsheet.
fn sheet(programme: &Programme, period: Period, rows: usize) -> String {
    // A worker of the crowd sends about 36 tallies in a quarter.
    let mut crowd = Crowd::new(programme, u32::try_from(rows / 34 + 1).unwrap(), 1);
    let mut csv = "worker,week".to_owned();
    programme.dimensions.iter().for_each(|dimension| write!(csv, ",{}", dimension.id).unwrap());
    programme.measures.iter().for_each(|measure| write!(csv, ",{}", measure.id).unwrap());
    csv.push('\n');
    let tallies = period.weeks().into_iter().flat_map(|week| crowd.week(week)).take(rows).collect::<Vec<_>>();
    for (worker, draft) in tallies {
        write!(csv, "w{worker},{}", draft.week).unwrap();
        for dimension in &programme.dimensions {
            write!(csv, ",{}", draft.categories[dimension.id.as_str()]).unwrap();
        }
        for measure in &programme.measures {
            match draft.counts.get(measure.id.as_str()) {
                Some(RawCount::Whole(count)) => write!(csv, ",{count}").unwrap(),
                _ => csv.push(','),
            }
        }
        csv.push('\n');
    }
    csv
}

/// When each step of the close was done.
#[derive(Clone, Default)]
struct Steps(Arc<Mutex<Vec<(String, Instant)>>>);

impl<S: tracing::Subscriber> Layer<S> for Steps {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut name = Name::default();
        event.record(&mut name);
        self.0.lock().unwrap().push((name.0, Instant::now()));
    }
}

#[derive(Default)]
struct Name(String);

impl Visit for Name {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "event" {
            value.clone_into(&mut self.0);
        }
    }
    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl Steps {
    fn at(&self, name: &str) -> Instant {
        let steps = self.0.lock().unwrap();
        steps.iter().find(|(step, _)| step == name).unwrap_or_else(|| panic!("no step {name}")).1
    }
}

/// Closes the quarter in this process and prints what it cost, in the order of [`FIGURES`].
fn close(data: &Path) {
    let steps = Steps::default();
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(steps.clone())).unwrap();
    let before = bare();
    peertally::period::counting::use_program(Path::new(env!("CARGO_BIN_EXE_peertally"))).unwrap();
    let start = Instant::now();
    let data_dir = DataDir::open(DataPaths::new(data), Arc::new(MockClock::new(TODAY))).unwrap();
    let opened = start.elapsed();
    let idle = common::memory("self", "VmRSS");
    let begin = Instant::now();
    data_dir.close(PERIOD.parse().unwrap(), false).unwrap();
    let end = Instant::now();
    let peak = common::memory("self", "VmHWM");
    let after = bare();
    let at = |name: &str| steps.at(name);
    let (debited, rows, bounded) = (at("budget.debited"), at("rows.opened"), at("rows.bounded"));
    let (drawn, shredded) = (at("release.drawn"), at("keys.destroyed"));
    let publish = (debited - begin) + (shredded - drawn);
    let times = [opened, rows - debited, bounded - rows, drawn - bounded, publish, end - shredded];
    let [opened, open, bound, draw, publish, clear] = times.map(|time| time.as_secs_f64());
    println!("{} {opened} {idle} {open} {bound} {draw} {publish} {clear} {peak}", f64::midpoint(before, after));
}

/// Rows opened a second by hpke alone, on all cores.
fn bare() -> f64 {
    type Suite = X25519HkdfSha256;
    let mut random = StdRng::seed_from_u64(1);
    let (private, public) = Suite::derive_keypair(&[3; 32]);
    let (psk, associated) = ([5_u8; 32], [6_u8; 24]);
    let bundle = || PskBundle::new(&psk, PERIOD.as_bytes()).unwrap();
    let mut seal = || {
        let mode = OpModeS::Psk(bundle());
        let (info, plain) = (b"peertally/row/1", [7; PLAIN]);
        hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, Suite>(
            &mode,
            &public,
            info,
            &plain,
            &associated,
            &mut random,
        )
        .unwrap()
    };
    // What opening costs does not depend on the row: a few serve for all.
    let rows: Vec<_> = (0..100).map(|_| seal()).collect();
    let open = |(encapsulated, body): &(<Suite as Kem>::EncappedKey, Vec<u8>)| {
        let mode = OpModeR::Psk(bundle());
        let (info, aad) = (b"peertally/row/1", &associated);
        let plain =
            hpke::single_shot_open::<AesGcm256, HkdfSha256, Suite>(&mode, &private, encapsulated, info, body, aad);
        black_box(plain.unwrap());
    };
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..common::cores() {
            scope.spawn(|| rows.iter().cycle().take(BARE).for_each(open));
        }
    });
    (BARE * common::cores()) as f64 / start.elapsed().as_secs_f64()
}
