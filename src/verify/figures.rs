//! What a release promises, against its programme file and its debit.
//!
//! Guarantee: unit, measures, caps, breakdowns, noise, ρ, ε and equivalents are
//! those that follow; never more ρ is claimed than was debited.

use super::cost::{ExpectedFigures, ExpectedMeasure, agree};
use super::epsilon;
use super::replay::Debit;
use super::report::{Check, Findings};
use crate::accuracy::rounding::sum_up;
use crate::domain::release::{MeasureRelease, Release};
use crate::policy::{Measure, Programme};

const ADVICE: &str = "do not rely on the stated guarantee; ask the operator which program made this release";

/// Checks one release.
pub(super) fn check(
    path: &str,
    release: &Release,
    programme: &Programme,
    expected: &ExpectedFigures,
    debit: Option<&Debit>,
    notes: &mut Findings,
) {
    let mut found = |wrong: String| notes.found(Check::Guarantee, path, &wrong, ADVICE);
    let (guarantee, privacy) = (&release.guarantee, &programme.privacy);
    if guarantee.unit != privacy.unit || guarantee.neighbours != "add-remove" || guarantee.measure != "zCDP" {
        found(format!("its guarantee is not zCDP for adding or removing one {}", privacy.unit));
    }
    if guarantee.delta.to_bits() != privacy.delta.to_bits() {
        found(format!("it states delta = {}, its programme file {}", guarantee.delta, privacy.delta));
    }
    if !agree(guarantee.rho, expected.rho) || guarantee.rho > privacy.rho {
        found(format!("it states rho = {}, its programme file gives {}", guarantee.rho, expected.rho));
    }
    let sum = sum_up(release.measures.iter().map(|measure| measure.rho));
    if guarantee.rho < sum {
        found(format!("its measures cost {sum} together, more than the rho = {} it states", guarantee.rho));
    }
    if !epsilon::holds(guarantee.epsilon, guarantee.rho, guarantee.delta) {
        found(format!("its epsilon = {} does not follow from its rho and delta", guarantee.epsilon));
    }
    equivalents(release, expected, &mut found);
    spent(release, debit, &mut found);
    let ids = release.measures.iter().map(|measure| measure.id.as_str());
    if !ids.eq(programme.measures.iter().map(|measure| measure.id.as_str())) {
        found("its measures are not those of its programme file, in its order".to_owned());
    }
    for (measure, (asked, figures)) in
        release.measures.iter().flat_map(|m| Some((m, of(programme, expected, m.id.as_str())?)))
    {
        of_measure(measure, asked, figures, programme, &mut found);
    }
}

fn of<'a>(
    programme: &'a Programme,
    expected: &'a ExpectedFigures,
    id: &str,
) -> Option<(&'a Measure, &'a ExpectedMeasure)> {
    let at = programme.measure_index(id)?;
    Some((programme.measures.get(at)?, expected.measures.get(at)?))
}

/// The claim against the debit.
fn spent(release: &Release, debit: Option<&Debit>, found: &mut impl FnMut(String)) {
    // Without a debit there is a finding of its own.
    let Some(debit) = debit else { return };
    let rho = release.guarantee.rho;
    if rho > debit.rho || !agree(rho, debit.rho) {
        found(format!("it cost rho = {rho}, and entry {} debited {}", debit.entry, debit.rho));
    }
    if release.guarantee.unit != debit.unit {
        found(format!(
            "entry {} debited for the unit {}, and it states {}",
            debit.entry, debit.unit, release.guarantee.unit
        ));
    }
}

fn equivalents(release: &Release, expected: &ExpectedFigures, found: &mut impl FnMut(String)) {
    let stated = &release.guarantee.equivalents;
    if stated.len() != expected.equivalents.len() {
        return found("its table of equivalents does not have the lines that follow from its unit".to_owned());
    }
    for (stated, right) in stated.iter().zip(&expected.equivalents) {
        if stated.unit != right.unit || stated.basis != right.basis || !agree(stated.rho, right.rho) {
            found(format!(
                "its equivalent for `{}` is not the one that follows: {}, rho = {}",
                stated.unit, right.unit, right.rho
            ));
        } else if !epsilon::holds(stated.epsilon, stated.rho, release.guarantee.delta) {
            found(format!("its epsilon = {} for `{}` does not follow from rho and delta", stated.epsilon, stated.unit));
        }
    }
}

fn of_measure(
    measure: &MeasureRelease,
    asked: &Measure,
    expected: &ExpectedMeasure,
    programme: &Programme,
    found: &mut impl FnMut(String),
) {
    let id = &measure.id;
    if measure.cap != asked.cap || measure.unit != asked.unit {
        found(format!("`{id}` has another cap or unit than in its programme file"));
    }
    if !agree(measure.rho, expected.rho) {
        found(format!("`{id}` states rho = {}, its share is {}", measure.rho, expected.rho));
    }
    let breakdowns = &programme.privacy.breakdowns;
    let named = |by: &[crate::policy::Attribute]| by.iter().map(|at| programme.attribute_id(*at)).collect::<Vec<_>>();
    let same = measure.breakdowns.iter().map(|b| b.by.iter().map(|id| id.as_str()).collect::<Vec<_>>());
    if !same.eq(breakdowns.iter().map(|breakdown| named(&breakdown.by))) {
        return found(format!("the tables of `{id}` are not the breakdowns of its programme file, in its order"));
    }
    for (table, stdev) in measure.breakdowns.iter().zip(&expected.stdevs) {
        if !agree(table.stdev, *stdev) {
            let by: Vec<&str> = table.by.iter().map(|id| id.as_str()).collect();
            found(format!("`{id}` by [{}] states a stdev of {}, and {stdev} follows", by.join(", "), table.stdev));
        }
    }
}
