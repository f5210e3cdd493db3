//! The forms of a release, made when they are asked for.
//!
//! Guarantee: the worker that answers requests makes none itself, and one is
//! made at a time, so that large releases can take neither the service's time
//! nor its memory (the largest: 270 MB and some seconds). A reader who has the form already is told so
//! before it is made.

use actix_web::web::{self, Data};
use tokio::sync::Semaphore;

use crate::crypto::digest::sha256;
use crate::report::{ExportContext, ExportFormat, json};

use super::Site;
use super::problem::Problem;
use super::public::PublicFile;
use super::reading;

static MAKING: Semaphore = Semaphore::const_new(1);

/// Entity tag of a form: it follows from the release and from the program.
pub(super) fn tag(release: &[u8], form: ExportFormat) -> String {
    if form == ExportFormat::Json {
        return PublicFile::etag(release);
    }
    let program = concat!(env!("CARGO_PKG_VERSION"), " ", env!("PEERTALLY_COMMIT"));
    PublicFile::etag(format!("{} {} {program}", sha256(release), form.ending()).as_bytes())
}

/// The bytes of a form of `release`, which is that of `period`.
pub(super) async fn make(
    site: Data<Site>,
    period: String,
    release: Vec<u8>,
    form: ExportFormat,
) -> Result<Vec<u8>, Problem> {
    if form == ExportFormat::Json {
        return Ok(release);
    }
    // Read again when it is its turn, so that those who wait hold nothing in memory.
    drop(release);
    let failed = |error: String| Problem::unavailable(error);
    let permit = MAKING.acquire().await.map_err(|error| failed(error.to_string()))?;
    let work = move || {
        // Held until the work is done, also where the reader went away.
        let _permit = permit;
        write(&site, &period, form)
    };
    web::block(work).await.map_err(|error| failed(error.to_string()))?
}

fn write(site: &Site, period: &str, form: ExportFormat) -> Result<Vec<u8>, Problem> {
    let failed = |error: crate::report::ReportError| Problem::unavailable(error.to_string());
    let bytes = site.release(period).ok_or_else(Problem::not_found)?;
    let release = json::read(&bytes).map_err(failed)?;
    let codebook = reading::codebook(site, &release.config_digest, "").unwrap_or_default();
    let beside = ExportContext { codebook, sha256: sha256(&bytes).to_string(), csv_name: format!("{period}.csv") };
    form.write(&release, &beside).map_err(failed)
}
