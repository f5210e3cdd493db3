//! Pages for readers: reports, policy, audit, help, and the way out.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use crate::domain::Period;
use crate::log::LogError;
use crate::report::html;
use crate::report::sum::PublishedRelease;
use crate::web::connections::Connection;
use crate::web::pages::{AuditPage, ErrorPage, Frame, HelpPage, Proof, ReportPage, ReportsPage};
use crate::web::problem::Problem;
use crate::web::requested_lang::RequestedLang;
use crate::web::{Site, reading};

use super::{FRESH, HTML, as_page, cached, not_made, page, releases};

pub(in crate::web) async fn reports(site: Data<Site>, lang: RequestedLang, request: HttpRequest) -> HttpResponse {
    let t = site.frame(&lang, "");
    let (made, name, frame) = (Arc::clone(&site.made), site.page_name("reports", &t), t.clone());
    match made.get(Connection::of(&request), name, move || list(&site, frame)).await {
        Ok(Ok(text)) => as_page(StatusCode::OK, text),
        Ok(Err(error)) => Problem::unavailable(error.to_string()).error_response(),
        Err(error) => not_made(t, error),
    }
}

fn list(site: &Site, t: Frame) -> Result<Vec<u8>, askama::Error> {
    let programme = site.desk.programme().name.clone();
    let releases = releases::all(site);
    let words = reading::words(site, &t, &releases.iter().collect::<Vec<_>>());
    ReportsPage::new(t, programme, &releases, &words, site.next_release()).render().map(String::into_bytes)
}

pub(in crate::web) async fn report(
    site: Data<Site>,
    asked: Path<String>,
    lang: RequestedLang,
    request: HttpRequest,
) -> HttpResponse {
    let t = site.frame(&lang, "../");
    let Some(period) = asked.parse().ok().filter(|period| site.files.is_released(*period)) else {
        return missing(t, &asked);
    };
    let name = site.page_name(&format!("report {period}"), &t);
    let (made, frame) = (Arc::clone(&site.made), t.clone());
    match made.get(Connection::of(&request), name, move || one(&site, frame, period).ok_or(())).await {
        Ok(Ok(text)) => cached(&request, text, HTML, FRESH),
        Ok(Err(())) => missing(t, &asked),
        Err(error) => not_made(t, error),
    }
}

/// One report, unless its release cannot be read.
fn one(site: &Site, t: Frame, period: Period) -> Option<Vec<u8>> {
    let published = releases::published(site, period)?;
    let proof = proof(site, period);
    let figures = figures(site, &t, &published);
    let page = ReportPage { t, period: period.to_string(), figures, proof };
    page.render().ok().map(String::into_bytes)
}

fn figures(site: &Site, t: &Frame, published: &PublishedRelease) -> String {
    let words = reading::words(site, t, &[&published.release]);
    let trend = reading::trend(site, published, |period| releases::published(site, period));
    let over_time = t.to("reports/over-time");
    let around = html::PageContext { sha256: &published.sha256, trend: trend.as_ref(), over_time: &over_time };
    html::figures(&published.release, &words, around).unwrap_or_default()
}

pub(in crate::web) async fn audit(
    site: Data<Site>,
    lang: RequestedLang,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let t = site.frame(&lang, "");
    let (made, name, frame) = (Arc::clone(&site.made), site.page_name("audit", &t), t.clone());
    match made.get(Connection::of(&request), name, move || log_page(&site, frame)).await {
        Ok(text) => Ok(as_page(StatusCode::OK, text?)),
        Err(error) => Ok(not_made(t, error)),
    }
}

fn log_page(site: &Site, t: Frame) -> Result<Vec<u8>, Problem> {
    let log = site.log().map_err(|error: LogError| Problem::unavailable(error.to_string()))?;
    let page = AuditPage::new(t, &log, site.log_key.to_string());
    page.render().map(String::into_bytes).map_err(|error| Problem::unavailable(error.to_string()))
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
