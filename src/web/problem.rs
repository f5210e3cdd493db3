//! One mapping from refusals to RFC 9457 problem documents.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use crate::intake::{Rejection, SealedRejection};
use crate::report::ExportFormat;

use super::made::NotMade;

/// Seconds after which a card may send again for certain. When it may in truth would tell when it sent.
const HOUR: &str = "3600";

/// A problem document.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Problem {
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    #[serde(skip)]
    allow: Option<&'static str>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FieldError {
    pub(super) field: String,
    pub(super) detail: String,
}

impl Problem {
    fn new(status: StatusCode, kind: &str, title: &'static str, detail: String) -> Self {
        let kind = format!("urn:peertally:problem:{kind}");
        Self { kind, title, status: status.as_u16(), detail, errors: Vec::new(), allow: None }
    }

    /// 404
    pub(super) fn not_found() -> Self {
        let detail = "there is nothing at this address: look at /help for what there is".to_owned();
        Self::new(StatusCode::NOT_FOUND, "not-found", "Nothing here", detail)
    }

    /// 404 for a release in a form that there is not.
    pub(super) fn no_such_form() -> Self {
        let endings: Vec<_> = ExportFormat::ALL.iter().map(|form| format!(".{}", form.ending())).collect();
        let detail = format!("there is no such form of a release: end the address in one of {}", endings.join(", "));
        Self { detail, ..Self::not_found() }
    }

    /// 405
    pub(super) fn method(allow: &'static str) -> Self {
        let detail = format!("this address takes {allow} only");
        let problem = Self::new(StatusCode::METHOD_NOT_ALLOWED, "method", "Another method is needed", detail);
        Self { allow: Some(allow), ..problem }
    }

    /// 413
    pub(super) fn too_large(limit: usize) -> Self {
        let detail = format!(
            "the body is over {} KiB, the limit: a tally is far smaller. Send one tally at a time",
            limit / 1024
        );
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too much at once", detail)
    }

    /// 408
    pub(super) fn too_slow() -> Self {
        let detail = "the body took too long to arrive: nothing was stored, send it again".to_owned();
        Self::new(StatusCode::REQUEST_TIMEOUT, "too-slow", "Too slow", detail)
    }

    /// 400 for a connection that broke off inside the body.
    pub(super) fn broken_off() -> Self {
        let detail = "the body broke off: nothing was stored, send it again".to_owned();
        Self::new(StatusCode::BAD_REQUEST, "unreadable", "Not readable", detail)
    }

    /// 431
    pub(super) fn headers_too_large() -> Self {
        let detail = "the request's header is over 8 KiB, the limit: leave out what is not needed".to_owned();
        Self::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "header-too-large", "Header too large", detail)
    }

    /// 503 for a public file that cannot be read or made.
    pub(super) fn unavailable(detail: String) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not available just now", detail)
    }

    /// 503 where too many wait already.
    fn busy(detail: String) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Not available just now", detail)
    }

    pub(super) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    #[cfg(test)]
    pub(super) fn title(&self) -> &str {
        self.title
    }
}

impl From<NotMade> for Problem {
    fn from(error: NotMade) -> Self {
        let detail = error.to_string();
        if error == NotMade::LineFull { Self::busy(detail) } else { Self::unavailable(detail) }
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        let status = StatusCode::from_u16(rejection.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let problem = Self::new(status, rejection.code(), title(&rejection), rejection.to_string());
        let errors = match (rejection.field(), rejection) {
            (_, Rejection::Invalid(fields)) => {
                fields.into_iter().map(|f| FieldError { field: f.field, detail: f.problem.to_string() }).collect()
            }
            (Some(field), _) => vec![FieldError { field: field.to_owned(), detail: problem.detail.clone() }],
            (None, _) => Vec::new(),
        };
        Self { errors, ..problem }
    }
}

impl From<SealedRejection> for Problem {
    fn from(rejection: SealedRejection) -> Self {
        let detail = rejection.to_string();
        match rejection {
            SealedRejection::KeyGone => Self::new(StatusCode::GONE, "queue-key-gone", "Waited too long", detail),
            SealedRejection::Refused => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "sealed-refused", "Not taken", detail)
            }
            SealedRejection::Other(rejection) => rejection.into(),
        }
    }
}

/// The refusal in a few words; pages say the same in their language (`refused-…-title`).
fn title(rejection: &Rejection) -> &'static str {
    match rejection {
        Rejection::Unreadable(_) => "Not readable",
        Rejection::Repeated(_) => "Said twice",
        Rejection::Invalid(_) => "Some fields need another look",
        Rejection::CardRefused => "This card is not in use",
        Rejection::WeekClosed(_) | Rejection::NoKey(..) => "This week is not open",
        Rejection::PeriodClosed(_) => "This period is closed",
        Rejection::Withdrawn => "This tally was withdrawn",
        Rejection::RateLimited(_) => "Enough for this hour",
        Rejection::NotFound => "No such tally",
        Rejection::Busy | Rejection::Unavailable => "Not stored just now",
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.title)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status());
        response.content_type("application/problem+json");
        if self.status() == StatusCode::UNAUTHORIZED {
            response.insert_header(("WWW-Authenticate", "Bearer"));
        }
        if self.status() == StatusCode::TOO_MANY_REQUESTS {
            response.insert_header(("Retry-After", HOUR));
        }
        if let Some(allow) = self.allow {
            response.insert_header(("Allow", allow));
        }
        if matches!(self.status, 408 | 413 | 431) {
            // What is left of the request is not worth reading.
            response.force_close();
        }
        response.body(serde_json::to_vec(self).unwrap_or_default())
    }
}
