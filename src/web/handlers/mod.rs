//! One file per resource; each handler reads, asks, answers.

pub(super) mod correct;
pub(super) mod files;
pub(super) mod form;
pub(super) mod health;
pub(super) mod openapi;
pub(super) mod over_time;
pub(super) mod pages;
pub(super) mod policy;
pub(super) mod programme;
pub(super) mod releases;
pub(super) mod sealed;
pub(super) mod sent;
pub(super) mod tallies;

use actix_web::http::StatusCode;
use actix_web::http::header::{IF_NONE_MATCH, VARY};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError};
use askama::Template;

use super::made::NotMade;
use super::pages::{ErrorPage, Frame};
use super::problem::Problem;
use super::public::PublicFile;

/// A page, or 503 where its template fails.
fn page(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(text) => as_page(status, text),
        Err(_) => Problem::unavailable("the page could not be made: try again in a moment".to_owned()).error_response(),
    }
}

/// A page as text.
fn as_page(status: StatusCode, text: impl Into<Bytes>) -> HttpResponse {
    HttpResponse::build(status).content_type(HTML).insert_header((VARY, LANGUAGE)).body(text.into())
}

/// A page that others have to be made before.
fn not_made(t: Frame, error: NotMade) -> HttpResponse {
    match error {
        NotMade::LineFull => {
            let (headline, detail) = (t.reading_busy_title(), t.reading_busy());
            page(StatusCode::SERVICE_UNAVAILABLE, &ErrorPage { t, headline, detail })
        }
        failed @ NotMade::Failed(_) => Problem::from(failed).error_response(),
    }
}

/// Public bytes with an entity tag; 304 where the reader has them already.
fn cached(request: &HttpRequest, bytes: impl Into<Bytes>, content_type: &str, lasting: &'static str) -> HttpResponse {
    let bytes = bytes.into();
    let etag = PublicFile::etag(&bytes);
    let known = known(request, &etag);
    let mut answer = tagged(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK }, etag, lasting);
    if content_type == HTML {
        answer.insert_header((VARY, LANGUAGE));
    }
    if known { answer.finish() } else { answer.content_type(content_type).body(bytes) }
}

/// Whether the reader says that it has the bytes with this entity tag.
fn known(request: &HttpRequest, etag: &str) -> bool {
    let known = request.headers().get(IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let same = |tag: &str| matches!(tag.trim().trim_start_matches("W/"), tag if tag == etag || tag == "*");
    known.split(',').any(same)
}

fn tagged(status: StatusCode, etag: String, lasting: &'static str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer.insert_header(("ETag", etag)).insert_header(("Cache-Control", lasting));
    answer
}

/// Pages are HTML, and nothing else is.
const HTML: &str = "text/html; charset=utf-8";
/// Pages follow the browser's language where none is named; files, exports and the API do not.
const LANGUAGE: &str = "Accept-Language";
/// Looked at anew each time.
const FRESH: &str = "no-cache";
/// Named by its content.
const FOREVER: &str = "public, max-age=31536000, immutable";
