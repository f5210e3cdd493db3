//! The forms of a release, made when they are asked for.
//!
//! Guarantee: what `made.rs` guarantees; a form is kept by its entity tag, and a
//! reader who has it already is told so before it is made.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::web::{Bytes, Data};

use crate::crypto::digest::sha256;
use crate::report::{ExportContext, ExportFormat, json};

use super::Site;
use super::connections::Connection;
use super::problem::Problem;
use super::public::PublicFile;
use super::reading;

/// Entity tag of a form: it follows from the release and from the program.
pub(super) fn tag(release: &[u8], form: ExportFormat) -> String {
    if form == ExportFormat::Json {
        return PublicFile::etag(release);
    }
    let program = concat!(env!("CARGO_PKG_VERSION"), " ", env!("PEERTALLY_COMMIT"));
    PublicFile::etag(format!("{} {} {program}", sha256(release), form.ending()).as_bytes())
}

/// The bytes of a form of `release`, which is that of `period`; `tag` is its entity tag.
pub(super) async fn make(
    site: Data<Site>,
    period: String,
    release: Vec<u8>,
    form: ExportFormat,
    tag: String,
    asks: Option<Rc<Connection>>,
) -> Result<Bytes, Problem> {
    if form == ExportFormat::Json {
        return Ok(release.into());
    }
    // Read again when it is its turn, so that those who wait hold nothing in memory.
    drop(release);
    let made = Arc::clone(&site.made);
    let name = tag.clone();
    let work = move || write(&site, &period, form, &tag);
    made.get(asks, name, work).await?.map_err(Problem::unavailable)
}

fn write(site: &Site, period: &str, form: ExportFormat, tag: &str) -> Result<Vec<u8>, String> {
    let failed = |error: crate::report::ReportError| error.to_string();
    let bytes = site.release(period).ok_or("the release cannot be read any more: try again in a moment")?;
    if self::tag(&bytes, form) != tag {
        return Err("the release has just changed: try again".to_owned());
    }
    let release = json::read(&bytes).map_err(failed)?;
    let codebook = reading::codebook(site, &release.config_digest, "").unwrap_or_default();
    let beside = ExportContext { codebook, sha256: sha256(&bytes).to_string(), csv_name: format!("{period}.csv") };
    form.write(&release, &beside).map_err(failed)
}
