//! The pages made from the policy.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::web::Site;
use crate::web::pages::sheets::{LegalRequestPage, NoticePage, PolicyPage, places};

use super::page;

pub(in crate::web) async fn policy(site: Data<Site>) -> HttpResponse {
    let title = site.desk.programme().page_title.clone();
    page(StatusCode::OK, &PolicyPage { up: "", title, policy: &site.policy })
}

pub(in crate::web) async fn notice(site: Data<Site>) -> HttpResponse {
    let (programme, policy) = (site.desk.programme(), &site.policy);
    let (title, programme) = (programme.page_title.clone(), programme.name.clone());
    page(StatusCode::OK, &NoticePage { up: "../", title, programme, policy, places: places(policy) })
}

pub(in crate::web) async fn legal_request(site: Data<Site>) -> HttpResponse {
    let (programme, policy) = (site.desk.programme(), &site.policy);
    let (title, programme) = (programme.page_title.clone(), programme.name.clone());
    let shown = LegalRequestPage { up: "../", title, programme, policy, surrenders: policy.surrenders() };
    page(StatusCode::OK, &shown)
}
