//! Wrong credentials, counted.

use std::time::Duration;

use actix_web::HttpRequest;
use mission_control_core::limits::{AUDIT_REFUSALS, FAILURES, MINUTE};
use mission_control_fleet::audit;

use crate::error::{ApiError, ApiResult};
use crate::http::{address_key, client_address};
use crate::state::State;

/// Puts a failed attempt, at the account of the address `email` if it was at one, into the audit, unless there are too many of
/// the caller's address.
pub(super) async fn write_down(request: &HttpRequest, state: &State, email: Option<String>) {
    let key = format!("audit:failure:{}", address_key(request));
    if !state.limiter.check(&key, AUDIT_REFUSALS, MINUTE).await.allowed {
        return;
    }
    let address = client_address(request).map(|address| address.to_string());
    if let Err(error) = audit::sign_in_refused(&state.fleet, email, address).await {
        tracing::warn!(%error, "refusal not written to the audit");
    }
}

/// Counts a failed attempt, with a token of this digest if there was one; 401, or 429 when there were too many. Nobody asks
/// before a credential is looked at, so valid ones are never refused for the failures of others.
pub(super) async fn failure(request: &HttpRequest, digest: Option<&str>) -> ApiResult<ApiError> {
    let state = State::of(request)?;
    let mut keys = vec![format!("auth:address:{}", address_key(request))];
    keys.extend(digest.map(|digest| format!("auth:token:{digest}")));
    write_down(request, &state, None).await;
    let mut wait = Duration::ZERO;
    for key in keys {
        let decision = state.limiter.check(&key, FAILURES, MINUTE).await;
        if !decision.allowed {
            wait = wait.max(decision.retry_after).max(Duration::from_secs(1));
        }
    }
    Ok(if wait.is_zero() { ApiError::unauthorized() } else { ApiError::rate_limited(wait) })
}
