//! Ends connections whose chunked body was not read to its end.
//!
//! Guarantee: after an answer, no connection stays open to wait for the rest
//! of a body. actix (3.20) closes such a connection if the body's reader still
//! exists when the answer is written; once the reader is gone, it reads a
//! chunked body on and on, without a limit of time or size. So the reader is
//! kept as long as the answer. A body that was read to its end changes nothing.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::TRANSFER_ENCODING;
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error, HttpMessage};
use futures_util::Stream;

/// The reader of a request's body, shared by its handler and its answer.
#[derive(Clone)]
struct Shared(Rc<RefCell<Payload>>);

impl Stream for Shared {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.borrow_mut()).poll_next(context)
    }
}

/// An answer that keeps the reader.
struct HeldBody {
    body: BoxBody,
    _reader: Shared,
}

impl MessageBody for HeldBody {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }
}

/// Outermost of all: refusals of the others are answers too.
pub(super) async fn hold_payload(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if !request.headers().contains_key(TRANSFER_ENCODING) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let reader = Shared(Rc::new(RefCell::new(request.take_payload())));
    request.set_payload(Payload::Stream { payload: Box::pin(reader.clone()) });
    let answer = next.call(request).await?.map_into_boxed_body();
    Ok(answer.map_body(|_, body| BoxBody::new(HeldBody { body, _reader: reader })))
}
