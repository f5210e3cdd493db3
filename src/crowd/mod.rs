//! Made-up tallies for the demonstration and for simulations.
//!
//! Guarantee: the same seed makes the same crowd; nothing here is a secret and
//! nothing of a real programme goes in.
//! Non-guarantee: the shape (skewed, over-dispersed, missing weeks) is like
//! real outreach, the figures are not anybody's.

pub mod phones;
pub mod shape;

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Gamma, Poisson};

use crate::domain::Week;
use crate::intake::draft::{Draft, RawCount};
pub use shape::ProgrammeOutline;

/// One made-up worker: a usual place, a usual pace.
struct Worker {
    usual: Vec<usize>,
    tallies: f64,
    pace: f64,
}

/// A crowd of made-up workers.
pub struct Crowd {
    shape: ProgrammeOutline,
    workers: Vec<Worker>,
    random: StdRng,
}

impl Crowd {
    /// `workers` of a programme.
    #[must_use]
    pub fn new(shape: impl Into<ProgrammeOutline>, workers: u32, seed: u64) -> Self {
        let shape = shape.into();
        let mut random = StdRng::seed_from_u64(seed);
        let worker = |random: &mut StdRng| Worker {
            usual: shape.dimensions.iter().map(|(_, categories)| skewed(random, categories.len())).collect(),
            tallies: gamma(random, 4.0, 0.75),
            pace: gamma(random, 5.0, 0.2),
        };
        let workers = (0..workers).map(|_| worker(&mut random)).collect();
        Self { shape, workers, random }
    }

    /// What the crowd sends for one week: position of the worker, and the tally. A card never has more than it may send
    /// within an hour; who sends several weeks within one must look after that.
    pub fn week(&mut self, week: Week) -> Vec<(usize, Draft)> {
        let mut sent = Vec::new();
        for (at, worker) in self.workers.iter().enumerate() {
            // One week in sixteen is missed, as weeks are.
            let number = if self.random.random_bool(0.06) { 0 } else { poisson(&mut self.random, worker.tallies) };
            for _ in 0..number.min(u64::from(self.shape.tallies_per_hour)) {
                sent.push((at, tally(&self.shape, worker, week, &mut self.random)));
            }
        }
        sent
    }
}

fn tally(shape: &ProgrammeOutline, worker: &Worker, week: Week, random: &mut StdRng) -> Draft {
    let mut categories = BTreeMap::new();
    for ((dimension, list), usual) in shape.dimensions.iter().zip(&worker.usual) {
        let at = if random.random_bool(0.75) { *usual } else { skewed(random, list.len()) };
        if let Some(category) = list.get(at) {
            categories.insert(dimension.clone(), category.clone());
        }
    }
    let mut counts = BTreeMap::new();
    for (at, measure) in shape.measures.iter().enumerate() {
        // A busy week just about meets its cap; some boxes stay blank.
        let mean = f64::from(measure.cap) / 16.0 * worker.pace;
        let rate = gamma(random, 1.6, mean / 1.6);
        let count = poisson(random, rate).min(u64::from(measure.max_per_tally));
        if at == 0 || random.random_bool(0.9) {
            counts.insert(measure.id.clone(), RawCount::Whole(count));
        }
    }
    Draft { week: week.to_string(), categories, counts, problems: Vec::new() }
}

/// Lower positions are likelier.
fn skewed(random: &mut StdRng, number: usize) -> usize {
    let pick: f64 = random.random::<f64>().powf(1.7);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "small")]
    let at = (pick * number as f64) as usize;
    at.min(number.saturating_sub(1))
}

fn gamma(random: &mut StdRng, shape: f64, scale: f64) -> f64 {
    Gamma::new(shape, scale).map_or(0.0, |gamma| gamma.sample(random))
}

fn poisson(random: &mut StdRng, mean: f64) -> u64 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never negative, far below 2^63")]
    Poisson::new(mean).map_or(0, |poisson| poisson.sample(random) as u64)
}
