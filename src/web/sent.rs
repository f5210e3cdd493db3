//! Pages that answer what was posted, each kept until it is read once.
//!
//! Guarantee: a browser asks for such a page by an address that says nothing, so
//! what it keeps of a post is a redirect; a page is given out once, by whoever
//! has its address, and wiped then, or after [`LIFE`]; all of them together take
//! at most [`ROOM`]. Nothing is written anywhere.
//! Non-guarantee: for as long as a page waits, it holds what was typed, in a
//! refused one the card too. What actix copies while it sends is freed, not wiped.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::crypto::random::name;

/// How long a page waits to be read.
const LIFE: Duration = Duration::from_secs(5 * 60);
/// Bytes of all pages together.
const ROOM: usize = 8 * 1024 * 1024;
/// Bytes that refused and practised posts may take of it: both need no card, so a flood of
/// them must leave room for the receipts of those who have one.
const ROOM_WITHOUT_CARD: usize = ROOM / 4 * 3;
/// What a page costs beside its bytes, rounded up.
const OVERHEAD: usize = 256;
/// This machine's name at the beginning of each handle, by which a proxy in front of several finds
/// the one that has the page.
const NODE: &str = "n1";

/// A page that waits.
pub(super) struct SentPage {
    /// What the page is answered with.
    pub(super) status: u16,
    pub(super) body: Zeroizing<Vec<u8>>,
}

/// All pages that wait.
#[derive(Default)]
pub(super) struct SentPages(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    /// By handle, with the running time at which each ends.
    pages: HashMap<String, (Duration, SentPage)>,
    bytes: usize,
    /// Whether somebody looks after them already.
    looked_after: bool,
}

impl SentPages {
    /// Keeps a page; answers its handle, or nothing where there is no room for it.
    ///
    /// `now` is the service's running time. `with_card` is whether only a card in use leads to such a page.
    pub(super) fn keep(&self, page: SentPage, now: Duration, with_card: bool) -> Option<String> {
        let handle = format!("{NODE}-{}", name().ok()?);
        let mut waiting = self.waiting();
        waiting.drop_old(now);
        let room = if with_card { ROOM } else { ROOM_WITHOUT_CARD };
        let bytes = waiting.bytes + cost(&page);
        if bytes > room {
            return None;
        }
        waiting.bytes = bytes;
        waiting.pages.insert(handle.clone(), (now + LIFE, page));
        Some(handle)
    }

    /// Gives a page out. One that was read, is too old or never was: nothing, and no difference.
    pub(super) fn take(&self, handle: &str, now: Duration) -> Option<SentPage> {
        let mut waiting = self.waiting();
        let (until, page) = waiting.pages.remove(handle)?;
        waiting.bytes -= cost(&page);
        (now < until).then_some(page)
    }

    /// Whether the caller is to look after the pages from now on: somebody must, until none is left.
    pub(super) fn needs_looking_after(&self) -> bool {
        !std::mem::replace(&mut self.waiting().looked_after, true)
    }

    /// Wipes what is too old; answers whether any page still waits.
    pub(super) fn look(&self, now: Duration) -> bool {
        let mut waiting = self.waiting();
        waiting.drop_old(now);
        waiting.looked_after = !waiting.pages.is_empty();
        waiting.looked_after
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn drop_old(&mut self, now: Duration) {
        self.pages.retain(|_, (until, _)| now < *until);
        self.bytes = self.pages.values().map(|(_, page)| cost(page)).sum();
    }
}

fn cost(page: &SentPage) -> usize {
    page.body.len() + OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1000);

    fn page(bytes: usize) -> SentPage {
        SentPage { status: 200, body: Zeroizing::new(vec![b'x'; bytes]) }
    }

    #[test]
    fn a_page_is_read_once_and_by_its_handle_alone() {
        let pages = SentPages::default();
        let handles = [(); 2].map(|()| pages.keep(page(10), NOW, true).unwrap());
        assert!(handles[0] != handles[1] && handles.iter().all(|handle| handle.starts_with("n1-")));
        // 128 bits in hexadecimal.
        assert!(handles.iter().all(|handle| handle.len() == 3 + 32), "{handles:?}");
        for other in ["", "n1-", "n1-00000000000000000000000000000000", &handles[0].to_uppercase()] {
            assert!(pages.take(other, NOW).is_none());
        }
        assert!(pages.take(&handles[0], NOW).is_some());
        assert!(pages.take(&handles[0], NOW).is_none(), "read again");
        assert!(pages.take(&handles[1], NOW).is_some());
        assert_eq!(pages.waiting().bytes, 0);
    }

    #[test]
    fn after_five_minutes_a_page_is_gone() {
        let pages = SentPages::default();
        let [first, second, third] = [(); 3].map(|()| pages.keep(page(10), NOW, true).unwrap());
        assert!(pages.take(&first, NOW + LIFE - Duration::from_millis(1)).is_some());
        assert!(pages.take(&second, NOW + LIFE).is_none(), "too old, although nobody looked");
        assert!(pages.needs_looking_after() && !pages.needs_looking_after());
        assert!(pages.look(NOW) && !pages.needs_looking_after());
        assert!(!pages.look(NOW + LIFE));
        assert!(pages.waiting().pages.is_empty() && pages.waiting().bytes == 0, "nobody asked, and it is wiped");
        assert!(pages.needs_looking_after(), "the next page needs a look again");
        assert!(pages.take(&third, NOW).is_none());
    }

    #[test]
    fn they_take_eight_mebibytes_and_a_flood_without_cards_leaves_room() {
        let pages = SentPages::default();
        let fill = |with_card: bool| std::iter::from_fn(|| pages.keep(page(16 * 1024), NOW, with_card)).count();
        let without = fill(false);
        let with = fill(true);
        assert!(without > 300 && with > 100, "{without} {with}");
        let bytes: usize = pages.waiting().pages.values().map(|(_, page)| page.body.len()).sum();
        assert!(bytes <= 8 << 20 && bytes > 7 << 20, "{bytes}");
        assert!(pages.keep(page(16 * 1024), NOW, true).is_none());
        // Old ones make room by themselves.
        assert!(pages.keep(page(16 * 1024), NOW + LIFE, true).is_some());
        assert_eq!(pages.waiting().pages.len(), 1);
    }
}
