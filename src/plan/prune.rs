//! Which tables to drop, and what that gives the others: planned again without them.
//!
//! Guarantee: each improvement is the difference of two forecasts of the same
//! mechanism. Non-guarantee: whether anybody needs the table all the same.

use crate::accuracy::whole;
use crate::policy::Programme;

use super::forecast::{Case, UnitPlan};

/// One table that should go.
pub(super) struct Dropped {
    /// Names of its attributes.
    pub(super) by: Vec<String>,
    /// Measures for which its typical cell is too uncertain.
    pub(super) uncertain: Vec<String>,
    /// The part by which the noise of totals shrinks when it goes.
    pub(super) totals: f64,
    /// The same with all that went before.
    pub(super) in_all: f64,
}

/// Drops the worst table again and again, until most measures can be used in each that is left.
///
/// The total is never dropped. Returns what was dropped, the file without it and its forecast.
pub(super) fn prune(case: &Case<'_>, configured: &UnitPlan) -> (Vec<Dropped>, Programme, UnitPlan) {
    let (mut dropped, mut file, mut now) = (Vec::new(), case.file.clone(), configured.clone());
    while file.privacy.breakdowns.len() > 1 {
        let Some(worst) = worst(&now) else { break };
        let uncertain = now.table(worst).filter(|(_, table)| !table.usable()).map(|(id, _)| id.to_owned()).collect();
        let by = now.table(worst).next().map(|(_, table)| table.by.clone()).unwrap_or_default();
        let mut less = file.clone();
        less.privacy.breakdowns.remove(worst);
        let Ok(next) = (Case { file: &less, ..*case }).forecast(now.unit) else { break };
        dropped.push(Dropped {
            by,
            uncertain,
            totals: improvement(&now, &next),
            in_all: improvement(configured, &next),
        });
        (file, now) = (less, next);
    }
    (dropped, file, now)
}

/// The table with the largest typical error among those that most measures cannot use.
fn worst(plan: &UnitPlan) -> Option<usize> {
    let tables = plan.measures.first().map_or(0, |measure| measure.tables.len());
    let error = |at: usize| -> Option<(usize, f64)> {
        let relative: Vec<f64> = plan.table(at).map(|(_, table)| table.relative()).collect();
        let uncertain = plan.table(at).filter(|(_, table)| !table.usable() && !table.by.is_empty()).count();
        // A figure without anything expected is as bad as any number.
        let mean = relative.iter().map(|r| r.min(1e9)).sum::<f64>() / whole(relative.len().max(1));
        (2 * uncertain > relative.len()).then_some((at, mean))
    };
    (0..tables).filter_map(error).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
}

/// By how much the noise of totals shrinks: the mean over the measures.
fn improvement(before: &UnitPlan, after: &UnitPlan) -> f64 {
    let parts: Vec<f64> =
        before.totals().zip(after.totals()).map(|((_, old), (_, new))| 1.0 - new.stdev / old.stdev).collect();
    parts.iter().sum::<f64>() / whole(parts.len().max(1))
}
