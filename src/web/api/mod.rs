//! The API's description (OpenAPI 3.1), made from the handlers' own attributes.
//!
//! Guarantee: every address under `/v1` and every other machine-readable one is in it
//! (`tests/api/openapi.rs` holds it against the router); documents that the service
//! answers with are read back through [`documents`] in tests, so a field that is
//! missing here is found.
//! Non-guarantee: it does not know the programme's lists and limits; those are at
//! `/v1/programme`.

pub(super) mod answers;
pub(super) mod documents;

use std::sync::LazyLock;

use utoipa::openapi::RefOr;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::handlers::{files, health, openapi, programme, releases, sealed, tallies};

/// What the whole document says.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "peertally",
        description = "Outreach tallies without a list of people. Tallies go in with a card and a receipt; \
            what comes out is differentially private totals, and a log by which anyone can check them. \
            Nothing here reads an address, a user agent or a clock time.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "./", description = "the service itself; several programmes may stand behind one host")),
    tags(
        (name = "tallies", description = "Sending, correcting and withdrawing one tally"),
        (name = "programme", description = "What a form needs, and what is kept of it"),
        (name = "releases", description = "What was published, in several forms"),
        (name = "log", description = "The transparency log (C2SP tlog-tiles) and the public files"),
        (name = "service", description = "Whether it is alive, and whom to tell of a weakness"),
    ),
    paths(
        tallies::put, tallies::delete, sealed::post, programme::programme, programme::policy, releases::list, releases::one,
        files::checkpoint, files::log, files::public, openapi::document, health::alive, health::ready, health::security,
    ),
    modifiers(&CardScheme),
)]
struct Api;

/// How a card is sent.
struct CardScheme;

impl Modify for CardScheme {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut bearer = Http::new(HttpAuthScheme::Bearer);
        bearer.description = Some(
            "The code of a card: 20 symbols, as printed. Case, hyphens and spaces between groups are ignored.".into(),
        );
        let components = document.components.get_or_insert_default();
        components.security_schemes.insert("card".to_owned(), RefOr::T(SecurityScheme::Http(bearer)));
    }
}

/// The document's bytes: JSON, indented, so that a reader can read it too.
pub(super) fn bytes() -> &'static [u8] {
    static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let text = Api::openapi().to_pretty_json().unwrap_or_default();
        (text + "\n").into_bytes()
    });
    &BYTES
}

/// The document, for the page that shows it.
pub(super) fn description() -> utoipa::openapi::OpenApi {
    Api::openapi()
}
