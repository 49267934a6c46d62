//! How senders prove that they know a webhook's secret.
//!
//! Every scheme is one row of [`SCHEMES`]: the header that carries the proof, and what is proven. Any proof that holds is
//! enough: each of them takes the secret.

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode::Indifferent;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use ed25519_dalek::{Signature, VerifyingKey};
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha1::Sha1;
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
    /// HMAC-SHA1 of the body, in hexadecimal. What is known against SHA-1 does not touch it in an HMAC.
    OldBody,
    /// HMAC-SHA256 of time and body; the time has a header of its own.
    Timed { time: &'static str },
    /// HMAC-SHA256 of time, a character and body; time and digests are pairs in the same header.
    Pairs { separator: char, time: &'static str, digest: &'static str, joint: &'static str },
    /// HMAC-SHA256 of `v0:time:body`; the time has a header of its own.
    Versioned { time: &'static str },
    /// HMAC-SHA256 of `id.time.body`, with the key that a `whsec_` secret is the base64 of.
    Standard { id: &'static str, time: &'static str },
    /// An Ed25519 signature of time and body, with a key of which the public half is known as the secret; the time has a
    /// header of its own.
    Key { time: &'static str },
    /// The secret itself.
    Secret,
    /// The secret itself, as the token of `Bearer` or the password of `Basic`.
    Authorization,
}

/// Comes before the public key of a sender in the place of a secret. Such a key is no secret, so nothing else is proven by it.
const PUBLIC_KEY: &str = "ed25519:";

/// Where a signature with a key is, and its time.
const KEY_HEADER: &str = "x-signature-ed25519";
const KEY_TIME: &str = "x-signature-timestamp";

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
    Scheme { header: "x-hub-signature", proof: Proof::OldBody },
    Scheme { header: "x-vercel-signature", proof: Proof::OldBody },
    body("x-dropbox-signature"),
    body("heroku-webhook-hmac-sha256"),
    body("x-line-signature"),
    Scheme {
        header: "x-zendesk-webhook-signature",
        proof: Proof::Timed { time: "x-zendesk-webhook-signature-timestamp" },
    },
    Scheme { header: KEY_HEADER, proof: Proof::Key { time: KEY_TIME } },
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
    Scheme { header: "x-goog-channel-token", proof: Proof::Secret },
    Scheme { header: "x-webhook-token", proof: Proof::Secret },
    Scheme { header: "x-webhook-secret", proof: Proof::Secret },
    Scheme { header: "x-auth-token", proof: Proof::Secret },
    Scheme { header: "x-api-key", proof: Proof::Secret },
    Scheme { header: "authorization", proof: Proof::Authorization },
];

/// Headers of senders whose signatures are not checked, and what to do instead.
const UNSUPPORTED: [(&str, &str); 6] = [
    ("x-twilio-signature", SIGNS_ADDRESS),
    ("x-trello-webhook", SIGNS_ADDRESS),
    ("x-square-hmacsha256-signature", SIGNS_ADDRESS),
    ("x-amz-sns-message-type", SIGNS_BY_CERTIFICATE),
    ("paypal-transmission-sig", SIGNS_BY_CERTIFICATE),
    ("x-twilio-email-event-webhook-signature", SIGNS_BY_CERTIFICATE),
];
const SIGNS_ADDRESS: &str = "This sender signs the address as well, which is not supported: have it send the webhook's secret in a \
                             header (`Authorization: Bearer …`, `X-Webhook-Token`), or post by way of a relay that signs the body.";
const SIGNS_BY_CERTIFICATE: &str = "This sender signs with a certificate of its own, which is not supported: post by way of a relay \
                                    that signs the body with the webhook's secret.";
const KEY_NEEDED: &str = "This sender signs with a key (Ed25519): set the webhook's secret to `ed25519:` and the public key that it \
                          shows, in hexadecimal.";
const KEY_ONLY: &str = "The webhook's secret is the public key of a sender: only what is signed with that key is taken \
                        (`X-Signature-Ed25519`).";
const KEY_UNREADABLE: &str = "The webhook's secret begins with `ed25519:` and is no public key: set it to `ed25519:` and the key's 64 \
                              hexadecimal digits.";

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
    /// The sender proves itself in a way that is not, or not yet, supported. Holds what to do.
    #[error("The signature is of a kind that this webhook does not take.")]
    Unsupported(&'static str),
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
    let has_public_key = secret.starts_with(PUBLIC_KEY);
    let of = |own: Option<&str>| -> Vec<_> {
        let schemes = SCHEMES.iter().filter(|scheme| own.is_none_or(|own| scheme.header == own));
        schemes.map(|scheme| (scheme.header, scheme.proof)).collect()
    };
    let mut candidates = of(own.as_deref());
    if let Some(own) = own.as_deref().filter(|_| candidates.is_empty()) {
        let proof = if has_public_key { Proof::Key { time: KEY_TIME } } else { Proof::Body };
        candidates.push((own, proof));
    }
    let mut outcome = Err(hint(has_public_key, &header).unwrap_or(Unsigned::Missing));
    for (name, proof) in candidates {
        // A public key proves nothing but what was signed with the other half of it, and a secret is none.
        if matches!(proof, Proof::Key { .. }) != has_public_key {
            continue;
        }
        let Some(value) = header(name) else { continue };
        match holds(proof, secret, value, &header, body, now) {
            Ok(fingerprint) => return Ok(fingerprint),
            Err(why)
                if !matches!(outcome, Err(Unsigned::Wrong | Unsigned::Stale)) || why == Unsigned::Stale =>
            {
                outcome = Err(why);
            }
            Err(_) => {}
        }
    }
    outcome
}

/// What to do about a proof that is there and not taken, should none be that is.
fn hint<'h>(has_public_key: bool, header: &impl Fn(&str) -> Option<&'h str>) -> Option<Unsigned> {
    let unsupported = UNSUPPORTED.iter().find(|(name, _)| header(name).is_some());
    let hint = match (has_public_key, header(KEY_HEADER).is_some()) {
        (false, true) => Some(KEY_NEEDED),
        (true, false) => Some(KEY_ONLY),
        _ => unsupported.map(|(_, hint)| *hint),
    };
    hint.map(Unsigned::Unsupported)
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
        Proof::OldBody => signed_by::<Hmac<Sha1>>(raw, &[body], old_digests(value)),
        Proof::Timed { time } => {
            let stamp = header(time).ok_or(Unsigned::Wrong)?;
            let fingerprint = signed(raw, &[stamp.as_bytes(), body], digests(value))?;
            recent(stamp, now).map(|()| fingerprint)
        }
        Proof::Key { time } => {
            let stamp = header(time).ok_or(Unsigned::Wrong)?;
            let fingerprint = signed_with_key(secret, &[stamp.as_bytes(), body], value)?;
            recent(stamp, now).map(|()| fingerprint)
        }
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
        Proof::Secret => same_secret(raw, value.trim().as_bytes(), body),
        Proof::Authorization => {
            let (scheme, credential) = value.trim().split_once(' ').ok_or(Unsigned::Wrong)?;
            let credential = credential.trim();
            if scheme.eq_ignore_ascii_case("bearer") {
                return same_secret(raw, credential.as_bytes(), body);
            }
            if !scheme.eq_ignore_ascii_case("basic") {
                return Err(Unsigned::Wrong);
            }
            let pair = BASE64.decode(credential).map_err(|_| Unsigned::Wrong)?;
            let password = pair.iter().position(|byte| *byte == b':').and_then(|at| pair.get(at + 1..));
            // The secret is the password, whoever sends it, or both as they stand there.
            same_secret(raw, password.ok_or(Unsigned::Wrong)?, body)
                .or_else(|_| same_secret(raw, &pair, body))
        }
    }
}

fn same_secret(secret: &[u8], claimed: &[u8], body: &[u8]) -> Result<Fingerprint, Unsigned> {
    let same = Sha256::digest(secret).ct_eq(&Sha256::digest(claimed));
    match bool::from(same) && !secret.is_empty() {
        true => Ok(fingerprint(&[b"secret\0", body])),
        false => Err(Unsigned::Wrong),
    }
}

/// Whether `claimed` is the Ed25519 signature of `parts` by the owner of the public key that stands for a secret.
fn signed_with_key(secret: &str, parts: &[&[u8]], claimed: &str) -> Result<Fingerprint, Unsigned> {
    let digits = secret.strip_prefix(PUBLIC_KEY).unwrap_or_default().trim();
    let mut bytes = [0; 32];
    let key =
        hex::decode_to_slice(digits, &mut bytes).ok().and_then(|()| VerifyingKey::from_bytes(&bytes).ok());
    let key = key.ok_or(Unsigned::Unsupported(KEY_UNREADABLE))?;
    let mut bytes = [0; 64];
    hex::decode_to_slice(claimed.trim(), &mut bytes).map_err(|_| Unsigned::Wrong)?;
    let valid = key.verify_strict(&parts.concat(), &Signature::from_bytes(&bytes));
    valid.map(|()| fingerprint(parts)).map_err(|_| Unsigned::Wrong)
}

/// Whether one of the `claimed` digests is the HMAC of `parts`, one after the other.
fn signed(
    key: &[u8],
    parts: &[&[u8]],
    claimed: impl Iterator<Item = Vec<u8>>,
) -> Result<Fingerprint, Unsigned> {
    signed_by::<Hmac<Sha256>>(key, parts, claimed)
}

fn signed_by<M: Mac + KeyInit + Clone>(
    key: &[u8],
    parts: &[&[u8]],
    claimed: impl Iterator<Item = Vec<u8>>,
) -> Result<Fingerprint, Unsigned> {
    // HMAC takes keys of every length; an empty one would be no secret.
    let mac = <M as Mac>::new_from_slice(key).ok().filter(|_| !key.is_empty());
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

/// The SHA-1 digests of a header, in hexadecimal, with or without `sha1=`.
fn old_digests(value: &str) -> impl Iterator<Item = Vec<u8>> {
    let bare = |text: &str| text.trim().strip_prefix("sha1=").unwrap_or(text.trim()).to_owned();
    value
        .split([',', ' ', ';'])
        .filter_map(move |text| hex::decode(bare(text)).ok())
        .filter(|it| it.len() == 20)
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
