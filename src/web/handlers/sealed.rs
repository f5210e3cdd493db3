//! `POST /v1/sealed`.

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::intake::Delivered;
use crate::web::Site;
use crate::web::api::answers::Taking;
use crate::web::body::SmallBody;
use crate::web::problem::Problem;

/// Deliver a tally that a phone sealed
///
/// What a phone keeps while it has no network: id of the queue key (8 bytes), encapsulated key (65), ciphertext (2,064),
/// by HPKE (RFC 9180, base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; info `peertally/queue/1`, additional
/// data the id). Inside: `{"card","receipt","tally"}` as JSON, filled up with spaces to 2,048 bytes. It never replaces:
/// a receipt that is there stays as it is. The answer comes after the row is on the disk.
#[utoipa::path(
    post, path = "/v1/sealed", tag = "tallies", operation_id = "post_sealed",
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "2,137 bytes"),
    responses(
        (status = 201, description = "Stored, new"),
        (status = 200, description = "Its receipt was there before; nothing was changed"),
        Taking,
    ),
)]
pub(in crate::web) async fn post(site: Data<Site>, body: SmallBody) -> Result<HttpResponse, Problem> {
    match site.desk.put_sealed(&body.0).await? {
        Delivered::Now => Ok(HttpResponse::Created().finish()),
        Delivered::Before => Ok(HttpResponse::Ok().finish()),
    }
}
