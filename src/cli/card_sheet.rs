//! The printable sheet: cards with QR codes and tear-off stubs.
//!
//! Guarantee: no number, no name, nothing that orders the cards; no code in a
//! square unless that was asked for.
//! Non-guarantee: whoever holds the sheet can act as those workers.

use askama::Template;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use zeroize::Zeroizing;

use crate::domain::{CardCode, StubCode};
use crate::locale::Text;

#[derive(Template)]
#[template(path = "cards.html")]
struct CardSheet<'a> {
    t: Text,
    /// The address of the form, if it is known.
    url: Option<&'a str>,
    /// Whether the squares hold the codes.
    code_in_link: bool,
    cards: Vec<PrintedCard>,
}

struct PrintedCard {
    code: Zeroizing<String>,
    stub: Zeroizing<String>,
    /// Empty where there is no address.
    qr: Zeroizing<String>,
}

/// Why there is no sheet.
#[derive(Debug, thiserror::Error)]
pub(super) enum CardSheetError {
    /// The address is too long.
    #[error("the address of the form does not fit into a QR code: use a shorter --url")]
    Address,
    /// The template.
    #[error("the sheet could not be made: {0}")]
    Template(#[from] askama::Error),
}

/// The sheet as one HTML file that needs nothing else, in the language of these texts.
pub(super) fn render(
    t: Text,
    url: Option<&str>,
    code_in_link: bool,
    cards: &[CardCode],
    stubs: &[StubCode],
) -> Result<Zeroizing<String>, CardSheetError> {
    let card = |(card, stub): (&CardCode, &StubCode)| {
        let code = card.reveal();
        let link = match (url, code_in_link) {
            (None, _) => Zeroizing::new(String::new()),
            (Some(url), false) => Zeroizing::new(url.to_owned()),
            (Some(url), true) => Zeroizing::new(format!("{url}#{}", code.as_str())),
        };
        let qr = if link.is_empty() { Zeroizing::new(String::new()) } else { square(&link)? };
        Ok(PrintedCard { code, stub: stub.reveal(), qr })
    };
    let cards = cards.iter().zip(stubs).map(card).collect::<Result<Vec<_>, CardSheetError>>()?;
    Ok(Zeroizing::new(CardSheet { t, url, code_in_link, cards }.render()?))
}

fn square(link: &str) -> Result<Zeroizing<String>, CardSheetError> {
    let qr = QrCode::with_error_correction_level(link.as_bytes(), EcLevel::M).map_err(|_| CardSheetError::Address)?;
    let qr = Zeroizing::new(qr.render::<svg::Color<'_>>().min_dimensions(120, 120).quiet_zone(true).build());
    // The renderer writes an XML head, which has no place inside a page.
    Ok(Zeroizing::new(qr.find("<svg").map_or_else(String::new, |at| qr[at..].to_owned())))
}
