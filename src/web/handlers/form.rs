//! The form at `/`, its twin for practice, and the one to print.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::crypto::pseudonym::new_receipt;
use crate::intake::form::TallyForm;
use crate::intake::{Accepted, Rejection};
use crate::web::Site;
use crate::web::body::SmallBody;
use crate::web::pages::{Fields, FormPage, Frame, PaperPage, ReceiptPage, RefusalText, groups, sent_lines};
use crate::web::problem::Problem;
use crate::web::requested_lang::RequestedLang;

use super::page;
use super::sent::{Came, answer};

/// Which form was sent.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Sent {
    Tally,
    Practice,
    Correction,
}

impl Sent {
    /// Where the form stands.
    pub(super) fn page(self) -> &'static str {
        match self {
            Self::Tally => "",
            Self::Practice => "practice",
            Self::Correction => "correct",
        }
    }
}

pub(in crate::web) async fn show(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    empty(&site, &lang, false)
}

pub(in crate::web) async fn show_practice(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    empty(&site, &lang, true)
}

pub(in crate::web) async fn send(
    site: Data<Site>,
    lang: RequestedLang,
    body: SmallBody,
) -> Result<HttpResponse, Problem> {
    let form = TallyForm::read(&body.0)?;
    let lang = lang.or_of_form(form.lang.as_ref());
    let stored = site.desk.put(Some(&form.card), &form.receipt, form.draft()).await;
    Ok(match stored {
        Ok(accepted) => thanks(&site, &lang, &form, accepted == Accepted::New, Sent::Tally),
        Err(rejection) => again(&site, &lang, form, rejection, Sent::Tally),
    })
}

pub(in crate::web) async fn send_practice(
    site: Data<Site>,
    lang: RequestedLang,
    body: SmallBody,
) -> Result<HttpResponse, Problem> {
    let form = TallyForm::read(&body.0)?;
    let lang = lang.or_of_form(form.lang.as_ref());
    Ok(match site.desk.dry_run(Some(&form.card), &form.receipt, form.draft()) {
        Ok(()) => thanks(&site, &lang, &form, true, Sent::Practice),
        Err(rejection) => again(&site, &lang, form, rejection, Sent::Practice),
    })
}

pub(in crate::web) async fn paper(site: Data<Site>, lang: RequestedLang) -> HttpResponse {
    let t = site.frame(&lang, "");
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
            let t = site.frame(lang, "");
            let form = TallyForm { receipt: receipt.to_string().into(), ..TallyForm::default() };
            let f = fields(site, &form, None, &t);
            page(StatusCode::OK, &FormPage { t, practice, f })
        }
        Err(_) => actix_web::ResponseError::error_response(&Problem::from(Rejection::Unavailable)),
    }
}

/// The same form with everything that was typed, and what is wrong beside it.
///
/// A receipt that is spent or none would be refused for ever: what is sent next gets a new one.
fn again(
    site: &Data<Site>,
    lang: &RequestedLang,
    mut form: TallyForm,
    rejection: Rejection,
    sent: Sent,
) -> HttpResponse {
    if rejection.names("receipt")
        && let Ok(receipt) = new_receipt()
    {
        form.receipt = receipt.to_string().into();
    }
    answer(site, lang, sent.page(), Came::refused(&rejection), |t| {
        let refused = RefusalText::new(&rejection, t.text());
        let f = fields(site, &form, Some(&refused), &t);
        FormPage { t, practice: sent == Sent::Practice, f }
    })
}

/// The receipt, and what was sent.
pub(super) fn thanks(site: &Data<Site>, lang: &RequestedLang, form: &TallyForm, new: bool, sent: Sent) -> HttpResponse {
    let practice = sent == Sent::Practice;
    let came = if practice { Came::Practised } else { Came::Taken };
    let programme = site.desk.programme();
    answer(site, lang, sent.page(), came, |t| {
        let (receipt, lines) = (groups(&form.receipt), sent_lines(&programme, form, &t));
        ReceiptPage { t, receipt, sent: lines, new, practice, correction: sent == Sent::Correction }
    })
}
