//! Pages for readers: reports, policy, audit, help, and the way out.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::Period;
use crate::log::LogError;
use crate::report::html;
use crate::report::sum::PublishedRelease;
use crate::web::pages::{AuditPage, ErrorPage, Frame, HelpPage, Proof, ReportPage, ReportsPage};
use crate::web::problem::Problem;
use crate::web::requested_lang::RequestedLang;
use crate::web::{Site, reading};

use super::{FRESH, HTML, cached, page, releases};

pub(in crate::web) async fn reports(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    let (t, programme) = (site.frame(&lang, ""), site.desk.programme().name.clone());
    let releases = releases::all(&site);
    let words = reading::words(&site, &t, &releases.iter().collect::<Vec<_>>());
    page(StatusCode::OK, &ReportsPage::new(t, programme, &releases, &words, site.next_release()))
}

pub(in crate::web) async fn report(
    site: Data<Site>,
    period: Path<String>,
    lang: RequestedLang,
    request: HttpRequest,
) -> HttpResponse {
    let t = site.frame(&lang, "../");
    let published = period.parse().ok().and_then(|period| releases::published(&site, period));
    let Some(published) = published else { return missing(t, &period) };
    let proof = proof(&site, published.release.period);
    let figures = figures(&site, &t, &published);
    let period = published.release.period.to_string();
    let text = askama::Template::render(&ReportPage { t, period, figures, proof });
    cached(&request, text.unwrap_or_default().into_bytes(), HTML, FRESH)
}

fn figures(site: &Site, t: &Frame, published: &PublishedRelease) -> String {
    let words = reading::words(site, t, &[&published.release]);
    let trend = reading::trend(site, published, |period| releases::published(site, period));
    let over_time = t.to("reports/over-time");
    let around = html::PageContext { sha256: &published.sha256, trend: trend.as_ref(), over_time: &over_time };
    html::figures(&published.release, &words, around).unwrap_or_default()
}

pub(in crate::web) async fn audit(site: Data<Site>, lang: RequestedLang) -> Result<HttpResponse, Problem> {
    let log = site.log().map_err(|error: LogError| Problem::unavailable(error.to_string()))?;
    Ok(page(StatusCode::OK, &AuditPage::new(site.frame(&lang, ""), &log, site.log_key.to_string())))
}

pub(in crate::web) async fn help(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    page(StatusCode::OK, &HelpPage { t: site.frame(&lang, "") })
}

/// Clears what the browser keeps of this site, and goes elsewhere. History stays.
pub(in crate::web) async fn exit(site: Data<Site>) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header(("Location", site.desk.programme().exit.clone()))
        .insert_header(("Clear-Site-Data", "\"cache\", \"cookies\", \"storage\""))
        .finish()
}

/// The proof that the release's digest is in the log, if it holds.
fn proof(site: &Site, period: Period) -> Option<Proof> {
    let log = site.log().ok()?;
    let (digest, proof) = log.release(period).ok().filter(|(_, proof)| proof.holds())?;
    let entry = log.entries().get(usize::try_from(proof.index).ok()?)?.encode().ok()?;
    Some(Proof::new(digest.to_string(), &proof, String::from_utf8_lossy(&entry).into_owned()))
}

fn missing(t: Frame, period: &str) -> HttpResponse {
    let known = period.parse::<Period>().is_ok();
    let (headline, detail) = match known {
        true => (t.missing_release_title(), t.missing_release()),
        false => (t.missing_title(), t.missing_period()),
    };
    page(StatusCode::NOT_FOUND, &ErrorPage { t, headline, detail })
}
