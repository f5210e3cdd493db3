//! Verifying a long log, beside hashing the same bytes once: docs/performance.md.
//!
//! `cargo bench --bench verify [-- --entries 10000 --rounds 15]`
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may stop at once"
)]

#[path = "../tests/common/audited.rs"]
mod audited;
mod common;

use jiff::civil::date;
use peertally::crypto::digest::{Hasher, sha256};
use peertally::crypto::sign::LogKey;
use peertally::domain::PrivacyUnit;
use peertally::log::{Entry, Event, OpenedBy, PublicKey};
use peertally::policy::embedded;
use peertally::verify::{MemoryFiles, VerifyOptions, verify};

/// `audited` asks for it; nothing is closed here.
fn counted_by_the_program() {}

/// How often the bytes are hashed in one round.
const HASHINGS: u32 = 50;

/// Five entries a period, all kinds of them, in the order that a programme writes them.
fn entries(number: usize) -> Vec<Entry> {
    let (programme, day) = (sha256(embedded::PROGRAMME.as_bytes()), date(9000, 1, 1));
    let mut events = vec![
        Event::ProgrammeAdopted { digest: programme },
        Event::PolicyAdopted { digest: sha256(embedded::POLICY.as_bytes()) },
    ];
    let mut period: peertally::domain::Period = "2025-Q1".parse().unwrap();
    while events.len() < number {
        let public_key = PublicKey(sha256(&period.to_bytes()).0);
        events.extend([
            Event::PeriodOpened { period, programme, public_key, by: OpenedBy::Hand },
            Event::PeriodClosing { period },
            Event::BudgetDebited { period, unit: PrivacyUnit::WorkerWeek, rho: 0.499_999_999_999_999_9 },
            Event::ReleasePublished { period, sha256: sha256(b"release") },
            Event::KeysDestroyed { period, key_id: public_key.id() },
        ]);
        period = period.next();
    }
    events.truncate(number);
    events.into_iter().map(|event| Entry { date: day, event }).collect()
}

/// Seconds that this thread was on a processor: other work on the machine does not count.
fn on_cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

fn main() {
    let number = common::option("--entries").unwrap_or(10_000);
    let rounds: usize = common::option("--rounds").unwrap_or(15);
    let key = LogKey::from_seed(&[5; 32]).unwrap().verifier("example.org/log").unwrap();
    let mut files = MemoryFiles::default();
    files.0.extend(audited::signed(&[5; 32], key.name(), &entries(number)));
    files.0.insert("log-key.txt".to_owned(), format!("{key}\n").into_bytes());
    for (kind, text) in [("programme", embedded::PROGRAMME), ("policy", embedded::POLICY)] {
        files.0.insert(format!("{kind}/{}.toml", sha256(text.as_bytes())), text.as_bytes().to_vec());
    }
    let bytes: usize = files.0.values().map(Vec::len).sum();
    let folder = common::folder();
    common::facts(folder.path());
    println!("{number} entries, {} files, {bytes} bytes", files.0.len());
    let before = common::memory("self", "VmHWM");
    let (mut ratios, mut times) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let start = on_cpu();
        // Often, since the kernel counts in ticks; divided again.
        for _ in 0..HASHINGS {
            let mut hasher = Hasher::default();
            files.0.values().for_each(|bytes| hasher.update(bytes));
            std::hint::black_box(hasher.finish());
        }
        let hashing = (on_cpu() - start) / f64::from(HASHINGS);
        let start = on_cpu();
        let report =
            verify(&files, &VerifyOptions { key: Some(&key), against: None, today: date(9000, 1, 2), bundle: None });
        let verifying = on_cpu() - start;
        // The release files are not there; all the rest is right.
        assert!(report.findings.iter().all(|f| f.at.starts_with("releases/")), "{:?}", report.findings.first());
        ratios.push(verifying / hashing);
        times.push(verifying * 1e3);
    }
    println!("verify: {} ms of processor time", common::show(&times, 1));
    println!("ratio to hashing the same bytes once: {}", common::show(&ratios, 1));
    let peak = common::memory("self", "VmHWM") - before;
    let megabytes = f64::from(u32::try_from(bytes).unwrap()) / 1024.0 / 1024.0;
    println!("peak memory above the files themselves: {peak:.1} MiB, {:.1} times their size", peak / megabytes);
}
