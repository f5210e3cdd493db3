//! Programmes and records built by hand, for this room's tests.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::domain::{MAX_MEASURES, PeriodKind, PrivacyUnit, Pseudonym, Record};
use crate::policy::programme::{CardRules, Retention};
use crate::policy::{Attribute, Breakdown, Category, Dimension, Measure, Privacy, Programme};
use crate::release::{ClipOrder, UnitKey};

/// A programme with these dimensions (name, categories), caps and breakdowns; ρ = 0.5, unit worker-week.
pub(crate) fn programme(dimensions: &[(&str, usize)], caps: &[u32], breakdowns: &[&[Attribute]]) -> Programme {
    let label = BTreeMap::new;
    Programme {
        name: "test".into(),
        translated: BTreeMap::new(),
        page_title: "Form".into(),
        short_name: "Form".into(),
        period: PeriodKind::Quarter,
        grace_days: 14,
        timezone: TimeZone::UTC,
        exit: "https://example.org".into(),
        security_contact: None,
        locales: vec!["en".parse().unwrap()],
        dimensions: dimensions
            .iter()
            .map(|(id, n)| Dimension {
                id: id.parse().unwrap(),
                label: label(),
                categories: (0..*n)
                    .map(|i| Category { id: format!("{id}-{i}").parse().unwrap(), label: label() })
                    .collect(),
            })
            .collect(),
        measures: caps
            .iter()
            .enumerate()
            .map(|(i, cap)| Measure {
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
            rho: 0.5,
            rho_per_year: 2.0,
            delta: 1e-6,
            breakdowns: breakdowns.iter().map(|by| Breakdown { by: by.to_vec(), weight: 1.0 }).collect(),
        },
        cards: CardRules { tallies_per_hour: 30, tallies_per_week: 20 },
        retention: Retention { keys_days: 30 },
        dhis2: Default::default(),
        registry: Default::default(),
    }
}

/// The shipped default in size: 6 areas, 5 settings, five measures, three breakdowns.
pub(crate) fn default_programme() -> Programme {
    let breakdowns: [&[Attribute]; 3] = [&[], &[Attribute::Dimension(0)], &[Attribute::Dimension(1)]];
    programme(&[("area", 6), ("setting", 5)], &[120, 20, 900, 600, 60], &breakdowns)
}

/// A record of worker `who` with these counts.
pub(crate) fn record(who: u8, week: u8, categories: [u8; 3], counts: &[u32]) -> Record {
    let mut all = [None; MAX_MEASURES];
    for (place, count) in all.iter_mut().zip(counts) {
        *place = Some(*count);
    }
    Record { pseudonym: Pseudonym([who; 16]), week, categories, counts: all }
}

/// Fills lower cells first.
pub(crate) struct InOrder;

impl ClipOrder for InOrder {
    fn rank(&self, _unit: &UnitKey, cell: u32) -> u64 {
        u64::from(cell)
    }
}
