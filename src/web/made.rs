//! What is made from releases when somebody asks for it: forms, and pages of reports.
//!
//! Guarantee: the worker that answers requests makes none itself, one is made at
//! a time, and each once for as long as it is kept by its name, so that readers
//! take neither the service's time nor its memory (the largest form: 270 MB and
//! some seconds). Few wait for their turn, and not for long; while they do,
//! their connection may be ended for others. Whoever comes then gets 503.
//! Non-guarantee: more names than are kept are made again.

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::web::{self, Bytes};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::connections::Connection;

/// How many may have something made or wait for it.
const LINE: usize = 8;
/// How long each waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most that is kept: names, and bytes in all.
const NAMES: usize = 64;
const BYTES: usize = 32 * 1024 * 1024;

/// Why something was not made.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotMade {
    /// Others have theirs made.
    #[error(
        "others are having files made just now: at most {LINE} are waited for, one is made at a time. Ask again in some seconds"
    )]
    LineFull,
    /// The work ended before its end.
    #[error("it could not be made just now ({0}): ask again in some seconds")]
    Failed(String),
}

/// Makes things one at a time, and keeps them.
pub(super) struct MadeOnce {
    kept: Mutex<Kept>,
    line: Semaphore,
    making: Arc<Semaphore>,
}

/// What was made, by name, the one used last at the end.
#[derive(Default)]
struct Kept(VecDeque<(String, Bytes)>);

impl MadeOnce {
    pub(super) fn new() -> Arc<Self> {
        let (kept, line, making) = (Mutex::default(), Semaphore::new(LINE), Arc::new(Semaphore::new(1)));
        Arc::new(Self { kept, line, making })
    }

    /// What bears this name, made by `work` if it is not kept. The name stands for the bytes.
    /// Where `work` fails, its own error is answered, and nothing kept.
    pub(super) async fn get<E: Send + 'static>(
        self: Arc<Self>,
        asks: Option<Rc<Connection>>,
        name: String,
        work: impl FnOnce() -> Result<Vec<u8>, E> + Send + 'static,
    ) -> Result<Result<Bytes, E>, NotMade> {
        if let Some(kept) = self.find(&name) {
            return Ok(Ok(kept));
        }
        let this = Arc::clone(&self);
        let once = move || {
            // Somebody before it in the line may have asked for the same.
            if let Some(kept) = this.find(&name) {
                return Ok(kept);
            }
            let made = work().map(Bytes::from)?;
            // Kept also where the reader went away.
            this.keep(name, made.clone());
            Ok(made)
        };
        self.aside(asks, once).await
    }

    /// Does some work in its turn, and off the worker that answers requests.
    pub(super) async fn aside<T: Send + 'static>(
        &self,
        asks: Option<Rc<Connection>>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotMade> {
        let _place = self.line.try_acquire().map_err(|_| NotMade::LineFull)?;
        let turn = self.turn(asks.as_deref()).await?;
        let done = web::block(move || {
            // Held until the work is done, also where the reader went away.
            let _turn = turn;
            work()
        });
        done.await.map_err(|error| NotMade::Failed(error.to_string()))
    }

    async fn turn(&self, asks: Option<&Connection>) -> Result<OwnedSemaphorePermit, NotMade> {
        // One that waits here is not being worked on.
        asks.inspect(|connection| connection.wait());
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.making).acquire_owned()).await;
        asks.inspect(|connection| connection.work());
        turn.map_err(|_| NotMade::LineFull)?.map_err(|error| NotMade::Failed(error.to_string()))
    }

    fn find(&self, name: &str) -> Option<Bytes> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).find(name)
    }

    fn keep(&self, name: String, made: Bytes) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).keep(name, made);
    }
}

impl Kept {
    fn find(&mut self, name: &str) -> Option<Bytes> {
        let at = self.0.iter().position(|(kept, _)| kept == name)?;
        let found = self.0.remove(at)?;
        let bytes = found.1.clone();
        self.0.push_back(found);
        Some(bytes)
    }

    /// The newest stays, however large; those used longest ago go.
    fn keep(&mut self, name: String, made: Bytes) {
        self.0.push_back((name, made));
        while self.0.len() > 1 && (self.0.len() > NAMES || self.bytes() > BYTES) {
            self.0.pop_front();
        }
    }

    fn bytes(&self) -> usize {
        self.0.iter().map(|(_, bytes)| bytes.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn few_are_kept_and_the_one_used_last_among_them() {
        let mut kept = Kept::default();
        for number in 0..NAMES {
            kept.keep(number.to_string(), Bytes::from_static(b"x"));
        }
        assert!(kept.find("0").is_some());
        kept.keep("more".to_owned(), Bytes::from_static(b"x"));
        assert!(kept.find("0").is_some() && kept.find("1").is_none() && kept.0.len() == NAMES);
        kept.keep("half".to_owned(), Bytes::from(vec![0; BYTES / 2]));
        kept.keep("large".to_owned(), Bytes::from(vec![0; BYTES + 1]));
        assert!(kept.find("large").is_some() && kept.0.len() == 1);
    }

    #[test]
    fn each_is_made_once_one_at_a_time_and_few_wait() {
        actix_web::rt::System::new().block_on(async {
            let (made, times) = (MadeOnce::new(), Arc::new(AtomicUsize::new(0)));
            let (holds, held) = std::sync::mpsc::channel::<()>();
            let ask = |name: &str, held: Option<std::sync::mpsc::Receiver<()>>| {
                let times = Arc::clone(&times);
                Arc::clone(&made).get(None, name.to_owned(), move || {
                    // Until the sender is dropped.
                    held.map(|held| held.recv());
                    times.fetch_add(1, Ordering::Relaxed);
                    Ok::<_, ()>(b"made".to_vec())
                })
            };
            let first = actix_web::rt::spawn(ask("a", Some(held)));
            tokio::task::yield_now().await;
            let others: Vec<_> = (1..LINE).map(|_| actix_web::rt::spawn(ask("a", None))).collect();
            tokio::task::yield_now().await;
            assert_eq!(ask("a", None).await, Err(NotMade::LineFull));
            drop(holds);
            for other in others.into_iter().chain([first]) {
                assert_eq!(other.await.unwrap(), Ok(Ok(Bytes::from_static(b"made"))));
            }
            assert_eq!(times.load(Ordering::Relaxed), 1);
            assert!(ask("b", None).await.is_ok() && ask("b", None).await.is_ok());
            assert_eq!(times.load(Ordering::Relaxed), 2);
            let failed = Arc::clone(&made).get(None, "c".to_owned(), || Err("no"));
            assert_eq!(failed.await, Ok(Err("no")));
            assert_eq!(ask("c", None).await, Ok(Ok(Bytes::from_static(b"made"))), "a failure was kept");
        });
    }
}
