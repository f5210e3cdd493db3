//! Opens the sealed rows that come through the pipe, on all cores.
//!
//! Guarantee: every row opens, or nothing is counted. The list of records is sized once and never moved.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use crate::crypto::Opener;
use crate::crypto::seal::SEALED;
use crate::domain::{MAX_DIMENSIONS, MAX_MEASURES, Pseudonym, Record, RowKey};
use crate::store::codec;

/// Rows handed to a core at a time.
const CHUNK: usize = 512;
/// Bytes of a row in the pipe: its key, and what is sealed.
const ROW: usize = 16 + SEALED;

/// Sealed rows, and the places of their records.
type Part<'a> = (Vec<u8>, &'a mut [Record]);

/// All records, or how many rows do not open.
pub(super) fn open_rows(
    from: &mut dyn Read,
    rows: usize,
    opener: &Opener,
    cores: usize,
) -> io::Result<Result<Vec<Record>, usize>> {
    let mut records = vec![blank(); rows];
    let (queue, parts) = sync_channel::<Part<'_>>(2 * cores);
    // Owned by the workers alone: when they have all ended, a send fails instead of waiting.
    let parts = Arc::new(Mutex::new(parts));
    let (read, damaged) = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|_| {
                let parts = Arc::clone(&parts);
                scope.spawn(move || work(&parts, opener))
            })
            .collect();
        drop(parts);
        let read = records.chunks_mut(CHUNK).try_for_each(|places| {
            let mut sealed = vec![0; places.len() * ROW];
            from.read_exact(&mut sealed)?;
            // A send fails only when every worker has ended; the join below then tells.
            let _ = queue.send((sealed, places));
            Ok(())
        });
        drop(queue);
        // A worker that panicked counts as damage: nothing may be published without its rows.
        let damaged: usize = workers.into_iter().map(|worker| worker.join().unwrap_or(1)).sum();
        (read, damaged)
    });
    read.map(|()| if damaged > 0 { Err(damaged) } else { Ok(records) })
}

/// Opens parts until there are no more; how many rows did not open.
fn work(parts: &Mutex<Receiver<Part<'_>>>, opener: &Opener) -> usize {
    let mut damaged = 0;
    let next = || parts.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    while let Some((sealed, places)) = next() {
        for (row, place) in sealed.chunks_exact(ROW).zip(places) {
            match open(row, opener) {
                Some(record) => *place = record,
                None => damaged += 1,
            }
        }
    }
    damaged
}

fn open(row: &[u8], opener: &Opener) -> Option<Record> {
    let (key, sealed) = row.split_first_chunk::<16>()?;
    let plain = opener.open(&RowKey(*key), sealed).ok()?;
    codec::decode(&plain)
}

fn blank() -> Record {
    Record { pseudonym: Pseudonym([0; 16]), week: 0, categories: [0; MAX_DIMENSIONS], counts: [None; MAX_MEASURES] }
}
