//! The printable sheet: cards with QR codes and tear-off stubs.
//!
//! Guarantee: no number, no name, nothing that orders the cards.
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
    url: &'a str,
    cards: Vec<PrintedCard>,
}

struct PrintedCard {
    code: Zeroizing<String>,
    stub: Zeroizing<String>,
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
    url: &str,
    cards: &[CardCode],
    stubs: &[StubCode],
) -> Result<Zeroizing<String>, CardSheetError> {
    let card = |(card, stub): (&CardCode, &StubCode)| {
        let code = card.reveal();
        let link = Zeroizing::new(format!("{url}#{}", code.as_str()));
        let qr =
            QrCode::with_error_correction_level(link.as_bytes(), EcLevel::M).map_err(|_| CardSheetError::Address)?;
        let qr = qr.render::<svg::Color<'_>>().min_dimensions(120, 120).quiet_zone(true).build();
        // The renderer writes an XML head, which has no place inside a page.
        let qr = Zeroizing::new(qr.find("<svg").map_or_else(String::new, |at| qr[at..].to_owned()));
        Ok(PrintedCard { code, stub: stub.reveal(), qr })
    };
    let cards = cards.iter().zip(stubs).map(card).collect::<Result<Vec<_>, CardSheetError>>()?;
    Ok(Zeroizing::new(CardSheet { t, url, cards }.render()?))
}
