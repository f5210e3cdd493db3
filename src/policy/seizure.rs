//! What a seizure can surrender: which places it holds, and what of them can be read.
//!
//! Guarantee: which places a thing holds follows from where each place lies;
//! what can be read follows from the form of the place and the custody. Both
//! are compiled in, and `schema::compare` refuses a policy file that differs.
//! Non-guarantee: what lies outside this program (a phone, a proxy) is told in
//! the policy's words.

use serde::Serialize;

use super::policy_file::{Policy, StoredField};
use super::schema::StoredItem;

/// Where a place lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StorageMedium {
    /// The private part of DATA.
    Disk,
    /// DATA/public, which anybody may read.
    Public,
    /// Memory of the running service.
    Memory,
    /// Where the operator keeps it.
    Elsewhere,
}

/// In what form a place holds what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protection {
    /// As it is.
    Plain,
    /// Keyed hashes.
    Keyed,
    /// Encrypted under the master key.
    Wrapped,
    /// Encrypted to a period.
    Sealed,
}

/// Where the keys of open periods are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyCustody {
    /// All on one disk.
    Host,
    /// On the host, with the master key on another disk or from the system's own store.
    HostApart,
    /// The private key is off the host.
    Offline,
}

/// Things that can be seized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seizure {
    /// The host, running.
    RunningHost,
    /// Its disk.
    Disk,
    /// A copy of that.
    Backup,
    /// A worker's phone.
    Phone,
    /// A card.
    Card,
    /// The codes file or a sheet.
    Codes,
    /// The public log.
    Log,
    /// Whoever provides the connection.
    Proxy,
}

impl StorageMedium {
    /// All, by the name used in the policy file.
    pub const ALL: [(&'static str, Self); 4] =
        [("disk", Self::Disk), ("public", Self::Public), ("memory", Self::Memory), ("elsewhere", Self::Elsewhere)];
}

impl Protection {
    /// All, by the name used in the policy file.
    pub const ALL: [(&'static str, Self); 4] =
        [("plain", Self::Plain), ("keyed", Self::Keyed), ("wrapped", Self::Wrapped), ("sealed", Self::Sealed)];
}

impl KeyCustody {
    /// All, by the name used in the policy file.
    pub const ALL: [(&'static str, Self); 3] =
        [("host", Self::Host), ("host-apart", Self::HostApart), ("offline", Self::Offline)];

    /// For readers.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Host => "Keys on the host, master key on the same disk (custody `host`)",
            Self::HostApart => {
                "Keys on the host, master key elsewhere (custody `host`, master key as a system credential)"
            }
            Self::Offline => "Private key away from the host (custody `offline`)",
        }
    }
}

impl Seizure {
    /// All, by the name used in the policy file.
    pub const ALL: [(&'static str, Self); 8] = [
        ("running-host", Self::RunningHost),
        ("disk", Self::Disk),
        ("backup", Self::Backup),
        ("phone", Self::Phone),
        ("card", Self::Card),
        ("codes", Self::Codes),
        ("log", Self::Log),
        ("proxy", Self::Proxy),
    ];

    /// Its name in the policy file.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(_, seizure)| *seizure == self).map_or("", |(id, _)| id)
    }

    /// What of the stored places it holds, as the program stores them.
    #[must_use]
    pub const fn gives(self) -> &'static [StorageMedium] {
        match self {
            Self::RunningHost => &[StorageMedium::Disk, StorageMedium::Public, StorageMedium::Memory],
            Self::Disk => &[StorageMedium::Disk, StorageMedium::Public],
            Self::Backup => &[StorageMedium::Disk, StorageMedium::Public, StorageMedium::Elsewhere],
            Self::Log => &[StorageMedium::Public],
            Self::Phone | Self::Card | Self::Codes | Self::Proxy => &[],
        }
    }

    /// Under which custody it opens the tallies of open periods.
    #[must_use]
    pub const fn opens(self) -> &'static [KeyCustody] {
        match self {
            Self::RunningHost => &[KeyCustody::Host, KeyCustody::HostApart],
            Self::Disk | Self::Backup => &[KeyCustody::Host],
            Self::Phone | Self::Card | Self::Codes | Self::Log | Self::Proxy => &[],
        }
    }
}

impl StoredItem {
    /// Where it lies.
    #[must_use]
    pub const fn lies(self) -> StorageMedium {
        match self {
            Self::Public | Self::Log | Self::LogEvents => StorageMedium::Public,
            Self::Memory => StorageMedium::Memory,
            Self::Backup => StorageMedium::Elsewhere,
            _ => StorageMedium::Disk,
        }
    }

    /// In what form it holds what it holds.
    #[must_use]
    pub const fn form(self) -> Protection {
        match self {
            Self::RowKey | Self::Tombstone | Self::Cards => Protection::Keyed,
            Self::RowValue | Self::Record | Self::Backup => Protection::Sealed,
            Self::PeriodSecrets | Self::QueueKeys => Protection::Wrapped,
            _ => Protection::Plain,
        }
    }
}

/// What one thing surrenders.
pub struct Surrender<'a> {
    /// The thing.
    pub what: &'a str,
    /// The places that it holds.
    pub places: Vec<SeizedItem<'a>>,
    /// For each custody, whether tallies of open periods can be read; none where no sealed row is held.
    pub tallies: Vec<(&'static str, bool)>,
    /// What else, in words.
    pub also: &'a [String],
    /// What never.
    pub never: &'a [String],
}

/// One place that is held.
pub struct SeizedItem<'a> {
    /// Any field of it: they share what is said of the place.
    pub field: &'a StoredField,
    /// What can be read of it.
    pub read: &'static str,
}

impl Policy {
    /// What each thing surrenders, in the order of the file.
    #[must_use]
    pub fn surrenders(&self) -> Vec<Surrender<'_>> {
        self.seizures
            .iter()
            .map(|seizure| {
                let held = |field: &&StoredField| seizure.gives.contains(&field.lies);
                let mut places: Vec<SeizedItem<'_>> = Vec::new();
                for field in self.stored.iter().filter(held) {
                    if places.iter().all(|other| other.field.place != field.place) {
                        places.push(SeizedItem { field, read: readable(field.form, &seizure.opens) });
                    }
                }
                let sealed = places.iter().any(|held| held.field.form == Protection::Sealed);
                let custody = KeyCustody::ALL.iter().filter(|_| sealed);
                let tallies = custody.map(|(_, kind)| (kind.words(), seizure.opens.contains(kind))).collect();
                Surrender { what: &seizure.what, places, tallies, also: &seizure.also, never: &seizure.never }
            })
            .collect()
    }
}

fn readable(form: Protection, opens: &[KeyCustody]) -> &'static str {
    match form {
        Protection::Plain => "as it is",
        Protection::Keyed => {
            "how many there are; keyed hashes. With the keys and a card: which of them are that card's"
        }
        Protection::Wrapped if opens.is_empty() => "how many there are; encrypted",
        Protection::Wrapped => "with the master key, where that is seized too",
        Protection::Sealed if opens.is_empty() => "how many there are; sealed",
        Protection::Sealed => "how many there are; the content as the custody below says, and never of a closed period",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{PolicyError, compare, embedded};

    #[test]
    fn every_place_is_in_a_seizure_and_tallies_open_only_where_the_keys_are() {
        let policy = embedded::policy().unwrap();
        let surrenders = policy.surrenders();
        assert_eq!(surrenders.len(), Seizure::ALL.len());
        for place in StoredItem::ALL {
            let held = surrenders.iter().any(|s| s.places.iter().any(|held| held.field.place == place.id()));
            assert!(held, "{}", place.id());
        }
        let opens = |what: &str| -> Vec<bool> {
            let surrender = surrenders.iter().find(|s| s.what.contains(what)).unwrap();
            surrender.tallies.iter().map(|(_, opens)| *opens).collect()
        };
        assert_eq!(opens("running host"), [true, true, false]);
        assert_eq!(opens("The disk"), [true, false, false]);
        assert_eq!(opens("backup"), [true, false, false]);
        for none in ["phone", "A card", "codes", "log", "provider"] {
            assert_eq!(opens(none), Vec::<bool>::new(), "{none}");
        }
    }

    #[test]
    fn a_sheet_that_says_less_or_more_than_the_program_does_is_refused() {
        let good = embedded::policy().unwrap();
        for at in 0..good.seizures.len() {
            let mut policy = good.clone();
            let id = policy.seizures.remove(at).id.id();
            assert!(compare(&policy).unwrap_err().to_string().contains(&format!("`{id}`")));
            let mut policy = good.clone();
            match policy.seizures[at].gives.pop() {
                Some(_) => {}
                None => policy.seizures[at].gives.push(StorageMedium::Disk),
            }
            assert!(matches!(compare(&policy), Err(PolicyError::Seizure { .. })));
            let mut policy = good.clone();
            policy.seizures[at].opens = vec![KeyCustody::Offline];
            assert!(matches!(compare(&policy), Err(PolicyError::Seizure { .. })));
        }
        for (at, _) in good.stored.iter().enumerate() {
            let mut policy = good.clone();
            policy.stored[at].lies = if policy.stored[at].lies == StorageMedium::Memory {
                StorageMedium::Disk
            } else {
                StorageMedium::Memory
            };
            assert!(matches!(compare(&policy), Err(PolicyError::Place { .. })));
            let mut policy = good.clone();
            policy.stored[at].form =
                if policy.stored[at].form == Protection::Plain { Protection::Sealed } else { Protection::Plain };
            assert!(matches!(compare(&policy), Err(PolicyError::Place { .. })));
        }
    }
}
