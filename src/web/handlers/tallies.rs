//! `PUT` and `DELETE /v1/tallies/{receipt}`.

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use zeroize::Zeroizing;

use crate::intake::{Accepted, Rejection, body};
use crate::web::Site;
use crate::web::api::answers::Sending;
use crate::web::api::documents;
use crate::web::body::SmallBody;
use crate::web::problem::Problem;

/// Send or correct a tally
///
/// The same again is the same tally; another body under the same receipt replaces it, also
/// when it moves the tally to another open week. The answer comes after the row is on the disk.
#[utoipa::path(
    put, path = "/v1/tallies/{receipt}", tag = "tallies", operation_id = "put_tally",
    params(("receipt" = String, Path, pattern = "^[0-9]{16}$", example = "3141592653589795",
        description = "16 digits made by the sender, the last one a check digit (Damm)")),
    request_body(content = documents::TallyDoc, description = "At most 16 KiB"),
    responses(
        (status = 201, description = "Stored, new"),
        (status = 200, description = "Stored before, the same or replaced"),
        (status = 400, description = "Not JSON (`unreadable`), or a name or the header `Authorization` stands twice in it (`repeated`)", body = documents::ProblemDoc, content_type = "application/problem+json"),
        (status = 408, description = "The body took too long", body = documents::ProblemDoc, content_type = "application/problem+json"),
        (status = 409, description = "The week is not open (`week-closed`), its period waits for its key (`waits-for-key`) or is being counted (`period-closed`), or the tally was withdrawn and its receipt is spent (`withdrawn`)", body = documents::ProblemDoc, content_type = "application/problem+json"),
        (status = 413, description = "Over 16 KiB", body = documents::ProblemDoc, content_type = "application/problem+json"),
        (status = 429, description = "This card has sent as many new tallies within an hour as it may (`rate-limited`); `Retry-After` is always an hour", body = documents::ProblemDoc, content_type = "application/problem+json"),
        Sending,
    ),
    security(("card" = [])),
)]
pub(in crate::web) async fn put(
    site: Data<Site>,
    receipt: Path<String>,
    request: HttpRequest,
    body: SmallBody,
) -> Result<HttpResponse, Problem> {
    let draft = body::read(&body.0)?;
    let card = bearer(&request)?;
    match site.desk.put(card.as_deref().map(String::as_str), &receipt, draft).await? {
        Accepted::New => Ok(HttpResponse::Created().finish()),
        Accepted::SameOrReplaced => Ok(HttpResponse::Ok().finish()),
    }
}

/// Withdraw a tally
///
/// Until its period closes. The receipt is then spent: sending under it again is refused.
#[utoipa::path(
    delete, path = "/v1/tallies/{receipt}", tag = "tallies", operation_id = "withdraw_tally",
    params(("receipt" = String, Path, pattern = "^[0-9]{16}$", example = "3141592653589795", description = "The tally's receipt")),
    responses(
        (status = 204, description = "Withdrawn"),
        (status = 400, description = "Two headers `Authorization` (`repeated`)", body = documents::ProblemDoc, content_type = "application/problem+json"),
        (status = 404, description = "No such tally of this card in an open period (also for somebody else's)", body = documents::ProblemDoc, content_type = "application/problem+json"),
        Sending,
    ),
    security(("card" = [])),
)]
pub(in crate::web) async fn delete(
    site: Data<Site>,
    receipt: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let card = bearer(&request)?;
    site.desk.withdraw(card.as_deref().map(String::as_str), &receipt).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The card in `Authorization: Bearer …`; spaces in it are part of the card. Two such headers name no card:
/// a proxy in front may have looked at the other one.
fn bearer(request: &HttpRequest) -> Result<Option<Zeroizing<String>>, Rejection> {
    let mut all = request.headers().get_all(AUTHORIZATION);
    let (value, None) = (all.next(), all.next()) else { return Err(Rejection::repeated("Authorization")) };
    let parts = value.and_then(|value| value.as_bytes().split_at_checked(7));
    let card = parts.filter(|(scheme, _)| scheme.eq_ignore_ascii_case(b"bearer ")).map(|(_, card)| card);
    // Bytes that are no text can be no card either: they are read as a mistyped one.
    Ok(card.map(|card| Zeroizing::new(String::from_utf8_lossy(card).into_owned())))
}
