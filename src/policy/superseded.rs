//! Policies that earlier versions shipped, by their digests.
//!
//! Guarantee: a data folder that adopted one of these files opens, and adopts the one that this
//! program ships, with an entry in the log. Every other policy must state exactly what this
//! program stores (`schema::compare`): one that was written by hand, too.
//! Non-guarantee: that the way back is open. An older program refuses the new policy.
//!
//! To change what is stored after a release: the digest of the policy that it shipped comes here.

/// Version, SHA-256 of its `config/policy.toml`.
const SUPERSEDED: &[(&str, &str)] = &[("0.1.0", "6f17a67de95203d3584a87eee3d503cedb7269d4f26b42f793be26bfab853ef2")];

/// Whether a policy file is one that an earlier version shipped.
#[must_use]
pub fn is_superseded(digest: &str) -> bool {
    SUPERSEDED.iter().any(|(_, shipped)| *shipped == digest)
}
