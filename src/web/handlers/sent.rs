//! `/sent/{handle}`: the answer to a form, read once.
//!
//! A form post is answered 303, so that neither its body nor the page stands in
//! what a browser can send or show again. Read again, too old and never there
//! are one answer: 404, which browsers do not take for a page to come back to.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, VARY};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, rt};
use askama::Template;
use zeroize::Zeroizing;

use crate::intake::Rejection;
use crate::web::Site;
use crate::web::compress::Typed;
use crate::web::pages::{Frame, SentGonePage};
use crate::web::requested_lang::RequestedLang;
use crate::web::sent::SentPage;

use super::{HTML, LANGUAGE, page};

/// How often it is looked whether a page is too old, while any waits.
const LOOK: Duration = Duration::from_secs(10);
/// Where a page is made: more than any of them needs, so that it never moves and leaves a copy behind.
const MOST: usize = 128 * 1024;

/// What a post came to.
#[derive(Clone, Copy)]
pub(super) enum Came {
    /// Taken, with a card in use.
    Taken,
    /// Taken in practice: nothing was stored, no card was looked up.
    Practised,
    /// Refused for what was sent.
    Refused,
    /// Not stored just now: nothing was acknowledged, and the same may be sent again.
    NotStored,
}

impl Came {
    pub(super) fn refused(rejection: &Rejection) -> Self {
        match rejection {
            Rejection::Busy | Rejection::Unavailable => Self::NotStored,
            _ => Self::Refused,
        }
    }

    /// The status of the page, as it is read.
    fn read(self) -> StatusCode {
        match self {
            Self::Taken | Self::Practised => StatusCode::OK,
            Self::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotStored => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The status where there is no room to keep the page.
    fn direct(self) -> StatusCode {
        match self {
            Self::Taken | Self::Practised => StatusCode::CREATED,
            Self::Refused | Self::NotStored => self.read(),
        }
    }
}

/// Gives a page out, once. A reader that only wants to be ahead gets nothing, and takes nothing away.
pub(in crate::web) async fn show(
    site: Data<Site>,
    handle: Path<String>,
    lang: RequestedLang,
    request: HttpRequest,
) -> HttpResponse {
    let ahead = request.headers().get("sec-purpose").is_some();
    let kept = if ahead { None } else { site.sent.take(&handle, site.desk.running()) };
    match kept {
        Some(kept) => given(kept),
        None => page(StatusCode::NOT_FOUND, &SentGonePage { t: site.frame(&lang, "../").instead_of("") }),
    }
}

/// Answers a post. `make` makes its page, for the frame that it gets.
pub(super) fn answer<T: Template>(
    site: &Data<Site>,
    lang: &RequestedLang,
    from: &str,
    came: Came,
    make: impl Fn(Frame) -> T,
) -> HttpResponse {
    let t = site.frame(lang, "../").instead_of(from);
    let query = t.chosen().map_or_else(String::new, |code| format!("?lang={code}"));
    match keep(site, came, &make(t)) {
        Some(handle) => HttpResponse::SeeOther().insert_header((LOCATION, format!("sent/{handle}{query}"))).finish(),
        None => page(came.direct(), &make(site.frame(lang, ""))),
    }
}

/// Keeps a page until it is read; answers its handle, if there is room.
fn keep(site: &Data<Site>, came: Came, made: &impl Template) -> Option<String> {
    let mut text = Zeroizing::new(String::with_capacity(MOST));
    made.render_into(&mut *text).ok()?;
    let body = Zeroizing::new(text.as_bytes().to_vec());
    let kept = SentPage { status: came.read().as_u16(), body };
    let handle = site.sent.keep(kept, site.desk.running(), matches!(came, Came::Taken))?;
    if site.sent.needs_looking_after() {
        rt::spawn(look_after(site.clone()));
    }
    Some(handle)
}

/// Wipes what nobody reads, for as long as there is any.
async fn look_after(site: Data<Site>) {
    loop {
        tokio::time::sleep(LOOK).await;
        if !site.sent.look(site.desk.running()) {
            return;
        }
    }
}

/// The page's own bytes, wiped when they are sent.
fn given(kept: SentPage) -> HttpResponse {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut answer = HttpResponse::build(status)
        .content_type(HTML)
        .insert_header((VARY, LANGUAGE))
        .body(Bytes::from_owner(kept.body));
    answer.extensions_mut().insert(Typed);
    answer
}
