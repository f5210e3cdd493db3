//! Gives a large answer to actix in parts, and holds each file once.
//!
//! Guarantee: an answer that its reader takes slowly costs a few parts of
//! memory; the file itself is held once a worker, however many read it.
//! Whole, it would be copied into the buffer of each connection.
//! Non-guarantee: pages without an entity tag are made, and held, for each reader.

use std::cell::RefCell;
use std::collections::HashMap;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

use actix_web::Error;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ResponseHead, ServiceRequest, ServiceResponse};
use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Bytes;

/// Bytes given at a time.
const PART: usize = 16 * 1024;
/// Names of files that may be left over when nobody reads them any more.
const LEFT_OVER: usize = 64;

thread_local! {
    /// What this worker is sending, by entity tag, which stands for the bytes.
    static SENDING: RefCell<HashMap<HeaderValue, Weak<Bytes>>> = RefCell::default();
}

/// The rest of an answer.
struct Parts {
    whole: Rc<Bytes>,
    sent: usize,
}

impl MessageBody for Parts {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.whole.len() as u64)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let end = self.whole.len().min(self.sent + PART);
        let part = self.whole.slice(self.sent..end);
        self.sent = end;
        Poll::Ready(Some(Ok(part)).filter(|part| part.as_ref().is_ok_and(|part| !part.is_empty())))
    }
}

/// Takes answers as the handlers made them, and pages packed.
pub(super) async fn in_parts(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let answer = next.call(request).await?;
    Ok(answer.map_body(|head, body| match body.try_into_bytes() {
        Ok(bytes) if bytes.len() > PART => BoxBody::new(Parts { whole: shared(head, bytes), sent: 0 }),
        Ok(bytes) => BoxBody::new(bytes),
        Err(body) => BoxBody::new(body),
    }))
}

/// The same bytes as others are being sent, where there are any.
fn shared(head: &ResponseHead, bytes: Bytes) -> Rc<Bytes> {
    let Some(tag) = head.headers().get(ETAG) else { return Rc::new(bytes) };
    SENDING.with_borrow_mut(|sending| {
        if let Some(same) = sending.get(tag).and_then(Weak::upgrade) {
            return same;
        }
        if sending.len() > LEFT_OVER {
            sending.retain(|_, bytes| bytes.strong_count() > 0);
        }
        let whole = Rc::new(bytes);
        sending.insert(tag.clone(), Rc::downgrade(&whole));
        whole
    })
}
