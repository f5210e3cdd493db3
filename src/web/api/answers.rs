//! Answers that many addresses share.

use utoipa::IntoResponses;

use super::documents::ProblemDoc;

/// What reading can come to besides the document itself.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "read by the macro that describes it")]
pub(in crate::web) enum Reading {
    /// The reader's copy (`If-None-Match`) is still right.
    #[response(status = 304)]
    Unchanged,
    /// The request's header is over 8 KiB.
    #[response(status = 431, content_type = "application/problem+json")]
    HeaderTooLarge(ProblemDoc),
}

/// What sending can come to besides success.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "read by the macro that describes it")]
pub(in crate::web) enum Sending {
    /// No card, or one that is unknown, expired or revoked: the same words for all of them.
    #[response(status = 401, content_type = "application/problem+json")]
    CardRefused(ProblemDoc),
    /// Fields that need another look: each is named, with its limit and what to do.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(ProblemDoc),
    /// The request's header is over 8 KiB.
    #[response(status = 431, content_type = "application/problem+json")]
    HeaderTooLarge(ProblemDoc),
    /// Nothing was acknowledged; send the same again after `Retry-After` seconds.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(ProblemDoc),
}

/// What a sealed tally can come to besides being there.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "read by the macro that describes it")]
pub(in crate::web) enum Taking {
    /// The body took too long.
    #[response(status = 408, content_type = "application/problem+json")]
    TooSlow(ProblemDoc),
    /// The key that it was sealed to is gone (`queue-key-gone`): if the tally is still known, it must be typed again.
    #[response(status = 410, content_type = "application/problem+json")]
    KeyGone(ProblemDoc),
    /// Over 16 KiB.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(ProblemDoc),
    /// Not taken (`sealed-refused`): the same bytes for every cause, which is never named.
    #[response(status = 422, content_type = "application/problem+json")]
    Refused(ProblemDoc),
    /// The card's limit is used up for now; send the same again after `Retry-After` seconds.
    #[response(status = 429, content_type = "application/problem+json")]
    Limit(ProblemDoc),
    /// The request's header is over 8 KiB.
    #[response(status = 431, content_type = "application/problem+json")]
    HeaderTooLarge(ProblemDoc),
    /// Nothing was acknowledged; send the same again after `Retry-After` seconds.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(ProblemDoc),
}
