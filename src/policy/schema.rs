//! What the program really stores, compiled in, and the comparison with the policy file.
//!
//! Guarantee: [`compare`] accepts a policy only if it states exactly the fields
//! of [`STORED`], each in its place and with its type. The first difference is
//! named; the program must not run with one.
//! Non-guarantee: the table is written by hand beside the code that stores; the
//! codec tests and `audit scan` hold the bytes against it.

use super::policy_file::Policy;
use super::seizure::{Protection, Seizure, StorageMedium};

/// Where a field is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StoredItem {
    /// Key of a sealed row.
    RowKey,
    /// Value of a sealed row.
    RowValue,
    /// Inside the ciphertext of a row.
    Record,
    /// Mark of a withdrawn tally.
    Tombstone,
    /// Card verifiers.
    Cards,
    /// Check values of the store.
    Meta,
    /// Long-lived keys.
    Keys,
    /// Secrets of one period.
    PeriodSecrets,
    /// Keys of the sealed queue.
    QueueKeys,
    /// Number of the folder's format.
    Format,
    /// Published files.
    Public,
    /// The log's own files.
    Log,
    /// Inside the log's entries.
    LogEvents,
    /// Beside the data folder.
    Witness,
    /// In a file that the operator asked for.
    Backup,
    /// In memory, never on disk.
    Memory,
}

/// One stored field, as the program writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemaField {
    /// Where.
    pub place: StoredItem,
    /// Name, unique in its place.
    pub name: &'static str,
    /// Type and width.
    pub kind: &'static str,
}

/// How the policy file differs from the program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The program stores a field that the file does not state.
    #[error(
        "the program stores `{field}` ({kind}), and the policy file does not say so: add it, or \
         use the policy file that came with this program"
    )]
    Missing {
        /// Place and name.
        field: String,
        /// Type in the program.
        kind: &'static str,
    },
    /// The file states a field that the program does not store.
    #[error(
        "the policy file states `{field}`, which this program does not store: remove it, or \
         use the program that it was written for"
    )]
    Unknown {
        /// Place and name.
        field: String,
    },
    /// The file gives another type.
    #[error("the policy file says that `{field}` is `{stated}`, and the program stores `{kind}`: correct the file")]
    Type {
        /// Place and name.
        field: String,
        /// Type in the file.
        stated: String,
        /// Type in the program.
        kind: &'static str,
    },
    /// The file says that a place lies elsewhere, or has another form.
    #[error("the policy file says of `{place}` that {stated}, and in this program it is {is}: correct the file")]
    Place {
        /// Id of the place.
        place: String,
        /// What the file says.
        stated: String,
        /// What is.
        is: String,
    },
    /// The file lets a seizure give less or more.
    #[error("the policy file's [[seizure]] `{id}` {wrong}: correct the file")]
    Seizure {
        /// Its id.
        id: &'static str,
        /// What is wrong.
        wrong: String,
    },
    /// The file gives another place.
    #[error(
        "the policy file says that `{field}` is kept in `{stated}`, and the program keeps it in \
         `{path}`: correct the file"
    )]
    Where {
        /// Place and name.
        field: String,
        /// Path in the file.
        stated: String,
        /// Path in the program.
        path: &'static str,
    },
}

const fn f(place: StoredItem, name: &'static str, kind: &'static str) -> SchemaField {
    SchemaField { place, name, kind }
}

/// Every field the program stores.
pub const STORED: &[SchemaField] = &[
    f(StoredItem::RowKey, "kind", "1 byte"),
    f(StoredItem::RowKey, "period", "4 bytes"),
    f(StoredItem::RowKey, "key", "16 bytes"),
    f(StoredItem::RowValue, "version", "1 byte"),
    f(StoredItem::RowValue, "encapsulated-key", "32 bytes"),
    f(StoredItem::RowValue, "ciphertext", "88 bytes"),
    f(StoredItem::Record, "version", "1 byte"),
    f(StoredItem::Record, "pseudonym", "16 bytes"),
    f(StoredItem::Record, "week", "1 byte"),
    f(StoredItem::Record, "categories", "3 x 1 byte"),
    f(StoredItem::Record, "counts", "12 x 4 bytes"),
    f(StoredItem::Record, "padding", "3 bytes"),
    f(StoredItem::Tombstone, "kind", "1 byte"),
    f(StoredItem::Tombstone, "period", "4 bytes"),
    f(StoredItem::Tombstone, "key", "16 bytes"),
    f(StoredItem::Tombstone, "mark", "1 byte"),
    f(StoredItem::Cards, "verifier", "32 bytes"),
    f(StoredItem::Cards, "last-period", "4 bytes"),
    f(StoredItem::Meta, "format", "4 bytes"),
    f(StoredItem::Meta, "check", "16 bytes"),
    f(StoredItem::Meta, "stale", "1 byte"),
    f(StoredItem::Keys, "master.key", "32 bytes"),
    f(StoredItem::Keys, "log.key", "32 bytes"),
    f(StoredItem::PeriodSecrets, "salt", "60 bytes, wrapped"),
    f(StoredItem::PeriodSecrets, "private", "60 bytes, wrapped"),
    f(StoredItem::PeriodSecrets, "public", "one line of text"),
    f(StoredItem::PeriodSecrets, "drawing", "JSON or zeros"),
    f(StoredItem::PeriodSecrets, "draft", "JSON"),
    f(StoredItem::PeriodSecrets, "lost", "word"),
    f(StoredItem::QueueKeys, "private", "60 bytes, wrapped"),
    f(StoredItem::QueueKeys, "over", "days"),
    f(StoredItem::Format, "format", "number"),
    f(StoredItem::Format, "demo", "empty"),
    f(StoredItem::Format, "custody", "word"),
    f(StoredItem::Public, "programme", "TOML"),
    f(StoredItem::Public, "policy", "TOML"),
    f(StoredItem::Public, "release", "JSON"),
    f(StoredItem::Public, "log-key.txt", "text"),
    f(StoredItem::Log, "checkpoint", "signed note"),
    f(StoredItem::Log, "tile", "hashes of 32 bytes"),
    f(StoredItem::Log, "entries", "JSON, one object an event"),
    f(StoredItem::LogEvents, "event", "word"),
    f(StoredItem::LogEvents, "date", "day"),
    f(StoredItem::LogEvents, "programme.adopted: digest", "64 hex digits"),
    f(StoredItem::LogEvents, "policy.adopted: digest", "64 hex digits"),
    f(StoredItem::LogEvents, "period.opened: period", "period"),
    f(StoredItem::LogEvents, "period.opened: programme", "64 hex digits"),
    f(StoredItem::LogEvents, "period.opened: public_key", "64 hex digits"),
    f(StoredItem::LogEvents, "period.opened: by", "word"),
    f(StoredItem::LogEvents, "period.closing: period", "period"),
    f(StoredItem::LogEvents, "budget.debited: period", "period"),
    f(StoredItem::LogEvents, "budget.debited: unit", "word"),
    f(StoredItem::LogEvents, "budget.debited: rho", "number"),
    f(StoredItem::LogEvents, "release.published: period", "period"),
    f(StoredItem::LogEvents, "release.published: sha256", "64 hex digits"),
    f(StoredItem::LogEvents, "keys.destroyed: period", "period"),
    f(StoredItem::LogEvents, "keys.destroyed: key_id", "16 hex digits"),
    f(StoredItem::Witness, "since", "day"),
    f(StoredItem::Witness, "last", "day"),
    f(StoredItem::Witness, "checkpoint", "signed note"),
    f(StoredItem::Backup, "public", "files of DATA/public"),
    f(StoredItem::Backup, "store", "a dump of DATA/store"),
    f(StoredItem::Backup, "keys", "files of DATA/keys, sealed"),
    f(StoredItem::Memory, "quota", "number"),
];

impl StoredItem {
    /// All places, in the order of the policy page.
    pub const ALL: [Self; 16] = [
        Self::RowKey,
        Self::RowValue,
        Self::Record,
        Self::Tombstone,
        Self::Cards,
        Self::Meta,
        Self::Keys,
        Self::PeriodSecrets,
        Self::QueueKeys,
        Self::Format,
        Self::Public,
        Self::Log,
        Self::LogEvents,
        Self::Witness,
        Self::Backup,
        Self::Memory,
    ];

    /// The name used in the policy file.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::RowKey => "row-key",
            Self::RowValue => "row-value",
            Self::Record => "record",
            Self::Tombstone => "tombstone",
            Self::Cards => "cards",
            Self::Meta => "meta",
            Self::Keys => "keys",
            Self::PeriodSecrets => "period-secrets",
            Self::QueueKeys => "queue-keys",
            Self::Format => "format",
            Self::Public => "public",
            Self::Log => "log",
            Self::LogEvents => "log-events",
            Self::Witness => "witness",
            Self::Backup => "backup",
            Self::Memory => "memory",
        }
    }

    /// Where it lies.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::RowKey => "DATA/store, tree rows, key of a tally",
            Self::RowValue => "DATA/store, tree rows, value of a tally",
            Self::Record => "inside the ciphertext of a tally",
            Self::Tombstone => "DATA/store, tree rows, key and value of a tombstone",
            Self::Cards => "DATA/store, tree cards",
            Self::Meta => "DATA/store, tree meta",
            Self::Keys => "DATA/keys",
            Self::PeriodSecrets => "DATA/keys/periods",
            Self::QueueKeys => "DATA/keys/queue",
            Self::Format => "DATA/format, DATA/custody under offline custody, and DATA/demo in a demonstration",
            Self::Public => "DATA/public/programme, policy, releases and log-key.txt",
            Self::Log => "DATA/public/log",
            Self::LogEvents => "inside the entries of the log",
            Self::Witness => "DATA.witness, beside the data folder",
            Self::Backup => "a file made by `peertally backup`, wherever the operator keeps it",
            Self::Memory => "memory of the running service, never a disk",
        }
    }
}

/// Refuses a policy that differs from what the program stores.
///
/// # Errors
/// The first difference, naming the field.
pub fn compare(policy: &Policy) -> Result<(), PolicyError> {
    let full = |place: StoredItem, name: &str| format!("{}.{name}", place.id());
    for field in STORED {
        let name = full(field.place, field.name);
        let stated = policy.stored.iter().find(|s| s.place == field.place.id() && s.name == field.name);
        let stated = stated.ok_or(PolicyError::Missing { field: name.clone(), kind: field.kind })?;
        if stated.kind != field.kind {
            return Err(PolicyError::Type { field: name, stated: stated.kind.clone(), kind: field.kind });
        }
        if stated.path != field.place.path() {
            return Err(PolicyError::Where { field: name, stated: stated.path.clone(), path: field.place.path() });
        }
    }
    for stated in &policy.stored {
        let place = StoredItem::ALL.into_iter().find(|place| place.id() == stated.place);
        let is = place.map(|place| (place.lies(), place.form()));
        if is.is_some_and(|is| is != (stated.lies, stated.form)) {
            let words =
                |(lies, form): (StorageMedium, Protection)| format!("lies = {lies:?}, form = {form:?}").to_lowercase();
            let (stated_words, is) = (words((stated.lies, stated.form)), is.map_or_else(String::new, words));
            return Err(PolicyError::Place { place: stated.place.clone(), stated: stated_words, is });
        }
    }
    for (id, seizure) in Seizure::ALL {
        let wrong = |wrong: &str| Err(PolicyError::Seizure { id, wrong: wrong.to_owned() });
        let Some(stated) = policy.seizures.iter().find(|stated| stated.id == seizure) else {
            return wrong("is missing");
        };
        if stated.gives != seizure.gives() {
            return wrong(&format!("must have gives = {:?}, in this order", seizure.gives()).to_lowercase());
        }
        if stated.opens != seizure.opens() {
            return wrong(&format!("must have opens = {:?}, in this order", seizure.opens()).to_lowercase());
        }
    }
    let known = |place: &str, name: &str| STORED.iter().any(|f| f.place.id() == place && f.name == name);
    match policy.stored.iter().find(|s| !known(&s.place, &s.name)) {
        Some(s) => Err(PolicyError::Unknown { field: format!("{}.{}", s.place, s.name) }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::embedded;

    #[test]
    fn every_difference_names_the_field() {
        let good = embedded::policy().unwrap();
        for (i, field) in STORED.iter().enumerate() {
            let at = good.stored.iter().position(|s| s.place == field.place.id() && s.name == field.name).unwrap();
            let name = format!("`{}.{}`", field.place.id(), field.name);

            let mut policy = good.clone();
            policy.stored.remove(at);
            let error = compare(&policy).unwrap_err();
            assert!(matches!(error, PolicyError::Missing { .. }) && error.to_string().contains(&name), "{i}: {error}");

            let mut policy = good.clone();
            policy.stored[at].kind.push('s');
            let error = compare(&policy).unwrap_err();
            assert!(matches!(error, PolicyError::Type { .. }) && error.to_string().contains(&name), "{i}: {error}");

            let mut policy = good.clone();
            policy.stored[at].path.push('s');
            let error = compare(&policy).unwrap_err();
            assert!(matches!(error, PolicyError::Where { .. }) && error.to_string().contains(&name), "{i}: {error}");
        }
        let mut policy = good;
        let mut extra = policy.stored[0].clone();
        extra.name = "address".to_owned();
        policy.stored.push(extra);
        assert_eq!(compare(&policy), Err(PolicyError::Unknown { field: "row-key.address".to_owned() }));
    }

    #[test]
    fn names_are_unique_and_the_record_has_72_bytes() {
        for (i, a) in STORED.iter().enumerate() {
            assert!(!STORED[i + 1..].iter().any(|b| (a.place, a.name) == (b.place, b.name)), "{}", a.name);
            assert!(StoredItem::ALL.contains(&a.place));
        }
        let width = |kind: &str| -> usize {
            let numbers: Vec<usize> = kind.split(' ').filter_map(|w| w.parse().ok()).collect();
            numbers.iter().product()
        };
        let record: usize = STORED.iter().filter(|f| f.place == StoredItem::Record).map(|f| width(f.kind)).sum();
        assert_eq!(record, 72);
    }
}
