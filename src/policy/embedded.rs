//! The shipped configuration, inside the binary, so that the program runs from anywhere.
//!
//! Guarantee: these are the files of `config/`, byte for byte; a test parses
//! them and holds the policy against the compiled schema.

use super::{FileError, Policy, Programme};

/// `config/programme.toml`: the default programme.
pub const PROGRAMME: &str = include_str!("../../config/programme.toml");
/// `config/programme.large.toml`: eight measures, five tables.
pub const PROGRAMME_LARGE: &str = include_str!("../../config/programme.large.toml");
/// `config/policy.toml`: the data-minimisation policy.
pub const POLICY: &str = include_str!("../../config/policy.toml");

/// The default programme.
///
/// # Errors
/// None, unless the shipped file is broken; a test excludes that.
pub fn programme() -> Result<Programme, FileError> {
    Programme::parse(PROGRAMME, "config/programme.toml (shipped)")
}

/// The larger programme.
///
/// # Errors
/// As [`programme`].
pub fn programme_large() -> Result<Programme, FileError> {
    Programme::parse(PROGRAMME_LARGE, "config/programme.large.toml (shipped)")
}

/// The policy.
///
/// # Errors
/// As [`programme`].
pub fn policy() -> Result<Policy, FileError> {
    Policy::parse(POLICY, "config/policy.toml (shipped)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Attribute, compare};

    #[test]
    fn the_default_programme_has_the_figures_of_the_design() {
        let p = programme().unwrap();
        let figures: Vec<_> = p.measures.iter().map(|m| (m.id.as_str(), m.cap, m.max_per_tally, m.encounter)).collect();
        let expected = [
            ("contacts", 120, 150, 1),
            ("contacts_new", 20, 50, 1),
            ("syringes_out", 900, 1500, 50),
            ("sharps_in", 600, 1000, 50),
            ("naloxone_out", 60, 80, 4),
        ];
        assert_eq!(figures, expected);
        let areas: Vec<_> = p.dimensions[0].categories.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(areas, ["harbour", "north", "centre", "east", "south", "west"]);
        let settings: Vec<_> = p.dimensions[1].categories.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(settings, ["street", "van", "fixed-site", "night-round", "home-visit"]);
        assert_eq!((p.privacy.rho, p.privacy.rho_per_year, p.privacy.delta), (0.5, 2.0, 1e-6));
        assert_eq!((p.grace_days, p.retention.keys_days, p.cards.tallies_per_hour), (14, 45, 30));
        let tables: Vec<_> = p.privacy.breakdowns.iter().map(|b| b.by.clone()).collect();
        assert_eq!(tables, [vec![], vec![Attribute::Dimension(0)], vec![Attribute::Dimension(1)]]);
        assert!((p.measure_rho(0) - 0.1).abs() < 1e-12);
    }

    #[test]
    fn the_large_programme_has_eight_measures_and_five_tables() {
        let p = programme_large().unwrap();
        let caps: Vec<_> = p.measures.iter().map(|m| m.cap).collect();
        assert_eq!(caps, [120, 20, 900, 600, 60, 150, 12, 150]);
        let most: Vec<_> = p.measures.iter().map(|m| m.max_per_tally).collect();
        assert_eq!(most, [150, 50, 1500, 1000, 80, 200, 30, 200]);
        let tables: Vec<_> = p.privacy.breakdowns.iter().map(|b| b.by.clone()).collect();
        let (area, setting) = (Attribute::Dimension(0), Attribute::Dimension(1));
        assert_eq!(tables, [vec![], vec![area], vec![setting], vec![Attribute::Week], vec![area, setting]]);
    }

    #[test]
    fn the_policy_is_what_the_program_does() {
        let policy = policy().unwrap();
        assert_eq!(compare(&policy), Ok(()));
        assert!(serde_json::to_string(&policy).unwrap().contains("encapsulated-key"));
    }
}
