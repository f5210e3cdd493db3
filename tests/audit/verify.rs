//! What `audit verify` finds in a log that its operator signed properly, and what it passes.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test may stop at once")]

use crate::common::audited;
use std::sync::OnceLock;

use crate::common::audited::{Audited, found, lived, words};
use jiff::civil::date;
use peertally::crypto::digest::sha256;
use peertally::crypto::sign::LogKey;
use peertally::domain::release::{Quality, Release, Target, TargetResult};
use peertally::log::{Entry, Event, OpenedBy, PublicKey};
use peertally::policy::embedded;
use peertally::verify::{Check, MemoryFiles, PublicFiles, Report, State, VerifyOptions, verify};

fn honest() -> Audited {
    static LIVED: OnceLock<Audited> = OnceLock::new();
    LIVED.get_or_init(|| lived(&tempfile::tempdir().unwrap().path().join("data"))).clone()
}

#[track_caller]
fn has(report: &Report, check: Check, words: &str) {
    let fits = report.findings.iter().any(|f| f.check == check && f.wrong.contains(words));
    assert!(fits && !report.clean, "{check:?} `{words}` not found in:\n{}", self::words(report));
}

#[test]
fn an_honest_programme_passes() {
    let audited = honest();
    let report = audited.check();
    assert!(report.clean, "{}", words(&report));
    assert_eq!(report.checks.len(), 11, "all but the bundle's");
    assert!(report.checks.iter().all(|line| (line.state == State::Ok) == (line.check != Check::Against)));
    assert_eq!(report.changes.len(), 3, "{:?}", report.changes);
    assert!(audited.against(&audited.checkpoint()).clean);
    let bundle = audited.ask_bundle(&audited.bundle()).unwrap();
    assert!(bundle.clean && bundle.checks.len() == 12, "{}", words(&bundle));
    assert_eq!(audited.bundle(), audited.bundle());
}

/// Every unit, weekly caps, weights, shares, a small table, a month: what follows is what is stated.
#[test]
fn honest_programmes_of_every_kind_pass() {
    let large = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/programme.large.toml")).unwrap();
    let unit = |text: &str, unit: &str| text.replacen("unit = \"worker-week\"", &format!("unit = \"{unit}\""), 1);
    let weekly = unit(&large, "worker-period").replacen(
        "cap = 120",
        "cap = 120\nweekly_cap = 30\nshare = 2.5\ntarget = 1000",
        1,
    );
    let month = embedded::PROGRAMME.replacen("period = \"quarter\"", "period = \"month\"", 1);
    let little = embedded::PROGRAMME.replacen("cap = 20", "cap = 1", 1).replacen("rho = 0.5", "rho = 2.0", 1);
    assert!(weekly.contains("weekly_cap") && month != embedded::PROGRAMME && little.contains("cap = 1\n"));
    for text in [large.clone(), unit(&large, "tally"), unit(&large, "worker-period"), weekly, month, little] {
        let folder = tempfile::tempdir().unwrap();
        let (files, key) = audited::one_release(&folder.path().join("data"), &text);
        let question = VerifyOptions { key: Some(&key), against: None, today: date(2025, 1, 7), bundle: None };
        let report = verify(&files, &question);
        assert!(report.clean, "{}", words(&report));
    }
}

#[test]
fn without_a_key_it_passes_and_says_so() {
    let audited = honest();
    let report = verify(&audited.files, &VerifyOptions { key: None, ..audited.question() });
    assert!(report.clean && !report.pinned, "{}", words(&report));
    let stranger = LogKey::from_seed(&[9; 32]).unwrap().verifier(audited.key.name()).unwrap();
    let report = verify(&audited.files, &VerifyOptions { key: Some(&stranger), ..audited.question() });
    assert_eq!(found(&report), [Check::Signature], "{}", words(&report));
    let mut without = audited.files.clone();
    without.0.remove("log-key.txt");
    has(&verify(&without, &VerifyOptions { key: None, ..audited.question() }), Check::Signature, "missing");
    has(&audited.ask(&without), Check::Signature, "missing");
}

/// The operator draws again, rewrites the log from there with the real key: only an older checkpoint shows it.
#[test]
fn a_second_draw_shows_only_against_an_older_checkpoint() {
    let (audited, other) = (honest(), lived(&tempfile::tempdir().unwrap().path().join("data")));
    let old = audited.checkpoint();
    let mut cheated = audited.clone();
    // The same programme file and counts' size, another draw: figures of another life, in this log.
    let drawn = other.release("2025-Q1");
    cheated.replace("2025-Q1", |release| release.measures = drawn.measures);
    assert_ne!(cheated.release("2025-Q1"), audited.release("2025-Q1"));
    let report = cheated.check();
    assert!(report.clean, "{}", words(&report));
    let report = cheated.against(&old);
    assert_eq!(found(&report), [Check::Against], "{}", words(&report));
    has(&report, Check::Against, "not the ones that were signed");
    // Entries taken back.
    let mut short = audited.clone();
    short.entries.truncate(audited.position("period.closing", "2025-Q3"));
    short.files.0.remove("releases/2025-Q3.json");
    short.sign();
    has(&short.against(&old), Check::Against, "some are missing");
    // An older checkpoint signed by another key.
    let stranger = audited::signed(&[9; 32], audited.key.name(), &audited.entries[..3]).swap_remove(0).1;
    has(&audited.against(&stranger), Check::Against, "is signed by the key");
    has(&audited.against(b"no checkpoint"), Check::Against, "damaged");
}

fn entry(after: &Entry, event: Event) -> Entry {
    Entry { date: after.date, event }
}

#[test]
fn debits_that_do_not_fit_are_found() {
    let audited = honest();
    let at = audited.position("budget.debited", "2025-Q1");
    let change = |f: &dyn Fn(&mut Audited)| {
        let mut cheated = audited.clone();
        f(&mut cheated);
        cheated.sign();
        cheated.check()
    };
    let rho = |cheated: &mut Audited, to: f64| {
        let Event::BudgetDebited { rho, .. } = &mut cheated.entries[at].event else { unreachable!() };
        *rho = to;
    };
    let twice = change(&|c| c.entries.insert(at + 1, c.entries[at].clone()));
    has(&twice, Check::Budget, "debited before");
    has(&twice, Check::Order, "does not fit");
    has(&change(&|c| rho(c, 0.4)), Check::Guarantee, "debited 0.4");
    has(&change(&|c| rho(c, 0.6)), Check::Budget, "above the 0.5");
    has(&change(&|c| rho(c, 0.6)), Check::Guarantee, "debited 0.6");
    let swapped = change(&|c| c.entries.swap(at, at + 1));
    has(&swapped, Check::Budget, "released before its budget was debited");
    has(&swapped, Check::Order, "does not fit");
    let gone = change(&|c| {
        c.entries.remove(at);
    });
    has(&gone, Check::Budget, "released before its budget was debited");
}

#[test]
fn a_year_over_its_cap_is_found() {
    let mut cheated = honest();
    // The same life under a file that allows less a year.
    let text = embedded::PROGRAMME.replacen("rho_per_year = 2.0", "rho_per_year = 0.9", 1);
    assert_ne!(text, embedded::PROGRAMME);
    let (old, new) = (sha256(embedded::PROGRAMME.as_bytes()), sha256(text.as_bytes()));
    let changed = audited::changed().replacen("rho_per_year = 2.0", "rho_per_year = 0.9", 1);
    let (old_changed, new_changed) = (sha256(audited::changed().as_bytes()), sha256(changed.as_bytes()));
    let to = |digest| {
        if digest == old {
            new
        } else if digest == old_changed {
            new_changed
        } else {
            digest
        }
    };
    for entry in &mut cheated.entries {
        match &mut entry.event {
            Event::ProgrammeAdopted { digest } => *digest = to(*digest),
            Event::PeriodOpened { programme, .. } => *programme = to(*programme),
            _ => {}
        }
    }
    for (old, new, text) in [(old, new, text), (old_changed, new_changed, changed)] {
        cheated.files.0.remove(&format!("programme/{old}.toml"));
        cheated.files.0.insert(format!("programme/{new}.toml"), text.into_bytes());
    }
    for period in ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3"] {
        cheated
            .replace(period, |release| release.config_digest = to(release.config_digest.parse().unwrap()).to_string());
    }
    let report = cheated.check();
    assert_eq!(found(&report), [Check::Budget], "{}", words(&report));
    has(&report, Check::Budget, "above the 0.9 allowed for 2025");
}

#[test]
fn keys_that_outlive_retention_are_found() {
    let mut cheated = honest();
    let at = cheated.position("keys.destroyed", "2025-Q1");
    let taken = cheated.entries.remove(at);
    cheated.sign();
    has(&cheated.check(), Check::Keys, "no entry says they are gone");
    // Late is found too.
    let last = cheated.entries.last().unwrap().clone();
    cheated.entries.push(entry(&last, taken.event));
    cheated.sign();
    let report = cheated.check();
    assert_eq!(found(&report), [Check::Keys], "{}", words(&report));
    has(&report, Check::Keys, "destroyed on 2025-10-13");
    // Time alone makes the open quarter late.
    let mut audited = honest();
    audited.today = date(2026, 6, 1);
    has(&audited.check(), Check::Keys, "2025-Q4");
}

#[test]
fn programmes_that_were_not_logged_are_found() {
    let audited = honest();
    let first = audited.entries[0].clone();
    let mut cheated = audited.clone();
    // Bound to a file that nobody adopted.
    let unlogged = audited::changed().replacen("cap = 100", "cap = 101", 1);
    let digest = sha256(unlogged.as_bytes());
    let at = cheated.position("period.opened", "2025-Q3");
    let Event::PeriodOpened { programme, .. } = &mut cheated.entries[at].event else { unreachable!() };
    *programme = digest;
    cheated.files.0.insert(format!("programme/{digest}.toml"), unlogged.into_bytes());
    cheated.replace("2025-Q3", |release| release.config_digest = digest.to_string());
    let report = cheated.check();
    has(&report, Check::Order, "was never adopted");
    has(&report, Check::Files, "never adopted");
    has(&report, Check::Releases, "was never opened");
    // Adopted, and not the one in force.
    let mut cheated = audited.clone();
    let Event::ProgrammeAdopted { digest } = first.event else { unreachable!() };
    let Event::PeriodOpened { programme, .. } = &mut cheated.entries[at].event else { unreachable!() };
    *programme = digest;
    cheated.sign();
    has(&cheated.check(), Check::Order, "not the one in force");
    has(&cheated.check(), Check::Releases, "config_digest");
    // A period that overlaps, of another kind, before its time.
    let mut cheated = audited;
    let last = cheated.entries.last().unwrap().clone();
    for period in ["2025-M11", "2027-Q1"] {
        let event = Event::PeriodOpened {
            period: period.parse().unwrap(),
            programme: digest,
            public_key: PublicKey([1; 32]),
            by: OpenedBy::Calendar,
        };
        cheated.entries.push(entry(&last, event));
    }
    cheated.sign();
    for words in ["shares weeks", "kind of period", "before it could be"] {
        has(&cheated.check(), Check::Order, words);
    }
}

/// What the finding says, and the lie.
type Lie<'a> = (&'a str, &'a dyn Fn(&mut Release));

#[test]
fn releases_that_lie_are_found() {
    let audited = honest();
    let lie = |change: &dyn Fn(&mut Release)| {
        let mut cheated = audited.clone();
        cheated.replace("2025-Q3", change);
        cheated.check()
    };
    let cases: &[Lie<'_>] = &[
        ("states a stdev of", &|r| r.measures[0].breakdowns[1].stdev *= 0.9),
        ("states a stdev of", &|r| r.measures[2].breakdowns[0].stdev *= 1.0 + 1e-7),
        ("another cap", &|r| r.measures[0].cap = 120),
        ("another cap or unit", &|r| r.measures[1].unit = "thing".to_owned()),
        ("its share is", &|r| r.measures[1].rho *= 0.5),
        ("its programme file gives", &|r| r.guarantee.rho = 0.3),
        ("debited", &|r| r.guarantee.rho = 0.3),
        ("does not follow from its rho", &|r| r.guarantee.epsilon *= 0.99),
        ("does not follow from rho", &|r| r.guarantee.equivalents[1].epsilon *= 0.9),
        ("equivalent for", &|r| r.guarantee.equivalents[0].rho /= 2.0),
        ("equivalent for", &|r| r.guarantee.equivalents[2].basis.push('!')),
        ("lines that follow", &|r| drop(r.guarantee.equivalents.pop())),
        ("delta", &|r| r.guarantee.delta = 1e-5),
        ("not zCDP", &|r| r.guarantee.neighbours = "replace".to_owned()),
        ("measures are not those", &|r| r.measures.swap(0, 1)),
        ("measures are not those", &|r| drop(r.measures.pop())),
        ("not the breakdowns", &|r| r.measures[0].breakdowns.swap(0, 1)),
    ];
    cases.iter().for_each(|(words, change)| has(&lie(change), Check::Guarantee, words));
    let cases: &[Lie<'_>] = &[
        ("do not add up", &|r| r.measures[0].breakdowns[1].cells[0].estimate += 5.0),
        ("do not follow", &|r| r.measures[0].breakdowns[1].cells[0].low += 1.0),
        ("do not follow", &|r| r.measures[0].breakdowns[0].cells[0].high -= 1.0),
        ("do not follow", &|r| r.measures[0].breakdowns[0].cells[0].reported += 1),
        ("do not follow", &|r| {
            let quality = &mut r.measures[0].breakdowns[0].cells[0].quality;
            *quality = if *quality == Quality::Good { Quality::Caution } else { Quality::Good };
        }),
        ("the cells of its programme", &|r| r.measures[0].breakdowns[1].cells.swap(0, 1)),
        ("the cells of its programme", &|r| drop(r.measures[0].breakdowns[1].cells.pop())),
        ("target of", &|r| {
            r.measures[0].target = Some(Target { value: 5, result: TargetResult::Reached });
        }),
    ];
    cases.iter().for_each(|(words, change)| has(&lie(change), Check::Tables, words));
    let cases: &[Lie<'_>] = &[
        ("weeks are not those", &|r| r.weeks.truncate(12)),
        ("not of 2025-Q3", &|r| {
            r.period = "2025-Q2".parse().unwrap();
            r.weeks = r.period.weeks();
        }),
        ("after its entry", &|r| r.published = "2025-12-01".to_owned()),
        ("not written", &|r| r.published = "today".to_owned()),
        ("policy_digest", &|r| r.policy_digest = r.config_digest.clone()),
        ("config_digest", &|r| r.config_digest = r.policy_digest.clone()),
        ("name is not the one", &|r| r.programme = "Others".to_owned()),
        ("its schema", &|r| r.schema = "peertally/release/2".to_owned()),
    ];
    cases.iter().for_each(|(words, change)| has(&lie(change), Check::Releases, words));
}

/// Sums off by far less than a printed figure, and yet by more than rounding.
#[test]
fn a_cell_moved_by_a_millionth_is_found() {
    let mut cheated = honest();
    cheated.replace("2025-Q3", |release| {
        let table = &mut release.measures[0].breakdowns[1];
        let cell = &mut table.cells[0];
        cell.estimate += 0.001;
        let interval = peertally::accuracy::interval(cell.estimate, table.stdev);
        (cell.low, cell.high) = (interval.low, interval.high);
    });
    has(&cheated.check(), Check::Tables, "do not add up");
}

#[test]
fn what_lies_beside_is_named() {
    let audited = honest();
    let size = audited.entries.len();
    let mut files = audited.files.clone();
    for (path, _) in [
        ("notes.txt", 0),
        ("log/checkpoint.tmp", 0),
        ("releases/2023-Q1.json", 0),
        (&*format!("log/tile/0/000.p/{}", size - 1), 0),
        (&*format!("log/tile/0/000.p/{}", size + 1), 0),
        ("programme/00.toml", 0),
    ] {
        files.0.insert(path.to_owned(), b"x".to_vec());
    }
    let report = audited.ask(&files);
    assert_eq!(found(&report), [Check::Files]);
    assert_eq!(report.findings.len(), 6);
    for words in ["no entry of the log names", "temporary", "superseded", "greater log", "never adopted", "such a name"]
    {
        has(&report, Check::Files, words);
    }
}

#[test]
fn one_run_names_many_faults_and_nothing_unprintable() {
    let audited = honest();
    let mut files = audited.files.clone();
    files.0.remove("releases/2025-Q1.json");
    files.0.get_mut("releases/2025-Q2.json").unwrap().push(b'\n');
    files.0.insert("\u{1b}[31m\u{202e}evil".to_owned(), Vec::new());
    // Another root, written as a root is written, so that the rest is still read.
    let root = &mut files.0.get_mut("log/checkpoint").unwrap()[60];
    *root = if *root == b'A' { b'B' } else { b'A' };
    let report = audited.ask(&files);
    for check in [Check::Signature, Check::Releases, Check::Files] {
        assert!(found(&report).contains(&check), "{}", words(&report));
    }
    let unprintable = |text: &str| text.contains(peertally::domain::printable::is_unprintable);
    assert!(!report.findings.iter().any(|f| unprintable(&f.at) || unprintable(&f.wrong)));
    assert!(!verify(&MemoryFiles::default(), &audited.question()).clean);
}

/// A service's files, which become others after some reads.
struct Growing<'a> {
    old: &'a MemoryFiles,
    new: &'a MemoryFiles,
    left: std::cell::Cell<usize>,
}

impl PublicFiles for Growing<'_> {
    fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, String> {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        if left > 0 { self.old.read(path, most) } else { self.new.read(path, most) }
    }

    fn list(&self) -> Result<Option<Vec<String>>, String> {
        if self.left.get() > 0 { self.old.list() } else { self.new.list() }
    }
}

#[test]
fn a_log_that_grows_while_it_is_read_is_no_finding() {
    let audited = honest();
    let mut before = audited.clone();
    before.entries.truncate(audited.position("period.closing", "2025-Q3"));
    before.files.0.remove("releases/2025-Q3.json");
    before.sign();
    assert!(before.check().clean, "{}", words(&before.check()));
    for reads in 0..20 {
        let files = Growing { old: &before.files, new: &audited.files, left: std::cell::Cell::new(reads) };
        let report = verify(&files, &audited.question());
        assert!(report.clean, "after {reads} reads: {}", words(&report));
    }
}
