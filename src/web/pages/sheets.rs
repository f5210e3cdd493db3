//! The pages made from the policy: what is kept, the notice, the sheet for legal requests.
//!
//! Guarantee: places, fields and what can be read of them come from the policy
//! alone, which the program is held against; nothing is added here.

use askama::Template;

use super::frame::Frame;
use crate::policy::seizure::Surrender;
use crate::policy::{Policy, StoredField};

#[derive(Template)]
#[template(path = "policy.html")]
pub(in crate::web) struct PolicyPage<'a> {
    pub t: Frame,
    pub policy: &'a Policy,
}

#[derive(Template)]
#[template(path = "notice.html")]
pub(in crate::web) struct NoticePage<'a> {
    pub t: Frame,
    pub programme: String,
    pub policy: &'a Policy,
    pub places: Vec<PlaceLines<'a>>,
}

#[derive(Template)]
#[template(path = "legal_request.html")]
pub(in crate::web) struct LegalRequestPage<'a> {
    pub t: Frame,
    pub programme: String,
    pub policy: &'a Policy,
    pub surrenders: Vec<Surrender<'a>>,
}

/// One place with its fields, and what is said of all of them.
pub(in crate::web) struct PlaceLines<'a> {
    pub what: &'a str,
    pub how_long: String,
    pub seen_by: String,
    pub destroyed_by: String,
    pub fields: Vec<&'a StoredField>,
}

/// The policy's places in the order of the file.
pub(in crate::web) fn places(policy: &Policy) -> Vec<PlaceLines<'_>> {
    let mut ids: Vec<&str> = policy.stored.iter().map(|field| field.place.as_str()).collect();
    ids.dedup();
    let lines = |id: &str| {
        let fields: Vec<&StoredField> = policy.stored.iter().filter(|field| field.place == id).collect();
        let all = |of: fn(&StoredField) -> &str| {
            let mut said: Vec<&str> = Vec::new();
            for field in &fields {
                if !said.contains(&of(field)) {
                    said.push(of(field));
                }
            }
            said.join(". ")
        };
        PlaceLines {
            what: fields.first().map_or("", |field| &field.what),
            how_long: all(|field| &field.how_long),
            seen_by: all(|field| &field.seen_by),
            destroyed_by: all(|field| &field.destroyed_by),
            fields,
        }
    };
    ids.into_iter().map(lines).collect()
}

#[derive(Template)]
#[template(path = "policy_body.html")]
struct PolicyBody<'a> {
    policy: &'a Policy,
}

#[derive(Template)]
#[template(path = "notice_body.html")]
struct NoticeBody<'a> {
    programme: &'a str,
    policy: &'a Policy,
    places: Vec<PlaceLines<'a>>,
}

#[derive(Template)]
#[template(path = "legal_request_body.html")]
struct LegalRequestBody<'a> {
    programme: &'a str,
    policy: &'a Policy,
    surrenders: Vec<Surrender<'a>>,
}

#[derive(Template)]
#[template(path = "sheet.html")]
struct Alone<'a> {
    title: &'a str,
    style: &'static str,
    body: String,
}

/// Which sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicySheet {
    /// What is kept, field by field.
    Policy,
    /// The data-protection notice.
    Notice,
    /// What a seizure can surrender.
    LegalRequest,
}

/// A sheet as one file that needs no service.
///
/// # Errors
/// The template's reason.
pub fn alone(sheet: PolicySheet, programme: &str, policy: &Policy) -> Result<String, askama::Error> {
    let body = match sheet {
        PolicySheet::Policy => PolicyBody { policy }.render()?,
        PolicySheet::Notice => NoticeBody { programme, policy, places: places(policy) }.render()?,
        PolicySheet::LegalRequest => {
            LegalRequestBody { programme, policy, surrenders: policy.surrenders() }.render()?
        }
    };
    Alone { title: &policy.title, style: crate::web::STYLE, body }.render()
}
