//! `GET /v1/releases` and each release in its formats.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use crate::crypto::digest::sha256;
use crate::domain::Period;
use crate::domain::release::Release;
use crate::report::sum::Published;
use crate::report::{Form, json as release_json};
use crate::web::problem::Problem;
use crate::web::{Site, forms};

use super::{FRESH, cached, known, tagged};

pub(in crate::web) async fn list(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    let line = |release: Release| {
        json!({"period": release.period, "published": release.published, "weeks": release.weeks,
               "href": format!("releases/{}", release.period)})
    };
    let lines: Vec<_> = all(&site).into_iter().map(line).collect();
    cached(&request, json!({"releases": lines}).to_string().into_bytes(), "application/json", FRESH)
}

pub(in crate::web) async fn one(
    site: Data<Site>,
    name: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (period, ending) = name.split_once('.').unwrap_or((name.as_str(), Form::Json.ending()));
    let form = Form::of(ending).ok_or_else(Problem::no_such_form)?;
    let release = site.release(period).ok_or_else(Problem::not_found)?;
    let tag = forms::tag(&release, form);
    if known(&request, &tag) {
        return Ok(tagged(StatusCode::NOT_MODIFIED, tag, FRESH).finish());
    }
    let mut answer = tagged(StatusCode::OK, tag, FRESH);
    if form.is_saved() {
        let name = format!("attachment; filename=\"{period}.{ending}\"");
        answer.insert_header(("Content-Disposition", name));
    }
    let body = forms::make(site.clone(), period.to_owned(), release, form).await?;
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

/// One release, parsed.
pub(in crate::web) fn read(site: &Site, period: &str) -> Option<Release> {
    release_json::read(&site.release(period)?).ok()
}

/// One release with the digest of its file.
pub(in crate::web) fn published(site: &Site, period: Period) -> Option<Published> {
    let bytes = site.release(&period.to_string())?;
    Some(Published { release: release_json::read(&bytes).ok()?, sha256: sha256(&bytes).to_string() })
}
