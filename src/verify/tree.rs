//! The log as its files give it: signature, entries, tiles, root.
//!
//! Guarantee: each file is read once; hashing is linear in the number of
//! entries; a missing or changed file is a finding and the rest is still read.
//! Non-guarantee: without a valid signature the entries are only what the
//! source claims; the finding says so, and later checks go on with them.

use super::files::PublicFiles;
use super::report::{Check, Findings, counted};
use crate::crypto::digest::Digest;
use crate::crypto::sign::LogVerifierKey;
use crate::log::merkle::{leaf_hash, root};
use crate::log::note::{MAX_NOTE, SignedNote};
use crate::log::tile::{MAX_ENTRY, TILE_WIDTH, decode_bundle};
use crate::log::{CHECKPOINT, Checkpoint, Entry, MAX_SIZE, Tile};

/// Longest file of entries.
const MAX_BUNDLE: u64 = TILE_WIDTH * (MAX_ENTRY as u64 + 2);
/// Bytes of a full tile of hashes.
const MAX_HASHES: u64 = TILE_WIDTH * 32;
/// What to do about a log file that is not right.
const FETCH: &str = "fetch the source again; if it stays so, keep this copy and ask the operator for a complete one";

/// What was read of a log.
pub(super) struct LogTree {
    pub(super) checkpoint: Checkpoint,
    /// The bytes of the file `checkpoint`.
    pub(super) signed: Vec<u8>,
    /// The entries that could be read, with their positions.
    pub(super) entries: Vec<(u64, Entry)>,
    /// Hash of every entry; empty if one is missing.
    pub(super) leaves: Vec<Digest>,
}

/// Reads the whole log. `None` where not even a checkpoint can be read.
pub(super) fn read(files: &dyn PublicFiles, key: Option<&LogVerifierKey>, notes: &mut Findings) -> Option<LogTree> {
    let (signed, checkpoint) = head(files, key, notes)?;
    if checkpoint.size > MAX_SIZE {
        let wrong = format!("it speaks of {} entries, more than the {MAX_SIZE} that are read", checkpoint.size);
        notes.found(Check::Tree, "log/checkpoint", &wrong, "ask the operator: no programme has so many");
        return None;
    }
    let tiles = Tile::all(checkpoint.size);
    let (mut entries, mut leaves) = (Vec::new(), Vec::new());
    for tile in tiles.iter().filter(|tile| tile.level.is_none()) {
        bundle(files, tile, &mut entries, &mut leaves, notes);
    }
    let whole = leaves.len() as u64 == checkpoint.size;
    if whole {
        let levels = levels(&leaves);
        for tile in tiles.iter().filter(|tile| tile.level.is_some()) {
            hashes(files, tile, &levels, notes);
        }
        if root_of(&levels) != checkpoint.root {
            let advice =
                "one of the files was changed, or the checkpoint belongs to another state: fetch all of them again";
            notes.found(Check::Tree, "log/tile/entries", "the entries do not give the root in the checkpoint", advice);
        }
    } else {
        leaves.clear();
    }
    notes.looked(Check::Tree, format!("{} entries in {}", checkpoint.size, counted(tiles.len(), "file", "files")));
    Some(LogTree { checkpoint, signed, entries, leaves })
}

fn head(files: &dyn PublicFiles, key: Option<&LogVerifierKey>, notes: &mut Findings) -> Option<(Vec<u8>, Checkpoint)> {
    let path = format!("log/{CHECKPOINT}");
    let signed = match files.read(&path, MAX_NOTE as u64) {
        Ok(Some(signed)) => signed,
        Ok(None) => {
            notes.found(Check::Signature, &path, "it is missing, so nothing can be verified", FETCH);
            return None;
        }
        Err(reason) => {
            notes.found(Check::Signature, &path, &format!("it cannot be read: {reason}"), FETCH);
            return None;
        }
    };
    let verified = key.map(|key| Checkpoint::open(&signed, key));
    notes.looked(Check::Signature, "1 checkpoint");
    match verified {
        Some(Ok(checkpoint)) => return Some((signed, checkpoint)),
        Some(Err(error)) => {
            let advice = "do not believe this source: compare the key with the one you were given, and fetch it again";
            notes.found(Check::Signature, &path, &error.to_string(), advice);
        }
        None => notes.found(Check::Signature, &path, "there is no key to verify it with", "give the key with --key"),
    }
    // Not believed, and still read, so that one run names all that is wrong.
    let claimed = SignedNote::parse(&signed).ok().and_then(|note| Checkpoint::parse_text(note.text()).ok());
    claimed.map(|checkpoint| (signed, checkpoint))
}

/// One file of entries. A missing one leaves `leaves` short for good.
fn bundle(
    files: &dyn PublicFiles,
    tile: &Tile,
    entries: &mut Vec<(u64, Entry)>,
    leaves: &mut Vec<Digest>,
    notes: &mut Findings,
) {
    let path = format!("log/{}", tile.path());
    let Some(bytes) = need(files, Check::Tree, &path, MAX_BUNDLE, notes) else { return };
    let Some(bundle) = decode_bundle(&bytes, tile.width) else {
        let wrong = format!("it is not a bundle of {} entries", tile.width);
        return notes.found(Check::Tree, &path, &wrong, FETCH);
    };
    for (bytes, index) in bundle.into_iter().zip(tile.range()) {
        leaves.push(leaf_hash(bytes));
        match Entry::decode(bytes) {
            Ok(entry) => entries.push((index, entry)),
            Err(reason) => {
                let advice = "ask the operator: an entry has one form, and this program reads no other";
                notes.found(Check::Order, &format!("entry {index}"), &reason, advice);
            }
        }
    }
}

fn hashes(files: &dyn PublicFiles, tile: &Tile, levels: &[Vec<Digest>], notes: &mut Findings) {
    let path = format!("log/{}", tile.path());
    let Some(bytes) = need(files, Check::Tree, &path, MAX_HASHES, notes) else { return };
    let level = tile.level.and_then(|level| levels.get(usize::from(level)));
    let first = usize::try_from(tile.range().start).unwrap_or(usize::MAX);
    let range = first..first.saturating_add(usize::from(tile.width));
    let right = level.and_then(|level| level.get(range)).is_some_and(|hashes| {
        bytes.len() == hashes.len() * 32 && bytes.chunks_exact(32).zip(hashes).all(|(a, b)| a == b.as_bytes())
    });
    if !right {
        notes.found(Check::Tree, &path, "it does not fit the entries", FETCH);
    }
}

/// A file that must be there.
pub(super) fn need(
    files: &dyn PublicFiles,
    check: Check,
    path: &str,
    most: u64,
    notes: &mut Findings,
) -> Option<Vec<u8>> {
    match files.read(path, most) {
        Ok(Some(bytes)) => return Some(bytes),
        Ok(None) => notes.found(check, path, "it is missing: the source is incomplete", FETCH),
        Err(reason) => notes.found(check, path, &format!("it cannot be read: {reason}"), FETCH),
    }
    None
}

/// The hashes of every level of tiles: leaves, then roots of each full 256 below.
fn levels(leaves: &[Digest]) -> Vec<Vec<Digest>> {
    let width = usize::from(u8::MAX) + 1;
    let mut levels = vec![leaves.to_vec()];
    while let Some(last) = levels.last().filter(|last| last.len() >= width) {
        let next = last.chunks_exact(width).map(root).collect();
        levels.push(next);
    }
    levels
}

/// The root over all leaves, from the levels: what is not in a full tile is carried upward.
fn root_of(levels: &[Vec<Digest>]) -> Digest {
    let mut carried: Option<Digest> = None;
    for level in levels {
        let full = level.len() - level.len() % 256;
        let mut rest: Vec<Digest> = level.get(full..).unwrap_or_default().to_vec();
        rest.extend(carried);
        carried = if rest.is_empty() { None } else { Some(root(&rest)) };
        if full == 0 {
            break;
        }
    }
    carried.unwrap_or_else(|| root(&[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_by_levels_is_the_root() {
        let leaves: Vec<Digest> = (0..70_000_u32).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let sizes = (0..=2000).chain([65_535, 65_536, 65_537, 65_536 + 256, 65_536 + 257, 70_000]);
        for size in sizes {
            let tree = &leaves[..size];
            assert_eq!(root_of(&levels(tree)), root(tree), "{size}");
        }
    }
}
