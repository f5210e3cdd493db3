//! What a coordinator may do, by role: one protocol, whoever speaks it.
//!
//! Guarantee: the same requests run over the socket of a running service or in
//! this process when none runs; no answer holds a tally, a card in use or a
//! count per card.
//! Non-guarantee: being able to open the socket *is* the authorisation.

mod client;
mod execute;
mod protocol;
mod server;

pub use client::{AdminClient, AdminClientError};
pub use execute::{copy, execute};
pub use protocol::{Answer, ImportRequest, PeriodStatus, Refusal, Request, Role};
pub use server::listen;
