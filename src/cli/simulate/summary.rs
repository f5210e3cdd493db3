//! What became of what was sent.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::domain::Week;

/// Sums over all phones.
#[derive(Default, Serialize)]
pub(super) struct Summary {
    /// Requests, with every repetition.
    pub(super) sent: u64,
    /// 201, 200 and 204: on the service's disk.
    pub(super) acknowledged: BTreeMap<u16, u64>,
    /// Every other status.
    pub(super) refused: BTreeMap<u16, u64>,
    /// Refusals for a week that is not open, by week.
    pub(super) weeks_refused: BTreeMap<String, u64>,
    /// Weeks asked for that the service said it does not take.
    pub(super) weeks_not_open: BTreeSet<String>,
    /// Repeated after an answer, as phones do.
    pub(super) repeated: u64,
    /// Repeated because no answer came, or 503.
    pub(super) retried: u64,
    /// Given up: whether it was taken is not known.
    pub(super) unanswered: u64,
}

impl Summary {
    /// Notes which of the weeks are not open.
    pub(super) fn of(programme: &Value, weeks: &[Week]) -> Self {
        let open: Vec<&str> = programme
            .get("open_weeks")
            .and_then(Value::as_array)
            .map_or_else(Vec::new, |weeks| weeks.iter().filter_map(Value::as_str).collect());
        let weeks = weeks.iter().map(ToString::to_string);
        Self { weeks_not_open: weeks.filter(|week| !open.contains(&week.as_str())).collect(), ..Self::default() }
    }

    /// One answer.
    pub(super) fn answered(&mut self, status: u16, problem: &str, week: &str) {
        let list = if matches!(status, 200 | 201 | 204) { &mut self.acknowledged } else { &mut self.refused };
        *list.entry(status).or_default() += 1;
        if ["week-closed", "waits-for-key", "period-closed"].iter().any(|kind| problem.ends_with(kind)) {
            *self.weeks_refused.entry(week.to_owned()).or_default() += 1;
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.sent += other.sent;
        self.repeated += other.repeated;
        self.retried += other.retried;
        self.unanswered += other.unanswered;
        add(&mut self.acknowledged, other.acknowledged);
        add(&mut self.refused, other.refused);
        add(&mut self.weeks_refused, other.weeks_refused);
    }

    /// True if everything was acknowledged.
    pub(super) fn is_clean(&self) -> bool {
        self.refused.is_empty() && self.unanswered == 0
    }
}

fn add<K: Ord>(to: &mut BTreeMap<K, u64>, from: BTreeMap<K, u64>) {
    for (key, number) in from {
        *to.entry(key).or_default() += number;
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |status| self.acknowledged.get(&status).copied().unwrap_or_default();
        let (new, same, withdrawn) = (of(201), of(200), of(204));
        let all = new + same + withdrawn;
        writeln!(f, "{} requests sent ({} repeated, {} retried).", self.sent, self.repeated, self.retried)?;
        writeln!(
            f,
            "{all} acknowledged: {new} new (201), {same} the same or corrected (200), {withdrawn} withdrawn (204)."
        )?;
        for (status, number) in &self.refused {
            writeln!(f, "{number} refused with {status}.")?;
        }
        for week in &self.weeks_not_open {
            let refused = self.weeks_refused.get(week).copied().unwrap_or_default();
            writeln!(f, "{week} is not open, so the service takes nothing for it ({refused} refused).")?;
        }
        match self.unanswered {
            0 => Ok(()),
            number => writeln!(f, "{number} were never answered: whether they count is not known."),
        }
    }
}
