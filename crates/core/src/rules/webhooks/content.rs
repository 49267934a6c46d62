//! What a body says.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::limits::{CHALLENGE, POST_FINE, POST_GROWTH};

/// How a body was compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Not at all.
    Identity,
    /// gzip.
    Gzip,
    /// zlib, or what some senders take for it: bare deflate.
    Deflate,
}

impl Encoding {
    /// By `Content-Encoding`; `None` for one that is not understood, several at once included.
    pub fn parse(header: Option<&str>) -> Option<Self> {
        match header.unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Some(Self::Identity),
            "gzip" | "x-gzip" => Some(Self::Gzip),
            "deflate" => Some(Self::Deflate),
            _ => None,
        }
    }
}

/// Why a compressed body is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotUnpacked {
    /// It grows beyond the limit, or by more than honest data does.
    Grows,
    /// It is not compressed as it says.
    Broken,
}

/// The body as its sender wrote it, of at most `limit` bytes.
///
/// # Errors
/// [`NotUnpacked`]; no more than the limit is ever unpacked.
pub fn decompressed(body: &[u8], encoding: Encoding, limit: usize) -> Result<Cow<'_, [u8]>, NotUnpacked> {
    let limit = limit.min(body.len().saturating_mul(POST_GROWTH).max(POST_FINE));
    match encoding {
        Encoding::Identity => Ok(body.into()),
        _ if body.is_empty() => Ok(body.into()),
        Encoding::Gzip => unpacked(MultiGzDecoder::new(body), limit).map(Cow::Owned),
        Encoding::Deflate => match unpacked(ZlibDecoder::new(body), limit) {
            Err(NotUnpacked::Broken) => unpacked(DeflateDecoder::new(body), limit).map(Cow::Owned),
            result => result.map(Cow::Owned),
        },
    }
}

fn unpacked(reader: impl Read, limit: usize) -> Result<Vec<u8>, NotUnpacked> {
    let mut plain = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(most).read_to_end(&mut plain).map_err(|_| NotUnpacked::Broken)?;
    if plain.len() > limit { Err(NotUnpacked::Grows) } else { Ok(plain) }
}

/// The content of a body: JSON where it is called so or looks like it, also as the `payload` of a form, else text with
/// its broken characters replaced. A byte order mark is no content. An empty body is an empty object.
pub fn decode(body: &[u8], content_type: Option<&str>) -> Value {
    let text = text(body);
    if text.is_empty() {
        return Value::Object(Map::new());
    }
    let kind = content_type.unwrap_or_default().to_ascii_lowercase();
    let called_json = kind.contains("application/json") || kind.contains("+json");
    if let Some(value) = json(&text, called_json) {
        return value;
    }
    if kind.contains("application/x-www-form-urlencoded") {
        let mut fields = form_urlencoded::parse(text.trim().as_bytes());
        if let Some((_, payload)) = fields.find(|(name, _)| name == "payload") {
            return json(&payload, true).unwrap_or_else(|| Value::String(payload.into_owned()));
        }
    }
    Value::String(text.into_owned())
}

fn json(text: &str, is_called_so: bool) -> Option<Value> {
    let bare = text.trim();
    let looks_like_it = bare.starts_with(['{', '[', '"']) || matches!(bare, "true" | "false");
    if is_called_so || looks_like_it { serde_json::from_str(bare).ok() } else { None }
}

/// The characters of a body, by its byte order mark if it has one.
fn text(body: &[u8]) -> Cow<'_, str> {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units =
            bytes.chunks(2).map(|pair| read([pair.first(), pair.get(1)].map(|it| it.copied().unwrap_or(0))));
        Cow::Owned(char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    };
    match body {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        [0xff, 0xfe, rest @ ..] if rest.len().is_multiple_of(2) => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] if rest.len().is_multiple_of(2) => wide(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(body),
    }
}

/// What a sender wants to read back before it sends anything: the `challenge` of Slack's `url_verification`.
pub fn challenge(content: &Value) -> Option<&str> {
    let is_challenge = content.get("type")?.as_str()? == "url_verification";
    content.get("challenge")?.as_str().filter(|text| is_challenge && may_be_sent_back(text))
}

/// Whether a text from outside is short and plain enough to be an answer.
pub fn may_be_sent_back(text: &str) -> bool {
    let is_plain = |c: char| !c.is_control() && !matches!(c, '<' | '>');
    !text.is_empty() && text.chars().count() <= CHALLENGE && text.chars().all(is_plain)
}
