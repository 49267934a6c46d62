//! What the headers of a payload tell.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::limits::{POST_DELIVERY, POST_EVENT, POST_HEADER};

/// Headers by which senders name a delivery, so that a repetition can be told; the first one sent counts. Headers that
/// several deliveries share (`X-Gitlab-Event-UUID`, `X-Hook-UUID`) are not among them.
const DELIVERY_HEADERS: [&str; 16] = [
    "x-github-delivery",
    "x-gitea-delivery",
    "x-forgejo-delivery",
    "x-gogs-delivery",
    "linear-delivery",
    "webhook-id",
    "svix-id",
    "x-shopify-webhook-id",
    "ce-id",
    "x-request-uuid",
    "x-webhook-delivery",
    "x-webhook-delivery-id",
    "x-delivery-id",
    "x-event-id",
    "request-id",
    "idempotency-key",
];

/// Headers with the kind of event; the first one sent counts.
const EVENT_HEADERS: [&str; 20] = [
    "x-github-event",
    "x-gitlab-event",
    "x-gitea-event",
    "x-forgejo-event",
    "x-gogs-event",
    "linear-event",
    "sentry-hook-resource",
    "x-event-key",
    "x-shopify-topic",
    "circleci-event-type",
    "x-pagerduty-event",
    "ce-type",
    "x-event-type",
    "x-event-name",
    "x-webhook-event",
    "x-webhook-topic",
    "x-hook-event",
    "x-event",
    "x-topic",
    "webhook-event",
];

/// Fields of a payload with the kind of event, where no header has it.
const EVENT_FIELDS: [&str; 7] =
    ["/type", "/event_type", "/eventType", "/event", "/event/type", "/event/event_type", "/webhookEvent"];

/// Fields of a payload by which senders without a header for it name a delivery: Stripe's and Slack's.
const DELIVERY_FIELDS: [(&str, &str); 2] = [("/id", "evt_"), ("/event_id", "Ev")];

/// Parts of names of headers that carry credentials.
const SECRET_WORDS: [&str; 12] = [
    "auth",
    "signature",
    "token",
    "secret",
    "api-key",
    "apikey",
    "password",
    "passwd",
    "hmac",
    "cookie",
    "credential",
    "session",
];

/// What is kept of the headers: content type, user agent, `x-…` and what names event and delivery, without whatever may be
/// a credential. `own` is the webhook's own signature header.
pub fn captured_headers<'h>(
    headers: impl IntoIterator<Item = (&'h str, &'h [u8])>,
    own: Option<&str>,
) -> BTreeMap<String, String> {
    let is_kept = |name: &str| {
        (matches!(name, "content-type" | "user-agent")
            || name.starts_with("x-")
            || EVENT_HEADERS.contains(&name)
            || DELIVERY_HEADERS.contains(&name))
            && !SECRET_WORDS.iter().any(|word| name.contains(word))
            && !own.is_some_and(|own| own.eq_ignore_ascii_case(name))
    };
    headers
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.get(..POST_HEADER).unwrap_or(value)))
        .filter(|(name, _)| is_kept(name))
        .map(|(name, value)| (name, String::from_utf8_lossy(value).into_owned()))
        .collect()
}

/// How the sender names this delivery. `header` gives a header by its lower-case name.
pub fn delivery_id<'v>(header: impl Fn(&str) -> Option<&'v str>, content: &'v Value) -> Option<String> {
    let in_header = DELIVERY_HEADERS.iter().find_map(|name| header(name));
    let in_content = || {
        DELIVERY_FIELDS
            .iter()
            .find_map(|(path, start)| content.pointer(path)?.as_str().filter(|id| id.starts_with(start)))
    };
    in_header.or_else(in_content).map(|id| id.chars().take(POST_DELIVERY).collect())
}

/// What kind of event this is, in the sender's words. `header` gives a header by its lower-case name.
pub fn event_type<'v>(header: impl Fn(&str) -> Option<&'v str>, content: &'v Value) -> Option<String> {
    let in_header = EVENT_HEADERS.iter().find_map(|name| header(name));
    let in_content = || EVENT_FIELDS.iter().find_map(|path| content.pointer(path)?.as_str());
    let words = in_header.or_else(in_content)?.split(|c: char| c.is_control() || c.is_whitespace());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let kept: String = line.chars().take(POST_EVENT).collect();
    (!kept.is_empty()).then_some(kept)
}
