//! The id that ties a response, its error body and the log lines together.

use actix_web::http::header::{HeaderMap, HeaderName};
use uuid::Uuid;

/// The header, in requests and responses.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Longest id taken over from a client, in bytes.
const MAX_LENGTH: usize = 128;

tokio::task_local! {
    /// Id of the request that this task serves.
    static CURRENT: String;
}

/// The client's own id when it is printable and short, else 32 random hex digits.
pub fn of(headers: &HeaderMap) -> String {
    headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .map(str::trim)
        .filter(|id| !id.is_empty() && id.len() <= MAX_LENGTH)
        .map_or_else(|| Uuid::new_v4().simple().to_string(), str::to_owned)
}

/// Runs `work` as part of the request with this id.
pub async fn scope<F: Future>(id: String, work: F) -> F::Output {
    CURRENT.scope(id, work).await
}

/// The id of the request that is being served; empty outside of one.
pub fn current() -> String {
    CURRENT.try_with(String::clone).unwrap_or_default()
}
