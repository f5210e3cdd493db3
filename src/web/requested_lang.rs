//! The language asked for: `?lang=fr` in the address, or `lang` in a form that was sent; where neither
//! is there, what the browser says of its owner's languages (`Accept-Language`).
//!
//! Guarantee: the header is read for this one answer, and only among the programme's
//! languages; nothing of it is kept. No other header tells anything here.
//! Source: RFC 9110, section 12.5.4 (weights); RFC 4647, section 3.4 (lookup).

use std::cmp::Reverse;
use std::future::{Ready, ready};

use actix_web::http::header::{AcceptLanguage, Header, Preference, Quality};
use actix_web::web::Query;
use actix_web::{Error, FromRequest, HttpRequest, dev};

/// What is known of the language that the answer should have.
#[derive(Clone)]
pub(super) struct RequestedLang {
    named: Option<String>,
    accepted: AcceptLanguage,
}

impl RequestedLang {
    /// The code in the address or in the form, as it was written.
    pub(super) fn named(&self) -> Option<&str> {
        self.named.as_deref()
    }

    /// The same, where the form that was sent names one: it comes first.
    pub(super) fn or_of_form(self, named: Option<&String>) -> Self {
        Self { named: named.cloned().or(self.named), ..self }
    }

    /// The browser's choice among `offered`, the programme's default first; nothing where it names none of them.
    pub(super) fn preferred<'a>(&self, offered: &[&'a str]) -> Option<&'a str> {
        let mut ranges: Vec<_> = self.accepted.iter().filter(|range| range.quality > Quality::ZERO).collect();
        // Stable: what is named first comes first among equals.
        ranges.sort_by_key(|range| Reverse(range.quality));
        let refused = |code: &str| {
            self.accepted.iter().any(|range| range.quality == Quality::ZERO && is_range_of(&text(&range.item), code))
        };
        let named = |code: &str| self.accepted.iter().any(|range| finds(&text(&range.item), code));
        ranges
            .iter()
            .find_map(|range| match &range.item {
                // "Anything else": the programme's own choice among the rest.
                Preference::Any => offered.iter().find(|code| !named(code) && !refused(code)),
                Preference::Specific(_) => lookup(&text(&range.item), offered).filter(|code| !refused(code)),
            })
            .copied()
    }
}

/// The range as text; nothing for `*`.
fn text(range: &Preference<impl ToString>) -> String {
    match range {
        Preference::Any => String::new(),
        Preference::Specific(tag) => tag.to_string().to_lowercase(),
    }
}

/// The best of `offered` for a range: itself, else its beginnings (`pt-BR`, then `pt`), else a finer one (`pt` finds `pt-br`).
fn lookup<'a, 'o>(range: &str, offered: &'o [&'a str]) -> Option<&'o &'a str> {
    let beginnings = std::iter::successors(Some(range), |range| range.rsplit_once('-').map(|(rest, _)| rest));
    let mut beginnings = beginnings.filter_map(|range| offered.iter().find(|code| code.eq_ignore_ascii_case(range)));
    beginnings.next().or_else(|| offered.iter().find(|code| is_range_of(range, code)))
}

/// Whether looking a range up can lead to this code.
fn finds(range: &str, code: &str) -> bool {
    lookup(range, &[code]).is_some()
}

/// Whether a code is the range or begins with it (`pt` of `pt-br`).
fn is_range_of(range: &str, code: &str) -> bool {
    let code = code.to_lowercase();
    !range.is_empty() && (code == range || code.strip_prefix(range).is_some_and(|rest| rest.starts_with('-')))
}

impl FromRequest for RequestedLang {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let query = Query::<Vec<(String, String)>>::from_query(request.query_string());
        let pairs = query.map_or_else(|_| Vec::new(), Query::into_inner);
        let named = pairs.into_iter().rev().find(|(name, _)| name == "lang").map(|(_, code)| code);
        // A header that is none says nothing.
        let accepted = AcceptLanguage::parse(request).unwrap_or_else(|_| AcceptLanguage(Vec::new()));
        ready(Ok(Self { named, accepted }))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn preferred(header: &str, offered: &[&'static str]) -> Option<&'static str> {
        let request = TestRequest::default().insert_header(("Accept-Language", header)).to_http_request();
        let accepted = AcceptLanguage::parse(&request).unwrap_or_else(|_| AcceptLanguage(Vec::new()));
        RequestedLang { named: None, accepted }.preferred(offered)
    }

    #[test]
    fn weights_ranges_and_the_star_decide_as_the_rfc_says() {
        const ALL: [&str; 7] = ["en", "fr", "es", "de", "pt", "nl", "ar"];
        let cases = [
            ("fr", Some("fr")),
            ("FR-ch, en;q=0.9", Some("fr")),
            ("pt-BR", Some("pt")),
            ("zh-Hant-TW, ar-EG;q=0.4", Some("ar")),
            ("en;q=0.5, nl;q=0.7, de;q=0.6", Some("nl")),
            ("de, nl", Some("de")),
            ("sw", None),
            ("sw, *;q=0.1", Some("en")),
            ("*", Some("en")),
            ("*, en;q=0", Some("fr")),
            ("*;q=0.5, fr;q=0.8", Some("fr")),
            // What is named is not "anything else".
            ("en;q=0.1, *;q=0.5", Some("fr")),
            ("fr;q=0", None),
            ("fr;q=0, fr;q=1", None),
            ("", None),
            (";;;", None),
        ];
        for (header, language) in cases {
            assert_eq!(preferred(header, &ALL), language, "{header}");
        }
        // A programme that offers a finer one, and the plain range asks for it.
        assert_eq!(preferred("pt", &["sw", "pt-br"]), Some("pt-br"));
        assert_eq!(preferred("pt-PT", &["pt-br"]), None);
        assert_eq!(preferred("*", &[]), None);
    }

    #[test]
    fn the_address_comes_before_the_browser_and_the_form_before_the_address() {
        let request = TestRequest::with_uri("/?lang=de&lang=nl").insert_header(("Accept-Language", "fr"));
        let request = request.to_http_request();
        let lang = RequestedLang::from_request(&request, &mut dev::Payload::None).into_inner().unwrap();
        assert_eq!((lang.named(), lang.preferred(&["fr", "nl"])), (Some("nl"), Some("fr")));
        let named = lang.clone().or_of_form(Some(&"es".to_owned()));
        assert_eq!((named.named(), lang.or_of_form(None).named()), (Some("es"), Some("nl")));
    }
}
