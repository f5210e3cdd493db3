//! Packs the pages that somebody asks for (`GET`), for those who take gzip.
//!
//! Guarantee: an answer to what was typed (`POST`, `PUT`, `DELETE`) is never
//! packed, since its length would tell of what it repeats (BREACH), nor is the page
//! that such an answer leads to ([`Typed`]). Every other page that is asked for
//! holds no card, no count and no receipt but one that is new.
//! Non-guarantee: pages with an entity tag go as they are.

use std::io::Write;

use actix_web::Error;
use actix_web::HttpRequest;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, VARY};
use actix_web::middleware::Next;
use flate2::{Compression, GzBuilder};

/// Marks an answer that holds what somebody typed, though it was asked for.
#[derive(Clone, Copy)]
pub(super) struct Typed;

/// Innermost of all: it takes pages as the handlers made them.
pub(super) async fn packed(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let asked = request.method() == Method::GET;
    let takes = takes_gzip(request.request());
    let mut answer = next.call(request).await?;
    let typed = answer.response().extensions().contains::<Typed>();
    if !asked || typed || !is_plain_page(answer.headers()) {
        return Ok(answer.map_into_boxed_body());
    }
    answer.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Language, Accept-Encoding"));
    Ok(answer.map_body(|head, body| match body.try_into_bytes() {
        Ok(bytes) => match Some(&bytes).filter(|_| takes).and_then(|bytes| pack(bytes).ok()) {
            Some(small) => {
                head.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                BoxBody::new(small)
            }
            None => BoxBody::new(bytes),
        },
        Err(body) => BoxBody::new(body),
    }))
}

/// Whether the reader takes gzip; `gzip;q=0` says that it does not.
pub(super) fn takes_gzip(request: &HttpRequest) -> bool {
    let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|one| {
        let (coding, weight) = one.split_once(';').unwrap_or((one, ""));
        let none = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q <= 0.0));
        coding.trim().eq_ignore_ascii_case("gzip") && !none
    })
}

fn is_plain_page(headers: &HeaderMap) -> bool {
    let html = headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    html && !headers.contains_key(ETAG)
}

/// Without a name or a time in its head.
fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = GzBuilder::new().write(Vec::new(), Compression::default());
    packed.write_all(bytes)?;
    packed.finish()
}
