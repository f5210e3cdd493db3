//! Power cuts: whatever a disk may hold after one, nothing that was acknowledged is lost.
//!
//! A load on a real data folder (this test's own program, started again) runs
//! under a recorder that is loaded before the C library (`power_cut/recorder.c`).
//! From its record the folder is rebuilt as a disk may have it after a cut at
//! some moment (`power/disk.rs`), opened as the program opens it
//! (`DataDir::open`, in this process) and held against what was acknowledged
//! until then (`power/check.rs`). Some cuts are where the next run goes on.
//! The controls take syncs for not done: then something must be lost.
//! `PEERTALLY_DEEP=1` makes 2,100 images; `PEERTALLY_POWER_KEEP` names a folder
//! where images are kept until they pass.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]
#![allow(clippy::print_stderr, reason = "a test may stop at once")]

mod check;
mod disk;
mod driver;
mod notes;
mod record;

use crate::common::life;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, mpsc};

use crate::common::life::Dice;
use disk::{Disk, Withheld};
use notes::{Notes, Pen};
use peertally::log::Entry;
use record::Event;

const SEGMENT: u64 = 512 * 1024;
/// Images are made ahead of those that check them by so many.
const AHEAD: usize = 2;

struct Size {
    runs: u32,
    bursts: u32,
    images: usize,
    control: usize,
}

fn size() -> Size {
    match std::env::var_os("PEERTALLY_DEEP") {
        Some(_) => Size { runs: 3, bursts: 120, images: 700, control: 20 },
        None => Size { runs: 2, bursts: 150, images: 60, control: 10 },
    }
}

/// Not a test of its own: the load, which the test below starts under the recorder.
#[test]
#[ignore = "started by the other test, under the recorder"]
fn load() {
    let Some(notes) = std::env::var_os("PEERTALLY_POWER_NOTES") else { return };
    let number = |name: &str| std::env::var(name).unwrap().parse().unwrap();
    let data = PathBuf::from(std::env::var_os("PEERTALLY_POWER_DATA").unwrap());
    let mut dice = Dice::new("load");
    driver::run(&data, &Pen::new(&notes), number("PEERTALLY_POWER_RUN"), number("PEERTALLY_POWER_BURSTS"), &mut dice);
}

/// One recorded run.
struct Run {
    events: Vec<Event>,
    /// What was written down before it.
    before: Notes,
    whole: Vec<Entry>,
}

/// An image that did not hold, and the moment of the cut.
type Failures = Vec<(usize, Vec<String>)>;

#[test]
fn no_power_cut_loses_what_was_acknowledged() {
    let (size, mut dice) = (size(), Dice::new("power_cut"));
    let work = tempfile::tempdir().unwrap();
    let recorder = work.path().join("recorder.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lifecycle/power_cut/recorder.c");
    let flags = ["-O2", "-shared", "-fPIC", "-ldl", "-lpthread", "-o"];
    let compiled = Command::new("cc").args(flags).arg(&recorder).arg(source).status();
    let compiled = compiled.expect("the test needs a C compiler named cc");
    assert!(compiled.success());

    let mut data = work.path().canonicalize().unwrap().join("data-0");
    fs::create_dir(&data).unwrap();
    let mut before = Notes::default();
    let (mut images, mut wrong, mut lost, mut controls) = (0, Vec::new(), BTreeMap::new(), 0);
    let mut used_again = 0;
    for number in 0..size.runs {
        let disks = [Withheld::Nothing, Withheld::Nothing, Withheld::Store, Withheld::LogNames];
        let [real, again, store, names] = disks.map(|withheld| Disk::of(&data, withheld));
        let run = record_run(&recorder, &data, number, size.bursts, before.clone(), &mut dice);
        used_again += describe(number, &run);
        let mut whole = real;
        run.events.iter().for_each(|event| whole.step(event));
        let rebuilt = work.path().join("rebuilt");
        whole.image(&rebuilt, None);
        assert!(life::files(&rebuilt) == life::files(&data), "the record does not give what is on the disk");
        fs::remove_dir_all(&rebuilt).unwrap();

        let next = work.path().canonicalize().unwrap().join(format!("data-{}", number + 1));
        let (found, after) = cut(again, &run, size.images, anywhere, &mut dice, Some(&next));
        images += size.images;
        wrong.extend(found.into_iter().map(|found| (number, found)));
        for (kind, disk) in [(Withheld::Store, store), (Withheld::LogNames, names)] {
            let moments = if kind == Withheld::Store { after_any_answer } else { after_an_entry };
            let (found, _) = cut(disk, &run, size.control, moments, &mut dice, None);
            *lost.entry(format!("{kind:?}")).or_insert(0) += found.len();
        }
        controls += size.control;
        (data, before) = (next, after.unwrap());
    }
    println!("{images} images: {} did not hold", wrong.len());
    println!("controls, of {controls} images each, with the last syncs taken for not done: {lost:?} did not hold");
    for (run, (at, wrong)) in wrong.iter().take(10) {
        eprintln!("run {run}, cut after event {at}: {}", wrong[..wrong.len().min(5)].join("\n  "));
    }
    assert!(used_again > 0, "no segment of the store was used again: the load is too small");
    assert!(wrong.is_empty(), "{} of {images} images did not hold", wrong.len());
    for (kind, lost) in lost {
        assert!(lost > 0, "with the syncs of {kind} withheld nothing was lost: this test cannot fail");
    }
}

fn record_run(recorder: &Path, data: &Path, number: u32, bursts: u32, before: Notes, dice: &mut Dice) -> Run {
    let (record, notes) = (data.with_extension("record"), data.with_extension("notes"));
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "power_cut::load", "--ignored", "--nocapture"])
        .env("LD_PRELOAD", recorder)
        .env("PEERTALLY_POWER_DATA", data)
        .env("PEERTALLY_POWER_NOTES", notes)
        .env("PEERTALLY_POWER_RECORD", &record)
        .env("PEERTALLY_POWER_RUN", number.to_string())
        .env("PEERTALLY_POWER_BURSTS", bursts.to_string())
        .env("PEERTALLY_SEED", dice.below(u64::from(u32::MAX)).to_string())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}{}", String::from_utf8_lossy(&done.stdout), life::stderr(&done));
    let events = record::read(&record, data);
    fs::remove_file(record).unwrap();
    Run { events, before, whole: life::log(data).entries().to_vec() }
}

fn describe(number: u32, run: &Run) -> usize {
    let count = |fits: fn(&Event) -> bool| run.events.iter().filter(|event| fits(event)).count();
    let writes = count(|e| matches!(e, Event::Write { .. }));
    let syncs = count(|e| matches!(e, Event::SyncEnd { .. }));
    let names = count(|e| {
        !matches!(
            e,
            Event::Write { .. } | Event::Cut { .. } | Event::SyncBegin { .. } | Event::SyncEnd { .. } | Event::Note(_)
        )
    });
    let mut notes = run.before.clone();
    notes_at(&run.events, &mut notes);
    let asked = notes.acknowledged - run.before.acknowledged;
    let again = segments_written_again(run);
    println!(
        "run {number}: {asked} answers of success; {writes} writes, {syncs} syncs, {names} changes of names; \
         {again} segments of the store written again"
    );
    again
}

fn notes_at(events: &[Event], notes: &mut Notes) {
    for event in events {
        if let Event::Note(text) = event {
            notes.take(text);
        }
    }
}

/// How often sled began a segment anew where an earlier one had been.
fn segments_written_again(run: &Run) -> usize {
    let mut heads = BTreeMap::new();
    for event in &run.events {
        // Any file: after a close the store goes on in a fresh one. Others are shorter than a segment.
        if let Event::Write { file, at, .. } = event
            && *at > 0
            && at % SEGMENT == 0
        {
            *heads.entry((*file, *at)).or_insert(0_usize) += 1;
        }
    }
    heads.values().filter(|times| **times > 1).count()
}

/// Any moment: nearly every third one is right after an answer of success.
fn anywhere(_: &[Event], _: usize) -> bool {
    true
}
fn after_any_answer(events: &[Event], n: usize) -> bool {
    matches!(&events[n], Event::Note(text) if text.contains(" ! "))
}
fn after_an_entry(events: &[Event], n: usize) -> bool {
    matches!(&events[n], Event::Note(text) if text.starts_with("log !"))
}

/// Cuts a run at random moments and checks each image; one late cut more is where the next run begins.
fn cut(
    mut disk: Disk,
    run: &Run,
    images: usize,
    moments: fn(&[Event], usize) -> bool,
    dice: &mut Dice,
    next: Option<&Path>,
) -> (Failures, Option<Notes>) {
    let ready = run.events.iter().position(|e| matches!(e, Event::Note(text) if text.starts_with("ready"))).unwrap();
    let possible: Vec<usize> = (ready..run.events.len()).filter(|n| moments(&run.events, *n)).collect();
    let pick = |dice: &mut Dice, list: &[usize]| list[usize::try_from(dice.below(list.len() as u64)).unwrap()];
    let mut cuts: Vec<(usize, bool)> = (0..images).map(|_| (pick(dice, &possible), false)).collect();
    if next.is_some() {
        cuts.push((pick(dice, &possible[possible.len() * 4 / 5..]), true));
    }
    cuts.sort_unstable();
    let keep = std::env::var_os("PEERTALLY_POWER_KEEP").map(PathBuf::from);
    let (to, from) = mpsc::sync_channel::<(usize, tempfile::TempDir, Arc<Notes>)>(AHEAD);
    let from = Mutex::new(from);
    let failures = Mutex::new(Failures::new());
    let mut after = None;
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Ok((at, folder, notes)) = from.lock().unwrap().recv() else { break };
                    let kept = keep
                        .as_ref()
                        .map(|keep| keep.join(format!("{}-{at}", folder.path().file_name().unwrap().display())));
                    if let Some(kept) = &kept {
                        life::copy(folder.path(), kept);
                    }
                    let wrong = check::check(&folder.path().join("data"), &notes, &run.whole);
                    if wrong.is_empty() {
                        kept.into_iter().for_each(|kept| fs::remove_dir_all(kept).unwrap());
                    } else {
                        failures.lock().unwrap().push((at, wrong));
                    }
                }
            });
        }
        let (mut done, mut notes) = (0_usize, run.before.clone());
        for (at, goes_on) in cuts {
            for event in &run.events[done..=at] {
                disk.step(event);
                if let Event::Note(text) = event {
                    notes.take(text);
                }
            }
            done = at + 1;
            if goes_on {
                disk.image(next.unwrap(), Some(dice));
                after = Some(notes.clone());
            } else {
                let folder = tempfile::tempdir().unwrap();
                disk.image(&folder.path().join("data"), Some(dice));
                to.send((at, folder, Arc::new(notes.clone()))).unwrap();
            }
        }
        drop(to);
    });
    (failures.into_inner().unwrap(), after)
}
