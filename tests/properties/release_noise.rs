//! The noise of whole releases, held against theory. Noise cannot be seeded, so
//! every threshold states how often a correct program would fail it.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use peertally::domain::release::{Release, Software};
use peertally::domain::{MAX_MEASURES, PeriodKind, PrivacyUnit, Pseudonym, Record};
use peertally::policy::programme::{CardRules, Retention};
use peertally::policy::{Attribute, Breakdown, Category, Dimension, Measure, Privacy, Programme};
use peertally::release::{ClipOrder, ReleaseRequest, UnitKey, plan_cost, release};

const AREA: Attribute = Attribute::Dimension(0);

/// Areas `area-0`…, measures `m0`… with these caps; ρ as given, unit worker-week.
fn programme(areas: usize, caps: &[u32], rho: f64, breakdowns: &[&[Attribute]]) -> Programme {
    let label = BTreeMap::new;
    Programme {
        name: "test".into(),
        translated: BTreeMap::new(),
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
                weekly_cap: None,
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
        cards: CardRules { tallies_per_hour: 30, tallies_per_week: 20 },
        retention: Retention { keys_days: 30 },
        dhis2: Default::default(),
        registry: Default::default(),
    }
}

struct InOrder;

impl ClipOrder for InOrder {
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

/// 400 releases of 12 measures (`PEERTALLY_DEEP=1`: 2,000). The rarest figure, the total, has n = 12 draws
/// a release. Its root mean square has a relative error of 1/√2n, and 6.6 of these are allowed (one failure
/// in 10¹⁰ runs; 3 % in the deep run). Cells of one table share the total's noise, so the share of intervals
/// that hold the truth is taken to have at most the total's standard error, √(0.05·0.95/n); five are allowed.
#[test]
fn stated_deviations_and_intervals_are_true() {
    let by: [&[Attribute]; 4] = [&[], &[AREA], &[Attribute::Week], &[AREA, Attribute::Week]];
    let programme = programme(6, &[60, 200, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60], 3.0, &by);
    let truth = [record(1, 0, 40), record(2, 0, 10), record(2, 3, 30)];
    // Sums by area, the same for every measure; all in the first week, all below the caps.
    let by_area = [50.0, 0.0, 0.0, 30.0, 0.0, 0.0];
    let plan = plan_cost(&programme, 4).unwrap();
    let (mut squares, mut draws, mut covered) = ([0.0; 4], [0.0; 4], [0.0; 4]);
    let releases = if std::env::var_os("PEERTALLY_DEEP").is_some() { 2_000_u16 } else { 400 };
    for _ in 0..releases {
        let release = released(&programme, &truth);
        for (measure, plan) in release.measures.iter().zip(&plan.per_measure) {
            let total = measure.breakdowns[0].cells[0].estimate;
            for (number, breakdown) in measure.breakdowns.iter().enumerate() {
                assert_eq!(breakdown.stdev, plan.stdevs[number]);
                let sum: f64 = breakdown.cells.iter().map(|cell| cell.estimate).sum();
                assert!((sum - total).abs() < 1e-6, "tables add up: {sum} {total}");
                for (i, cell) in breakdown.cells.iter().enumerate() {
                    let expected = match number {
                        0 => 80.0,
                        1 => by_area[i],
                        2 => [80.0, 0.0, 0.0, 0.0][i],
                        _ => {
                            if i % 4 == 0 {
                                by_area[i / 4]
                            } else {
                                0.0
                            }
                        }
                    };
                    let z = (cell.estimate - expected) / breakdown.stdev;
                    squares[number] += z * z;
                    draws[number] += 1.0;
                    // Clamping at 0 only ever widens what is covered; undo it to test the law.
                    let half = 1.959_963_984_540_054 * breakdown.stdev;
                    assert_eq!(cell.low, (cell.estimate - half).max(0.0));
                    assert_eq!(cell.high, (cell.estimate + half).max(0.0));
                    covered[number] += f64::from(u8::from((cell.estimate - expected).abs() <= half));
                }
            }
        }
    }
    let totals = f64::from(releases) * 12.0;
    for ((square, n), covered) in squares.iter().zip(draws).zip(covered) {
        let (ratio, coverage) = ((square / n).sqrt(), covered / n);
        println!("noise/stated {ratio:.4}, covered {coverage:.4} of {n}");
        assert!((ratio - 1.0).abs() < 6.6 / (2.0 * totals).sqrt(), "{ratio} over {n} draws");
        assert!((coverage - 0.95f64).abs() < 5.0 * (0.0475 / totals).sqrt(), "{coverage} of {n}");
    }
}
