//! Replays the seeds of the fuzz targets through the properties that the targets check: fuzz/README.md.
#![allow(missing_docs, unreachable_pub, clippy::panic, reason = "helpers of tests")]

#[path = "../../fuzz/src/lib.rs"]
mod properties;

use std::path::Path;

fn check_seeds(target: &str, property: properties::Property) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut seeds: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "{target} has no seeds");
    for seed in seeds {
        println!("{}", seed.display());
        property(&std::fs::read(seed).unwrap());
    }
}

#[test]
fn every_seed_has_its_property() {
    for (target, property) in properties::TARGETS {
        check_seeds(target, property);
    }
}

#[test]
fn every_target_is_in_the_table() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let names = |folder: &str| -> Vec<String> {
        let files = std::fs::read_dir(fuzz.join(folder)).unwrap();
        let mut names: Vec<_> =
            files.map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    let mut table = properties::TARGETS.map(|(name, _)| name.to_owned());
    table.sort();
    assert_eq!((names("fuzz_targets"), names("seeds")), (table.to_vec(), table.to_vec()));
}
