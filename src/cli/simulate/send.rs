//! One phone's requests, each repeated until it is answered.

use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;
use zeroize::Zeroizing;

use super::summary::Summary;
use crate::crowd::phones::{Ask, TallyStory};
use crate::domain::CardCode;
use crate::intake::draft::{Draft, RawCount};

/// Attempts at one request.
const ATTEMPTS: u32 = 8;
/// More attempts at the first one: an address where nobody listens should be told soon.
const FIRST_ATTEMPTS: u32 = 5;
/// The wait after the first of them; it doubles.
const WAIT: Duration = Duration::from_millis(50);
/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A phone's way to the service.
pub(super) struct Phone {
    agent: Agent,
    base: String,
}

impl Phone {
    /// For `connections` threads at once.
    pub(super) fn new(base: String, connections: u16) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(TIMEOUT))
            .max_idle_connections_per_host(usize::from(connections))
            .max_idle_connections(usize::from(connections))
            .build();
        Self { agent: config.into(), base }
    }

    /// What a form needs.
    pub(super) fn programme(&self) -> Result<Value, String> {
        let broken =
            |error| format!("{} gives no programme ({error}): is the service running at that address?", self.base);
        let read = || self.agent.get(format!("{}/v1/programme", self.base)).call()?.body_mut().read_to_string();
        let mut text = read();
        for attempt in 0..FIRST_ATTEMPTS {
            if text.is_ok() {
                break;
            }
            // The service may be starting again.
            std::thread::sleep(WAIT * 2_u32.pow(attempt));
            text = read();
        }
        let text = text.map_err(broken)?;
        serde_json::from_str(&text).map_err(|_| format!("{} is not a peertally service: check the address", self.base))
    }

    /// Sends all that one tally's story says, in order.
    pub(super) fn tell(&self, card: &CardCode, story: &TallyStory, summary: &mut Summary) {
        let bearer = Zeroizing::new(format!("Bearer {}", card.reveal().as_str()));
        let url = format!("{}/v1/tallies/{}", self.base, story.receipt);
        let mut week = String::new();
        for ask in &story.asks {
            if let Ask::Put(draft) | Ask::Again(draft) = ask {
                week.clone_from(&draft.week);
            }
            summary.repeated += u64::from(matches!(ask, Ask::Again(_)));
            for attempt in 0..ATTEMPTS {
                summary.sent += 1;
                summary.retried += u64::from(attempt > 0);
                match self.send(&url, &bearer, ask) {
                    // Too much at once, or about to end: the same again, a little later.
                    Ok((503, _)) if attempt + 1 < ATTEMPTS => {}
                    Ok((status, problem)) => {
                        summary.answered(status, &problem, &week);
                        break;
                    }
                    Err(_) if attempt + 1 < ATTEMPTS => {}
                    Err(_) => summary.unanswered += 1,
                }
                std::thread::sleep(WAIT * 2_u32.pow(attempt));
            }
        }
    }

    /// Status, and the type of the problem if it is one.
    fn send(&self, url: &str, bearer: &str, ask: &Ask) -> Result<(u16, String), ureq::Error> {
        let mut answer = match ask {
            Ask::Put(draft) | Ask::Again(draft) => {
                let request = self.agent.put(url).header("Authorization", bearer);
                request.content_type("application/json").send(body(draft).to_string())?
            }
            Ask::Withdraw => self.agent.delete(url).header("Authorization", bearer).call()?,
        };
        // Read to its end, so that the connection can be used again.
        let text = answer.body_mut().read_to_string()?;
        let problem = serde_json::from_str::<Value>(&text).ok();
        let kind = problem.as_ref().and_then(|p| p.get("type")?.as_str()).unwrap_or_default();
        Ok((answer.status().as_u16(), kind.to_owned()))
    }
}

fn body(draft: &Draft) -> Value {
    let count = |(id, count): (&String, &RawCount)| match count {
        RawCount::Whole(n) => Some((id.clone(), json!(n))),
        _ => None,
    };
    let counts: serde_json::Map<String, Value> = draft.counts.iter().filter_map(count).collect();
    let mut body = json!({"week": draft.week, "counts": counts});
    for (dimension, category) in &draft.categories {
        body[dimension.as_str()] = json!(category);
    }
    body
}
