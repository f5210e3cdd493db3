//! The form at `/`, and its twin for practice.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::crypto::pseudonym::new_receipt;
use crate::intake::form::Form;
use crate::intake::{Accepted, Rejection};
use crate::web::Site;
use crate::web::body::SmallBody;
use crate::web::pages::{FormPage, ReceiptPage};
use crate::web::problem::Problem;

use super::page;

pub(in crate::web) async fn show(site: Data<Site>) -> HttpResponse {
    empty(&site, false)
}

pub(in crate::web) async fn show_practice(site: Data<Site>) -> HttpResponse {
    empty(&site, true)
}

pub(in crate::web) async fn send(site: Data<Site>, body: SmallBody) -> Result<HttpResponse, Problem> {
    let form = Form::read(&body.0)?;
    let stored = site.desk.put(Some(&form.card), &form.receipt, form.draft()).await;
    Ok(match stored {
        Ok(accepted) => thanks(&site, form, accepted == Accepted::New, false),
        Err(rejection) => again(&site, form, rejection, false),
    })
}

pub(in crate::web) async fn send_practice(site: Data<Site>, body: SmallBody) -> Result<HttpResponse, Problem> {
    let form = Form::read(&body.0)?;
    Ok(match site.desk.rehearse(Some(&form.card), &form.receipt, form.draft()) {
        Ok(()) => thanks(&site, form, true, true),
        Err(rejection) => again(&site, form, rejection, true),
    })
}

fn empty(site: &Site, practice: bool) -> HttpResponse {
    match new_receipt() {
        Ok(receipt) => {
            let form = Form { receipt: receipt.to_string(), ..Form::default() };
            let shown = FormPage::new(&site.desk.programme(), site.desk.open_weeks(), &form, None, practice);
            let shown = shown.waiting(site.desk.keyless());
            page(StatusCode::OK, &shown)
        }
        Err(_) => actix_web::ResponseError::error_response(&Problem::from(Rejection::Unavailable)),
    }
}

/// The same form with everything that was typed, and what is wrong beside it.
///
/// A receipt that is spent or none would be refused for ever: what is sent next gets a new one.
fn again(site: &Site, mut form: Form, rejection: Rejection, practice: bool) -> HttpResponse {
    let problem = Problem::from(rejection);
    if problem.errors().iter().any(|error| error.field == "receipt")
        && let Ok(receipt) = new_receipt()
    {
        form.receipt = receipt.to_string();
    }
    let shown = FormPage::new(&site.desk.programme(), site.desk.open_weeks(), &form, Some(&problem), practice);
    let shown = shown.waiting(site.desk.keyless());
    page(problem.status(), &shown)
}

fn thanks(site: &Site, form: Form, new: bool, practice: bool) -> HttpResponse {
    let title = site.desk.programme().page_title.clone();
    page(StatusCode::OK, &ReceiptPage { up: "", title, receipt: form.receipt, new, practice })
}
