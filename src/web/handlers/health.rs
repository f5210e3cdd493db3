//! Health, and whom to tell of a weakness.

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::web::Site;
use crate::web::api::documents;
use crate::web::problem::Problem;

/// How long a security.txt may be relied on, in days.
const EXPIRES: i64 = 180;

/// Whether the process answers
#[utoipa::path(get, path = "/healthz", tag = "service", operation_id = "alive",
    responses((status = 200, description = "It does", content_type = "text/plain", body = String),
        (status = 431, description = "The request's header is over 8 KiB", body = documents::ProblemDoc, content_type = "application/problem+json")))]
pub(in crate::web) async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Whether tallies or reads are answered
///
/// Reads are answered whenever this is; a store that fails ends the process. No counts are shown.
#[utoipa::path(get, path = "/readyz", tag = "service", operation_id = "ready",
    responses((status = 200, description = "They are", content_type = "text/plain", body = String),
        (status = 431, description = "The request's header is over 8 KiB", body = documents::ProblemDoc, content_type = "application/problem+json")))]
pub(in crate::web) async fn ready() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n")
}

/// Whom to tell of a weakness (RFC 9116)
#[utoipa::path(get, path = "/.well-known/security.txt", tag = "service", operation_id = "security_txt",
    responses((status = 200, description = "The contact", content_type = "text/plain", body = String),
        (status = 404, description = "The programme names none", body = documents::ProblemDoc, content_type = "application/problem+json"),
        (status = 431, description = "The request's header is over 8 KiB", body = documents::ProblemDoc, content_type = "application/problem+json")))]
pub(in crate::web) async fn security(site: Data<Site>) -> Result<HttpResponse, Problem> {
    let programme = site.desk.programme();
    let contact = programme.security_contact.as_ref().ok_or_else(Problem::not_found)?;
    let expires = site.desk.today(&programme).saturating_add(jiff::Span::new().days(EXPIRES));
    let text = format!("Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: en\n");
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text))
}
