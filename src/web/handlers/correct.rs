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
use crate::web::pages::{CorrectPage, RefusalText, WithdrawnPage};
use crate::web::problem::Problem;
use crate::web::requested_lang::RequestedLang;

use super::form::{Sent, fields, thanks};
use super::page;
use super::sent::{Came, answer};

pub(in crate::web) async fn show(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    let t = site.frame(&lang, "");
    // No week is chosen beforehand: a correction must not move a tally into this one by itself.
    let mut form = TallyForm::default();
    form.typed.insert("week".to_owned(), String::new().into());
    let f = fields(&site, &form, None, &t);
    page(StatusCode::OK, &CorrectPage { t, f })
}

pub(in crate::web) async fn replace(
    site: Data<Site>,
    lang: RequestedLang,
    body: SmallBody,
) -> Result<HttpResponse, Problem> {
    let form = TallyForm::read(&body.0)?;
    let lang = lang.or_of_form(form.lang.as_ref());
    let stored = site.desk.put(Some(&form.card), &form.receipt, form.draft()).await;
    Ok(match stored {
        Ok(accepted) => thanks(&site, &lang, &form, accepted == Accepted::New, Sent::Correction),
        Err(rejection) => again(&site, &lang, &form, &rejection),
    })
}

pub(in crate::web) async fn withdraw(
    site: Data<Site>,
    lang: RequestedLang,
    body: SmallBody,
) -> Result<HttpResponse, Problem> {
    let form = TallyForm::read(&body.0)?;
    let lang = lang.or_of_form(form.lang.as_ref());
    Ok(match site.desk.withdraw(Some(&form.card), &form.receipt).await {
        Ok(()) => answer(&site, &lang, Sent::Correction.page(), Came::Taken, |t| WithdrawnPage { t }),
        Err(rejection) => again(&site, &lang, &form, &rejection),
    })
}

/// The same form with everything that was typed, and what is wrong beside it.
fn again(site: &Data<Site>, lang: &RequestedLang, form: &TallyForm, rejection: &Rejection) -> HttpResponse {
    answer(site, lang, Sent::Correction.page(), Came::refused(rejection), |t| {
        let refused = RefusalText::new(rejection, t.text());
        let f = fields(site, form, Some(&refused), &t).with_receipt();
        CorrectPage { t, f }
    })
}
