//! What is posted to a webhook.

use hmac::{Hmac, Mac};
use mission_control_core::id::OrganizationId;
use mission_control_core::models::{Board, Webhook, WebhookPayload};
use mission_control_core::rules::fence::{BEGIN, END};
use mission_control_core::rules::webhooks::{
    Encoding, Unsigned, captured_headers, challenge, check, decode, decompressed, delivery_id, event_message,
    event_type, is_header_name, may_be_sent_back, memory_note, payload_id, preview,
};
use mission_control_core::time::Timestamp;
use serde_json::Value;
use sha2::Sha256;

use super::input::{is_inexact, meant};

/// What the senders of the corpus sign with: the secret of GitHub's published example.
const SECRET: &str = "It's a Secret to Everybody";
/// What nobody signs with.
const OTHER: &str = "2f1c5f0e6a1d4f0c9a6f7a9d1b3c5e7f";
/// Most that a body may have once it is unpacked, in bytes.
const UNPACKED: usize = 256 * 1024;
/// Most that a note of a payload has, in bytes: what is shown of it, and what stands around that.
const NOTE: usize = 4 * 8_000 + 2_048;
/// Bytes of a header's value that are kept; a broken one becomes three.
const VALUE: usize = 3 * 1_024;

/// Lines of headers, an empty one, and a body. The header `own` stands for the webhook's own signature header.
pub fn webhooks(input: &[u8]) {
    let sent = meant(input);
    let at = sent.windows(2).position(|pair| pair == b"\n\n").unwrap_or(sent.len());
    let head = String::from_utf8_lossy(sent.get(..at).unwrap_or_default());
    let body = sent.get(at + 2..).unwrap_or_default();
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let headers: Vec<(String, &str)> = lines
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()))
        .filter(|(name, value)| is_header_name(name) && !value.is_empty())
        .collect();
    let header = |name: &str| headers.iter().find(|(found, _)| found == name).map(|(_, value)| *value);
    signed(header, body);
    let Some(encoding) = Encoding::parse(header("content-encoding")) else { return };
    let Ok(plain) = decompressed(body, encoding, UNPACKED) else { return };
    assert!(encoding == Encoding::Identity || plain.len() <= UNPACKED);
    let content = decode(&plain, header("content-type"));
    if let Some(challenge) = challenge(&content) {
        assert!(may_be_sent_back(challenge) && !challenge.contains(['<', '>', '\n', '\0']));
    }
    let own = header("own");
    let captured =
        captured_headers(headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())), own);
    for (name, value) in &captured {
        assert!(value.len() <= VALUE && Some(name.as_str()) != own, "{name}");
        assert!(
            ["auth", "cookie", "secret", "signature", "token"].iter().all(|word| !name.contains(word)),
            "{name}"
        );
    }
    let kind = event_type(header, &content);
    assert!(
        kind.iter().all(|kind| kind.chars().count() <= 100 && !kind.contains(char::is_control)),
        "{kind:?}"
    );
    noted(content.clone(), kind);
    if let Some(delivery) = delivery_id(header, &content) {
        let webhook = webhook().1;
        assert_eq!(payload_id(webhook.id, &delivery), payload_id(webhook.id, &format!(" {delivery}\n")));
    }
    read_again(&content);
}

/// Nobody who does not know the secret has signed anything, whatever the headers are; who knows it has.
fn signed<'h>(header: impl Fn(&str) -> Option<&'h str>, body: &[u8]) {
    let (own, now) = (header("own"), Timestamp::now());
    drop(check(SECRET, own, &header, body, now));
    assert!(check(OTHER, own, &header, body, now).is_err());
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()) else { return };
    let proof = hex::encode(mac.chain_update(body).finalize().into_bytes());
    let proven = |secret: &str, body: &[u8]| {
        check(secret, Some("x-proof"), |name| (name == "x-proof").then_some(proof.as_str()), body, now)
    };
    assert!(proven(SECRET, body).is_ok());
    assert_eq!(proven(OTHER, body), Err(Unsigned::Wrong));
    assert_eq!(proven(SECRET, &[body, b"\0"].concat()), Err(Unsigned::Wrong));
}

fn webhook() -> (Board, Webhook) {
    let board = Board::new(OrganizationId::random(), "Ship it", "ship-it");
    let webhook = Webhook::new(board.id, "Triage it.");
    (board, webhook)
}

/// What agents read of a payload is short, and the end of it is ours.
fn noted(content: Value, event_type: Option<String>) {
    let (board, webhook) = webhook();
    let payload = WebhookPayload { event_type, ..WebhookPayload::new(&webhook, Some(content)) };
    for note in [memory_note(&webhook, &payload), event_message(&board, &webhook, &payload)] {
        assert!(note.len() <= NOTE, "a note of {} bytes", note.len());
        assert!(!note.contains('\0'));
        assert!(note.ends_with(END));
        assert_eq!((markers(&note, "BEGIN"), markers(&note, "END")), (1, 1), "{note}");
        assert_eq!((note.matches(BEGIN).count(), note.matches(END).count()), (1, 1), "{note}");
    }
}

/// How often somebody in a hurry takes a part of a note for this marker.
fn markers(note: &str, word: &str) -> usize {
    let is_dash = |c: char| {
        matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
    };
    let line =
        note.to_ascii_uppercase().replace(is_dash, "-").split_whitespace().collect::<Vec<_>>().join(" ");
    ["--", "-- "].iter().map(|dashes| line.matches(&format!("{dashes}{word} EXTERNAL DATA")).count()).sum()
}

/// What was read as JSON is read as the same again.
fn read_again(content: &Value) {
    if (content.is_object() || content.is_array()) && !is_inexact(content) {
        let text = preview(Some(content));
        assert_eq!(&decode(text.as_bytes(), Some("application/json")), content);
    }
}
