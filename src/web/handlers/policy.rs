//! The pages made from the policy.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::web::Site;
use crate::web::pages::sheets::{LegalRequestPage, NoticePage, PolicyPage, places};
use crate::web::requested_lang::RequestedLang;

use super::page;

pub(in crate::web) async fn policy(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    page(StatusCode::OK, &PolicyPage { t: site.frame(&lang, ""), policy: &site.policy })
}

pub(in crate::web) async fn notice(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    let (t, policy) = (site.frame(&lang, "../"), &site.policy);
    let programme = site.desk.programme().name.clone();
    page(StatusCode::OK, &NoticePage { t, programme, policy, places: places(policy) })
}

pub(in crate::web) async fn legal_request(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    let (t, policy) = (site.frame(&lang, "../"), &site.policy);
    let programme = site.desk.programme().name.clone();
    page(StatusCode::OK, &LegalRequestPage { t, programme, policy, surrenders: policy.surrenders() })
}
