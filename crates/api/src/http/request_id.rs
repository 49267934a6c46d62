//! The id that ties a response, its error body, the log lines and the jobs that it causes together.

use actix_web::http::header::{HeaderMap, HeaderName};
use mission_control_core::limits::REQUEST_ID;
use mission_control_process::traces;
use uuid::Uuid;

/// The header, in requests and responses.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Names the trace that a caller has begun.
pub const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// The client's own id when it is short and of letters, digits, `.`, `_` and `-`, else that of the trace that it has begun, else 32
/// random hex digits.
pub fn of(headers: &HeaderMap) -> String {
    headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .map(str::trim)
        .filter(|id| !id.is_empty() && id.len() <= REQUEST_ID && id.bytes().all(is_plain))
        .map(str::to_owned)
        .or_else(|| traces::id_of_caller(headers.get(TRACEPARENT)?.to_str().ok()?))
        .unwrap_or_else(|| Uuid::new_v4().simple().to_string())
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._-".contains(&byte)
}
