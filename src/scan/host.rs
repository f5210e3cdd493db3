//! What can only be noted of this machine: where memory may end up on a disk.

/// Notes on core dumps and swap, as the kernel shows them to everybody.
#[must_use]
pub fn notes() -> Vec<String> {
    let text = |path: &str| std::fs::read_to_string(path).ok();
    let mut notes = Vec::new();
    if let Some(pattern) = text("/proc/sys/kernel/core_pattern") {
        let to = if pattern.starts_with('|') { "hands core dumps to a program" } else { "writes core dumps to files" };
        notes.push(format!("the kernel {to} (/proc/sys/kernel/core_pattern); peertally switches its own off"));
    }
    let swap = text("/proc/swaps").is_some_and(|swaps| swaps.lines().count() > 1);
    if swap {
        notes.push(
            "swap is on: memory of the service may lie there, unless deploy/peertally.service keeps it out".to_owned(),
        );
    }
    if text("/sys/power/resume").is_some_and(|device| !device.trim().is_empty() && device.trim() != "0:0") {
        notes.push("hibernation has a place on a disk: it would write all memory there".to_owned());
    }
    notes
}
