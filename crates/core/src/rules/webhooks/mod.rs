//! What is posted to a webhook: its signature, its content, what is kept of its headers, and how agents read of it.
//!
//! Whoever knows the address may post. So nothing of a payload is an instruction: texts for agents show it between two
//! markers that say so, and a payload that contains such a marker loses it.

mod notes;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Builder;

use crate::id::{WebhookId, WebhookPayloadId};

pub use notes::{event_message, memory_note, preview, shortened};

/// Headers with a signature, unless the webhook names its own; the first one sent counts.
pub const SIGNATURE_HEADERS: [&str; 2] = ["x-hub-signature-256", "x-webhook-signature"];

/// Headers by which senders name a delivery, so that a repetition can be told; the first one sent counts.
pub const DELIVERY_HEADERS: [&str; 2] = ["x-github-delivery", "idempotency-key"];

/// Parts of names of headers that carry credentials.
const SECRET_WORDS: [&str; 6] = ["authorization", "signature", "token", "secret", "api-key", "password"];

/// Whether `signature` (hexadecimal, any case, with or without `sha256=`) is the HMAC-SHA256 of `body`. Takes the same
/// time for every wrong signature.
pub fn is_signed(secret: &str, body: &[u8], signature: &str) -> bool {
    let signature = signature.trim();
    let digits = match signature.split_at_checked(7) {
        Some((scheme, digits)) if scheme.eq_ignore_ascii_case("sha256=") => digits,
        _ => signature,
    };
    let Ok(claimed) = hex::decode(digits.trim()) else { return false };
    // HMAC takes keys of every length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(body);
    mac.verify_slice(&claimed).is_ok()
}

/// The content of a body: JSON where it is called so or looks like it, else text with its broken characters replaced. An
/// empty body is an empty object.
pub fn decode(body: &[u8], content_type: Option<&str>) -> Value {
    if body.is_empty() {
        return Value::Object(serde_json::Map::new());
    }
    let text = String::from_utf8_lossy(body);
    let called_json = content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("application/json"));
    let looks_like_it = text.starts_with(['{', '[', '"']) || matches!(&*text, "true" | "false");
    if (called_json || looks_like_it)
        && let Ok(value) = serde_json::from_str(&text)
    {
        return value;
    }
    Value::String(text.into_owned())
}

/// What is kept of the headers: content type, user agent and `x-…`, without whatever may be a credential. `own` is the
/// webhook's own signature header.
pub fn captured_headers<'h>(
    headers: impl IntoIterator<Item = (&'h str, &'h [u8])>,
    own: Option<&str>,
) -> BTreeMap<String, String> {
    let is_kept = |name: &str| {
        (matches!(name, "content-type" | "user-agent") || name.starts_with("x-"))
            && !SECRET_WORDS.iter().any(|word| name.contains(word))
            && !own.is_some_and(|own| own.eq_ignore_ascii_case(name))
    };
    headers
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), String::from_utf8_lossy(value).into_owned()))
        .filter(|(name, _)| is_kept(name))
        .collect()
}

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
