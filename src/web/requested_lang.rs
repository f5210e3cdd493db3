//! The language asked for: `?lang=fr` in the address, and nothing else.
//!
//! Guarantee: no header of the request is read for it, least of all what the
//! browser says of its owner's languages.

use std::future::{Ready, ready};

use actix_web::web::Query;
use actix_web::{Error, FromRequest, HttpRequest, dev};

/// What stands behind `lang=` in the address.
#[derive(Clone, Default)]
pub(super) struct RequestedLang(Option<String>);

impl RequestedLang {
    /// The code, as it was written.
    pub(super) fn code(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl FromRequest for RequestedLang {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let query = Query::<Vec<(String, String)>>::from_query(request.query_string());
        let pairs = query.map_or_else(|_| Vec::new(), Query::into_inner);
        let code = pairs.into_iter().rev().find(|(name, _)| name == "lang").map(|(_, code)| code);
        ready(Ok(Self(code)))
    }
}
