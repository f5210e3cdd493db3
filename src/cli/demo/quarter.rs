//! A quarter from its first day to its release, in a few seconds.

use std::sync::Arc;

use futures_util::future::join_all;

use super::folder;
use crate::admin::{Request, Role, execute};
use crate::cli::output::Output;
use crate::cli::progress;
use crate::clock::MockClock;
use crate::crowd::Crowd;
use crate::crypto::pseudonym::{new_card, new_receipt, stub_of};
use crate::domain::{CardCode, Period};
use crate::period::{DataDir, DataPaths};
use crate::policy::embedded;

/// The made-up crowd is the same each time; its noise is not.
const SEED: u64 = 2025;

type Failed = Box<dyn std::error::Error>;

/// Lives through `past`; the cards last until `until`.
pub(super) fn live(
    folder: &DataPaths,
    past: Period,
    until: Period,
    workers: u32,
    output: &Output,
) -> Result<Vec<CardCode>, Failed> {
    let clock = Arc::new(MockClock::new(past.first_day()));
    let data_dir = DataDir::create(folder.clone(), embedded::PROGRAMME, embedded::POLICY, clock.clone())?;
    folder::mark(folder)?;
    data_dir.open_current()?;
    let cards = (0..workers).map(|_| new_card()).collect::<Result<Vec<_>, _>>()?;
    let stubs = cards.iter().map(|card| stub_of(card).reveal().to_string()).collect();
    execute(&data_dir, Role::Coordinator, Request::AddCards { stubs, until: Some(until) }, &|_| {})?;

    let programme = data_dir.programme();
    let mut crowd = Crowd::new(programme.as_ref(), workers, SEED);
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let bar = progress::bar(output, "weeks", past.weeks().len() as u64);
    for week in past.weeks() {
        clock.set(week.sunday());
        runtime.block_on(send(&data_dir, &cards, crowd.week(week)))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    clock.set(programme.closing_day(past));
    data_dir.close(past, false)?;
    Ok(cards)
}

/// Sends one week's tallies at once, as a crowd would.
async fn send(
    data_dir: &DataDir,
    cards: &[CardCode],
    tallies: Vec<(usize, crate::intake::draft::Draft)>,
) -> Result<(), Failed> {
    let intake = &data_dir.services().intake;
    let send = |(worker, draft): (usize, crate::intake::draft::Draft)| async move {
        let card = cards.get(worker).map(CardCode::reveal);
        let receipt = new_receipt()?.to_string();
        intake.put(card.as_deref().map(String::as_str), &receipt, draft).await?;
        Ok::<(), Failed>(())
    };
    join_all(tallies.into_iter().map(send)).await.into_iter().collect()
}
