//! Counting what requests write.

use std::time::Instant;

use actix_web::http::{Method, header};
use actix_web::{HttpMessage, HttpRequest, web};

use super::write_budget::Writer;
use crate::error::{ApiError, ApiResult};
use crate::state::State;

/// A request that has been counted.
struct Counted {
    state: web::Data<State>,
    writer: Writer,
    /// What it was counted for a body whose length nobody said, until it is known: all that it may become.
    unsaid: usize,
}

/// The length of a body that was read before its request was counted.
struct Read(usize);

impl Drop for Counted {
    /// A body that nobody read was none.
    fn drop(&mut self) {
        self.state.write_budgets.give_back(self.writer, self.unsaid);
    }
}

/// Counts a request of `writer`, once, if it writes.
///
/// # Errors
/// 429 when the writer has written too much, and when to try again.
pub(super) fn count(request: &HttpRequest, writer: Writer) -> ApiResult<()> {
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if reads || is_counted(request) {
        return Ok(());
    }
    let state = State::of(request)?;
    let known = request.extensions().get::<Read>().map(|read| read.0).or_else(|| said(request));
    let most = state.settings.http.max_body_bytes;
    let take = state.write_budgets.take(writer, known.unwrap_or(most), Instant::now());
    take.map_err(ApiError::writes_too_much)?;
    // Only what was let through: whoever asks for the caller after a refusal is refused as well.
    let unsaid = if known.is_some() { 0 } else { most };
    request.extensions_mut().insert(Counted { state, writer, unsaid });
    Ok(())
}

/// Whether the request was counted as a write of somebody who is known.
pub(crate) fn is_counted(request: &HttpRequest) -> bool {
    request.extensions().contains::<Counted>()
}

/// Counts the body for what it was, once that is known.
pub(crate) fn settle(request: &HttpRequest, bytes: usize) {
    let mut extensions = request.extensions_mut();
    match extensions.get_mut::<Counted>() {
        Some(counted) => {
            let unsaid = std::mem::take(&mut counted.unsaid);
            counted.state.write_budgets.give_back(counted.writer, unsaid.saturating_sub(bytes));
        }
        None => drop(extensions.insert(Read(bytes))),
    }
}

/// How large the body says it is; nothing when it comes in chunks.
fn said(request: &HttpRequest) -> Option<usize> {
    let headers = request.headers();
    if headers.contains_key(header::TRANSFER_ENCODING) {
        return None;
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    Some(length.unwrap_or(0))
}
