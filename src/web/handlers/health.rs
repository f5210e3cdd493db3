//! Health, and whom to tell of a weakness.

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::web::Site;
use crate::web::problem::Problem;

/// How long a security.txt may be relied on, in days.
const EXPIRES: i64 = 180;

pub(in crate::web) async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Reads are answered whenever this is; a store that fails ends the process.
pub(in crate::web) async fn ready() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n")
}

pub(in crate::web) async fn security(site: Data<Site>) -> Result<HttpResponse, Problem> {
    let programme = site.desk.programme();
    let contact = programme.security_contact.as_ref().ok_or_else(Problem::not_found)?;
    let expires = site.desk.today(&programme).saturating_add(jiff::Span::new().days(EXPIRES));
    let text = format!("Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: en\n");
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text))
}
