//! Pages for readers: reports, policy, audit, help, and the way out.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::Period;
use crate::domain::release::Release;
use crate::log::{Entry, LogError};
use crate::report::html;
use crate::web::asked::Asked;
use crate::web::pages::{
    AuditPage, EntryLine, ErrorPage, Frame, HelpPage, Proof, ReleaseLine, ReportPage, ReportsPage,
};
use crate::web::problem::Problem;
use crate::web::{NextRelease, Site};

use super::{FRESH, cached, page, releases};

pub(in crate::web) async fn reports(site: Data<Site>, lang: Asked) -> HttpResponse {
    let programme = site.desk.programme().name.clone();
    let next = site.next_release().map_or_else(String::new, next_release);
    let releases = releases::all(&site).into_iter().map(line).collect();
    page(StatusCode::OK, &ReportsPage { t: site.frame(lang.code(), ""), programme, releases, next })
}

pub(in crate::web) async fn report(
    site: Data<Site>,
    period: Path<String>,
    lang: Asked,
    request: HttpRequest,
) -> HttpResponse {
    let t = site.frame(lang.code(), "../");
    let Some(release) = releases::read(&site, &period) else { return missing(t, &period) };
    let proof = proof(&site, release.period);
    let figures = html::figures(&release).unwrap_or_default();
    let period = release.period.to_string();
    let text = askama::Template::render(&ReportPage { t, period, figures, proof });
    cached(&request, text.unwrap_or_default().into_bytes(), "text/html; charset=utf-8", FRESH)
}

pub(in crate::web) async fn audit(site: Data<Site>, lang: Asked) -> Result<HttpResponse, Problem> {
    let log = site.log().map_err(|error: LogError| Problem::unavailable(error.to_string()))?;
    let entry = |(index, entry): (usize, &Entry)| EntryLine {
        index,
        date: entry.date.to_string(),
        name: entry.event.name(),
        period: entry.event.period().map_or_else(String::new, |p| p.to_string()),
    };
    let checkpoint = String::from_utf8_lossy(log.signed_checkpoint()).into_owned();
    let entries = log.entries().iter().enumerate().map(entry).collect();
    let (t, key) = (site.frame(lang.code(), ""), site.log_key.to_string());
    Ok(page(StatusCode::OK, &AuditPage { t, key, checkpoint, entries }))
}

pub(in crate::web) async fn help(site: Data<Site>, lang: Asked) -> HttpResponse {
    page(StatusCode::OK, &HelpPage { t: site.frame(lang.code(), "") })
}

/// Clears what the browser keeps of this site, and goes elsewhere. History stays.
pub(in crate::web) async fn exit(site: Data<Site>) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header(("Location", site.desk.programme().exit.clone()))
        .insert_header(("Clear-Site-Data", "\"cache\", \"cookies\", \"storage\""))
        .finish()
}

fn next_release(next: NextRelease) -> String {
    let NextRelease { period, day, by_itself } = next;
    match by_itself {
        true => format!("The next release is {period}, on {day}."),
        false => format!(
            "The next release is {period}, not before {day}: its private key is kept away from this service and is brought then."
        ),
    }
}

/// The proof that the release's digest is in the log, if it holds.
fn proof(site: &Site, period: Period) -> Option<Proof> {
    let log = site.log().ok()?;
    let (digest, proof) = log.release(period).ok().filter(|(_, proof)| proof.holds())?;
    let entry = log.entries().get(usize::try_from(proof.index).ok()?)?.encode().ok()?;
    Some(Proof::new(digest.to_string(), &proof, String::from_utf8_lossy(&entry).into_owned()))
}

fn line(release: Release) -> ReleaseLine {
    let week = |week: Option<&crate::domain::Week>| week.map_or_else(String::new, ToString::to_string);
    ReleaseLine {
        first: week(release.weeks.first()),
        last: week(release.weeks.last()),
        period: release.period.to_string(),
        published: release.published,
    }
}

fn missing(t: Frame, period: &str) -> HttpResponse {
    let known = period.parse::<Period>().is_ok();
    let (headline, detail) = match known {
        true => (t.missing_release_title(), t.missing_release()),
        false => (t.missing_title(), t.missing_period()),
    };
    page(StatusCode::NOT_FOUND, &ErrorPage { t, headline, detail })
}
