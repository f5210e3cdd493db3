//! `GET /openapi.json`, and the same as a page.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::web::Site;
use crate::web::api;
use crate::web::api::answers::Reading;
use crate::web::pages::ApiPage;
use crate::web::requested_lang::RequestedLang;

use super::{FRESH, cached, page};

/// This description
#[utoipa::path(get, path = "/openapi.json", tag = "service", operation_id = "openapi",
    responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json", body = serde_json::Value), Reading))]
pub(in crate::web) async fn document(request: HttpRequest) -> HttpResponse {
    cached(&request, api::bytes().to_vec(), "application/json", FRESH)
}

pub(in crate::web) async fn show(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    page(StatusCode::OK, &ApiPage::new(site.frame(&lang, ""), &api::description()))
}
