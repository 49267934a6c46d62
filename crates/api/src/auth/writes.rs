//! Counting what requests write.

use std::time::Instant;

use actix_web::http::{Method, header};
use actix_web::{HttpMessage, HttpRequest};

use super::write_budget::Writer;
use crate::error::{ApiError, ApiResult};
use crate::state::State;

/// What a body counts whose length nobody said, in bytes.
const UNSAID: usize = 256 * 1024;

/// Marks a request that has been counted.
struct Counted;

/// Counts a request of `writer`, once, if it writes.
///
/// # Errors
/// 429 when the writer has written too much, and when to try again.
pub(super) fn count(request: &HttpRequest, writer: Writer) -> ApiResult<()> {
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if reads || request.extensions().contains::<Counted>() {
        return Ok(());
    }
    let bytes = size(request);
    State::of(request)?
        .write_budgets
        .take(writer, bytes, Instant::now())
        .map_err(ApiError::writes_too_much)?;
    // Only what was let through: whoever asks for the caller after a refusal is refused as well.
    request.extensions_mut().insert(Counted);
    Ok(())
}

/// How large the body says it is.
fn size(request: &HttpRequest) -> usize {
    let headers = request.headers();
    let said = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    said.unwrap_or(if headers.contains_key(header::TRANSFER_ENCODING) { UNSAID } else { 0 })
}
