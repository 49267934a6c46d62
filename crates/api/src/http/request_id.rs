//! The id that ties a response, its error body and the log lines together.

use actix_web::http::header::{HeaderMap, HeaderName};
use mission_control_core::limits::REQUEST_ID;
use uuid::Uuid;

/// The header, in requests and responses.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    /// Id of the request that this task serves.
    static CURRENT: String;
}

/// The client's own id when it is short and of letters, digits, `.`, `_` and `-`, else 32 random hex digits.
pub fn of(headers: &HeaderMap) -> String {
    headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .map(str::trim)
        .filter(|id| !id.is_empty() && id.len() <= REQUEST_ID && id.bytes().all(is_plain))
        .map_or_else(|| Uuid::new_v4().simple().to_string(), str::to_owned)
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._-".contains(&byte)
}

/// Runs `work` as part of the request with this id.
pub async fn scope<F: Future>(id: String, work: F) -> F::Output {
    CURRENT.scope(id, work).await
}

/// The id of the request that is being served; empty outside of one.
pub fn current() -> String {
    CURRENT.try_with(String::clone).unwrap_or_default()
}
