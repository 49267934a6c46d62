//! Wrong credentials, counted.

use std::time::Duration;

use actix_web::HttpRequest;
use mission_control_core::limits::{FAILURES, MINUTE};

use crate::error::{ApiError, ApiResult};
use crate::http::address_key;
use crate::state::State;

/// Counts a failed attempt, with a token of this digest if there was one; 401, or 429 when there were too many. Nobody asks
/// before a credential is looked at, so valid ones are never refused for the failures of others.
pub(super) async fn failure(request: &HttpRequest, digest: Option<&str>) -> ApiResult<ApiError> {
    let state = State::of(request)?;
    let mut keys = vec![format!("auth:address:{}", address_key(request))];
    keys.extend(digest.map(|digest| format!("auth:token:{digest}")));
    let mut wait = Duration::ZERO;
    for key in keys {
        let decision = state.limiter.check(&key, FAILURES, MINUTE).await;
        if !decision.allowed {
            wait = wait.max(decision.retry_after).max(Duration::from_secs(1));
        }
    }
    Ok(if wait.is_zero() { ApiError::unauthorized() } else { ApiError::rate_limited(wait) })
}
