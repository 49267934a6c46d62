//! Requests that pages of other origins make through somebody's browser are refused, as the protocol wants it.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::error::{ApiError, ApiResult};
use crate::http::origin;
use crate::state::State;

/// Lets requests without an origin pass (they come from programs), those of this server, and those of `CORS_ORIGINS`.
pub(super) fn check(request: &HttpRequest, state: &State) -> ApiResult<()> {
    let Some(given) = request.headers().get(header::ORIGIN) else { return Ok(()) };
    let http = &state.settings.http;
    let any = http.cors_origins.iter().any(|allowed| allowed == "*");
    let given = given.to_str().ok().and_then(origin::normalized);
    if any || given.is_some_and(|given| origin::is_trusted(&given, http)) {
        return Ok(());
    }
    Err(ApiError::forbidden("Pages of this origin may not speak to Mission Control.")
        .next_step("Add the origin to CORS_ORIGINS if you trust it."))
}
