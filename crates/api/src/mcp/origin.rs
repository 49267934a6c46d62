//! Requests that pages of other origins make through somebody's browser are refused, as the protocol wants it.

use actix_web::HttpRequest;
use actix_web::http::header;
use url::Url;

use crate::error::{ApiError, ApiResult};
use crate::state::State;

/// Lets requests without an origin pass (they come from programs), those of this server, and those of `CORS_ORIGINS`.
pub(super) fn check(request: &HttpRequest, state: &State) -> ApiResult<()> {
    let Some(origin) = request.headers().get(header::ORIGIN) else { return Ok(()) };
    let http = &state.settings.http;
    let origin = origin.to_str().unwrap_or_default();
    let named = http.cors_origins.iter().any(|allowed| allowed == "*" || allowed == origin);
    if named || Url::parse(&http.base_url).is_ok_and(|own| own.origin().ascii_serialization() == origin) {
        return Ok(());
    }
    Err(ApiError::forbidden("Pages of this origin may not speak to Mission Control.")
        .next_step("Add the origin to CORS_ORIGINS if you trust it."))
}
