//! How much of what a gateway says is taken. Whoever answers at an address may say anything, of any length, and what is
//! said goes into answers, logs and databases: so it is cut where it enters.

use std::borrow::Cow;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::limits::{BEFORE_HELLO, DETAILS, EVENT_ENTRIES, EVENT_TEXT, MESSAGE, PEER_NAME};

/// What a large event keeps.
pub(crate) const EVENT_KEEPS: Measure = Measure { text: EVENT_TEXT, entries: EVENT_ENTRIES };
/// What is kept of the particulars of an error.
const PARTICULARS: Measure = Measure { text: PEER_NAME, entries: DETAILS };
/// The longest that a gateway may ask to be left alone.
const WISH: Duration = Duration::from_secs(3600);

/// `text` without what goes beyond so many bytes, cut between two characters.
pub fn cut(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// A message for people, which says when it was cut.
pub(crate) fn message(text: &str) -> String {
    let kept = cut(text, MESSAGE);
    let kept = if kept.len() < text.len() { format!("{kept}…") } else { kept.to_owned() };
    kept.replace('\0', "\u{fffd}")
}

/// JSON in which no text has a NUL character: databases take none, and one in the words of an agent would keep all that was
/// told with it from being written down.
pub(crate) fn without_nul(json: &str) -> Cow<'_, str> {
    const NUL: &str = "u0000";
    if !json.contains("\\u0000") {
        return Cow::Borrowed(json);
    }
    let mut parts = json.split('\\');
    let mut clean = parts.next().unwrap_or_default().to_owned();
    let mut is_escaped = false;
    for part in parts {
        clean.push('\\');
        // A backslash behind a backslash is one of the text.
        match part.strip_prefix(NUL) {
            Some(rest) if !is_escaped => clean.extend(["ufffd", rest]),
            _ => clean.push_str(part),
        }
        is_escaped = !is_escaped && part.is_empty();
    }
    Cow::Owned(clean)
}

/// The particulars of an error: what stands at their top, in short.
pub(crate) fn details(mut details: Value) -> Value {
    if let Value::Object(fields) = &mut details {
        fields.retain(|_, value| !value.is_object() && !value.is_array());
    }
    PARTICULARS.fit(&mut details);
    if details.is_array() { Value::Null } else { details }
}

/// The time that a gateway asks for, within reason.
pub(crate) fn wish(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds).min(WISH)
}

/// How much of a value is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Bytes of each text.
    pub text: usize,
    /// Entries of each list and object.
    pub entries: usize,
}

impl Measure {
    /// Cuts what is longer. Descends no deeper than a frame may nest, which its parser limits.
    pub fn fit(self, value: &mut Value) {
        match value {
            Value::String(text) => {
                let kept = text.floor_char_boundary(self.text);
                text.truncate(kept);
            }
            Value::Array(items) => {
                items.truncate(self.entries);
                items.iter_mut().for_each(|item| self.fit(item));
            }
            Value::Object(fields) => self.fit_fields(fields),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// The same for an object.
    pub fn fit_fields(self, fields: &mut Map<String, Value>) {
        let mut left = self.entries;
        fields.retain(|name, _| {
            let kept = left > 0 && name.len() <= self.text;
            left -= usize::from(kept);
            kept
        });
        fields.values_mut().for_each(|field| self.fit(field));
    }
}

/// A connection over which only so much comes in until the gateway has accepted it.
#[derive(Debug)]
pub(crate) struct Metered {
    stream: TcpStream,
    allowance: Allowance,
}

/// What may still come in.
#[derive(Debug, Clone)]
pub(crate) struct Allowance(Arc<AtomicUsize>);

impl Metered {
    pub(crate) fn new(stream: TcpStream) -> (Self, Allowance) {
        let allowance = Allowance(Arc::new(AtomicUsize::new(BEFORE_HELLO)));
        (Self { stream, allowance: allowance.clone() }, allowance)
    }
}

impl Allowance {
    const UNLIMITED: usize = usize::MAX;

    /// The gateway has accepted the connection: from now on frames are limited one by one.
    pub(crate) fn lift(&self) {
        self.0.store(Self::UNLIMITED, Ordering::Relaxed);
    }

    fn take(&self, bytes: usize) -> io::Result<()> {
        match self.0.load(Ordering::Relaxed) {
            Self::UNLIMITED => Ok(()),
            left if left >= bytes => {
                self.0.store(left - bytes, Ordering::Relaxed);
                Ok(())
            }
            _ => Err(io::Error::other(format!(
                "it sent more than {} MiB before it accepted the connection",
                BEFORE_HELLO >> 20
            ))),
        }
    }
}

impl AsyncRead for Metered {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        match self.allowance.take(buffer.filled().len().saturating_sub(before)) {
            Ok(()) => read,
            Err(error) => Poll::Ready(Err(error)),
        }
    }
}

impl AsyncWrite for Metered {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::connected::{Connected, Persona};
    use crate::error::GatewayError;
    use crate::limits::{PEER_NAMES, PEER_PATH, PEER_WORD};
    use crate::refusal::Refusal;
    use crate::rpc_error::RpcError;
    use crate::wire::Frame;

    /// Makes every text of a value very long, lists very long too, and adds surplus fields.
    fn bloat(value: &mut Value) {
        match value {
            Value::String(text) => text.push_str(&"…".repeat(20_000)),
            Value::Number(number) if number.is_u64() => *value = json!(u64::MAX),
            Value::Array(items) => {
                items.iter_mut().for_each(bloat);
                let first = items.first().cloned();
                items.extend(first.into_iter().flat_map(|first| vec![first; 500]));
            }
            Value::Object(fields) => {
                fields.values_mut().for_each(bloat);
                fields.insert("surplus".to_owned(), json!(vec!["x".repeat(50_000); 20]));
            }
            _ => {}
        }
    }

    fn recorded(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[rstest]
    #[case(include_str!("../tests/fixtures/2026.3.2.json"))]
    #[case(include_str!("../tests/fixtures/2026.9.6.json"))]
    fn whatever_a_gateway_says_of_itself_or_of_a_failure_is_short(#[case] recording: &str) {
        let recording = recorded(recording);
        let mut hello = recording["hello"].clone();
        bloat(&mut hello);
        let connected = Connected::from_hello(hello, Persona::Device, &[], Duration::ZERO);
        assert!(connected.server_version.as_deref().is_none_or(|version| version.len() <= PEER_WORD));
        assert!(connected.conn_id.iter().chain(&connected.scopes).all(|name| name.len() <= PEER_NAME));
        assert!(connected.methods.len() <= PEER_NAMES && connected.events.len() <= PEER_NAMES);
        assert!(connected.methods.iter().chain(&connected.events).all(|name| name.len() <= PEER_NAME));
        assert!(connected.state_dir.iter().chain(&connected.config_path).all(|path| path.len() <= PEER_PATH));
        assert!(connected.tick_interval.is_none_or(|tick| tick <= WISH));
        let refusals = recording["refusals"].as_array().cloned().unwrap_or_default();
        assert!(!refusals.is_empty());
        for mut error in refusals.into_iter().map(|refusal| refusal["error"].clone()) {
            bloat(&mut error);
            let frame = json!({"type": "res", "id": "1", "ok": false, "error": error}).to_string();
            let wire = Frame::parse(&frame).unwrap().into_answer().unwrap_err();
            let refusal = GatewayError::Refused(Box::new(Refusal::from_wire(&wire)));
            let error = GatewayError::Rpc(RpcError::from_wire(wire));
            for error in [refusal, error] {
                assert!(format!("{error:?}").len() < 8 * MESSAGE, "{}", format!("{error:?}").len());
                assert!(error.to_string().len() <= 2 * MESSAGE);
                assert!(error.remedy().unwrap_or_default().len() <= 2 * MESSAGE);
                assert!(error.retry_after().is_none_or(|after| after <= WISH));
            }
        }
    }

    #[test]
    fn an_answer_of_another_shape_is_not_repeated_in_full() {
        let answer = json!({"agents": "x".repeat(1_000_000)});
        let error = crate::client::decode::<crate::AgentList>("agents.list", answer).unwrap_err();
        assert!(error.to_string().len() < 2 * MESSAGE, "{}", error.to_string().len());
    }

    proptest! {
        #[test]
        fn a_nul_becomes_a_replacement_character_and_nothing_else_changes(text in r#"[\\"u0n\x00é]{0,24}"#) {
            let json = json!({ (text.as_str()): [text] }).to_string();
            let clean: Value = serde_json::from_str(&without_nul(&json)).unwrap();
            let expected = text.replace('\0', "\u{fffd}");
            prop_assert_eq!(clean, json!({ (expected.as_str()): [expected] }));
            prop_assert!(!message(&text).contains('\0'));
        }

        #[test]
        fn a_text_is_cut_between_characters_and_never_grows(text in "\\PC{0,40}", bytes in 0usize..60) {
            let kept = cut(&text, bytes);
            prop_assert!(kept.len() <= bytes && text.starts_with(kept));
            prop_assert!(text.len() <= bytes || bytes - kept.len() < 4);
        }

        #[test]
        fn a_value_fits_its_measure(texts in proptest::collection::vec("\\PC{0,40}", 0..12), text in 1usize..20) {
            let mut value = json!({"a": texts, "b": {"c": texts}, "long names are dropped": 1});
            Measure { text, entries: 5 }.fit(&mut value);
            let kept = value["a"].as_array().map(Vec::len).unwrap_or_default();
            prop_assert!(kept <= 5);
            let longest = value["b"]["c"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::len).max();
            prop_assert!(longest.unwrap_or_default() <= text);
        }
    }
}
