//! Reads a small body, in bounded memory and bounded time.

use std::time::Duration;

use actix_web::web::{Bytes, BytesMut, Payload};
use actix_web::{FromRequest, HttpRequest, dev};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;

use super::connections::Connection;
use super::problem::Problem;

/// Largest body: a tally needs less than one of these 16 KiB.
pub(super) const LIMIT: usize = 16 * 1024;
/// How long a body may take, however slowly it trickles.
const PATIENCE: Duration = Duration::from_secs(10);

/// A whole body of at most [`LIMIT`] bytes.
pub(super) struct SmallBody(pub(super) Bytes);

impl FromRequest for SmallBody {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let length = request.headers().get("content-length").and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
        let payload = Payload::from_request(request, payload).into_inner();
        let connection = Connection::of(request);
        Box::pin(async move {
            if length.is_some_and(|length| length > LIMIT as u64) {
                return Err(Problem::too_large(LIMIT));
            }
            let payload = payload.map_err(|_| Problem::broken_off())?;
            if let Some(connection) = &connection {
                connection.wait();
            }
            let body = tokio::time::timeout(PATIENCE, collect(payload)).await;
            if let Some(connection) = &connection {
                connection.work();
                if matches!(body, Ok(Ok(_))) {
                    connection.whole();
                }
            }
            body.unwrap_or_else(|_| Err(Problem::too_slow()))
        })
    }
}

async fn collect(mut payload: Payload) -> Result<SmallBody, Problem> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Problem::broken_off())?;
        if body.len() + chunk.len() > LIMIT {
            return Err(Problem::too_large(LIMIT));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(SmallBody(body.freeze()))
}
