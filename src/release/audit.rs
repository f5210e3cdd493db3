//! A privacy audit: what many draws can prove about one unit's presence.
//!
//! Guarantee: runs the real path (bounding, accounting, noise) up to the noisy
//! tables; only their formatting is left out. Noise cannot be seeded, so the
//! false-alarm rate is stated.
//! Non-guarantee: a proof of privacy; it can only find a broken mechanism.

use super::draw::noisy_tables;
use super::noise::epsilon;
use super::testing::{InOrder, programme, record};
use super::{Prepared, prepare};
use crate::domain::Record;
use crate::policy::{Attribute, Programme};

const DRAWS: u32 = 10_000;
const THRESHOLDS: u8 = 24;
const DELTAS: [f64; 3] = [1e-6, 0.05, 0.2];

/// KL divergence between two coins, in nats.
fn divergence(p: f64, q: f64) -> f64 {
    let term = |a: f64, b: f64| if a == 0.0 { 0.0 } else { a * (a / b).ln() };
    term(p, q) + term(1.0 - p, 1.0 - q)
}

/// Bounds on a probability seen as `hits` of `n`, each wrong with probability at most `alpha` (Chernoff).
fn bounds(hits: f64, n: f64, alpha: f64) -> (f64, f64) {
    let seen = hits / n;
    let limit = (1.0 / alpha).ln() / n;
    let search = |mut inside: f64, mut outside: f64| {
        for _ in 0..60 {
            let middle = (inside + outside) / 2.0;
            if divergence(seen, middle) <= limit { inside = middle } else { outside = middle }
        }
        outside
    };
    (if hits == 0.0 { 0.0 } else { search(seen, 0.0) }, if hits == n { 1.0 } else { search(seen, 1.0) })
}

/// The best direction to tell two inputs apart: each cell weighed by the known difference.
fn score(tables: &[Vec<Vec<i64>>], prepared: &Prepared, difference: &[Vec<Vec<f64>>]) -> f64 {
    let mut sum = 0.0;
    for ((tables, cost), differences) in tables.iter().zip(&prepared.cost.per_measure).zip(difference) {
        for (table, difference) in tables.iter().zip(differences) {
            for (cell, d) in table.iter().zip(difference) {
                sum += f64::from(i32::try_from(*cell).unwrap()) * d / (cost.stdev * cost.stdev);
            }
        }
    }
    sum
}

fn scores(programme: &Programme, records: &[Record], difference: &[Vec<Vec<f64>>]) -> Vec<f64> {
    let prepared = prepare(programme, "2025-Q1".parse().unwrap(), records.to_vec(), &InOrder).unwrap();
    (0..DRAWS).map(|_| score(&noisy_tables(programme, &prepared).unwrap(), &prepared, difference)).collect()
}

/// Largest ε that the draws prove against any of the claims ε(δ), less that claim.
///
/// Thresholds and values of δ are fixed beforehand; all bounds together hold but
/// for one run in 10⁶ (union bound).
fn proven_beyond(programme: &Programme, with: &[Record], without: &[Record], rho_claimed: f64) -> f64 {
    // One unit at the cap in area 0 moves the total and area 0.
    let difference: Vec<Vec<Vec<f64>>> =
        programme.measures.iter().map(|m| vec![vec![f64::from(m.cap)], vec![f64::from(m.cap), 0.0]]).collect();
    let (present, absent) = (scores(programme, with, &difference), scores(programme, without, &difference));
    // `without` is empty, so scores of `absent` have mean 0; noise as claimed gives them variance 2ρ.
    let n = f64::from(DRAWS);
    let alpha = 1e-6 / (f64::from(THRESHOLDS) * 3.0 * 2.0 * 2.0);
    let mut worst = f64::NEG_INFINITY;
    for delta in DELTAS {
        let claim = epsilon(rho_claimed, delta).unwrap();
        for step in 0..THRESHOLDS {
            let threshold = f64::from(step) * 0.4 - 3.2;
            let above =
                |scores: &[f64]| f64::from(u32::try_from(scores.iter().filter(|s| **s > threshold).count()).unwrap());
            let (p, q) = (above(&present), above(&absent));
            for (hits, others) in [(p, q), (n - q, n - p)] {
                let (low, _) = bounds(hits, n, alpha);
                let (_, high) = bounds(others, n, alpha);
                if low > delta {
                    worst = worst.max(((low - delta) / high).ln() - claim);
                }
            }
        }
    }
    worst
}

/// What 10,000 draws each can prove stays within the claim; noise of half the
/// scale is caught. A correct program fails once in 10⁶ runs.
#[test]
fn an_audit_proves_no_more_than_is_claimed_and_catches_half_the_noise() {
    let breakdowns: [&[Attribute]; 2] = [&[], &[Attribute::Dimension(0)]];
    let claimed = programme(&[("area", 2)], &[30, 30], &breakdowns);
    let at_the_cap = [record(1, 0, [0, 0, 0], &[30, 30])];
    let correct = proven_beyond(&claimed, &at_the_cap, &[], 0.5);
    assert!(correct <= 0.0, "proved {correct} beyond the claim");
    // The claim is not idle: a claim of a fifth of the ρ is refuted.
    let idle = proven_beyond(&claimed, &at_the_cap, &[], 0.1);
    assert!(idle > 0.0, "an audit that proves nothing: {idle}");
    // Far above the cap and spread over rows and cells: bounding keeps it within the same claim.
    let above = [
        record(1, 0, [0, 0, 0], &[4_000_000_000, 31]),
        record(1, 0, [0, 0, 0], &[4_000_000_000, 31]),
        record(1, 0, [1, 0, 0], &[77, 31]),
    ];
    let above = proven_beyond(&claimed, &above, &[], 0.5);
    assert!(above <= 0.0, "proved {above} beyond the claim");
    // Four times the ρ is half the scale: the same audit must see it.
    let mut broken = claimed.clone();
    broken.privacy.rho = 2.0;
    let caught = proven_beyond(&broken, &at_the_cap, &[], 0.5);
    assert!(caught > 0.0, "half the noise was not noticed: {caught}");
    println!(
        "beyond the claim: correct {correct:.2}, above the cap {above:.2}, half the scale {caught:.2}, a fifth of rho {idle:.2}"
    );
}
