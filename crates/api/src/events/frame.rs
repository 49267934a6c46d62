//! What goes over the wire: server-sent events.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt};
use mission_control_core::models::LogEntry;
use serde_json::{Value, json};

/// Event name: entries before this position are gone; read everything anew, then go on from its `id`.
pub const RESET: &str = "reset";
/// Event name: this connection was too slow and ends; connect again with its `id`.
pub const RESUME: &str = "resume";

/// How soon a client whose connection was cut comes back, in milliseconds.
const RETRY_MS: u32 = 2000;

/// A comment: keeps the connection from looking dead.
pub(super) const HEARTBEAT: Bytes = Bytes::from_static(b": heartbeat\n\n");

/// One event; `id` is a position in the log that the client can resume from.
pub fn data(id: Option<i64>, name: &str, data: &Value) -> Bytes {
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    // JSON has no line breaks, so one `data` line is enough.
    Bytes::from(format!("{id}event: {name}\ndata: {data}\n\n"))
}

/// An entry as the stream of all events shows it.
pub(super) fn entry(event: &LogEntry) -> Bytes {
    let shown = json!({
        "seq": event.seq,
        "kind": event.kind,
        "board_id": event.board_id,
        "created_at": event.created_at,
        "payload": event.payload,
    });
    data(Some(event.seq), &event.kind, &shown)
}

/// What the client does next about a position: [`RESET`] or [`RESUME`].
pub(super) fn notice(name: &str, seq: i64) -> Bytes {
    data(Some(seq), name, &json!({ "seq": seq }))
}

/// What a connection begins with.
///
/// A client that is cut before its first event comes back to where it began: that is what the `id` is for. It is left
/// out where clients take everything that is not a comment for an event.
pub(super) fn opening(id: Option<i64>) -> Bytes {
    match id {
        Some(id) => Bytes::from(format!("retry: {RETRY_MS}\nid: {id}\n\n")),
        None => Bytes::from_static(b": open\n\n"),
    }
}

/// The answer that sends `chunks` as they come.
pub fn response(chunks: impl Stream<Item = Bytes> + 'static) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // Proxies that buffer answers would hold events back.
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(chunks.map(Ok::<_, actix_web::Error>))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_with_line_breaks_stays_one_event() {
        let frame = data(Some(7), "memory", &json!({ "content": "one\ntwo\r\n\nthree" }));
        assert_eq!(&frame[..], b"id: 7\nevent: memory\ndata: {\"content\":\"one\\ntwo\\r\\n\\nthree\"}\n\n");
    }
}
