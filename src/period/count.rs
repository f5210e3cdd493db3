//! Opens the sealed rows of a period that takes no more, on all cores.
//!
//! Guarantee: every row opens, or nothing is counted. Opened rows live in
//! memory only and are wiped once they are added up.

use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::PeriodError;
use crate::crypto::Opener;
use crate::domain::{Period, Record, RowKey};
use crate::store::{SealedRows, codec};

/// Rows handed to a core at a time.
const CHUNK: usize = 512;

type Chunk = Vec<(RowKey, Vec<u8>)>;

/// All tallies of a period.
pub(super) fn open_rows(store: &impl SealedRows, period: Period, opener: &Opener) -> Result<Vec<Record>, PeriodError> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (queue, chunks) = sync_channel::<Chunk>(2 * cores);
    // Owned by the workers alone: when they have all ended, a send fails instead of waiting.
    let chunks = Arc::new(Mutex::new(chunks));
    let work = |chunks: Arc<Mutex<Receiver<Chunk>>>| {
        let (mut records, mut damaged) = (Vec::new(), 0);
        let next = || chunks.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
        while let Some(chunk) = next() {
            for (row, sealed) in &chunk {
                match opener.open(row, sealed).ok().and_then(|plain| codec::decode(&plain)) {
                    Some(record) => records.push(record),
                    None => damaged += 1,
                }
            }
        }
        (records, damaged)
    };
    let (drained, parts) = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|_| {
                let chunks = Arc::clone(&chunks);
                scope.spawn(move || work(chunks))
            })
            .collect();
        drop(chunks);
        let mut chunk = Chunk::with_capacity(CHUNK);
        let drained = store.drain(period, &mut |row, sealed| {
            chunk.push((row, sealed.to_vec()));
            if chunk.len() == CHUNK {
                // A send fails only when every worker has ended; the join below then tells.
                let _ = queue.send(std::mem::take(&mut chunk));
            }
        });
        let _ = queue.send(chunk);
        drop(queue);
        (drained, workers.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>())
    });
    drained?;
    let (mut records, mut damaged) = (Vec::new(), 0);
    for part in parts {
        // A worker that panicked counts as damage: nothing may be published without its rows.
        let (mut opened, bad) = part.unwrap_or((Vec::new(), 1));
        records.append(&mut opened);
        damaged += bad;
    }
    if damaged > 0 { Err(PeriodError::RowsDamaged(period, damaged)) } else { Ok(records) }
}
