//! Debits against the caps of the programme files that were in force.
//!
//! Guarantee: a period spends at most its own programme's ρ; all periods of a
//! calendar year at most the larger of its programme's cap and the one of the
//! programme in force when the debit was made, which is the rule of the close.

use super::config_files::Adopted;
use super::replay::{History, at};
use super::report::{Check, Findings};
use crate::log::{Entry, Event, LedgerError};

/// Checks a debit before it is applied.
pub(super) fn check(story: &History, index: u64, entry: &Entry, adopted: &Adopted, notes: &mut Findings) {
    let Event::BudgetDebited { period, rho, unit } = &entry.event else { return };
    let ledger = &story.ledger;
    let Some(view) = ledger.period(*period) else { return };
    // An unreadable programme file is a finding of `adopted`.
    let Some(bound) = adopted.programme(&view.programme) else { return };
    let advice = "ask the operator which programme file allowed it; what was spent cannot be taken back";
    if *unit != bound.privacy.unit {
        let wrong = format!("it counts in the unit {unit}, but the programme protects a {}", bound.privacy.unit);
        notes.found(Check::Budget, &at(index, entry), &wrong, advice);
    }
    let now = ledger.programme().and_then(|digest| adopted.programme(&digest));
    let cap_year =
        now.map_or(bound.privacy.rho_per_year, |now| now.privacy.rho_per_year.max(bound.privacy.rho_per_year));
    match ledger.check_debit(*period, *rho, bound.privacy.rho, cap_year) {
        // The second of two debits is found by `order`.
        Ok(()) | Err(LedgerError::DebitedBefore { .. }) => {}
        Err(error) => notes.found(Check::Budget, &at(index, entry), &words(&error), advice),
    }
}

/// In an auditor's words: the ledger's own are meant for the operator.
fn words(error: &LedgerError) -> String {
    match error {
        LedgerError::PeriodCap { period, rho, cap } => {
            format!("rho = {rho} was debited for {period}, above the {cap} that its programme file allows a period")
        }
        LedgerError::YearCap { year, rho, cap, spent, .. } => {
            format!("rho = {rho} beside the {spent} spent before is above the {cap} allowed for {year}")
        }
        other => other.to_string(),
    }
}
