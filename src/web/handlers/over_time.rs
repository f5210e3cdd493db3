//! `GET /reports/over-time`: periods side by side, and chosen ones added up.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::domain::Period;
use crate::report::sum::PublishedRelease;
use crate::web::connections::Connection;
use crate::web::pages::{Chosen, Frame, OverTimePage, QueryRefusal};
use crate::web::requested_lang::RequestedLang;
use crate::web::{Site, reading};

use super::{FRESH, HTML, as_page, cached, not_made, releases};

pub(in crate::web) async fn over_time(site: Data<Site>, lang: RequestedLang, request: HttpRequest) -> HttpResponse {
    let t = site.frame(&lang, "../");
    let asked = pairs(&request);
    // Whoever chooses has a page of their own: that is not kept.
    let name = asked.iter().all(|(name, _)| name == "lang").then(|| site.page_name("over-time", &t));
    let (made, asks, frame) = (Arc::clone(&site.made), Connection::of(&request), t.clone());
    let work = move || text(&site, &frame, &asked);
    let made = match name {
        Some(name) => made.get(asks, name, work).await,
        None => made.aside(asks, work).await.map(|text| text.map(Bytes::from)),
    };
    match made {
        Ok(Ok(text)) => cached(&request, text, HTML, FRESH),
        Ok(Err(text)) => as_page(StatusCode::UNPROCESSABLE_ENTITY, text),
        Err(error) => not_made(t, error),
    }
}

/// What stands behind the question mark.
fn pairs(request: &HttpRequest) -> Vec<(String, String)> {
    let asked = Query::<Vec<(String, String)>>::from_query(request.query_string());
    asked.map_or_else(|_| Vec::new(), Query::into_inner)
}

/// The page; as an error, where it is not what was asked for.
fn text(site: &Site, t: &Frame, asked: &[(String, String)]) -> Result<Vec<u8>, Vec<u8>> {
    let released = site.files.released().iter().filter_map(|name| name.parse().ok()).collect();
    let name = site.desk.programme().name.clone();
    let (shown, well) = show(site, t, &name, Chosen::new(asked, released));
    let text = shown.render().unwrap_or_default().into_bytes();
    if well { Ok(text) } else { Err(text) }
}

/// The page, and whether it is what was asked for: otherwise it says why not and shows the newest periods.
fn show(site: &Site, t: &Frame, name: &str, chosen: Chosen) -> (OverTimePage, bool) {
    match read(site, &chosen).and_then(|read| made(site, t, name, &chosen, &read)) {
        Ok(shown) => (shown, chosen.is_well()),
        Err(problem) => {
            let newest = chosen.refused(problem);
            let readable: Vec<_> = newest.periods.iter().filter_map(|p| releases::published(site, *p)).collect();
            let shown = made(site, t, name, &newest, &readable);
            (shown.unwrap_or_else(|_| OverTimePage::empty(t, name, &newest)), false)
        }
    }
}

fn made(
    site: &Site,
    t: &Frame,
    name: &str,
    chosen: &Chosen,
    read: &[PublishedRelease],
) -> Result<OverTimePage, QueryRefusal> {
    let mut newest: Vec<_> = read.iter().map(|p| &p.release).collect();
    newest.sort_by_key(|release| std::cmp::Reverse(release.period));
    OverTimePage::new(t, name, chosen, read, &reading::words(site, t, &newest))
}

/// Each chosen release, read once.
fn read(site: &Site, chosen: &Chosen) -> Result<Vec<PublishedRelease>, QueryRefusal> {
    let one = |period: &Period| releases::published(site, *period).ok_or(QueryRefusal::Unreadable(*period));
    chosen.periods.iter().map(one).collect()
}
