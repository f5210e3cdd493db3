//! An entry for the public registry of differential-privacy deployments, as YAML.
//!
//! Guarantee: the fields of the registry's schema at tier 3, filled from the
//! release and the programme file's `[registry]`; what they do not tell is said
//! to be not stated.
//! Non-guarantee: it is a draft. Who sends it reads it first; the registry's own
//! check follows there.

use std::collections::BTreeSet;

use crate::domain::PrivacyUnit;
use crate::domain::codebook::{Codebook, RegistryWords};
use crate::domain::release::Release;

use super::yaml::{self, Yaml};
use super::{ExportContext, registry_words as words};

/// The file.
pub(super) fn write(release: &Release, beside: &ExportContext) -> Vec<u8> {
    let stated = &beside.codebook.registry;
    let entry = [
        ("url_slug", text(slug(release, stated))),
        ("status", text("Draft")),
        ("tier", Yaml::Number(3.0)),
        (
            "deployment",
            Yaml::Map(vec![
                ("basic", basic(release, &beside.codebook)),
                ("dp_variant", variant(release)),
                ("privacy_loss", loss(release)),
                ("deployment_model", model(release)),
                ("accounting", accounting()),
                ("implementation", implementation(release)),
                ("administrative", administrative(release, stated, &beside.sha256)),
            ]),
        ),
    ];
    yaml::document(&entry).into_bytes()
}

/// Whether the programme file says who publishes, and where.
pub(super) fn has_all_words(stated: &RegistryWords) -> bool {
    !stated.curators.is_empty() && !stated.authors.is_empty() && stated.region.is_some()
}

fn basic(release: &Release, codebook: &Codebook) -> Yaml {
    let stated = &codebook.registry;
    let label = |m: &crate::domain::release::MeasureRelease| {
        codebook.measures.get(&m.id).cloned().unwrap_or_else(|| m.id.to_string())
    };
    let labels: Vec<String> = release.measures.iter().map(label).collect();
    let tables: Vec<String> =
        release.measures.first().into_iter().flat_map(|m| &m.breakdowns).map(|b| words::table(&b.by)).collect();
    let description = format!(
        "Noisy totals of what a peer-run outreach programme did in a month or quarter: {}. Published for each: {}. \
         Every figure has an interval and a quality mark.",
        labels.join("; "),
        tables.join("; ")
    );
    let intended = stated.intended_use.as_deref().unwrap_or(words::INTENDED_USE);
    Yaml::Map(vec![
        ("name", text(&release.programme)),
        ("data_curators", names(&stated.curators, release)),
        ("intended_use", text(intended)),
        ("data_product_type", text("Summary statistics")),
        ("data_product_region", text(stated.region.as_deref().unwrap_or("Not stated by the programme."))),
        ("description", text(description)),
        ("publication_date", text(&release.published)),
        ("data_product_sector", text("Healthcare")),
    ])
}

fn variant(release: &Release) -> Yaml {
    let dimensions: BTreeSet<&str> = release
        .measures
        .iter()
        .flat_map(|m| &m.breakdowns)
        .flat_map(|b| &b.by)
        .map(|id| id.as_str())
        .filter(|id| *id != "week")
        .collect();
    let dimensions: Vec<&str> = dimensions.into_iter().collect();
    let dimensions = if dimensions.is_empty() { "no other attribute".to_owned() } else { dimensions.join(", ") };
    let domain = format!(
        "All finite collections of tallies. A tally has a card, one of {} ISO weeks, one category of a public list for \
         each attribute ({dimensions}), and a count, or none, for each of {} measures.",
        release.weeks.len(),
        release.measures.len()
    );
    Yaml::Map(vec![
        ("variant_name", text("Zero-concentrated DP")),
        ("data_domain", text(domain)),
        ("unprotected_quantities", text(words::UNPROTECTED)),
    ])
}

fn loss(release: &Release) -> Yaml {
    let guarantee = &release.guarantee;
    let (unit, details) = match guarantee.unit {
        PrivacyUnit::Tally => ("Tally (one submission)", words::TALLY),
        PrivacyUnit::WorkerWeek => ("Worker-week (all that one card sent for one ISO week)", words::WORKER_WEEK),
        PrivacyUnit::WorkerPeriod => ("Worker-period (all that one card sent in the period)", words::WORKER_PERIOD),
    };
    let equivalents: Vec<String> = guarantee
        .equivalents
        .iter()
        .map(|e| format!("{}: rho {}, epsilon {} ({})", e.unit, e.rho, e.epsilon, e.basis))
        .collect();
    let more = format!(
        "For one release, over all its tables. Epsilon follows from rho at this delta, by OpenDP's conversion. The same \
         noise for other units, epsilon at the same delta: {}.",
        equivalents.join("; ")
    );
    let parameters = vec![
        ("epsilon", Yaml::Number(guarantee.epsilon)),
        ("delta", Yaml::Number(guarantee.delta)),
        ("rho", Yaml::Number(guarantee.rho)),
    ];
    Yaml::Map(vec![
        ("privacy_unit", text(unit)),
        ("privacy_unit_details", text(format!("{details} {}", words::CARD))),
        ("privacy_parameters", Yaml::Map(parameters)),
        ("privacy_parameters_details", text(more)),
    ])
}

fn model(release: &Release) -> Yaml {
    let many = format!(
        "One release for each month or quarter, published once and never again; this entry was made from {}. {}",
        release.period,
        words::MANY_RELEASES
    );
    Yaml::Map(vec![
        ("model_name", text("Central")),
        ("model_name_details", text(words::CENTRAL)),
        ("actors", text(words::ACTORS)),
        ("release_type", text("Many releases")),
        ("release_type_details", text(many)),
        ("data_source_type", text("Dynamic")),
        ("data_source_type_details", text(words::DYNAMIC)),
        ("access_type", text("Non-interactive")),
        ("access_type_details", text(words::NON_INTERACTIVE)),
    ])
}

fn accounting() -> Yaml {
    Yaml::Map(vec![("post_processing", text(words::POST_PROCESSING)), ("composition", text(words::COMPOSITION))])
}

fn implementation(release: &Release) -> Yaml {
    let caps: Vec<String> = release.measures.iter().map(|m| format!("{} {}", m.id, m.cap)).collect();
    let bounds = format!(
        "Before any sum, the counts of each unit are bounded to a cap for each measure ({}). {}",
        caps.join(", "),
        words::BOUNDING
    );
    let mechanisms = format!(
        "{} Made with peertally {}, source {}.",
        words::MECHANISMS,
        release.software.version,
        release.software.commit
    );
    Yaml::Map(vec![
        ("preprocessing_and_hyperparameter_tuning", text(bounds)),
        ("mechanisms", text(mechanisms)),
        ("justification", text(words::JUSTIFICATION)),
    ])
}

fn administrative(release: &Release, stated: &RegistryWords, sha256: &str) -> Yaml {
    let notes = format!(
        "Made from the release of {} (SHA-256 {sha256}); programme file SHA-256 {}.",
        release.period, release.config_digest
    );
    let mut entries = vec![("notes", text(notes)), ("registry_authors", names(&stated.authors, release))];
    if let Some(sources) = &stated.sources {
        entries.insert(0, ("sources", text(sources)));
    }
    Yaml::Map(entries)
}

fn text(text: impl Into<String>) -> Yaml {
    Yaml::Text(text.into())
}

/// The names stated, or the programme's.
fn names(stated: &[String], release: &Release) -> Yaml {
    Yaml::List(if stated.is_empty() { vec![release.programme.clone()] } else { stated.to_vec() })
}

/// The slug stated, or the programme's name in letters, digits and hyphens.
fn slug(release: &Release, stated: &RegistryWords) -> String {
    if let Some(slug) = &stated.slug {
        return slug.to_string();
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let spaced: String = release.programme.chars().map(plain).collect();
    let parts: Vec<&str> = spaced.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "peer-outreach-programme".to_owned() } else { parts.join("-") }
}

#[cfg(test)]
mod tests;
