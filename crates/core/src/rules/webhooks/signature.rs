//! How senders prove that they know a webhook's secret.
//!
//! Every scheme is one row of [`SCHEMES`]: the header that carries the proof, and what is proven. Any proof that holds is
//! enough: each of them takes the secret.

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode::Indifferent;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::limits::PROOFS;
use crate::time::Timestamp;

/// How far the time in a signature may be from now, in seconds: what the senders' own guides say.
const TOLERANCE: i64 = 300;

const PADDED_OR_NOT: GeneralPurposeConfig = GeneralPurposeConfig::new().with_decode_padding_mode(Indifferent);
const BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, PADDED_OR_NOT);
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, PADDED_OR_NOT);

/// What is signed, beside the body.
#[derive(Debug, Clone, Copy)]
enum Proof {
    /// HMAC-SHA256 of the body.
    Body,
    /// HMAC-SHA256 of time, a character and body; time and digests are pairs in the same header.
    Pairs { separator: char, time: &'static str, digest: &'static str, joint: &'static str },
    /// HMAC-SHA256 of `v0:time:body`; the time has a header of its own.
    Versioned { time: &'static str },
    /// HMAC-SHA256 of `id.time.body`, with the key that a `whsec_` secret is the base64 of.
    Standard { id: &'static str, time: &'static str },
    /// The secret itself.
    Secret,
}

struct Scheme {
    header: &'static str,
    proof: Proof,
}

const fn body(header: &'static str) -> Scheme {
    Scheme { header, proof: Proof::Body }
}

const fn pairs(
    header: &'static str,
    separator: char,
    time: &'static str,
    digest: &'static str,
    joint: &'static str,
) -> Scheme {
    Scheme { header, proof: Proof::Pairs { separator, time, digest, joint } }
}

/// The schemes of common senders, by the lower-case name of the header.
const SCHEMES: &[Scheme] = &[
    body("x-hub-signature-256"),
    body("x-hub-signature"),
    body("x-webhook-signature"),
    body("x-webhook-signature-256"),
    body("x-signature"),
    body("x-signature-256"),
    body("linear-signature"),
    body("sentry-hook-signature"),
    body("x-gitea-signature"),
    body("x-forgejo-signature"),
    body("x-gogs-signature"),
    body("x-grafana-alerting-signature"),
    body("x-shopify-hmac-sha256"),
    body("x-hook-signature"),
    body("x-pagerduty-signature"),
    body("circleci-signature"),
    body("typeform-signature"),
    pairs("stripe-signature", ',', "t", "v1", "."),
    pairs("calendly-webhook-signature", ',', "t", "v1", "."),
    pairs("paddle-signature", ';', "ts", "h1", ":"),
    Scheme { header: "x-slack-signature", proof: Proof::Versioned { time: "x-slack-request-timestamp" } },
    Scheme { header: "x-zm-signature", proof: Proof::Versioned { time: "x-zm-request-timestamp" } },
    Scheme {
        header: "webhook-signature",
        proof: Proof::Standard { id: "webhook-id", time: "webhook-timestamp" },
    },
    Scheme { header: "svix-signature", proof: Proof::Standard { id: "svix-id", time: "svix-timestamp" } },
    Scheme { header: "x-gitlab-token", proof: Proof::Secret },
    Scheme { header: "x-telegram-bot-api-secret-token", proof: Proof::Secret },
];

/// Why a payload is not taken for one of the sender's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// No header of a known scheme, or not the one that the webhook names.
    #[error("The signature is missing.")]
    Missing,
    /// None that is there was made with the secret over these bytes.
    #[error("The signature is wrong.")]
    Wrong,
    /// It is right, but of another time.
    #[error("The signature is too old, or from the future.")]
    Stale,
}

/// What a valid proof covers, by its digest: the same for the same content, however it is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(pub String);

/// Whether the sender of `body` knows `secret`. `own` is the header that the webhook names, which then alone counts;
/// `header` gives a header by its lower-case name.
///
/// Takes the same time for every wrong proof of the same length.
///
/// # Errors
/// [`Unsigned`].
pub fn check<'h>(
    secret: &str,
    own: Option<&str>,
    header: impl Fn(&str) -> Option<&'h str>,
    body: &[u8],
    now: Timestamp,
) -> Result<Fingerprint, Unsigned> {
    let own = own.map(|own| own.trim().to_ascii_lowercase());
    let named = own.as_deref().map(|own| {
        let known = SCHEMES.iter().find(|scheme| scheme.header == own);
        (own, known.map_or(Proof::Body, |scheme| scheme.proof))
    });
    let mut outcome = Err(Unsigned::Missing);
    let all = SCHEMES.iter().map(|scheme| (scheme.header, scheme.proof));
    let candidates: Vec<_> = match named {
        Some(named) => vec![named],
        None => all.collect(),
    };
    for (name, proof) in candidates {
        let Some(value) = header(name) else { continue };
        match holds(proof, secret, value, &header, body, now) {
            Ok(fingerprint) => return Ok(fingerprint),
            Err(why) if outcome == Err(Unsigned::Missing) || why == Unsigned::Stale => outcome = Err(why),
            Err(_) => {}
        }
    }
    outcome
}

fn holds<'h>(
    proof: Proof,
    secret: &str,
    value: &str,
    header: &impl Fn(&str) -> Option<&'h str>,
    body: &[u8],
    now: Timestamp,
) -> Result<Fingerprint, Unsigned> {
    let raw = secret.as_bytes();
    match proof {
        Proof::Body => signed(raw, &[body], digests(value)),
        Proof::Pairs { separator, time, digest, joint } => {
            let pairs = || value.split(separator).filter_map(|pair| pair.trim().split_once('='));
            let found = pairs().find(|(name, _)| name.trim() == time).map(|(_, time)| time.trim());
            let stamp = found.ok_or(Unsigned::Wrong)?;
            let claimed = pairs().filter(|(name, _)| name.trim() == digest).filter_map(|(_, it)| decoded(it));
            let fingerprint = signed(raw, &[stamp.as_bytes(), joint.as_bytes(), body], claimed)?;
            recent(stamp, now).map(|()| fingerprint)
        }
        Proof::Versioned { time } => {
            let stamp = header(time).ok_or(Unsigned::Wrong)?;
            let fingerprint = signed(raw, &[b"v0:", stamp.as_bytes(), b":", body], digests(value))?;
            recent(stamp, now).map(|()| fingerprint)
        }
        Proof::Standard { id, time } => {
            let (id, stamp) = header(id).zip(header(time)).ok_or(Unsigned::Wrong)?;
            let text = [id.as_bytes(), b".", stamp.as_bytes(), b".", body];
            // Secrets of this scheme are keys in base64, with the prefix or without; others sign with the text itself.
            let bare = secret.strip_prefix("whsec_").unwrap_or(secret);
            let key = BASE64.decode(bare).ok().filter(|key| !key.is_empty());
            let with = |key: &[u8]| signed(key, &text, digests(value));
            let fingerprint = key.map_or(Err(Unsigned::Wrong), |key| with(&key)).or_else(|_| with(raw))?;
            recent(stamp, now).map(|()| fingerprint)
        }
        // Digests are compared, so that the time tells nothing of the length either.
        Proof::Secret => {
            let same = Sha256::digest(raw).ct_eq(&Sha256::digest(value.trim().as_bytes()));
            match bool::from(same) {
                true => Ok(fingerprint(&[b"secret\0", body])),
                false => Err(Unsigned::Wrong),
            }
        }
    }
}

/// Whether one of the `claimed` digests is the HMAC of `parts`, one after the other.
fn signed(
    key: &[u8],
    parts: &[&[u8]],
    claimed: impl Iterator<Item = Vec<u8>>,
) -> Result<Fingerprint, Unsigned> {
    // HMAC takes keys of every length; an empty one would be no secret.
    let mac = Hmac::<Sha256>::new_from_slice(key).ok().filter(|_| !key.is_empty());
    let mut mac = mac.ok_or(Unsigned::Wrong)?;
    for part in parts {
        mac.update(part);
    }
    let valid = claimed.take(PROOFS).any(|claimed| mac.clone().verify_slice(&claimed).is_ok());
    match valid {
        true => Ok(fingerprint(parts)),
        false => Err(Unsigned::Wrong),
    }
}

fn fingerprint(parts: &[&[u8]]) -> Fingerprint {
    let digest = parts.iter().fold(Sha256::new(), |digest, part| digest.chain_update(part));
    Fingerprint(hex::encode(digest.finalize()))
}

/// The digests of a header: one or several, each with or without `sha256=`, `v1=`, `v1,` and the like.
fn digests(value: &str) -> impl Iterator<Item = Vec<u8>> {
    value.split([',', ' ', ';']).filter_map(decoded)
}

/// A SHA-256 in hexadecimal or base64, in any case of the first and either alphabet of the second.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    let bare = match text.split_once('=') {
        Some((scheme, digest)) if scheme.len() <= 10 && !digest.is_empty() => digest.trim(),
        _ => text,
    };
    let whole = |bytes: &Vec<u8>| bytes.len() == 32;
    let hexadecimal = hex::decode(bare).ok().filter(whole);
    let base64 = || BASE64.decode(bare).ok().filter(whole);
    hexadecimal.or_else(base64).or_else(|| BASE64_URL.decode(bare).ok().filter(whole))
}

/// Whether a time in seconds (or milliseconds) since 1970 is now, give or take [`TOLERANCE`].
fn recent(stamp: &str, now: Timestamp) -> Result<(), Unsigned> {
    let stamp: i64 = stamp.trim().parse().map_err(|_| Unsigned::Stale)?;
    let seconds = if stamp > 100_000_000_000 { stamp / 1000 } else { stamp };
    match now.utc().timestamp().abs_diff(seconds) <= TOLERANCE.unsigned_abs() {
        true => Ok(()),
        false => Err(Unsigned::Stale),
    }
}
