//! Public files of a log that is signed properly, one of them made up: the first byte says which.

use jiff::civil::date;
use peertally::crypto::digest::sha256;
use peertally::crypto::sign::LogKey;
use peertally::domain::PrivacyUnit;
use peertally::log::merkle::{leaf_hash, root};
use peertally::log::tile::encode_bundle;
use peertally::log::{Checkpoint, Entry, Event, OpenedBy, PublicKey, Tile};
use peertally::policy::embedded;
use peertally::verify::{MemoryFiles, VerifyOptions, verify};

const ORIGIN: &str = "example.org/log";

/// Nothing panics, and whatever is said of it is short and printable.
pub fn check(bytes: &[u8]) {
    let Some((which, made_up)) = bytes.split_first() else { return };
    let given = |place: u8, own: &str| if *which == place { made_up.to_vec() } else { own.as_bytes().to_vec() };
    let (programme, policy) = (given(b'1', embedded::PROGRAMME), given(b'2', embedded::POLICY));
    let release = given(b'0', "{}");
    let mut entries = written(&programme, &policy, &release);
    if *which == b'3' && made_up.len() < 60_000 {
        entries.push(made_up.to_vec());
    }
    let Some((mut files, key)) = signed(&entries) else { return };
    files.0.insert(format!("programme/{}.toml", sha256(&programme)), programme);
    files.0.insert(format!("policy/{}.toml", sha256(&policy)), policy);
    files.0.insert("releases/2025-Q1.json".to_owned(), release);
    match which {
        b'4' => files.0.insert("log/checkpoint".to_owned(), made_up.to_vec()),
        b'5' => files.0.insert("log-key.txt".to_owned(), made_up.to_vec()),
        b'6' => files.0.insert(String::from_utf8_lossy(made_up).into_owned(), Vec::new()),
        _ => None,
    };
    let against = (*which == b'7').then_some(made_up);
    let question = VerifyOptions { key: Some(&key), against, today: date(2025, 4, 15), bundle: None };
    let report = verify(&files, &question);
    for finding in &report.findings {
        super::texts::for_people(&finding.at, 3000);
        super::texts::for_people(&finding.wrong, 3000);
    }
    assert_eq!(report.clean, report.findings.is_empty());
}

/// A quarter's entries, canonical.
fn written(programme: &[u8], policy: &[u8], release: &[u8]) -> Vec<Vec<u8>> {
    let (Ok(period), digest) = ("2025-Q1".parse(), sha256(programme)) else { return Vec::new() };
    let public_key = PublicKey([4; 32]);
    let events = [
        Event::ProgrammeAdopted { digest },
        Event::PolicyAdopted { digest: sha256(policy) },
        Event::PeriodOpened { period, programme: digest, public_key, by: OpenedBy::Hand },
        Event::PeriodClosing { period },
        Event::BudgetDebited { period, unit: PrivacyUnit::WorkerWeek, rho: 0.5 },
        Event::ReleasePublished { period, sha256: sha256(release) },
        Event::KeysDestroyed { period, key_id: public_key.id() },
    ];
    events.into_iter().filter_map(|event| Entry { date: date(2025, 4, 14), event }.encode().ok()).collect()
}

fn signed(entries: &[Vec<u8>]) -> Option<(MemoryFiles, peertally::crypto::sign::LogVerifierKey)> {
    let key = LogKey::from_seed(&[7; 32]).ok()?;
    let verifier = key.verifier(ORIGIN).ok()?;
    let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let size = entries.len() as u64;
    let mut files = MemoryFiles::default();
    for tile in Tile::all(size) {
        let bytes = if tile.level.is_some() { tile.hashes(&leaves) } else { encode_bundle(entries) };
        files.0.insert(format!("log/{}", tile.path()), bytes?);
    }
    let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size, root: root(&leaves) };
    files.0.insert("log/checkpoint".to_owned(), checkpoint.sign(&key).ok()?);
    files.0.insert("log-key.txt".to_owned(), format!("{verifier}\n").into_bytes());
    Some((files, verifier))
}
