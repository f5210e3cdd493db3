//! Public files at an address: `GET` below `/public`, and nothing else.
//!
//! Guarantee: no redirect is followed, no proxy is used, answers are limited in
//! size and time, nothing of the answer but its bytes is read.
//! Non-guarantee: there is no listing, so unknown files are not seen. What is
//! trusted is the pinned key, with TLS (Mozilla's authorities) or without.

use std::io::Read;
use std::time::Duration;

use ureq::Agent;

use super::error::VerifyError;
use super::files::{PublicFiles, too_long};
use crate::domain::printable::start;

/// How long one answer may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The address of public files.
#[derive(Debug)]
pub struct Address {
    agent: Agent,
    base: String,
}

impl Address {
    /// An address such as `http://127.0.0.1:8080/public`, with or without a slash at its end.
    ///
    /// # Errors
    /// [`VerifyError::Address`].
    pub fn new(url: &str) -> Result<Self, VerifyError> {
        let wrong = || VerifyError::Address(start(url, 100));
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).ok_or_else(wrong)?;
        let host = rest.split('/').next().unwrap_or_default();
        if host.is_empty() || !url.is_ascii() || rest.contains(['@', '?', '#', '\\', ' ', '%']) {
            return Err(wrong());
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(TIMEOUT))
            .build();
        Ok(Self { agent: config.into(), base: url.trim_end_matches('/').to_owned() })
    }
}

impl PublicFiles for Address {
    fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, String> {
        let mut answer = self.agent.get(format!("{}/{path}", self.base)).call().map_err(|e| e.to_string())?;
        match answer.status().as_u16() {
            200 => {}
            404 | 410 => return Ok(None),
            other => return Err(format!("the address answered with status {other}")),
        }
        let mut bytes = Vec::new();
        let body = answer.body_mut().with_config().limit(u64::MAX).reader();
        let read = body.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
        if read as u64 > most { Err(too_long(most)) } else { Ok(Some(bytes)) }
    }

    fn list(&self) -> Result<Option<Vec<String>>, String> {
        Ok(None)
    }
}
