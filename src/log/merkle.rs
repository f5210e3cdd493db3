//! The tree: hashes, roots, proofs and their verification (RFC 6962, section
//! 2.1; verification as in RFC 9162, sections 2.1.3.2 and 2.1.4.2).
//!
//! Guarantee: pure functions; verification needs public data only, and a proof
//! of the wrong length never passes.
//! Non-guarantee: cost is linear in the tree's size, meant for logs of
//! thousands of entries.

use crate::crypto::digest::{Digest, sha256_of_parts};

/// Hash of an entry: SHA-256(0 ‖ entry).
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Digest {
    sha256_of_parts(&[&[0], entry])
}

/// Hash of an inner node: SHA-256(1 ‖ left ‖ right).
#[must_use]
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    sha256_of_parts(&[&[1], left.as_bytes(), right.as_bytes()])
}

/// Root over leaf hashes; of none, the hash of nothing.
#[must_use]
pub fn root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => sha256_of_parts(&[]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// Proof that the leaf at `index` is under the root of `leaves`; `None` if
/// there is no such leaf.
#[must_use]
pub fn inclusion_proof(leaves: &[Digest], index: usize) -> Option<Vec<Digest>> {
    if index >= leaves.len() {
        return None;
    }
    let (mut leaves, mut index, mut proof) = (leaves, index, Vec::new());
    while leaves.len() > 1 {
        let at = split(leaves.len());
        let (left, right) = leaves.split_at(at);
        if index < at {
            proof.push(root(right));
            leaves = left;
        } else {
            proof.push(root(left));
            (leaves, index) = (right, index - at);
        }
    }
    proof.reverse();
    Some(proof)
}

/// Proof that the tree of the first `old` leaves is a beginning of this one;
/// `None` if `old` is greater. Empty for `old` = 0 and for equal sizes.
#[must_use]
pub fn consistency_proof(leaves: &[Digest], old: usize) -> Option<Vec<Digest>> {
    if old > leaves.len() {
        return None;
    }
    if old == 0 || old == leaves.len() {
        return Some(Vec::new());
    }
    let (mut leaves, mut old, mut whole, mut proof) = (leaves, old, true, Vec::new());
    while old < leaves.len() {
        let at = split(leaves.len());
        let (left, right) = leaves.split_at(at);
        if old <= at {
            proof.push(root(right));
            leaves = left;
        } else {
            proof.push(root(left));
            (leaves, old, whole) = (right, old - at, false);
        }
    }
    if !whole {
        proof.push(root(leaves));
    }
    proof.reverse();
    Some(proof)
}

/// Whether `proof` shows `leaf` at `index` in the tree of `size` leaves with `root`.
#[must_use]
pub fn verify_inclusion(leaf: &Digest, index: u64, size: u64, proof: &[Digest], root: &Digest) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            skip_missing(&mut node, &mut last);
        } else {
            hash = node_hash(&hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows that the tree (`old`, `old_root`) is a beginning of (`new`, `new_root`).
#[must_use]
pub fn verify_consistency(old: u64, old_root: &Digest, new: u64, new_root: &Digest, proof: &[Digest]) -> bool {
    if old > new {
        return false;
    }
    if old == 0 {
        return proof.is_empty() && *old_root == root(&[]) && (new > 0 || old_root == new_root);
    }
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        (node, last) = (node >> 1, last >> 1);
    }
    // A whole subtree is its own beginning; otherwise the proof names it.
    let Some((first, rest)) = (if node == 0 { Some((old_root, proof)) } else { proof.split_first() }) else {
        return false;
    };
    let (mut old_hash, mut new_hash) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            skip_missing(&mut node, &mut last);
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    last == 0 && old_hash == *old_root && new_hash == *new_root
}

/// The right edge of a tree has no siblings on some levels: go up past them.
fn skip_missing(node: &mut u64, last: &mut u64) {
    while *node & 1 == 0 && *node != 0 {
        (*node, *last) = (*node >> 1, *last >> 1);
    }
}

/// The largest power of two below `length`, which is at least 2.
fn split(length: usize) -> usize {
    1 << (length - 1).ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(count: u32) -> Vec<Digest> {
        (0..count).map(|i| leaf_hash(&i.to_be_bytes())).collect()
    }

    #[test]
    fn the_empty_tree_is_the_hash_of_nothing() {
        assert_eq!(root(&[]).to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn every_proof_of_small_trees_holds_and_no_other_does() {
        let all = leaves(70);
        for size in 1..=all.len() {
            let tree = &all[..size];
            let top = root(tree);
            for (index, leaf) in tree.iter().enumerate() {
                let proof = inclusion_proof(tree, index).unwrap();
                for other in 0..=size {
                    let holds = verify_inclusion(leaf, other as u64, size as u64, &proof, &top);
                    assert_eq!(holds, other == index, "{size} {index} {other}");
                }
                let longer = [proof.as_slice(), &[top]].concat();
                assert!(!verify_inclusion(leaf, index as u64, size as u64, &longer, &top));
                if let Some((_, shorter)) = proof.split_last() {
                    assert!(!verify_inclusion(leaf, index as u64, size as u64, shorter, &top));
                }
            }
            assert_eq!(inclusion_proof(tree, size), None);
        }
    }

    #[test]
    fn consistency_holds_for_true_beginnings_only() {
        let all = leaves(70);
        let top = root(&all);
        for old in 0..=all.len() {
            let proof = consistency_proof(&all, old).unwrap();
            let before = root(&all[..old]);
            assert!(verify_consistency(old as u64, &before, 70, &top, &proof), "{old}");
            let mut other = all[..old].to_vec();
            if let Some(first) = other.first_mut() {
                *first = leaf_hash(b"another history");
                assert!(!verify_consistency(old as u64, &root(&other), 70, &top, &proof), "{old}");
            }
            for spoilt in 0..proof.len() {
                let mut proof = proof.clone();
                proof[spoilt] = top;
                assert!(!verify_consistency(old as u64, &before, 70, &top, &proof), "{old} {spoilt}");
            }
            let longer = [proof.as_slice(), &[top]].concat();
            assert!(!verify_consistency(old as u64, &before, 70, &top, &longer), "{old}");
        }
        assert_eq!(consistency_proof(&all, 71), None);
        assert!(!verify_consistency(71, &top, 70, &top, &[]));
        assert!(!verify_consistency(0, &top, 70, &top, &[]));
    }
}
