//! `GET /reports/over-time`: periods side by side, and chosen ones added up.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::Period;
use crate::report::sum::PublishedRelease;
use crate::web::pages::{Chosen, Frame, OverTimePage, QueryRefusal};
use crate::web::requested_lang::RequestedLang;
use crate::web::{Site, reading};

use super::{FRESH, HTML, cached, page, releases};

pub(in crate::web) async fn over_time(site: Data<Site>, lang: RequestedLang, request: HttpRequest) -> HttpResponse {
    let released = site.files.released().iter().filter_map(|name| name.parse().ok()).collect();
    let asked = Query::<Vec<(String, String)>>::from_query(request.query_string());
    let chosen = Chosen::new(&asked.map_or_else(|_| Vec::new(), Query::into_inner), released);
    let name = site.desk.programme().name.clone();
    let (shown, well) = show(&site, &site.frame(&lang, "../"), &name, chosen);
    if !well {
        return page(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    }
    let text = askama::Template::render(&shown).unwrap_or_default();
    cached(&request, text.into_bytes(), HTML, FRESH)
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
