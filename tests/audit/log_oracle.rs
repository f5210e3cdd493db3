//! The log's formats, held against three other programs' reading of them:
//! `tlog_tiles` (tiles, checkpoints, proofs), `signed_note` (signatures) and
//! `ct-merkle` (roots and proofs, RFC 6962). None of them is shipped.
// The lint's leave for tests does not reach a test's helper functions.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use jiff::civil::date;
use peertally::crypto::digest::{Digest, sha256};
use peertally::crypto::sign::{LogKey, LogVerifierKey};
use peertally::log::merkle::{self, leaf_hash};
use peertally::log::tile::decode_bundle;
use peertally::log::{CHECKPOINT, Checkpoint, DirSource, Event, Log, PublicLog, Tile, origin_name, survey};
use sha2::Sha256;
use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::{HashReader, Tile as OtherTile};

/// Sizes 0 to this are compared: past seven full tiles.
const SIZES: u64 = 2000;

/// The other program's hash storage.
#[derive(Default)]
struct Stored(Vec<tlog_tiles::Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|i| self.0[usize::try_from(*i).unwrap()]).collect())
    }
}

impl Stored {
    fn push(&mut self, n: u64, entry: &[u8]) {
        let hashes = tlog_tiles::stored_hashes(n, entry, self).unwrap();
        self.0.extend(hashes);
    }
}

fn theirs(digests: &[Digest]) -> Vec<tlog_tiles::Hash> {
    digests.iter().map(|digest| tlog_tiles::Hash(digest.0)).collect()
}

fn data(n: u64) -> Vec<u8> {
    n.to_be_bytes().repeat(usize::try_from(n % 7).unwrap())
}

/// A spread of positions below `size`: both ends, around full tiles, and some between.
fn some_below(size: u64) -> Vec<u64> {
    let mut all: Vec<u64> = if size <= 40 {
        (0..size).collect()
    } else {
        let near = [0, 1, 2, size / 3, size / 2, 254, 255, 256, 257, 511, 512, size - 2, size - 1];
        near.into_iter().chain([size * 7919 % 2003, size * 104_729 % 2003]).filter(|n| *n < size).collect()
    };
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn roots_and_proofs_agree_with_both_oracles() {
    let (mut leaves, mut stored, mut tree) =
        (Vec::new(), Stored::default(), MemoryBackedTree::<Sha256, Vec<u8>>::new());
    let mut roots = Vec::new();
    for size in 0..=SIZES {
        let root = merkle::root(&leaves);
        roots.push(root);
        let their_root = tlog_tiles::tree_hash(size, &stored).unwrap();
        assert_eq!(their_root.0, root.0, "root of {size}");
        assert_eq!(tree.root().as_bytes().as_slice(), root.as_bytes(), "root of {size}");

        for index in some_below(size) {
            let at = usize::try_from(index).unwrap();
            let proof = merkle::inclusion_proof(&leaves, at).unwrap();
            assert!(theirs(&proof) == tlog_tiles::prove_record(size, index, &stored).unwrap(), "{index} in {size}");
            let bytes: Vec<u8> = proof.iter().flat_map(|digest| digest.0).collect();
            assert_eq!(tree.prove_inclusion(at).as_bytes(), bytes, "{index} in {size}");
            assert!(merkle::verify_inclusion(&leaves[at], index, size, &proof, &root));
            tree.root().verify_inclusion(&data(index), index, &InclusionProof::from_bytes(bytes)).unwrap();
        }
        for old in some_below(size).into_iter().filter(|old| *old > 0) {
            let proof = merkle::consistency_proof(&leaves, usize::try_from(old).unwrap()).unwrap();
            assert!(theirs(&proof) == tlog_tiles::prove_tree(size, old, &stored).unwrap(), "{old} to {size}");
            let bytes: Vec<u8> = proof.iter().flat_map(|digest| digest.0).collect();
            let added = usize::try_from(size - old).unwrap();
            assert_eq!(tree.prove_consistency(added).as_bytes(), bytes, "{old} to {size}");
            let old_root = roots[usize::try_from(old).unwrap()];
            assert!(merkle::verify_consistency(old, &old_root, size, &root, &proof), "{old} to {size}");
            assert!(!merkle::verify_consistency(old, &root, size, &old_root, &proof), "{old} to {size}");
            let their_old = RootHash::<Sha256>::new(old_root.0.into(), old);
            tree.root().verify_consistency(&their_old, &ConsistencyProof::try_from_bytes(bytes).unwrap()).unwrap();
        }
        leaves.push(leaf_hash(&data(size)));
        stored.push(size, &data(size));
        tree.push(data(size));
    }
}

/// What the standard says a log of `size` entries serves, by the other program's reckoning.
fn their_tiles(size: u64) -> Vec<OtherTile> {
    // Height 8; from nothing to `size` is every tile.
    OtherTile::new_tiles(8, 0, size)
}

fn our_path(tile: &OtherTile) -> String {
    // Their path names the height, which C2SP tlog-tiles fixes at 8.
    tile.path().replacen("tile/8/", "tile/", 1)
}

fn check_note(bytes: &[u8], key: &LogVerifierKey) -> tlog_tiles::Checkpoint {
    let verifier = StandardVerifier::new(&key.to_string()).unwrap();
    let note = Note::from_bytes(bytes).unwrap();
    let (known, unknown) = note.verify(&VerifierList::new(vec![Box::new(verifier)])).unwrap();
    assert_eq!((known.len(), unknown.len()), (1, 0));
    assert_eq!(note.to_bytes(), bytes);
    tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap()
}

#[test]
fn a_growing_log_on_disk_is_what_the_oracles_expect() {
    let base = tempfile::tempdir().unwrap();
    let folder = base.path().join("public/log");
    let origin = origin_name([1, 2, 3, 4]);
    let mut log = Log::create(&folder, LogKey::from_seed(&[5; 32]).unwrap(), &origin).unwrap();
    let key = log.verifier().clone();
    let (mut stored, mut first) = (Stored::default(), None::<Checkpoint>);
    for size in 0..=SIZES {
        let bytes = fs::read(folder.join(CHECKPOINT)).unwrap();
        let theirs = check_note(&bytes, &key);
        assert_eq!((theirs.origin(), theirs.size(), theirs.extension()), (origin.as_str(), size, ""));
        assert!(*theirs.hash() == tlog_tiles::tree_hash(size, &stored).unwrap(), "{size}");
        check_tiles(&folder, size, &stored);

        if size % 97 == 0 || (254..=258).contains(&size) {
            let public = PublicLog::read(&DirSource(folder.clone()), &key).unwrap();
            assert_eq!(public.checkpoint(), log.public().checkpoint());
            assert_eq!(public.entries(), log.public().entries());
            let old = first.get_or_insert_with(|| public.checkpoint().clone());
            public.check_extends(old).unwrap();
            assert!((0..size).all(|index| public.inclusion_proof(index).unwrap().holds()));
        }
        let event = Event::PolicyAdopted { digest: sha256(&size.to_be_bytes()) };
        assert_eq!(log.append(date(2025, 4, 14), event).unwrap(), size);
        stored.push(size, &log.public().entries().last().unwrap().encode().unwrap());
    }
}

fn check_tiles(folder: &Path, size: u64, stored: &Stored) {
    let tiles = their_tiles(size);
    let mut paths: Vec<String> = tiles.iter().map(our_path).collect();
    // Each level-0 tile has its bundle of entries.
    let bundles: Vec<_> = tiles.iter().filter(|tile| tile.level() == 0).collect();
    paths.extend(bundles.iter().map(|tile| our_path(tile).replacen("tile/0/", "tile/entries/", 1)));
    paths.sort();
    let mut ours: Vec<String> = Tile::all(size).iter().map(Tile::path).collect();
    ours.sort();
    assert_eq!(ours, paths, "{size}");
    let found = survey(folder, size).unwrap();
    assert!(found.leftover.is_empty() && found.unknown.is_empty() && found.empty.is_empty(), "{size} {found:?}");

    for tile in &tiles {
        let bytes = fs::read(folder.join(our_path(tile))).unwrap();
        assert_eq!(bytes, tile.read_data(stored).unwrap(), "{} at {size}", our_path(tile));
    }
    for tile in bundles {
        let path = our_path(tile).replacen("tile/0/", "tile/entries/", 1);
        let bytes = fs::read(folder.join(&path)).unwrap();
        let entries = decode_bundle(&bytes, u16::try_from(tile.width()).unwrap()).unwrap();
        let hashes: Vec<u8> = entries.iter().flat_map(|entry| tlog_tiles::record_hash(entry).0).collect();
        assert_eq!(hashes, tile.read_data(stored).unwrap(), "{path} at {size}");
    }
}

#[test]
fn keys_and_notes_of_the_oracle_are_ours() {
    let key = LogKey::from_seed(&[6; 32]).unwrap();
    let name = "example.org/log42";
    // Their secret key form: PRIVATE+KEY+name+hash+base64(1 ‖ seed).
    let verifier = key.verifier(name).unwrap();
    let id: String = verifier.id().iter().map(|byte| format!("{byte:02x}")).collect();
    let seed = data_encoding::BASE64.encode(&[&[1], key.seed().as_slice()].concat());
    let signer = signed_note::StandardSigner::new(&format!("PRIVATE+KEY+{name}+{id}+{seed}")).unwrap();
    let checkpoint = Checkpoint { origin: name.to_owned(), size: 7, root: sha256(b"root") };
    let mut note = Note::new(checkpoint.text().as_bytes(), &[]).unwrap();
    note.add_sigs(&[&signer]).unwrap();
    assert_eq!(note.to_bytes(), checkpoint.sign(&key).unwrap());
    assert_eq!(Checkpoint::open(&note.to_bytes(), &verifier).unwrap(), checkpoint);
}
