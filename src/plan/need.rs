//! What it would take for a figure to be good.
//!
//! The relative error is stdev / expected. stdev goes with 1/√ρ and not with the
//! size; what is expected goes with the number of workers. So a relative error r
//! comes down to l with (r/l)² times the ρ, or r/l times the workers.
//!
//! Guarantee: closed forms, rounded up; a test plans again with what they say.

use crate::accuracy::quality::{CAUTION, GOOD};
use crate::domain::release::Quality;

use super::words::number;

/// Most ρ of a period that a programme file may have (`policy`, checked by a test).
const MAX_RHO: f64 = 10.0;
/// Workers beyond which no such programme exists.
const MAX_WORKERS: f64 = 1e6;

/// What lifts a figure of relative error `relative` to the next mark and the one after.
pub(super) fn in_words(relative: f64, workers: u32, rho: f64) -> String {
    if !relative.is_finite() {
        return "nothing is expected there, so no size helps".to_owned();
    }
    let good = format!("good takes {}", takes(relative, GOOD, workers, rho));
    if relative > CAUTION {
        format!("use with caution takes {}, {good}", takes(relative, CAUTION, workers, rho))
    } else {
        good
    }
}

/// The mark's name.
pub(super) fn mark(quality: Quality) -> &'static str {
    match quality {
        Quality::Good => "good",
        Quality::Caution => "to be used with caution",
        Quality::TooUncertain => "too uncertain to use",
    }
}

/// Workers needed for a limit of the relative error.
pub(super) fn workers(relative: f64, limit: f64, workers: u32) -> f64 {
    (f64::from(workers) * relative / limit).ceil()
}

/// ρ needed for a limit of the relative error, rounded up to two figures.
pub(super) fn rho(relative: f64, limit: f64, rho: f64) -> f64 {
    let needed = rho * (relative / limit) * (relative / limit);
    let step = 10f64.powf(needed.log10().floor() - 1.0);
    (needed / step).ceil() * step
}

fn takes(relative: f64, limit: f64, now: u32, spent: f64) -> String {
    let (people, budget) = (workers(relative, limit, now), rho(relative, limit, spent));
    match (people <= MAX_WORKERS, budget <= MAX_RHO) {
        (true, true) => format!("{} workers or rho = {}", number(people), figure(budget)),
        (true, false) => format!("{} workers (no rho that a file may have is enough)", number(people)),
        _ => "more than any programme has".to_owned(),
    }
}

/// ρ without the dust of floating point.
pub(super) fn figure(rho: f64) -> String {
    format!("{rho:.9}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms() {
        assert_eq!(workers(0.666, 0.333, 40), 80.0);
        assert_eq!(figure(rho(0.666, 0.333, 0.5)), "2");
        assert_eq!(figure(rho(0.34, 0.333, 0.5)), "0.53");
        assert_eq!(in_words(0.2, 40, 0.5), "good takes 49 workers or rho = 0.74");
        assert!(in_words(3.0, 40, 0.5).contains("no rho that a file may have"));
        assert!(in_words(f64::INFINITY, 40, 0.5).contains("nothing is expected"));
    }

    #[test]
    fn the_largest_rho_is_the_files() {
        let text = crate::policy::embedded::PROGRAMME.replace("rho = 0.5", "rho = 10.0");
        let text = text.replace("rho_per_year = 2.0", "rho_per_year = 40.0");
        assert!(crate::policy::Programme::parse(&text, "at the limit").is_ok());
        assert!(crate::policy::Programme::parse(&text.replace("rho = 10.0", "rho = 10.1"), "above").is_err());
    }
}
