//! Headers of every answer, and the limit on those of a request.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue, RETRY_AFTER};
use actix_web::middleware::{DefaultHeaders, Next};
use actix_web::{Error, ResponseError};

use super::problem::Problem;

/// Most bytes of names and values in a request's header.
const LIMIT: usize = 8 * 1024;
/// Seconds after which a 503 may be over: a full queue is, and a service that ends is started again.
const AGAIN: &str = "5";
/// Seconds after which a card's limit may leave room again, where an answer does not say better.
const LATER: &str = "3600";

/// Nothing from elsewhere, nothing inline, nothing kept, nothing told on. `data:` is for the icon, which
/// would be a request more; an image can neither run nor send anything.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
     img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Whose answer this is, so that a page knows its own service from whatever else may answer in its
/// place: a portal, a firewall, another programme that moved to this address.
const LOG_KEY: HeaderName = HeaderName::from_static("log-key");

/// What every answer carries unless its handler says otherwise. `mark` is that of the log's key.
pub(super) fn on_every_answer(mark: &str) -> DefaultHeaders {
    DefaultHeaders::new()
        .add((LOG_KEY, mark))
        .add(("Cache-Control", "no-store"))
        .add(("Content-Security-Policy", POLICY))
        .add(("Referrer-Policy", "no-referrer"))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("X-Frame-Options", "DENY"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("Cross-Origin-Resource-Policy", "same-origin"))
        .add(("Permissions-Policy", "camera=(), geolocation=(), microphone=()"))
}

/// Refuses a header over the limit, of which only sizes are looked at, and says with each 503 and 429
/// when to come again.
pub(super) async fn limit_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let size: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if size + request.uri().to_string().len() > LIMIT {
        let response = Problem::headers_too_large().error_response();
        return Ok(request.into_response(response));
    }
    let mut answer = next.call(request).await?;
    if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(AGAIN));
    }
    if answer.status() == StatusCode::TOO_MANY_REQUESTS && !answer.headers().contains_key(RETRY_AFTER) {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(LATER));
    }
    Ok(answer.map_into_boxed_body())
}
