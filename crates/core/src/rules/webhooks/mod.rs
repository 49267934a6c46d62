//! What is posted to a webhook: its signature, its content, what is kept of its headers, and how agents read of it.
//!
//! Whoever knows the address may post. So nothing of a payload is an instruction: texts for agents show it between two
//! markers that say so, and a payload that contains such a marker loses it.

mod content;
mod headers;
mod notes;
mod signature;

#[cfg(test)]
mod tests;

use sha2::{Digest, Sha256};
use uuid::Builder;

use crate::id::{WebhookId, WebhookPayloadId};

pub use content::{Encoding, NotUnpacked, challenge, decode, decompressed, may_be_sent_back};
pub use headers::{captured_headers, delivery_id, event_type};
pub use notes::{event_message, memory_note, preview, shortened};
pub use signature::{Fingerprint, Unsigned, check};

/// Whether `name` can be the name of an HTTP header.
pub fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The key of the payload that a sender delivers under this id: always the same one.
pub fn payload_id(webhook: WebhookId, delivery: &str) -> WebhookPayloadId {
    let digest = Sha256::new()
        .chain_update(b"webhook delivery\0")
        .chain_update(webhook.to_string())
        .chain_update(delivery.trim())
        .finalize();
    let mut bytes = [0; 16];
    for (byte, digit) in bytes.iter_mut().zip(digest) {
        *byte = digit;
    }
    WebhookPayloadId::from_uuid(Builder::from_custom_bytes(bytes).into_uuid())
}
