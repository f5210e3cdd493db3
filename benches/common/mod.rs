//! What the benchmarks share: facts of the machine, medians, tables.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Where the data folders lie: on a disk, in the build's own folder.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

/// The value after `--name`, if it is given.
pub fn option<T: std::str::FromStr>(name: &str) -> Option<T> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name).skip(1);
    arguments.next().and_then(|value| value.parse().ok())
}

pub fn cores() -> usize {
    std::thread::available_parallelism().unwrap().get()
}

fn first_line(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default().lines().next().unwrap_or_default().to_owned()
}

fn file_system(path: &Path) -> String {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let of = |line: &str| {
        let mut words = line.split(' ').skip(1);
        Some((PathBuf::from(words.next()?), words.next()?.to_owned()))
    };
    let covering = mounts.lines().filter_map(of).filter(|(at, _)| path.starts_with(at));
    covering.max_by_key(|(at, _)| at.as_os_str().len()).map_or_else(String::new, |(_, kind)| kind)
}

/// The load averages now.
pub fn load() -> String {
    first_line("/proc/loadavg")
}

/// One line per fact that a figure depends on.
pub fn facts(data: &Path) {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    println!("machine: {} cores, {}", cores(), model.trim_start_matches([' ', '\t', ':']));
    println!("kernel: {}; file system: {}", first_line("/proc/sys/kernel/osrelease"), file_system(data));
    println!("load before: {}", first_line("/proc/loadavg"));
}

/// Median, least and most.
pub fn spread(values: &[f64]) -> (f64, f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |i: usize| sorted.get(i).copied().unwrap_or(f64::NAN);
    let (low, high) = (at(sorted.len().saturating_sub(1) / 2), at(sorted.len() / 2));
    (f64::midpoint(low, high), at(0), at(sorted.len().saturating_sub(1)))
}

/// `median (least–most)` with so many digits.
pub fn show(values: &[f64], digits: usize) -> String {
    let (median, least, most) = spread(values);
    format!("{median:.digits$} ({least:.digits$}–{most:.digits$})")
}

/// A line of `/proc/<id>/status` in MiB, such as `VmHWM`.
pub fn memory(process: &str, name: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}

/// Appends of 4 KiB made durable one after the other: how many in a second.
pub fn bare_syncs(folder: &Path, time: Duration) -> f64 {
    use std::io::Write;
    let mut file = std::fs::File::create(folder.join("syncs")).unwrap();
    let (start, mut number) = (Instant::now(), 0.0);
    while start.elapsed() < time {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
        number += 1.0;
    }
    number / start.elapsed().as_secs_f64()
}
