//! Public files byte for byte, and the two files of the pages themselves.

use actix_web::http::header::{CONTENT_ENCODING, HeaderValue, VARY};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::log::{CHECKPOINT, Tile};
use crate::web::Site;
use crate::web::api::answers::Reading;
use crate::web::api::documents;
use crate::web::compress::takes_gzip;
use crate::web::problem::Problem;

use super::{FOREVER, FRESH, cached};

/// A public file, byte for byte
///
/// All of `DATA/public`: `releases/…`, `log/…`, `programme/…`, `policy/…`, `log-key.txt`.
#[utoipa::path(get, path = "/public/{path}", tag = "log", operation_id = "public_file",
    params(("path" = String, Path, example = "log-key.txt", description = "A path below `public`; its slashes stay slashes")),
    responses(
        (status = 200, description = "The file", content(
            (Vec<u8> = "application/octet-stream"), (String = "text/plain"), (String = "application/toml"),
            (serde_json::Value = "application/json"))),
        (status = 404, description = "No such file", body = documents::ProblemDoc, content_type = "application/problem+json"),
        Reading,
    ))]
pub(in crate::web) async fn public(
    site: Data<Site>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let found = site.files.read(&path).ok_or_else(Problem::not_found)?;
    let lasting = if found.fixed { FOREVER } else { FRESH };
    Ok(cached(&request, found.bytes, found.content_type, lasting))
}

/// The log's signed head
///
/// C2SP tlog-checkpoint, signed with the key at `/public/log-key.txt`. Keep one: it is the only
/// thing that shows later that the log was not written anew.
#[utoipa::path(get, path = "/v1/log/checkpoint", tag = "log", operation_id = "checkpoint",
    responses((status = 200, description = "A signed note", content_type = "text/plain", body = String), Reading))]
pub(in crate::web) async fn checkpoint(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    public(site, Path::from(format!("log/{CHECKPOINT}")), request).await
}

/// A tile of the log
///
/// C2SP tlog-tiles: 256 hashes of one level, or with level `entries` the entries themselves. A tile
/// that is not full has `.p/{width}` behind it; an index of a thousand and more is written `x001/234`.
#[utoipa::path(get, path = "/v1/log/tile/{level}/{index}", tag = "log", operation_id = "tile",
    params(
        ("level" = String, Path, example = "0", description = "A level from 0, or `entries`"),
        ("index" = String, Path, example = "000", description = "Place within the level, three digits")),
    responses(
        (status = 200, description = "The tile", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, description = "The log has no such tile now", body = documents::ProblemDoc, content_type = "application/problem+json"),
        Reading,
    ))]
pub(in crate::web) async fn log(
    site: Data<Site>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if Tile::parse(&path).is_none() {
        return Err(Problem::not_found());
    }
    public(site, Path::from(format!("log/{path}")), request).await
}

pub(in crate::web) async fn style(request: HttpRequest) -> HttpResponse {
    asset(&request, "text/css; charset=utf-8", STYLE)
}

pub(in crate::web) async fn report_style(request: HttpRequest) -> HttpResponse {
    asset(&request, "text/css; charset=utf-8", REPORT_STYLE)
}

pub(in crate::web) async fn script(request: HttpRequest) -> HttpResponse {
    asset(&request, "text/javascript; charset=utf-8", SCRIPT)
}

/// A file plain and packed, both made by `build.rs`.
type Asset = [&'static [u8]; 2];

const STYLE: Asset =
    [include_bytes!(concat!(env!("OUT_DIR"), "/style.css")), include_bytes!(concat!(env!("OUT_DIR"), "/style.css.gz"))];
const REPORT_STYLE: Asset = [
    include_bytes!(concat!(env!("OUT_DIR"), "/report.css")),
    include_bytes!(concat!(env!("OUT_DIR"), "/report.css.gz")),
];
const SCRIPT: Asset =
    [include_bytes!(concat!(env!("OUT_DIR"), "/form.js")), include_bytes!(concat!(env!("OUT_DIR"), "/form.js.gz"))];

/// Packed for those who take it so.
fn asset(request: &HttpRequest, content_type: &str, [plain, packed]: Asset) -> HttpResponse {
    let takes = takes_gzip(request);
    let mut answer = cached(request, if takes { packed } else { plain }.to_vec(), content_type, FRESH);
    answer.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if takes {
        answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    answer
}
