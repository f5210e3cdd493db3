//! `PUT` and `DELETE /v1/tallies/{receipt}`.

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use zeroize::Zeroizing;

use crate::intake::{Accepted, body};
use crate::web::Site;
use crate::web::body::SmallBody;
use crate::web::problem::Problem;

pub(in crate::web) async fn put(
    site: Data<Site>,
    receipt: Path<String>,
    request: HttpRequest,
    body: SmallBody,
) -> Result<HttpResponse, Problem> {
    let draft = body::read(&body.0)?;
    let card = bearer(&request);
    match site.desk.put(card.as_deref().map(String::as_str), &receipt, draft).await? {
        Accepted::New => Ok(HttpResponse::Created().finish()),
        Accepted::SameOrReplaced => Ok(HttpResponse::Ok().finish()),
    }
}

pub(in crate::web) async fn delete(
    site: Data<Site>,
    receipt: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let card = bearer(&request);
    site.desk.withdraw(card.as_deref().map(String::as_str), &receipt).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The card in `Authorization: Bearer …`; spaces in it are part of the card.
fn bearer(request: &HttpRequest) -> Option<Zeroizing<String>> {
    let value = request.headers().get(AUTHORIZATION)?.as_bytes();
    let (scheme, card) = value.split_at_checked(7)?;
    let card = Some(card).filter(|_| scheme.eq_ignore_ascii_case(b"bearer "))?;
    // Bytes that are no text can be no card either: they are read as a mistyped one.
    Some(Zeroizing::new(String::from_utf8_lossy(card).into_owned()))
}
