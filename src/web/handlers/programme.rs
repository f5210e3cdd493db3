//! `GET /v1/programme` and `GET /v1/policy`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::domain::Week;
use crate::intake::waits_for_key;
use crate::policy::{Category, Dimension, Measure, Programme};
use crate::web::Site;
use crate::web::api::answers::Reading;
use crate::web::api::documents;

use super::{FRESH, cached};

/// What a form needs
///
/// Open weeks, dimensions, measures and their limits, languages, and the key that waiting tallies are sealed to.
#[utoipa::path(get, path = "/v1/programme", tag = "programme", operation_id = "programme",
    responses((status = 200, description = "The programme", body = documents::ProgrammeDoc), Reading))]
pub(in crate::web) async fn programme(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    let mut shown = describe(&site.desk.programme(), &site.desk.open_weeks());
    if let Some(shown) = shown.as_object_mut() {
        if let Some(key) = site.desk.queue_key() {
            shown.insert("queue_key".to_owned(), key.to_string().into());
            shown.insert("queue_key_id".to_owned(), key.id().to_string().into());
        }
        if let Some(period) = site.desk.awaiting_key() {
            shown.insert("waits_for_key".to_owned(), json!({"period": period, "detail": waits_for_key(period)}));
        }
    }
    cached(&request, shown.to_string().into_bytes(), "application/json", FRESH)
}

/// The data-minimisation policy
#[utoipa::path(get, path = "/v1/policy", tag = "programme", operation_id = "policy",
    responses((status = 200, description = "What is stored, what never is, who sees what", body = documents::PolicyDoc), Reading))]
pub(in crate::web) async fn policy(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    let bytes = serde_json::to_vec(&site.policy).unwrap_or_default();
    cached(&request, bytes, "application/json", FRESH)
}

/// What a form needs.
pub(in crate::web) fn describe(programme: &Programme, weeks: &[Week]) -> Value {
    json!({
        "title": programme.page_title,
        "short_name": programme.short_name,
        "exit": programme.exit,
        "locales": programme.locales,
        "open_weeks": weeks,
        "dimensions": dimensions(programme),
        "measures": measures(programme),
        "limits": {"tallies_per_hour": programme.cards.tallies_per_hour, "body_bytes": crate::web::body::LIMIT},
    })
}

fn dimensions(programme: &Programme) -> Vec<Value> {
    let category = |c: &Category| json!({"id": c.id, "label": c.label});
    let dimension = |d: &Dimension| {
        let categories: Vec<Value> = d.categories.iter().map(category).collect();
        json!({"id": d.id, "label": d.label, "categories": categories})
    };
    programme.dimensions.iter().map(dimension).collect()
}

fn measures(programme: &Programme) -> Vec<Value> {
    let measure = |m: &Measure| {
        json!({"id": m.id, "label": m.label, "unit": m.unit, "max_per_tally": m.max_per_tally,
               "why": m.why, "asked_by": m.asked_by})
    };
    programme.measures.iter().map(measure).collect()
}
