//! The form at `/`, its twin for practice, and the one to print.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::crypto::pseudonym::new_receipt;
use crate::intake::form::TallyForm;
use crate::intake::{Accepted, Rejection};
use crate::web::Site;
use crate::web::body::SmallBody;
use crate::web::pages::{Fields, FormPage, Frame, PaperPage, ReceiptPage, RefusalText};
use crate::web::problem::Problem;
use crate::web::requested_lang::RequestedLang;

use super::page;

pub(in crate::web) async fn show(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    empty(&site, &lang, false)
}

pub(in crate::web) async fn show_practice(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    empty(&site, &lang, true)
}

pub(in crate::web) async fn send(site: Data<Site>, body: SmallBody) -> Result<HttpResponse, Problem> {
    let form = TallyForm::read(&body.0)?;
    let stored = site.desk.put(Some(&form.card), &form.receipt, form.draft()).await;
    Ok(match stored {
        Ok(accepted) => thanks(&site, form, accepted == Accepted::New, false),
        Err(rejection) => again(&site, form, rejection, false),
    })
}

pub(in crate::web) async fn send_practice(site: Data<Site>, body: SmallBody) -> Result<HttpResponse, Problem> {
    let form = TallyForm::read(&body.0)?;
    Ok(match site.desk.dry_run(Some(&form.card), &form.receipt, form.draft()) {
        Ok(()) => thanks(&site, form, true, true),
        Err(rejection) => again(&site, form, rejection, true),
    })
}

pub(in crate::web) async fn paper(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    let t = site.frame(lang.code(), "");
    let f = fields(&site, &TallyForm::default(), None, &t);
    page(StatusCode::OK, &PaperPage { t, f })
}

/// The form's fields with what was typed.
pub(super) fn fields(site: &Site, form: &TallyForm, refused: Option<&RefusalText>, t: &Frame) -> Fields {
    Fields::new(&site.desk.programme(), site.desk.open_weeks(), form, refused, t).waiting(site.desk.awaiting_key(), t)
}

fn empty(site: &Site, lang: &RequestedLang, practice: bool) -> HttpResponse {
    match new_receipt() {
        Ok(receipt) => {
            let t = site.frame(lang.code(), "");
            let form = TallyForm { receipt: receipt.to_string(), ..TallyForm::default() };
            let f = fields(site, &form, None, &t);
            page(StatusCode::OK, &FormPage { t, practice, f })
        }
        Err(_) => actix_web::ResponseError::error_response(&Problem::from(Rejection::Unavailable)),
    }
}

/// The same form with everything that was typed, and what is wrong beside it.
///
/// A receipt that is spent or none would be refused for ever: what is sent next gets a new one.
fn again(site: &Site, mut form: TallyForm, rejection: Rejection, practice: bool) -> HttpResponse {
    let t = site.frame(form.lang.as_deref(), "");
    let refused = RefusalText::new(&rejection, t.text());
    let spent = refused.fields.iter().any(|(field, _)| field == "receipt");
    if let Some(receipt) = spent.then(|| new_receipt().ok()).flatten() {
        form.receipt = receipt.to_string();
    }
    let f = fields(site, &form, Some(&refused), &t);
    page(Problem::from(rejection).status(), &FormPage { t, practice, f })
}

fn thanks(site: &Site, form: TallyForm, new: bool, practice: bool) -> HttpResponse {
    let t = site.frame(form.lang.as_deref(), "");
    page(StatusCode::OK, &ReceiptPage { t, receipt: form.receipt, new, practice, correction: false })
}
