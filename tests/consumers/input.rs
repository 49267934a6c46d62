//! What the bytes of an input stand for.

use std::borrow::Cow;

use serde_json::Value;

/// Begins an input that is written down in short, and separates its parts. No text has such a byte.
const MARK: u8 = 0xff;
/// Largest input that is made of a short one, in bytes.
pub(super) const LARGE: usize = 64 * 1024;

/// What an input stands for: itself, or, as `MARK times MARK before MARK part MARK after`, a production of some grammar
/// that is repeated so many times. So a file of a few bytes is one at any limit, and so is a mutation of it.
pub(super) fn meant(input: &[u8]) -> Cow<'_, [u8]> {
    let Some(written) = input.strip_prefix(&[MARK]) else { return input.into() };
    let parts: Vec<&[u8]> = written.splitn(4, |byte| *byte == MARK).collect();
    let [times, before, part, after] = parts.as_slice() else { return input.into() };
    let times = std::str::from_utf8(times).ok().and_then(|times| times.parse().ok()).unwrap_or(0);
    let part = part.repeat(LARGE.checked_div(part.len()).map_or(0, |most| most.min(times)));
    [before, part.as_slice(), after].concat().into()
}

/// The same as text, its broken characters replaced: what reads text is never given anything else.
pub(super) fn text_meant(input: &[u8]) -> String {
    String::from_utf8_lossy(&meant(input)).into_owned()
}

/// Whether a value has numbers with fractions or exponents in it, of which the last digit may change each time that they are
/// read: `serde_json` reads them fast, not exactly.
pub(super) fn is_inexact(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(items) => items.iter().any(is_inexact),
        Value::Object(fields) => fields.values().any(is_inexact),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}
