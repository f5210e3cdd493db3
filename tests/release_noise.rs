//! The noise of whole releases, held against theory. Noise cannot be seeded, so
//! every threshold states how often a correct program would fail it.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use peertally::domain::release::{Release, Software};
use peertally::domain::{MAX_MEASURES, PeriodKind, PrivacyUnit, Pseudonym, Record};
use peertally::policy::programme::{CardRules, Retention};
use peertally::policy::{Attribute, Breakdown, Category, Dimension, Measure, Privacy, Programme};
use peertally::release::{FillOrder, ReleaseRequest, UnitKey, plan_cost, release};

const AREA: Attribute = Attribute::Dimension(0);

/// Areas `area-0`…, measures `m0`… with these caps; ρ as given, unit worker-week.
fn programme(areas: usize, caps: &[u32], rho: f64, breakdowns: &[&[Attribute]]) -> Programme {
    let label = BTreeMap::new;
    Programme {
        name: "test".into(),
        page_title: "Form".into(),
        short_name: "Form".into(),
        period: PeriodKind::Month,
        grace_days: 14,
        timezone: TimeZone::UTC,
        exit: "https://example.org".into(),
        security_contact: None,
        locales: vec!["en".parse().unwrap()],
        dimensions: vec![Dimension {
            id: "area".parse().unwrap(),
            label: label(),
            categories: (0..areas)
                .map(|i| Category { id: format!("area-{i}").parse().unwrap(), label: label() })
                .collect(),
        }],
        measures: (0..)
            .zip(caps)
            .map(|(i, cap): (usize, _)| Measure {
                id: format!("m{i}").parse().unwrap(),
                label: label(),
                unit: "thing".into(),
                max_per_tally: *cap,
                cap: *cap,
                why: String::new(),
                asked_by: String::new(),
                standards: vec![],
                target: None,
                share: 1.0,
                encounter: 1,
            })
            .collect(),
        privacy: Privacy {
            unit: PrivacyUnit::WorkerWeek,
            rho,
            rho_per_year: 100.0,
            delta: 1e-6,
            breakdowns: breakdowns.iter().map(|by| Breakdown { by: by.to_vec(), weight: 1.0 }).collect(),
        },
        cards: CardRules { tallies_per_week: 20 },
        retention: Retention { keys_days: 30 },
    }
}

struct InOrder;

impl FillOrder for InOrder {
    fn rank(&self, _unit: &UnitKey, cell: u32) -> u64 {
        u64::from(cell)
    }
}

fn released(programme: &Programme, records: &[Record]) -> Release {
    release(ReleaseRequest {
        programme,
        period: "2025-M02".parse().unwrap(),
        records: records.to_vec(),
        order: &InOrder,
        published: "2025-03-17".into(),
        config_digest: String::new(),
        policy_digest: String::new(),
        software: Software { version: "0".into(), commit: "unknown".into() },
    })
    .unwrap()
}

/// One row in the first week, all measures alike.
fn record(who: u8, area: u8, count: u32) -> Record {
    let mut counts = [None; MAX_MEASURES];
    counts.fill(Some(count));
    Record { pseudonym: Pseudonym([who; 16]), week: 0, categories: [area, 0, 0], counts }
}

/// Errors of all cells in breakdown `number`, where every true value is zero.
fn noise_of(release: &Release, number: usize) -> impl Iterator<Item = f64> {
    release.measures.iter().flat_map(move |m| &m.breakdowns[number].cells).map(|c| c.estimate)
}

/// Upper 10⁻⁷ point of chi-square with `df` degrees of freedom (Wilson and Hilferty; good to 1 % from 10 on).
fn chi_square_limit(df: f64) -> f64 {
    let z = 5.1993;
    df * (1.0 - 2.0 / (9.0 * df) + z * (2.0 / (9.0 * df)).sqrt()).powi(3)
}

/// A correct program fails this once in about 10⁷ runs.
#[test]
fn the_noise_has_the_law_of_the_discrete_gaussian() {
    // Five measures with one breakdown of 200 areas, scale 7 · √(1 / 2ρ) = 3.5 at ρ = 2 each.
    let programme = programme(200, &[7; 5], 10.0, &[&[AREA]]);
    let scale = plan_cost(&programme, 4).unwrap().per_measure[0].scale;
    assert!((scale - 3.5).abs() < 1e-9);
    let mut seen: BTreeMap<i64, f64> = BTreeMap::new();
    let mut drawn = 0.0;
    for _ in 0..200 {
        for noise in noise_of(&released(&programme, &[]), 0) {
            assert_eq!(noise, noise.trunc(), "noise is whole");
            *seen.entry(noise as i64).or_default() += 1.0;
            drawn += 1.0;
        }
    }
    // Exact weights, and the two tails in one bin each.
    let weight = |x: i64| (-(x * x) as f64 / (2.0 * scale * scale)).exp();
    let all: f64 = (-60..=60).map(weight).sum();
    let edge = 10;
    let mut bins: Vec<(f64, f64)> =
        (-edge + 1..edge).map(|x| (seen.get(&x).copied().unwrap_or(0.0), drawn * weight(x) / all)).collect();
    for sign in [-1, 1] {
        let tail = seen.iter().filter(|(x, _)| **x * sign >= edge).map(|(_, n)| n).sum();
        bins.push((tail, drawn * (edge..=60).map(weight).sum::<f64>() / all));
    }
    assert!(bins.iter().all(|(_, expected)| *expected > 50.0));
    let statistic: f64 = bins.iter().map(|(n, expected)| (n - expected).powi(2) / expected).sum();
    let limit = chi_square_limit((bins.len() - 1) as f64);
    assert!(statistic < limit, "{statistic} >= {limit} over {drawn} draws");
    // The test can fail: a scale 5 % off lies far above the limit.
    let off = |x: i64| (-(x * x) as f64 / (2.0 * (scale * 1.05).powi(2))).exp();
    let off_all: f64 = (-60..=60).map(off).sum();
    let power: f64 =
        (-edge + 1..edge).map(|x| drawn * (weight(x) / all - off(x) / off_all).powi(2) / (off(x) / off_all)).sum();
    assert!(power > 2.0 * limit, "{power}");
}

/// 2,000 releases of 12 measures. The rarest figure, the total, has 24,000 draws: its
/// standard deviation has a relative error of 1/√48000 = 0.46 %, so 3 % is 6.6 of these
/// (one failure in 10¹⁰ runs); areas and weeks have more draws.
#[test]
fn stated_deviations_and_intervals_are_true() {
    let programme =
        programme(6, &[60, 200, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60], 3.0, &[&[], &[AREA], &[Attribute::Week]]);
    let truth = [record(1, 0, 40), record(2, 0, 10), record(2, 3, 30)];
    // Sums by area, the same for every measure; all in the first week, all below the caps.
    let by_area = [50.0, 0.0, 0.0, 30.0, 0.0, 0.0];
    let mut squares = [0.0; 3];
    let mut draws = [0.0; 3];
    let (mut covered, mut intervals) = (0.0, 0.0);
    for _ in 0..2_000 {
        let release = released(&programme, &truth);
        for measure in &release.measures {
            for (number, breakdown) in measure.breakdowns.iter().enumerate() {
                assert!((breakdown.stdev / f64::from(measure.cap) - 6f64.sqrt()).abs() < 1e-9);
                for (i, cell) in breakdown.cells.iter().enumerate() {
                    let expected = match number {
                        0 => 80.0,
                        1 => by_area[i],
                        _ => [80.0, 0.0, 0.0, 0.0][i],
                    };
                    let z = (cell.estimate - expected) / breakdown.stdev;
                    squares[number] += z * z;
                    draws[number] += 1.0;
                    // Clamping at 0 only ever widens what is covered; undo it to test the law.
                    let half = 1.959_963_984_540_054 * breakdown.stdev;
                    assert_eq!(cell.low, (cell.estimate - half).max(0.0));
                    assert_eq!(cell.high, (cell.estimate + half).max(0.0));
                    covered += f64::from(u8::from((cell.estimate - expected).abs() <= half));
                    intervals += 1.0;
                }
            }
        }
    }
    for (square, n) in squares.iter().zip(draws) {
        let ratio = (square / n).sqrt();
        assert!((ratio - 1.0).abs() < 0.03, "{ratio} over {n} draws");
    }
    // 264,000 intervals: one standard error is 0.04 %, so 1 % is more than twenty of them.
    let coverage: f64 = covered / intervals;
    assert!((0.94..=0.96).contains(&coverage), "{coverage}");
}
