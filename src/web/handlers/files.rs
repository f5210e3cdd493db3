//! Public files byte for byte, and the two files of the pages themselves.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::log::{CHECKPOINT, Tile};
use crate::web::Site;
use crate::web::problem::Problem;

use super::{FOREVER, FRESH, cached};

pub(in crate::web) async fn public(
    site: Data<Site>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let found = site.files.read(&path).ok_or_else(Problem::not_found)?;
    let lasting = if found.fixed { FOREVER } else { FRESH };
    Ok(cached(&request, found.bytes, found.content_type, lasting))
}

pub(in crate::web) async fn log(
    site: Data<Site>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if path.as_str() != CHECKPOINT && Tile::parse(&path).is_none() {
        return Err(Problem::not_found());
    }
    public(site, Path::from(format!("log/{path}")), request).await
}

pub(in crate::web) async fn style(request: HttpRequest) -> HttpResponse {
    let bytes = include_bytes!("../assets/style.css").to_vec();
    cached(&request, bytes, "text/css; charset=utf-8", FRESH)
}

pub(in crate::web) async fn script(request: HttpRequest) -> HttpResponse {
    let bytes = include_bytes!("../assets/form.js").to_vec();
    cached(&request, bytes, "text/javascript; charset=utf-8", FRESH)
}
