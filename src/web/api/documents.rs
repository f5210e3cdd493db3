//! The documents of the API, described field by field.
//!
//! Guarantee: what the service answers is read through these in the tests, with
//! unknown fields refused, and comes out the same: they cannot fall behind.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// One tally. Beside the fields named here it has one field per dimension of the programme, such as `"area": "north"`.
#[derive(ToSchema, Serialize, Deserialize)]
#[schema(example = json!({"week": "2026-W47", "area": "north", "setting": "street",
    "counts": {"contacts": 12, "syringes_out": 120}}))]
#[schema(as = Tally)]
pub(in crate::web) struct TallyDoc {
    /// ISO week; one of `open_weeks` of `/v1/programme`.
    week: String,
    /// By measure: a whole number from 0 to `max_per_tally`. Leave out what was not counted: blank is not zero. At least one.
    counts: BTreeMap<String, u32>,
    /// One category per dimension, by ids.
    #[serde(flatten)]
    categories: BTreeMap<String, String>,
}

/// A problem document (RFC 9457).
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = Problem)]
pub(in crate::web) struct ProblemDoc {
    /// Stable name, `urn:peertally:problem:…`.
    #[serde(rename = "type")]
    kind: String,
    /// What is wrong, in a few words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What is wrong, the limit, and what to do next.
    detail: String,
    /// Field by field, where fields are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldErrorDoc>,
}

/// What is wrong with one field.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = FieldError)]
pub(in crate::web) struct FieldErrorDoc {
    /// Such as `week`, `area` or `counts.contacts`.
    field: String,
    /// What is wrong with it, the limit, and what to do.
    detail: String,
}

/// What a form needs.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = Programme)]
pub(in crate::web) struct ProgrammeDoc {
    /// Neutral title of the pages.
    title: String,
    /// Neutral short name.
    short_name: String,
    /// Where "leave this page" leads.
    exit: String,
    /// Languages on offer, the first one being the programme's own.
    locales: Vec<String>,
    /// ISO weeks that tallies are taken for, newest first.
    open_weeks: Vec<String>,
    /// Closed lists to choose from.
    dimensions: Vec<DimensionDoc>,
    /// What may be counted.
    measures: Vec<MeasureDoc>,
    /// Limits of sending.
    limits: Limits,
    /// What a phone seals a waiting tally to (`/v1/sealed`): a point of P-256, uncompressed, base64url without padding.
    /// Another one each week. Missing only while the host could not make any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queue_key: Option<String>,
    /// Its id: 8 bytes in hex, which begin the sealed tally.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queue_key_id: Option<String>,
    /// There while the current period takes no tallies because its key was not given (offline custody).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    waits_for_key: Option<WaitsForKey>,
}

/// Why the current period takes no tallies.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct WaitsForKey {
    /// Such as `2026-Q4`.
    period: String,
    /// What is missing, and whom to ask.
    detail: String,
}

/// A closed list to choose from.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = Dimension)]
pub(in crate::web) struct DimensionDoc {
    /// Name of its field in a tally.
    id: String,
    /// Label by language.
    label: BTreeMap<String, String>,
    /// The choices.
    categories: Vec<CategoryDoc>,
}

/// One choice.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = Category)]
pub(in crate::web) struct CategoryDoc {
    /// What a tally says.
    id: String,
    /// Label by language.
    label: BTreeMap<String, String>,
}

/// Something that is counted.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = Measure)]
pub(in crate::web) struct MeasureDoc {
    /// Its key in `counts`.
    id: String,
    /// Label by language.
    label: BTreeMap<String, String>,
    /// What one count is.
    unit: String,
    /// Most that one tally may say.
    max_per_tally: u32,
    /// Why it is asked.
    why: String,
    /// Who asks for it.
    asked_by: String,
}

/// Limits of sending.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Limits {
    /// New tallies of one card within an hour.
    tallies_per_hour: u32,
    /// Longest body, in bytes.
    body_bytes: usize,
}

/// What was published, newest period first.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Releases {
    /// One line per period.
    releases: Vec<ReleaseLine>,
}

/// One published period.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct ReleaseLine {
    /// Such as `2025-Q1`.
    period: String,
    /// The day.
    published: String,
    /// The ISO weeks that it covers.
    weeks: Vec<String>,
    /// Where it is, seen from this list.
    href: String,
}

/// A release: totals with noise, their intervals, and the guarantee.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = Release)]
pub(in crate::web) struct ReleaseDoc {
    /// `peertally/release/1`.
    schema: String,
    /// Name of the programme.
    programme: String,
    /// Such as `2025-Q1`.
    period: String,
    /// The ISO weeks that it covers.
    weeks: Vec<String>,
    /// The day.
    published: String,
    /// What the noise promises.
    guarantee: GuaranteeDoc,
    /// The figures.
    measures: Vec<MeasureReleaseDoc>,
    /// What made it.
    software: SoftwareDoc,
    /// Hex SHA-256 of the programme file.
    config_digest: String,
    /// Hex SHA-256 of the policy file.
    policy_digest: String,
}

/// What the noise promises.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = Guarantee)]
pub(in crate::web) struct GuaranteeDoc {
    /// What is protected as a whole: `tally`, `worker-week` or `worker-period`.
    unit: String,
    /// `add-remove`.
    neighbours: String,
    /// `zCDP`.
    measure: String,
    /// ρ spent on the period.
    rho: f64,
    /// ε at `delta`.
    epsilon: f64,
    /// δ.
    delta: f64,
    /// The same promise for other units.
    equivalents: Vec<EquivalentDoc>,
}

/// The promise for another unit.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = Equivalent)]
pub(in crate::web) struct EquivalentDoc {
    /// Such as `encounter`.
    unit: String,
    /// ρ for it.
    rho: f64,
    /// ε for it, at the release's δ.
    epsilon: f64,
    /// How it was computed.
    basis: String,
}

/// One measure's figures.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = MeasureRelease)]
pub(in crate::web) struct MeasureReleaseDoc {
    /// Such as `contacts`.
    id: String,
    /// What one count is.
    unit: String,
    /// Most that one unit of privacy adds.
    cap: u32,
    /// ρ spent on it.
    rho: f64,
    /// The programme's target and what the interval says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<TargetDoc>,
    /// The tables.
    breakdowns: Vec<BreakdownDoc>,
}

/// A target and whether it was met.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = Target)]
pub(in crate::web) struct TargetDoc {
    /// What was aimed at.
    value: u64,
    /// Judged on the interval: reached, not reached, or cannot tell.
    result: String,
}

/// One table.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = Breakdown)]
pub(in crate::web) struct BreakdownDoc {
    /// Its columns; none for the total.
    by: Vec<String>,
    /// Standard deviation of each of its estimates.
    stdev: f64,
    /// Its cells.
    cells: Vec<CellDoc>,
}

/// One cell: its place (a field per column of the table, such as `"area": "north"`) and its figures.
#[derive(ToSchema, Serialize, Deserialize)]
#[schema(as = Cell)]
pub(in crate::web) struct CellDoc {
    /// Unbiased; may be below 0. Add these, never `reported`.
    estimate: f64,
    /// Lower end of the 95 % interval.
    low: f64,
    /// Upper end of it.
    high: f64,
    /// To show to people; never to be added up.
    reported: u64,
    /// How certain it is.
    quality: String,
    /// Where the cell lies in the table.
    #[serde(flatten)]
    at: BTreeMap<String, Value>,
}

/// What made the release.
#[derive(ToSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[schema(as = Software)]
pub(in crate::web) struct SoftwareDoc {
    /// Version of the program.
    version: String,
    /// Commit of its source.
    commit: String,
}

/// The data-minimisation policy.
#[derive(ToSchema, Serialize, Deserialize)]
#[schema(as = Policy)]
pub(in crate::web) struct PolicyDoc {
    /// Title of the page.
    title: String,
    /// Every field that is ever stored: name, place, type, domain, purpose, how long, who sees it, what destroys it.
    stored: Vec<BTreeMap<String, Value>>,
    /// What is never stored, and why.
    never_stored: Vec<BTreeMap<String, Value>>,
    /// Who may see what, and never see what.
    visibility: Vec<BTreeMap<String, Value>>,
    /// What else the programme's policy file states.
    #[serde(flatten)]
    more: BTreeMap<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::release::Release;
    use crate::policy::embedded;
    use crate::web::handlers::programme::describe;

    /// Reads what the service answers as `D` and expects the same back.
    fn same<D: Serialize + for<'a> Deserialize<'a>>(answer: &Value) {
        let read: D = serde_json::from_value(answer.clone()).unwrap();
        assert_eq!(&serde_json::to_value(read).unwrap(), answer);
    }

    #[test]
    fn the_descriptions_fit_what_is_answered() {
        let programme = embedded::programme_large().unwrap();
        same::<ProgrammeDoc>(&describe(&programme, &["2026-W47".parse().unwrap()]));
        same::<PolicyDoc>(&serde_json::to_value(embedded::policy().unwrap()).unwrap());
        let vectors: Value = serde_json::from_str(include_str!("../../../tests/vectors/releases.json")).unwrap();
        let releases: Vec<&Value> = vectors.as_array().unwrap().iter().map(|v| &v["input"]["release"]).collect();
        assert!(!releases.is_empty());
        for answer in releases {
            // Whole numbers come back as 1.0: compared as what they say.
            let read: ReleaseDoc = serde_json::from_value(answer.clone()).unwrap();
            let again: Release = serde_json::from_value(serde_json::to_value(read).unwrap()).unwrap();
            assert!(again == serde_json::from_value::<Release>(answer.clone()).unwrap());
        }
        let problem = crate::web::problem::Problem::too_large(16 * 1024);
        same::<ProblemDoc>(&serde_json::to_value(problem).unwrap());
    }

    #[test]
    fn a_field_that_is_not_described_is_found() {
        let mut programme = describe(&embedded::programme().unwrap(), &[]);
        programme["workers"] = 40.into();
        assert!(serde_json::from_value::<ProgrammeDoc>(programme).is_err());
    }
}
