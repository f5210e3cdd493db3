//! `/correct` and `/withdraw`: what the API does with `PUT` and `DELETE`, as pages without scripts.
//!
//! The receipt is typed into the form and sent in its body: it never stands in an address.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::intake::form::TallyForm;
use crate::intake::{Accepted, Rejection};
use crate::web::Site;
use crate::web::body::SmallBody;
use crate::web::pages::{CorrectPage, ReceiptPage, RefusalText, WithdrawnPage};
use crate::web::problem::Problem;
use crate::web::requested_lang::RequestedLang;

use super::form::fields;
use super::page;

pub(in crate::web) async fn show(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    let t = site.frame(lang.code(), "");
    // No week is chosen beforehand: a correction must not move a tally into this one by itself.
    let mut form = TallyForm::default();
    form.typed.insert("week".to_owned(), String::new());
    let f = fields(&site, &form, None, &t);
    page(StatusCode::OK, &CorrectPage { t, f })
}

pub(in crate::web) async fn replace(site: Data<Site>, body: SmallBody) -> Result<HttpResponse, Problem> {
    let form = TallyForm::read(&body.0)?;
    let accepted = match site.desk.put(Some(&form.card), &form.receipt, form.draft()).await {
        Ok(accepted) => accepted,
        Err(rejection) => return Ok(again(&site, &form, rejection)),
    };
    let (t, new) = (site.frame(form.lang.as_deref(), ""), accepted == Accepted::New);
    Ok(page(StatusCode::OK, &ReceiptPage { t, receipt: form.receipt, new, practice: false, correction: true }))
}

pub(in crate::web) async fn withdraw(site: Data<Site>, body: SmallBody) -> Result<HttpResponse, Problem> {
    let form = TallyForm::read(&body.0)?;
    Ok(match site.desk.withdraw(Some(&form.card), &form.receipt).await {
        Ok(()) => page(StatusCode::OK, &WithdrawnPage { t: site.frame(form.lang.as_deref(), "") }),
        Err(rejection) => again(&site, &form, rejection),
    })
}

/// The same form with everything that was typed, and what is wrong beside it.
fn again(site: &Site, form: &TallyForm, rejection: Rejection) -> HttpResponse {
    let t = site.frame(form.lang.as_deref(), "");
    let refused = RefusalText::new(&rejection, t.text());
    let f = fields(site, form, Some(&refused), &t).with_receipt();
    page(Problem::from(rejection).status(), &CorrectPage { t, f })
}
