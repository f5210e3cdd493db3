//! A phone's side of the sealed queue.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test file uses a part")]

use std::net::SocketAddr;

use peertally::crypto::queue::QueuePublicKey;
use serde_json::{Value, json};

use super::{Answer, Service, request};

/// What `/v1/programme` offers.
pub fn queue_key(service: &Service) -> QueuePublicKey {
    key_of(&service.get("/v1/programme").json())
}

pub fn key_of(programme: &Value) -> QueuePublicKey {
    let key: QueuePublicKey = programme["queue_key"].as_str().unwrap().parse().unwrap();
    assert_eq!(programme["queue_key_id"], key.id().to_string());
    key
}

/// What is sealed.
pub fn text(card: &str, receipt: &str, tally: &Value) -> String {
    json!({"card": card, "receipt": receipt, "tally": tally}).to_string()
}

pub fn sealed(key: &QueuePublicKey, card: &str, receipt: &str, tally: &Value) -> Vec<u8> {
    key.seal(text(card, receipt, tally).as_bytes()).unwrap()
}

pub fn post(to: SocketAddr, blob: &[u8]) -> Answer {
    request(to, "POST", "/v1/sealed", &[("Content-Type", "application/octet-stream")], blob)
}
