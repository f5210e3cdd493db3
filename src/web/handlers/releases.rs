//! `GET /v1/releases` and each release in its formats.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use crate::crypto::digest::sha256;
use crate::domain::Period;
use crate::domain::release::Release;
use crate::report::sum::PublishedRelease;
use crate::report::{ExportFormat, json as release_json};
use crate::web::api::answers::Reading;
use crate::web::api::documents;
use crate::web::connections::Connection;
use crate::web::problem::Problem;
use crate::web::{Site, exports};

use super::{FRESH, cached, known, tagged};

/// What was published, newest period first
#[utoipa::path(get, path = "/v1/releases", tag = "releases", operation_id = "releases",
    responses(
        (status = 200, description = "The list", body = documents::Releases),
        (status = 503, description = "Too many have files made just now", body = documents::ProblemDoc, content_type = "application/problem+json"),
        Reading,
    ))]
pub(in crate::web) async fn list(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let (made, name, at) = (Arc::clone(&site.made), format!("list {}", site.files.state()), site.clone());
    let made = made.get(Connection::of(&request), name, move || Ok::<_, Problem>(lines(&at))).await??;
    Ok(cached(&request, made, "application/json", FRESH))
}

fn lines(site: &Site) -> Vec<u8> {
    let line = |release: Release| {
        json!({"period": release.period, "published": release.published, "weeks": release.weeks,
               "href": format!("releases/{}", release.period)})
    };
    let lines: Vec<_> = all(site).into_iter().map(line).collect();
    json!({"releases": lines}).to_string().into_bytes()
}

/// One release, in one of its forms
///
/// Without an ending, or with `.json`, the release file byte for byte, whose SHA-256 is in the
/// log. `.csv` is one tidy table, `.datapackage.json` describes it (Frictionless), `.xlsx` is a workbook,
/// `.dhis2.json` are data values for DHIS2, `.registry.yaml` is an entry for the registry of deployments.
#[utoipa::path(get, path = "/v1/releases/{name}", tag = "releases", operation_id = "release",
    params(("name" = String, Path, example = "2025-Q1.csv", description = "A period, such as 2025-Q1 or 2025-M03, with an ending if need be")),
    responses(
        (status = 200, description = "The release", content(
            (documents::ReleaseDoc = "application/json"), (String = "text/csv"), (String = "application/yaml"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        (status = 404, description = "Not published, or no such form", body = documents::ProblemDoc, content_type = "application/problem+json"),
        (status = 503, description = "It could not be read or made just now, or too many have files made: ask again after `Retry-After` seconds", body = documents::ProblemDoc, content_type = "application/problem+json"),
        Reading,
    ))]
pub(in crate::web) async fn one(
    site: Data<Site>,
    name: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (period, ending) = name.split_once('.').unwrap_or((name.as_str(), ExportFormat::Json.ending()));
    let form = ExportFormat::of(ending).ok_or_else(Problem::no_such_form)?;
    let release = site.release(period).ok_or_else(Problem::not_found)?;
    let tag = exports::tag(&release, form);
    if known(&request, &tag) {
        return Ok(tagged(StatusCode::NOT_MODIFIED, tag, FRESH).finish());
    }
    let mut answer = tagged(StatusCode::OK, tag.clone(), FRESH);
    if form.is_saved() {
        let name = format!("attachment; filename=\"{period}.{ending}\"");
        answer.insert_header(("Content-Disposition", name));
    }
    let body = exports::make(site.clone(), period.to_owned(), release, form, tag, Connection::of(&request)).await?;
    Ok(answer.content_type(form.media_type()).body(body))
}

/// All releases, newest period first; a damaged file is left out here and found by the audit.
pub(in crate::web) fn all(site: &Site) -> Vec<Release> {
    let names = site.files.released();
    let read = |name: &String| release_json::read(&site.release(name)?).ok();
    let mut releases: Vec<Release> = names.iter().filter_map(read).collect();
    releases.sort_by_key(|release| std::cmp::Reverse(release.period));
    releases
}

/// One release with the digest of its file.
pub(in crate::web) fn published(site: &Site, period: Period) -> Option<PublishedRelease> {
    let bytes = site.release(&period.to_string())?;
    Some(PublishedRelease { release: release_json::read(&bytes).ok()?, sha256: sha256(&bytes).to_string() })
}
