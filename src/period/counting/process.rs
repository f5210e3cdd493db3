//! The counting process itself: shuts itself in, reads, counts, answers, ends.
//!
//! Guarantee: it is confined and cannot be dumped before it reads a secret. What leaves it is a release, which
//! is noisy, or words that say why there is none.

use std::io::{self, BufReader, Read, Write};
use std::process::ExitCode;

use zeroize::Zeroizing;

use super::ARGUMENT;
use super::job::{Job, Reply};
use super::open::open_rows;
use crate::crypto::handover::SECRETS;
use crate::crypto::{ClippingOrder, CountingKeys, PeriodSalt};
use crate::domain::Record;
use crate::domain::release::Software;
use crate::policy::Programme;
use crate::release::{ClipOrder, ReleaseMetadata, UnitKey, draw, plan_cost, prepare};
use crate::report::json;
use crate::sandbox;

/// The secret order of cells, as the release asks for it.
struct Order(ClippingOrder);

impl ClipOrder for Order {
    fn rank(&self, unit: &UnitKey, cell: u32) -> u64 {
        self.0.rank(&unit.to_bytes(), cell)
    }
}

/// Runs as the counting process if this process was started as one; otherwise nothing happens.
/// To be called before anything else.
#[must_use]
pub fn entered() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let _ = sandbox::no_core_dumps();
    let walls = sandbox::close_in();
    let mut stdout = io::stdout().lock();
    if arguments.next().is_some_and(|more| more == "--try") {
        let told = stdout.write_all(walls.missing().unwrap_or_default().as_bytes());
        return Some(told.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS));
    }
    let mut input = BufReader::with_capacity(64 * 1024, io::stdin().lock());
    let done = work(&mut input, cores, &mut stdout).and_then(|reply| reply.write(&mut stdout));
    Some(done.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS))
}

pub(super) fn work(input: &mut dyn Read, cores: usize, output: &mut dyn Write) -> io::Result<Reply> {
    let job = Job::read(input)?;
    let mut say = |name: &str| Reply::Step(name.to_owned()).write(output);
    let (records, order) = match job.rows {
        Some(rows) => {
            let mut secrets = Zeroizing::new([0; SECRETS]);
            input.read_exact(secrets.as_mut())?;
            let keys = CountingKeys::from_bytes(&secrets).map_err(io::Error::other)?;
            let rows = usize::try_from(rows).map_err(io::Error::other)?;
            match open_rows(input, rows, &keys.opener(job.period), cores)? {
                Ok(records) => (records, keys.clipping_order()),
                Err(damaged) => return Ok(Reply::Damaged(damaged)),
            }
        }
        // No row: nothing to open, and nothing to put in order.
        None => (Vec::new(), PeriodSalt::generate().map_err(io::Error::other)?.clipping_order()),
    };
    #[cfg(feature = "test-hooks")]
    crate::faults::hold_counting();
    say("rows.opened")?;
    Ok(match count(&job, records, &Order(order), &mut say) {
        Ok(bytes) => {
            say("release.drawn")?;
            Reply::Done(bytes)
        }
        Err(why) => Reply::Refused(why.to_string()),
    })
}

fn count(
    job: &Job,
    records: Vec<Record>,
    order: &Order,
    say: &mut dyn FnMut(&str) -> io::Result<()>,
) -> Result<Zeroizing<Vec<u8>>, Box<dyn std::error::Error>> {
    let mut programme = Programme::parse(&job.programme, "programme.toml")?;
    let planned = plan_cost(&programme, job.period.weeks().len())?.rho_total;
    if let Some(debited) = job.debited.filter(|debited| planned > *debited) {
        // Another version of the program made the debit and accounted a hair less.
        programme.privacy.rho = debited;
    }
    let prepared = prepare(&programme, job.period, records, order)?;
    say("rows.bounded")?;
    let metadata = ReleaseMetadata {
        published: job.published.clone(),
        config_digest: job.config_digest.clone(),
        policy_digest: job.policy_digest.clone(),
        software: software(),
    };
    Ok(Zeroizing::new(json::write(&draw(&programme, prepared, metadata)?)?))
}

/// The program as named in releases.
fn software() -> Software {
    Software { version: env!("CARGO_PKG_VERSION").to_owned(), commit: env!("PEERTALLY_COMMIT").to_owned() }
}
