//! Takes a tally that a phone sealed while it waited: `POST /v1/sealed`.
//!
//! Guarantee: it never replaces, so a late copy undoes no correction. Every refusal is the same,
//! whatever its cause: whoever finds a sealed tally and tries it learns only whether it was
//! delivered, is taken now, is refused, or met the card's limit.
//! Non-guarantee: how long a refusal takes is not the same for all causes; trying one delivers it.

use serde::Deserialize;
use serde_json::Value;

use super::draft::Draft;
use super::queue::QueueKeys;
use super::{Intake, Rejection, body, rows, seal, tombstones};
use crate::crypto::pseudonym::stub_of;
use crate::crypto::queue::{QUEUE_SEALED, QueueKeyId, QueuePlain, QueuePublicKey};
use crate::crypto::scrub::scrubbed;
use crate::domain::{CardCode, Receipt, Week};
use crate::store::{AddRow, Cards, Outcome, Rows, StoreError};

/// What became of a sealed tally that is not refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// It was taken now.
    Now,
    /// Its receipt is there; nothing was changed.
    Before,
}

/// Why a sealed tally is not taken.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SealedRejection {
    /// The key that it was sealed to is none of those in use.
    #[error(
        "the key that this tally was sealed to is gone: it waited too long. Nobody can open it any more; if the tally is still known, type it again"
    )]
    KeyGone,
    /// One word for every cause.
    #[error(
        "this sealed tally is not taken, and trying it again will not help: if the tally is still known, type it again"
    )]
    Refused,
    /// What says nothing of the tally: the card's limit, or the store.
    #[error(transparent)]
    Other(Rejection),
}

impl From<Rejection> for SealedRejection {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::RateLimited(_) | Rejection::Busy | Rejection::Unavailable => Self::Other(rejection),
            Rejection::Unreadable(_)
            | Rejection::Invalid(_)
            | Rejection::Repeated(_)
            | Rejection::CardRefused
            | Rejection::WeekClosed(_)
            | Rejection::NoKey(..)
            | Rejection::PeriodClosed(_)
            | Rejection::Withdrawn
            | Rejection::NotFound => Self::Refused,
        }
    }
}

impl From<StoreError> for SealedRejection {
    fn from(error: StoreError) -> Self {
        Rejection::from(error).into()
    }
}

/// What was sealed. A name that stands twice is refused, and so is one that is not here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Waiting<'a> {
    // Borrowed: a card is not copied into memory that nobody wipes.
    card: &'a str,
    receipt: &'a str,
    tally: Value,
}

/// Reads what was sealed; `None` for what no phone of ours seals.
#[must_use]
pub fn read(plain: &[u8]) -> Option<(CardCode, Receipt, Draft)> {
    let waiting: Waiting<'_> = serde_json::from_slice(plain).ok()?;
    Some((CardCode::parse(waiting.card).ok()?, waiting.receipt.parse().ok()?, body::draft(waiting.tally)))
}

impl<S: Rows + Cards> Intake<S> {
    /// The queue keys, for whoever makes and destroys them.
    #[must_use]
    pub fn queue(&self) -> &QueueKeys {
        &self.queue
    }

    /// What a phone seals to today. `None` where no key could be made yet.
    #[must_use]
    pub fn queue_key(&self) -> Option<QueuePublicKey> {
        self.queue.offered(Week::of(self.today(&self.programme())))
    }

    /// Takes a sealed tally, unless its receipt is there.
    ///
    /// # Errors
    /// [`SealedRejection`].
    pub async fn put_sealed(&self, sealed: &[u8]) -> Result<Delivered, SealedRejection> {
        let id = QueueKeyId::of(sealed).filter(|_| sealed.len() == QUEUE_SEALED).ok_or(SealedRejection::Refused)?;
        let (card, receipt, draft) = {
            let key = self.queue.find(id).ok_or(SealedRejection::KeyGone)?;
            let plain: Box<QueuePlain> = key.open(sealed).map_err(|_| SealedRejection::Refused)?;
            read(plain.expose()).ok_or(SealedRejection::Refused)?
        };
        self.add_once(&card, &receipt, draft).await
    }

    /// Also a tally that could not be taken now may have been delivered before: the store is asked in any case.
    async fn add_once(&self, card: &CardCode, receipt: &Receipt, draft: Draft) -> Result<Delivered, SealedRejection> {
        let all = self.open.all();
        let until = self.store.until(&self.verifiers.verifier(&stub_of(card)))?;
        let mut add = AddRow {
            row: None,
            rows: scrubbed(|| rows(&all, card, receipt).collect()),
            tombstones: scrubbed(|| tombstones(&all, card, receipt)),
            new_allowed: false,
        };
        let tally = self.check(&all, draft).ok().filter(|tally| self.open_weeks().contains(&tally.week));
        let place = tally.and_then(|tally| {
            let open = all.iter().find(|open| open.period.index_of(tally.week).is_some())?;
            let valid = until.is_some_and(|until| until.last_day() >= open.period.last_day());
            valid.then_some((open, open.period.index_of(tally.week)?, tally))
        });
        let (outcome, limit) = match place {
            None => (self.store.put_once(add)?.await?, 0),
            Some((open, week, tally)) => {
                let row = scrubbed(|| {
                    let pseudonym = open.keys.of_card(card);
                    let put = seal(open, pseudonym, week, &tally, open.keys.row(&pseudonym, receipt))?;
                    Ok::<_, Rejection>((put.at, put.sealed))
                })?;
                add.row = Some(row);
                let limit = self.programme().cards.tallies_per_hour;
                let submit = |granted| {
                    add.new_allowed = granted;
                    self.store.put_once(add)
                };
                (self.counted(card, limit, submit).await?, limit)
            }
        };
        match outcome {
            Outcome::Created => Ok(Delivered::Now),
            Outcome::Kept => Ok(Delivered::Before),
            Outcome::NewRefused => Err(Rejection::RateLimited(limit).into()),
            Outcome::NotFound | Outcome::Spent | Outcome::PeriodClosed => Err(SealedRejection::Refused),
            // Answers to other operations: the store is not what it should be.
            Outcome::Replaced | Outcome::Withdrawn | Outcome::Done(_) => Err(Rejection::Unavailable.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = "00000-00000-00000-00000";

    fn text(card: &str, receipt: &str, more: &str) -> String {
        format!(r#"{{"card":"{card}","receipt":"{receipt}","tally":{{"week":"2026-W47"}}{more}}}"#)
    }

    #[test]
    fn what_a_phone_seals_is_read_and_nothing_else() {
        let receipt = "3141592653589795";
        let good = text(CARD, receipt, "");
        let (card, number, draft) = read(format!("{good:2048}").as_bytes()).unwrap();
        assert_eq!(
            (card.reveal().as_str(), number.to_string().as_str(), draft.week.as_str()),
            (CARD, receipt, "2026-W47")
        );
        for wrong in [
            String::new(),
            "[]".to_owned(),
            good.replace('}', ""),
            format!("{good} {{}}"),
            text("00000-00000-00000-00001", receipt, ""),
            text("", receipt, ""),
            text(CARD, "3141592653589794", ""),
            text(CARD, receipt, r#","name":"x""#),
            text(CARD, receipt, &format!(r#","card":"{CARD}""#)),
            good.replace("\"tally\"", "\"tallies\""),
        ] {
            assert!(read(wrong.as_bytes()).is_none(), "{wrong}");
        }
        // A tally that is none is the check's business, which names no cause here.
        assert!(read(good.replace(r#"{"week":"2026-W47"}"#, "7").as_bytes()).is_some());
    }

    #[test]
    fn only_the_limit_and_the_store_are_told_apart() {
        let weeks = || vec!["2026-W47".parse().unwrap()];
        for refused in [
            Rejection::Unreadable("JSON"),
            Rejection::Invalid(Vec::new()),
            Rejection::CardRefused,
            Rejection::WeekClosed(weeks()),
            Rejection::NoKey("2026-Q4".parse().unwrap(), weeks()),
            Rejection::PeriodClosed(weeks()),
            Rejection::Withdrawn,
            Rejection::NotFound,
        ] {
            assert!(matches!(SealedRejection::from(refused), SealedRejection::Refused));
        }
        for told in [Rejection::RateLimited(1), Rejection::Busy, Rejection::Unavailable] {
            assert!(matches!(SealedRejection::from(told), SealedRejection::Other(_)));
        }
    }
}
